//! Which rules a definition is held to. A new one is held to all; an update is not held to those that the stored definition does not
//! keep, so that definitions from before a rule can still be changed.

use super::{conversion, hub::Hub, schema, walk};
use api::apiextensions::v1::{CustomResourceDefinition, JSONSchemaProps};
use meta::{FieldErrors, FieldPath, Str};
use std::collections::HashSet;
use structural::{Structural, check, definition};

/// More are forgiven only to versions that had more.
pub(super) const SELECTABLE_FIELDS_MAX: usize = 8;

#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each rule that upstream ratchets"
)]
pub(super) struct Rules {
    pub(super) known_review_version: bool,
    pub(super) immutable_names: bool,
    pub(super) schema_required: bool,
    pub(super) known_types: bool,
    pub(super) structural: bool,
    pub(super) pruned_defaults: bool,
    pub(super) atomic_sets: bool,
    pub(super) sound_list_keys: bool,
    pub(super) usable_ca_bundle: bool,
    /// Versions whose schema did not change: what its rules cost was accepted before.
    pub(super) unchanged_schemas: HashSet<Str>,
    /// Versions that may have too many selectable fields; the empty name is what versions share.
    pub(super) many_selectable_fields: HashSet<Str>,
}

impl Rules {
    /// Of a create. The bundle is looked at again before the definition is established.
    pub(super) fn all() -> Self {
        Self {
            known_review_version: true,
            immutable_names: false,
            schema_required: true,
            known_types: true,
            structural: true,
            pruned_defaults: true,
            atomic_sets: true,
            sound_list_keys: true,
            usable_ca_bundle: false,
            unchanged_schemas: HashSet::new(),
            many_selectable_fields: HashSet::new(),
        }
    }

    /// Of an update.
    pub(super) fn of_update(
        new: &CustomResourceDefinition,
        old: &CustomResourceDefinition,
    ) -> Self {
        let (new_hub, old_hub) = (Hub::new(&new.spec), Hub::new(&old.spec));
        let spec = &old.spec;
        Self {
            known_review_version: webhook_versions_are_known(old),
            immutable_names: definition::is_established(old),
            schema_required: every_version_has_a_schema(old),
            known_types: !walk::any_of(spec, &mut |node| !schema::has_known_type(node)),
            structural: walk::schemas(spec).all(is_structural),
            pruned_defaults: walk::schemas(spec).all(check::defaults_are_pruned),
            atomic_sets: !walk::any_of(spec, &mut |node| schema::loose_set_item(node).is_some()),
            sound_list_keys: !walk::any_of(spec, &mut has_unsound_list_keys),
            usable_ca_bundle: usable_ca_bundle(old),
            unchanged_schemas: unchanged_schemas(&new_hub, &old_hub),
            many_selectable_fields: many_selectable_fields(&new_hub, &old_hub),
        }
    }
}

fn webhook_versions_are_known(old: &CustomResourceDefinition) -> bool {
    let conversion = old.spec.conversion.as_deref();
    let webhook = conversion.and_then(|conversion| conversion.webhook.as_deref());
    webhook.is_none_or(|webhook| conversion::has_known_version(&webhook.conversion_review_versions))
}

fn every_version_has_a_schema(old: &CustomResourceDefinition) -> bool {
    walk::schemas(&old.spec).count() == old.spec.versions.len()
}

fn is_structural(schema: &JSONSchemaProps) -> bool {
    let mut errors = FieldErrors::new();
    if Structural::new(schema).is_err() {
        return false;
    }
    check::structural(schema, &FieldPath::root(), &mut errors);
    errors.is_empty()
}

fn has_unsound_list_keys(node: &JSONSchemaProps) -> bool {
    let mut errors = FieldErrors::new();
    schema::check_list_keys(&mut errors, &FieldPath::root(), node);
    !errors.is_empty()
}

/// A bundle must be usable once the definition is established with one that is.
fn usable_ca_bundle(old: &CustomResourceDefinition) -> bool {
    let conversion = old.spec.conversion.as_deref();
    let webhook = conversion.and_then(|conversion| conversion.webhook.as_deref());
    let config = webhook.and_then(|webhook| webhook.client_config.as_deref());
    definition::is_established(old)
        && config.is_none_or(|config| definition::ca_bundle_problem(&config.ca_bundle).is_none())
}

fn unchanged_schemas(new: &Hub<'_>, old: &Hub<'_>) -> HashSet<Str> {
    let names = new.versions.iter().map(|(version, _)| &version.name);
    let unchanged = names.filter(|name| {
        let (new, old) = (new.schema_of(name), old.schema_of(name));
        new.is_some() && new == old
    });
    unchanged.cloned().collect()
}

fn many_selectable_fields(new: &Hub<'_>, old: &Hub<'_>) -> HashSet<Str> {
    let kept = |new: &[_], old: &[_]| old.len() > SELECTABLE_FIELDS_MAX && new == old;
    let mut found = HashSet::new();
    if kept(
        new.shared.selectable_fields(),
        old.shared.selectable_fields(),
    ) {
        found.insert(Str::default());
    }
    for (version, own) in &new.versions {
        let mut before = old.versions.iter();
        let before = before.rfind(|(known, _)| known.name == version.name);
        if before
            .is_some_and(|(_, before)| kept(own.selectable_fields(), before.selectable_fields()))
        {
            found.insert(version.name.clone());
        }
    }
    found
}
