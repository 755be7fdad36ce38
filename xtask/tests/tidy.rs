//! Rules of the house that neither rustc nor clippy can check. Runs with `cargo test`.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::Value;
use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Bottom to top. A crate may depend only on crates of layers above its line: edges point down, equal layers do not see
/// each other.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["meta", "platform", "telemetry", "sys", "websocket"],
    &["schema", "api", "patch", "expr", "image", "ebpf"],
    &[
        "store",
        "resource",
        "quota",
        "structural",
        "client",
        "runtime",
        "podnet",
    ],
    &[
        "registry",
        "apiserver",
        "controllers",
        "scheduler",
        "node",
        "proxy",
        "dns",
        "ingress",
        "cli",
    ],
    &["distro"],
    &["sampan"],
];

/// Edges within a layer that design decides: the pure patch code is driven by the fact tables, links by netlink.
const SIDEWAYS: &[(&str, &str)] = &[("patch", "schema")];

/// Tools and tests, which may see everything.
const OUTSIDE: &[&str] = &[
    "bench",
    "cluster",
    "clients",
    "fuzz",
    "perf",
    "privileged",
    "sim",
    "testkit",
    "xtask",
];

const FILE_LINES_MAX: usize = 800;

/// Code that is the same for every kind. What one kind has of its own is in its strategy.
const GENERIC: &[&str] = &[
    "crates/apiserver/src/body",
    "crates/apiserver/src/cache",
    "crates/apiserver/src/catalog",
    "crates/apiserver/src/continue_token",
    "crates/apiserver/src/decode",
    "crates/apiserver/src/discovery",
    "crates/apiserver/src/endpoint",
    "crates/apiserver/src/managed",
    "crates/apiserver/src/metrics",
    "crates/apiserver/src/negotiate",
    "crates/apiserver/src/options",
    "crates/apiserver/src/query",
    "crates/apiserver/src/render",
    "crates/apiserver/src/verbs",
    "crates/apiserver/src/write",
    "crates/patch/src",
    "crates/resource/src",
];

/// Rules for every kind that are about one: nothing is owned by an Event.
const NAMED: &[(&str, &str)] = &[("crates/resource/src/metadata.rs", "Event")];

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap().to_owned()
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&name))
}

#[expect(
    clippy::disallowed_methods,
    reason = "cargo metadata sees every spelling of a dependency"
)]
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

#[test]
fn dependencies_point_down() {
    let packages = packages();
    let ours: Vec<&str> = packages
        .iter()
        .map(|package| package["name"].as_str().unwrap())
        .collect();
    let mut errors = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap();
        if OUTSIDE.contains(&name) {
            continue;
        }
        let Some(own) = layer(name) else {
            errors.push(format!(
                "crate `{name}` has no layer: add it to LAYERS in xtask/tests/tidy.rs"
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            let to = dependency["name"].as_str().unwrap();
            let for_tests = dependency["kind"] == "dev";
            if !ours.contains(&to) || for_tests || SIDEWAYS.contains(&(name, to)) {
                continue;
            }
            if layer(to).is_none_or(|other| other >= own) {
                errors.push(format!(
                    "`{name}` must not depend on `{to}`: same layer or above"
                ));
            }
        }
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

#[test]
fn files_are_tidy() {
    let mut errors = Vec::new();
    for path in rust_files() {
        let text = fs::read_to_string(&path).unwrap();
        let shown = path.strip_prefix(root()).unwrap().display().to_string();
        check_file(&shown, &text, &mut errors);
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

fn check_file(shown: &str, text: &str, errors: &mut Vec<String>) {
    let mut wrong = |words: &str| errors.push(format!("{shown}: {words}"));
    if shown.ends_with("/mod.rs") {
        wrong("name the file after the module, not mod.rs");
    }
    if !text.starts_with("//!") && !shown.ends_with("/tests.rs") {
        wrong("start with `//!`: what is this file for?");
    }
    // Generated files are as long as what they are generated from.
    if !shown.contains("/generated") && text.lines().count() > FILE_LINES_MAX {
        wrong(&format!("longer than {FILE_LINES_MAX} lines: split it"));
    }
    for line in text.lines().map(str::trim_start) {
        if line.starts_with("#[ignore") || line.starts_with("#[should_panic") {
            wrong("no #[ignore], no #[should_panic]");
        }
        if line.starts_with("#[allow(") || line.starts_with("#![allow(") {
            wrong("`expect` with a reason, not `allow`");
        }
    }
}

#[test]
fn generic_code_names_no_kind() {
    let rows = schema::discovery::RESOURCES.iter();
    let names: HashSet<&str> = rows.flat_map(|row| [row.plural, row.kind]).collect();
    let mut errors = Vec::new();
    for path in rust_files() {
        let shown = path.strip_prefix(root()).unwrap().display().to_string();
        let generic = GENERIC.iter().any(|place| shown.starts_with(place));
        if !generic || shown.contains("test") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for word in code.flat_map(|line| line.split('"').skip(1).step_by(2)) {
            if names.contains(word) && !NAMED.contains(&(&shown, word)) {
                errors.push(format!(
                    "{shown}: what {word} has of its own belongs in its strategy"
                ));
            }
        }
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

/// Every file of ours, whether or not it is compiled.
fn rust_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["crates", "tests", "xtask", "perf", "fuzz"]
        .map(|name| root().join(name))
        .into();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
