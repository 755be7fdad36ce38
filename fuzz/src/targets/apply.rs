//! Server-side apply to a pod, from anywhere: a line of what is stored, the rest is what is applied.

use patch::{FieldManager, FieldSet, Node, SingleVersion};
use serde_json::{Value, json};

pub(super) fn run(input: &[u8]) {
    let Some((live, applied)) = super::document_and_patch(input) else {
        return;
    };
    let Ok(applied) = serde_json::from_slice::<Value>(applied) else {
        return;
    };
    let info = schema::lookup("", "v1", "Pod").expect("pods are built in");
    let versions = SingleVersion {
        api_version: "v1",
        node: Node::builtin(info),
    };
    let zero = json!({"metadata": {}, "spec": {"containers": null}, "status": {}});
    let reset_fields = FieldSet::of(&[&["status"]]);
    let fields = FieldManager {
        api_version: "v1",
        kind: "Pod",
        subresource: "",
        versions: &versions,
        zero: &zero,
        reset_fields: &reset_fields,
        now: "2026-11-22T01:40:42Z",
    };
    for force in [false, true] {
        match fields.apply(&live, &applied, "fuzz", force) {
            Ok(merged) => fields.update(&live, &mut merged.clone(), "other"),
            Err(error) => {
                let (code, _, message) = error.status();
                assert!(code >= 400 && !message.is_empty());
                let _ = error.causes();
            }
        }
    }
}
