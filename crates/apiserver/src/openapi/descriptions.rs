//! What types and fields are for, in `k8s-openapi`'s words: text that the build has put beside the code, unpacked for one document and
//! dropped.
use flate2::read::DeflateDecoder;
use schema::openapi::Version;
use serde_json::{Map, Value};
use std::{borrow::Cow, io::Read};

static COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptions.deflate"));
/// Far above what the build writes, about 1 MB.
const TEXT_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// Adds the descriptions to definitions by name.
pub(super) fn add(definitions: &mut Value, version: Version) {
    let Some(definitions) = definitions.as_object_mut() else {
        return;
    };
    let text = text();
    for line in text.lines() {
        let mut parts = line.split('\0');
        let name = parts.next().unwrap_or("");
        let Some(definition) = definitions.get_mut(name) else {
            continue;
        };
        describe(definition, parts.next().unwrap_or(""));
        while let (Some(field), Some(description)) = (parts.next(), parts.next()) {
            let Some(property) = property(definition, field) else {
                continue;
            };
            // Nothing may stand beside a reference in version 3.
            if version == Version::V2 || property.get("$ref").is_none() {
                describe(property, description);
            }
        }
    }
    describe_lists(definitions);
}

/// What every object's own fields are for: those of kinds that definitions add, and of the objects within them, say so too.
pub(super) struct OwnFields {
    fields: Vec<(String, String)>,
}

impl OwnFields {
    /// As a built-in kind describes them.
    pub(super) fn read() -> Self {
        const DESCRIBED: &str = "io.k8s.api.core.v1.ConfigMap";
        let text = text();
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(DESCRIBED)?.strip_prefix('\0'))
            .unwrap_or("");
        let parts: Vec<&str> = line.split('\0').skip(1).collect();
        let fields = parts.chunks_exact(2).map(|pair| (pair[0], pair[1]));
        let fields = fields.filter(|(name, _)| ["apiVersion", "kind", "metadata"].contains(name));
        Self {
            fields: fields
                .map(|(name, words)| (name.to_owned(), words.to_owned()))
                .collect(),
        }
    }

    /// Adds the words to the definition of an object.
    pub(super) fn describe(&self, definition: &mut Value, version: Version) {
        for (name, words) in &self.fields {
            if let Some(property) = property(definition, name)
                && (version == Version::V2 || property.get("$ref").is_none())
            {
                describe(property, words);
            }
        }
        self.describe_embedded(definition, version);
    }

    fn describe_embedded(&self, schema: &mut Value, version: Version) {
        let mut children: Vec<&mut Value> = Vec::new();
        if let Some(schema) = schema.as_object_mut() {
            for (name, child) in schema {
                match name.as_str() {
                    "properties" => {
                        children.extend(child.as_object_mut().into_iter().flat_map(Map::values_mut))
                    }
                    "items" | "additionalProperties" => children.push(child),
                    _ => {}
                }
            }
        }
        for child in children {
            if child["x-kubernetes-embedded-resource"] == true {
                self.describe(child, version);
            } else {
                self.describe_embedded(child, version);
            }
        }
    }
}

fn property<'a>(definition: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    definition.get_mut("properties")?.get_mut(name)
}

fn text() -> String {
    let mut text = String::new();
    DeflateDecoder::new(COMPRESSED)
        .take(TEXT_BYTES_MAX)
        .read_to_string(&mut text)
        .expect("the build compressed it");
    text
}

fn describe(schema: &mut Value, description: &str) {
    if description.is_empty() {
        return;
    }
    let description: Cow<'_, str> = if description.contains('\u{1}') {
        Cow::Owned(description.replace('\u{1}', "\n"))
    } else {
        Cow::Borrowed(description)
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert(
            "description".to_owned(),
            Value::String(description.into_owned()),
        );
    }
}

/// `k8s-openapi` has one type for all lists.
fn describe_lists(definitions: &mut Map<String, Value>) {
    let kind_of_list = |name: &str| {
        let kind = name.strip_suffix("List")?.rsplit('.').next()?;
        Some(kind.to_owned())
    };
    let undescribed = definitions
        .iter_mut()
        .filter(|(_, definition)| definition.get("description").is_none());
    for (name, definition) in undescribed {
        let Some(kind) = kind_of_list(name) else {
            continue;
        };
        describe(
            definition,
            &format!("{kind}List is a list of {kind} objects."),
        );
        describe_fields_of_list(definition);
    }
}

/// The fields that all lists have.
pub(super) fn describe_fields_of_list(definition: &mut Value) {
    let fields = [
        (
            "apiVersion",
            "The version of the schema that this list follows: group and version.",
        ),
        ("items", "The objects of the list."),
        ("kind", "The kind of the list."),
        (
            "metadata",
            "The resource version of the list, and what continues it.",
        ),
    ];
    for (field, words) in fields {
        if let Some(property) = property(definition, field)
            && property.get("description").is_none()
        {
            describe(property, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_type_and_field_that_upstream_describes_is_described() {
        let text = text();
        let described: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split('\0').next())
            .collect();
        let missing: Vec<&str> = schema::types()
            .iter()
            .map(|info| info.name)
            .filter(|name| !described.contains(name) && !name.ends_with("List"))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        let mut definitions = json!({});
        for info in schema::types() {
            definitions[info.name] = schema::openapi::definition(info, Version::V2);
        }
        add(&mut definitions, Version::V2);
        let mut undescribed = String::new();
        for info in schema::types() {
            for field in info.fields {
                let property = &definitions[info.name]["properties"][field.name];
                if property["description"].as_str().unwrap_or("").is_empty() {
                    undescribed += &format!("{}.{}\n", info.go_name(), field.name);
                }
            }
        }
        // Upstream has no words for these either.
        expect_test::expect_file!["undescribed.txt"].assert_eq(&undescribed);
    }

    #[test]
    fn kinds_that_definitions_add_describe_their_own_fields() {
        let own = || json!({"apiVersion": {"type": "string"}, "kind": {"type": "string", "description": "Theirs."}});
        let mut definition = json!({"properties": {
            "apiVersion": {"type": "string"},
            "spec": {"properties": {"kind": {"type": "string"}, "pods": {"items": {"x-kubernetes-embedded-resource": true, "properties": own()}}}},
        }});
        OwnFields::read().describe(&mut definition, Version::V3);
        let words = |path: &str| definition.pointer(&format!("/properties/{path}/description"));
        let begins = |path: &str, start: &str| {
            words(path).is_some_and(|words| words.as_str().unwrap_or("").starts_with(start))
        };
        assert!(begins("apiVersion", "APIVersion defines"), "{definition}");
        let embedded = "spec/properties/pods/items/properties/kind";
        assert!(begins(embedded, "Kind is"), "{definition}");
        assert_eq!(words("spec/properties/kind"), None);
        let mut unknown = json!({"type": "object"});
        OwnFields::read().describe(&mut unknown, Version::V2);
        assert_eq!(unknown, json!({"type": "object"}));
    }
}
