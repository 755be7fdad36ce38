//! Rules of `metadata` that all kinds share, with upstream's paths and words.
use crate::{NameRule, ResourceInfo, names};
use meta::{FieldErrors, FieldPath, ObjectMeta, OwnerReference, Str};

const ANNOTATIONS_BYTES_MAX: usize = 256 * 1024;

/// Checks the metadata of an object that is to be created.
pub fn validate_metadata(errors: &mut FieldErrors, info: &ResourceInfo, meta: &ObjectMeta) {
    let path = FieldPath::new("metadata");
    if !meta.generate_name.is_empty() {
        for problem in info.name_rule.check(&meta.generate_name, true) {
            errors.invalid(&path.child("generateName"), &meta.generate_name, problem);
        }
    }
    if meta.name.is_empty() {
        errors.required(&path.child("name"), "name or generateName is required");
    } else {
        for problem in info.name_rule.check(&meta.name, false) {
            errors.invalid(&path.child("name"), &meta.name, problem);
        }
    }
    validate_namespace(errors, info, meta, &path.child("namespace"));
    validate_parts(errors, meta, &path);
}

/// Checks the metadata of an object that is to be updated.
pub fn validate_metadata_update(
    errors: &mut FieldErrors,
    _info: &ResourceInfo,
    new: &ObjectMeta,
    old: &ObjectMeta,
) {
    let path = FieldPath::new("metadata");
    if old.deletion_timestamp.is_some() {
        let added: Vec<String> = new
            .finalizers
            .iter()
            .filter(|f| !old.finalizers.contains(f))
            .map(|f| format!("{:?}", f.as_str()))
            .collect();
        if !added.is_empty() {
            let added = added.join(", ");
            let words = format!(
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{added}}}"
            );
            errors.forbidden(&path.child("finalizers"), words);
        }
    }
    if new.generation < old.generation {
        errors.invalid(
            &path.child("generation"),
            new.generation,
            "must not be decremented",
        );
    }
    for (name, new, old) in [
        ("name", &new.name, &old.name),
        ("namespace", &new.namespace, &old.namespace),
        ("uid", &new.uid, &old.uid),
    ] {
        if new != old {
            errors.immutable(&path.child(name), new);
        }
    }
    if new.creation_timestamp != old.creation_timestamp {
        errors.immutable(&path.child("creationTimestamp"), new.creation_timestamp);
    }
    if new.deletion_timestamp != old.deletion_timestamp {
        errors.immutable(&path.child("deletionTimestamp"), new.deletion_timestamp);
    }
    if new.deletion_grace_period_seconds != old.deletion_grace_period_seconds {
        errors.immutable(
            &path.child("deletionGracePeriodSeconds"),
            new.deletion_grace_period_seconds,
        );
    }
    validate_parts(errors, new, &path);
}

/// Checks the metadata of an object inside of another, below `path`.
pub fn validate_embedded_metadata(errors: &mut FieldErrors, meta: &ObjectMeta, path: &FieldPath) {
    let rule = NameRule::PathSegment;
    if !meta.generate_name.is_empty() {
        for problem in rule.check(&meta.generate_name, true) {
            errors.invalid(&path.child("generateName"), &meta.generate_name, problem);
        }
    }
    for problem in rule.check(&meta.name, false) {
        errors.invalid(&path.child("name"), &meta.name, problem);
    }
    if !meta.namespace.is_empty() {
        for problem in names::is_dns1123_label(&meta.namespace) {
            errors.invalid(&path.child("namespace"), &meta.namespace, problem);
        }
    }
    validate_parts(errors, meta, path);
}

fn validate_namespace(
    errors: &mut FieldErrors,
    info: &ResourceInfo,
    meta: &ObjectMeta,
    path: &FieldPath,
) {
    match (info.namespaced(), meta.namespace.is_empty()) {
        (true, true) => errors.required(path, ""),
        (true, false) => {
            for problem in names::is_dns1123_label(&meta.namespace) {
                errors.invalid(path, &meta.namespace, problem);
            }
        }
        (false, false) => errors.forbidden(path, "not allowed on this type"),
        (false, true) => {}
    }
}

fn validate_parts(errors: &mut FieldErrors, meta: &ObjectMeta, path: &FieldPath) {
    if meta.generation < 0 {
        errors.invalid(
            &path.child("generation"),
            meta.generation,
            "must be greater than or equal to 0",
        );
    }
    let labels = path.child("labels");
    for (key, value) in meta.labels.iter() {
        for problem in names::is_qualified_name(key) {
            errors.invalid(&labels, key, problem);
        }
        for problem in names::is_label_value(value) {
            errors.invalid(&labels, value, problem);
        }
    }
    validate_annotations(errors, meta, &path.child("annotations"));
    validate_owners(
        errors,
        &meta.owner_references,
        &path.child("ownerReferences"),
    );
    validate_finalizers(errors, &meta.finalizers, &path.child("finalizers"));
}

fn validate_annotations(errors: &mut FieldErrors, meta: &ObjectMeta, path: &FieldPath) {
    let mut size = 0;
    for (key, value) in meta.annotations.iter() {
        for problem in names::is_qualified_name(&key.to_lowercase()) {
            errors.invalid(path, key, problem);
        }
        size += key.len() + value.len();
    }
    if size > ANNOTATIONS_BYTES_MAX {
        errors.too_long(path, ANNOTATIONS_BYTES_MAX);
    }
}

fn validate_owners(errors: &mut FieldErrors, owners: &[OwnerReference], path: &FieldPath) {
    let mut controller: Option<&OwnerReference> = None;
    for (index, owner) in owners.iter().enumerate() {
        let path = path.index(index);
        let version = owner.api_version.rsplit('/').next().unwrap_or_default();
        if version.is_empty() {
            errors.invalid(
                &path.child("apiVersion"),
                &owner.api_version,
                "version must not be empty",
            );
        }
        for (name, value) in [
            ("kind", &owner.kind),
            ("name", &owner.name),
            ("uid", &owner.uid),
        ] {
            if value.is_empty() {
                errors.invalid(&path.child(name), value, "must not be empty");
            }
        }
        if owner.controller != Some(true) {
            continue;
        }
        if let Some(first) = controller {
            let words = format!(
                "Only one reference can have Controller set to true. Found \"true\" in references for {}/{} and {}/{}",
                first.kind, first.name, owner.kind, owner.name
            );
            errors.invalid(&path, Str::default(), words);
        }
        controller = controller.or(Some(owner));
    }
}

fn validate_finalizers(errors: &mut FieldErrors, finalizers: &[Str], path: &FieldPath) {
    for finalizer in finalizers {
        for problem in names::is_qualified_name(finalizer) {
            errors.invalid(path, finalizer, problem);
        }
    }
    let has = |name: &str| finalizers.iter().any(|f| f == name);
    if has("orphan") && has("foregroundDeletion") {
        let shown = finalizers.to_vec();
        errors.invalid(
            path,
            shown,
            "finalizer orphan and foregroundDeletion cannot be both set",
        );
    }
}
