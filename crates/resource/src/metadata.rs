//! Rules of `metadata` that all kinds share, with upstream's paths and words.
use crate::{NameRule, ResourceInfo};
use meta::{
    FieldErrors, FieldPath, Json, ManagedFieldsEntry, Map, ObjectMeta, OwnerReference, Str,
    is_printable, validation,
};
use std::collections::BTreeSet;

const ANNOTATIONS_BYTES_MAX: usize = 256 * 1024;

/// Rules of metadata that are asked once more on update, after those for all kinds. Upstream's kinds repeat some of them in their
/// `Validate…Update`, each in its own order, and an answer names a finding as often as it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataCheck {
    /// What may not change, labels, annotations, owners and managers.
    Changes,
    /// Those of a create, with the kind's own rule of names, which holds for `generateName` too.
    Whole,
}

/// Checks the metadata of an object that is to be created.
pub fn validate_metadata(errors: &mut FieldErrors, info: &ResourceInfo, meta: &ObjectMeta) {
    validate_own(errors, info.name_rule, info.namespaced(), meta);
    if info.standard_finalizers {
        validate_standard_finalizers(errors, meta);
    }
}

/// The rule of names for all kinds: upstream asks it of an object that is to be created when its kind has nothing to say.
pub(crate) fn validate_any_name(errors: &mut FieldErrors, info: &ResourceInfo, meta: &ObjectMeta) {
    if matches!(info.name_rule, NameRule::Any) {
        validate_name(
            errors,
            NameRule::PathSegment,
            meta,
            &FieldPath::new("metadata"),
        );
    }
}

/// Checks the metadata of a view that a client has written, of a kind with a namespace.
pub fn validate_view_metadata(errors: &mut FieldErrors, meta: &ObjectMeta) {
    validate_own(errors, NameRule::Subdomain, true, meta);
}

/// Checks the metadata of an object that is to be updated: as upstream's `registry/rest.validateCommonFields` does for all kinds, then
/// what the kind or its part (`again`) has checked once more.
pub fn validate_metadata_update(
    errors: &mut FieldErrors,
    info: &ResourceInfo,
    again: &[MetadataCheck],
    new: &ObjectMeta,
    old: &ObjectMeta,
) {
    validate_own(errors, NameRule::PathSegment, info.namespaced(), new);
    validate_metadata_changes(errors, new, old);
    for check in again {
        match check {
            MetadataCheck::Changes => validate_metadata_changes(errors, new, old),
            MetadataCheck::Whole => validate_own(errors, info.name_rule, info.namespaced(), new),
        }
        if info.standard_finalizers {
            validate_standard_finalizers(errors, new);
        }
    }
}

/// What of the metadata may not change, and what may only be right.
pub fn validate_metadata_changes(errors: &mut FieldErrors, new: &ObjectMeta, old: &ObjectMeta) {
    let path = &FieldPath::new("metadata");
    if old.deletion_timestamp.is_some() {
        validate_no_new_finalizers(errors, new, old, &path.child("finalizers"));
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
    validate_marks(errors, new, path);
}

fn validate_no_new_finalizers(
    errors: &mut FieldErrors,
    new: &ObjectMeta,
    old: &ObjectMeta,
    path: &FieldPath,
) {
    let added = new.finalizers.iter();
    let added: BTreeSet<&Str> = added
        .filter(|name| !old.finalizers.contains(name))
        .collect();
    if added.is_empty() {
        return;
    }
    let added: Vec<String> = added.into_iter().map(|name| meta::go_quote(name)).collect();
    let added = added.join(", ");
    let words = format!(
        "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{added}}}"
    );
    errors.forbidden(path, words);
}

fn validate_own(errors: &mut FieldErrors, rule: NameRule, namespaced: bool, meta: &ObjectMeta) {
    let path = FieldPath::new("metadata");
    validate_name(errors, rule, meta, &path);
    validate_namespace(errors, namespaced, meta, &path.child("namespace"));
    validate_parts(errors, meta, &path);
}

fn validate_name(errors: &mut FieldErrors, rule: NameRule, meta: &ObjectMeta, path: &FieldPath) {
    if !meta.generate_name.is_empty() {
        for problem in rule.check(&meta.generate_name, true) {
            errors.invalid(&path.child("generateName"), &meta.generate_name, problem);
        }
    }
    if meta.name.is_empty() {
        errors.required(&path.child("name"), "name or generateName is required");
    } else {
        for problem in rule.check(&meta.name, false) {
            errors.invalid(&path.child("name"), &meta.name, problem);
        }
    }
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
        for problem in validation::dns1123_label(&meta.namespace) {
            errors.invalid(&path.child("namespace"), &meta.namespace, problem);
        }
    }
    validate_parts(errors, meta, path);
}

