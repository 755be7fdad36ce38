//! Definitions of custom resources as OpenAPI publishes them, as `apiextensions-apiserver/pkg/controller/openapi/builder` does.

#[cfg(test)]
mod tests;

use crate::{Structural, check, pruning::is_type_or_metadata};
use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, codec};
use schema::openapi::Version;
use serde_json::{Map, Value, json};

const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
const LIST_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

/// One version of a definition, as far as OpenAPI shows it.
#[derive(Clone, Debug)]
pub struct Published<'a> {
    /// `schema.openAPIV3Schema`.
    pub schema: Option<&'a JSONSchemaProps>,
    /// `spec.group`.
    pub group: &'a str,
    /// The version's name.
    pub version: &'a str,
    /// `names.kind`.
    pub kind: &'a str,
    /// `names.listKind`.
    pub list_kind: &'a str,
    /// `names.plural`.
    pub plural: &'a str,
    /// `jsonPath` of the version's `selectableFields`.
    pub selectable_fields: Vec<&'a str>,
    /// `spec.preserveUnknownFields`.
    pub preserve_unknown_fields: bool,
}

/// The name of a definition: `com.example.v1.Boat` for `example.com/v1` `Boat`.
#[must_use]
pub fn definition_name(group: &str, version: &str, kind: &str) -> String {
    let labels: Vec<&str> = group.rsplit('.').collect();
    format!("{}.{version}.{kind}", labels.join("."))
}

/// The definition of the kind. Descriptions are those of the schema.
#[must_use]
pub fn definition(published: &Published<'_>, version: Version) -> Value {
    let mut out = match structural_schema(published.schema) {
        None => bare_object(),
        Some(schema)
            if version == Version::V2
                && (schema.x_kubernetes_preserve_unknown_fields == Some(true)
                    || published.preserve_unknown_fields) =>
        {
            bare_object()
        }
        Some(schema) => of_schema(schema, version),
    };
    put_type(&mut out, published, published.kind);
    Value::Object(out)
}

/// The definition of the kind's list.
#[must_use]
pub fn list_definition(published: &Published<'_>, version: Version) -> Value {
    let name = definition_name(published.group, published.version, published.kind);
    let plural = published.plural;
    let mut out = object(json!({
        "type": "object",
        "description": format!("{} is a list of {}", published.list_kind, published.kind),
        "required": ["items"],
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": reference(LIST_META, version),
            "items": {
                "type": "array",
                "description": format!("The {plural}."),
                "items": {"$ref": reference_text(&name, version)},
            },
        },
    }));
    put_type(&mut out, published, published.list_kind);
    Value::Object(out)
}

/// A schema that cannot be read as a structural one is not published.
fn structural_schema(schema: Option<&JSONSchemaProps>) -> Option<&JSONSchemaProps> {
    let schema = schema?;
    Structural::new(schema).ok()?;
    let mut errors = FieldErrors::new();
    check::structural(schema, &FieldPath::root(), &mut errors);
    errors.is_empty().then_some(schema)
}

fn of_schema(schema: &JSONSchemaProps, version: Version) -> Map<String, Value> {
    let mut tree = codec::value_to_tree(schema);
    unfold(&mut tree);
    if version == Version::V2 {
        to_v2(&mut tree);
        prune_defaults(&mut tree);
    }
    let mut out = object(tree);
    // Properties of embedded resources are added first, but the root's are set last.
    put_embedded_properties(&mut out, version);
    put_resource_properties(&mut out, version);
    out
}

