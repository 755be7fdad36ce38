//! The whole of a definition.
//!
//! Source: `ValidateCustomResourceDefinition` and `ValidateCustomResourceDefinitionUpdate` in
//! `k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go`. Its rules on parts that stand both at the top and
//! in versions cannot be broken in `v1`, where all parts stand in versions.

use super::{
    conversion,
    hub::{Hub, Parts},
    names, parts,
    ratchet::Rules,
    schema::{self, Surroundings},
    walk,
};
use api::apiextensions::v1::{
    CustomResourceDefinition, CustomResourceDefinitionSpec, JSONSchemaProps, ResourceScope,
};
use meta::{FieldErrors, FieldPath, Str, Verbatim, validation};
use std::collections::HashSet;
use structural::definition::{self, APPROVED_ANNOTATION, Approval};

const SCOPES: &[&str] = &[ResourceScope::CLUSTER, ResourceScope::NAMESPACED];
const PRESERVE: &str = "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead";

/// All but the metadata of a definition; `old` is the stored one of an update.
pub(super) fn check_all(
    errors: &mut FieldErrors,
    new: &CustomResourceDefinition,
    old: Option<&CustomResourceDefinition>,
) {
    let rules = match old {
        None => Rules::all(),
        Some(old) => Rules::of_update(new, old),
    };
    let path = FieldPath::new("spec");
    check_spec(errors, &path, &new.spec, &rules);
    if let Some(old) = old {
        check_immutable(errors, &path, &new.spec, &old.spec, &rules);
    }
    let status = FieldPath::new("status");
    names::check(
        errors,
        &status.child("acceptedNames"),
        &new.status.accepted_names,
    );
    check_stored_versions(errors, &status.child("storedVersions"), new);
    check_approval(errors, new, old);
    let preserves = |definition: &CustomResourceDefinition| definition.spec.preserve_unknown_fields;
    if preserves(new) && !old.is_some_and(preserves) {
        errors.invalid(&path.child("preserveUnknownFields"), true, PRESERVE);
    }
}

fn check_spec(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &CustomResourceDefinitionSpec,
    rules: &Rules,
) {
    let hub = Hub::new(spec);
    check_group(errors, &path.child("group"), &spec.group);
    crate::rules::one_of(errors, &path.child("scope"), &spec.scope, SCOPES);
    let is_set = |node: &JSONSchemaProps| node.default.is_some();
    let has_defaults = walk::any_of(spec, &mut { is_set });
    check_schemas_given(errors, path, &hub, rules);
    if has_defaults && spec.preserve_unknown_fields {
        let words = "must be false in order to use defaults in the schema";
        errors.invalid(&path.child("preserveUnknownFields"), true, words);
    }
    let structural = rules.structural
        || !spec.preserve_unknown_fields
        || has_defaults
        || walk::any_of(spec, &mut { has_extensions });
    check_versions(errors, path, &hub, structural, rules);
    names::check_given(errors, &path.child("names"), &spec.names);
    names::check(errors, &path.child("names"), &spec.names);
    let first = hub.versions.first().map(|(version, _)| &version.name);
    let around = Surroundings {
        status: hub.has_any_status(),
        structural,
        unchanged: first.is_some_and(|name| rules.unchanged_schemas.contains(name)),
    };
    check_parts(errors, path, "validation", &hub.shared, &around, rules);
    parts::check_selectable_fields(errors, path, &hub.shared, None, rules);
    if let Some(conversion) = spec.conversion.as_deref() {
        let path = path.child("conversion");
        if conversion.strategy != "None" && spec.preserve_unknown_fields {
            let words = "must be None if spec.preserveUnknownFields is true";
            errors.invalid(&path.child("strategy"), &conversion.strategy, words);
        }
        conversion::check(errors, &path, conversion, rules);
    }
}

fn check_group(errors: &mut FieldErrors, path: &FieldPath, group: &Str) {
    let problems = validation::dns1123_subdomain(group);
    if group.is_empty() {
        errors.required(path, "");
    } else if !problems.is_empty() {
        errors.invalid(path, group, problems.join(","));
    } else if !group.contains('.') {
        errors.invalid(path, group, "should be a domain with at least one dot");
    }
}

/// Extensions that a schema which is not structural would not keep.
fn has_extensions(node: &JSONSchemaProps) -> bool {
    node.x_kubernetes_embedded_resource
        || node.x_kubernetes_preserve_unknown_fields.is_some()
        || node.x_kubernetes_int_or_string
        || !node.x_kubernetes_list_map_keys.is_empty()
        || node.x_kubernetes_list_type.is_some()
        || !node.x_kubernetes_validations.is_empty()
}

fn check_schemas_given(errors: &mut FieldErrors, path: &FieldPath, hub: &Hub<'_>, rules: &Rules) {
    let shared = hub.shared.schema;
    if shared.is_some_and(|validation| validation.open_apiv3_schema.is_some()) {
        return;
    }
    for (index, (version, own)) in hub.versions.iter().enumerate() {
        let has_schema = own
            .schema
            .is_some_and(|schema| schema.open_apiv3_schema.is_some());
        let path = path.child("versions").index(index);
        let path = path.child("schema").child("openAPIV3Schema");
        if has_schema {
        } else if rules.schema_required {
            errors.required(&path, "");
        } else if !hub.spec.preserve_unknown_fields && version.served {
            errors.required(&path, "because otherwise all fields are pruned");
        }
    }
}

