//! What pods name.

use api::{core::v1::Pod, pods::names_secret};
use serde_json::json;
use std::cell::RefCell;

#[test]
fn every_way_to_name_a_secret_counts() {
    let env = |name: &str| {
        json!({"name": "c",
            "env": [{"name": "A", "value": "x"}, {"name": "B", "valueFrom": {"secretKeyRef": {"name": format!("{name}-key"), "key": "k"}}}],
            "envFrom": [{"configMapRef": {"name": "no"}}, {"secretRef": {"name": format!("{name}-from")}}]})
    };
    let volumes = json!([
        {"name": "a", "azureFile": {"secretName": "azure"}},
        {"name": "b", "cephfs": {"secretRef": {"name": "ceph"}}},
        {"name": "c", "cinder": {"secretRef": {"name": "cinder"}}},
        {"name": "d", "flexVolume": {"secretRef": {"name": "flex"}}},
        {"name": "e", "rbd": {"secretRef": {"name": "rbd"}}},
        {"name": "f", "secret": {"secretName": "plain"}},
        {"name": "g", "scaleIO": {"secretRef": {"name": "scale"}}},
        {"name": "h", "iscsi": {"secretRef": {"name": "iscsi"}}},
        {"name": "i", "storageos": {"secretRef": {"name": "os"}}},
        {"name": "j", "csi": {"nodePublishSecretRef": {"name": "csi"}}},
        {"name": "k", "projected": {"sources": [{"configMap": {"name": "no"}}, {"secret": {"name": "projected"}}]}},
        {"name": "l", "configMap": {"name": "no"}},
    ]);
    let pod = json!({"spec": {
        "imagePullSecrets": [{"name": "pull"}], "volumes": volumes,
        "initContainers": [env("init")], "containers": [env("main")], "ephemeralContainers": [env("later")],
    }});
    let pod: Pod = meta::codec::from_value(&pod).unwrap().object;
    let asked = RefCell::new(Vec::new());
    let refuses = |name: &str| {
        asked.borrow_mut().push(name.to_owned());
        false
    };
    assert!(!names_secret(&pod, &refuses));
    assert_eq!(
        asked.into_inner().join(" "),
        "pull init-from init-key main-from main-key later-from later-key azure ceph cinder flex rbd plain scale iscsi os csi projected"
    );
}
