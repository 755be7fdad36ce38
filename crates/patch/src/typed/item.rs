//! Which path element stands for an item of a list.

use serde_json::Value;

use crate::go;
use crate::node::{KeyDefault, Keys, ListKind, Node};
use crate::path::{KeyField, KeyValue, PathElement};

use super::TypedErrors;

/// An item with the element that stands for it.
pub(super) type Indexed<'v> = (PathElement, &'v Value);

/// The element of `item` in a list of this kind.
///
/// # Errors
/// The item has no key, or is not of the shape that the list declares.
pub(super) fn element(
    list: Node<'_>,
    kind: ListKind<'_>,
    item: &Value,
) -> Result<PathElement, String> {
    match kind {
        ListKind::Atomic => Err("invalid indexing of non-associative list".into()),
        ListKind::Set => set_element(item).map_err(Into::into),
        ListKind::Map { keys } => map_element(list.element(), keys, item),
    }
}

fn set_element(item: &Value) -> Result<PathElement, &'static str> {
    match item {
        Value::Object(_) => Err("associative list without keys has an element that's a map type"),
        Value::Array(_) => Err("not supported: associative list with lists as elements"),
        Value::Null => Err("associative list without keys has an element that's an explicit null"),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Ok(PathElement::Value(KeyValue::from(item)))
        }
    }
}

fn map_element(item_node: Node<'_>, keys: Keys<'_>, item: &Value) -> Result<PathElement, String> {
    let fields = match item {
        Value::Object(fields) => fields,
        Value::Null => {
            return Err("associative list with keys may not have a null element".into());
        }
        _ => return Err("associative list with keys may not have non-map elements".into()),
    };
    let mut key = Vec::with_capacity(2);
    for name in keys.iter() {
        let value = match fields.get(name) {
            Some(value) => KeyValue::from(value),
            None => match default_of(item_node, name) {
                Some(value) => value,
                None => continue,
            },
        };
        key.push(KeyField {
            name: name.into(),
            value,
        });
    }
    if key.is_empty() {
        let names: Vec<_> = keys.iter().map(go::quote).collect();
        return Err(format!(
            "associative list with keys has an element that omits all key fields [{}] \
             (and doesn't have default values for any key fields)",
            names.join(" ")
        ));
    }
    key.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(PathElement::Key(key.into()))
}

/// What stands for a key field that an item leaves out.
pub(super) fn default_of(item: Node<'_>, name: &str) -> Option<KeyValue> {
    item.field(name)
        .and_then(|field| field.default)
        .and_then(key_value)
}

fn key_value(default: KeyDefault<'_>) -> Option<KeyValue> {
    match default {
        KeyDefault::Value(Value::Null) => None,
        KeyDefault::Value(value) => Some(KeyValue::from(value)),
        KeyDefault::Json(text) => {
            let value: Value = serde_json::from_str(text).ok()?;
            Some(KeyValue::from(&value))
        }
    }
}

/// The items of a list by element: sorted, items of one element in the list's order.
pub(super) fn index<'v>(
    list: Node<'_>,
    kind: ListKind<'_>,
    items: &'v [Value],
) -> Result<Vec<Indexed<'v>>, TypedErrors> {
    let mut indexed = in_order(list, kind, items)?;
    indexed.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(indexed)
}

/// The items of a list with their elements, in the list's order.
pub(super) fn in_order<'v>(
    list: Node<'_>,
    kind: ListKind<'_>,
    items: &'v [Value],
) -> Result<Vec<Indexed<'v>>, TypedErrors> {
    let mut errors = TypedErrors::default();
    let mut indexed = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        match element(list, kind, item) {
            Ok(element) => indexed.push((element, item)),
            Err(why) => errors
                .0
                .extend(TypedErrors::one(format!("element {at}: {why}")).0),
        }
    }
    if errors.0.is_empty() {
        Ok(indexed)
    } else {
        Err(errors)
    }
}

/// Splits off the leading run of one element.
pub(super) fn take_group<'i, 'v>(items: &mut &'i [Indexed<'v>]) -> &'i [Indexed<'v>] {
    let length = items.first().map_or(0, |first| {
        items.iter().take_while(|it| it.0 == first.0).count()
    });
    let (group, rest) = items.split_at(length);
    *items = rest;
    group
}
