//! Every kind with every field filled in: JSON and protobuf in, the same bytes out.

use crate::files;
use meta::codec::{self, Message, Strictness, json};
use std::{fs, path::Path};

fn compact(text: &[u8]) -> String {
    let mut out = Vec::new();
    json::compact(text, &mut out);
    String::from_utf8(out).unwrap()
}

fn decode(path: &Path, text: &[u8]) -> Option<Box<dyn Message>> {
    let found = codec::peek_type_meta(text).unwrap();
    let mut message = api::new_message(&found.api_version, &found.kind)?;
    let strict = codec::decode_into(&mut *message, text, Strictness::Strict);
    assert_eq!(
        strict.unwrap_or_else(|error| panic!("{path:?}: {error}")),
        [],
        "{path:?}"
    );
    Some(message)
}

#[test]
fn json_and_protobuf() {
    let mut wrong = Vec::new();
    let mut done = 0;
    for path in files("roundtrip", ".json") {
        // The records are printed for people; raw JSON in them is kept as it is written.
        let text = compact(&fs::read(&path).unwrap()).into_bytes();
        let Some(message) = decode(&path, &text) else {
            continue;
        };
        done += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if compact(&text) != String::from_utf8(codec::to_json(&*message)).unwrap() {
            wrong.push(format!(
                "{name}: json\n  {}\n  {}",
                compact(&text),
                String::from_utf8_lossy(&codec::to_json(&*message))
            ));
        }
        let tree: serde_json::Value = serde_json::from_slice(&text).unwrap();
        if codec::to_value(&*message) != tree {
            wrong.push(format!("{name}: tree"));
        }
        let document = fs::read(path.with_extension("pb")).unwrap();
        if codec::to_protobuf(&*message) != document {
            wrong.push(format!("{name}: protobuf encoded"));
        }
        let envelope = codec::Unknown::parse(&document).unwrap();
        let mut again = api::new_message(&envelope.api_version, &envelope.kind).unwrap();
        codec::from_protobuf_into(&mut *again, envelope.raw).unwrap();
        if codec::to_json(&*again) != codec::to_json(&*message) {
            wrong.push(format!("{name}: protobuf decoded"));
        }
    }
    println!("{done} kinds");
    assert!(
        wrong.is_empty(),
        "{} of {done}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
