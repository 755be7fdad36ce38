//! What is said of a quota.

use super::{Counts, due, is_same, wanted};
use crate::resource_quota::charge;
use api::core::v1::{Pod, ResourceQuota, Service};
use meta::Time;
use serde_json::{Value, json};
use std::time::Duration;

fn object<K: meta::Kind + meta::codec::Message + Default>(document: &Value) -> K {
    meta::codec::from_value(document).unwrap().object
}

fn pod(cpu: &str, more: &Value) -> Pod {
    let container = json!({"name": "c", "resources": {"requests": {"cpu": cpu}}});
    let mut pod = json!({"spec": {"containers": [container]}});
    for (field, value) in more.as_object().unwrap() {
        pod[field] = value.clone();
    }
    object(&pod)
}

/// The quota beside two pods, one that has ended, a Service and three Secrets -> `used`.
#[track_caller]
fn check(quota: &Value, expect: &Value) {
    let quota: ResourceQuota = object(quota);
    let ended = json!({"status": {"phase": "Failed"}});
    let pods = [
        pod("300m", &json!({})),
        pod("1", &json!({})),
        pod("1", &ended),
    ];
    let now = Time::from_unix_seconds(0);
    let service: Service = object(&json!({"spec": {"type": "NodePort", "ports": [{"port": 1}]}}));
    let counts = Counts {
        pods: pods.iter().map(|pod| charge(pod, now)).collect(),
        services: vec![charge(&service, now)],
        claims: Vec::new(),
        others: [("secrets".into(), 3)].into(),
    };
    let status = wanted(&quota, &counts);
    assert!(status.hard.iter().eq(quota.spec.hard.iter()));
    let used: Value = status
        .used
        .iter()
        .map(|(name, amount)| (name.to_string(), Value::from(amount.to_string())))
        .collect();
    assert_eq!(used, *expect);
}

#[test]
fn sums_of_all_kinds() {
    let hard = json!({
        "pods": "9", "count/pods": "9", "requests.cpu": "9", "limits.memory": "9",
        "services.nodeports": "9", "requests.storage": "9", "secrets": "9", "count/x.example.com": "9",
    });
    let used = json!({
        "pods": "2", "count/pods": "3", "requests.cpu": "1300m", "limits.memory": "0",
        "services.nodeports": "1", "requests.storage": "0", "secrets": "3",
    });
    check(&json!({"spec": {"hard": hard}}), &used);
}

#[test]
fn what_we_cannot_count_stays() {
    let quota = json!({
        "spec": {"hard": {"example.com/x": "9"}},
        "status": {"used": {"example.com/x": "7", "pods": "1"}},
    });
    check(&quota, &json!({"example.com/x": "7"}));
}

#[test]
fn scopes_select() {
    let hard = json!({"pods": "9", "secrets": "9"});
    let quota = json!({"spec": {"hard": hard, "scopes": ["BestEffort"]}});
    check(&quota, &json!({"pods": "0", "secrets": "0"}));
    let hard = json!({"pods": "9"});
    let quota = json!({"spec": {"hard": hard, "scopes": ["NotBestEffort"]}});
    check(&quota, &json!({"pods": "2"}));
}

#[test]
fn a_quota_of_nothing_is_never_written() {
    let quota: ResourceQuota = object(&json!({}));
    let status = wanted(&quota, &Counts::default());
    assert!(is_same(&quota.status, &status));
}

#[test]
fn when_a_pod_that_goes_stops_counting() {
    let at = |seconds| {
        let metadata =
            json!({"deletionTimestamp": "1970-01-01T00:01:40Z", "deletionGracePeriodSeconds": 30});
        let pod = pod("1", &json!({"metadata": metadata}));
        due(&pod, Time::from_unix_seconds(seconds))
    };
    assert_eq!(at(100), Some(Duration::from_secs(31)));
    assert_eq!(at(131), None);
    let stays = pod("1", &json!({}));
    assert_eq!(due(&stays, Time::from_unix_seconds(0)), None);
}
