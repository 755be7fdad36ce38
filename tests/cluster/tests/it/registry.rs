//! The registry of the test kit, under its short name.

pub(crate) use testkit::{Registry, example};
