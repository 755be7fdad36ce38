//! The schemas of custom resources: what a structural schema is, and defaulting, pruning and validation of values by one.
//!
//! Pure: values in, values out. It knows the types of `apiextensions.k8s.io` and no HTTP, no store and no kind that a schema
//! describes. Behaviour and words are those of upstream's `apiextensions-apiserver/pkg/apiserver/{schema,validation}` and
//! `kube-openapi/pkg/validation`.
//!
//! A schema is compiled once into a [`Structural`]. An object that is read goes through [`Structural::read`] and
//! [`Structural::default`]; before it is written, through [`Structural::validate`], [`Structural::validate_embedded`] and
//! [`Structural::validate_lists`]. Recursion follows schemas and values, whose decoders bound their depth.

mod apply;
pub mod check;
mod columns;
mod declared;
mod defaulting;
pub mod definition;
pub mod field_path;
mod json_path;
mod lists;
mod metadata;
pub mod openapi;
mod print;
mod pruning;
mod rules;
mod structural;
mod validate;

pub use self::{
    apply::ApplySchema,
    columns::{NotAnObject, printer_cell, selectable_value, set_value_at, value_at},
    json_path::{JsonPath, JsonPathError},
    metadata::{Malformed, MetadataCheck},
    pruning::Root,
    rules::{RULES_BUDGET, Rules, rules_blocked},
    structural::{Structural, StructuralError},
    validate::is_request_uri,
};

#[cfg(test)]
mod testing;
