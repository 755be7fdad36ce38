//! Validation of the policies for failed pods and for early success.

use super::indexes;
use crate::rules;
use api::batch::v1::{
    JobSpec, PodFailurePolicy, PodFailurePolicyOnExitCodesRequirement,
    PodFailurePolicyOnPodConditionsPattern, PodFailurePolicyRule, SuccessPolicy, SuccessPolicyRule,
};
use meta::{FieldErrors, FieldPath, Str};

const RULES_MAX: usize = 20;
const EXIT_CODES_MAX: usize = 255;
const PATTERNS_MAX: usize = 20;
const INDEXES_BYTES_MAX: usize = 64 * 1024;

const ACTIONS: &[&str] = &["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS: &[&str] = &["In", "NotIn"];
const STATUSES: &[&str] = &["False", "True", "Unknown"];

pub(super) fn failure(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &JobSpec,
    policy: &PodFailurePolicy,
) {
    let path = path.child("rules");
    if policy.rules.len() > RULES_MAX {
        errors.too_many(&path, policy.rules.len(), RULES_MAX);
    }
    let pod = &spec.template.spec;
    let containers = pod.containers.iter().chain(&pod.init_containers);
    let names: Vec<&Str> = containers.map(|container| &container.name).collect();
    for (index, rule) in policy.rules.iter().enumerate() {
        failure_rule(errors, &path.index(index), spec, rule, &names);
    }
}

fn failure_rule(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &JobSpec,
    rule: &PodFailurePolicyRule,
    names: &[&Str],
) {
    let action = path.child("action");
    if rule.action == "FailIndex" {
        if spec.backoff_limit_per_index.is_none() {
            let words = "requires the backoffLimitPerIndex to be set";
            errors.invalid(&action, &rule.action, words);
        }
    } else {
        known(errors, &action, &rule.action, ACTIONS);
    }
    if let Some(codes) = &rule.on_exit_codes {
        exit_codes(errors, &path.child("onExitCodes"), codes, names);
    }
    let patterns = &rule.on_pod_conditions;
    if !patterns.is_empty() {
        conditions(errors, &path.child("onPodConditions"), patterns);
    }
    match (rule.on_exit_codes.is_some(), !patterns.is_empty()) {
        (true, true) => errors.invalid_whole(
            path,
            "specifying both OnExitCodes and OnPodConditions is not supported",
        ),
        (false, false) => errors.invalid_whole(
            path,
            "specifying one of OnExitCodes and OnPodConditions is required",
        ),
        _ => {}
    }
}

/// A word that must be there, with the known ones in the message when it is not.
fn known(errors: &mut FieldErrors, path: &FieldPath, value: &Str, known: &[&str]) {
    if value.is_empty() {
        let quoted: Vec<String> = known.iter().map(|word| meta::go_quote(word)).collect();
        errors.required(path, format!("valid values: [{}]", quoted.join(" ")));
    } else {
        rules::optional_one_of(errors, path, Some(value), known);
    }
}

fn conditions(
    errors: &mut FieldErrors,
    path: &FieldPath,
    patterns: &[PodFailurePolicyOnPodConditionsPattern],
) {
    if patterns.len() > PATTERNS_MAX {
        errors.too_many(path, patterns.len(), PATTERNS_MAX);
    }
    for (index, pattern) in patterns.iter().enumerate() {
        let path = path.index(index);
        rules::qualified_name(errors, &path.child("type"), &pattern.type_);
        known(errors, &path.child("status"), &pattern.status, STATUSES);
    }
}

fn exit_codes(
    errors: &mut FieldErrors,
    path: &FieldPath,
    codes: &PodFailurePolicyOnExitCodesRequirement,
    names: &[&Str],
) {
    known(errors, &path.child("operator"), &codes.operator, OPERATORS);
    if let Some(name) = codes
        .container_name
        .as_ref()
        .filter(|name| !names.contains(name))
    {
        let words = "must be one of the container or initContainer names in the pod template";
        errors.invalid(&path.child("containerName"), name, words);
    }
    let (path, values) = (path.child("values"), &codes.values);
    if values.is_empty() {
        errors.invalid(&path, values, "at least one value is required");
    } else if values.len() > EXIT_CODES_MAX {
        errors.too_many(&path, values.len(), EXIT_CODES_MAX);
    }
    for (index, value) in values.iter().enumerate() {
        let path = path.index(index);
        if *value == 0 && codes.operator == "In" {
            errors.invalid(&path, *value, "must not be 0 for the In operator");
        }
        if values[..index].contains(value) {
            errors.duplicate(&path, *value);
        }
    }
    if !values.is_sorted() {
        errors.invalid(&path, values, "must be ordered");
    }
}

pub(super) fn success(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &JobSpec,
    policy: &SuccessPolicy,
) {
    let path = path.child("rules");
    if policy.rules.is_empty() {
        let words = "at least one rules must be specified when the successPolicy is specified";
        errors.required(&path, words);
    }
    if policy.rules.len() > RULES_MAX {
        errors.too_many(&path, policy.rules.len(), RULES_MAX);
    }
    for (index, rule) in policy.rules.iter().enumerate() {
        success_rule(
            errors,
            &path.index(index),
            spec.completions.unwrap_or(0),
            rule,
        );
    }
}

fn success_rule(
    errors: &mut FieldErrors,
    path: &FieldPath,
    completions: i32,
    rule: &SuccessPolicyRule,
) {
    if rule.succeeded_count.is_none() && rule.succeeded_indexes.is_none() {
        let words = "at least one of succeededCount or succeededIndexes must be specified";
        errors.required(path, words);
    }
    let mut listed = 0;
    if let Some(list) = &rule.succeeded_indexes {
        let path = path.child("succeededIndexes");
        if list.len() > INDEXES_BYTES_MAX {
            errors.too_long(&path, INDEXES_BYTES_MAX);
        }
        match indexes::count(list, completions) {
            Ok(count) => listed = count,
            Err(why) => {
                errors.invalid(
                    &path,
                    list,
                    format!("error parsing succeededIndexes: {why}"),
                );
            }
        }
    }
    let Some(count) = rule.succeeded_count else {
        return;
    };
    let path = path.child("succeededCount");
    rules::not_negative(errors, &path, count.into());
    if count > completions {
        let words = format!(
            "must be less than or equal to {completions} (the number of specified completions)"
        );
        errors.invalid(&path, count, words);
    }
    if rule.succeeded_indexes.is_some() && count > listed {
        let words = format!(
            "must be less than or equal to {listed} (the number of indexes in the specified succeededIndexes field)"
        );
        errors.invalid(&path, count, words);
    }
}
