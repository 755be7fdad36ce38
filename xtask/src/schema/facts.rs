//! The fact tables of `schema`: types from the published OpenAPI v3 documents.

use super::{
    Generated,
    upstream::{self, items, members, text},
};
use crate::Error;
use serde_json::Value;
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

/// Types whose list of group, version and kind differs from one document to the next.
const IN_EVERY_GROUP: &[&str] = &[
    "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions",
    "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent",
];

pub(super) fn file(dir: &Path) -> Result<Generated, Error> {
    let types = load(&dir.join("openapi/v3"))?;
    let ids: BTreeMap<&str, usize> = types
        .keys()
        .enumerate()
        .map(|(id, name)| (name.as_str(), id))
        .collect();
    let mut out = String::new();
    for (name, definition) in &types {
        type_row(&mut out, &ids, name, definition)?;
    }
    let kinds = kind_rows(&types, &ids);
    let text = format!(
        "//! Every published type. Written by `cargo xtask schema`; do not edit.\n\n\
         use crate::types::{{GroupVersionKind, ListType, MapType, STRING, Shape, TypeId, TypeInfo, TypeKind, Union, field as f, reference as T}};\n\n\
         /// By name.\n#[rustfmt::skip]\npub(crate) static TYPES: &[TypeInfo] = &[\n{out}];\n\n\
         /// By group, version and kind.\n#[rustfmt::skip]\npub(crate) static KINDS: &[(&str, &str, &str, TypeId)] = &[\n{kinds}];\n"
    );
    Ok(Generated {
        path: "crates/schema/src/generated/types.rs".into(),
        text,
    })
}

fn load(dir: &Path) -> Result<BTreeMap<String, Value>, Error> {
    let mut types = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let document = upstream::json(&entry?.path())?;
        for (name, definition) in members(&document["components"]["schemas"]) {
            let mut definition = definition.clone();
            if IN_EVERY_GROUP.contains(&name.as_str())
                && let Some(members) = definition.as_object_mut()
            {
                members.remove("x-kubernetes-group-version-kind");
            }
            if types
                .insert(name.clone(), definition.clone())
                .is_some_and(|old| old != definition)
            {
                return Err(format!("{name} differs between documents").into());
            }
        }
    }
    Ok(types)
}

fn kind_rows(types: &BTreeMap<String, Value>, ids: &BTreeMap<&str, usize>) -> String {
    let mut rows = Vec::new();
    for (name, definition) in types {
        for gvk in items(&definition["x-kubernetes-group-version-kind"]) {
            rows.push((
                text(&gvk["group"]),
                text(&gvk["version"]),
                text(&gvk["kind"]),
                ids[name.as_str()],
            ));
        }
    }
    rows.sort();
    let shown = rows.iter().map(|(group, version, kind, id)| {
        format!("({group:?}, {version:?}, {kind:?}, TypeId({id})),\n")
    });
    shown.collect()
}

fn type_row(
    out: &mut String,
    ids: &BTreeMap<&str, usize>,
    name: &str,
    definition: &Value,
) -> Result<(), Error> {
    let kind = match (definition["type"].as_str(), definition["format"].as_str()) {
        (Some("object"), _) => "Struct",
        (Some("string"), Some("date-time")) => "Time",
        (None, Some("int-or-string")) => "IntOrString",
        (None, None) if definition["oneOf"].is_array() => "Quantity",
        (None, None) => "Any",
        other => return Err(format!("{name}: unknown type {other:?}").into()),
    };
    let required = names(&definition["required"]);
    write!(
        out,
        "TypeInfo {{ name: {name:?}, kind: TypeKind::{kind}, required: &{required:?}, fields: &["
    )?;
    for (field, schema) in members(&definition["properties"]) {
        field_row(out, ids, field, schema).map_err(|error| format!("{name}.{field}: {error}"))?;
    }
    let atomic = definition["x-kubernetes-map-type"] == "atomic";
    let gvks: String = items(&definition["x-kubernetes-group-version-kind"])
        .map(|gvk| {
            let (group, version, kind) = (
                text(&gvk["group"]),
                text(&gvk["version"]),
                text(&gvk["kind"]),
            );
            format!(
                "GroupVersionKind {{ group: {group:?}, version: {version:?}, kind: {kind:?} }},"
            )
        })
        .collect();
    let unions: String = items(&definition["x-kubernetes-unions"])
        .map(union)
        .collect();
    writeln!(
        out,
        "], atomic: {atomic}, kinds: &[{gvks}], unions: &[{unions}] }},"
    )?;
    Ok(())
}

