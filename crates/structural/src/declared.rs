//! What expressions may know of a value from its schema: its CEL type, and how large it can be within a request.

#[cfg(test)]
mod tests;

use crate::{
    Structural,
    structural::{Additional, ListType, Node, Type},
    validate::Validation,
};
use expr::{ListMerge, ObjectType, SizeEstimate, Sizes};
use serde_json::Value;
use std::collections::BTreeMap;

/// Upstream's estimates do not depend on what the server accepts.
pub(crate) const REQUEST_BYTES_MAX: u64 = 3 << 20;
/// What `metadata.name` can be.
const NAME_LENGTH_MAX: u64 = 253;
const DURATION_BYTES_MAX: u64 = 32;
const DATE_BYTES: u64 = 12;
const DATE_TIME_BYTES_MAX: u64 = 32;

/// A schema as expressions see it. Some are not seen: those without type.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) type_: expr::Type,
    /// The least that its JSON takes.
    pub(crate) bytes_min: u64,
    /// Characters of a string, items of a list, entries of a map.
    elements_max: u64,
    below: Below,
}

#[derive(Clone, Debug)]
enum Below {
    Nothing,
    Items(Box<Declared>),
    Values(Box<Declared>),
    /// By escaped name.
    Fields(BTreeMap<String, Declared>),
}

/// Whether a schema is that of a resource, whose type and names are always seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum As {
    Resource,
    Value,
}

impl As {
    /// As what a schema below another is seen.
    pub(crate) fn embedded(schema: &Structural) -> Self {
        match schema.0.embedded {
            true => Self::Resource,
            false => Self::Value,
        }
    }
}

impl Declared {
    /// What expressions see of a schema, if anything.
    pub(crate) fn new(schema: &Structural, seen: As) -> Option<Self> {
        of(schema, seen, "selfType")
    }

