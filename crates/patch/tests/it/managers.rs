//! Managers by update, and the special ones.

use expect_test::{Expect, expect};
use patch::managed::{self, Entry};
use patch::scale::{self, ReplicasPath};
use patch::{
    FieldManager, FieldSet, Node, Path, PathElement, SingleVersion, VersionError, Versions,
};
use serde_json::{Value, json};

use crate::workload::{self, Workload, object};

/// Who owns what, a line each.
fn owners(entries: &[Entry]) -> String {
    let lines = entries.iter().map(|entry| {
        let time = entry.time.as_deref().unwrap_or("-");
        format!(
            "{} {} {} {} {} {}\n",
            entry.manager,
            entry.operation.as_str(),
            entry.api_version,
            if entry.subresource.is_empty() {
                "-"
            } else {
                &entry.subresource
            },
            time.rsplit(':').next().unwrap_or_default(),
            entry.fields.to_json(),
        )
    });
    lines.collect()
}

#[track_caller]
fn check(object: &Value, expected: Expect) {
    let entries = managed::decode(&object["metadata"]["managedFields"]).unwrap();
    expected.assert_eq(&owners(&entries));
}

fn with_uid(mut object: Value) -> Value {
    object["metadata"]["uid"] = json!("u");
    object
}

fn update(second: u32, live: &Value, mut new: Value, manager: &str) -> Value {
    if new["metadata"].get("managedFields").is_none() {
        new["metadata"]["managedFields"] = live["metadata"]["managedFields"].clone();
    }
    Workload::new().at(second, |fields| fields.update(live, &mut new, manager));
    new
}

fn create(spec: Value) -> Value {
    let zero = Workload::new().zero().clone();
    with_uid(update(0, &zero, object(spec), "creator"))
}

