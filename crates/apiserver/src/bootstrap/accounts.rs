//! Service accounts of the built-in controllers, and since when the use of tokens is tracked.
use meta::Time;
use serde_json::{Value, json};

const NAMESPACE: &str = "kube-system";
/// Bound by built-in roles and not made with a cluster: what they are for is elsewhere, or off by default.
const ELSEWHERE: &[&str] = &[
    "cloud-provider",
    "kube-controller-manager",
    "kube-dns",
    "kube-scheduler",
    "leader-election-controller",
    "route-controller",
    "selinux-warning-controller",
    "service-controller",
];

/// An account for everybody whom the bindings among `objects` give a role.
pub(super) fn of_controllers(objects: &[Value]) -> Vec<Value> {
    let subjects = objects.iter().flat_map(|object| {
        let subjects = object["subjects"].as_array();
        subjects.map(Vec::as_slice).unwrap_or_default()
    });
    let accounts = subjects
        .filter(|subject| subject["kind"] == "ServiceAccount" && subject["namespace"] == NAMESPACE);
    let names = accounts.filter_map(|subject| subject["name"].as_str());
    let mut names: Vec<&str> = names.filter(|name| !ELSEWHERE.contains(name)).collect();
    names.sort_unstable();
    names.dedup();
    let account = |name: &&str| json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": NAMESPACE}});
    names.iter().map(account).collect()
}

/// Upstream's word on since when unused tokens of the old kind can be told: since ever, here.
pub(super) fn tracked_since(now: Time) -> Value {
    let day: String = now.to_string().chars().take("2026-01-01".len()).collect();
    json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "kube-apiserver-legacy-service-account-token-tracking", "namespace": NAMESPACE},
        "data": {"since": day},
    })
}
