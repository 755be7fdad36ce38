//! A JSON reader over bytes, with Go's leniency, and the writing of JSON strings and numbers as Go does it.

mod go_syntax;
mod reader;
mod write;

pub use self::{
    go_syntax::syntax_error,
    reader::{DEPTH_MAX, Members, RAW_DEPTH_MAX, RawString, Reader, noun},
    write::{compact, put_f64, put_i64, put_string},
};

#[cfg(test)]
mod tests;
