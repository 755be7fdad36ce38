//! Values under a schema: what structured-merge-diff calls typed values.
//!
//! Each operation is a walk over values and their [`Node`]s. Paths in errors are those of messages.

mod atomics;
mod compare;
mod created;
mod field_set_of;
mod item;
mod merge;
mod reconcile;
mod remove;
mod validate;

use std::fmt;

use serde_json::Value;

pub use atomics::atomics;
pub use compare::{Comparison, compare};
pub use created::created;
pub use field_set_of::field_set_of;
pub use merge::merge;
pub(crate) use reconcile::reconcile;
pub use remove::remove_items;
pub use validate::{Duplicates, validate};

use crate::node::{Kind, ListKind, Node, ScalarKind};

/// What does not fit its schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedErrors(pub Vec<TypedError>);

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedError {
    /// `.spec.ports[port=1]`; empty for the root.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl TypedErrors {
    fn one(message: impl Into<String>) -> Self {
        Self(vec![TypedError {
            path: String::new(),
            message: message.into(),
        }])
    }

    /// Moves the errors one step down.
    fn below(mut self, step: &dyn fmt::Display) -> Self {
        for error in &mut self.0 {
            error.path.insert_str(0, &step.to_string());
        }
        self
    }
}

impl fmt::Display for TypedErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = &self.0[..] {
            return write!(f, "{only}");
        }
        f.write_str("errors:")?;
        self.0.iter().try_for_each(|error| write!(f, "\n  {error}"))
    }
}

impl fmt::Display for TypedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for TypedErrors {}

/// The shape of one value: a node's kind, where untyped nodes take the shape of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Atom<'s> {
    Scalar(ScalarKind),
    Map { atomic: bool },
    List(ListKind<'s>),
}

impl<'s> Atom<'s> {
    fn of(node: Node<'s>, value: &Value) -> Self {
        match (node.kind(), value) {
            // `RawExtension` is published as an object, and takes anything.
            (Kind::Struct { atomic: true }, Value::Array(_)) if node.open() => {
                Self::List(ListKind::Atomic)
            }
            (Kind::Struct { atomic: true }, value)
                if node.open() && !matches!(value, Value::Object(_) | Value::Null) =>
            {
                Self::Scalar(ScalarKind::Any)
            }
            (Kind::Scalar(kind), _) => Self::Scalar(kind),
            (Kind::Struct { atomic } | Kind::Map { atomic }, _) => Self::Map { atomic },
            (Kind::List(kind), _) => Self::List(kind),
            (Kind::Untyped, Value::Array(_)) => Self::List(ListKind::Atomic),
            (Kind::Untyped, Value::Object(_) | Value::Null) => Self::Map { atomic: false },
            (Kind::Untyped, _) => Self::Scalar(ScalarKind::Any),
        }
    }
}

/// The shapes under which two values, of which at least one is there, are looked at together:
/// one, unless nothing is declared and they differ.
fn atoms<'s>(
    node: Node<'s>,
    left: Option<&Value>,
    right: Option<&Value>,
) -> (Option<Atom<'s>>, Option<Atom<'s>>) {
    let left = left.map(|value| Atom::of(node, value));
    let right = right.map(|value| Atom::of(node, value));
    if left == right {
        (None, right)
    } else {
        (left, right)
    }
}
