//! How lists merge: of objects by their key, of scalars as sets.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::order::{self, Items};
use super::{DIRECTIVE, Fields, Result, StrategicError, merge_fields, without_directives};
use crate::go;
use crate::node::{Field, Node};
use crate::path::KeyValue;

/// What the items of a list are. Lists of lists do not merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Object,
    Scalar,
}

/// Merges `patch` into `current`. The `field`'s node is that of the items.
pub(super) fn merge(
    field: &Field<'_>,
    current: Vec<Value>,
    patch: Vec<Value>,
) -> Result<Vec<Value>> {
    if current.is_empty() && patch.is_empty() {
        return Ok(current);
    }
    let kind = item_kind(&current, &patch)?;
    let (current, patch, merged) = match (kind, field.merge_key) {
        (ItemKind::Scalar, _) => {
            let merged = without_repeats(current.iter().chain(&patch));
            (current, patch, merged)
        }
        (ItemKind::Object, None) => return Err(StrategicError::no_list_key(field.node)),
        (ItemKind::Object, Some(key)) => {
            let (current, patch) = obey_directives(current, patch, key)?;
            let merged = merge_objects(field.node, current.clone(), &patch, key)?;
            (current, patch, merged)
        }
    };
    let items = Items {
        merge_key: field.merge_key,
        kind,
    };
    let (ours, theirs) = items.partition(merged, &patch)?;
    items.interleave(ours, theirs, &patch, &current)
}

/// Merges, and puts the items into the order of a `$setElementOrder`. `None` when there is no list.
pub(super) fn merge_ordered(
    field: &Field<'_>,
    current: Option<Vec<Value>>,
    patch: Option<Vec<Value>>,
    order: &[Value],
) -> Result<Option<Vec<Value>>> {
    let before = current.clone().unwrap_or_default();
    let after = patch.clone().unwrap_or_default();
    order::check(&after, order, field.merge_key)?;
    let merged = match (current, patch) {
        (None, None) => return Ok(None),
        (Some(current), None) => current,
        (None, Some(patch)) => patch.into_iter().filter_map(without_directives).collect(),
        (Some(current), Some(patch)) if field.strategy.merge => merge(field, current, patch)?,
        (Some(_), Some(patch)) => patch,
    };
    let mut items = Items {
        merge_key: field.merge_key,
        kind: ItemKind::Scalar,
    };
    let (ours, theirs) = items.partition(merged, order)?;
    items.kind = item_kind(&before, &after)?;
    items.interleave(ours, theirs, order, &before).map(Some)
}

/// `$deleteFromPrimitiveList`: takes `gone` out of `current`.
pub(super) fn delete(
    field: &Field<'_>,
    current: Vec<Value>,
    gone: Vec<Value>,
) -> Result<Vec<Value>> {
    if current.is_empty() && gone.is_empty() {
        return Ok(current);
    }
    if item_kind(&current, &gone)? == ItemKind::Object {
        return merge(field, current, gone);
    }
    let gone: BTreeSet<_> = gone.iter().map(KeyValue::from).collect();
    let kept = |item: &Value| !gone.contains(&KeyValue::from(item));
    Ok(current.into_iter().filter(kept).collect())
}

/// What all items of both lists are.
fn item_kind(current: &[Value], patch: &[Value]) -> Result<ItemKind> {
    let mut items = current.iter().chain(patch);
    let first = items.next().ok_or(StrategicError::NoElements)?;
    if first.is_array() {
        return Err(StrategicError::ListOfLists);
    }
    let kind = go::type_name(first);
    if items.any(|item| go::type_name(item) != kind) {
        let print = |items: &[Value]| go::print(&Value::Array(items.to_vec()));
        let both = format!("{} {}", print(current), print(patch));
        return Err(StrategicError::ElementTypes(both));
    }
    Ok(if first.is_object() {
        ItemKind::Object
    } else {
        ItemKind::Scalar
    })
}

fn without_repeats<'v>(items: impl Iterator<Item = &'v Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    items
        .filter(|item| seen.insert(KeyValue::from(*item)))
        .cloned()
        .collect()
}

/// Does what the items with `$patch` say, and takes them out of the patch.
fn obey_directives(
    mut current: Vec<Value>,
    patch: Vec<Value>,
    key: &str,
) -> Result<(Vec<Value>, Vec<Value>)> {
    let mut plain = Vec::with_capacity(patch.len());
    let mut gone = BTreeSet::new();
    let mut replace = false;
    for item in patch {
        match item.get(DIRECTIVE) {
            None => plain.push(item),
            Some(Value::String(directive)) if directive == "delete" => {
                let value = item
                    .get(key)
                    .ok_or_else(|| StrategicError::no_merge_key(&item, key))?;
                gone.insert(KeyValue::from(value));
            }
            Some(Value::String(directive)) if directive == "replace" => replace = true,
            Some(Value::String(directive)) if directive == "merge" => {
                return Err(StrategicError::MergeInList);
            }
            Some(other) => return Err(StrategicError::directive(other, &item)),
        }
    }
    if replace {
        return Ok((plain, Vec::new()));
    }
    current.retain(|item| {
        let value = item.get(key).map(KeyValue::from);
        value.is_none_or(|value| !gone.contains(&value))
    });
    Ok((current, plain))
}

/// Merges each item of the patch into the first one with its key, or appends it.
fn merge_objects(
    node: Node<'_>,
    mut current: Vec<Value>,
    patch: &[Value],
    key: &str,
) -> Result<Vec<Value>> {
    let mut places = BTreeMap::new();
    for (at, item) in current.iter().enumerate() {
        if let Some(value) = item.get(key) {
            places.entry(KeyValue::from(value)).or_insert(at);
        }
    }
    for item in patch {
        let value = item
            .get(key)
            .ok_or_else(|| StrategicError::no_merge_key(item, key))?;
        let place = *places.entry(KeyValue::from(value)).or_insert(current.len());
        match current.get_mut(place) {
            None => current.push(item.clone()),
            Some(known) => {
                let merged = merge_fields(node, take_fields(known), fields_of(item))?;
                *known = Value::Object(merged);
            }
        }
    }
    Ok(current)
}

fn take_fields(value: &mut Value) -> Fields {
    match value.take() {
        Value::Object(fields) => fields,
        _ => Fields::new(),
    }
}

fn fields_of(value: &Value) -> Fields {
    value.as_object().cloned().unwrap_or_default()
}
