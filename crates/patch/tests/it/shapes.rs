//! Patches, applies and writes as upstream answered them one after the other.

use std::fs;

use patch::{
    ApplyError, FieldManager, FieldSet, JsonPatch, Node, SingleVersion, merge_patch, strategic,
};
use serde_json::{Value, json};

use crate::recorded;

/// Exchanges by their place in the record.
struct Shapes {
    exchanges: Vec<Value>,
}

/// Where something is written.
struct Endpoint {
    api_version: &'static str,
    kind: &'static str,
    subresource: &'static str,
    reset: &'static [&'static [&'static str]],
    zero: Value,
}

fn config_map() -> Endpoint {
    Endpoint {
        api_version: "v1",
        kind: "ConfigMap",
        subresource: "",
        reset: &[],
        zero: json!({"metadata": {}}),
    }
}

fn pod() -> Endpoint {
    Endpoint {
        api_version: "v1",
        kind: "Pod",
        subresource: "",
        reset: &[&["status"]],
        zero: json!({"metadata": {}, "spec": {"containers": null}, "status": {}}),
    }
}

fn deployment() -> Endpoint {
    Endpoint {
        api_version: "apps/v1",
        kind: "Deployment",
        subresource: "",
        reset: &[&["status"]],
        zero: json!({
            "metadata": {},
            "spec": {
                "selector": null,
                "template": {"metadata": {}, "spec": {"containers": null}},
                "strategy": {},
            },
            "status": {},
        }),
    }
}

fn node(api_version: &str, kind: &str) -> Node<'static> {
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    Node::builtin(schema::lookup(group, version, kind).unwrap())
}

impl Shapes {
    fn load() -> Option<Self> {
        let text = fs::read_to_string(recorded::path("shapes.jsonl")?).unwrap();
        let exchanges = text.lines().map(|line| serde_json::from_str(line).unwrap());
        Some(Self {
            exchanges: exchanges.collect(),
        })
    }

    fn sent(&self, at: usize) -> &Value {
        &self.exchanges[at]["request"]["body"]
    }

    fn sent_bytes(&self, at: usize) -> Vec<u8> {
        serde_json::to_vec(self.sent(at)).unwrap()
    }

    fn answer(&self, at: usize) -> Value {
        self.exchanges[at]["body"].clone()
    }

