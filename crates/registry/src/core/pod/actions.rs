//! Binding.

use super::transition;
use api::core::v1::{Binding, Pod, PodCondition};
use meta::{ApiError, FieldErrors, FieldPath, Reason};
use resource::{Action, Outcome, RequestContext};

/// Gives a pod its node. Source: `pkg/registry/core/pod/storage.BindingREST`.
pub(super) struct Bind;

impl Action<Pod> for Bind {
    type Request = Binding;

    fn check(&self, cx: &RequestContext, binding: &Binding) -> Result<(), ApiError> {
        if binding.metadata.name != cx.name {
            let words = "name in URL does not match name in Binding object";
            return Err(ApiError::bad_request(words));
        }
        let mut errors = FieldErrors::new();
        let target = FieldPath::new("target");
        if !binding.target.kind.is_empty() && binding.target.kind != "Node" {
            errors.not_supported(
                &target.child("kind"),
                &binding.target.kind,
                &["Node", "<empty>"],
            );
        }
        if binding.target.name.is_empty() {
            errors.required(&target.child("name"), "");
        }
        if errors.is_empty() {
            return Ok(());
        }
        // Upstream gives the list of errors itself, which is no Status and so becomes a 500 without a reason.
        Err(ApiError::new(Reason::Unknown, errors.aggregate()))
    }

    fn act(
        &self,
        cx: &RequestContext,
        pod: &Pod,
        binding: &Binding,
    ) -> Result<Outcome<Pod>, ApiError> {
        let conflict =
            |why: String| ApiError::conflict("", "pods/binding", &pod.metadata.name, &why);
        let name = &pod.metadata.name;
        check_preconditions(cx, pod, binding)?;
        if pod.metadata.deletion_timestamp.is_some() {
            return Err(conflict(format!(
                "pod {name} is being deleted, cannot be assigned to a host"
            )));
        }
        if !pod.spec.node_name.is_empty() {
            return Err(conflict(format!(
                "pod {name} is already assigned to node \"{}\"",
                pod.spec.node_name
            )));
        }
        if !pod.spec.scheduling_gates.is_empty() {
            return Err(conflict(format!(
                "pod {name} has non-empty .spec.schedulingGates"
            )));
        }
        let mut bound = pod.clone();
        bound.spec.node_name = binding.target.name.clone();
        for (key, value) in binding.metadata.annotations.iter() {
            bound
                .metadata
                .annotations
                .insert(key.clone(), value.clone());
        }
        for (key, value) in binding.metadata.labels.iter() {
            bound.metadata.labels.insert(key.clone(), value.clone());
        }
        set_scheduled(&mut bound, cx);
        Ok(Outcome::Update(Box::new(bound)))
    }
}

/// The UID and the version that the binding means. Upstream's store compares them, and its words come through.
fn check_preconditions(cx: &RequestContext, pod: &Pod, binding: &Binding) -> Result<(), ApiError> {
    let (wanted, found) = (&binding.metadata, &pod.metadata);
    let compared = [
        ("UID", &wanted.uid, &found.uid),
        (
            "ResourceVersion",
            &wanted.resource_version,
            &found.resource_version,
        ),
    ];
    for (what, wanted, found) in compared {
        if wanted.is_empty() || wanted == found {
            continue;
        }
        let (namespace, name) = (&pod.metadata.namespace, &pod.metadata.name);
        // In a dry run, without what upstream's etcd client puts before it.
        let root = if cx.dry_run { "" } else { "/registry" };
        let why = format!(
            "StorageError: invalid object, Code: 4, Key: {root}/pods/{namespace}/{name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: {what} in precondition: {wanted}, {what} in object meta: {found}"
        );
        return Err(ApiError::conflict("", "pods", name, &why));
    }
    Ok(())
}

fn set_scheduled(pod: &mut Pod, cx: &RequestContext) {
    let conditions = &mut pod.status.conditions;
    let old = conditions
        .iter()
        .position(|condition| condition.type_ == "PodScheduled")
        .map(|index| conditions.remove(index));
    conditions.push(PodCondition {
        type_: "PodScheduled".into(),
        status: "True".into(),
        last_transition_time: transition(old.as_ref(), "True", cx.now),
        ..PodCondition::default()
    });
}
