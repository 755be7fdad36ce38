//! PodSecurity: what pods may do is bounded by the labels of their namespace, by upstream's three levels and their versions.
mod checks;
mod counts;
mod policy;
#[cfg(test)]
mod tests;

pub(crate) use self::counts::Counts;

use self::{
    counts::{Judged, Mode},
    policy::{Bound, Level, Policy},
};
use super::{Look, Plugin, forbidden};
use api::{
    apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet},
    batch::v1::{CronJob, Job},
    core::v1::{Namespace, Pod, PodSpec, PodTemplate, PodTemplateSpec, ReplicationController},
};
use meta::{ApiError, FieldErrors, ObjectMeta};
use resource::{Object, Operation, RequestContext};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

pub(super) struct PodSecurity;

/// Subresources of pods that change nothing of this.
const IGNORED: &[&str] = &[
    "attach",
    "binding",
    "eviction",
    "exec",
    "log",
    "portforward",
    "proxy",
    "status",
];
const ENFORCE_POLICY: &str = "pod-security.kubernetes.io/enforce-policy";
const ERROR: &str = "pod-security.kubernetes.io/error";
const AUDIT_VIOLATIONS: &str = "pod-security.kubernetes.io/audit-violations";
/// Existing pods that a new level is tried on.
const PODS_CHECKED_MAX: usize = 3000;

impl Plugin for PodSecurity {
    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        if !matches!(
            look.request.operation,
            Operation::Create | Operation::Update
        ) {
            return Ok(());
        }
        let Some(object) = object else { return Ok(()) };
        if let Some(namespace) = object.as_any().downcast_ref::<Namespace>() {
            return check_namespace(look, namespace);
        }
        if let Some(pod) = object.as_any().downcast_ref::<Pod>() {
            let done = check_pod(look, pod);
            return done.map_err(|why| forbidden(look, Some(object), &why));
        }
        if look.cx.subresource.is_empty()
            && let Some(template) = template(object)
        {
            warn(look, template);
        }
        Ok(())
    }
}

fn judged<'a>(look: &Look<'a>, resource: &'static str) -> Judged<'a> {
    Judged {
        counts: &look.metrics.pod_security,
        operation: look.request.operation,
        resource,
        subresource: &look.cx.subresource,
    }
}

/// The policy of a namespace for what makes pods; nothing when it bounds nothing. Labels that are wrong are told to the audit log.
fn policy_of(cx: &RequestContext, judged: Judged<'_>) -> Option<Policy> {
    let namespace: Arc<Namespace> = cx.get("", &cx.namespace)?;
    let (policy, errors) = Policy::of(&namespace.metadata.labels);
    tell_errors(cx, judged, &errors);
    let bounds = !errors.is_empty() || !policy.is_privileged();
    bounds.then_some(policy)
}

fn tell_errors(cx: &RequestContext, judged: Judged<'_>, errors: &FieldErrors) {
    if !errors.is_empty() {
        judged.count_error();
        cx.annotate(ERROR, || {
            format!("Failed to parse policy: {}", errors.aggregate())
        });
    }
}

/// What `bound` says against a pod, as it is told.
fn violations(bound: Bound, metadata: &ObjectMeta, spec: &PodSpec) -> Vec<checks::Violation> {
    checks::run(bound, metadata, spec)
}

fn told(bound: Bound, violations: &[checks::Violation]) -> String {
    let parts = violations.iter().map(|violation| {
        if violation.detail.is_empty() {
            violation.reason.to_owned()
        } else {
            format!("{} ({})", violation.reason, violation.detail)
        }
    });
    let parts: Vec<String> = parts.collect();
    format!(
        "violate PodSecurity {:?}: {}",
        bound.to_string(),
        parts.join(", ")
    )
}

