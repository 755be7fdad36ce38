//! Objects that upstream answered with: decoded and encoded they are the same, nulls and zeros included.

use crate::files;
use meta::codec::{self, Strictness};
use serde_json::Value;
use std::fs;

#[test]
fn nothing_lost_nothing_added() {
    let mut wrong = Vec::new();
    let mut done = 0;
    for folder in [
        "golden/valid",
        "golden/every-kind",
        "golden/updates",
        "golden/invalid",
    ] {
        for path in files(folder, ".json") {
            let case: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            for part in ["create", "answer"] {
                let body = &case[part]["body"];
                let (api_version, kind) = (body["apiVersion"].as_str(), body["kind"].as_str());
                let (Some(api_version), Some(kind)) = (api_version, kind) else {
                    continue;
                };
                let Some(mut message) = api::new_message(api_version, kind) else {
                    continue;
                };
                let text = body.to_string();
                let strict = codec::decode_into(&mut *message, text.as_bytes(), Strictness::Strict);
                done += 1;
                let (ours, theirs) = (
                    without(codec::to_value(&*message), part),
                    without(body.clone(), part),
                );
                if strict.as_ref().is_ok_and(Vec::is_empty) && ours == theirs {
                    continue;
                }
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                wrong.push(format!(
                    "{name} {strict:?}\n  ours   {ours}\n  theirs {theirs}"
                ));
            }
        }
    }
    println!("{done} objects");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// The records leave out uids, of owners too, and the status of what was updated; the type of claims in a stateful set
/// is the body's (see `body.rs`).
fn without(mut object: Value, part: &str) -> Value {
    let list = |object: &mut Value, path: &str, names: &[&str]| {
        let items = object.pointer_mut(path).and_then(Value::as_array_mut);
        for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
            names.iter().for_each(|name| drop(item.remove(*name)));
        }
    };
    list(&mut object, "/metadata/ownerReferences", &["uid"]);
    list(
        &mut object,
        "/spec/volumeClaimTemplates",
        &["kind", "apiVersion"],
    );
    for path in ["/involvedObject", "/related", "/regarding"] {
        if let Some(members) = object.pointer_mut(path).and_then(Value::as_object_mut) {
            members.remove("uid");
        }
    }
    if let (Some(members), "answer") = (object.as_object_mut(), part) {
        members.remove("status");
    }
    object
}
