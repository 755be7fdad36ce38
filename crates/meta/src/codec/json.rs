//! A JSON reader over bytes, with Go's leniency, and the writing of JSON strings and numbers as Go does it.

mod go_syntax;
mod reader;
mod tree;
mod write;

pub use self::{
    go_syntax::syntax_error,
    reader::{DEPTH_MAX, Members, RAW_DEPTH_MAX, RawString, Reader, noun},
    tree::{parse_tree, put_tree},
    write::{compact, put_f64, put_i64, put_string},
};

pub(crate) use self::{reader::replace_invalid, tree::put_member};

#[cfg(test)]
mod tests;
