//! What creators own, read off structs, is what a comparison of JSON trees finds.

use super::*;
use meta::codec::{Message, Strictness};
use std::{fs, path::Path};

const SAMPLES: &[&str] = &[
    r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","labels":{"b":"1","a.b/c":""},"annotations":{},"finalizers":["x/y"],
      "ownerReferences":[{"apiVersion":"v1","kind":"K","name":"o","uid":"u"}]},
     "spec":{"containers":[{"name":"b","image":"i","ports":[{"containerPort":80},{"containerPort":80},{"containerPort":81,"protocol":"UDP"}],
       "env":[{"name":"E"},{"name":"A","value":""}],"resources":{"limits":{"cpu":"1"}},"args":[],"command":["a","a"],
       "readinessProbe":{"httpGet":{"port":"http"}}},{"name":"a"}],"initContainers":[],"nodeSelector":{},"securityContext":{},
      "tolerations":[{"key":"k"}],"volumes":[{"name":"v","emptyDir":{}}],"hostNetwork":false},"status":{"phase":"Pending"}}"#,
    r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"ports":[{"port":80,"targetPort":8080},{"port":80,"protocol":"UDP"}],
      "selector":{"a":"b"},"clusterIPs":["10.0.0.1"]}}"#,
    r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"k":"v"},"binaryData":{"b":"AA=="}}"#,
    r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{}}"#,
    r#"{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"r"},"rules":[{"verbs":["get"]}]}"#,
];

/// Compares both ways for one object; tells its kind, or `None` where it is of no kind that is served.
fn compare(text: &[u8]) -> Option<String> {
    let found = codec::peek_type_meta(text).unwrap();
    let mut new = api::new_message(&found.api_version, &found.kind)?;
    codec::decode_into(&mut *new, text, Strictness::Lenient).unwrap();
    let own = found.group_version_kind();
    let info = schema::lookup(&own.group, &own.version, &own.kind)?;
    let zero: Box<dyn Message> = api::new_message(&found.api_version, &found.kind)?;
    let zero = codec::to_value(&*zero);
    for reset in [
        &[][..],
        &[&["status"][..]],
        &[&["spec"], &["metadata", "labels"]],
    ] {
        let fields = FieldManager {
            api_version: &found.api_version,
            kind: &own.kind,
            subresource: "",
            versions: &SingleVersion {
                api_version: &found.api_version,
                node: Node::builtin(info),
            },
            zero: &zero,
            reset_fields: &FieldSet::of(reset),
            now: "2026-01-01T00:00:00Z",
        };
        let tree = codec::to_value(&*new);
        let of_tree = fields.update_entries(&zero, Vec::new(), &tree, None, "m");
        let of_struct = fields.create_entries(&*new, "m");
        let text = |entries: Result<Vec<Entry>, patch::UpdateError>| {
            entries.map_err(|error| error.to_string()).map(|entries| {
                let entries = patch::managed::to_meta(&entries);
                entries
                    .iter()
                    .map(|entry| String::from_utf8(codec::to_json(entry)).unwrap())
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(text(of_struct), text(of_tree), "{}", own.kind);
    }
    Some(own.kind.to_string())
}

#[test]
fn structs_and_trees_agree() {
    for sample in SAMPLES {
        assert!(compare(sample.as_bytes()).is_some(), "{sample}");
    }
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "what a test passes over is said where it runs"
)]
fn structs_and_trees_agree_for_every_kind() {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/upstream/roundtrip"
    );
    if !Path::new(root).is_dir() {
        println!("the records of upstream are not at hand: the samples alone are compared");
        return;
    }
    let mut kinds = 0;
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            kinds += usize::from(compare(&fs::read(&path).unwrap()).is_some());
        }
    }
    assert!(kinds > 60, "{kinds}");
}
