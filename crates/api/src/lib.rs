//! The generated structs of every served kind. Nothing here is written by hand: `cargo xtask schema` makes it.

mod generated;

pub use generated::*;
