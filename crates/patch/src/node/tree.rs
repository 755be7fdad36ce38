//! Schemas built at run time: an arena of nodes that may refer to each other in any order.

use compact_str::CompactString;
use serde_json::Value;

use super::{Field, KeyDefault, Keys, Kind, ListKind, Node, ScalarKind, Strategy};

/// A schema built at run time. Nodes refer to each other by [`NodeId`], so that recursive types work.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<TreeKind>,
}

/// A node of one [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeId(u32);

/// What a [`Tree`] holds of a node.
#[derive(Clone, Debug)]
pub enum TreeKind {
    /// See [`Kind::Untyped`].
    Untyped,
    /// See [`Kind::Scalar`].
    Scalar(ScalarKind),
    /// See [`Kind::Struct`].
    Struct {
        /// Go's name of the type, or empty.
        name: CompactString,
        /// Owned as a whole.
        atomic: bool,
        /// Sorted by name when the tree is finished.
        fields: Vec<TreeField>,
        /// The schema of undeclared fields, where they are allowed.
        rest: Option<NodeId>,
    },
    /// See [`Kind::Map`].
    Map {
        /// Owned as a whole.
        atomic: bool,
        /// The schema of the values.
        value: NodeId,
    },
    /// A list of kind [`ListKind::Atomic`].
    AtomicList(NodeId),
    /// A list of kind [`ListKind::Set`].
    SetList(NodeId),
    /// A list of kind [`ListKind::Map`].
    MapList {
        /// Names of the key fields, in the order of the declaration.
        keys: Vec<CompactString>,
        /// The schema of the items.
        item: NodeId,
    },
}

/// A field of a [`TreeKind::Struct`].
#[derive(Clone, Debug)]
pub struct TreeField {
    /// JSON name.
    pub name: CompactString,
    /// The schema of its value.
    pub node: NodeId,
    /// `patchStrategy`.
    pub strategy: Strategy,
    /// `patchMergeKey`.
    pub merge_key: Option<CompactString>,
    /// Default, used where the field is a list key.
    pub default: Option<Value>,
}

impl Tree {
    /// A handle to the node `id` of this tree.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node::in_tree(self, id)
    }

    pub(super) fn kind(&self, id: NodeId) -> Kind<'_> {
        match self.at(id) {
            TreeKind::Untyped => Kind::Untyped,
            TreeKind::Scalar(scalar) => Kind::Scalar(*scalar),
            TreeKind::Struct { atomic, .. } => Kind::Struct { atomic: *atomic },
            TreeKind::Map { atomic, .. } => Kind::Map { atomic: *atomic },
            TreeKind::AtomicList(_) => Kind::List(ListKind::Atomic),
            TreeKind::SetList(_) => Kind::List(ListKind::Set),
            TreeKind::MapList { keys, .. } => Kind::List(ListKind::Map {
                keys: Keys::Owned(keys),
            }),
        }
    }

    pub(super) fn field(&self, id: NodeId, name: &str) -> Option<Field<'_>> {
        let TreeKind::Struct { fields, .. } = self.at(id) else {
            return None;
        };
        let at = fields
            .binary_search_by(|field| field.name.as_str().cmp(name))
            .ok()?;
        let field = &fields[at];
        Some(Field {
            node: self.node(field.node),
            strategy: field.strategy,
            merge_key: field.merge_key.as_deref(),
            default: field.default.as_ref().map(KeyDefault::Value),
        })
    }

    pub(super) fn element(&self, id: NodeId) -> Node<'_> {
        match self.at(id) {
            TreeKind::Untyped | TreeKind::Scalar(_) | TreeKind::Struct { rest: None, .. } => {
                Node::untyped()
            }
            TreeKind::Struct {
                rest: Some(node), ..
            }
            | TreeKind::Map { value: node, .. }
            | TreeKind::AtomicList(node)
            | TreeKind::SetList(node)
            | TreeKind::MapList { item: node, .. } => self.node(*node),
        }
    }

    pub(super) fn open(&self, id: NodeId) -> bool {
        !matches!(self.at(id), TreeKind::Struct { rest: None, .. })
    }

    pub(super) fn type_name(&self, id: NodeId) -> &str {
        match self.at(id) {
            TreeKind::Struct { name, .. } => name,
            _ => "",
        }
    }

    fn at(&self, id: NodeId) -> &TreeKind {
        &self.nodes[id.0 as usize]
    }
}

/// Builds a [`Tree`]: nodes may be reserved first and described later.
#[derive(Debug, Default)]
pub struct TreeBuilder {
    nodes: Vec<TreeKind>,
}

impl TreeBuilder {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a node whose description follows with [`TreeBuilder::set`]; untyped until then.
    pub fn reserve(&mut self) -> NodeId {
        self.add(TreeKind::Untyped)
    }

    /// Adds a node.
    ///
    /// # Panics
    /// After 2³² nodes.
    pub fn add(&mut self, kind: TreeKind) -> NodeId {
        let id = u32::try_from(self.nodes.len()).expect("a schema has fewer than 2^32 nodes");
        self.nodes.push(kind);
        NodeId(id)
    }

    /// Describes a reserved node.
    pub fn set(&mut self, id: NodeId, kind: TreeKind) {
        self.nodes[id.0 as usize] = kind;
    }

    /// The finished schema.
    pub fn finish(mut self) -> Tree {
        for node in &mut self.nodes {
            if let TreeKind::Struct { fields, .. } = node {
                fields.sort_by(|a, b| a.name.cmp(&b.name));
            }
        }
        Tree { nodes: self.nodes }
    }
}
