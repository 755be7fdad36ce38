//! What patching must know of a kind's fields: their shapes, list keys, atomicity and patch strategy.
//!
//! A [`Node`] is a cheap handle to one place of a schema: of the fact tables of the built-in kinds, or of
//! a [`Tree`] that was built at run time (custom resources, tests).

mod builtin;
mod tree;

pub(crate) use builtin::{BYTES, GoScalar, INT_OR_STRING, TIME};
pub use tree::{NodeId, Tree, TreeBuilder, TreeField, TreeKind};

use compact_str::CompactString;
use serde_json::Value;

/// One place in a kind's schema. Copying it is free.
#[derive(Clone, Copy, Debug)]
pub struct Node<'s>(Source<'s>);

#[derive(Clone, Copy, Debug)]
enum Source<'s> {
    Untyped,
    Builtin(builtin::Builtin),
    Tree(&'s Tree, NodeId),
}

/// The shape of the values that a [`Node`] describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'s> {
    /// A string, number or boolean: always replaced as a whole.
    Scalar(ScalarKind),
    /// An object with declared fields.
    Struct {
        /// Owned and replaced as a whole (`+structType=atomic`).
        atomic: bool,
    },
    /// An object with keys chosen by the user.
    Map {
        /// Owned and replaced as a whole (`+mapType=atomic`).
        atomic: bool,
    },
    /// A list.
    List(ListKind<'s>),
    /// Nothing is known: scalars and lists are leaves, objects are maps of the same.
    Untyped,
}

/// Which scalars a field takes. Only server-side apply checks it; the decoder of the kind is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarKind {
    /// Any of them: quantities, times, int-or-string.
    Any,
    /// `true` or `false`.
    Boolean,
    /// An integer or a float.
    Numeric,
    /// A string.
    String,
}

/// How the items of a list are told apart (`+listType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind<'s> {
    /// They are not: the list is one leaf.
    Atomic,
    /// By these fields of theirs.
    Map {
        /// Names of the fields, in the order of the declaration.
        keys: Keys<'s>,
    },
    /// By their own value.
    Set,
}

/// The names of a list's key fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys<'s> {
    /// From a table in the binary.
    Static(&'static [&'static str]),
    /// From a schema built at run time.
    Owned(&'s [CompactString]),
}

/// A declared field of a struct.
#[derive(Clone, Copy, Debug)]
pub struct Field<'s> {
    /// The schema of its value.
    pub node: Node<'s>,
    /// Strategic merge patch: `patchStrategy`.
    pub strategy: Strategy,
    /// Strategic merge patch: `patchMergeKey`, for lists of objects.
    pub merge_key: Option<&'s str>,
    /// What a list key stands for when an item leaves it out.
    pub default: Option<KeyDefault<'s>>,
}

/// The `patchStrategy` of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strategy {
    /// Lists are merged by item instead of replaced.
    pub merge: bool,
    /// Objects are replaced instead of merged.
    pub replace: bool,
}

/// A default for a list key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KeyDefault<'s> {
    /// JSON text, from a table in the binary: `"TCP"`.
    Json(&'static str),
    /// A value, from a schema built at run time.
    Value(&'s Value),
}

impl<'s> Keys<'s> {
    /// The names, in the order of the declaration.
    pub fn iter(self) -> impl Iterator<Item = &'s str> {
        let (fixed, owned) = match self {
            Keys::Static(names) => (names, &[][..]),
            Keys::Owned(names) => (&[][..], names),
        };
        fixed
            .iter()
            .copied()
            .chain(owned.iter().map(CompactString::as_str))
    }
}

impl<'s> Node<'s> {
    /// Nothing is known of the value. Custom resources without a schema, `RawExtension`.
    pub const fn untyped() -> Self {
        Self(Source::Untyped)
    }

    pub(crate) fn in_tree(tree: &'s Tree, id: NodeId) -> Self {
        Self(Source::Tree(tree, id))
    }

    /// The shape of the values here.
    pub fn kind(self) -> Kind<'s> {
        match self.0 {
            Source::Untyped => Kind::Untyped,
            Source::Builtin(builtin) => builtin.kind(),
            Source::Tree(tree, id) => tree.kind(id),
        }
    }

    /// The declared field `name` of a struct; `None` for maps, and for what nobody declared.
    pub fn field(self, name: &str) -> Option<Field<'s>> {
        match self.0 {
            Source::Untyped => None,
            Source::Builtin(builtin) => builtin.field(name),
            Source::Tree(tree, id) => tree.field(id, name),
        }
    }

    /// The schema of a list's items, of a map's values, or of a struct's undeclared fields.
    pub fn element(self) -> Node<'s> {
        match self.0 {
            Source::Untyped => self,
            Source::Builtin(builtin) => builtin.element(),
            Source::Tree(tree, id) => tree.element(id),
        }
    }

    /// The schema under the key `name` of an object, declared or not.
    pub fn child(self, name: &str) -> Node<'s> {
        self.field(name)
            .map_or_else(|| self.element(), |field| field.node)
    }

    /// Whether the object may have keys beyond the declared fields.
    pub fn open(self) -> bool {
        match self.0 {
            Source::Untyped => true,
            Source::Builtin(builtin) => builtin.open(),
            Source::Tree(tree, id) => tree.open(id),
        }
    }

    /// Go's scalar type, for upstream's messages; `None` where no table tells.
    pub(crate) fn go_scalar(self) -> Option<GoScalar> {
        match self.0 {
            Source::Builtin(builtin) => builtin.go_scalar(),
            Source::Untyped | Source::Tree(..) => None,
        }
    }

    /// Go's name of the struct, for upstream's messages; empty when there is none.
    pub fn type_name(self) -> &'s str {
        match self.0 {
            Source::Untyped => "",
            Source::Builtin(builtin) => builtin.type_name(),
            Source::Tree(tree, id) => tree.type_name(id),
        }
    }
}
