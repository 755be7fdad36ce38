//! When two answers say the same: what servers pick at random, and the clock, do not count.
use meta::codec;
use serde_json::{Value, json};

/// The body of an answer as JSON: streams as lists of events, protobuf decoded, other text as it is.
pub(crate) fn document(content_type: &str, bytes: &[u8]) -> Value {
    if content_type.starts_with("application/vnd.kubernetes.protobuf") {
        return if content_type.contains("stream=watch") {
            frames(bytes)
        } else {
            protobuf(bytes)
        };
    }
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text_document(content_type, &text)
}

/// The same of a recorded body.
pub(crate) fn recorded(content_type: &str, body: &Value) -> Value {
    match body {
        Value::String(text) => text_document(content_type, text),
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("base64") => {
            use base64::Engine;
            let text = body["base64"].as_str().unwrap();
            let engine = base64::engine::general_purpose::STANDARD;
            document(content_type, &engine.decode(text).unwrap())
        }
        _ => body.clone(),
    }
}

fn text_document(content_type: &str, text: &str) -> Value {
    match content_type {
        "application/json" => {
            let events = serde_json::Deserializer::from_str(text).into_iter::<Value>();
            let events: Vec<Value> = events.map(Result::unwrap).collect();
            match <[Value; 1]>::try_from(events) {
                // A stream of one event differs from a document by its type.
                Ok([only]) if only["object"].is_null() => only,
                Ok([only]) => json!([only]),
                Err(events) => Value::Array(events),
            }
        }
        _ => text.into(),
    }
}

/// Events after their lengths in four bytes.
fn frames(mut bytes: &[u8]) -> Value {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_at(4);
        let length = u32::from_be_bytes(length.try_into().unwrap());
        let (frame, rest) = rest.split_at(usize::try_from(length).unwrap());
        bytes = rest;
        // type = 1, object = 2 { raw = 1 }
        let (name, object) = (fields(frame, 1), fields(frame, 2));
        out.push(json!({
            "type": String::from_utf8(name.concat()).unwrap(),
            "object": protobuf(&fields(&object.concat(), 1).concat()),
        }));
    }
    Value::Array(out)
}

/// Length-delimited fields of that number; the messages here have no others.
fn fields(mut bytes: &[u8], number: u8) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    while let Some((tag, rest)) = bytes.split_first() {
        bytes = rest;
        let mut length = 0_usize;
        for shift in (0..).step_by(7) {
            let (byte, rest) = bytes.split_first().unwrap();
            bytes = rest;
            length |= usize::from(byte & 0x7F) << shift;
            if *byte < 0x80 {
                break;
            }
        }
        let (field, rest) = bytes.split_at(length);
        bytes = rest;
        if *tag == number << 3 | 2 {
            out.push(field.to_vec());
        }
    }
    out
}

fn protobuf(bytes: &[u8]) -> Value {
    let unknown = codec::Unknown::parse(bytes).unwrap();
    if unknown.kind == "Status" {
        let status = codec::from_protobuf::<meta::Status>(bytes).unwrap();
        return codec::to_value(&status);
    }
    let Some(item) = unknown.kind.strip_suffix("List") else {
        return message(&unknown.api_version, &unknown.kind, unknown.raw);
    };
    // metadata = 1, items = 2
    let mut metadata = meta::ListMeta::default();
    codec::from_protobuf_into(&mut metadata, &fields(unknown.raw, 1).concat()).unwrap();
    let items = fields(unknown.raw, 2);
    json!({
        "kind": *unknown.kind,
        "apiVersion": *unknown.api_version,
        "metadata": codec::to_value(&metadata),
        "items": items
            .iter()
            .map(|raw| message(&unknown.api_version, item, raw))
            .collect::<Value>(),
    })
}

fn message(api_version: &str, kind: &str, raw: &[u8]) -> Value {
    let mut message = api::new_message(api_version, kind)
        .unwrap_or_else(|| panic!("no type {api_version} {kind}"));
    codec::from_protobuf_into(&mut *message, raw).unwrap();
    codec::to_value(&*message)
}

/// What a server chooses by itself, in either answer, replaced.
pub(crate) fn calm(value: &Value, key: &str) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| *key != "description");
            Value::Object(
                kept.map(|(key, value)| (key.clone(), calm(value, key)))
                    .collect(),
            )
        }
        Value::Array(items) if key == "cells" => items.iter().map(calm_cell).collect(),
        Value::Array(items) => items.iter().map(|item| calm(item, key)).collect(),
        Value::String(_) if matches!(key, "uid" | "resourceVersion" | "continue" | "token") => {
            format!("<{key}>").into()
        }
        // Of a token: keys differ from server to server.
        _ if matches!(key, "alg" | "kid" | "exp" | "iat" | "nbf") => format!("<{key}>").into(),
        Value::String(text) => words(text).into(),
        _ => value.clone(),
    }
}

fn calm_cell(cell: &Value) -> Value {
    let Some(text) = cell.as_str() else {
        return cell.clone();
    };
    let age = text
        .strip_suffix('s')
        .is_some_and(|digits| digits.parse::<u32>().is_ok());
    if age {
        "<age>".into()
    } else {
        words(text).into()
    }
}

/// Times, uids, revisions and generated suffixes within a text.
fn words(text: &str) -> String {
    if text.starts_with("20") && text.ends_with('Z') && text.len() >= 20 {
        return "<time>".to_owned();
    }
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let line = replace_after(line, "kube-api-access-", 5);
        let line = replace_after(&line, "gen-", 5);
        for (index, word) in line.split(' ').enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.push_str(&calm_word(word));
        }
    }
    out
}

fn calm_word(word: &str) -> String {
    let trimmed = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let replaced = if trimmed.len() == 36 && trimmed.matches('-').count() == 4 {
        "<uid>"
    } else if trimmed.len() > 1 && trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
        "<number>"
    } else if trimmed.starts_with("20") && trimmed.ends_with('Z') && trimmed.len() == 20 {
        "<time>"
    } else {
        return word.to_owned();
    };
    word.replace(trimmed, replaced)
}

fn replace_after(text: &str, prefix: &str, count: usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(prefix) {
        let end = at + prefix.len();
        out.push_str(&rest[..end]);
        rest = &rest[end..];
        if let Some(after) = rest.get(count..) {
            out.push_str("<random>");
            rest = after;
        }
    }
    out + rest
}

/// All places where two documents differ.
pub(crate) fn differences(want: &Value, got: &Value, at: &str, out: &mut Vec<String>) {
    match (want, got) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<_> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                let at = format!("{at}.{key}");
                match (a.get(key), b.get(key)) {
                    (Some(want), Some(got)) => differences(want, got, &at, out),
                    (Some(want), None) => out.push(format!("{at}: want {want}, got nothing")),
                    (_, got) => out.push(format!("{at}: want nothing, got {got:?}")),
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (want, got)) in a.iter().zip(b).enumerate() {
                differences(want, got, &format!("{at}[{index}]"), out);
            }
        }
        _ if want == got => {}
        (Value::String(a), Value::String(b)) if a.contains('\n') => {
            let lines = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            out.push(format!("{at}: want and got {lines:?}"));
        }
        _ => out.push(format!("{at}: want {want}, got {got}")),
    }
}
