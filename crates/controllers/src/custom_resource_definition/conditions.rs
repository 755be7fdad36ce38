//! What is said of a definition besides its names: whether it is served, what its schemas lack, whether its group approves of it.

use api::apiextensions::v1::{
    ConditionStatus, CustomResourceDefinition,
    CustomResourceDefinitionConditionType as ConditionType,
};
use meta::{FieldErrors, FieldPath, Time};
use structural::{
    Structural, check,
    definition::{self, Approval, Condition, condition, is_true, set_condition},
};

/// The next word on whether requests are answered; nothing before names are accepted, and nothing after it was said.
pub(super) fn established(definition: &CustomResourceDefinition) -> Option<Condition> {
    let due = is_true(definition, ConditionType::NAMES_ACCEPTED);
    if !due || definition::is_established(definition) {
        return None;
    }
    let conversion = definition.spec.conversion.as_deref();
    let webhook = conversion.and_then(|conversion| conversion.webhook.as_deref());
    let config = webhook.and_then(|webhook| webhook.client_config.as_deref());
    let broken =
        config.is_some_and(|config| definition::ca_bundle_problem(&config.ca_bundle).is_some());
    let (status, reason, message) = if broken {
        let words = "The conversion webhook CABundle is invalid";
        (ConditionStatus::FALSE, "InvalidCABundle", words)
    } else {
        let words = "the initial names have been accepted";
        (ConditionStatus::TRUE, "InitialNamesAccepted", words)
    };
    Some(Condition {
        type_: ConditionType::ESTABLISHED,
        status,
        reason,
        message: message.to_owned(),
    })
}

/// Sets or removes the condition that schemas are not structural.
pub(super) fn set_structure(definition: &mut CustomResourceDefinition, now: Time) {
    let type_ = ConditionType::NON_STRUCTURAL_SCHEMA;
    match structure(definition) {
        Some(condition) => set_condition(&mut definition.status, &condition, now),
        None if condition(definition, type_).is_some() => {
            let conditions = &mut definition.status.conditions;
            conditions.retain(|condition| condition.type_ != type_);
        }
        None => {}
    }
}

fn structure(definition: &CustomResourceDefinition) -> Option<Condition> {
    let says = |status, reason, message| {
        Some(Condition {
            type_: ConditionType::NON_STRUCTURAL_SCHEMA,
            status,
            reason,
            message,
        })
    };
    let spec = &definition.spec;
    let mut errors = FieldErrors::new();
    if spec.preserve_unknown_fields {
        let path = FieldPath::new("spec.preserveUnknownFields");
        errors.invalid(&path, true, "must be false");
    }
    for (index, version) in spec.versions.iter().enumerate() {
        let validation = version.schema.as_deref();
        let Some(schema) = validation.and_then(|schema| schema.open_apiv3_schema.as_deref()) else {
            continue;
        };
        if let Err(error) = Structural::new(schema) {
            let name = &version.name;
            let words = format!("failed to check validation schema for version {name}: {error}");
            return says(ConditionStatus::UNKNOWN, "StructuralError", words);
        }
        let path = FieldPath::new("spec.versions").index(index);
        let path = path.child("schema").child("openAPIV3Schema");
        check::structural(schema, &path, &mut errors);
    }
    if errors.is_empty() {
        return None;
    }
    says(ConditionStatus::TRUE, "Violations", errors.aggregate())
}

/// Of definitions in protected groups: whether they say where they were approved.
pub(super) fn approval(definition: &CustomResourceDefinition) -> Option<Condition> {
    if !definition::is_protected_group(&definition.spec.group) {
        return None;
    }
    let (approval, message) = definition::approval(&definition.metadata);
    let (status, reason) = match approval {
        Approval::Invalid => (ConditionStatus::FALSE, "InvalidAnnotation"),
        Approval::Missing => (ConditionStatus::FALSE, "MissingAnnotation"),
        Approval::Approved => (ConditionStatus::TRUE, "ApprovedAnnotation"),
        Approval::Bypassed => (ConditionStatus::FALSE, "UnapprovedAnnotation"),
    };
    Some(Condition {
        type_: ConditionType::KUBERNETES_API_APPROVAL_POLICY_CONFORMANT,
        status,
        reason,
        message,
    })
}

#[cfg(test)]
mod tests;
