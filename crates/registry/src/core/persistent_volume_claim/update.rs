//! What may change of a claim: next to nothing, so that quotas and limits cannot be got round.

use super::{CLASS, validate};
use crate::{
    core::{
        pod::validate::{indented, unified},
        resource_names,
    },
    rules,
};
use api::core::v1::{
    ClaimResourceStatus, PersistentVolumeClaim, PersistentVolumeClaimPhase,
    PersistentVolumeClaimSpec,
};
use meta::{FieldErrors, FieldPath, Quantity, validation};

const IMMUTABLE: &str = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
const RESIZE: &[&str] = &[
    ClaimResourceStatus::CONTROLLER_RESIZE_IN_PROGRESS,
    ClaimResourceStatus::CONTROLLER_RESIZE_INFEASIBLE,
    ClaimResourceStatus::NODE_RESIZE_IN_PROGRESS,
    ClaimResourceStatus::NODE_RESIZE_INFEASIBLE,
    ClaimResourceStatus::NODE_RESIZE_PENDING,
];

pub(super) fn check(
    errors: &mut FieldErrors,
    new: &PersistentVolumeClaim,
    old: &PersistentVolumeClaim,
) {
    validate::claim(errors, new, Some(old));
    let annotated = moves_class(new, old);
    if !annotated {
        check_annotation(errors, new, old);
    }
    let mut munged = new.spec.clone();
    let mut before = old.spec.clone();
    if before.volume_name.is_empty() {
        before.volume_name = munged.volume_name.clone();
    }
    // From the annotation to the field, or from nothing: the class may be named once.
    if annotated || names_class(new, old) {
        munged.storage_class_name = before.storage_class_name.clone();
    }
    if new.status.phase == PersistentVolumeClaimPhase::BOUND {
        keep_growth(&mut munged, &before);
    }
    if munged != before {
        let difference = unified(&indented(&before), &indented(&munged));
        errors.forbidden(
            &FieldPath::new("spec"),
            format!("{IMMUTABLE}\n{difference}"),
        );
    }
    check_size(errors, new, old);
    if new.spec.volume_mode != old.spec.volume_mode {
        errors.immutable(&FieldPath::new("volumeMode"), &new.spec.volume_mode);
    }
    check_attributes(errors, &new.spec, old);
}

/// What bound claims may change.
fn keep_growth(munged: &mut PersistentVolumeClaimSpec, before: &PersistentVolumeClaimSpec) {
    let (requests, size) = (
        &mut munged.resources.requests,
        before.resources.requests.get("storage"),
    );
    if let (false, Some(size)) = (requests.is_nil(), size) {
        requests.insert("storage", *size);
    }
    munged.volume_attributes_class_name = before.volume_attributes_class_name.clone();
}

fn moves_class(new: &PersistentVolumeClaim, old: &PersistentVolumeClaim) -> bool {
    let Some(class) = old.metadata.annotations.get(CLASS) else {
        return false;
    };
    let now = new.metadata.annotations.get(CLASS);
    old.spec.storage_class_name.is_none()
        && new.spec.storage_class_name.as_ref() == Some(class)
        && now.is_none_or(|now| now == class)
}

fn names_class(new: &PersistentVolumeClaim, old: &PersistentVolumeClaim) -> bool {
    let annotation = old.metadata.annotations.get(CLASS);
    old.spec.storage_class_name.is_none()
        && new
            .spec
            .storage_class_name
            .as_ref()
            .is_some_and(|class| annotation.is_none_or(|annotation| annotation == class))
}

fn check_annotation(
    errors: &mut FieldErrors,
    new: &PersistentVolumeClaim,
    old: &PersistentVolumeClaim,
) {
    let class = |claim: &PersistentVolumeClaim| {
        claim
            .metadata
            .annotations
            .get(CLASS)
            .cloned()
            .unwrap_or_default()
    };
    if class(new) != class(old) {
        // Upstream joins with a dot here.
        let path = FieldPath::new("metadata.annotations").child(CLASS);
        errors.immutable(&path, class(new));
    }
}

/// It may shrink only down to what there is: after a growth that failed.
fn check_size(errors: &mut FieldErrors, new: &PersistentVolumeClaim, old: &PersistentVolumeClaim) {
    let nothing = Quantity::default();
    let size = |claim: &PersistentVolumeClaim| {
        let size = claim.spec.resources.requests.get("storage");
        *size.unwrap_or(&nothing)
    };
    let there = old.status.capacity.get("storage").unwrap_or(&nothing);
    if size(new) < size(old) && size(new) <= *there {
        let path = FieldPath::new("spec.resources.requests.storage");
        errors.forbidden(&path, "field can not be less than status.capacity");
    }
}

/// Attributes that a volume has got cannot be taken away, only exchanged for others.
fn check_attributes(
    errors: &mut FieldErrors,
    new: &PersistentVolumeClaimSpec,
    old: &PersistentVolumeClaim,
) {
    let now = &new.volume_attributes_class_name;
    let current = &old.status.current_volume_attributes_class_name;
    if *now == old.spec.volume_attributes_class_name || current.is_none() {
        return;
    }
    let nothing = match now {
        None => "nil",
        Some(name) if name.is_empty() => "empty string",
        Some(_) => return,
    };
    let words = format!(
        "update to {nothing} is forbidden when status.currentVolumeAttributesClassName is not nil"
    );
    errors.forbidden(&FieldPath::new("spec.volumeAttributesClassName"), words);
}

pub(super) fn check_status(errors: &mut FieldErrors, new: &PersistentVolumeClaim) {
    let (path, status) = (FieldPath::new("status"), &new.status);
    let at = path.child("capacity");
    for (name, amount) in status.capacity.iter() {
        check_amount(errors, &at.key(name), amount);
    }
    let at = path.child("allocatedResourceStatuses");
    for (name, state) in status.allocated_resource_statuses.iter() {
        check_key(errors, &at, name);
        if !RESIZE.contains(&state.as_str()) {
            errors.not_supported(&at, name, RESIZE);
        }
    }
    let at = path.child("allocatedResources");
    for (name, amount) in status.allocated_resources.iter() {
        if check_key(errors, &at, name) && check_amount(errors, &at.key(name), amount) {
            resource_names::check_amount(errors, &at.key(name), "storage", amount);
        }
    }
}

fn check_amount(errors: &mut FieldErrors, path: &FieldPath, amount: &Quantity) -> bool {
    let bad = amount.sign() < 0;
    if bad {
        errors.invalid(path, amount.value(), "must be a valid resource quantity");
    }
    !bad
}

/// Of Kubernetes' own resources only storage; any other has a domain.
fn check_key(errors: &mut FieldErrors, path: &FieldPath, name: &str) -> bool {
    let problems = validation::qualified_name(name);
    let good = problems.is_empty();
    rules::each(errors, path, name, problems);
    if good && resource_names::is_native(name) && name != "storage" {
        errors.not_supported(path, name, &["storage"]);
        return false;
    }
    good
}
