//! The members of objects and the items of lists.

use super::{Validation, correlation, outcome::Outcome, path::Path};
use crate::{
    Structural,
    pruning::is_type_or_metadata,
    structural::{Additional, ListType},
};
use meta::go_quote;
use serde_json::{Map, Value};

/// A value as it was, and the schema by which it is compared.
type Old<'a> = Option<(&'a Structural, &'a Value)>;

pub(super) fn check_items(
    schema: &Structural,
    validation: Option<&Validation>,
    path: &Path<'_>,
    items: &[Value],
    old: Old<'_>,
    outcome: &mut Outcome,
) {
    if let Some(item_schema) = &schema.0.items {
        let old = OldItems::new(old);
        for (index, item) in items.iter().enumerate() {
            let path = Path::Index(path, index);
            item_schema.check(&path, item, old.get(item), outcome);
        }
    }
    let Some(validation) = validation else { return };
    let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
    if let Some(min) = validation.min_items
        && count < min
    {
        let words = format!("should have at least {min} items");
        outcome.invalid(path, count.to_string(), words);
    }
    if let Some(max) = validation.max_items
        && count > max
    {
        outcome.too_many(path, items.len(), max, "items");
    }
    if validation.unique_items && has_duplicates(items) {
        outcome.invalid(path, "\"\"".to_owned(), "shouldn't contain duplicates");
    }
}

/// By text, so that a long list is not compared with itself.
fn has_duplicates(items: &[Value]) -> bool {
    let mut seen = std::collections::HashSet::with_capacity(items.len());
    items.iter().any(|item| !seen.insert(item.to_string()))
}

/// The items of a list as it was, found by their keys.
enum OldItems<'a> {
    None,
    Keyed(&'a Structural, correlation::Keyed<'a>),
}

impl<'a> OldItems<'a> {
    fn new(old: Old<'a>) -> Self {
        match old {
            Some((schema, Value::Array(items))) if schema.0.list_type == ListType::Map => {
                match &schema.0.items {
                    Some(item) => Self::Keyed(item, correlation::Keyed::new(schema, items)),
                    None => Self::None,
                }
            }
            _ => Self::None,
        }
    }

    fn get(&self, item: &Value) -> Old<'a> {
        match self {
            Self::None => None,
            Self::Keyed(schema, keyed) => Some((*schema, keyed.get(item)?)),
        }
    }
}

pub(super) fn check_members(
    schema: &Structural,
    validation: Option<&Validation>,
    path: &Path<'_>,
    members: &Map<String, Value>,
    old: Old<'_>,
    outcome: &mut Outcome,
) {
    if let Some(validation) = validation {
        check_count(validation, path, members.len(), outcome);
    }
    check_additional(schema, path, members, old, outcome);
    for (name, property) in &schema.0.properties {
        if let Some(value) = members.get(name.as_str()) {
            let old = old_member(path, name, old);
            let path = Path::Property(path, name);
            property.check(&path, value, old, outcome);
        }
    }
    for name in validation.map_or(&[][..], |validation| &validation.required) {
        if !members.contains_key(name.as_str()) {
            outcome.required(path, name);
        }
    }
}

fn check_count(validation: &Validation, path: &Path<'_>, count: usize, outcome: &mut Outcome) {
    let size = i64::try_from(count).unwrap_or(i64::MAX);
    if let Some(min) = validation.min_properties
        && size < min
    {
        let words = format!("should have at least {min} properties");
        outcome.invalid(path, size.to_string(), words);
    }
    if let Some(max) = validation.max_properties
        && size > max
    {
        outcome.too_many(path, count, max, "properties");
    }
}

fn check_additional(
    schema: &Structural,
    path: &Path<'_>,
    members: &Map<String, Value>,
    old: Old<'_>,
    outcome: &mut Outcome,
) {
    match &schema.0.additional {
        Additional::Absent | Additional::Any => {}
        Additional::Denied => {
            for name in members.keys() {
                if schema.property(name).is_none() {
                    let words = format!("{path}.{name} in body is a forbidden property");
                    outcome.invalid_as(path, go_quote(name), words);
                }
            }
        }
        Additional::Schema(values) => {
            for (name, value) in members {
                if schema.property(name).is_none() {
                    let old = old_member(path, name, old);
                    let path = Path::Additional(path, name);
                    values.check(&path, value, old, outcome);
                }
            }
        }
    }
}

/// What stood under `name`. The type of the whole cannot be ratcheted: both were converted to the same.
fn old_member<'a>(path: &Path<'_>, name: &str, old: Old<'a>) -> Old<'a> {
    let (schema, old) = old?;
    if matches!(path, Path::Root) && is_type_or_metadata(name) && name != "metadata" {
        return None;
    }
    let old = old.as_object()?.get(name)?;
    Some((schema.child(name)?, old))
}
