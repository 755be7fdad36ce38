//! When the bundle is published, and when it is put right.

use super::{DESCRIPTION, FILE, Step, plan};
use api::core::v1::{ConfigMap, Namespace};

/// A ConfigMap with these files, and a label of somebody else's.
fn map(described: bool, files: &[(&str, &str)]) -> ConfigMap {
    let mut map = ConfigMap::default();
    map.metadata.labels.insert("theirs", "kept".into());
    if described {
        map.metadata.annotations.insert(DESCRIPTION, "…".into());
    }
    map.data = files.iter().copied().collect();
    map
}

/// What is done, with the bundle and labels that are written.
fn step(phase: &str, there: Option<&ConfigMap>) -> String {
    let mut namespace = Namespace::default();
    namespace.metadata.name = "web".into();
    namespace.status.phase = phase.into();
    let (verb, map) = match plan(&namespace, there, "PEM") {
        None => return "nothing".to_owned(),
        Some(Step::Create(map)) => ("create", map),
        Some(Step::Repair(map)) => ("repair", map),
    };
    assert!(map.metadata.annotations.contains_key(DESCRIPTION));
    let (namespace, labels) = (&map.metadata.namespace, &map.metadata.labels);
    format!("{verb} {namespace:?} {:?} {labels:?}", map.data)
}

#[test]
fn published_and_repaired() {
    const REPAIRED: &str = r#"repair "" {"ca.crt": "PEM"} {"theirs": "kept"}"#;
    assert_eq!(step("Active", None), r#"create "web" {"ca.crt": "PEM"} {}"#);
    assert_eq!(step("Terminating", None), "nothing");
    for (described, files, expect) in [
        (true, &[(FILE, "PEM")][..], "nothing"),
        (false, &[(FILE, "PEM")], REPAIRED),
        (true, &[(FILE, "old")], REPAIRED),
        (true, &[(FILE, "")], REPAIRED),
        (true, &[(FILE, "PEM"), ("more", "")], REPAIRED),
        (true, &[], REPAIRED),
    ] {
        let there = map(described, files);
        assert_eq!(step("Active", Some(&there)), expect, "{there:?}");
    }
}
