//! The composition root: the only crate that sees every component.
