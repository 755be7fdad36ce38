//! Every kind of every version with every field filled in, through the table alone: JSON and protobuf in, the same bytes out.

use meta::codec::{self, Message, Strictness, json};
use schema::dynamic;
use std::path::Path;

#[test]
fn every_kind_both_ways() {
    let Some(dir) = super::records("roundtrip") else {
        return;
    };
    let paths = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut wrong = Vec::new();
    let mut done = 0;
    for path in paths.filter(|path| path.extension().is_some_and(|end| end == "json")) {
        done += 1;
        if let Some(what) = round_trip(&path) {
            wrong.push(format!("{}: {what}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(done, 185);
}

/// What is not the same afterwards.
fn round_trip(path: &Path) -> Option<String> {
    let mut text = Vec::new();
    // The records are printed for people.
    json::compact(&std::fs::read(path).unwrap(), &mut text);
    let document = std::fs::read(path.with_extension("pb")).unwrap();
    let found = codec::peek_type_meta(&text).unwrap();
    // The frame of a watch is the one document that does not say what it is.
    let new = || match &*found.kind {
        "" => dynamic::new_message("meta.k8s.io/v1", "WatchEvent"),
        kind => dynamic::new_message(&found.api_version, kind),
    };
    let Some(mut message) = new() else {
        return Some("not in the table".to_owned());
    };
    match codec::decode_into(&mut *message, &text, Strictness::Strict) {
        Err(error) => return Some(format!("JSON not decoded: {error}")),
        Ok(strict) if !strict.is_empty() => return Some(format!("JSON not strict: {strict:?}")),
        Ok(_) => {}
    }
    if codec::to_json(&*message) != text {
        return Some(format!("JSON to JSON: {}", shown(&*message)));
    }
    if codec::to_protobuf(&*message) != document {
        return Some("JSON to protobuf".to_owned());
    }
    let envelope = codec::Unknown::parse(&document).unwrap();
    if (&envelope.api_version, &envelope.kind) != (&found.api_version, &found.kind) {
        return Some("another type in the envelope".to_owned());
    }
    let mut again = new().unwrap();
    if let Err(error) = codec::from_protobuf_into(&mut *again, envelope.raw) {
        return Some(format!("protobuf not decoded: {error}"));
    }
    if codec::to_protobuf(&*again) != document {
        return Some("protobuf to protobuf".to_owned());
    }
    (codec::to_json(&*again) != text).then(|| format!("protobuf to JSON: {}", shown(&*again)))
}

fn shown(message: &dyn Message) -> String {
    String::from_utf8(codec::to_json(message)).unwrap()
}

#[test]
fn what_no_type_is_called() {
    assert!(dynamic::new_message("apps/v1beta1", "Deployment").is_some());
    assert!(dynamic::new_message("apps/v1beta1", "DaemonSet").is_none());
    assert!(dynamic::new_message("apps/v9", "Deployment").is_none());
}

/// A list of two of each kind that has lists, and the frame of a watch event of each.
#[test]
fn lists_and_frames_of_every_kind() {
    let Some(dir) = super::records("roundtrip") else {
        return;
    };
    let paths = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut lists = 0;
    for path in paths.filter(|path| path.extension().is_some_and(|end| end == "json")) {
        let mut text = Vec::new();
        json::compact(&std::fs::read(&path).unwrap(), &mut text);
        let found = codec::peek_type_meta(&text).unwrap();
        let text = String::from_utf8(text).unwrap();
        frame(&text);
        let kind = format!("{}List", found.kind);
        if dynamic::new_message(&found.api_version, &kind).is_some_and(|list| holds_items(&*list)) {
            lists += 1;
            list(&found.api_version, &kind, &text);
        }
    }
    assert_eq!(lists, 140);
}

fn holds_items(list: &dyn Message) -> bool {
    list.info()
        .fields
        .iter()
        .any(|field| field.json_name == "items")
}

/// Text to protobuf to text.
#[track_caller]
fn same_through_protobuf(new: impl Fn() -> Box<dyn Message>, text: &str) {
    let (mut message, mut again) = (new(), new());
    let strict = codec::decode_into(&mut *message, text.as_bytes(), Strictness::Strict);
    assert_eq!(strict.unwrap(), []);
    let document = codec::to_protobuf(&*message);
    let envelope = codec::Unknown::parse(&document).unwrap();
    codec::from_protobuf_into(&mut *again, envelope.raw).unwrap();
    assert_eq!(shown(&*again), text);
}

fn frame(object: &str) {
    let text = format!("{{\"type\":\"ADDED\",\"object\":{object}}}");
    let new = || dynamic::new_message("meta.k8s.io/v1", "WatchEvent").unwrap();
    same_through_protobuf(new, &text);
}

fn list(api_version: &str, kind: &str, object: &str) {
    // Items do not say what they are.
    let mut message = dynamic::new_message(api_version, kind.trim_end_matches("List")).unwrap();
    codec::decode_into(&mut *message, object.as_bytes(), Strictness::Strict).unwrap();
    let mut item = Vec::new();
    codec::value_to_json(&mut item, &*message);
    let item = String::from_utf8(item).unwrap();
    let text = format!(
        "{{\"kind\":\"{kind}\",\"apiVersion\":\"{api_version}\",\"metadata\":{{\"resourceVersion\":\"7\"}},\"items\":[{item},{item}]}}"
    );
    same_through_protobuf(|| dynamic::new_message(api_version, kind).unwrap(), &text);
}