fn validate_namespace(
    errors: &mut FieldErrors,
    namespaced: bool,
    meta: &ObjectMeta,
    path: &FieldPath,
) {
    match (namespaced, meta.namespace.is_empty()) {
        (true, true) => errors.required(path, ""),
        (true, false) => {
            for problem in validation::dns1123_label(&meta.namespace) {
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
    validate_marks(errors, meta, path);
    validate_finalizers(errors, &meta.finalizers, &path.child("finalizers"));
}

fn validate_marks(errors: &mut FieldErrors, meta: &ObjectMeta, path: &FieldPath) {
    validate_labels(errors, &meta.labels, &path.child("labels"));
    validate_annotations(errors, &meta.annotations, &path.child("annotations"));
    validate_owners(
        errors,
        &meta.owner_references,
        &path.child("ownerReferences"),
    );
    validate_managers(errors, &meta.managed_fields, &path.child("managedFields"));
}

/// Labels of an object, wherever they come from.
pub fn validate_labels(errors: &mut FieldErrors, labels: &Map<Str, Str>, path: &FieldPath) {
    for (key, value) in labels.iter() {
        for problem in validation::qualified_name(key) {
            errors.invalid(path, key, problem);
        }
        for problem in validation::label_value(value) {
            errors.invalid(path, value, problem);
        }
    }
}

/// Annotations of an object, wherever they come from.
pub fn validate_annotations(
    errors: &mut FieldErrors,
    annotations: &Map<Str, Str>,
    path: &FieldPath,
) {
    let mut size = 0;
    for (key, value) in annotations.iter() {
        for problem in validation::qualified_name(&key.to_lowercase()) {
            errors.invalid(path, key, problem);
        }
        size += key.len() + value.len();
    }
    if size > ANNOTATIONS_BYTES_MAX {
        errors.too_long(path, ANNOTATIONS_BYTES_MAX);
    }
}

/// Nothing is owned by what is gone within an hour.
const BANNED_OWNER: (&str, &str) = ("v1", "Event");

/// Upstream names the list, not its elements.
fn validate_owners(errors: &mut FieldErrors, owners: &[OwnerReference], path: &FieldPath) {
    let mut controller: Option<&OwnerReference> = None;
    for owner in owners {
        if !has_version(&owner.api_version) {
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
        let version = owner.api_version.as_str();
        let (version, kind) = (version.strip_prefix('/').unwrap_or(version), &*owner.kind);
        if (version, kind) == BANNED_OWNER {
            let words = format!("/{version}, Kind={kind} is disallowed from being an owner");
            errors.invalid(path, Json(owner), words);
        }
        if owner.controller != Some(true) {
            continue;
        }
        if let Some(first) = controller {
            let words = format!(
                "Only one reference can have Controller set to true. Found \"true\" in references for {}/{} and {}/{}",
                first.kind, first.name, owner.kind, owner.name
            );
            errors.invalid(path, owners.to_vec(), words);
        }
        controller = controller.or(Some(owner));
    }
}

/// `v1` or `group/v1`.
fn has_version(api_version: &str) -> bool {
    let mut parts = api_version.split('/');
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    let version = second.or(first);
    third.is_none() && version.is_some_and(|version| !version.is_empty())
}

/// Who writes what, as far as a client may say it.
fn validate_managers(errors: &mut FieldErrors, entries: &[ManagedFieldsEntry], path: &FieldPath) {
    const SUBRESOURCE_BYTES_MAX: usize = 256;
    for (index, entry) in entries.iter().enumerate() {
        let path = path.index(index);
        if !matches!(entry.operation.as_str(), "Apply" | "Update") {
            let words = "must be `Apply` or `Update`";
            errors.invalid(&path.child("operation"), &entry.operation, words);
        }
        if !matches!(entry.fields_type.as_str(), "" | "FieldsV1") {
            let words = "must be `FieldsV1`";
            errors.invalid(&path.child("fieldsType"), &entry.fields_type, words);
        }
        validate_manager(errors, &entry.manager, &path.child("manager"));
        if entry.subresource.len() > SUBRESOURCE_BYTES_MAX {
            errors.too_long(&path.child("subresource"), SUBRESOURCE_BYTES_MAX);
        }
    }
}

/// The name of a manager of fields: of bounded length, and printable.
pub fn validate_manager(errors: &mut FieldErrors, manager: &str, path: &FieldPath) {
    const MANAGER_BYTES_MAX: usize = 128;
    if manager.len() > MANAGER_BYTES_MAX {
        errors.too_long(path, MANAGER_BYTES_MAX);
    }
    for (position, char) in manager.char_indices() {
        if !is_printable(char) {
            let words = format!(
                "invalid character U+{:04X} (at position {position})",
                char as u32
            );
            errors.invalid(path, manager, words);
        }
    }
}

/// The finalizers without a domain.
const FINALIZERS: &[&str] = &["foregroundDeletion", "kubernetes", "orphan"];

/// Finalizers are upstream's own, or have a domain.
pub fn validate_standard_finalizers(errors: &mut FieldErrors, meta: &ObjectMeta) {
    let path = FieldPath::new("metadata").child("finalizers");
    for (index, name) in meta.finalizers.iter().enumerate() {
        validate_standard_finalizer(errors, &path.index(index), name);
    }
}

/// One of them, wherever it stands.
pub fn validate_standard_finalizer(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if !name.contains('/') && !FINALIZERS.contains(&name) {
        let words = "name is neither a standard finalizer name nor is it fully qualified";
        errors.invalid(path, name, words);
    }
}

fn validate_finalizers(errors: &mut FieldErrors, finalizers: &[Str], path: &FieldPath) {
    for finalizer in finalizers {
        for problem in validation::qualified_name(finalizer) {
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

#[cfg(test)]
mod tests;
