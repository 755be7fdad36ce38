//! The life table of `schema`: since when each kind of each version is served, is deprecated, and until when.

use super::{
    Generated,
    upstream::{self, items, text},
};
use crate::Error;
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Write as _, path::Path};

const MARKER: &str = "k8s:prerelease-lifecycle-gen:";
/// Upstream's generator fills in what a version before v1 does not say: deprecated three releases later, removed three after that.
const STEP: u16 = 3;

pub(super) fn file(dir: &Path) -> Result<Generated, Error> {
    let packages = upstream::json(&dir.join("go-types.json"))?;
    let mut rows = BTreeSet::new();
    for (package, types) in packages.as_object().ok_or("packages are a map")? {
        let Some((group, version)) = place(package) else {
            continue;
        };
        for (kind, about) in types.as_object().ok_or("types are a map")? {
            if let Some(row) = row(&group, version, kind, about)? {
                rows.insert(row);
            }
        }
    }
    let mut table = String::new();
    for row in rows {
        writeln!(table, "{row}")?;
    }
    Ok(Generated {
        path: "crates/schema/src/generated/lives.rs".into(),
        text: format!(
            "//! The life of each kind. Written by `cargo xtask schema`; do not edit.\n\nuse crate::lifecycle::Life;\n\n\
             /// Sorted.\n#[rustfmt::skip]\npub(crate) static LIVES: &[Life] = &[\n{table}];\n"
        ),
    })
}

/// The group and version of a Go package of API types.
pub(super) fn place(package: &str) -> Option<(String, &str)> {
    let (path, version) = package.rsplit_once('/')?;
    let folder = path.rsplit_once('/')?.1;
    let group = match folder {
        "core" => String::new(),
        "apps" | "autoscaling" | "batch" | "extensions" | "policy" => folder.to_owned(),
        "apiserverinternal" => "internal.apiserver.k8s.io".to_owned(),
        "flowcontrol" => "flowcontrol.apiserver.k8s.io".to_owned(),
        "rbac" => "rbac.authorization.k8s.io".to_owned(),
        folder => format!("{folder}.k8s.io"),
    };
    Some((group, version))
}

fn row(group: &str, version: &str, kind: &str, about: &Value) -> Result<Option<String>, Error> {
    let markers: Vec<String> = items(&about["markers"]).map(text).collect();
    let said = |what: &str| {
        let mut values = markers.iter().filter_map(|marker| {
            marker
                .strip_prefix(MARKER)?
                .strip_prefix(what)?
                .strip_prefix('=')
        });
        values.next()
    };
    let minor = |what: &str| {
        said(what)
            .map(|value| value.trim_start_matches("1.").parse::<u16>())
            .transpose()
    };
    let Some(introduced) = minor("introduced")? else {
        return Ok(None);
    };
    if kind.ends_with("List") {
        return Ok(None);
    }
    let early = version.contains("alpha") || version.contains("beta");
    let deprecated = minor("deprecated")?.or(early.then_some(introduced + STEP));
    let removed = minor("removed")?.or(deprecated.filter(|_| early).map(|minor| minor + STEP));
    let parts: Vec<&str> = said("replacement").unwrap_or_default().split(',').collect();
    let replacement = match parts[..] {
        [group, version, kind] => format!("Some(({group:?}, {version:?}, {kind:?}))"),
        _ => "None".to_owned(),
    };
    Ok(Some(format!(
        "Life {{ group: {group:?}, version: {version:?}, kind: {kind:?}, introduced: {introduced}, deprecated: {deprecated:?}, removed: {removed:?}, \
         replacement: {replacement} }},"
    )))
}
