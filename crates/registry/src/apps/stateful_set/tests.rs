//! Rules that the recorded answers do not show.

use super::StatefulSets;
use crate::testing;
use resource::{Strategy, Verb};
use serde_json::{Value, json};

fn set() -> Value {
    json!({
        "metadata": {"name": "s"},
        "spec": {
            "serviceName": "s",
            "selector": {"matchLabels": {"a": "b"}},
            "template": {
                "metadata": {"labels": {"a": "b"}},
                "spec": {"containers": [{
                    "name": "c", "image": "i",
                    "volumeMounts": [{"name": "data", "mountPath": "/data"}],
                }]},
            },
            "volumeClaimTemplates": [{
                "metadata": {"name": "data"},
                "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1"}}},
            }],
        },
    })
}

const FIXED: &str = "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

#[test]
fn what_may_change() {
    assert_eq!(testing::create(&StatefulSets, &set()), "[]");
    for (field, value, expect) in [
        ("/spec/replicas", json!(5), "[]"),
        ("/spec/revisionHistoryLimit", json!(3), "[]"),
        ("/spec/ordinals", json!({"start": 2}), "[]"),
        ("/spec/minReadySeconds", json!(3), "[]"),
        ("/spec/serviceName", json!("other"), FIXED),
        ("/spec/podManagementPolicy", json!("Parallel"), FIXED),
    ] {
        let new = testing::with(&set(), field, value);
        assert_eq!(testing::update(&StatefulSets, &set(), &new), expect);
    }
}

#[test]
fn pods_are_looked_at_as_they_will_run() {
    let pods = "/spec/template/spec";
    let with = |name: &str, value| testing::with(&set(), &format!("{pods}/{name}"), value);
    // Both names are the controller's.
    for name in ["subdomain", "hostname"] {
        assert_eq!(
            testing::create(&StatefulSets, &with(name, json!("Bad_Name"))),
            "[]"
        );
    }
    // The volumes of claims come first.
    assert_eq!(
        testing::create(&StatefulSets, &with("volumes", json!([{"emptyDir": {}}]))),
        "spec.template.spec.volumes[1].name: Required value"
    );
    let labels = testing::with(
        &set(),
        "/spec/template/metadata/labels",
        json!({"a": "b", "c": "!"}),
    );
    let errors = testing::create(&StatefulSets, &labels);
    assert!(
        errors.starts_with("spec.template.labels: Invalid value: \"!\""),
        "{errors}"
    );
}

#[test]
fn old_mistakes_are_let_be() {
    let claims = "/spec/volumeClaimTemplates/0/spec/accessModes";
    let odd = testing::with(&set(), claims, json!([]));
    assert_eq!(testing::update(&StatefulSets, &odd, &odd), "[]");
    let odd = testing::with(&set(), "/spec/template/spec/containers/0/image", json!(""));
    let more = testing::with(&odd, "/spec/replicas", json!(3));
    assert_eq!(testing::update(&StatefulSets, &odd, &more), "[]");
    assert_ne!(testing::update(&StatefulSets, &set(), &odd), "[]");
}

#[test]
fn strategies() {
    for (strategy, expect) in [
        (json!({"type": "OnDelete"}), "[]"),
        (
            json!({"type": "OnDelete", "rollingUpdate": {}}),
            "spec.updateStrategy.rollingUpdate: Invalid value: {\"Partition\":0,\"MaxUnavailable\":null}: only allowed for updateStrategy 'RollingUpdate'",
        ),
        (
            json!({"type": "RollingUpdate", "rollingUpdate": {"partition": -1}}),
            "spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0",
        ),
    ] {
        let set = testing::with(&set(), "/spec/updateStrategy", strategy);
        assert_eq!(testing::create(&StatefulSets, &set), expect);
    }
}

#[test]
fn warnings() {
    let pointer = "/spec/volumeClaimTemplates/0/spec/resources/requests/storage";
    let odd = testing::with(&set(), pointer, json!("1500m"));
    let odd = testing::with(&odd, "/spec/revisionHistoryLimit", json!(-1));
    let odd = testing::object(&StatefulSets, &odd);
    let cx = testing::context(Verb::Create);
    let limit = "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended";
    assert_eq!(
        StatefulSets.warnings_on_create(&cx, &odd),
        [
            "spec.volumeClaimTemplates[0].resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an integer",
            limit,
        ]
    );
    assert_eq!(
        StatefulSets.warnings_on_update(&cx, &odd, &odd),
        [
            "spec.volumeClaimTemplates[0].Spec.resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an integer",
            limit,
        ]
    );
}
