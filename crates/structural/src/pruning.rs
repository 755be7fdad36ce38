//! Dropping the fields that a schema does not know.

#[cfg(test)]
mod tests;

use crate::{
    Structural,
    structural::{Additional, Node},
};
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// Paths of unknown fields are collected up to this size: a long key above many unknown fields would multiply.
const PATHS_BYTES_MAX: usize = 1 << 20;

/// What the value is that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// A resource: it has type and metadata, whether the schema says so or not.
    Resource,
    /// Just what the schema says.
    Value,
}

impl Structural {
    /// Drops the fields that the schema does not know, and returns their paths in order: `spec.list[0].bogus`. Type and metadata
    /// of embedded resources stay, and those of `value` itself when it is a [`Root::Resource`].
    pub fn prune(&self, value: &mut Value, root: Root) -> Vec<String> {
        let mut walk = Walk::default();
        let embedded = self.0.embedded || root == Root::Resource;
        if self.0.preserve {
            walk.keep(value, &self.0, embedded);
        } else {
            walk.prune(value, Some(&self.0), embedded);
        }
        walk.unknown.sort();
        walk.unknown
    }
}

/// The fields that every resource has.
pub(crate) fn is_type_or_metadata(name: &str) -> bool {
    matches!(name, "apiVersion" | "kind" | "metadata")
}

#[derive(Debug, Default)]
struct Walk {
    /// Where it is.
    path: String,
    unknown: Vec<String>,
    unknown_bytes: usize,
}

impl Walk {
    fn step(&mut self, value: &mut Value, schema: Option<&Structural>) {
        match schema {
            Some(schema) if schema.0.preserve => self.keep(value, &schema.0, schema.0.embedded),
            Some(schema) => self.prune(value, Some(&schema.0), schema.0.embedded),
            None => self.prune(value, None, false),
        }
    }

    fn prune(&mut self, value: &mut Value, schema: Option<&Node>, embedded: bool) {
        match (value, schema) {
            (Value::Object(members), None) => {
                for name in std::mem::take(members).keys() {
                    self.found(name);
                }
            }
            (Value::Object(members), Some(schema)) => {
                self.prune_members(members, schema, embedded);
            }
            (Value::Array(items), schema) => {
                let schema = schema.and_then(|schema| schema.items.as_ref());
                for (index, item) in items.iter_mut().enumerate() {
                    self.at_index(index, |walk| walk.step(item, schema));
                }
            }
            _ => {}
        }
    }

    fn prune_members(&mut self, members: &mut Map<String, Value>, schema: &Node, embedded: bool) {
        members.retain(|name, value| {
            if embedded && is_type_or_metadata(name) {
                return true;
            }
            match child(schema, name) {
                Some(child) => {
                    self.at_key(name, |walk| walk.step(value, child));
                    true
                }
                None => {
                    if !is_type_or_metadata(name) || !self.path.is_empty() {
                        self.found(name);
                    }
                    false
                }
            }
        });
    }

    /// Unknown fields stay here, but what is declared is pruned as ever.
    fn keep(&mut self, value: &mut Value, schema: &Node, embedded: bool) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    if embedded && is_type_or_metadata(name) {
                        continue;
                    }
                    if let Some(child) = child(schema, name) {
                        self.at_key(name, |walk| walk.step(value, child));
                    }
                }
            }
            Value::Array(items) => {
                let Some(schema) = &schema.items else { return };
                for (index, item) in items.iter_mut().enumerate() {
                    self.at_index(index, |walk| {
                        walk.keep(item, &schema.0, schema.0.embedded);
                    });
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn found(&mut self, name: &str) {
        let bytes = self.path.len() + name.len() + 1;
        if self.unknown_bytes + bytes > PATHS_BYTES_MAX {
            return;
        }
        self.unknown_bytes += bytes;
        let unknown = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        };
        self.unknown.push(unknown);
    }

    fn at_key(&mut self, name: &str, visit: impl FnOnce(&mut Self)) {
        let len = self.path.len();
        if len > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        visit(self);
        self.path.truncate(len);
    }

    fn at_index(&mut self, index: usize, visit: impl FnOnce(&mut Self)) {
        let len = self.path.len();
        let _ = write!(self.path, "[{index}]");
        visit(self);
        self.path.truncate(len);
    }
}

/// What the schema says of the member `name`: nothing, that it is there, or of what form it is.
fn child<'s>(schema: &'s Node, name: &str) -> Option<Option<&'s Structural>> {
    let properties = &schema.properties;
    if let Ok(at) = properties.binary_search_by(|(known, _)| known.as_str().cmp(name)) {
        return Some(Some(&properties[at].1));
    }
    match &schema.additional {
        Additional::Absent => None,
        Additional::Denied | Additional::Any => Some(None),
        Additional::Schema(schema) => Some(Some(schema)),
    }
}