    pub(crate) fn items(&self) -> Option<&Self> {
        match &self.below {
            Below::Items(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn values(&self) -> Option<&Self> {
        match &self.below {
            Below::Values(values) => Some(values),
            _ => None,
        }
    }

    /// By escaped name.
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        match &self.below {
            Below::Fields(fields) => fields.get(name),
            _ => None,
        }
    }

    fn plain(type_: expr::Type, bytes_min: u64, elements_max: u64) -> Self {
        Self {
            type_,
            bytes_min,
            elements_max,
            below: Below::Nothing,
        }
    }
}

/// The path begins with the variable.
impl Sizes for Declared {
    fn size(&self, path: &[&str]) -> Option<SizeEstimate> {
        let (_, path) = path.split_first()?;
        let mut at = self;
        for name in path {
            at = match (*name, &at.below) {
                ("@items", Below::Items(below)) | ("@values" | "@items", Below::Values(below)) => {
                    below
                }
                ("@values", Below::Items(below)) => below,
                // Keys are strings of which nothing is known.
                ("@keys", Below::Values(_)) => return Some(SizeEstimate { min: 0, max: 0 }),
                (name, Below::Fields(fields)) => fields.get(name)?,
                _ => return None,
            };
        }
        Some(SizeEstimate {
            min: 0,
            max: at.elements_max,
        })
    }
}

fn of(schema: &Structural, seen: As, name: &str) -> Option<Declared> {
    let node = &schema.0;
    let validation = node.validation.as_deref();
    let max_length = validation.and_then(|validation| validation.max_length);
    if node.int_or_string {
        let elements_max = max_length.map_or(REQUEST_BYTES_MAX - 2, characters_bytes);
        return Some(Declared::plain(expr::Type::Dyn, 1, elements_max));
    }
    match node.type_ {
        Type::Array => list(node, validation, name),
        Type::Object => match &node.additional {
            Additional::Schema(values) => map(values, validation, name),
            Additional::Absent | Additional::Denied | Additional::Any => {
                Some(object(schema, seen, name))
            }
        },
        Type::String => Some(string(validation)),
        Type::Boolean => Some(Declared::plain(expr::Type::Bool, 4, 0)),
        Type::Number => Some(Declared::plain(expr::Type::Double, 1, 0)),
        Type::Integer => Some(Declared::plain(expr::Type::Int, 1, 0)),
        Type::Unset | Type::Unknown => None,
    }
}

fn list(node: &Node, validation: Option<&Validation>, name: &str) -> Option<Declared> {
    let items = node.items.as_ref()?;
    let items = of(items, As::embedded(items), &format!("{name}.@idx"))?;
    let merge = match node.list_type {
        ListType::Set => ListMerge::Set,
        ListType::Map => {
            ListMerge::Map(node.list_map_keys.iter().map(ToString::to_string).collect())
        }
        ListType::Unset | ListType::Atomic | ListType::Unknown => ListMerge::Atomic,
    };
    let max = validation.and_then(|validation| validation.max_items);
    let elements_max = max.map_or(
        (REQUEST_BYTES_MAX - 2) / (items.bytes_min + 1),
        not_negative,
    );
    Some(Declared {
        type_: expr::Type::merged_list(items.type_.clone(), merge),
        bytes_min: 2,
        elements_max,
        below: Below::Items(Box::new(items)),
    })
}

fn map(values: &Structural, validation: Option<&Validation>, name: &str) -> Option<Declared> {
    let values = of(values, As::embedded(values), &format!("{name}.@elem"))?;
    let max = validation.and_then(|validation| validation.max_properties);
    // Beside the value a key takes quotes, colon, comma and two bytes.
    let elements_max = max.map_or(
        (REQUEST_BYTES_MAX - 2) / (values.bytes_min + 6),
        not_negative,
    );
    Some(Declared {
        type_: expr::Type::map(expr::Type::String, values.type_.clone()),
        bytes_min: 2,
        elements_max,
        below: Below::Values(Box::new(values)),
    })
}

fn object(schema: &Structural, seen: As, name: &str) -> Declared {
    let node = &schema.0;
    let mut maker = ObjectMaker {
        type_: ObjectType::new(name),
        fields: BTreeMap::new(),
        bytes_min: 2,
    };
    let required = node
        .validation
        .as_deref()
        .map_or(&[][..], |validation| &validation.required);
    let is_own = seen == As::Resource && !says_type_and_names(schema);
    for (property_name, property) in &node.properties {
        let is_replaced = is_own && crate::pruning::is_type_or_metadata(property_name);
        if is_replaced {
            continue;
        }
        let name = format!("{name}.{property_name}");
        if let Some(declared) = of(property, As::embedded(property), &name) {
            let is_required = required.contains(property_name) && property.0.default.is_none();
            maker.put(property_name, declared, is_required);
        }
    }
    if is_own {
        for (field, declared) in [
            ("apiVersion", string(None)),
            ("kind", string(None)),
            ("metadata", metadata(schema, name)),
        ] {
            maker.put(field, declared, required.iter().any(|name| name == field));
        }
    }
    Declared {
        type_: expr::Type::object(maker.type_),
        bytes_min: maker.bytes_min,
        elements_max: 0,
        below: Below::Fields(maker.fields),
    }
}

struct ObjectMaker {
    type_: ObjectType,
    fields: BTreeMap<String, Declared>,
    bytes_min: u64,
}

impl ObjectMaker {
    fn put(&mut self, name: &str, declared: Declared, is_required: bool) {
        if is_required {
            self.bytes_min += name.len() as u64 + declared.bytes_min + 4;
        }
        self.type_.insert(name, declared.type_.clone());
        if let Some(escaped) = expr::escape(name) {
            self.fields.insert(escaped, declared);
        }
    }
}

/// The names of a resource, as far as its schema does not say less of them.
fn metadata(schema: &Structural, name: &str) -> Declared {
    let declared = schema.property("metadata");
    let length_of = |name: &str| {
        let schema = declared?.property(name)?;
        schema.0.validation.as_deref()?.max_length.map(not_negative)
    };
    let mut maker = ObjectMaker {
        type_: ObjectType::new(format!("{name}.metadata")),
        fields: BTreeMap::new(),
        bytes_min: 2,
    };
    for (name, max) in [
        ("name", NAME_LENGTH_MAX),
        // What is generated takes a character at least.
        ("generateName", NAME_LENGTH_MAX - 1),
    ] {
        let max = length_of(name).map_or(max, |length| length.min(max));
        maker.put(name, Declared::plain(expr::Type::String, 2, max * 4), false);
    }
    Declared {
        type_: expr::Type::object(maker.type_),
        bytes_min: 2,
        elements_max: 0,
        below: Below::Fields(maker.fields),
    }
}

/// Whether a schema itself declares type and names.
fn says_type_and_names(schema: &Structural) -> bool {
    let is_text =
        |schema: Option<&Structural>| schema.is_some_and(|schema| schema.0.type_ == Type::String);
    let Some(metadata) = schema.property("metadata") else {
        return false;
    };
    is_text(schema.property("kind"))
        && is_text(schema.property("apiVersion"))
        && metadata.0.type_ == Type::Object
        && is_text(metadata.property("name"))
        && is_text(metadata.property("generateName"))
}

fn string(validation: Option<&Validation>) -> Declared {
    let (format, max_length) = match validation {
        Some(validation) => (validation.format.as_str(), validation.max_length),
        None => ("", None),
    };
    match format {
        "byte" => {
            let max = max_length.map_or(REQUEST_BYTES_MAX - 2, not_negative);
            Declared::plain(expr::Type::Bytes, 2, max)
        }
        "duration" => Declared::plain(expr::Type::Duration, 3, DURATION_BYTES_MAX),
        "date" => Declared::plain(expr::Type::Timestamp, DATE_BYTES, DATE_BYTES),
        "date-time" => Declared::plain(expr::Type::Timestamp, 21, DATE_TIME_BYTES_MAX),
        _ => {
            let values = validation.map_or(&[][..], |validation| &validation.enum_);
            let max = match max_length {
                Some(max) => characters_bytes(max),
                None if values.is_empty() => REQUEST_BYTES_MAX - 2,
                None => longest(values),
            };
            Declared::plain(expr::Type::String, 2, max)
        }
    }
}

fn longest(values: &[Value]) -> u64 {
    let lengths = values.iter().filter_map(Value::as_str).map(str::len);
    lengths.max().unwrap_or_default() as u64
}

/// A character takes four bytes at most.
fn characters_bytes(max: i64) -> u64 {
    not_negative(max).saturating_mul(4)
}

pub(crate) fn not_negative(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}
