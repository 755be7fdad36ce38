//! A target for each decoder of bytes from outside. To add one: write its module, add one line to [`TARGETS`], put an input it likes into
//! `seeds/NAME/`, and words that help into `dictionary`.
//!
//! `make fuzz` lets libFuzzer (feature `engine`) search each for a minute. Without it the targets run over their seeds as plain tests.

mod targets;

pub use targets::{TARGETS, Target, find};

#[cfg(test)]
mod tests;
