//! The binary: configuration, build, run until a signal, drain with a deadline.
fn main() {}