    fn with<T>(&self, at: &Endpoint, f: impl FnOnce(FieldManager<'_>) -> T) -> T {
        f(FieldManager {
            api_version: at.api_version,
            kind: at.kind,
            subresource: at.subresource,
            versions: &SingleVersion {
                api_version: at.api_version,
                node: node(at.api_version, at.kind),
            },
            zero: &at.zero,
            reset_fields: &FieldSet::of(at.reset),
            now: "2026-11-22T01:40:50Z",
        })
    }

    /// Checks the managed fields after a write that made `new` of `live`.
    fn check_update(&self, at: &Endpoint, live: &Value, new: &Value, manager: &str) {
        let mut found = new.clone();
        found["metadata"]["managedFields"] = live["metadata"]["managedFields"].clone();
        self.with(at, |fields| fields.update(live, &mut found, manager));
        assert_eq!(
            found["metadata"]["managedFields"],
            new["metadata"]["managedFields"]
        );
    }

    /// Checks the managed fields after an apply, and that the recorded object has what was applied.
    fn check_apply(&self, live: &Value, at: usize, manager: &str, force: bool) {
        let endpoint = deployment();
        let found = self
            .with(&endpoint, |fields| {
                fields.apply(live, self.sent(at), manager, force)
            })
            .unwrap();
        let answer = self.answer(at);
        assert_eq!(
            found["metadata"]["managedFields"],
            answer["metadata"]["managedFields"]
        );
        let image = "/spec/template/spec/containers/0/image";
        assert_eq!(found.pointer(image), answer.pointer(image));
    }

    fn apply_error(&self, live: &Value, at: usize, manager: &str) -> ApplyError {
        let endpoint = deployment();
        self.with(&endpoint, |fields| {
            fields.apply(live, self.sent(at), manager, false)
        })
        .unwrap_err()
    }

    /// Checks code, reason and message of a refusal.
    fn check_refused(&self, at: usize, status: (u16, &str, String)) {
        let answer = self.answer(at);
        let (code, reason, message) = status;
        assert_eq!(answer["code"], code);
        assert_eq!(answer["reason"].as_str().unwrap_or_default(), reason);
        assert_eq!(answer["message"], message);
    }
}

#[test]
fn writes_of_a_config_map() {
    let Some(shapes) = Shapes::load() else {
        return;
    };
    let at = config_map();
    let created = shapes.answer(31);
    shapes.check_update(&at, &at.zero, &created, "unknown");
    shapes.check_update(&at, &created, &shapes.answer(32), "unknown");
    shapes.check_update(&at, &shapes.answer(36), &shapes.answer(37), "unknown");
    shapes.check_update(&at, &shapes.answer(37), &shapes.answer(40), "unknown");
}

#[test]
fn json_and_merge_patches_of_a_config_map() {
    let Some(shapes) = Shapes::load() else {
        return;
    };
    let (patch, complaints) = JsonPatch::decode(&shapes.sent_bytes(37)).unwrap();
    assert!(complaints.is_empty());
    let patched = patch.apply(shapes.answer(36)).unwrap();
    assert_eq!(patched["data"], shapes.answer(37)["data"]);
    for refused in [38, 39] {
        let (patch, _) = JsonPatch::decode(&shapes.sent_bytes(refused)).unwrap();
        let error = patch.apply(shapes.answer(37)).unwrap_err();
        shapes.check_refused(refused, error.status());
    }
    let (patch, _) = merge_patch::decode(&shapes.sent_bytes(40)).unwrap();
    let mut patched = shapes.answer(37);
    merge_patch::apply(&mut patched, patch);
    assert_eq!(patched["data"], shapes.answer(40)["data"]);
}

#[test]
fn the_creator_of_a_pod_owns_what_was_there_before_admission() {
    let Some(shapes) = Shapes::load() else {
        return;
    };
    let mut created = shapes.answer(0);
    let spec = created["spec"].as_object_mut().unwrap();
    for added in [
        "volumes",
        "serviceAccount",
        "serviceAccountName",
        "tolerations",
        "priority",
        "preemptionPolicy",
    ] {
        spec.remove(added);
    }
    let container = created["spec"]["containers"][0].as_object_mut().unwrap();
    container.remove("volumeMounts");
    let at = pod();
    let recorded = created["metadata"]["managedFields"].take();
    let mut found = created.clone();
    shapes.with(&at, |fields| fields.update(&at.zero, &mut found, ""));
    let mut found = found["metadata"]["managedFields"].take();
    found[0]["time"] = recorded[0]["time"].clone();
    assert_eq!(found, recorded);
}

#[test]
fn strategic_merge_patches_of_a_deployment() {
    let Some(shapes) = Shapes::load() else {
        return;
    };
    let at = deployment();
    let created = shapes.answer(53);
    shapes.check_update(&at, &at.zero, &created, "unknown");

    let node = node("apps/v1", "Deployment");
    let patched = |live: Value, at: usize| {
        let (patch, _) = strategic::decode(&shapes.sent_bytes(at)).unwrap();
        strategic::apply(node, live, patch)
    };
    let refused = patched(created.clone(), 56).unwrap_err();
    shapes.check_refused(56, refused.status());

    let replaced = patched(created, 57).unwrap();
    let only = json!([{"name": "only", "image": "o"}]);
    assert_eq!(replaced["spec"]["template"]["spec"]["containers"], only);

    let retained = patched(shapes.answer(57), 58).unwrap();
    assert_eq!(retained["spec"], shapes.answer(58)["spec"]);
    shapes.check_update(&at, &shapes.answer(57), &shapes.answer(58), "unknown");

    let status = Endpoint {
        subresource: "status",
        reset: &[&["spec"], &["metadata", "labels"]],
        ..at
    };
    shapes.check_update(&status, &shapes.answer(58), &shapes.answer(59), "unknown");
}

#[test]
fn applies_of_a_deployment() {
    let Some(shapes) = Shapes::load() else {
        return;
    };
    shapes.check_apply(&deployment().zero, 60, "alice", false);

    let conflict = shapes.apply_error(&shapes.answer(60), 62, "bob");
    shapes.check_refused(62, conflict.status());
    let causes: Vec<_> = conflict
        .causes()
        .into_iter()
        .map(|it| json!({"reason": it.reason, "message": it.message, "field": it.field}))
        .collect();
    assert_eq!(json!(causes), shapes.answer(62)["details"]["causes"]);

    shapes.check_apply(&shapes.answer(60), 63, "bob", true);
    shapes.check_apply(&shapes.answer(63), 64, "alice", true);
    let refused = shapes.apply_error(&shapes.answer(64), 65, "alice");
    shapes.check_refused(65, refused.status());
    shapes.check_update(
        &deployment(),
        &shapes.answer(64),
        &shapes.answer(66),
        "carol",
    );
}

#[test]
fn a_merge_patch_of_scheduling_gates_takes_them_all() {
    let Some(shapes) = Shapes::load() else {
        return;
    };
    let (patch, _) = merge_patch::decode(&shapes.sent_bytes(85)).unwrap();
    let mut patched = shapes.answer(83);
    merge_patch::apply(&mut patched, patch);
    assert_eq!(patched["spec"], shapes.answer(85)["spec"]);
}
