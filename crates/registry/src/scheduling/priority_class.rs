//! PriorityClass: how much pods matter.

#[cfg(test)]
mod tests;

use crate::rules;
use api::scheduling::v1::PriorityClass;
use meta::{FieldErrors, FieldPath};
use resource::{Column, RequestContext, Strategy};

pub(crate) struct PriorityClasses;

const SYSTEM_PREFIX: &str = "system-";
/// The classes that every cluster has.
const SYSTEM: &[(&str, i32)] = &[
    ("system-node-critical", 2_000_001_000),
    ("system-cluster-critical", 2_000_000_000),
];
const USER_VALUE_MAX: i32 = 1_000_000_000;
const POLICIES: &[&str] = &["PreemptLowerPriority", "Never"];

impl Strategy for PriorityClasses {
    type Object = PriorityClass;
    const SHORT_NAMES: &'static [&'static str] = &["pc"];
    const COLUMNS: &'static [Column<PriorityClass>] = &[
        Column::NAME,
        Column::integer(
            "Value",
            "The priority that pods of this class get.",
            |class: &PriorityClass, _| class.value.into(),
        ),
        Column {
            type_: "boolean",
            ..Column::text(
                "Global-Default",
                "Whether pods without a class are of this one.",
                |class: &PriorityClass, _| class.global_default.into(),
            )
        },
        Column::AGE,
        Column::text(
            "PreemptionPolicy",
            "Whether pods of this class drive others away.",
            |class: &PriorityClass, _| {
                let policy = class.preemption_policy.as_deref();
                policy.unwrap_or("PreemptLowerPriority").into()
            },
        ),
    ];
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, class: &mut PriorityClass) {
        let policy = &mut class.preemption_policy;
        policy.get_or_insert_with(|| "PreemptLowerPriority".into());
    }

    /// It is 1 and stays so: nothing that counts can change.
    fn prepare_create(&self, _cx: &RequestContext, new: &mut PriorityClass) {
        new.metadata.generation = 1;
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, class: &PriorityClass) {
        if class.metadata.name.starts_with(SYSTEM_PREFIX) {
            if let Err(why) = check_system(class) {
                let words = format!(
                    "priority class names with '{SYSTEM_PREFIX}' prefix are reserved for system use only. error: {why}"
                );
                errors.forbidden(&FieldPath::new("metadata.name"), words);
            }
        } else if class.value > USER_VALUE_MAX {
            let words =
                format!("maximum allowed value of a user defined priority is {USER_VALUE_MAX}");
            errors.forbidden(&FieldPath::new("value"), words);
        }
        if let Some(policy) = &class.preemption_policy {
            rules::one_of(
                errors,
                &FieldPath::new("preemptionPolicy"),
                policy,
                POLICIES,
            );
        }
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &PriorityClass,
        old: &PriorityClass,
    ) {
        if new.value != old.value {
            errors.forbidden(&FieldPath::new("value"), "may not be changed in an update.");
        }
        if new.preemption_policy != old.preemption_policy {
            errors.immutable(&FieldPath::new("preemptionPolicy"), &new.preemption_policy);
        }
    }
}

/// One of the system's own, as it must be.
fn check_system(class: &PriorityClass) -> Result<(), String> {
    let name = &class.metadata.name;
    let Some((_, value)) = SYSTEM.iter().find(|(system, _)| name == *system) else {
        return Err(format!("{name} is not a known system priority class"));
    };
    if class.value != *value {
        return Err(format!("value of {name} PriorityClass must be {value}"));
    }
    if class.global_default {
        return Err(format!(
            "globalDefault of {name} PriorityClass must be false"
        ));
    }
    Ok(())
}
