//! How much of a device a request may take, when several may share it.

use super::fits;
use api::resource::v1::{CapacityRequestPolicy, CapacityRequestPolicyRange, DeviceCapacity};
use meta::{FieldErrors, FieldPath, Quantity};

const OPTIONS_MAX: usize = 10;

pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    capacity: &DeviceCapacity,
    shared: bool,
) {
    let Some(policy) = &capacity.request_policy else {
        return;
    };
    let path = path.child("requestPolicy");
    if !shared {
        return errors.forbidden(&path, "allowMultipleAllocations must be true");
    }
    let CapacityRequestPolicy {
        default,
        valid_values,
        valid_range,
    } = &**policy;
    let field = path.child("default");
    match (valid_values.as_slice(), valid_range) {
        ([], None) => {}
        ([_, ..], Some(_)) => errors.forbidden(
            &path,
            "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the same time",
        ),
        (values @ [_, ..], None) => match default {
            None => errors.required(&field, "required when validValues is defined"),
            Some(default) => check_values(errors, &path.child("validValues"), &capacity.value, default, values),
        },
        ([], Some(range)) => match default {
            None => errors.required(&field, "required when validRange is defined"),
            Some(default) => check_range(errors, &path.child("validRange"), &capacity.value, default, range),
        },
    }
}

fn check_values(
    errors: &mut FieldErrors,
    path: &FieldPath,
    max: &Quantity,
    default: &Quantity,
    values: &[Quantity],
) {
    for (index, pair) in values.windows(2).enumerate() {
        if pair[0] > pair[1] {
            let words = "values must be sorted in ascending order";
            errors.invalid(&path.index(index + 1), pair[1], words);
        }
    }
    let looked_at = fits(errors, path, values.len(), OPTIONS_MAX);
    if looked_at {
        for (index, value) in values.iter().enumerate().filter(|(_, value)| *value > max) {
            let words = format!("option is larger than capacity value: {max}");
            errors.invalid(&path.index(index), value, words);
        }
        for (index, value) in values.iter().enumerate() {
            let before = &values[..index];
            if before.iter().any(|before| before.value() == value.value()) {
                errors.duplicate(&path.index(index), value.value().to_string());
            }
        }
    }
    if !looked_at || !values.contains(default) {
        let words = "default value is not valid according to the requestPolicy";
        errors.invalid(path, default, words);
    }
}

fn check_range(
    errors: &mut FieldErrors,
    path: &FieldPath,
    capacity: &Quantity,
    default: &Quantity,
    range: &CapacityRequestPolicyRange,
) {
    let Some(min) = &range.min else {
        return errors.required(&path.child("min"), "required when validRange is defined");
    };
    let larger = |name: &str| format!("{name} is larger than capacity value: {capacity}");
    if min > capacity {
        errors.invalid(&path.child("min"), min, larger("min"));
    }
    if default < min {
        let words = format!("default is less than min: {min}");
        errors.invalid(&path.child("min"), default, words);
    }
    if let Some(max) = &range.max {
        let field = path.child("max");
        if min > max {
            errors.invalid(&field, min, format!("min is larger than max: {max}"));
        }
        if max > capacity {
            errors.invalid(&field, max, larger("max"));
        }
        if default > max {
            let words = format!("default is more than max: {max}");
            errors.invalid(&field, default, words);
        }
    }
    if let Some(step) = &range.step {
        check_step(
            errors,
            &path.child("step"),
            capacity,
            default,
            (min, range.max.as_ref(), step),
        );
    }
}

fn check_step(
    errors: &mut FieldErrors,
    path: &FieldPath,
    capacity: &Quantity,
    default: &Quantity,
    (min, max, step): (&Quantity, Option<&Quantity>, &Quantity),
) {
    let mut first = *min;
    first.add(step);
    if first > *capacity {
        let words = format!("one step {first} is larger than capacity value: {capacity}");
        errors.invalid(path, step, words);
    }
    for value in [Some(default), max].into_iter().flatten() {
        let rest = value
            .value()
            .wrapping_sub(min.value())
            .checked_rem(step.value());
        if rest != Some(0) {
            let words = format!("value is not a multiple of a given step ({step}) from ({min})");
            errors.invalid(path, value, words);
        }
    }
}