fn check_versions(
    errors: &mut FieldErrors,
    path: &FieldPath,
    hub: &Hub<'_>,
    structural: bool,
    rules: &Rules,
) {
    let versions_path = path.child("versions");
    for (index, (version, own)) in hub.versions.iter().enumerate() {
        let path = versions_path.index(index);
        names::check_label(errors, &path.child("name"), &version.name);
        parts::check_deprecation(errors, &path.child("deprecationWarning"), version);
        let around = Surroundings {
            status: hub.has_status(&version.name),
            structural,
            unchanged: rules.unchanged_schemas.contains(&version.name),
        };
        check_parts(errors, &path, "schema", own, &around, rules);
        parts::check_selectable_fields(errors, &path, own, Some(&version.name), rules);
    }
    let names: Vec<_> = hub
        .versions
        .iter()
        .map(|(version, _)| &version.name)
        .collect();
    let mut say =
        |words: &str| errors.invalid(&versions_path, Verbatim(&hub.show_versions()), words);
    if names
        .iter()
        .enumerate()
        .any(|(index, name)| names[..index].contains(name))
    {
        say("must contain unique version names");
    }
    if hub
        .versions
        .iter()
        .filter(|(version, _)| version.storage)
        .count()
        != 1
    {
        say("must have exactly one version marked as storage version");
    }
    // The name of the first version stands at the top as well.
    if let Some(first) = names.first().filter(|name| !name.is_empty()) {
        names::check_label(errors, &path.child("version"), first);
    }
}

fn check_parts(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema_field: &str,
    parts: &Parts<'_>,
    around: &Surroundings,
    rules: &Rules,
) {
    if let Some(validation) = parts.schema {
        schema::check(errors, &path.child(schema_field), validation, around, rules);
    }
    if let Some(subresources) = parts.subresources {
        parts::check_subresources(errors, &path.child("subresources"), subresources);
    }
    let columns_path = path.child("additionalPrinterColumns");
    parts::check_columns(errors, &columns_path, parts.columns());
}

fn check_immutable(
    errors: &mut FieldErrors,
    path: &FieldPath,
    new: &CustomResourceDefinitionSpec,
    old: &CustomResourceDefinitionSpec,
    rules: &Rules,
) {
    let names = path.child("names");
    let stored = [
        (path.child("scope"), &new.scope, &old.scope),
        (names.child("kind"), &new.names.kind, &old.names.kind),
    ];
    let named = [
        (path.child("group"), &new.group, &old.group),
        (names.child("plural"), &new.names.plural, &old.names.plural),
    ];
    let stored = stored.into_iter().filter(|_| rules.immutable_names);
    for (path, new, old) in stored.chain(named) {
        if new != old {
            errors.immutable(&path, new);
        }
    }
}

/// Upstream `ValidateCustomResourceDefinitionStoredVersions`.
fn check_stored_versions(
    errors: &mut FieldErrors,
    path: &FieldPath,
    definition: &CustomResourceDefinition,
) {
    let stored = &definition.status.stored_versions;
    if stored.is_empty() {
        let shown = if stored.is_nil() { "null" } else { "[]" };
        return errors.invalid(
            path,
            Verbatim(shown),
            "must have at least one stored version",
        );
    }
    let versions = &definition.spec.versions;
    // A name serves one version: a second one of the same name finds it taken.
    let mut free: HashSet<&Str> = stored.iter().collect();
    for version in versions {
        if !free.remove(&version.name) && version.storage {
            let words = format!("must have the storage version {}", version.name);
            errors.invalid(path, stored.to_vec(), words);
        }
    }
    for (index, name) in stored.iter().enumerate() {
        let again = stored[index + 1..].contains(name);
        if !again && free.contains(name) {
            let words = format!(
                "missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in {name} and removes {name} from status.storedVersions"
            );
            errors.invalid(&path.index(index), name, words);
        }
    }
}

/// Definitions of protected groups say where they were approved. What was let in without is let stay.
fn check_approval(
    errors: &mut FieldErrors,
    new: &CustomResourceDefinition,
    old: Option<&CustomResourceDefinition>,
) {
    if !definition::is_protected_group(&new.spec.group) {
        return;
    }
    let (approval, words) = definition::approval(&new.metadata);
    if old.is_some_and(|old| definition::approval(&old.metadata).0 == approval) {
        return;
    }
    let path = FieldPath::new("metadata")
        .child("annotations")
        .key(APPROVED_ANNOTATION);
    match approval {
        Approval::Approved | Approval::Bypassed => {}
        Approval::Missing => errors.required(&path, words),
        Approval::Invalid => {
            let annotation = new.metadata.annotations.get(APPROVED_ANNOTATION);
            errors.invalid(&path, annotation.map_or("", |text| text.as_str()), words);
        }
    }
}

#[cfg(test)]
mod tests;
