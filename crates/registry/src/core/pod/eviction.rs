//! Eviction: a deletion that disruption budgets may forbid. Source: `pkg/registry/core/pod/storage/eviction.go`.

#[cfg(test)]
mod tests;

use super::transition;
use api::{
    core::v1::{Pod, PodCondition, PodPhase},
    policy::v1::{Eviction, PodDisruptionBudget, UnhealthyPodEvictionPolicyType},
};
use meta::{
    ApiError, Condition, DeleteOptions, FieldErrors, FieldPath, Reason, StatusCause, Str,
    labels::Selector,
};
use resource::{Action, DeleteAfter, Outcome, RequestContext};
use std::sync::Arc;

pub(super) struct Evict;

const VIOLATED: &str = "Cannot evict pod as it would violate the pod's disruption budget.";
const NOT_FOR_EVICTION: &str = "can not be set for pod eviction, try after removing the option";
const CAUSE: &str = "DisruptionBudget";
const DISRUPTION_ALLOWED: &str = "DisruptionAllowed";
/// When the controller has not looked at a budget yet, clients shall ask again after this.
const RETRY_SECONDS: i32 = 10;
/// Evictions that the controller has not confirmed.
const UNCONFIRMED_MAX: usize = 2000;

impl Action<Pod> for Evict {
    type Request = Eviction;
    const OLDER: &'static [&'static str] = &["v1beta1"];

    fn check(&self, cx: &RequestContext, eviction: &Eviction) -> Result<(), ApiError> {
        if eviction.metadata.name != cx.name {
            let words = "name in URL does not match name in Eviction object";
            return Err(ApiError::bad_request(words));
        }
        let options = eviction.delete_options.as_deref();
        let ignored = options
            .and_then(|options| options.ignore_store_read_error_with_cluster_breaking_potential);
        if ignored == Some(true) {
            let mut errors = FieldErrors::new();
            let path = FieldPath::new("deleteOptions");
            let path = path.child("ignoreStoreReadErrorWithClusterBreakingPotential");
            errors.invalid(&path, true, NOT_FOR_EVICTION);
            return Err(ApiError::invalid("policy", "Eviction", &cx.name, &errors));
        }
        let given: &[Str] = options.map_or(&[], |options| &options.dry_run);
        if cx.dry_run && !given.is_empty() && given != [Str::from("All")] {
            let words = format!(
                "Non-matching dry-run options in request and content: [All] and [{}]",
                given.join(" ")
            );
            return Err(unexplained(words));
        }
        Ok(())
    }

    fn act(
        &self,
        cx: &RequestContext,
        pod: &Pod,
        eviction: &Eviction,
    ) -> Result<Outcome<Pod>, ApiError> {
        let given = eviction.delete_options.as_deref().cloned();
        let mut options = given.unwrap_or_default();
        let verdict = judge(cx, pod)?;
        if verdict.pinned {
            pin(&mut options, pod);
        }
        Ok(Outcome::DeleteAfter(Box::new(DeleteAfter {
            other: verdict
                .budget
                .map(|budget| Box::new(budget) as resource::Object),
            object: marked(pod, cx),
            options,
        })))
    }
}

/// An eviction that may be.
struct Verdict {
    /// With the eviction counted.
    budget: Option<PodDisruptionBudget>,
    /// Whether it holds for the pod as it was read only.
    pinned: bool,
}

fn judge(cx: &RequestContext, pod: &Pod) -> Result<Verdict, ApiError> {
    let free = |pinned| Verdict {
        budget: None,
        pinned,
    };
    let phase = pod.status.phase.as_str();
    let going = pod.metadata.deletion_timestamp.is_some();
    if going || matches!(phase, PodPhase::SUCCEEDED | PodPhase::FAILED) {
        return Ok(free(false));
    }
    if phase == PodPhase::PENDING {
        return Ok(free(true));
    }
    let mut budgets = cx.list::<PodDisruptionBudget>(Some(&pod.metadata.namespace));
    budgets.retain(|budget| covers(budget, pod));
    if budgets.len() > 1 {
        let words = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
        return Err(unexplained(words.to_owned()));
    }
    let Some(budget) = budgets.pop() else {
        return Ok(free(false));
    };
    if !ready(pod) && unhealthy_may_go(&budget) {
        return Ok(free(true));
    }
    count(cx, pod, Arc::unwrap_or_clone(budget)).map(|budget| Verdict {
        budget: Some(budget),
        pinned: false,
    })
}

/// An error to which upstream gives no reason.
fn unexplained(words: String) -> ApiError {
    ApiError {
        code: 500,
        ..ApiError::new(Reason::parse(""), words)
    }
}

/// A budget without a selector, or with an empty one, covers nothing here.
fn covers(budget: &PodDisruptionBudget, pod: &Pod) -> bool {
    let selector = Selector::from_label_selector(budget.spec.selector.as_deref());
    selector
        .is_ok_and(|selector| !selector.is_everything() && selector.matches(&pod.metadata.labels))
}