fn check_pod(look: &Look<'_>, pod: &Pod) -> Result<(), String> {
    if IGNORED.contains(&look.cx.subresource.as_str()) {
        return Ok(());
    }
    let old = look
        .request
        .old
        .and_then(|old| old.as_any().downcast_ref::<Pod>());
    let namespace: Option<Arc<Namespace>> = look.cx.get("", &look.cx.namespace);
    let Some(namespace) = namespace else {
        return Ok(());
    };
    let judged = judged(look, "pod");
    let (policy, errors) = Policy::of(&namespace.metadata.labels);
    if errors.is_empty() && policy.is_privileged() {
        judged.count_open();
        look.cx
            .annotate(ENFORCE_POLICY, || policy::OPEN.to_string());
        return Ok(());
    }
    if old.is_some_and(|old| !is_significant(pod, old)) {
        return Ok(());
    }
    tell_errors(look.cx, judged, &errors);
    enforce(look.cx, judged, policy, pod)
}

fn enforce(
    cx: &RequestContext,
    judged: Judged<'_>,
    policy: Policy,
    pod: &Pod,
) -> Result<(), String> {
    cx.annotate(ENFORCE_POLICY, || policy.enforce.to_string());
    let found = violations(policy.enforce, &pod.metadata, &pod.spec);
    judged.count(Mode::Enforce, policy.enforce, found.is_empty());
    audit(cx, judged, policy, &pod.metadata, &pod.spec);
    if !found.is_empty() {
        let words = told(policy.enforce, &found);
        return Err(words.replacen("violate", "violates", 1));
    }
    if policy.warn != policy.enforce {
        warn_of(cx, judged, policy.warn, &pod.metadata, &pod.spec);
    }
    Ok(())
}

fn warn(look: &Look<'_>, template: &PodTemplateSpec) {
    let (cx, judged) = (look.cx, judged(look, "controller"));
    if let Some(policy) = policy_of(cx, judged) {
        audit(cx, judged, policy, &template.metadata, &template.spec);
        warn_of(cx, judged, policy.warn, &template.metadata, &template.spec);
    }
}

fn audit(
    cx: &RequestContext,
    judged: Judged<'_>,
    policy: Policy,
    metadata: &ObjectMeta,
    spec: &PodSpec,
) {
    let found = violations(policy.audit, metadata, spec);
    if !found.is_empty() {
        judged.count(Mode::Audit, policy.audit, false);
        cx.annotate(AUDIT_VIOLATIONS, || {
            format!("would {}", told(policy.audit, &found))
        });
    }
}

fn warn_of(
    cx: &RequestContext,
    judged: Judged<'_>,
    bound: Bound,
    metadata: &ObjectMeta,
    spec: &PodSpec,
) {
    let found = violations(bound, metadata, spec);
    if !found.is_empty() {
        judged.count(Mode::Warn, bound, false);
        cx.warn(format!("would {}", told(bound, &found)));
    }
}

/// Whether the containers differ in number, or one in its image.
fn is_significant(new: &Pod, old: &Pod) -> bool {
    let images = |pod: &Pod| -> Vec<Vec<meta::Str>> {
        let lists = [&*pod.spec.containers, &*pod.spec.init_containers];
        lists
            .iter()
            .map(|list| {
                list.iter()
                    .map(|container| container.image.clone())
                    .collect()
            })
            .collect()
    };
    let same = |container: &api::core::v1::EphemeralContainer| {
        let common = &container.ephemeral_container_common;
        old.spec.ephemeral_containers.iter().any(|other| {
            let other = &other.ephemeral_container_common;
            other.name == common.name && other.image == common.image
        })
    };
    images(new) != images(old) || !new.spec.ephemeral_containers.iter().all(same)
}

