//! What budgets allow.

use super::Evict;
use api::{
    core::v1::Pod,
    policy::v1::{Eviction, PodDisruptionBudget},
};
use meta::{ApiError, ObjectKey, Time, codec};
use resource::{Action, DeleteAfter, Outcome, Reader, RequestContext, SharedObject, User, Verb};
use serde_json::{Value, json};
use std::sync::Arc;

struct Budgets(Vec<PodDisruptionBudget>);

impl Reader for Budgets {
    fn get(&self, _group: &str, _resource: &str, _key: &ObjectKey) -> Option<SharedObject> {
        None
    }
    fn list(&self, _group: &str, _resource: &str, _namespace: Option<&str>) -> Vec<SharedObject> {
        let budgets = self.0.iter().cloned();
        budgets
            .map(|budget| Arc::new(budget) as SharedObject)
            .collect()
    }
}

fn pod(phase: &str, ready: bool) -> Pod {
    let document = json!({
        "metadata": {"name": "p", "namespace": "n", "labels": {"a": "b"}, "resourceVersion": "7"},
        "status": {"phase": phase, "conditions": [{"type": "Ready", "status": if ready { "True" } else { "False" }}]},
    });
    codec::from_value(&document).unwrap().object
}

fn budget(spec: Value, status: Value) -> PodDisruptionBudget {
    let mut document = json!({
        "metadata": {"name": "b", "namespace": "n", "generation": 1},
        "spec": {"selector": {"matchLabels": {"a": "b"}}},
        "status": {"observedGeneration": 1, "desiredHealthy": 2, "currentHealthy": 1},
    });
    for (part, fields) in [("spec", spec), ("status", status)] {
        let fields = fields.as_object().unwrap().clone();
        document[part].as_object_mut().unwrap().extend(fields);
    }
    codec::from_value(&document).unwrap().object
}

fn context(budgets: Vec<PodDisruptionBudget>) -> RequestContext {
    let now = Time::from_unix_seconds(1_780_000_000);
    let reader = Arc::new(Budgets(budgets));
    RequestContext::new(User::default(), Verb::Create, now, 7, reader)
}

fn evict(pod: &Pod, budgets: Vec<PodDisruptionBudget>) -> Result<DeleteAfter<Pod>, ApiError> {
    let mut cx = context(budgets);
    cx.name = "p".into();
    match Evict.act(&cx, pod, &Eviction::default())? {
        Outcome::DeleteAfter(after) => Ok(*after),
        other => panic!("{other:?}"),
    }
}

fn pinned(after: &DeleteAfter<Pod>) -> bool {
    let wanted = after.options.preconditions.as_deref();
    wanted.is_some_and(|wanted| wanted.resource_version.is_some())
}

#[track_caller]
fn refused(pod: &Pod, budgets: Vec<PodDisruptionBudget>, code: u16, cause: &str) {
    let error = evict(pod, budgets).unwrap_err();
    assert_eq!(error.code, code);
    let details = error.details.unwrap_or_default();
    let found = details.causes.first().map_or("", |cause| &cause.message);
    assert_eq!(found, cause);
}

#[test]
fn a_pod_without_a_budget_goes_and_says_why() {
    let after = evict(&pod("Running", true), Vec::new()).unwrap();
    assert!(after.other.is_none() && !pinned(&after));
    let condition = after.object.status.conditions.last().unwrap();
    assert_eq!(condition.type_, "DisruptionTarget");
    assert_eq!(condition.reason, "EvictionByEvictionAPI");
}

#[test]
fn an_eviction_is_counted() {
    let budgets = vec![budget(json!({}), json!({"disruptionsAllowed": 1}))];
    let after = evict(&pod("Running", true), budgets).unwrap();
    let counted = codec::to_value(after.other.unwrap().as_message());
    assert_eq!(counted["status"]["disruptionsAllowed"], 0);
    assert_eq!(
        counted["status"]["disruptedPods"]["p"],
        "2026-05-28T20:26:40Z"
    );
    assert_eq!(
        counted["status"]["conditions"][0]["reason"],
        "InsufficientPods"
    );
}

#[test]
fn a_budget_that_is_used_up_refuses() {
    let none = || budget(json!({}), json!({"disruptionsAllowed": 0}));
    refused(
        &pod("Running", true),
        vec![none()],
        429,
        "The disruption budget b needs 2 healthy pods and has 1 currently",
    );
    refused(
        &pod("Running", true),
        vec![budget(json!({}), json!({"observedGeneration": 0}))],
        429,
        "The disruption budget b is still being processed by the server.",
    );
    refused(&pod("Running", true), vec![none(), none()], 500, "");
    let negative = budget(json!({}), json!({"disruptionsAllowed": -1}));
    refused(&pod("Running", true), vec![negative], 403, "");
}

#[test]
fn pods_that_do_not_count_may_go() {
    let none = || vec![budget(json!({}), json!({"disruptionsAllowed": 0}))];
    for (phase, expect) in [("Pending", true), ("Succeeded", false), ("Failed", false)] {
        let after = evict(&pod(phase, false), none()).unwrap();
        assert!(after.other.is_none());
        assert_eq!(pinned(&after), expect, "{phase}");
    }
    refused(
        &pod("Running", false),
        none(),
        429,
        "The disruption budget b needs 2 healthy pods and has 1 currently",
    );
    for budget in [
        budget(json!({}), json!({"currentHealthy": 2})),
        budget(
            json!({"unhealthyPodEvictionPolicy": "AlwaysAllow"}),
            json!({}),
        ),
    ] {
        let after = evict(&pod("Running", false), vec![budget]).unwrap();
        assert!(after.other.is_none() && pinned(&after));
    }
}

#[test]
fn dry_runs_agree() {
    for (dry_run, given, expect) in [
        (true, json!([]), None),
        (true, json!(["All"]), None),
        (false, json!(["x"]), None),
        (
            true,
            json!(["x", "All"]),
            Some("Non-matching dry-run options in request and content: [All] and [x All]"),
        ),
    ] {
        let mut cx = context(Vec::new());
        cx.name = "p".into();
        cx.dry_run = dry_run;
        let document = json!({"metadata": {"name": "p"}, "deleteOptions": {"dryRun": given}});
        let eviction: Eviction = codec::from_value(&document).unwrap().object;
        let refused = Evict.check(&cx, &eviction).err();
        assert_eq!(refused.as_ref().map(|error| error.message.as_str()), expect);
    }
}

#[test]
fn unreadable_pods_are_not_evicted() {
    let mut cx = context(Vec::new());
    cx.name = "p".into();
    let document = json!({
        "metadata": {"name": "p"},
        "deleteOptions": {"ignoreStoreReadErrorWithClusterBreakingPotential": true},
    });
    let eviction: Eviction = codec::from_value(&document).unwrap().object;
    assert_eq!(
        Evict.check(&cx, &eviction).unwrap_err().message,
        "Eviction.policy \"p\" is invalid: deleteOptions.ignoreStoreReadErrorWithClusterBreakingPotential: Invalid value: true: can not be set for pod eviction, try after removing the option"
    );
}
