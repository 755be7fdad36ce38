//! The kinds that rules may name, and where the schemas of their objects are: this program's in its tables, custom ones in definitions.

use super::types;
use api::apiextensions::v1::CustomResourceDefinition;
use expr::Type;
use meta::Str;
use schema::{discovery::RESOURCES, openapi::Version};
use std::{fmt, sync::Arc};
use structural::{
    definition::is_established,
    openapi::{Published, definition},
};

/// Group, version and kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KindName {
    pub(super) group: Str,
    pub(super) version: Str,
    pub(super) kind: Str,
}

/// As Go prints it.
impl fmt::Display for KindName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}, Kind={}", self.group, self.version, self.kind)
    }
}

/// All kinds that are served.
pub(super) struct Kinds {
    definitions: Vec<Arc<CustomResourceDefinition>>,
}

impl Kinds {
    pub(super) fn new(mut definitions: Vec<Arc<CustomResourceDefinition>>) -> Self {
        definitions.retain(|definition| is_established(definition));
        Self { definitions }
    }

    /// The kinds of a resource, by its name for many or for one. As of upstream's mapper, no group is every group.
    pub(super) fn of_resource(&self, group: &str, version: &str, resource: &str) -> Vec<KindName> {
        let resource = resource.to_lowercase();
        let in_group = |of: &str| group.is_empty() || of == group;
        let own = RESOURCES.iter().filter(|row| {
            in_group(row.group)
                && row.version == version
                && [row.plural, row.singular].contains(&&*resource)
        });
        let own = own.map(|row| (Str::from(row.group), Str::from(row.kind)));
        let custom = self.definitions.iter().filter(|definition| {
            let names = &definition.status.accepted_names;
            in_group(&definition.spec.group)
                && serves(definition, version)
                && [&names.plural, &names.singular].contains(&&Str::from(&*resource))
        });
        let custom = custom.map(|definition| {
            let kind = &definition.status.accepted_names.kind;
            (definition.spec.group.clone(), kind.clone())
        });
        let found = own.chain(custom);
        let found = found.map(|(group, kind)| KindName {
            group,
            version: version.into(),
            kind,
        });
        found.collect()
    }

    /// `None` for a kind that is not served.
    pub(super) fn type_of(&self, name: &KindName) -> Option<Type> {
        let KindName {
            group,
            version,
            kind,
        } = name;
        if let Some(info) = schema::lookup(group, version, kind) {
            return Some(types::of_built_in(info, kind));
        }
        let mut definitions = self.definitions.iter();
        let found = definitions.find(|definition| {
            let names = &definition.status.accepted_names;
            definition.spec.group == *group && names.kind == *kind && serves(definition, version)
        })?;
        let schema = definition(&published(found, version), Version::V3);
        Some(types::of_definition(&schema, kind))
    }
}

fn published<'a>(definition: &'a CustomResourceDefinition, version: &'a str) -> Published<'a> {
    let (spec, names) = (&definition.spec, &definition.status.accepted_names);
    let mut versions = spec.versions.iter();
    let schema = versions.find(|known| known.name == version);
    let schema = schema.and_then(|version| version.schema.as_deref());
    Published {
        schema: schema.and_then(|schema| schema.open_apiv3_schema.as_deref()),
        group: &spec.group,
        version,
        kind: &names.kind,
        list_kind: &names.list_kind,
        plural: &names.plural,
        selectable_fields: Vec::new(),
        preserve_unknown_fields: spec.preserve_unknown_fields,
    }
}

fn serves(definition: &CustomResourceDefinition, version: &str) -> bool {
    let mut versions = definition.spec.versions.iter();
    versions.any(|known| known.served && known.name == version)
}
