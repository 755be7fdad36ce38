//! Types of expressions and of the data that they read.

use std::{collections::BTreeMap, fmt, sync::Arc};

/// A CEL type. `Dyn` is anything, and what an int-or-string is until it is looked at. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Bool,
    Bytes,
    Double,
    Duration,
    Dyn,
    Int,
    Null,
    String,
    Timestamp,
    Uint,
    List(Arc<ListType>),
    Map(Arc<MapType>),
    Object(Arc<ObjectType>),
    Optional(Arc<Type>),
    /// The type of a type, as `type(1)` has it.
    Type(Arc<Type>),
    /// A type without fields that is known by its name: one of the Kubernetes library, or one of a variable.
    Named(&'static str),
    /// Not known yet. Only within the checker.
    Param(u32),
    /// Of an expression that has an error. Only within the checker.
    Error,
}

/// A list, and what makes two of them equal.
#[derive(Clone, Debug)]
pub struct ListType {
    pub element: Type,
    pub merge: ListMerge,
}

/// `x-kubernetes-list-type`: how lists compare and are concatenated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ListMerge {
    #[default]
    Atomic,
    /// Order does not matter, `+` is a union.
    Set,
    /// Elements are objects with these keys (names as in JSON); order does not matter, `+` overwrites elements of the same keys.
    Map(Vec<String>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct MapType {
    pub key: Type,
    pub value: Type,
}

/// An object with declared fields. Two are one type if they have the same name, so names must tell types apart within an environment.
#[derive(Clone, Debug)]
pub struct ObjectType {
    name: Arc<str>,
    /// By the name that expressions use.
    fields: BTreeMap<Box<str>, Field>,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    pub type_: Type,
    /// The name in JSON.
    pub json: Box<str>,
}

/// Equal whatever the merge: that is a matter of values.
impl PartialEq for ListType {
    fn eq(&self, other: &Self) -> bool {
        self.element == other.element
    }
}

impl PartialEq for ObjectType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl ObjectType {
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            fields: BTreeMap::new(),
        }
    }

    /// Adds a field by its name in JSON, which is escaped here; one whose name cannot be is not visible.
    #[must_use]
    pub fn field(mut self, json: &str, type_: Type) -> Self {
        self.insert(json, type_);
        self
    }

    /// As [`ObjectType::field`].
    pub fn insert(&mut self, json: &str, type_: Type) {
        if let Some(name) = crate::escape(json) {
            let field = Field {
                type_,
                json: json.into(),
            };
            self.fields.insert(name.into(), field);
        }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// By the escaped name. Words that are escaped as variables are also known as they are: behind a dot they cannot be mistaken.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Field> {
        let escaped = || {
            let reserved = crate::escape::is_reserved(name);
            reserved.then(|| format!("__{name}__"))
        };
        let found = self.fields.get(name);
        found.or_else(|| self.fields.get(escaped()?.as_str()))
    }

    /// Escaped names and fields, in order of the names.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Field)> {
        self.fields.iter().map(|(name, field)| (&**name, field))
    }
}

impl Type {
    #[must_use]
    pub fn list(element: Self) -> Self {
        Self::merged_list(element, ListMerge::Atomic)
    }

    #[must_use]
    pub fn merged_list(element: Self, merge: ListMerge) -> Self {
        Self::List(Arc::new(ListType { element, merge }))
    }

    #[must_use]
    pub fn map(key: Self, value: Self) -> Self {
        Self::Map(Arc::new(MapType { key, value }))
    }

    #[must_use]
    pub fn object(type_: ObjectType) -> Self {
        Self::Object(Arc::new(type_))
    }

    #[must_use]
    pub fn optional(value: Self) -> Self {
        Self::Optional(Arc::new(value))
    }
}

/// As CEL prints the types of results.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::Bytes => f.write_str("bytes"),
            Self::Double => f.write_str("double"),
            Self::Duration => f.write_str("google.protobuf.Duration"),
            Self::Dyn => f.write_str("dyn"),
            Self::Int => f.write_str("int"),
            Self::Null => f.write_str("null_type"),
            Self::String => f.write_str("string"),
            Self::Timestamp => f.write_str("google.protobuf.Timestamp"),
            Self::Uint => f.write_str("uint"),
            Self::List(list) => write!(f, "list({})", list.element),
            Self::Map(map) => write!(f, "map({}, {})", map.key, map.value),
            Self::Object(object) => f.write_str(object.name()),
            Self::Optional(value) => write!(f, "optional_type({value})"),
            Self::Type(of) if **of == Self::Dyn => f.write_str("type"),
            Self::Type(of) => write!(f, "type({of})"),
            Self::Named(name) => f.write_str(name),
            Self::Param(number) => write!(f, "_var{number}"),
            Self::Error => f.write_str("!error!"),
        }
    }
}
