//! Tests over the whole crate.

mod admission;
mod compare;
mod golden;
mod recorded;
mod replay;
