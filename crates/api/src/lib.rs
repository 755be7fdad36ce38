//! The generated structs of every served kind. Nothing here is written by hand but [`new_message`] and [`pods`]: `cargo xtask schema`
//! makes it.

mod generated;
pub mod pods;

pub use generated::*;

use meta::codec::Message;

/// An empty object of the type that documents with this `apiVersion` and `kind` have; none if we do not know it.
#[must_use]
pub fn new_message(api_version: &str, kind: &str) -> Option<Box<dyn Message>> {
    let row = roots::ROOTS
        .iter()
        .find(|row| row.0 == api_version && row.1 == kind)?;
    Some(row.2())
}
