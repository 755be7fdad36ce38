//! What says which API groups there are: made of what this server serves.
use crate::shared::Api;
use serde_json::{Value, json};

/// Upstream's order of the groups in discovery: priority of the group, then of the version within it.
const PRIORITIES: &[(&str, &str, i32, i32)] = &[
    ("", "v1", 18_000, 1),
    ("admissionregistration.k8s.io", "v1", 16_700, 15),
    ("apiextensions.k8s.io", "v1", 16_700, 15),
    ("apps", "v1", 17_800, 15),
    ("authentication.k8s.io", "v1", 17_700, 15),
    ("authorization.k8s.io", "v1", 17_600, 15),
    ("autoscaling", "v1", 17_500, 15),
    ("autoscaling", "v2", 17_500, 30),
    ("batch", "v1", 17_400, 15),
    ("certificates.k8s.io", "v1", 17_300, 15),
    ("coordination.k8s.io", "v1", 16_500, 15),
    ("discovery.k8s.io", "v1", 16_200, 15),
    ("events.k8s.io", "v1", 17_750, 15),
    ("flowcontrol.apiserver.k8s.io", "v1", 16_100, 21),
    ("networking.k8s.io", "v1", 17_200, 15),
    ("node.k8s.io", "v1", 16_300, 15),
    ("policy", "v1", 17_100, 15),
    ("rbac.authorization.k8s.io", "v1", 17_000, 15),
    ("resource.k8s.io", "v1", 16_200, 21),
    ("scheduling.k8s.io", "v1", 16_600, 15),
    ("storage.k8s.io", "v1", 16_800, 15),
];

/// The priority of a group of this server. The group of APIServices is before all others, those of definitions are behind.
pub(crate) fn group_priority(group: &str) -> i32 {
    const FIRST: i32 = 20_001;
    const OF_DEFINITIONS: i32 = 1000;
    if group == "apiregistration.k8s.io" {
        return FIRST;
    }
    let known = PRIORITIES.iter().find(|row| row.0 == group);
    known.map_or(OF_DEFINITIONS, |row| row.2)
}

/// An APIService for each group version that the server answers itself.
pub(super) fn api_services(api: &Api) -> Vec<Value> {
    let catalog = api.catalog();
    let served = catalog.discovery.group_versions();
    let known = served.filter_map(|(group, version)| {
        let mut rows = PRIORITIES.iter();
        rows.find(|row| (row.0, row.1) == (group, version))
    });
    let document = |(group, version, minimum, priority): &(&str, &str, i32, i32)| {
        let mut document = json!({
            "apiVersion": "apiregistration.k8s.io/v1",
            "kind": "APIService",
            "metadata": {
                "name": format!("{version}.{group}"),
                "labels": {"kube-aggregator.kubernetes.io/automanaged": "onstart"},
            },
            "spec": {"version": version, "groupPriorityMinimum": minimum, "versionPriority": priority},
        });
        if !group.is_empty() {
            document["spec"]["group"] = json!(group);
        }
        document
    };
    known.map(document).collect()
}
