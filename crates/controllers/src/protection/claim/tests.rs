//! Which pods hold a claim.

use super::{claims_of, uses};
use api::core::v1::{PersistentVolumeClaim, Pod};
use serde_json::{Value, json};

fn pod(volume: Value) -> Pod {
    let pod = json!({
        "metadata": {"name": "p", "namespace": "n", "uid": "u"},
        "spec": {"nodeName": "n1", "volumes": [volume]},
    });
    meta::codec::from_value(&pod).unwrap().object
}

fn claim(name: &str, owner: &str) -> PersistentVolumeClaim {
    let owner =
        json!({"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": owner, "controller": true});
    let claim = json!({"metadata": {"name": name, "namespace": "n", "ownerReferences": [owner]}});
    meta::codec::from_value(&claim).unwrap().object
}

#[test]
fn who_holds_a_claim() {
    let named = pod(json!({"name": "v", "persistentVolumeClaim": {"claimName": "c"}}));
    assert!(uses(&named, &claim("c", "x")));
    assert!(!uses(&named, &claim("d", "x")));
    let mut values = Vec::new();
    claims_of(&named, &mut values);
    assert_eq!(values, ["n/c"]);
    let mut pending = named.clone();
    pending.spec.node_name = "".into();
    assert!(!uses(&pending, &claim("c", "x")));
    let mut ended = named;
    ended.status.phase = "Succeeded".into();
    assert!(uses(&ended, &claim("c", "x")));
}

#[test]
fn a_claim_made_for_a_pod() {
    let mut own = pod(json!({"name": "v", "ephemeral": {"volumeClaimTemplate": {"spec": {}}}}));
    assert!(uses(&own, &claim("p-v", "u")));
    assert!(!uses(&own, &claim("p-v", "other")));
    own.metadata.deletion_timestamp = Some(meta::Time::from_unix_seconds(1));
    own.metadata.deletion_grace_period_seconds = Some(30);
    assert!(uses(&own, &claim("p-v", "u")));
    own.metadata.deletion_grace_period_seconds = Some(0);
    assert!(!uses(&own, &claim("p-v", "u")));
}
