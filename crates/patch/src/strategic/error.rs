//! Why a strategic merge patch was refused: upstream's words.

use serde_json::Value;
use thiserror::Error;

use crate::go;
use crate::node::{Kind, Node};

/// Why a strategic merge patch was refused.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum StrategicError {
    /// `$deleteFromPrimitiveList` without a field's name, or no list.
    #[error("invalid patch format of primitive list")]
    PrimitiveList,
    /// `$retainKeys` is no list, or lacks a field of the patch.
    #[error("invalid patch format of retainKeys")]
    RetainKeys,
    /// `$setElementOrder` without a field's name, or no list.
    #[error("invalid patch format of setElementOrder list")]
    SetElementOrder,
    /// A list whose items are lists.
    #[error("lists of lists are not supported")]
    ListOfLists,
    /// An item of a merge list has no key.
    #[error("map: {map} does not contain declared merge key: {key}")]
    MergeKey {
        /// The item.
        map: String,
        /// The key it lacks.
        key: String,
    },
    /// A value of another type than the directive or the current value needs.
    #[error("expected a {expected}, but received a {actual}")]
    Type {
        /// Go's name of it.
        expected: &'static str,
        /// Go's name of it.
        actual: &'static str,
    },
    /// `$patch` with something that is no directive here.
    #[error("unknown patch type: {directive} in map: {map}")]
    Directive {
        /// What it says.
        directive: String,
        /// Where.
        map: String,
    },
    /// `$patch: merge` in a list.
    #[error("merging lists cannot yet be specified in the patch")]
    MergeInList,
    /// The patch's items come in another order than `$setElementOrder` says.
    #[error("The order in patch list:\n{patch}\n doesn't match $setElementOrder list:\n{order}\n")]
    Order {
        /// The items.
        patch: String,
        /// The directive.
        order: String,
    },
    /// Items of several types.
    #[error("list element types are not identical: [{0}]")]
    ElementTypes(String),
    /// `$setElementOrder` of a list that is empty here and there.
    #[error("no elements in any of the given slices")]
    NoElements,
    /// A list of objects that is to be merged, without a key.
    #[error("cannot merge lists without merge key for {0}")]
    NoMergeKey(&'static str),
    /// An item that is no object.
    #[error("value for key {0} is not a map")]
    NotMap(usize),
    /// A field that the kind does not have.
    #[error("unable to find api field in struct {name} for the json field {field}", field = go::quote(.field))]
    Field {
        /// Go's name of the struct.
        name: String,
        /// JSON name of the field.
        field: String,
    },
    /// An object in something that is no struct.
    #[error("merging an object in json but data type is not struct, instead is: {0}")]
    NotStruct(&'static str),
    /// A list for a field that is none.
    #[error("expected slice or array type, but got: struct")]
    NotList,
}

impl StrategicError {
    /// Upstream answers 400 with the text.
    pub(crate) fn is_bad_request(&self) -> bool {
        matches!(
            self,
            Self::PrimitiveList | Self::RetainKeys | Self::SetElementOrder
        )
    }

    /// Upstream answers 422 without it.
    pub(crate) fn is_rejected(&self) -> bool {
        *self == Self::ListOfLists
    }

    pub(super) fn expected_map(actual: &Value) -> Self {
        Self::Type {
            expected: "map[string]interface {}",
            actual: go::type_name(actual),
        }
    }

    pub(super) fn expected_list(actual: &Value) -> Self {
        Self::Type {
            expected: "[]interface {}",
            actual: go::type_name(actual),
        }
    }

    /// Names what kind of thing Go holds in the items of such a list.
    pub(super) fn no_list_key(item: Node<'_>) -> Self {
        Self::NoMergeKey(match item.kind() {
            Kind::Struct { .. } => "struct",
            Kind::Map { .. } => "map",
            Kind::List(_) => "slice",
            Kind::Scalar(_) | Kind::Untyped => item.go_scalar().map_or("string", |go| go.kind),
        })
    }

    pub(super) fn no_merge_key(map: &Value, key: &str) -> Self {
        Self::MergeKey {
            map: go::print(map),
            key: key.into(),
        }
    }

    pub(super) fn directive(directive: &Value, map: &Value) -> Self {
        Self::Directive {
            directive: go::print_as_text(directive),
            map: go::print(map),
        }
    }
}
