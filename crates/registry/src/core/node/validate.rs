//! Validation of Nodes (`pkg/apis/core/validation.ValidateNode` and `ValidateNodeUpdate`).

#[cfg(test)]
mod tests;

use crate::{
    core::{pod::validate::internal_form, resource_names},
    networking::addresses::{self, Range},
    rules,
};
use api::core::v1::{Node, Taint, TaintEffect};
use meta::{FieldErrors, FieldPath, Map, Quantity, Str, Verbatim, validation};
use std::collections::HashSet;

const EFFECTS: &[&str] = &[
    TaintEffect::NO_SCHEDULE,
    TaintEffect::PREFER_NO_SCHEDULE,
    TaintEffect::NO_EXECUTE,
];

/// Ranges of pods that are in `before` need not be right.
pub(super) fn node(errors: &mut FieldErrors, node: &Node, before: &[Str]) {
    check_taints(errors, &node.spec.taints);
    check_amounts(errors, node);
    check_features(errors, node);
    let path = FieldPath::new("spec.podCIDRs");
    check_ranges(errors, &path, &node.spec.pod_cidrs, before);
}

pub(super) fn update(errors: &mut FieldErrors, new: &Node, old: &Node) {
    check_amounts(errors, new);
    check_features(errors, new);
    let mut addresses = HashSet::new();
    for (index, address) in new.status.addresses.iter().enumerate() {
        if !addresses.insert((&address.type_, &address.address)) {
            let path = FieldPath::new("status.addresses").index(index);
            errors.duplicate(&path, Verbatim(&internal_form(address)));
        }
    }
    let spec = FieldPath::new("spec");
    if !old.spec.pod_cidrs.is_empty() && new.spec.pod_cidrs != old.spec.pod_cidrs {
        let words = "node updates may not change podCIDR except from \"\" to valid";
        errors.forbidden(&spec.child("podCIDRs"), words);
    }
    if !old.spec.provider_id.is_empty() && new.spec.provider_id != old.spec.provider_id {
        let words = "node updates may not change providerID except from \"\" to valid";
        errors.forbidden(&spec.child("providerID"), words);
    }
    check_taints(errors, &new.spec.taints);
    if new.spec.external_id != old.spec.external_id {
        errors.forbidden(&spec.child("externalID"), "may not be updated");
    }
}

/// At most one of each family.
fn check_ranges(errors: &mut FieldErrors, path: &FieldPath, ranges: &[Str], before: &[Str]) {
    let before: Vec<&str> = before.iter().map(Str::as_str).collect();
    for (index, range) in ranges.iter().enumerate() {
        addresses::legacy_range(errors, &path.index(index), range, &before);
    }
    if ranges.len() < 2 {
        return;
    }
    let parsed: Vec<Option<Range>> = ranges.iter().map(|one| Range::parse_sloppy(one)).collect();
    if let Some(index) = parsed.iter().position(Option::is_none) {
        let bad = &ranges[index];
        let words = format!(
            "invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR[{index}]: <nil> (invalid CIDR address: {bad})"
        );
        errors.internal(path, words);
    }
    let has = |v4: bool| {
        let good = parsed.iter().all(Option::is_some);
        good && parsed.iter().flatten().any(|one| one.first.is_ipv4() == v4)
    };
    if ranges.len() > 2 || !has(true) || !has(false) {
        let words = "may specify no more than one CIDR for each IP family";
        errors.invalid(path, ranges.to_vec(), words);
    }
}

/// Capacity and what can be allocated of it. Upstream joins names with dots here.
fn check_amounts(errors: &mut FieldErrors, node: &Node) {
    let check = |errors: &mut FieldErrors, list: &str, amounts: &Map<Str, Quantity>| {
        for (name, amount) in amounts.iter() {
            let path = FieldPath::new("status").child(list).child(name);
            resource_names::check_amount(errors, &path, name, amount);
        }
    };
    check(errors, "capacity", &node.status.capacity);
    check(errors, "allocatable", &node.status.allocatable);
}

/// In the order of the alphabet, none twice.
fn check_features(errors: &mut FieldErrors, node: &Node) {
    let path = FieldPath::new("status.declaredFeatures");
    let mut before: Option<&Str> = None;
    for (index, feature) in node.status.declared_features.iter().enumerate() {
        let path = path.index(index);
        match before {
            Some(before) if before == feature => errors.duplicate(&path, feature),
            Some(before) if before > feature => {
                errors.invalid(&path, feature, "list must be sorted alphabetically");
            }
            _ => {}
        }
        if let Some(problem) = feature_problem(feature) {
            let words = format!("invalid feature name {:?}: {problem}", feature.as_str());
            errors.invalid(&path, feature, words);
        }
        before = Some(feature);
    }
}

fn feature_problem(feature: &str) -> Option<&'static str> {
    if feature.len() > validation::DNS1123_SUBDOMAIN_BYTES_MAX {
        return Some("must be no more than 253 characters");
    }
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let camel = feature.starts_with(|c: char| c.is_ascii_uppercase());
    (!camel || !feature.split('/').all(word)).then_some(
        "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes",
    )
}

/// Upstream looks for them in the metadata.
fn check_taints(errors: &mut FieldErrors, taints: &[Taint]) {
    let mut seen = HashSet::new();
    for (index, taint) in taints.iter().enumerate() {
        let path = FieldPath::new("metadata.taints").index(index);
        rules::qualified_name(errors, &path.child("key"), &taint.key);
        let problems = validation::label_value(&taint.value);
        if !problems.is_empty() {
            errors.invalid(&path.child("value"), &taint.value, problems.join(";"));
        }
        let effect = path.child("effect");
        rules::one_of(errors, &effect, &taint.effect, EFFECTS);
        if !seen.insert((&taint.key, &taint.effect)) {
            let words = "taints must be unique by key and effect pair";
            errors.duplicate_because(&path, Verbatim(&internal_form(taint)), words);
        }
    }
}
