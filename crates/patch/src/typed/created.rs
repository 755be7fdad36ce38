//! What the creator of an object owns: the fields that the zero object of its kind does not have. Read off the struct itself, as
//! [`compare`](super::compare()) finds it in JSON trees, for no tree of the object is built.

use std::ops::ControlFlow;

use meta::codec::{self, List, Message, Ref, Shape, Value as Field};
use serde_json::Value;

use super::compare::{Found, compare_node, whole};
use super::{TypedErrors, item};
use crate::field_set::FieldSet;
use crate::node::{Keys, Kind, ListKind, Node};
use crate::path::{KeyField, KeyValue, PathElement};

/// The fields that `new` adds to, or has otherwise than, `zero`.
///
/// # Errors
/// A list's items cannot be told apart, or a scalar is not of the declared kind.
pub fn created(node: Node<'_>, zero: &Value, new: &dyn Message) -> Result<FieldSet, TypedErrors> {
    fields_beside(node, zero, new)
}

/// A struct beside an object; both are there.
fn fields_beside(node: Node<'_>, zero: &Value, new: &dyn Message) -> Result<FieldSet, TypedErrors> {
    let mut set = FieldSet::new();
    each_field(new, &mut |name, value| {
        let before = &zero[name];
        let found = if zero.get(name).is_none() {
            whole_of(node.child(name), value)
        } else {
            beside(node.child(name), before, value)
        };
        push(&mut set, name, found)
    })?;
    set.sort();
    Ok(set)
}

/// A value beside that of the zero object, which is mostly null or empty.
fn beside(node: Node<'_>, zero: &Value, new: &dyn Field) -> Result<Found, TypedErrors> {
    match (node.kind(), zero, new.view()) {
        (Kind::Struct { atomic: false }, Value::Object(_), Ref::Message(new))
            if new.info().shape == Shape::Struct =>
        {
            let below = fields_beside(node, zero, new)?;
            Ok(Found { here: false, below })
        }
        (Kind::List(kind), Value::Null, Ref::List(items) | Ref::WrappedList(items))
            if kind != ListKind::Atomic && !items.is_empty() =>
        {
            let below = items_of(node, kind, items)?;
            Ok(Found { here: false, below })
        }
        _ => {
            let delta = compare_node(node, Some(zero), Some(&codec::value_to_tree(new)))?;
            Ok(Found {
                here: delta.added.here || delta.modified.here,
                below: delta.modified.below.union(delta.added.below),
            })
        }
    }
}

/// All of a value.
fn whole_of(node: Node<'_>, new: &dyn Field) -> Result<Found, TypedErrors> {
    let below = match (node.kind(), new.view()) {
        (Kind::Scalar(_) | Kind::Struct { atomic: true } | Kind::Map { atomic: true }, _)
        | (Kind::List(ListKind::Atomic), _) => FieldSet::new(),
        (Kind::Struct { .. }, Ref::Message(new)) if new.info().shape == Shape::Struct => {
            let mut set = FieldSet::new();
            each_field(new, &mut |name, value| {
                push(&mut set, name, whole_of(node.child(name), value))
            })?;
            set.sort();
            set
        }
        (Kind::Map { .. }, Ref::Map(entries)) => {
            let mut set = FieldSet::new();
            for index in 0..entries.len() {
                let (key, value) = entries.at(index);
                push(&mut set, key, whole_of(node.child(key), value))?;
            }
            set.sort();
            set
        }
        (Kind::List(kind), Ref::List(items) | Ref::WrappedList(items)) => {
            items_of(node, kind, items)?
        }
        _ => return whole(node, &codec::value_to_tree(new)),
    };
    Ok(Found { here: true, below })
}

fn push(
    set: &mut FieldSet,
    name: &str,
    found: Result<Found, TypedErrors>,
) -> Result<(), TypedErrors> {
    let element = PathElement::field(name);
    let found = found.map_err(|errors| errors.below(&element))?;
    set.push(element, found.here, found.below);
    Ok(())
}

/// Each member of a struct's JSON, inlined structs flattened.
fn each_field<'m, E>(
    message: &'m dyn Message,
    visit: &mut dyn FnMut(&'static str, &'m dyn Field) -> Result<(), E>,
) -> Result<(), E> {
    for (index, field) in message.info().fields.iter().enumerate() {
        let value = message.field(index);
        match value.view() {
            Ref::Message(inlined) if field.flags.inline() => each_field(inlined, visit)?,
            _ if codec::is_omitted(field, value) => {}
            _ => visit(field.json_name, value)?,
        }
    }
    Ok(())
}

/// The items of a list whose items can be told apart.
fn items_of(list: Node<'_>, kind: ListKind<'_>, items: &dyn List) -> Result<FieldSet, TypedErrors> {
    let mut errors = TypedErrors::default();
    let mut indexed = Vec::with_capacity(items.len());
    for index in 0..items.len() {
        let item = items.at(index);
        match element(list, kind, item) {
            Ok(element) => indexed.push((element, item)),
            Err(why) => errors
                .0
                .extend(TypedErrors::one(format!("element {index}: {why}")).0),
        }
    }
    if !errors.0.is_empty() {
        return Err(errors);
    }
    indexed.sort_by(|a, b| a.0.cmp(&b.0));
    let mut set = FieldSet::new();
    let mut indexed = indexed.into_iter().peekable();
    while let Some((element, value)) = indexed.next() {
        let mut repeated = false;
        while indexed.next_if(|next| next.0 == element).is_some() {
            repeated = true;
        }
        let below = if repeated {
            FieldSet::new()
        } else {
            let found = whole_of(list.element(), value);
            found.map_err(|errors| errors.below(&element))?.below
        };
        set.push(element, true, below);
    }
    Ok(set)
}

fn element(list: Node<'_>, kind: ListKind<'_>, value: &dyn Field) -> Result<PathElement, String> {
    match (kind, value.view()) {
        (ListKind::Map { keys }, Ref::Message(message)) => {
            if let Some(element) = key_of(list.element(), keys, message) {
                return Ok(element);
            }
        }
        (ListKind::Set, Ref::Str(text)) => {
            return Ok(PathElement::Value(KeyValue::String(text.into())));
        }
        _ => {}
    }
    item::element(list, kind, &codec::value_to_tree(value))
}

/// The key of an item whose key fields are plain strings and numbers; the rest is left to the tree.
fn key_of(item: Node<'_>, keys: Keys<'_>, message: &dyn Message) -> Option<PathElement> {
    let mut key = Vec::with_capacity(2);
    for name in keys.iter() {
        let mut value = None;
        let found = each_field(message, &mut |field, found| {
            if field != name {
                return Ok(());
            }
            value = match found.view() {
                Ref::Str(text) => Some(KeyValue::String(text.into())),
                Ref::I32(number) => Some(KeyValue::Number(number.into())),
                Ref::I64(number) => Some(KeyValue::Number(number.into())),
                Ref::Bool(flag) => Some(KeyValue::Bool(flag)),
                _ => None,
            };
            Err(ControlFlow::<()>::Break(()))
        });
        match (value, found) {
            (Some(value), _) => key.push(KeyField {
                name: name.into(),
                value,
            }),
            (None, Err(_)) => return None,
            (None, Ok(())) => {
                if let Some(value) = item::default_of(item, name) {
                    key.push(KeyField {
                        name: name.into(),
                        value,
                    });
                }
            }
        }
    }
    key.sort_by(|a, b| a.name.cmp(&b.name));
    (!key.is_empty()).then(|| PathElement::Key(key.into()))
}
