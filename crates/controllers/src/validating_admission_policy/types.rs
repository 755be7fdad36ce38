//! The types that expressions have for objects, by the OpenAPI of their kinds.
//!
//! Source: `k8s.io/apiserver/pkg/cel/common/schemas.go` and `…/pkg/cel/openapi/resolver/refs.go`.

use expr::{ObjectType, Type};
use schema::{
    TypeInfo,
    openapi::{Version, definition},
};
use serde_json::Value;

const REFERENCE: &str = "#/components/schemas/";
const TEXT_FIELDS: [&str; 2] = ["apiVersion", "kind"];
const NAME_FIELDS: [&str; 2] = ["name", "generateName"];

/// Of objects of one of this program's kinds; the types below it are named by it.
pub(super) fn of_built_in(info: &'static TypeInfo, kind: &str) -> Type {
    let mut finder = Finder {
        above: vec![info.name.to_owned()],
    };
    let schema = definition(info, Version::V3);
    finder.seen(&schema, kind, true).unwrap_or(Type::Dyn)
}

/// Of objects that a definition in OpenAPI describes.
pub(super) fn of_definition(schema: &Value, kind: &str) -> Type {
    let mut finder = Finder { above: Vec::new() };
    finder.seen(schema, kind, true).unwrap_or(Type::Dyn)
}

struct Finder {
    /// Names of the types within which this one stands. Of one within itself nothing is said but that it is an object.
    above: Vec<String>,
}

impl Finder {
    /// `None` for what expressions do not see.
    fn of(&mut self, schema: &Value, name: &str) -> Option<Type> {
        let Some(referred) = reference(schema) else {
            return self.seen(schema, name, is(schema, "x-kubernetes-embedded-resource"));
        };
        if self.above.iter().any(|above| above == referred) {
            return Some(Type::object(ObjectType::new(name)));
        }
        let info = schema::by_name(referred)?;
        self.above.push(referred.to_owned());
        let type_ = self.seen(&definition(info, Version::V3), name, false);
        self.above.pop();
        type_
    }

    fn seen(&mut self, schema: &Value, name: &str, is_resource: bool) -> Option<Type> {
        if schema["format"] == "int-or-string" || is(schema, "x-kubernetes-int-or-string") {
            return Some(Type::Dyn);
        }
        Some(match schema["type"].as_str()? {
            "array" => Type::list(self.of(schema.get("items")?, &format!("{name}.@idx"))?),
            "object" => match schema.get("additionalProperties") {
                Some(values @ Value::Object(_)) => {
                    Type::map(Type::String, self.of(values, &format!("{name}.@elem"))?)
                }
                _ => self.object(schema, name, is_resource),
            },
            "string" => match schema["format"].as_str() {
                Some("byte") => Type::Bytes,
                Some("duration") => Type::Duration,
                Some("date" | "date-time") => Type::Timestamp,
                _ => Type::String,
            },
            "boolean" => Type::Bool,
            "number" => Type::Double,
            "integer" => Type::Int,
            _ => return None,
        })
    }

    fn object(&mut self, schema: &Value, name: &str, is_resource: bool) -> Type {
        let mut object = ObjectType::new(name);
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(type_) = self.of(property, &format!("{name}.{field}")) {
                object.insert(field, type_);
            }
        }
        if is_resource && !has_type_and_names(&object) {
            for field in TEXT_FIELDS {
                object.insert(field, Type::String);
            }
            let mut metadata = ObjectType::new(format!("{name}.metadata"));
            for field in NAME_FIELDS {
                metadata.insert(field, Type::String);
            }
            object.insert("metadata", Type::object(metadata));
        }
        Type::object(object)
    }
}

/// The type that a schema refers to, also where the reference is wrapped to bear a description.
fn reference(schema: &Value) -> Option<&str> {
    if let Some(referred) = schema["$ref"].as_str() {
        return referred.strip_prefix(REFERENCE);
    }
    schema["allOf"].as_array()?.iter().find_map(reference)
}

fn is(schema: &Value, extension: &str) -> bool {
    schema[extension] == true
}

/// Whether a resource's schema says itself what all resources have.
fn has_type_and_names(object: &ObjectType) -> bool {
    let is_text = |object: &ObjectType, field: &str| {
        object
            .get(field)
            .is_some_and(|field| field.type_ == Type::String)
    };
    let Some(Type::Object(metadata)) = object.get("metadata").map(|field| &field.type_) else {
        return false;
    };
    let has_names = NAME_FIELDS.iter().all(|field| is_text(metadata, field));
    has_names && TEXT_FIELDS.iter().all(|field| is_text(object, field))
}