fn ready(pod: &Pod) -> bool {
    let mut conditions = pod.status.conditions.iter();
    conditions.any(|condition| condition.type_ == "Ready" && condition.status == "True")
}

/// Pods that are not ready are not among the healthy ones that a budget counts.
fn unhealthy_may_go(budget: &PodDisruptionBudget) -> bool {
    let always = UnhealthyPodEvictionPolicyType::ALWAYS_ALLOW;
    let policy = budget.spec.unhealthy_pod_eviction_policy.as_ref();
    let status = &budget.status;
    let healthy = status.current_healthy >= status.desired_healthy && status.desired_healthy > 0;
    healthy || policy.is_some_and(|policy| policy == always)
}

/// Upstream `checkAndDecrement`.
fn count(
    cx: &RequestContext,
    pod: &Pod,
    mut budget: PodDisruptionBudget,
) -> Result<PodDisruptionBudget, ApiError> {
    let (name, status) = (budget.metadata.name.clone(), &mut budget.status);
    if status.observed_generation < budget.metadata.generation {
        let words = format!("The disruption budget {name} is still being processed by the server.");
        return Err(violated(RETRY_SECONDS, words));
    }
    let forbidden = |why: &str| ApiError::forbidden("policy", "poddisruptionbudget", &name, why);
    if status.disruptions_allowed < 0 {
        return Err(forbidden("pdb disruptions allowed is negative"));
    }
    if status.disrupted_pods.len() > UNCONFIRMED_MAX {
        return Err(forbidden(
            "DisruptedPods map too big - too many evictions not confirmed by PDB controller",
        ));
    }
    if status.disruptions_allowed == 0 {
        return Err(violated(0, exhausted(&budget)));
    }
    status.disruptions_allowed -= 1;
    if status.disruptions_allowed == 0 {
        forbid_more(&mut budget, cx);
    }
    let pods = &mut budget.status.disrupted_pods;
    pods.insert(pod.metadata.name.clone(), cx.now);
    Ok(budget)
}

fn exhausted(budget: &PodDisruptionBudget) -> String {
    let (name, status) = (&budget.metadata.name, &budget.status);
    let failed = |condition: &&Condition| {
        condition.type_ == DISRUPTION_ALLOWED
            && condition.status == "False"
            && condition.reason == "SyncFailed"
    };
    if let Some(condition) = status.conditions.iter().find(failed) {
        return format!(
            "The disruption budget {name} does not allow evicting pods currently because it failed sync: {}",
            condition.message
        );
    }
    format!(
        "The disruption budget {name} needs {} healthy pods and has {} currently",
        status.desired_healthy, status.current_healthy
    )
}

fn violated(retry_seconds: i32, why: String) -> ApiError {
    let mut error = ApiError::too_many_requests(VIOLATED, retry_seconds);
    let details = error.details.get_or_insert_default();
    details.causes.push(StatusCause {
        reason: CAUSE.into(),
        message: why.into(),
        ..StatusCause::default()
    });
    error
}

fn forbid_more(budget: &mut PodDisruptionBudget, cx: &RequestContext) {
    let status = &mut budget.status;
    let mut conditions = status.conditions.iter_mut();
    let known = conditions.find(|condition| condition.type_ == DISRUPTION_ALLOWED);
    let since = match &known {
        Some(condition) if condition.status == "False" => condition.last_transition_time,
        _ => cx.now,
    };
    let condition = Condition {
        type_: DISRUPTION_ALLOWED.into(),
        status: "False".into(),
        reason: "InsufficientPods".into(),
        observed_generation: status.observed_generation,
        last_transition_time: since,
        ..Condition::default()
    };
    match known {
        Some(known) => *known = condition,
        None => status.conditions.push(condition),
    }
}

/// Unless the client names a version itself.
fn pin(options: &mut DeleteOptions, pod: &Pod) {
    let wanted = options.preconditions.get_or_insert_default();
    wanted
        .resource_version
        .get_or_insert_with(|| pod.metadata.resource_version.clone());
}

/// The pod, telling why it goes.
fn marked(pod: &Pod, cx: &RequestContext) -> Pod {
    const TARGET: &str = "DisruptionTarget";
    let mut pod = pod.clone();
    let conditions = &mut pod.status.conditions;
    let known = conditions.iter().position(|c| c.type_ == TARGET);
    let condition = PodCondition {
        type_: TARGET.into(),
        status: "True".into(),
        reason: "EvictionByEvictionAPI".into(),
        message: "Eviction API: evicting".into(),
        last_transition_time: transition(known.map(|at| &conditions[at]), "True", cx.now),
        ..PodCondition::default()
    };
    match known {
        Some(at) => conditions[at] = condition,
        None => conditions.push(condition),
    }
    pod
}
