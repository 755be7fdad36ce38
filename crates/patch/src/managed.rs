//! `metadata.managedFields`: who owns which fields, as objects carry it.

mod entries;

pub use entries::{Entry, ManagedError, Operation, decode, encode, from_meta, to_meta};

pub(crate) use owners::{ManagerId, Owned, Owners};

mod owners;

use serde_json::{Map, Value};

use crate::path::same;

/// The `managedFields` of an object; null where it has none.
pub(crate) fn of(object: &Value) -> &Value {
    &object["metadata"]["managedFields"]
}

/// Takes the `managedFields` out of an object: `None` where it has none or null.
pub(crate) fn take(object: &mut Value) -> Option<Value> {
    let metadata = object.get_mut("metadata")?.as_object_mut()?;
    metadata.remove("managedFields").filter(|it| !it.is_null())
}

/// Puts `entries` into an object, or removes what it has when there are none.
pub(crate) fn put(object: &mut Value, entries: &[Entry]) {
    let Some(object) = object.as_object_mut() else {
        return;
    };
    let metadata = object
        .entry("metadata")
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(metadata) = metadata {
        metadata.remove("managedFields");
        if !entries.is_empty() {
            metadata.insert("managedFields".into(), encode(entries));
        }
    }
}

/// Gives an object the `managedFields` of another.
pub(crate) fn keep(from: &Value, object: &mut Value) {
    let kept = of(from);
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut)
        && !kept.is_null()
    {
        metadata.insert("managedFields".into(), kept.clone());
    }
}

/// Takes back new times of managers when nothing else changed, so that a write without effect stays
/// one. To be called right before the write.
pub fn keep_times_if_unchanged(old: &Value, new: &mut Value) {
    let (Some(before), Some(after)) = (of(old).as_array(), of(new).as_array()) else {
        return;
    };
    let same_but_time = |(old, new): (&Value, &Value)| equal_without(old, new, &["time"]);
    if before.len() != after.len()
        || before == after
        || !before.iter().zip(after).all(same_but_time)
        || !equal_without(old, new, &["metadata", "managedFields"])
    {
        return;
    }
    keep(old, new);
}

/// Whether two objects are the same but for what is at `path`.
fn equal_without(a: &Value, b: &Value, path: &[&str]) -> bool {
    let (Some((first, rest)), Value::Object(a), Value::Object(b)) = (path.split_first(), a, b)
    else {
        return path.is_empty() || same(a, b);
    };
    let others =
        |fields: &Map<String, Value>| fields.len() - usize::from(fields.contains_key(*first));
    others(a) == others(b)
        && a.iter()
            .filter(|(key, _)| key != first)
            .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        && match (a.get(*first), b.get(*first)) {
            (Some(a), Some(b)) => equal_without(a, b, rest),
            (None, None) => true,
            _ => rest.is_empty(),
        }
}
