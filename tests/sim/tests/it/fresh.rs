//! What a fresh cluster holds, beside what upstream's does. Upstream's records are not part of the repository: without them the test says
//! so and passes.

use http::Method;
use serde_json::{Map, Value};
use sim::{World, simulate};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

/// In the records and not here, and why.
const MISSING: &[(&str, &str)] = &[
    (
        "extension-apiserver-authentication",
        "how this server knows clients by certificates: a simulated one has no TLS",
    ),
    (
        "system:controller:service-ca-cert-publisher",
        "not upstream's: the recorded server was built with it",
    ),
];

/// Whose contents must differ, by resource and name, and why.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    (
        "configmaps",
        "kube-root-ca.crt",
        "each cluster has its own authority",
    ),
    (
        "configmaps",
        "kube-apiserver-legacy-service-account-token-tracking",
        "each cluster begins on its own day",
    ),
    ("services", "kubernetes", "each server has its own port"),
];

type Objects = BTreeMap<String, Value>;

fn records() -> Option<PathBuf> {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/upstream/bootstrap"
    );
    let root = PathBuf::from(root);
    if root.is_dir() {
        return Some(root);
    }
    let words = format!("skipped: no records at {}\n", root.display());
    std::io::stderr().write_all(words.as_bytes()).unwrap();
    None
}

/// Path of a recorded list, and where the API serves it.
fn lists(root: &Path) -> Vec<(PathBuf, String)> {
    let children = |path: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(path).unwrap();
        let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        entries
    };
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut lists = Vec::new();
    for group in children(root) {
        let group_name = group.file_name().unwrap().to_str().unwrap().to_owned();
        let prefix = if group_name == "core" {
            "/api".to_owned()
        } else {
            format!("/apis/{group_name}")
        };
        for version in children(&group) {
            let version_name = version.file_name().unwrap().to_str().unwrap().to_owned();
            for list in children(&version) {
                let path = format!("{prefix}/{version_name}/{}", name(&list));
                lists.push((list, path));
            }
        }
    }
    lists
}

/// Objects by namespace and name, without what is each cluster's own.
fn objects(items: Vec<Value>) -> Objects {
    let mut objects = Objects::new();
    for mut item in items {
        strip(&mut item);
        let metadata = &item["metadata"];
        let namespace = metadata["namespace"].as_str().unwrap_or_default();
        let name = metadata["name"].as_str().unwrap();
        objects.insert(format!("{namespace}/{name}"), item);
    }
    objects
}

fn strip(item: &mut Value) {
    let fields = item.as_object_mut().unwrap();
    fields.remove("apiVersion");
    fields.remove("kind");
    if let Some(metadata) = fields["metadata"].as_object_mut() {
        for own in [
            "creationTimestamp",
            "generation",
            "managedFields",
            "resourceVersion",
            "uid",
        ] {
            metadata.remove(own);
        }
    }
    let conditions = item.pointer_mut("/status/conditions");
    let conditions = conditions.and_then(Value::as_array_mut);
    for condition in conditions.into_iter().flatten() {
        condition
            .as_object_mut()
            .map(|fields| fields.remove("lastTransitionTime"));
    }
}

async fn served(world: &World, path: &str) -> Objects {
    let admin = world.admin();
    let bytes = admin
        .fetch(Method::GET, path, "application/json", None)
        .await;
    let mut list: Map<String, Value> = serde_json::from_slice(&bytes.unwrap()).unwrap();
    let items = match list.remove("items") {
        Some(Value::Array(items)) => items,
        other => panic!("{path} has no items: {other:?}"),
    };
    objects(items)
}

fn name_of(key: &str) -> &str {
    key.rsplit('/').next().unwrap()
}

fn must_differ(resource: &str, key: &str) -> bool {
    let name = name_of(key);
    DIFFERENCES
        .iter()
        .any(|(of, named, _)| *of == resource && *named == name)
}

#[test]
fn a_fresh_cluster_holds_what_upstreams_does() {
    let Some(root) = records() else { return };
    simulate(81, |world| async move {
        world.pass(Duration::from_secs(60)).await;
        let mut problems = Vec::new();
        for (file, path) in lists(&root) {
            let recorded = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
            let (recorded, ours) = (objects(recorded), served(&world, &path).await);
            let resource = path.rsplit('/').next().unwrap();
            let keys: BTreeSet<&String> = recorded.keys().chain(ours.keys()).collect();
            let keys = keys.into_iter();
            let may_miss = |key: &str| MISSING.iter().any(|(name, _)| *name == name_of(key));
            for key in keys.filter(|key| !may_miss(key)) {
                match (recorded.get(key), ours.get(key)) {
                    (Some(_), None) => problems.push(format!("{resource} {key} is missing")),
                    (None, Some(_)) => problems.push(format!("{resource} {key} is too many")),
                    (Some(_), Some(_)) if must_differ(resource, key) => {}
                    (Some(theirs), Some(ours)) if theirs != ours => {
                        problems.push(format!("{resource} {key}:\n  {theirs}\n  {ours}"));
                    }
                    _ => {}
                }
            }
        }
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    });
}
