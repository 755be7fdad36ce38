//! PodDisruptionBudget: how many pods of a kind may be evicted at once.

#[cfg(test)]
mod tests;

use crate::{rules, selector};
use api::policy::v1::{
    PodDisruptionBudget, PodDisruptionBudgetSpec, UnhealthyPodEvictionPolicyType,
};
use meta::{FieldErrors, FieldPath, IntOrString, Verbatim};
use resource::{
    Cell, Column, Generation, MetadataCheck, NameRule, Part, RequestContext, Strategy, Subresources,
};

pub(crate) struct Budgets;

const EVICTION_POLICIES: &[&str] = &[
    UnhealthyPodEvictionPolicyType::ALWAYS_ALLOW,
    UnhealthyPodEvictionPolicyType::IF_HEALTHY_BUDGET,
];

impl Strategy for Budgets {
    type Object = PodDisruptionBudget;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[];
    const STANDARD_FINALIZERS: bool = false;
    const SHORT_NAMES: &'static [&'static str] = &["pdb"];
    /// Upstream looks at no more of a budget's metadata than of any object's.
    const NAME_RULE: NameRule = NameRule::Any;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<PodDisruptionBudget>] = &[
        Column::NAME,
        Column::text(
            "Min Available",
            "Pods that must stay, or the share of them.",
            |budget, _| shown(budget.spec.min_available.as_ref()),
        ),
        Column::text(
            "Max Unavailable",
            "Pods that may be missing, or the share of them.",
            |budget, _| shown(budget.spec.max_unavailable.as_ref()),
        ),
        Column::integer(
            "Allowed Disruptions",
            "Pods that may be evicted now.",
            |budget, _| budget.status.disruptions_allowed.into(),
        ),
        Column::AGE,
    ];

    fn subresources(&self) -> Subresources<PodDisruptionBudget> {
        let copy = |to: &mut PodDisruptionBudget, from: &PodDisruptionBudget| {
            to.status = from.status.clone();
        };
        Subresources::none().status_with(copy, Status)
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        budget: &PodDisruptionBudget,
    ) {
        check(errors, &budget.spec);
    }
}

fn shown(share: Option<&IntOrString>) -> Cell {
    match share {
        None => "N/A".into(),
        Some(IntOrString::Int(number)) => number.to_string().into(),
        Some(IntOrString::String(text)) => text.as_str().into(),
    }
}

fn check(errors: &mut FieldErrors, spec: &PodDisruptionBudgetSpec) {
    let path = FieldPath::new("spec");
    if spec.min_available.is_some() && spec.max_unavailable.is_some() {
        let shown = crate::core::pod::validate::internal_form(spec);
        let words = "minAvailable and maxUnavailable cannot be both set";
        errors.invalid(&path, Verbatim(&shown), words);
    }
    let shares = [
        ("minAvailable", &spec.min_available),
        ("maxUnavailable", &spec.max_unavailable),
    ];
    for (name, share) in shares {
        if let Some(share) = share {
            let path = path.child(name);
            rules::share(errors, &path, share);
            rules::at_most_all(errors, &path, share);
        }
    }
    if let Some(wanted) = spec.selector.as_deref() {
        selector::check(errors, &path.child("selector"), wanted);
    }
    let policy = spec.unhealthy_pod_eviction_policy.as_ref();
    let path = path.child("unhealthyPodEvictionPolicy");
    rules::optional_one_of(errors, &path, policy, EVICTION_POLICIES);
}

struct Status;

impl Part<PodDisruptionBudget> for Status {
    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[]
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &PodDisruptionBudget,
        _old: &PodDisruptionBudget,
    ) {
        let (path, status) = (FieldPath::new("status"), &new.status);
        rules::conditions(errors, &path.child("conditions"), &status.conditions);
        let counts = [
            ("disruptionsAllowed", status.disruptions_allowed),
            ("currentHealthy", status.current_healthy),
            ("desiredHealthy", status.desired_healthy),
            ("expectedPods", status.expected_pods),
        ];
        for (name, count) in counts {
            rules::not_negative(errors, &path.child(name), count.into());
        }
    }
}
