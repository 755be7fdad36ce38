//! Bodies that upstream refuses to decode: the same words.

use crate::files;
use meta::codec::{self, Strictness};
use serde_json::Value;
use std::fs;

/// What the server says of `body`, without what the server puts in front.
fn refusal(body: &Value) -> Option<String> {
    let text = body.to_string();
    let found = codec::peek_type_meta(text.as_bytes()).ok()?;
    let mut message = api::new_message(&found.api_version, &found.kind)?;
    match codec::decode_into(&mut *message, text.as_bytes(), Strictness::Strict) {
        Err(error) => Some(error.to_string()),
        Ok(strict) if strict.is_empty() => None,
        Ok(strict) => {
            let words: Vec<String> = strict.iter().map(ToString::to_string).collect();
            Some(format!("strict decoding error: {}", words.join(", ")))
        }
    }
}

#[test]
fn upstream_words() {
    let mut wrong = Vec::new();
    let mut refused = 0;
    for folder in ["golden/invalid", "golden/valid", "golden/every-kind"] {
        for path in files(folder, ".json") {
            let case: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            let recorded = case["create"]["body"]["message"]
                .as_str()
                .unwrap_or_default();
            let expected = recorded
                .split_once(" cannot be handled as a ")
                .and_then(|(_, rest)| rest.split_once(": "));
            let expected = expected.map(|(_, words)| words.to_owned());
            refused += usize::from(expected.is_some());
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let ours = refusal(&case["input"]);
            if ours != expected {
                wrong.push(format!("{name}:\n  ours   {ours:?}\n  theirs {expected:?}"));
            }
        }
    }
    println!("{refused} refusals");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
