//! Schemas written as JSON literals.
//!
//! A node is `"string"`, `"number"`, `"bool"`, `"any"`, `"untyped"`; `{"fields": {…}}`; `{"map": node}`;
//! `{"list": node, "keys": […]}`, `{"set": node}`, `{"atomicList": node}`. Objects may add `"atomic": true`, and
//! where they are fields `"merge": true`, `"replace": true`, `"mergeKey"`, `"default"`, `"name"`.

use patch::{NodeId, ScalarKind, Strategy, Tree, TreeBuilder, TreeField, TreeKind};
use serde_json::Value;

/// A schema and its root.
pub(crate) fn schema(literal: &Value) -> (Tree, NodeId) {
    let mut builder = TreeBuilder::new();
    let root = node(&mut builder, literal);
    (builder.finish(), root)
}

fn node(builder: &mut TreeBuilder, literal: &Value) -> NodeId {
    let kind = match literal.as_str() {
        Some("string") => TreeKind::Scalar(ScalarKind::String),
        Some("number") => TreeKind::Scalar(ScalarKind::Numeric),
        Some("bool") => TreeKind::Scalar(ScalarKind::Boolean),
        Some("any") => TreeKind::Scalar(ScalarKind::Any),
        Some(_) => TreeKind::Untyped,
        None => compound(builder, literal),
    };
    builder.add(kind)
}

fn compound(builder: &mut TreeBuilder, literal: &Value) -> TreeKind {
    let atomic = literal["atomic"] == true;
    if let Some(fields) = literal["fields"].as_object() {
        let fields = fields
            .iter()
            .map(|(name, literal)| field(builder, name, literal))
            .collect();
        return TreeKind::Struct {
            name: literal["name"].as_str().unwrap_or_default().into(),
            atomic,
            fields,
            rest: None,
        };
    }
    if !literal["map"].is_null() {
        let value = node(builder, &literal["map"]);
        return TreeKind::Map { atomic, value };
    }
    if !literal["set"].is_null() {
        return TreeKind::SetList(node(builder, &literal["set"]));
    }
    if !literal["atomicList"].is_null() {
        return TreeKind::AtomicList(node(builder, &literal["atomicList"]));
    }
    if !literal["list"].is_null() {
        let keys = literal["keys"].as_array().into_iter().flatten();
        return TreeKind::MapList {
            keys: keys.filter_map(Value::as_str).map(Into::into).collect(),
            item: node(builder, &literal["list"]),
        };
    }
    node_of_scalar(literal)
}

/// A scalar that carries a default: `{"scalar": "string", "default": "TCP"}`.
fn node_of_scalar(literal: &Value) -> TreeKind {
    TreeKind::Scalar(match literal["scalar"].as_str() {
        Some("string") => ScalarKind::String,
        Some("number") => ScalarKind::Numeric,
        Some("bool") => ScalarKind::Boolean,
        _ => ScalarKind::Any,
    })
}

fn field(builder: &mut TreeBuilder, name: &str, literal: &Value) -> TreeField {
    TreeField {
        name: name.into(),
        node: node(builder, literal),
        strategy: Strategy {
            merge: literal["merge"] == true,
            replace: literal["replace"] == true,
        },
        merge_key: literal["mergeKey"].as_str().map(Into::into),
        default: literal.get("default").cloned(),
    }
}
