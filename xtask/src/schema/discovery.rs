//! The discovery table of `schema`: groups and resources as a fresh server shows them.

use super::{
    Generated,
    upstream::{self, items, text},
};
use crate::Error;
use serde_json::Value;
use std::{fmt::Write as _, path::Path};

pub(super) fn file(dir: &Path) -> Result<Generated, Error> {
    let mut groups = String::new();
    let mut rows = String::new();
    for name in ["aggregated-api.json", "aggregated-apis.json"] {
        let document = upstream::json(&dir.join("discovery").join(name))?;
        for group in items(&document["items"]) {
            let group_name = text(&group["metadata"]["name"]);
            let versions: Vec<String> = items(&group["versions"])
                .map(|version| text(&version["version"]))
                .collect();
            writeln!(
                groups,
                "GroupInfo {{ name: {group_name:?}, versions: &{versions:?} }},"
            )?;
            for version in items(&group["versions"]) {
                for resource in items(&version["resources"]) {
                    row(&mut rows, &group_name, &text(&version["version"]), resource)?;
                }
            }
        }
    }
    let text = format!(
        "//! What discovery shows. Written by `cargo xtask schema`; do not edit.\n\n\
         use crate::discovery::{{GroupInfo, ResourceInfo, SubresourceInfo}};\n\n\
         /// In the order of upstream's documents, the preferred version first.\n#[rustfmt::skip]\npub static GROUPS: &[GroupInfo] = &[\n{groups}];\n\n\
         /// By group and version in the order of [`GROUPS`], then by name.\n#[rustfmt::skip]\npub static RESOURCES: &[ResourceInfo] = &[\n{rows}];\n"
    );
    Ok(Generated {
        path: "crates/schema/src/generated/resources.rs".into(),
        text,
    })
}

fn names(value: &Value) -> Vec<String> {
    items(value).map(text).collect()
}

fn row(out: &mut String, group: &str, version: &str, resource: &Value) -> Result<(), Error> {
    write!(
        out,
        "ResourceInfo {{ group: {group:?}, version: {version:?}, plural: {:?}, singular: {:?}, kind: {:?}, namespaced: {}, \
         verbs: &{:?}, short_names: &{:?}, categories: &{:?}, subresources: &[",
        text(&resource["resource"]),
        text(&resource["singularResource"]),
        text(&resource["responseKind"]["kind"]),
        resource["scope"] == "Namespaced",
        names(&resource["verbs"]),
        names(&resource["shortNames"]),
        names(&resource["categories"]),
    )?;
    let separator = "\n    ";
    for subresource in items(&resource["subresources"]) {
        let kind = &subresource["responseKind"];
        write!(
            out,
            "{separator}SubresourceInfo {{ name: {:?}, group: {:?}, version: {:?}, kind: {:?}, verbs: &{:?} }},",
            text(&subresource["subresource"]),
            text(&kind["group"]),
            text(&kind["version"]),
            text(&kind["kind"]),
            names(&subresource["verbs"]),
        )?;
    }
    writeln!(out, "] }},")?;
    Ok(())
}
