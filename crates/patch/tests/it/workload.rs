//! A small workload kind: enough of a pod and a service to try every rule.

use patch::{FieldManager, FieldSet, Node, NodeId, SingleVersion, Tree};
use serde_json::{Value, json};

use crate::literal;

/// The kind, with what its field manager needs.
pub(crate) struct Workload {
    tree: Tree,
    root: NodeId,
    zero: Value,
    reset: FieldSet,
}

impl Workload {
    pub(crate) fn new() -> Self {
        let (tree, root) = literal::schema(&workload());
        Self {
            tree,
            root,
            zero: json!({"metadata": {}, "spec": {"containers": null}, "status": {}}),
            reset: FieldSet::of(&[&["status"]]),
        }
    }

    pub(crate) fn node(&self) -> Node<'_> {
        self.tree.node(self.root)
    }

    pub(crate) fn zero(&self) -> &Value {
        &self.zero
    }

    /// Calls `f` with the field manager of the main resource, at second `second`.
    pub(crate) fn at<T>(&self, second: u32, f: impl FnOnce(FieldManager<'_>) -> T) -> T {
        let now = format!("2026-11-22T01:00:{second:02}Z");
        f(FieldManager {
            api_version: "apps/v1",
            kind: "Workload",
            subresource: "",
            versions: &SingleVersion {
                api_version: "apps/v1",
                node: self.node(),
            },
            zero: &self.zero,
            reset_fields: &self.reset,
            now: &now,
        })
    }
}

/// A value as text, with sorted keys however maps are kept.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(text).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("{}:{}", json!(key), text(value)))
                .collect();
            fields.sort();
            format!("{{{}}}", fields.join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// An object of the kind with this `spec`.
pub(crate) fn object(spec: Value) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Workload",
        "metadata": {"name": "w", "namespace": "ns"},
        "spec": spec,
    })
}

fn workload() -> Value {
    let port = json!({"name": "Port", "fields": {
        "name": "string",
        "port": {"scalar": "number", "default": 0},
        "protocol": {"scalar": "string", "default": "TCP"},
        "target": "any",
    }});
    let env = json!({"name": "Env", "fields": {"name": {"scalar": "string", "default": ""}, "value": "string"}});
    let container = json!({"name": "Container", "fields": {
        "name": {"scalar": "string", "default": ""},
        "image": "string",
        "command": {"atomicList": "string"},
        "env": {"list": env, "keys": ["name"], "merge": true, "mergeKey": "name"},
        "ports": {"list": port, "keys": ["port", "protocol"], "merge": true, "mergeKey": "port"},
    }});
    let volume = json!({"name": "Volume", "fields": {
        "name": "string",
        "emptyDir": {"fields": {"medium": "string"}},
        "hostPath": {"fields": {"path": "string"}},
    }});
    json!({"name": "Workload", "fields": {
        "apiVersion": "string",
        "kind": "string",
        "metadata": {"name": "ObjectMeta", "fields": {
            "name": "string",
            "namespace": "string",
            "uid": "string",
            "resourceVersion": "string",
            "labels": {"map": "string"},
            "annotations": {"map": "string"},
            "finalizers": {"set": "string", "merge": true},
            "managedFields": {"atomicList": "untyped"},
        }},
        "spec": {"name": "WorkloadSpec", "fields": {
            "replicas": "number",
            "paused": "bool",
            "selector": {"map": "string", "atomic": true},
            "strategy": {"name": "Strategy", "fields": {
                "type": "string",
                "rollingUpdate": {"fields": {"maxSurge": "any"}},
            }},
            "template": {"replace": true, "fields": {"a": "string", "b": "string"}},
            "containers": {"list": container, "keys": ["name"], "merge": true, "mergeKey": "name"},
            "volumes": {"list": volume, "keys": ["name"], "merge": true, "mergeKey": "name"},
            "args": {"atomicList": "string"},
        }},
        "status": {"name": "WorkloadStatus", "fields": {"ready": "number"}},
    }})
}
