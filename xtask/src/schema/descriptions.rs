//! The types from which the build of `apiserver` takes the descriptions of OpenAPI: those that no other type refers to, and with
//! them all the rest. A list stands for its items.

use super::{Generated, upstream};
use crate::Error;
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Write as _, path::Path};

pub(super) fn file(dir: &Path) -> Result<Generated, Error> {
    let document = upstream::json(&dir.join("openapi/v2.json"))?;
    let definitions = document["definitions"]
        .as_object()
        .ok_or("openapi/v2.json has definitions")?;
    let mut referred = BTreeSet::new();
    definitions
        .values()
        .for_each(|definition| references(definition, &mut referred));
    let mut roots = BTreeSet::new();
    for (name, definition) in definitions {
        if referred.contains(name.as_str()) {
            continue;
        }
        let item = definition["properties"]["items"]["items"]["$ref"].as_str();
        roots.insert(rust_path(item.map_or(name, last)));
    }
    let mut text = String::from(
        "//! The types whose schemas have the descriptions. Written by `cargo xtask schema`; do not edit.\n\n\
         use k8s_openapi::schemars::{Schema, SchemaGenerator as G};\n\n\
         /// Each adds a type, and those that it refers to, to the definitions of the generator.\n\
         #[rustfmt::skip]\npub(crate) const ROOTS: &[fn(&mut G) -> Schema] = &[\n",
    );
    for root in roots {
        writeln!(text, "    G::subschema_for::<k8s_openapi::{root}>,")?;
    }
    text.push_str("];\n");
    Ok(Generated {
        path: "crates/apiserver/build/generated.rs".into(),
        text,
    })
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `io.k8s.kube-aggregator.pkg.apis.x.v1.Y` is `kube_aggregator::pkg::apis::x::v1::Y` there.
fn rust_path(name: &str) -> String {
    let path = name
        .trim_start_matches("io.k8s.")
        .replace('-', "_")
        .replace('.', "::");
    // What an event carries is a parameter there; here it does not matter.
    if path.ends_with("::WatchEvent") {
        return format!("{path}<()>");
    }
    path
}

fn references<'a>(value: &'a Value, out: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(path)) = map.get("$ref") {
                out.insert(last(path));
            }
            map.values().for_each(|value| references(value, out));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, out)),
        _ => {}
    }
}
