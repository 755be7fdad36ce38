//! Validation of claims, and of the templates of claims.

use crate::{
    core::persistent_volume::{check_modes, check_positive, check_volume_mode},
    rules, selector,
};
use api::core::v1::{PersistentVolumeClaim, PersistentVolumeClaimSpec};
use meta::{FieldErrors, FieldPath, Str};

const CLAIM: &str = "PersistentVolumeClaim";

pub(super) fn claim(
    errors: &mut FieldErrors,
    claim: &PersistentVolumeClaim,
    old: Option<&PersistentVolumeClaim>,
) {
    let old = old.map(|old| &old.spec);
    spec(errors, &FieldPath::new("spec"), &claim.spec, old);
}

/// Upstream `ValidatePersistentVolumeClaimSpec`. Groups of sources that `old` has need not be right.
pub(crate) fn spec(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &PersistentVolumeClaimSpec,
    old: Option<&PersistentVolumeClaimSpec>,
) {
    let modes = path.child("accessModes");
    if spec.access_modes.is_empty() {
        errors.required(&modes, "at least 1 access mode is required");
    }
    if let Some(one) = &spec.selector {
        selector::check(errors, &path.child("selector"), one);
    }
    check_modes(errors, &modes, &spec.access_modes);
    let storage = path.child("resources").key("storage");
    match spec.resources.requests.get("storage") {
        None => errors.required(&storage, ""),
        Some(amount) => check_positive(errors, &storage, amount),
    }
    let class = |name: Option<&Str>, errors: &mut FieldErrors, field: &str| {
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            rules::subdomain(errors, &path.child(field), name);
        }
    };
    class(spec.storage_class_name.as_ref(), errors, "storageClassName");
    let mode = spec.volume_mode.as_ref();
    check_volume_mode(errors, &path.child("volumeMode"), mode);
    check_sources(errors, path, spec, old.is_some_and(has_group));
    let attributes = spec.volume_attributes_class_name.as_ref();
    class(attributes, errors, "volumeAttributesClassName");
}

fn has_group(spec: &PersistentVolumeClaimSpec) -> bool {
    let source = spec.data_source.as_ref();
    let reference = spec.data_source_ref.as_ref();
    source.is_some_and(|source| source.api_group.is_some())
        || reference.is_some_and(|source| source.api_group.is_some())
}

fn check_sources(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &PersistentVolumeClaimSpec,
    lenient: bool,
) {
    let (source, reference) = (spec.data_source.as_deref(), spec.data_source_ref.as_deref());
    if let Some(source) = source {
        let group = source.api_group.as_ref().filter(|_| !lenient);
        let unknown = source
            .api_group
            .as_ref()
            .is_none_or(|group| group.is_empty());
        let path = path.child("dataSource");
        check_source(errors, &path, &source.kind, &source.name, (group, unknown));
    }
    if let Some(source) = reference {
        let group = source.api_group.as_ref().filter(|_| !lenient);
        let unknown = source
            .api_group
            .as_ref()
            .is_none_or(|group| group.is_empty());
        let path = path.child("dataSourceRef");
        check_source(errors, &path, &source.kind, &source.name, (group, unknown));
        if let Some(namespace) = source.namespace.as_ref().filter(|one| !one.is_empty()) {
            rules::label(errors, &path.child("namespace"), namespace);
        }
    }
    let foreign = reference.and_then(|source| source.namespace.as_ref());
    let foreign = foreign.is_some_and(|namespace| !namespace.is_empty());
    let words = match (source, reference) {
        (Some(_), Some(_)) if foreign => {
            "may not be specified when dataSourceRef.namespace is specified"
        }
        (Some(one), Some(other))
            if one.api_group != other.api_group
                || one.kind != other.kind
                || one.name != other.name =>
        {
            "must match dataSourceRef"
        }
        _ => return,
    };
    // Upstream shows a path whose fields JSON does not see.
    errors.invalid(path, meta::Verbatim("{}"), words);
}

/// `group`: what to check of it, and whether it is the core group.
fn check_source(
    errors: &mut FieldErrors,
    path: &FieldPath,
    kind: &Str,
    name: &Str,
    (group, core): (Option<&Str>, bool),
) {
    rules::required(errors, &path.child("name"), name);
    rules::required(errors, &path.child("kind"), kind);
    if core && kind != CLAIM {
        let words = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
        errors.invalid(path, kind, words);
    }
    if let Some(group) = group.filter(|group| !group.is_empty()) {
        rules::subdomain(errors, &path.child("apiGroup"), group);
    }
}
