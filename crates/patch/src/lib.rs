//! Every way to change an object but replacing it: JSON patch (RFC 6902), merge patch (RFC 7386),
//! strategic merge patch and server-side apply with its managed fields.
//!
//! Pure: values in, values out. This crate reads no clock, does no I/O and names no kind; what it
//! must know of a kind's fields it asks a [`Node`] for. Errors carry upstream's words, because
//! clients and people read them.

mod document;
mod error;
mod field_set;
mod go;
mod json_patch;
pub mod managed;
mod manager;
pub mod merge_patch;
mod node;
mod path;
pub mod strategic;
pub mod typed;

pub use document::json_kind;
pub use error::PatchError;
pub use field_set::{FieldSet, FieldSetError};
pub use go::print as go_text;
pub use json_patch::{JSON_PATCH_OPERATIONS_MAX, JsonPatch, OperationError};
pub use manager::{
    ApplyError, Cause, Conflict, FieldManager, SingleVersion, UpdateError, VersionError, Versions,
    scale,
};
pub use node::{
    Field, KeyDefault, Keys, Kind, ListKind, Node, NodeId, ScalarKind, Strategy, Tree, TreeBuilder,
    TreeField, TreeKind,
};
pub use path::{ElementError, KeyField, KeyValue, Path, PathElement};
