//! OpenAPI of the types and of the paths at which they are served, without descriptions.

mod documents;
mod group_versions;
mod operations;
mod parameters;
mod paths;
mod protobuf;

pub use self::{
    documents::{Place, v2, v3},
    paths::{Definitions, Endpoint, Subendpoint},
    protobuf::{v2_to_protobuf, v3_to_protobuf},
};

use crate::{FieldInfo, ListType, MapType, Shape, TypeInfo, TypeKind};
use serde_json::{Map, Value, json};

/// Which OpenAPI is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// `#/definitions/`, no defaults, no `oneOf`.
    V2,
    /// `#/components/schemas/`.
    V3,
}

impl Version {
    fn reference(self, info: &TypeInfo) -> Value {
        self.reference_to(info.name)
    }

    fn reference_to(self, name: &str) -> Value {
        let prefix = match self {
            Self::V2 => "#/definitions/",
            Self::V3 => "#/components/schemas/",
        };
        Value::String(format!("{prefix}{name}"))
    }
}

/// The definition of a type.
#[must_use]
pub fn definition(info: &TypeInfo, version: Version) -> Value {
    let mut out = match (info.kind, version) {
        (TypeKind::Struct, _) => json!({"type": "object"}),
        (TypeKind::Time, _) => json!({"type": "string", "format": "date-time"}),
        (TypeKind::IntOrString, Version::V2) => {
            json!({"type": "string", "format": "int-or-string"})
        }
        (TypeKind::IntOrString, Version::V3) => {
            json!({"format": "int-or-string", "oneOf": [{"type": "integer"}, {"type": "string"}]})
        }
        (TypeKind::Quantity, Version::V2) => json!({"type": "string"}),
        (TypeKind::Quantity, Version::V3) => {
            json!({"oneOf": [{"type": "string"}, {"type": "number"}]})
        }
        (TypeKind::Any, _) => json!({}),
    };
    if !info.fields.is_empty() {
        let fields = info
            .fields
            .iter()
            .map(|field| (field.name.to_owned(), property(field, version)));
        out["properties"] = Value::Object(fields.collect());
    }
    if !info.required.is_empty() {
        out["required"] = json!(info.required);
    }
    if info.atomic {
        out["x-kubernetes-map-type"] = json!("atomic");
    }
    if !info.kinds.is_empty() {
        let kinds = info
            .kinds
            .iter()
            .map(|gvk| json!({"group": gvk.group, "version": gvk.version, "kind": gvk.kind}));
        out["x-kubernetes-group-version-kind"] = kinds.collect();
    }
    if !info.unions.is_empty() {
        out["x-kubernetes-unions"] = info.unions.iter().map(union).collect();
    }
    out
}

fn union(union: &crate::Union) -> Value {
    let fields: Map<String, Value> = union
        .fields
        .iter()
        .map(|(field, value)| ((*field).to_owned(), json!(value)))
        .collect();
    let mut out = json!({"fields-to-discriminateBy": fields});
    if !union.discriminator.is_empty() {
        out["discriminator"] = json!(union.discriminator);
    }
    out
}

fn property(field: &FieldInfo, version: Version) -> Value {
    let mut out = match field.shape {
        Shape::Type(id) if version == Version::V3 && !field.bare_ref => {
            json!({"allOf": [{"$ref": version.reference(id.info())}]})
        }
        shape => shape_schema(&shape, version),
    };
    if version == Version::V3
        && let Some(default) = field.default_value()
    {
        out["default"] = default;
    }
    match field.list_type {
        ListType::Unset => {}
        ListType::Atomic => out["x-kubernetes-list-type"] = json!("atomic"),
        ListType::Set => out["x-kubernetes-list-type"] = json!("set"),
        ListType::Map(keys) => {
            out["x-kubernetes-list-type"] = json!("map");
            out["x-kubernetes-list-map-keys"] = json!(keys);
        }
    }
    let text_extensions = [
        (
            "x-kubernetes-map-type",
            match field.map_type {
                MapType::Unset => "",
                MapType::Granular => "granular",
                MapType::Atomic => "atomic",
            },
        ),
        ("x-kubernetes-patch-strategy", field.patch_strategy),
        ("x-kubernetes-patch-merge-key", field.patch_merge_key),
    ];
    for (name, value) in text_extensions {
        if !value.is_empty() {
            out[name] = json!(value);
        }
    }
    out
}

fn shape_schema(shape: &Shape, version: Version) -> Value {
    match shape {
        Shape::Type(id) => json!({"$ref": version.reference(id.info())}),
        Shape::String { format, values, .. } => {
            let mut out = with_format("string", format);
            if !values.is_empty() {
                out["enum"] = json!(values);
            }
            out
        }
        Shape::Integer { format } => with_format("integer", format),
        Shape::Number { format } => with_format("number", format),
        Shape::Boolean => with_format("boolean", ""),
        Shape::List(item) => json!({"type": "array", "items": item_schema(item, version)}),
        Shape::Map(value) => {
            json!({"type": "object", "additionalProperties": item_schema(value, version)})
        }
        Shape::Object => with_format("object", ""),
    }
}

/// What a list or a map holds. Version 3 shows the zero value of Go as its default, for types that do not describe themselves.
fn item_schema(shape: &Shape, version: Version) -> Value {
    let mut out = shape_schema(shape, version);
    if version == Version::V2 {
        return out;
    }
    match shape {
        Shape::Type(id) if id.info().kind == TypeKind::Struct && !id.info().is_open() => {
            out = json!({"allOf": [out], "default": {}});
        }
        Shape::String { format: "", .. } => out["default"] = json!(""),
        Shape::Integer { .. } | Shape::Number { .. } => out["default"] = json!(0),
        Shape::Boolean => out["default"] = json!(false),
        _ => {}
    }
    out
}

fn with_format(kind: &str, format: &str) -> Value {
    if format.is_empty() {
        json!({"type": kind})
    } else {
        json!({"type": kind, "format": format})
    }
}
