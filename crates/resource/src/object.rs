//! An object whose kind is known at run time only, and comparisons that need no type.
use meta::{
    KindObject,
    codec::{self, Message},
};
use std::sync::Arc;

/// An owned object of some kind.
pub type Object = Box<dyn KindObject>;

/// An object that others read too.
pub type SharedObject = Arc<dyn KindObject>;

/// Whether a top-level field (by JSON name) is the same in both objects of one kind. A field that does not exist is equal.
#[must_use]
pub fn same_field(a: &dyn Message, b: &dyn Message, json_name: &str) -> bool {
    let index = a
        .info()
        .fields
        .iter()
        .position(|field| field.json_name == json_name);
    index.is_none_or(|i| codec::same(a.field(i), b.field(i)))
}
