//! `metadata.managedFields`: who owns which fields, as objects carry it.

mod entries;

pub use entries::{Entry, ManagedError, Operation, decode, encode, from_meta, to_meta};

pub(crate) use owners::{ManagerId, Owned, Owners};

mod owners;

use serde_json::{Map, Value};

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
