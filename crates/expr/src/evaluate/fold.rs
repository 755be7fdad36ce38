//! What can be told without variables is told once, as cel-go's optimizer does it: costs depend on it.

use super::evaluate;
use crate::{
    EvaluationError, List, Map, Text, Value,
    node::{Kind, Node},
    value::Key,
};
use std::sync::Arc;

/// Conversions of literals that are done in advance.
const CONVERSIONS: &[&str] = &[
    "bool",
    "bytes",
    "double",
    "duration",
    "dyn",
    "int",
    "string",
    "timestamp",
    "type",
    "uint",
];
/// What is folded at most: costs are no matter here, time is.
const BUDGET: u64 = 100_000;

/// Folds below the node and prepares patterns that are literals. The error is of the first conversion that no literal
/// can pass: cel-go makes no program with such a one, even where it is never reached.
pub(crate) fn fold(node: &mut Node) -> Result<(), EvaluationError> {
    for part in node.parts_mut() {
        fold(part)?;
    }
    let constant = |node: &Node| node.constant().is_some() || node.folded.is_some();
    let foldable = match &node.kind {
        Kind::List(elements) => elements
            .iter()
            .all(|element| !element.optional && constant(&element.value)),
        Kind::Map(entries) => entries
            .iter()
            .all(|entry| !entry.optional && constant(&entry.key) && constant(&entry.value)),
        Kind::Call(call) => match call.arguments.as_slice() {
            [one] => CONVERSIONS.contains(&call.function.name) && constant(one),
            [_, list] if call.overloads == ["in_list"] => {
                matches!(&list.folded, Some(Value::List(list)) if list.is_empty())
            }
            _ => false,
        },
        _ => false,
    };
    if foldable {
        let mut budget = BUDGET;
        let value = match &node.kind {
            Kind::Call(call) if call.arguments.len() == 2 => Ok(Value::Bool(false)),
            _ => evaluate(node, &[], None, &mut budget),
        };
        let converts = matches!(&node.kind, Kind::Call(call) if call.arguments.len() == 1);
        node.folded = match value {
            Ok(value) => Some(value.into_owned()),
            Err(error @ EvaluationError::Runtime(_)) if converts => return Err(error),
            Err(_) => None,
        };
    }
    if let Kind::Call(call) = &mut node.kind
        && call.overloads == ["in_list"]
        && let Some(Value::List(list)) = &call.arguments[1].folded
        && list.iter().all(|element| element.is_ok_and(is_hashable))
    {
        // Upstream looks into a set that it made in advance, at no cost.
        call.overloads = vec!["in_set"];
    }
    if let Kind::Call(call) = &mut node.kind
        && matches!(call.function.name, "matches" | "find" | "findAll")
        && let Some(Value::String(pattern)) = call.arguments.get(1).and_then(Node::constant)
    {
        call.regex = crate::regex::go_regex(pattern.as_str()).ok();
    }
    Ok(())
}

fn is_hashable(value: Value<'_>) -> bool {
    matches!(
        value,
        Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Double(_) | Value::String(_)
    )
}

impl Value<'_> {
    /// The same value, borrowing nothing. JSON is copied.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Value::Null => Value::Null,
            Value::Bool(value) => Value::Bool(value),
            Value::Int(value) => Value::Int(value),
            Value::Uint(value) => Value::Uint(value),
            Value::Double(value) => Value::Double(value),
            Value::String(text) => Value::String(owned(text)),
            Value::Bytes(bytes) => Value::Bytes(bytes),
            Value::Duration(nanos) => Value::Duration(nanos),
            Value::Timestamp(time) => Value::Timestamp(time),
            Value::List(list) => Value::List(List::Own(Arc::new(
                list.iter()
                    .filter_map(Result::ok)
                    .map(Value::into_owned)
                    .collect(),
            ))),
            Value::Map(map) => {
                let entries = map.keys().into_iter().filter_map(|key| {
                    let value = map.find(&key)?.ok()?;
                    Some((Key::of(&key.into_owned())?, value.into_owned()))
                });
                Value::Map(Map::Own(Arc::new(entries.collect())))
            }
            Value::Optional(held) => {
                Value::Optional(held.map(|held| Arc::new((*held).clone().into_owned())))
            }
            Value::Type(name) => Value::Type(name),
            Value::Opaque(opaque) => Value::Opaque(opaque),
        }
    }
}

fn owned(text: Text<'_>) -> Text<'static> {
    match text {
        Text::Borrowed(text) => Text::Shared(text.into()),
        Text::Shared(text) => Text::Shared(text),
    }
}
