//! While it waits to be scheduled, a pod may become choosier about its node.

use super::internal;
use api::core::v1::{Affinity, NodeAffinity, NodeSelectorTerm, PodSpec};
use meta::{FieldErrors, FieldPath, Verbatim};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";

/// Looks at what changed, and sets it back.
pub(super) fn take_back(errors: &mut FieldErrors, new: &mut PodSpec, old: &PodSpec) {
    let path = FieldPath::new("spec");
    if new.node_selector != old.node_selector {
        let kept = |(key, value)| new.node_selector.get::<meta::Str>(key) == Some(value);
        if !old.node_selector.iter().all(kept) {
            errors.invalid(
                &path.child("nodeSelector"),
                &new.node_selector,
                "only additions to spec.nodeSelector are allowed (no mutations or deletions)",
            );
        }
        new.node_selector = old.node_selector.clone();
    }
    let (changed, held) = (nodes(new), nodes(old));
    if changed == held {
        return;
    }
    let path = path.child("affinity").child("nodeAffinity");
    check(errors, &path, changed, held);
    let held = old
        .affinity
        .as_ref()
        .and_then(|old| old.node_affinity.clone());
    match &mut new.affinity {
        None => {
            new.affinity = Some(Box::new(Affinity {
                node_affinity: held,
                ..Affinity::default()
            }));
        }
        Some(affinity)
            if old.affinity.is_none()
                && affinity.pod_affinity.is_none()
                && affinity.pod_anti_affinity.is_none() =>
        {
            new.affinity = None;
        }
        Some(affinity) => affinity.node_affinity = held,
    }
}

fn nodes(spec: &PodSpec) -> Option<&NodeAffinity> {
    let affinity = spec.affinity.as_ref()?;
    affinity.node_affinity.as_deref()
}

fn terms(nodes: Option<&NodeAffinity>) -> Option<&[NodeSelectorTerm]> {
    let required = nodes?
        .required_during_scheduling_ignored_during_execution
        .as_ref()?;
    required.node_selector_terms.as_option()
}

/// `validateNodeAffinityMutation`: what is preferred may change as it likes.
fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    new: Option<&NodeAffinity>,
    old: Option<&NodeAffinity>,
) {
    let path = path.child(REQUIRED).child("nodeSelectorTerms");
    let Some(old) = terms(old) else {
        return;
    };
    let all = terms(new);
    let new = all.unwrap_or_default();
    if !old.is_empty() && old.len() != new.len() {
        let shown: Vec<String> = new.iter().map(|term| internal::compact(term)).collect();
        let shown = match all {
            None => "null".to_owned(),
            Some(_) => format!("[{}]", shown.join(",")),
        };
        let words = "no additions/deletions to non-empty NodeSelectorTerms list are allowed";
        return errors.invalid(&path, Verbatim(&shown), words);
    }
    for (index, (new, old)) in new.iter().zip(old).enumerate() {
        if !only_adds(new, old) {
            let shown = internal::compact(new);
            let words = "only additions are allowed (no mutations or deletions)";
            errors.invalid(&path.index(index), Verbatim(&shown), words);
        }
    }
}

fn only_adds(new: &NodeSelectorTerm, old: &NodeSelectorTerm) -> bool {
    let (expressions, fields) = (&new.match_expressions, &new.match_fields);
    // A term without requirements matches nothing: additions would widen it.
    if old.match_expressions.is_empty() && old.match_fields.is_empty() {
        return expressions.is_empty() && fields.is_empty();
    }
    expressions.starts_with(&old.match_expressions) && fields.starts_with(&old.match_fields)
}