#[test]
fn an_update_takes_what_it_changes() {
    let live = create(json!({"replicas": 1, "paused": true, "containers": [{"name": "c"}]}));
    check(
        &live,
        expect![[r#"
        creator Update apps/v1 - 00Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:name":{}}},"f:paused":{},"f:replicas":{}}}
    "#]],
    );
    let new = with_uid(object(
        json!({"replicas": 2, "containers": [{"name": "c", "image": "i"}]}),
    ));
    let new = update(1, &live, new, "updater");
    check(
        &new,
        expect![[r#"
        creator Update apps/v1 - 00Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:name":{}}}}}
        updater Update apps/v1 - 01Z {"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{"f:image":{}}},"f:replicas":{}}}
    "#]],
    );
    let same = update(2, &new, new.clone(), "third");
    assert_eq!(same, new);
}

#[test]
fn clients_that_do_not_know_managed_fields_do_not_lose_them() {
    let live = create(json!({"replicas": 1}));
    let mut new = with_uid(object(json!({"replicas": 1})));
    Workload::new().at(1, |fields| fields.update(&live, &mut new, "u"));
    assert_eq!(new, live);
}

#[test]
fn clients_may_forget_all_managers() {
    let live = create(json!({"replicas": 1}));
    for reset in [json!([]), json!([{}])] {
        let mut new = live.clone();
        new["metadata"]["managedFields"] = reset;
        new["spec"]["replicas"] = json!(2);
        let new = update(1, &live, new, "u");
        assert!(new["metadata"].get("managedFields").is_none());
        let again = update(2, &new, with_uid(object(json!({"replicas": 3}))), "u");
        assert!(again["metadata"].get("managedFields").is_none());
    }
}

#[test]
fn clients_may_write_managers_but_not_broken_ones() {
    let live = create(json!({"replicas": 1}));
    let mut new = live.clone();
    new["metadata"]["managedFields"][0]["manager"] = json!("renamed");
    check(
        &update(1, &live, new.clone(), "u"),
        expect![[r#"
        renamed Update apps/v1 - 00Z {"f:spec":{"f:replicas":{}}}
    "#]],
    );
    new["metadata"]["managedFields"][0]["operation"] = json!("Other");
    check(
        &update(1, &live, new, "u"),
        expect![[r#"
        creator Update apps/v1 - 00Z {"f:spec":{"f:replicas":{}}}
    "#]],
    );
}

#[test]
fn what_was_there_before_the_first_apply_has_an_owner() {
    let live = with_uid(object(json!({"replicas": 1, "paused": true})));
    let workload = Workload::new();
    let applied = object(json!({"replicas": 1}));
    let new = workload
        .at(5, |fields| fields.apply(&live, &applied, "a", false))
        .unwrap();
    check(
        &new,
        expect![[r#"
        a Apply apps/v1 - - {"f:spec":{"f:replicas":{}}}
        before-first-apply Update apps/v1 - 05Z {"f:spec":{"f:paused":{},"f:replicas":{}}}
    "#]],
    );
    let applied = object(json!({"replicas": 2}));
    let refused = workload
        .at(5, |fields| fields.apply(&live, &applied, "a", false))
        .unwrap_err();
    expect![[r#"Apply failed with 1 conflict: conflict with "before-first-apply" using apps/v1: .spec.replicas"#]].assert_eq(&refused.to_string());
}

#[test]
fn kubectl_takes_its_client_side_apply_over() {
    let annotation = "kubectl.kubernetes.io/last-applied-configuration";
    let workload = Workload::new();
    let mut created = object(json!({"replicas": 1, "paused": true}));
    let last = created.to_string();
    created["metadata"]["annotations"] = json!({annotation: last});
    let zero = workload.zero();
    workload.at(0, |fields| {
        fields.update(zero, &mut created, "kubectl-client-side-apply")
    });
    let applied = object(json!({"replicas": 2, "paused": true, "args": ["<"]}));

    let other = workload.at(1, |fields| fields.apply(&created, &applied, "other", false));
    expect![[r#"Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas"#]].assert_eq(&other.unwrap_err().to_string());

    let new = workload
        .at(1, |fields| {
            fields.apply(&created, &applied, "kubectl", false)
        })
        .unwrap();
    check(
        &new,
        expect![[r#"
        kubectl Apply apps/v1 - 01Z {"f:spec":{"f:args":{},"f:paused":{},"f:replicas":{}}}
        kubectl-client-side-apply Update apps/v1 - 00Z {"f:metadata":{"f:annotations":{".":{},"f:kubectl.kubernetes.io/last-applied-configuration":{}}},"f:spec":{"f:paused":{}}}
    "#]],
    );
    expect![[r#"
        {"apiVersion":"apps/v1","kind":"Workload","metadata":{"name":"w","namespace":"ns"},"spec":{"args":["\u003c"],"paused":true,"replicas":2}}
    "#]].assert_eq(new["metadata"]["annotations"][annotation].as_str().unwrap());

    let mut changed = created.clone();
    changed["spec"]["replicas"] = json!(7);
    let changed = update(1, &created, changed, "hand");
    let refused = workload.at(2, |fields| {
        fields.apply(&changed, &applied, "kubectl", false)
    });
    expect![[
        r#"Apply failed with 1 conflict: conflict with "hand" using apps/v1: .spec.replicas"#
    ]]
    .assert_eq(&refused.unwrap_err().to_string());
}

#[test]
fn the_oldest_of_many_updaters_are_lumped_together() {
    let mut live = create(json!({"containers": []}));
    for second in 1..14 {
        let mut new = live.clone();
        new["metadata"]["labels"][format!("l{second}")] = json!("x");
        live = update(second, &live, new, &format!("m{second:02}"));
    }
    check(
        &live,
        expect![[r#"
        ancient-changes Update apps/v1 - 04Z {"f:metadata":{"f:labels":{".":{},"f:l1":{},"f:l2":{},"f:l3":{},"f:l4":{}}},"f:spec":{"f:containers":{}}}
        m05 Update apps/v1 - 05Z {"f:metadata":{"f:labels":{"f:l5":{}}}}
        m06 Update apps/v1 - 06Z {"f:metadata":{"f:labels":{"f:l6":{}}}}
        m07 Update apps/v1 - 07Z {"f:metadata":{"f:labels":{"f:l7":{}}}}
        m08 Update apps/v1 - 08Z {"f:metadata":{"f:labels":{"f:l8":{}}}}
        m09 Update apps/v1 - 09Z {"f:metadata":{"f:labels":{"f:l9":{}}}}
        m10 Update apps/v1 - 10Z {"f:metadata":{"f:labels":{"f:l10":{}}}}
        m11 Update apps/v1 - 11Z {"f:metadata":{"f:labels":{"f:l11":{}}}}
        m12 Update apps/v1 - 12Z {"f:metadata":{"f:labels":{"f:l12":{}}}}
        m13 Update apps/v1 - 13Z {"f:metadata":{"f:labels":{"f:l13":{}}}}
    "#]],
    );
}

#[test]
fn subresources_have_managers_of_their_own() {
    let workload = Workload::new();
    let live = create(json!({"replicas": 1}));
    let reset = FieldSet::of(&[&["spec"]]);
    let mut new = live.clone();
    new["spec"]["replicas"] = json!(9);
    new["status"] = json!({"ready": 1});
    new["metadata"]["managedFields"] = json!([]);
    workload.at(1, |fields| {
        let status = FieldManager {
            subresource: "status",
            reset_fields: &reset,
            ..fields
        };
        status.update(&live, &mut new, "creator");
    });
    check(
        &new,
        expect![[r#"
        creator Update apps/v1 - 00Z {"f:spec":{"f:replicas":{}}}
        creator Update apps/v1 status 01Z {"f:status":{".":{},"f:ready":{}}}
    "#]],
    );
}

#[test]
fn a_field_that_became_atomic_is_owned_as_a_whole() {
    let mut live = create(json!({"selector": {"a": "1"}, "args": ["x"]}));
    live["metadata"]["managedFields"][0]["fieldsV1"] = json!({
        "f:spec": {"f:selector": {".": {}, "f:a": {}}, "f:args": {"i:0": {}}, "f:gone": {"f:x": {}}},
    });
    let mut new = live.clone();
    new["spec"]["replicas"] = json!(1);
    check(
        &update(1, &live, new, "u"),
        expect![[r#"
        creator Update apps/v1 - 00Z {"f:spec":{"f:args":{},"f:gone":{"f:x":{}},"f:selector":{}}}
        u Update apps/v1 - 01Z {"f:spec":{"f:replicas":{}}}
    "#]],
    );
}

#[test]
fn broken_managed_fields_are_described() {
    let check = |entry: Value, expected: Expect| {
        let error = managed::decode(&json!([entry])).unwrap_err();
        expected.assert_eq(&error.to_string());
    };
    check(
        json!({"operation": "x"}),
        expect!["operation must be `Apply` or `Update`"],
    );
    check(
        json!({"operation": "Apply"}),
        expect!["apiVersion must not be empty"],
    );
    check(
        json!({"operation": "Apply", "apiVersion": "v1"}),
        expect!["missing fieldsType in managed fields entry 0"],
    );
    check(
        json!({"operation": "Apply", "apiVersion": "v1", "fieldsType": "F"}),
        expect![[r#"invalid fieldsType "F" in managed fields entry 0"#]],
    );
    check(
        json!({"operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {"x": 1}}),
        expect!["error decoding versioned set of manager : error decoding set"],
    );
}

/// Version `v2` calls `spec.replicas` `spec.count`; `v0` is gone.
#[derive(Debug)]
struct TwoVersions;

impl Versions for TwoVersions {
    fn node(&self, api_version: &str) -> Option<Node<'_>> {
        (api_version != "v0").then(Node::untyped)
    }

    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, VersionError> {
        let mut object = object.clone();
        object["apiVersion"] = json!(api_version);
        let (from, to) = if api_version == "v2" {
            ("replicas", "count")
        } else {
            ("count", "replicas")
        };
        if let Some(value) = object["spec"]
            .as_object_mut()
            .and_then(|spec| spec.remove(from))
        {
            object["spec"][to] = value;
        }
        Ok(object)
    }
}

#[test]
fn managers_of_other_versions_are_asked_in_theirs() {
    let zero = json!({"metadata": {}});
    let nothing = FieldSet::new();
    let fields = |api_version| FieldManager {
        api_version,
        kind: "Thing",
        subresource: "",
        versions: &TwoVersions,
        zero: &zero,
        reset_fields: &nothing,
        now: "2026-11-22T01:00:00Z",
    };
    let thing = |api_version: &str, spec: Value| json!({"apiVersion": api_version, "kind": "Thing", "metadata": {}, "spec": spec});
    let applied = thing("v2", json!({"count": 1, "other": 1}));
    let live = fields("v2").apply(&zero, &applied, "a", false).unwrap();
    let mut live = TwoVersions.convert(&live, "v1").unwrap();
    let mut gone = live["metadata"]["managedFields"][0].clone();
    gone["apiVersion"] = json!("v0");
    gone["manager"] = json!("ancient");
    live["metadata"]["managedFields"]
        .as_array_mut()
        .unwrap()
        .push(gone);
    let applied = thing("v1", json!({"replicas": 2}));
    let refused = fields("v1").apply(&live, &applied, "b", false).unwrap_err();
    expect![[r#"Apply failed with 1 conflict: conflict with "a": .spec.count"#]]
        .assert_eq(&refused.to_string());
    let forced = fields("v1").apply(&live, &applied, "b", true).unwrap();
    check(
        &forced,
        expect![[r#"
        a Apply v2 - 00Z {"f:spec":{".":{},"f:other":{}}}
        b Apply v1 - 00Z {"f:spec":{".":{},"f:replicas":{}}}
    "#]],
    );
    let again = fields("v1")
        .apply(&live, &thing("v1", json!({"other": 1})), "a", false)
        .unwrap();
    expect![[r#"{"other":1}"#]].assert_eq(&workload::text(&again["spec"]));
}

#[test]
fn a_scale_owns_the_replicas_of_its_parent() {
    let path = Path(vec![
        PathElement::field("spec"),
        PathElement::field("replicas"),
    ]);
    let replicas = |api_version: &str| match api_version {
        "apps/v1" => ReplicasPath::At(path.clone()),
        _ => ReplicasPath::Unserved,
    };
    let live = create(json!({"replicas": 1, "paused": true}));
    let parent = managed::decode(&live["metadata"]["managedFields"]).unwrap();
    let before = scale::to_scale(parent.clone(), &replicas);
    expect![[r#"
        creator Update autoscaling/v1 - 00Z {"f:spec":{"f:replicas":{}}}
    "#]]
    .assert_eq(&owners(&before));

    let (zero, nothing) = (json!({"metadata": {}, "spec": {}}), FieldSet::new());
    let fields = FieldManager {
        api_version: "autoscaling/v1",
        kind: "Scale",
        subresource: "scale",
        versions: &SingleVersion {
            api_version: "autoscaling/v1",
            node: Node::untyped(),
        },
        zero: &zero,
        reset_fields: &nothing,
        now: "2026-11-22T01:00:09Z",
    };
    let scale = |replicas: i32| json!({"metadata": {"uid": "u"}, "spec": {"replicas": replicas}});
    let after = fields
        .update_entries(&scale(1), before, &scale(2), None, "scaler")
        .unwrap();
    let parent = scale::to_parent(parent, after, "apps/v1", &replicas);
    expect![[r#"
        scaler Update apps/v1 scale - {"f:spec":{"f:replicas":{}}}
        creator Update apps/v1 - 00Z {"f:spec":{"f:paused":{}}}
    "#]]
    .assert_eq(&owners(&parent));
}