/// The template of whatever makes pods.
fn template(object: &Object) -> Option<&PodTemplateSpec> {
    let any = object.as_any();
    if let Some(one) = any.downcast_ref::<Deployment>() {
        return Some(&one.spec.template);
    }
    if let Some(one) = any.downcast_ref::<ReplicaSet>() {
        return Some(&one.spec.template);
    }
    if let Some(one) = any.downcast_ref::<StatefulSet>() {
        return Some(&one.spec.template);
    }
    if let Some(one) = any.downcast_ref::<DaemonSet>() {
        return Some(&one.spec.template);
    }
    if let Some(one) = any.downcast_ref::<Job>() {
        return Some(&one.spec.template);
    }
    if let Some(one) = any.downcast_ref::<CronJob>() {
        return Some(&one.spec.job_template.spec.template);
    }
    if let Some(one) = any.downcast_ref::<PodTemplate>() {
        return Some(&one.template);
    }
    let controller = any.downcast_ref::<ReplicationController>()?;
    controller.spec.template.as_deref()
}

/// Labels must be right; a stricter level is tried on the pods that are there.
fn check_namespace(look: &Look<'_>, new: &Namespace) -> Result<(), ApiError> {
    if !look.cx.subresource.is_empty() {
        return Ok(());
    }
    let (policy, errors) = Policy::of(&new.metadata.labels);
    let old = look
        .request
        .old
        .and_then(|old| old.as_any().downcast_ref::<Namespace>());
    let old = old.map(|old| Policy::of(&old.metadata.labels));
    if !errors.is_empty() && old.as_ref().is_none_or(|(_, before)| *before != errors) {
        return Err(resource::invalid(
            look.request.resource,
            &new.metadata.name,
            &errors,
        ));
    }
    if let Some((before, _)) = old
        && policy.enforce.is_stricter(before.enforce)
    {
        let pods: Vec<Arc<Pod>> = look.cx.list(Some(&new.metadata.name));
        for words in existing(&new.metadata.name, policy.enforce, &pods) {
            look.cx.warn(words);
        }
    }
    Ok(())
}

/// What is wrong with the pods of a namespace: a line each reason. Of the pods of one controller, one is looked at before all others.
fn existing(namespace: &str, bound: Bound, pods: &[Arc<Pod>]) -> Vec<String> {
    let mut controllers = HashSet::new();
    let (mut first, mut copies) = (Vec::new(), Vec::new());
    for pod in pods {
        let mut owners = pod.metadata.owner_references.iter();
        let controller = owners.find(|owner| owner.controller == Some(true));
        match controller {
            Some(owner) if !controllers.insert(owner.uid.clone()) => copies.push(pod),
            _ => first.push(pod),
        }
    }
    first.append(&mut copies);
    let mut warnings = Vec::new();
    if first.len() > PODS_CHECKED_MAX {
        warnings.push(format!(
            "new PodSecurity enforce level only checked against the first {PODS_CHECKED_MAX} of {} existing pods",
            first.len()
        ));
        first.truncate(PODS_CHECKED_MAX);
    }
    let mut reasons: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for pod in first {
        let found = violations(bound, &pod.metadata, &pod.spec);
        if found.is_empty() {
            continue;
        }
        let found: Vec<&str> = found.iter().map(|violation| violation.reason).collect();
        let name = pod.metadata.name.as_str();
        let (least, count) = reasons.entry(found.join(", ")).or_insert((name, 0));
        *least = (*least).min(name);
        *count += 1;
    }
    if !reasons.is_empty() {
        warnings.push(format!(
            "existing pods in namespace {namespace:?} violate the new PodSecurity enforce level {:?}",
            bound.to_string()
        ));
    }
    let mut lines: Vec<String> = reasons
        .into_iter()
        .map(|(reason, (name, count))| match count {
            1 => format!("{name}: {reason}"),
            2 => format!("{name} (and 1 other pod): {reason}"),
            more => format!("{name} (and {} other pods): {reason}", more - 1),
        })
        .collect();
    lines.sort();
    warnings.extend(lines);
    warnings
}

impl Bound {
    /// Whether pods that were fine may not be any more.
    fn is_stricter(self, old: Self) -> bool {
        self != old
            && self.level != Level::Privileged
            && (self.version != old.version || self.level > old.level)
    }
}
