//! Filling in defaults, and dropping the nulls that no schema allows.

#[cfg(test)]
mod tests;

use crate::{Structural, structural::Additional};
use serde_json::{Map, Value};

impl Structural {
    /// Fills in the defaults, where a field is missing or is a null that it must not be. What is filled in gets its own
    /// defaults as well.
    pub fn default(&self, value: &mut Value) {
        if !self.0.defaults_below {
            return;
        }
        match value {
            Value::Object(members) => self.default_members(members),
            Value::Array(items) => {
                if let Some(schema) = &self.0.items {
                    for item in items {
                        schema.default_here(item);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Drops the members that are null although they must not be and have no default to become.
    pub fn prune_nulls(&self, value: &mut Value) {
        match value {
            Value::Object(members) => members.retain(|name, value| {
                let Some(schema) = self.child(name) else {
                    return true;
                };
                if value.is_null() {
                    return schema.0.nullable || schema.0.default.is_some();
                }
                schema.prune_nulls(value);
                true
            }),
            Value::Array(items) => {
                if let Some(schema) = &self.0.items {
                    for item in items {
                        schema.prune_nulls(item);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn default_members(&self, members: &mut Map<String, Value>) {
        for (name, schema) in &self.0.properties {
            match members.get_mut(name.as_str()) {
                Some(value) => schema.default_here(value),
                None => {
                    if let Some(default) = &schema.0.default {
                        let mut value = Value::clone(default);
                        schema.default(&mut value);
                        members.insert(name.to_string(), value);
                    }
                }
            }
        }
        if let Additional::Schema(schema) = &self.0.additional {
            for (name, value) in members.iter_mut() {
                if self.property(name).is_none() {
                    schema.default_here(value);
                }
            }
        }
    }

    /// The value that stands here, or the default in place of a null that must not be.
    fn default_here(&self, value: &mut Value) {
        if value.is_null()
            && !self.0.nullable
            && let Some(default) = &self.0.default
        {
            *value = Value::clone(default);
        }
        self.default(value);
    }
}

/// Where in an object a default stands, to see it in its surroundings.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'a> {
    Root,
    Child(&'a Place<'a>, &'a str),
    Index(&'a Place<'a>),
}

impl Place<'_> {
    /// The smallest value that has `focus` here.
    pub(crate) fn surround(&self, focus: Value) -> Value {
        match self {
            Self::Root => focus,
            Self::Child(parent, name) => {
                let members = Map::from_iter([((*name).to_owned(), focus)]);
                parent.surround(Value::Object(members))
            }
            Self::Index(parent) => parent.surround(Value::Array(vec![focus])),
        }
    }

    /// What stands here in a value that [`Place::surround`] made.
    pub(crate) fn take(&self, value: Value) -> Option<Value> {
        match self {
            Self::Root => Some(value),
            Self::Child(parent, name) => match parent.take(value)? {
                Value::Object(mut members) => members.remove(*name),
                _ => None,
            },
            Self::Index(parent) => match parent.take(value)? {
                Value::Array(items) => items.into_iter().next(),
                _ => None,
            },
        }
    }
}