fn bare_object() -> Map<String, Value> {
    object(json!({"type": "object"}))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// `x-kubernetes-int-or-string` says what it means, where the author did not.
fn unfold(tree: &mut Value) {
    let Value::Object(schema) = tree else { return };
    if schema.get("x-kubernetes-int-or-string") == Some(&Value::Bool(true)) {
        let either = json!([{"type": "integer"}, {"type": "string"}]);
        let in_all_of = |schema: &Map<String, Value>| {
            schema
                .get("allOf")
                .and_then(|all| all.get(0))
                .and_then(|first| first.get("anyOf"))
                == Some(&either)
        };
        if schema.get("anyOf").is_none() && !in_all_of(schema) {
            schema.insert("anyOf".to_owned(), either);
        } else if schema.get("anyOf") != Some(&either) && !in_all_of(schema) {
            let first = json!({"anyOf": either});
            match schema.get_mut("allOf") {
                Some(Value::Array(all)) => all.insert(0, first),
                _ => {
                    schema.insert("allOf".to_owned(), json!([first]));
                }
            }
        }
    }
    for_each_child(schema, &mut unfold);
}

/// The schemas of items, properties and additional properties.
fn for_each_child(schema: &mut Map<String, Value>, visit: &mut dyn FnMut(&mut Value)) {
    for name in ["items", "additionalProperties"] {
        if let Some(child) = schema.get_mut(name) {
            visit(child);
        }
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for property in properties.values_mut() {
            visit(property);
        }
    }
}

/// Drops what OpenAPI v2 lacks, and what its readers stumble over.
fn to_v2(tree: &mut Value) {
    let Value::Object(schema) = tree else { return };
    for name in ["allOf", "oneOf", "anyOf", "not"] {
        schema.remove(name);
    }
    if schema.remove("nullable").is_some() {
        schema.remove("type");
        schema.remove("items");
        schema.remove("properties");
    }
    if schema.contains_key("x-kubernetes-preserve-unknown-fields") {
        schema.remove("items");
        schema.remove("properties");
        if schema.get("type").is_some_and(|type_| type_ == "object") {
            schema.remove("type");
        }
    }
    if !schema.contains_key("items") && schema.get("type").is_some_and(|type_| type_ == "array") {
        schema.remove("type");
    }
    drop_required_nullables(schema);
    for_each_child(schema, &mut to_v2);
}

/// What may be null is of any type in v2, and so cannot be required.
fn drop_required_nullables(schema: &mut Map<String, Value>) {
    let is_nullable = |schema: &Value| schema.get("nullable").is_some();
    let values = schema.get("additionalProperties");
    let properties = schema.get("properties").cloned().unwrap_or_default();
    let drops_all = values.is_some_and(is_nullable);
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| {
            let property = name.as_str().and_then(|name| properties.get(name));
            !drops_all && !property.is_some_and(is_nullable)
        });
        if required.is_empty() {
            schema.remove("required");
        }
    }
}

fn prune_defaults(tree: &mut Value) {
    let Value::Object(schema) = tree else { return };
    schema.remove("default");
    for_each_child(schema, &mut prune_defaults);
}

fn put_embedded_properties(schema: &mut Map<String, Value>, version: Version) {
    for_each_child(schema, &mut |child| {
        if let Value::Object(child) = child {
            put_embedded_properties(child, version);
        }
    });
    let is = |name: &str| schema.get(name) == Some(&Value::Bool(true));
    if version == Version::V2 && is("x-kubernetes-preserve-unknown-fields") {
        return;
    }
    if is("x-kubernetes-embedded-resource") {
        put_resource_properties(schema, version);
        let required = schema.entry("required").or_insert_with(|| json!([]));
        if let Value::Array(required) = required {
            for name in ["kind", "apiVersion"] {
                if !required.contains(&json!(name)) {
                    required.push(json!(name));
                }
            }
        }
    }
}

/// Type and metadata, whatever the schema says of them.
fn put_resource_properties(schema: &mut Map<String, Value>, version: Version) {
    let properties = schema.entry("properties").or_insert_with(|| json!({}));
    let Value::Object(properties) = properties else {
        return;
    };
    let own = [
        ("apiVersion", json!({"type": "string"})),
        ("kind", json!({"type": "string"})),
        ("metadata", reference(OBJECT_META, version)),
    ];
    for (name, property) in own {
        debug_assert!(is_type_or_metadata(name));
        properties.insert(name.to_owned(), property);
    }
}

/// A reference that may have siblings.
fn reference(name: &str, version: Version) -> Value {
    let to = json!({"$ref": reference_text(name, version)});
    match version {
        Version::V2 => to,
        Version::V3 => json!({"allOf": [to]}),
    }
}

fn reference_text(name: &str, version: Version) -> String {
    match version {
        Version::V2 => format!("#/definitions/{name}"),
        Version::V3 => format!("#/components/schemas/{name}"),
    }
}

fn put_type(schema: &mut Map<String, Value>, published: &Published<'_>, kind: &str) {
    let (group, version) = (published.group, published.version);
    schema.insert(
        "x-kubernetes-group-version-kind".to_owned(),
        json!([{"group": group, "version": version, "kind": kind}]),
    );
    if !published.selectable_fields.is_empty() {
        let fields = published.selectable_fields.iter().map(|path| {
            let path = path.strip_prefix('.').unwrap_or(path);
            json!({"fieldPath": path})
        });
        schema.insert(
            "x-kubernetes-selectable-fields".to_owned(),
            fields.collect(),
        );
    }
}