fn union(value: &Value) -> String {
    let fields: String = members(&value["fields-to-discriminateBy"])
        .map(|(field, discriminator)| format!("({field:?}, {:?}),", text(discriminator)))
        .collect();
    format!(
        "Union {{ discriminator: {:?}, fields: &[{fields}] }},",
        text(&value["discriminator"])
    )
}

fn names(value: &Value) -> Vec<String> {
    items(value).map(text).collect()
}

/// `f(name, shape)` and what is unusual about it.
fn field_row(
    out: &mut String,
    ids: &BTreeMap<&str, usize>,
    name: &str,
    schema: &Value,
) -> Result<(), Error> {
    write!(out, "\n    f({name:?}, {})", shape(ids, schema)?)?;
    if schema["$ref"].is_string() {
        out.push_str(".bare()");
    }
    if !schema["default"].is_null() {
        write!(out, ".default({:?})", schema["default"].to_string())?;
    }
    match schema["x-kubernetes-list-type"].as_str() {
        None => {}
        Some("atomic") => out.push_str(".list(ListType::Atomic)"),
        Some("set") => out.push_str(".list(ListType::Set)"),
        Some("map") => write!(
            out,
            ".list(ListType::Map(&{:?}))",
            names(&schema["x-kubernetes-list-map-keys"])
        )?,
        Some(other) => return Err(format!("unknown list type {other}").into()),
    }
    match schema["x-kubernetes-map-type"].as_str() {
        None => {}
        Some("atomic") => out.push_str(".map(MapType::Atomic)"),
        Some("granular") => out.push_str(".map(MapType::Granular)"),
        Some(other) => return Err(format!("unknown map type {other}").into()),
    }
    let (strategy, key) = (
        &schema["x-kubernetes-patch-strategy"],
        &schema["x-kubernetes-patch-merge-key"],
    );
    if strategy.is_string() || key.is_string() {
        write!(out, ".patch({:?}, {:?})", text(strategy), text(key))?;
    }
    out.push(',');
    Ok(())
}

fn shape(ids: &BTreeMap<&str, usize>, schema: &Value) -> Result<String, Error> {
    let reference = schema["$ref"]
        .as_str()
        .or_else(|| schema["allOf"][0]["$ref"].as_str());
    if let Some(reference) = reference {
        let name = reference.rsplit('/').next().unwrap_or_default();
        let id = ids
            .get(name)
            .ok_or_else(|| format!("unknown type {name}"))?;
        return Ok(format!("T({id})"));
    }
    let format = text(&schema["format"]);
    Ok(match schema["type"].as_str() {
        Some("string") if format.is_empty() && schema["enum"].is_null() => "STRING".to_owned(),
        Some("string") => format!(
            "Shape::String {{ format: {format:?}, values: &{:?} }}",
            names(&schema["enum"])
        ),
        Some("integer") => format!("Shape::Integer {{ format: {format:?} }}"),
        Some("number") => format!("Shape::Number {{ format: {format:?} }}"),
        Some("boolean") => "Shape::Boolean".to_owned(),
        Some("array") => format!("Shape::List(&{})", shape(ids, &schema["items"])?),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!(
                "Shape::Map(&{})",
                shape(ids, &schema["additionalProperties"])?
            )
        }
        Some("object") => "Shape::Object".to_owned(),
        _ => return Err("unknown shape".into()),
    })
}
