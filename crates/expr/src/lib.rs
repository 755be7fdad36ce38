//! CEL, the expression language of admission policies, device selectors and rules of custom resources: whether an expression is
//! one, what it refers to, and of which type its value is as far as that shows without data.
//!
//! Pure, and knows no kind. What is checked: syntax, references to variables and functions that do not exist, and the type of
//! literals, operators, macros and well-known functions. What is not checked yet: overloads (`1 + 'a'` compiles), fields of
//! declared types, and what an evaluation may cost.

mod compile;
mod functions;
mod infer;

pub use compile::{CompileError, Environment, Program, compile};

/// A CEL type, as far as inference goes. `Dyn` is anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Null,
    List,
    Map,
    Duration,
    Timestamp,
    /// A type of the Kubernetes library, or one of a variable.
    Named(&'static str),
    Dyn,
}

impl Type {
    /// As CEL prints it. Elements of lists and maps are not inferred.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Uint => "uint",
            Self::Double => "double",
            Self::String => "string",
            Self::Bytes => "bytes",
            Self::Null => "null_type",
            Self::List => "list(dyn)",
            Self::Map => "map(dyn, dyn)",
            Self::Duration => "google.protobuf.Duration",
            Self::Timestamp => "google.protobuf.Timestamp",
            Self::Named(name) => name,
            Self::Dyn => "dyn",
        }
    }
}
