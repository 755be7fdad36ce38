//! `x-kubernetes-list-type`: items of sets and keys of maps stand in a list once.

#[cfg(test)]
mod tests;

use crate::{
    Structural, print,
    structural::{ListType, Node},
};
use meta::{FieldErrors, FieldPath, Verbatim};
use serde_json::{Map, Value};
use std::collections::HashMap;

impl Structural {
    /// Finds items that stand twice in lists of type `set` and `map`. On an update, upstream asks only when the object as it was
    /// had none.
    pub fn validate_lists(&self, path: &FieldPath, value: &Value, errors: &mut FieldErrors) {
        if !self.0.unique_below && !self.0.has_unique_items() {
            return;
        }
        match value {
            Value::Array(items) => {
                check_list(&self.0, path, items, errors);
                let Some(schema) = &self.0.items else { return };
                for (index, item) in items.iter().enumerate() {
                    schema.validate_lists(&path.index(index), item, errors);
                }
            }
            Value::Object(members) => self.validate_lists_of_members(path, members, errors),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn validate_lists_of_members(
        &self,
        path: &FieldPath,
        members: &Map<String, Value>,
        errors: &mut FieldErrors,
    ) {
        for (name, value) in members {
            if let Some(schema) = self.0.additional.schema() {
                schema.validate_lists(&path.key(name), value, errors);
            }
            if let Some(schema) = self.property(name) {
                schema.validate_lists(&path.child(name), value, errors);
            }
        }
    }
}

impl Node {
    /// Whether this is a list whose items stand in it once.
    pub(crate) fn has_unique_items(&self) -> bool {
        matches!(self.list_type, ListType::Set | ListType::Map)
    }
}

fn check_list(node: &Node, path: &FieldPath, items: &[Value], errors: &mut FieldErrors) {
    match node.list_type {
        ListType::Set => {
            for index in repeated(items.iter().map(Value::to_string)) {
                let value = print::show(&items[index]);
                errors.duplicate(&path.index(index), Verbatim(&value));
            }
        }
        ListType::Map => check_map(node, path, items, errors),
        ListType::Unset | ListType::Atomic | ListType::Unknown => {}
    }
}

fn check_map(node: &Node, path: &FieldPath, items: &[Value], errors: &mut FieldErrors) {
    let is_no_object = |item: &Value| !item.is_null() && !item.is_object();
    if let Some(index) = items.iter().position(is_no_object) {
        let words = "must be an object for an array of list-type map";
        let value = print::show(&items[index]);
        return errors.invalid(&path.index(index), Verbatim(&value), words);
    }
    for index in repeated(items.iter().map(|item| keys_of(node, item).to_string())) {
        let keys = print::show(&keys_of(node, &items[index]));
        errors.duplicate(&path.index(index), Verbatim(&keys));
    }
}

/// The key fields of an item, as far as it has them.
fn keys_of(node: &Node, item: &Value) -> Value {
    let mut keys = Map::new();
    for name in &node.list_map_keys {
        if let Some(value) = item.get(name.as_str()) {
            keys.insert(name.to_string(), value.clone());
        }
    }
    Value::Object(keys)
}

/// Where something stands for the second time; the third and later ones are not told.
fn repeated(items: impl Iterator<Item = String>) -> Vec<usize> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut found = Vec::new();
    for (index, text) in items.enumerate() {
        let times = seen.entry(text).or_default();
        if *times == 1 {
            found.push(index);
        }
        *times += 1;
    }
    found
}
