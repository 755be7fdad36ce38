//! The fact tables of `schema`: types from the published OpenAPI v3 documents.

use super::{
    Generated, go,
    upstream::{self, Type, Upstream, items, members, text},
};
use crate::Error;
use serde_json::Value;
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

/// Types whose list of group, version and kind differs from one document to the next.
const IN_EVERY_GROUP: &[&str] = &[
    "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions",
    "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent",
];

pub(super) fn file(dir: &Path, upstream: &Upstream) -> Result<Generated, Error> {
    let types = load(&dir.join("openapi/v3"))?;
    let ids: BTreeMap<&str, usize> = types
        .keys()
        .enumerate()
        .map(|(id, name)| (name.as_str(), id))
        .collect();
    let mut out = String::new();
    for (name, definition) in &types {
        type_row(&mut out, &ids, upstream, name, definition)?;
    }
    let kinds = kind_rows(&types, &ids);
    let text = format!(
        "//! Every published type. Written by `cargo xtask schema`; do not edit.\n\n\
         use crate::types::{{GroupVersionKind, ListType, MapType, STRING, Shape, TypeId, TypeInfo, TypeKind, Union, field as f, named, reference as T}};\n\n\
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
    upstream: &Upstream,
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
        let string = string_type(upstream, name, field)?;
        field_row(out, ids, &string, field, schema)
            .map_err(|error| format!("{name}.{field}: {error}"))?;
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
    string: &str,
    name: &str,
    schema: &Value,
) -> Result<(), Error> {
    write!(out, "\n    f({name:?}, {})", shape(ids, string, schema)?)?;
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

/// Go's name of the strings at the bottom of a field of a published type: `v1.ConditionStatus`.
fn string_type(upstream: &Upstream, published: &str, field: &str) -> Result<String, Error> {
    let path = published.replacen("io.k8s.", "k8s.io.", 1);
    let found = path.rsplit_once('.').and_then(|(package, name)| {
        let package = package.replace('.', "/").replacen('/', ".", 1);
        Some((field_type(upstream, &package, name, field)?, package))
    });
    let Some((ty, package)) = found else {
        return Ok("string".to_owned());
    };
    let mut inner = go::shape(upstream, &package, ty)?;
    let mut reflected = go::reflected(upstream, &package, ty)?;
    while let go::Shape::List(element) | go::Shape::Map(element) = inner {
        inner = *element;
        // Lists and maps with a name hold no strings with one.
        let element = reflected.split_once(']').map_or("string", |split| split.1);
        reflected = element.to_owned();
    }
    Ok(match inner {
        go::Shape::String => reflected,
        _ => "string".to_owned(),
    })
}

/// How Go declares a field of a struct, or of one that is inlined in it.
fn field_type<'u>(
    upstream: &'u Upstream,
    package: &str,
    name: &str,
    field: &str,
) -> Option<&'u str> {
    let Type::Struct { fields } = upstream.types.get(package)?.get(name)? else {
        return None;
    };
    let named = fields.iter().find(|declared| declared.json == field);
    let mut inlined = fields.iter().filter(|declared| declared.json.is_empty());
    match named {
        Some(found) => Some(&found.ty),
        None => inlined.find_map(|inline| field_type(upstream, package, &inline.ty, field)),
    }
}

fn shape(ids: &BTreeMap<&str, usize>, string: &str, schema: &Value) -> Result<String, Error> {
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
        Some("string") if format.is_empty() && schema["enum"].is_null() => match string {
            "string" => "STRING".to_owned(),
            named => format!("named({named:?})"),
        },
        Some("string") => format!(
            "Shape::String {{ format: {format:?}, values: &{:?}, go: {string:?} }}",
            names(&schema["enum"])
        ),
        Some("integer") => format!("Shape::Integer {{ format: {format:?} }}"),
        Some("number") => format!("Shape::Number {{ format: {format:?} }}"),
        Some("boolean") => "Shape::Boolean".to_owned(),
        Some("array") => format!("Shape::List(&{})", shape(ids, string, &schema["items"])?),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!(
                "Shape::Map(&{})",
                shape(ids, string, &schema["additionalProperties"])?
            )
        }
        Some("object") => "Shape::Object".to_owned(),
        _ => return Err("unknown shape".into()),
    })
}
