//! Taints of devices, tolerations of requests, and the conditions under which a device may be bound.

use super::fits;
use crate::rules;
use api::resource::v1::{
    DeviceTaint, DeviceTaintEffect, DeviceToleration, DeviceTolerationOperator,
};
use meta::{FieldErrors, FieldPath, Str, validation};

const EFFECTS: &[&str] = &[
    DeviceTaintEffect::NO_EXECUTE,
    DeviceTaintEffect::NO_SCHEDULE,
    DeviceTaintEffect::NONE,
];
const OPERATORS: &[&str] = &[
    DeviceTolerationOperator::EQUAL,
    DeviceTolerationOperator::EXISTS,
];
const CONDITIONS_MAX: usize = 4;

pub(super) fn set_defaults(tolerations: &mut [DeviceToleration]) {
    for toleration in tolerations {
        if toleration.operator.is_empty() {
            toleration.operator = DeviceTolerationOperator::EQUAL.into();
        }
    }
}

pub(super) fn check_taint(errors: &mut FieldErrors, path: &FieldPath, taint: &DeviceTaint) {
    rules::qualified_name(errors, &path.child("key"), &taint.key);
    let problems = validation::label_value(&taint.value);
    rules::each(errors, &path.child("value"), &taint.value, problems);
    rules::one_of(errors, &path.child("effect"), &taint.effect, EFFECTS);
}

pub(super) fn check_tolerations(
    errors: &mut FieldErrors,
    path: &FieldPath,
    tolerations: &[DeviceToleration],
) {
    for (index, toleration) in tolerations.iter().enumerate() {
        let path = path.index(index);
        if !toleration.key.is_empty() {
            rules::qualified_name(errors, &path.child("key"), &toleration.key);
        }
        let (field, value) = (path.child("value"), &toleration.value);
        match toleration.operator.as_str() {
            DeviceTolerationOperator::EXISTS if !value.is_empty() => {
                errors.invalid(&field, value, "must be empty for operator `Exists`");
            }
            DeviceTolerationOperator::EQUAL => {
                rules::each(errors, &field, value, validation::label_value(value));
            }
            _ => {}
        }
        rules::one_of(
            errors,
            &path.child("operator"),
            &toleration.operator,
            OPERATORS,
        );
        let effect = Some(&toleration.effect).filter(|effect| !effect.is_empty());
        rules::optional_one_of(errors, &path.child("effect"), effect, EFFECTS);
    }
}

/// Conditions that must hold, and those that must not, before a pod is bound to the device.
pub(super) fn check_binding(errors: &mut FieldErrors, path: &FieldPath, good: &[Str], bad: &[Str]) {
    let (good_path, bad_path) = (
        path.child("bindingConditions"),
        path.child("bindingFailureConditions"),
    );
    for (path, names) in [(&good_path, good), (&bad_path, bad)] {
        if fits(errors, path, names.len(), CONDITIONS_MAX) {
            for (index, name) in names.iter().enumerate() {
                rules::qualified_name(errors, &path.index(index), name);
            }
        }
    }
    for (index, name) in good
        .iter()
        .enumerate()
        .filter(|(index, name)| good[..*index].contains(name))
    {
        errors.duplicate(&good_path.index(index), name);
    }
    for (index, name) in bad.iter().enumerate() {
        let path = bad_path.index(index);
        if bad[..index].contains(name) {
            errors.duplicate(&path, name);
        }
        if good.contains(name) {
            let words = "bindingFailureConditions must not overlap with bindingConditions";
            errors.invalid(&path, name, words);
        }
    }
    if good.is_empty() && !bad.is_empty() {
        let words = "bindingConditions are required to use bindingFailureConditions";
        errors.invalid(&good_path, meta::Verbatim("null"), words);
    }
    if bad.is_empty() && !good.is_empty() {
        let words = "bindingFailureConditions are required to use bindingConditions";
        errors.invalid(&bad_path, meta::Verbatim("null"), words);
    }
}
