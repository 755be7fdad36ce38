//! A schema as server-side apply sees it, as `kube-openapi/pkg/schemaconv` makes it of a published definition.

#[cfg(test)]
mod tests;

use crate::{
    Structural,
    structural::{Additional, ListType, MapType, Node, Type},
};
use meta::Str;
use patch::{NodeId, ScalarKind, Tree, TreeBuilder, TreeField, TreeKind};
use schema::{FieldInfo, Shape, TypeInfo, TypeKind};
use std::collections::HashMap;

const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

/// What server-side apply must know of a version's fields.
#[derive(Debug)]
pub struct ApplySchema {
    tree: Tree,
    root: NodeId,
}

impl ApplySchema {
    /// The schema of whole objects.
    #[must_use]
    pub fn node(&self) -> patch::Node<'_> {
        self.tree.node(self.root)
    }
}

impl Structural {
    /// The schema for server-side apply; type and metadata are added to it. A version without schema applies by
    /// [`patch::Node::untyped`].
    #[must_use]
    pub fn apply_schema(&self) -> ApplySchema {
        let mut maker = Maker::default();
        let root = maker.node(&self.0, self.0.preserve, true);
        ApplySchema {
            root,
            tree: maker.builder.finish(),
        }
    }
}

#[derive(Default)]
struct Maker {
    builder: TreeBuilder,
    /// Nodes of the server's own types, by name.
    known: HashMap<&'static str, NodeId>,
}

impl Maker {
    /// `preserve`: unknown fields are kept here, because of this node or of one above.
    fn node(&mut self, node: &Node, preserve: bool, is_resource: bool) -> NodeId {
        let kind = match node.type_ {
            Type::Unset if node.properties.is_empty() => TreeKind::Untyped,
            Type::Unset | Type::Object => self.object(node, preserve, is_resource),
            Type::Array => self.list(node, preserve),
            Type::Integer | Type::Number => TreeKind::Scalar(ScalarKind::Numeric),
            Type::Boolean => TreeKind::Scalar(ScalarKind::Boolean),
            Type::String => match format_of(node) {
                "" | "byte" => TreeKind::Scalar(ScalarKind::String),
                _ => TreeKind::Scalar(ScalarKind::Any),
            },
            Type::Unknown => TreeKind::Scalar(ScalarKind::Any),
        };
        self.builder.add(kind)
    }

    fn child(&mut self, schema: &Structural, preserve: bool) -> NodeId {
        let node = &schema.0;
        self.node(node, preserve || node.preserve, node.embedded)
    }

    fn list(&mut self, node: &Node, preserve: bool) -> TreeKind {
        let item = match &node.items {
            Some(items) => self.child(items, preserve),
            None => self.builder.add(TreeKind::Untyped),
        };
        match node.list_type {
            ListType::Set => TreeKind::SetList(item),
            ListType::Map => TreeKind::MapList {
                keys: node.list_map_keys.to_vec(),
                item,
            },
            ListType::Unset | ListType::Atomic | ListType::Unknown => TreeKind::AtomicList(item),
        }
    }

    fn object(&mut self, node: &Node, preserve: bool, is_resource: bool) -> TreeKind {
        let mut fields: Vec<TreeField> = Vec::new();
        for (name, property) in &node.properties {
            if is_resource && crate::pruning::is_type_or_metadata(name) {
                continue;
            }
            let default = property.0.default.as_deref().cloned();
            fields.push(TreeField {
                default,
                ..field(name.clone(), self.child(property, preserve))
            });
        }
        if is_resource {
            self.put_type_and_metadata(&mut fields);
        }
        let is_open = preserve || fields.is_empty();
        let rest = match &node.additional {
            Additional::Absent if is_open => Some(self.builder.add(TreeKind::Untyped)),
            Additional::Absent | Additional::Denied => None,
            Additional::Any => Some(self.builder.add(TreeKind::Untyped)),
            Additional::Schema(values) => Some(self.child(values, preserve)),
        };
        let atomic = node.map_type == MapType::Atomic;
        match rest {
            Some(value) if fields.is_empty() => TreeKind::Map { atomic, value },
            rest => TreeKind::Struct {
                name: Str::default(),
                atomic,
                fields,
                rest,
            },
        }
    }

    fn put_type_and_metadata(&mut self, fields: &mut Vec<TreeField>) {
        let text = self.builder.add(TreeKind::Scalar(ScalarKind::String));
        let metadata = schema::by_name(OBJECT_META).expect("ObjectMeta is a published type");
        let metadata = self.known(metadata);
        fields.push(field(Str::new("apiVersion"), text));
        fields.push(field(Str::new("kind"), text));
        fields.push(field(Str::new("metadata"), metadata));
    }

    /// A type of the server's own.
    fn known(&mut self, info: &'static TypeInfo) -> NodeId {
        if let Some(node) = self.known.get(info.name) {
            return *node;
        }
        let id = self.builder.reserve();
        self.known.insert(info.name, id);
        let kind = match info.kind {
            TypeKind::Struct if info.is_open() => TreeKind::Untyped,
            TypeKind::Struct => TreeKind::Struct {
                name: Str::new(info.go_name()),
                atomic: info.atomic,
                fields: info
                    .fields
                    .iter()
                    .map(|info| self.known_field(info))
                    .collect(),
                rest: None,
            },
            TypeKind::Time | TypeKind::IntOrString | TypeKind::Quantity => {
                TreeKind::Scalar(ScalarKind::Any)
            }
            TypeKind::Any => TreeKind::Untyped,
        };
        self.builder.set(id, kind);
        id
    }

    fn known_field(&mut self, info: &'static FieldInfo) -> TreeField {
        let node = match &info.shape {
            Shape::List(item) => {
                let item = self.known_shape(item);
                let kind = match info.list_type {
                    schema::ListType::Set => TreeKind::SetList(item),
                    schema::ListType::Map(keys) => TreeKind::MapList {
                        keys: keys.iter().copied().map(Str::new).collect(),
                        item,
                    },
                    schema::ListType::Unset | schema::ListType::Atomic => {
                        TreeKind::AtomicList(item)
                    }
                };
                self.builder.add(kind)
            }
            shape => self.known_shape(shape),
        };
        let default = |json| serde_json::from_str(json).expect("a generated default is JSON");
        TreeField {
            default: info.default.map(default),
            ..field(Str::new(info.name), node)
        }
    }

    fn known_shape(&mut self, shape: &'static Shape) -> NodeId {
        let kind = match shape {
            Shape::Type(id) => return self.known(id.info()),
            Shape::String { format: "", .. } => TreeKind::Scalar(ScalarKind::String),
            Shape::String { .. } => TreeKind::Scalar(ScalarKind::Any),
            Shape::Integer { .. } | Shape::Number { .. } => TreeKind::Scalar(ScalarKind::Numeric),
            Shape::Boolean => TreeKind::Scalar(ScalarKind::Boolean),
            Shape::List(item) => TreeKind::AtomicList(self.known_shape(item)),
            Shape::Map(value) => TreeKind::Map {
                atomic: false,
                value: self.known_shape(value),
            },
            Shape::Object => TreeKind::Untyped,
        };
        self.builder.add(kind)
    }
}

fn field(name: Str, node: NodeId) -> TreeField {
    TreeField {
        name,
        node,
        strategy: patch::Strategy::default(),
        merge_key: None,
        default: None,
    }
}

fn format_of(node: &Node) -> &str {
    let validation = node.validation.as_deref();
    validation.map_or("", |validation| &validation.format)
}
