//! Structs as JSON trees, without text in between.

use super::{
    encode::is_omitted,
    json::put_f64,
    message::{Message, Shape},
    value::{Ref, Value},
};
use crate::dynamic::dynamic;
use base64::Engine as _;
use serde_json::{Map, Value as Tree};

/// The object as a JSON tree, with `kind` and `apiVersion`, for code that works on any shape.
#[must_use]
pub fn to_value(message: &dyn Message) -> Tree {
    if let Some(dynamic) = dynamic(message) {
        return Tree::Object(dynamic.to_tree());
    }
    let info = message.info();
    let mut members = Map::new();
    if !info.kind.is_empty() {
        members.insert("kind".to_owned(), info.kind.into());
        members.insert("apiVersion".to_owned(), info.api_version.into());
    }
    tree_of_message(message, members)
}

/// The JSON tree of any value, without type.
#[must_use]
pub fn value_to_tree(value: &dyn Value) -> Tree {
    tree(value.view())
}

pub(super) fn tree(value: Ref<'_>) -> Tree {
    match value {
        Ref::Null => Tree::Null,
        Ref::Str(text) => text.into(),
        Ref::Bool(value) => value.into(),
        Ref::I32(value) => value.into(),
        Ref::I64(value) => value.into(),
        Ref::F64(value) => tree_of_float(value),
        Ref::Bytes(bytes) => base64::engine::general_purpose::STANDARD
            .encode(bytes)
            .into(),
        Ref::Message(message) => tree_of_message(message, Map::new()),
        Ref::List(list) | Ref::WrappedList(list) if list.is_nil() => Tree::Null,
        Ref::List(list) | Ref::WrappedList(list) => (0..list.len())
            .map(|index| tree(list.at(index).view()))
            .collect(),
        Ref::Map(map) if map.is_nil() => Tree::Null,
        Ref::Map(map) => {
            let entries = (0..map.len()).map(|index| map.at(index));
            let members = entries.map(|(key, value)| (key.to_owned(), tree(value.view())));
            Tree::Object(members.collect())
        }
        Ref::Scalar(scalar) => {
            let mut text = Vec::new();
            scalar.encode_json(&mut text);
            // Raw JSON is bounded where it is decoded, so that this cannot fail for what came from outside.
            serde_json::from_slice(&text).unwrap_or_default()
        }
    }
}

/// As its text would be read: an integer where it has no fraction.
fn tree_of_float(value: f64) -> Tree {
    let mut text = Vec::new();
    put_f64(&mut text, value);
    serde_json::from_slice(&text).unwrap_or_default()
}

fn tree_of_message(message: &dyn Message, mut members: Map<String, Tree>) -> Tree {
    if message.info().shape != Shape::Struct {
        let (first, second) = (message.field(0), message.field(1));
        return tree(if second.is_empty() {
            first.view()
        } else {
            second.view()
        });
    }
    put_fields(message, &mut members);
    Tree::Object(members)
}

fn put_fields(message: &dyn Message, members: &mut Map<String, Tree>) {
    for (index, field) in message.info().fields.iter().enumerate() {
        let value = message.field(index);
        match value.view() {
            Ref::Message(inlined) if field.flags.inline() => put_fields(inlined, members),
            _ if is_omitted(field, value) => {}
            view => {
                members.insert(field.json_name.to_owned(), tree(view));
            }
        }
    }
}
