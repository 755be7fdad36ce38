//! What definitions add to the OpenAPI documents.
use super::definition::{Definition, Rules};
use schema::openapi::{Definitions, Version};
use serde_json::Value;
use structural::openapi::{self, Published};

impl Definition {
    /// What the documents call the types of a version.
    pub(crate) fn names_in_openapi(&self, version: &str) -> Option<Definitions<'_>> {
        let rules = self.named(version)?;
        Some(Definitions {
            object: &rules.openapi.0,
            list: &rules.openapi.1,
            state: &rules.origin,
        })
    }

    /// Adds the types of a version to a table of definitions.
    pub(crate) fn add_to_openapi(&self, name: &str, version: Version, table: &mut Value) {
        let Some(rules) = self.named(name) else {
            return;
        };
        let published = self.published(rules);
        table[&rules.openapi.0] = openapi::definition(&published, version);
        table[&rules.openapi.1] = openapi::list_definition(&published, version);
    }

    fn published<'a>(&'a self, rules: &'a Rules) -> Published<'a> {
        let versions = self.spec.versions.iter();
        let mut named = versions.filter(|version| version.name == rules.type_.version);
        let version = named.next();
        let schema = version.and_then(|version| version.schema.as_deref());
        let selectable = version.map(|version| &version.selectable_fields);
        let paths = selectable.into_iter().flatten();
        Published {
            schema: schema.and_then(|schema| schema.open_apiv3_schema.as_deref()),
            group: &rules.type_.group,
            version: &rules.type_.version,
            kind: &rules.type_.kind,
            list_kind: &self.names.list_kind,
            plural: &self.names.plural,
            selectable_fields: paths.map(|field| field.json_path.as_str()).collect(),
            preserve_unknown_fields: self.spec.preserve_unknown_fields,
        }
    }
}
