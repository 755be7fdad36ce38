use super::Counts;
use crate::cache::{Entry, encode};
use ::quota::Charge;
use api::core::v1::{Pod, ResourceQuota};
use meta::{Map, Str, Time, codec};
use serde_json::{Value, json};
use std::{cell::Cell, sync::Arc};

/// Pods of a namespace: name, revision, processors, whether it is to be gone.
type There<'a> = &'a [(&'a str, u64, &'a str, bool)];

fn pod(cpu: &str, goes: bool) -> Pod {
    let container = json!({"name": "c", "resources": {"requests": {"cpu": cpu}}});
    let mut document = json!({"metadata": {}, "spec": {"containers": [container]}});
    if goes {
        let metadata =
            json!({"deletionTimestamp": "2026-01-01T00:00:00Z", "deletionGracePeriodSeconds": 30});
        document["metadata"] = metadata;
    }
    codec::from_value(&document).unwrap().object
}

fn entry(name: &str, revision: u64) -> Arc<Entry> {
    let body = codec::encode_body(&Pod::default());
    let value = encode(&body, "", &Map::default(), &[]);
    Arc::new(Entry::new(Str::from(name), value, revision).unwrap())
}

fn quota(spec: &Value) -> Arc<ResourceQuota> {
    let document = json!({"metadata": {"name": "q"}, "spec": spec});
    Arc::new(codec::from_value(&document).unwrap().object)
}

/// Counts `there` at a time, and says what is used of a quota, and how many pods were looked at for it.
fn count(counts: &mut Counts, there: There<'_>, quota: &Arc<ResourceQuota>, now: i64) -> String {
    let entries: Vec<_> = there
        .iter()
        .map(|(name, revision, ..)| entry(name, *revision))
        .collect();
    let looked = Cell::new(0);
    counts.refresh(&entries, std::slice::from_ref(quota), |entry| {
        looked.set(looked.get() + 1);
        let (.., cpu, goes) = there.iter().find(|(name, ..)| *name == entry.key)?;
        let pod = pod(cpu, *goes);
        let charge = Charge::of(&pod, "", "pods", Time::from_unix_seconds(now));
        Some((charge, Charge::is_lasting(&pod)))
    });
    let used = counts.used(&quota.spec);
    let amount = |name: &str| used.get(name).copied().unwrap_or_default();
    let (pods, cpu) = (amount("pods"), amount("requests.cpu"));
    format!("{pods} pods, {cpu}; {} looked at", looked.get())
}

#[test]
fn only_what_has_changed_is_looked_at_again() {
    let counts = &mut Counts::default();
    let quota = quota(&json!({"hard": {"pods": "9", "requests.cpu": "9"}}));
    let mut at = |there: There<'_>| count(counts, there, &quota, 0);
    assert_eq!(at(&[]), "0 pods, 0; 0 looked at");
    let (a, b) = (("a", 1, "100m", false), ("b", 2, "200m", false));
    assert_eq!(at(&[a, b]), "2 pods, 300m; 2 looked at");
    assert_eq!(at(&[a, b]), "2 pods, 300m; 0 looked at");
    let (more, c) = (("a", 3, "1", false), ("c", 4, "1m", false));
    assert_eq!(at(&[more, b, c]), "3 pods, 1201m; 2 looked at");
    assert_eq!(at(&[b, c]), "2 pods, 201m; 0 looked at");
    // Made anew under the same name.
    assert_eq!(at(&[("b", 5, "5m", false)]), "1 pods, 5m; 1 looked at");
}

#[test]
fn a_pod_that_is_to_be_gone_is_looked_at_until_it_is() {
    let counts = &mut Counts::default();
    let quota = quota(&json!({"hard": {"pods": "9", "requests.cpu": "9"}}));
    let there = [("a", 1, "100m", true), ("b", 1, "1", false)];
    let marked = 1_767_225_600;
    let mut at = |now: i64| count(counts, &there, &quota, now);
    assert_eq!(at(marked), "2 pods, 1100m; 2 looked at");
    assert_eq!(at(marked + 30), "2 pods, 1100m; 1 looked at");
    assert_eq!(at(marked + 31), "1 pods, 1; 1 looked at");
}

#[test]
fn a_quota_that_changes_is_counted_anew() {
    let counts = &mut Counts::default();
    let there = [("a", 1, "100m", false), ("b", 1, "0", false)];
    let all = quota(&json!({"hard": {"pods": "9"}}));
    assert_eq!(count(counts, &there, &all, 0), "2 pods, 0; 2 looked at");
    let idle = quota(&json!({"hard": {"pods": "9"}, "scopes": ["BestEffort"]}));
    assert_eq!(count(counts, &there, &idle, 0), "1 pods, 0; 0 looked at");
    assert_eq!(
        count(counts, &there[..1], &idle, 0),
        "0 pods, 0; 0 looked at"
    );
    assert_eq!(count(counts, &there, &idle, 0), "1 pods, 0; 1 looked at");
}
