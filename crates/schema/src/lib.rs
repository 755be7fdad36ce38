//! The fact tables of every built-in type: what patch, apply, discovery and OpenAPI must know beyond the structs.
//!
//! Static tables and look-ups; no code per kind.

pub mod discovery;
pub mod dynamic;
pub mod lifecycle;
pub mod openapi;
mod types;

mod generated {
    //! Written by `cargo xtask schema`.
    pub(crate) mod lives;
    pub(crate) mod resources;
    pub(crate) mod types;
}

pub use types::{
    FieldInfo, GroupVersionKind, ListType, MapType, Shape, TypeId, TypeInfo, TypeKind, Union,
};

/// The type of a kind; none for kinds that are not served.
#[must_use]
pub fn lookup(group: &str, version: &str, kind: &str) -> Option<&'static TypeInfo> {
    let kinds = generated::types::KINDS;
    let index = kinds
        .binary_search_by(|row| (row.0, row.1, row.2).cmp(&(group, version, kind)))
        .ok()?;
    Some(kinds[index].3.info())
}

/// The type of an OpenAPI name: `io.k8s.api.core.v1.PodSpec`.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static TypeInfo> {
    let types = types();
    let index = types.binary_search_by(|info| info.name.cmp(name)).ok()?;
    types.get(index)
}

/// Every published type, by OpenAPI name.
#[must_use]
pub fn types() -> &'static [TypeInfo] {
    generated::types::TYPES
}
