//! Builds schemas from upstream's published OpenAPI v3: what it uses itself.

use std::collections::BTreeMap;

use patch::{Node, NodeId, ScalarKind, Strategy, Tree, TreeBuilder, TreeField, TreeKind};
use serde_json::Value;

use crate::recorded;

/// The schemas of all built-in kinds.
pub(crate) struct OpenApi {
    tree: Tree,
    by_kind: BTreeMap<String, NodeId>,
}

impl OpenApi {
    /// `None` without the records.
    pub(crate) fn load() -> Option<Self> {
        recorded::path("openapi/v3")?;
        let mut definitions = serde_json::Map::new();
        for (_, document) in recorded::folder("openapi/v3") {
            let schemas = document["components"]["schemas"].as_object();
            definitions.extend(schemas.cloned().unwrap_or_default());
        }
        Some(Self::new(&definitions))
    }

    /// The schema of a kind: `apps/v1`, `Deployment`.
    pub(crate) fn node(&self, api_version: &str, kind: &str) -> Option<Node<'_>> {
        let id = self.by_kind.get(&format!("{api_version} {kind}"))?;
        Some(self.tree.node(*id))
    }

    fn new(definitions: &serde_json::Map<String, Value>) -> Self {
        let mut loader = Loader {
            builder: TreeBuilder::new(),
            named: BTreeMap::new(),
            definitions,
        };
        let names: Vec<_> = definitions.keys().cloned().collect();
        for name in &names {
            let id = loader.builder.reserve();
            loader.named.insert(name.clone(), id);
        }
        let mut by_kind = BTreeMap::new();
        for name in &names {
            let schema = &definitions[name];
            let kind = loader.kind(name, schema, false);
            let id = loader.named[name];
            loader.builder.set(id, kind);
            for kind in schema["x-kubernetes-group-version-kind"]
                .as_array()
                .into_iter()
                .flatten()
            {
                let (group, version) = (
                    kind["group"].as_str().unwrap(),
                    kind["version"].as_str().unwrap(),
                );
                let slash = if group.is_empty() { "" } else { "/" };
                let kind = kind["kind"].as_str().unwrap();
                by_kind.insert(format!("{group}{slash}{version} {kind}"), id);
            }
        }
        Self {
            tree: loader.builder.finish(),
            by_kind,
        }
    }
}

struct Loader<'a> {
    builder: TreeBuilder,
    named: BTreeMap<String, NodeId>,
    definitions: &'a serde_json::Map<String, Value>,
}

impl Loader<'_> {
    fn node(&mut self, schema: &Value) -> NodeId {
        let reference = schema["$ref"]
            .as_str()
            .or_else(|| schema["allOf"][0]["$ref"].as_str());
        let atomic = schema["x-kubernetes-map-type"] == "atomic";
        if let Some(reference) = reference {
            let name = reference.trim_start_matches("#/components/schemas/");
            if !atomic {
                return self.named[name];
            }
            let kind = self.kind(name, &self.definitions[name].clone(), true);
            return self.builder.add(kind);
        }
        let kind = self.kind("", schema, atomic);
        self.builder.add(kind)
    }

    fn kind(&mut self, name: &str, schema: &Value, atomic: bool) -> TreeKind {
        let atomic = atomic || schema["x-kubernetes-map-type"] == "atomic";
        if name.ends_with("api.resource.Quantity") || name.ends_with("intstr.IntOrString") {
            return TreeKind::Scalar(ScalarKind::Any);
        }
        match schema["type"].as_str() {
            Some("string") => TreeKind::Scalar(match schema["format"].as_str() {
                Some("int-or-string" | "byte" | "date-time") => ScalarKind::Any,
                _ => ScalarKind::String,
            }),
            Some("integer" | "number") => TreeKind::Scalar(ScalarKind::Numeric),
            Some("boolean") => TreeKind::Scalar(ScalarKind::Boolean),
            Some("array") => self.list(schema),
            Some("object") if schema["properties"].is_object() => {
                let fields = schema["properties"].as_object().unwrap();
                let fields = fields
                    .iter()
                    .map(|(name, schema)| self.field(name, schema))
                    .collect();
                let name = name.rsplit('.').next().unwrap_or_default();
                TreeKind::Struct {
                    name: name.into(),
                    atomic,
                    fields,
                    rest: None,
                }
            }
            Some("object") if schema["additionalProperties"].is_object() => TreeKind::Map {
                atomic,
                value: self.node(&schema["additionalProperties"]),
            },
            _ => TreeKind::Untyped,
        }
    }

    fn list(&mut self, schema: &Value) -> TreeKind {
        let item = self.node(&schema["items"]);
        match schema["x-kubernetes-list-type"].as_str() {
            Some("set") => TreeKind::SetList(item),
            Some("map") => TreeKind::MapList {
                keys: schema["x-kubernetes-list-map-keys"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|key| key.as_str().unwrap().into())
                    .collect(),
                item,
            },
            // Before list types there were patch strategies.
            None if schema["x-kubernetes-patch-strategy"]
                .as_str()
                .is_some_and(|it| it.contains("merge")) =>
            {
                match schema["x-kubernetes-patch-merge-key"].as_str() {
                    Some(key) => TreeKind::MapList {
                        keys: vec![key.into()],
                        item,
                    },
                    None => TreeKind::SetList(item),
                }
            }
            _ => TreeKind::AtomicList(item),
        }
    }

    fn field(&mut self, name: &str, schema: &Value) -> TreeField {
        let strategy = schema["x-kubernetes-patch-strategy"]
            .as_str()
            .unwrap_or_default();
        let strategies: Vec<_> = strategy.split(',').collect();
        TreeField {
            name: name.into(),
            node: self.node(schema),
            strategy: Strategy {
                merge: strategies.contains(&"merge"),
                replace: strategies.contains(&"replace"),
            },
            merge_key: schema["x-kubernetes-patch-merge-key"]
                .as_str()
                .map(Into::into),
            default: schema.get("default").cloned(),
        }
    }
}
