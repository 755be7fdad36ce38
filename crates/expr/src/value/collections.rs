//! Lists and maps, of JSON or made by expressions.

use super::{EvaluationError, Text, Value};
use crate::{ListMerge, ListType, ObjectType, Type};
use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

/// Elements of JSON with their type, or made.
#[derive(Clone, Debug)]
pub enum List<'a> {
    Json(&'a [serde_json::Value], &'a ListType),
    Own(Arc<Vec<Value<'a>>>),
    /// The sum of a list that merges and another: it is told apart and merges as the first.
    Merged(Arc<Vec<Value<'a>>>, &'a ListType),
}

/// Entries of JSON with their type, or made.
#[derive(Clone, Debug)]
pub enum Map<'a> {
    /// A map, its values of this type.
    Json(&'a serde_json::Map<String, serde_json::Value>, &'a Type),
    Object(
        &'a serde_json::Map<String, serde_json::Value>,
        &'a ObjectType,
    ),
    Own(Arc<BTreeMap<Key<'a>, Value<'a>>>),
    /// A message that the expression made: its type and its fields.
    Message(&'a str, Arc<BTreeMap<Key<'a>, Value<'a>>>),
    /// What is composed of other expressions: the evaluator knows what is in it, everybody else sees nothing.
    Composed,
}

impl<'a> List<'a> {
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Json(elements, _) => elements.len(),
            Self::Own(elements) | Self::Merged(elements, _) => elements.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How it is added to, and compared.
    pub(crate) fn merge(&self) -> &ListMerge {
        match self {
            Self::Json(_, type_) | Self::Merged(_, type_) => &type_.merge,
            Self::Own(_) => &ListMerge::Atomic,
        }
    }

    /// The element at the index, if there is one.
    pub fn get(&self, index: usize) -> Option<Result<Value<'a>, EvaluationError>> {
        match self {
            Self::Json(elements, type_) => elements
                .get(index)
                .map(|element| Value::json(element, &type_.element)),
            Self::Own(elements) | Self::Merged(elements, _) => elements.get(index).cloned().map(Ok),
        }
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Result<Value<'a>, EvaluationError>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

impl<'a> Map<'a> {
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Json(entries, _) | Self::Object(entries, _) => entries.len(),
            Self::Own(entries) | Self::Message(_, entries) => entries.len(),
            Self::Composed => 0,
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key, as `m[key]` finds it. Numbers are found whatever their type.
    pub(crate) fn find(&self, key: &Value<'_>) -> Option<Result<Value<'a>, EvaluationError>> {
        match (self, key) {
            (Self::Own(entries) | Self::Message(_, entries), _) => {
                entries.get(&Key::of(key)?).cloned().map(Ok)
            }
            (Self::Composed, _) => None,
            (_, Value::String(text)) => self.find_text(text.as_str()),
            _ => Some(Err(EvaluationError::no_such_overload())),
        }
    }

    /// The value of a key or of a field by its escaped name.
    pub fn find_text(&self, name: &str) -> Option<Result<Value<'a>, EvaluationError>> {
        match self {
            Self::Object(_, type_) => self.find_field(name, &type_.get(name)?.json),
            _ => self.find_field(name, name),
        }
    }

    /// As [`Map::find_text`] where the name in JSON is known. A field that is null is not there.
    pub(crate) fn find_field(
        &self,
        name: &str,
        json: &str,
    ) -> Option<Result<Value<'a>, EvaluationError>> {
        match self {
            Self::Json(entries, type_) => Some(Value::json(entries.get(name)?, type_)),
            Self::Object(entries, type_) => {
                let value = entries.get(json).filter(|value| !value.is_null())?;
                Some(Value::json(value, &type_.get(name)?.type_))
            }
            Self::Own(entries) | Self::Message(_, entries) => {
                let key = Key::String(Text::Borrowed(name));
                entries.get(&key).cloned().map(Ok)
            }
            Self::Composed => None,
        }
    }

    /// Keys; of objects the escaped names of the fields that are there.
    pub(crate) fn keys(&self) -> Vec<Value<'a>> {
        match self {
            Self::Json(entries, _) => entries.keys().map(|key| key.as_str().into()).collect(),
            Self::Object(entries, type_) => type_
                .fields()
                .filter(|(_, field)| entries.contains_key(&*field.json))
                .map(|(name, _)| name.into())
                .collect(),
            Self::Own(entries) | Self::Message(_, entries) => {
                entries.keys().map(Key::value).collect()
            }
            Self::Composed => Vec::new(),
        }
    }
}

/// A key of a map that an expression made.
#[derive(Clone, Debug)]
pub enum Key<'a> {
    Bool(bool),
    Int(i64),
    Uint(u64),
    String(Text<'a>),
}

impl<'a> Key<'a> {
    /// The key that is this value; doubles that are whole numbers are found as such. None for what cannot be a key.
    pub(crate) fn of(value: &Value<'a>) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(Self::Bool(*value)),
            Value::Int(value) => Some(Self::Int(*value)),
            Value::Uint(value) => Some(Self::Uint(*value)),
            Value::String(text) => Some(Self::String(text.clone())),
            Value::Double(value) => super::compare::whole(*value).map(Self::Int),
            _ => None,
        }
    }

    pub(crate) fn value(&self) -> Value<'a> {
        match self {
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(value) => Value::Int(*value),
            Self::Uint(value) => Value::Uint(*value),
            Self::String(text) => Value::String(text.clone()),
        }
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let number = |key: &Self| match key {
            Self::Int(value) => Some(i128::from(*value)),
            Self::Uint(value) => Some(i128::from(*value)),
            _ => None,
        };
        match (self, other) {
            (Self::Bool(one), Self::Bool(other)) => one.cmp(other),
            (Self::String(one), Self::String(other)) => one.as_str().cmp(other.as_str()),
            (Self::Bool(_), _) => Ordering::Less,
            (_, Self::Bool(_)) => Ordering::Greater,
            (Self::String(_), _) => Ordering::Greater,
            (_, Self::String(_)) => Ordering::Less,
            _ => number(self).cmp(&number(other)),
        }
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key<'_> {}
