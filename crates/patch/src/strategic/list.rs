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
    mut current: Vec<Value>,
    patch: Vec<Value>,
) -> Result<Vec<Value>> {
    merge_into(field, &mut current, patch)
}

/// Merges, and leaves in `current` what upstream, which deletes and appends in place, leaves in the list that was: items move up behind
/// deleted ones, and new ones take the places at the end. An order that is asked for is then made with this one.
fn merge_into(
    field: &Field<'_>,
    current: &mut Vec<Value>,
    patch: Vec<Value>,
) -> Result<Vec<Value>> {
    if current.is_empty() && patch.is_empty() {
        return Ok(Vec::new());
    }
    let kind = item_kind(current, &patch)?;
    let items = Items {
        merge_key: field.merge_key,
        kind,
    };
    let Some(key) = field.merge_key.filter(|_| kind == ItemKind::Object) else {
        if kind == ItemKind::Object {
            return Err(StrategicError::no_list_key(field.node));
        }
        let merged = without_repeats(current.iter().chain(&patch));
        let (ours, theirs) = items.partition(merged, &patch)?;
        return items.interleave(ours, theirs, &patch, current);
    };
    let count = current.len();
    let (kept, patch) = obey_directives(std::mem::take(current), patch, key)?;
    let merged = merge_objects(field.node, kept.clone(), &patch, key)?;
    current.extend(merged.iter().take(count).cloned());
    let (ours, theirs) = items.partition(merged, &patch)?;
    items.interleave(ours, theirs, &patch, &kept)
}

/// Merges, and puts the items into the order of a `$setElementOrder`. `None` when there is no list.
pub(super) fn merge_ordered(
    field: &Field<'_>,
    current: Option<Vec<Value>>,
    patch: Option<Vec<Value>>,
    order: &[Value],
) -> Result<Option<Vec<Value>>> {
    let mut before = current.clone().unwrap_or_default();
    let after = patch.clone().unwrap_or_default();
    order::check(&after, order, field.merge_key)?;
    let merged = match (current, patch) {
        (None, None) => return Ok(None),
        (Some(current), None) => current,
        (None, Some(patch)) => patch.into_iter().filter_map(without_directives).collect(),
        (Some(_), Some(patch)) if field.strategy.merge => merge_into(field, &mut before, patch)?,
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
