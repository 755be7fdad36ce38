//! Which part of an object as it was belongs to which part of it now, and whether the two are the same.

use crate::{
    Structural,
    structural::{ListType, Type},
};
use serde_json::Value;
use std::{collections::HashMap, fmt::Write as _};

/// The items of a list of type `map`, by their keys.
#[derive(Debug)]
pub(crate) struct Keyed<'a> {
    schema: &'a Structural,
    items: HashMap<String, &'a Value>,
}

impl<'a> Keyed<'a> {
    /// Of items with the same keys the first counts. Nothing is found in a list of another type.
    pub(crate) fn new(schema: &'a Structural, items: &'a [Value]) -> Self {
        let mut keyed = HashMap::new();
        let node = &schema.0;
        let is_map = node.type_ == Type::Array && node.list_type == ListType::Map;
        if is_map && !node.list_map_keys.is_empty() {
            for item in items {
                if let Some(key) = key_of(schema, item) {
                    keyed.entry(key).or_insert(item);
                }
            }
        }
        Self {
            schema,
            items: keyed,
        }
    }

    /// The item with the keys of `item`.
    pub(crate) fn get(&self, item: &Value) -> Option<&'a Value> {
        if self.items.is_empty() {
            return None;
        }
        self.items.get(&key_of(self.schema, item)?).copied()
    }
}

/// The keys of an item as text; none where one is missing or no scalar.
fn key_of(schema: &Structural, item: &Value) -> Option<String> {
    let members = item.as_object()?;
    let mut key = String::new();
    for name in &schema.0.list_map_keys {
        let value = members.get(name.as_str())?;
        if matches!(value, Value::Null | Value::Array(_) | Value::Object(_)) {
            return None;
        }
        let _ = write!(key, "{value}\0");
    }
    Some(key)
}

/// Whether a value is what it was. Lists of type `map` may be in another order; what no schema describes is never the same.
pub(crate) fn same(schema: &Structural, new: &Value, old: &Value) -> bool {
    match (new, old) {
        (Value::Array(new), Value::Array(old)) => {
            new.len() == old.len() && same_items(schema, new, old)
        }
        (Value::Object(new), Value::Object(old)) => {
            new.len() == old.len()
                && new.iter().all(|(name, value)| {
                    let old = old.get(name);
                    let pair = schema.child(name).zip(old);
                    pair.is_some_and(|(schema, old)| same(schema, value, old))
                })
        }
        _ => new == old,
    }
}

fn same_items(schema: &Structural, new: &[Value], old: &[Value]) -> bool {
    if schema.0.list_type != ListType::Map {
        return new == old;
    }
    let Some(item_schema) = &schema.0.items else {
        return new.is_empty();
    };
    let keyed = Keyed::new(schema, old);
    new.iter().all(|item| {
        let old = keyed.get(item);
        old.is_some_and(|old| same(item_schema, item, old))
    })
}
