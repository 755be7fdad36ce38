//! Which Endpoints are mirrored, and into what.

use super::*;
use serde_json::{Value, json};

fn endpoints(document: &Value) -> Endpoints {
    meta::codec::from_value(document).unwrap().object
}

fn web(subsets: Value) -> Endpoints {
    let labels = json!({"theirs": "l"});
    endpoints(&json!({
        "metadata": {"name": "web", "namespace": "n", "uid": "u", "labels": labels, "annotations": {
            "theirs": "a", TRIGGER_TIME: "2026-01-01T00:00:00Z", OWN[1]: "{}",
        }},
        "subsets": subsets,
    }))
}

/// `IPv4 80: 10.0.0.1 10.0.0.2(not ready)`.
fn show(slice: &EndpointSlice) -> String {
    let ports = slice.ports.iter().filter_map(|port| port.port);
    let ports: Vec<_> = ports.map(|port| port.to_string()).collect();
    let endpoints = slice.endpoints.iter().map(|endpoint| {
        let ready = endpoint.conditions.ready == Some(true);
        let ready = if ready { "" } else { "(not ready)" };
        format!(" {}{ready}", endpoint.addresses[0])
    });
    let endpoints: String = endpoints.collect();
    format!("{} {}:{endpoints}", slice.address_type, ports.join(","))
}

fn shown(slices: &[EndpointSlice]) -> Vec<String> {
    slices.iter().map(show).collect()
}

#[test]
fn which_are_mirrored() {
    let service = |selector: Value| -> Service {
        let document = json!({"spec": {"selector": selector}});
        meta::codec::from_value(&document).unwrap().object
    };
    let by_hand = service(json!(null));
    let plain = web(json!([]));
    assert!(is_mirrored(&plain, Some(&by_hand)));
    assert!(!is_mirrored(&plain, None));
    assert!(!is_mirrored(&plain, Some(&service(json!({"a": "b"})))));
    for (meta, expect) in [
        (json!({"labels": {SKIP_MIRROR: "true"}}), false),
        (json!({"labels": {SKIP_MIRROR: "false"}}), true),
        (json!({"annotations": {LEADER: "{}"}}), false),
    ] {
        let found = endpoints(&json!({"metadata": meta}));
        assert_eq!(is_mirrored(&found, Some(&by_hand)), expect, "{meta}");
    }
}

#[test]
fn a_slice_for_each_family_and_set_of_ports() {
    let subsets = json!([
        {"addresses": [{"ip": "10.0.0.1"}, {"ip": "fd00::1"}], "notReadyAddresses": [{"ip": "10.0.0.2"}], "ports": [{"port": 80}]},
        {"addresses": [{"ip": "10.0.0.1"}], "ports": [{"port": 81, "name": "other"}]},
        {"addresses": [{"ip": "10.0.0.3"}], "ports": [{"port": 80}]},
    ]);
    let (first, skipped) = plan(&web(subsets), &[]);
    assert_eq!(skipped, 0);
    let mut got = shown(&first.create);
    got.sort();
    assert_eq!(
        got,
        [
            "IPv4 80: 10.0.0.1 10.0.0.2(not ready) 10.0.0.3",
            "IPv4 81: 10.0.0.1",
            "IPv6 80: fd00::1",
        ]
    );
    let slice = &first.create[0].metadata;
    assert_eq!(slice.generate_name, "web-");
    assert_eq!(slice.owner_references[0].kind, "Endpoints");
    assert_eq!(slice.labels.get("theirs").unwrap(), "l");
    assert_eq!(slice.labels.get(SERVICE_NAME).unwrap(), "web");
    assert_eq!(slice.labels.get(MANAGED_BY).unwrap(), MANAGER);
    let annotations: Vec<_> = slice.annotations.keys().collect();
    assert_eq!(annotations, ["theirs"]);
}

#[test]
fn slices_follow() {
    let subset =
        |ip: &str, port: i32| json!([{"addresses": [{"ip": ip}], "ports": [{"port": port}]}]);
    let (first, _) = plan(&web(subset("10.0.0.1", 80)), &[]);
    let made: Vec<_> = first.create.into_iter().map(Arc::new).collect();
    let then = |subsets: Value| {
        let (plan, _) = plan(&web(subsets), &made);
        (shown(&plan.create), shown(&plan.update), plan.delete.len())
    };
    let none = Vec::<String>::new();
    assert_eq!(
        then(subset("10.0.0.1", 80)),
        (none.clone(), none.clone(), 0)
    );
    let moved = vec!["IPv4 80: 10.0.0.2".to_owned()];
    assert_eq!(then(subset("10.0.0.2", 80)), (none.clone(), moved, 0));
    // A slice that would go is used for the one that would come.
    let other = vec!["IPv4 81: 10.0.0.1".to_owned()];
    assert_eq!(then(subset("10.0.0.1", 81)), (none.clone(), other, 0));
    let new = vec!["IPv6 80: fd00::1".to_owned()];
    assert_eq!(then(subset("fd00::1", 80)), (new, none.clone(), 1));
    assert_eq!(then(json!([])), (none.clone(), none, 1));
}

#[test]
fn more_addresses_than_fit() {
    let addresses =
        (0..ADDRESSES_MAX + 3).map(|n| json!({"ip": format!("10.0.{}.{}", n / 250, n % 250)}));
    let addresses: Vec<_> = addresses.collect();
    let (plan, skipped) = plan(
        &web(json!([{"addresses": addresses, "ports": [{"port": 80}]}])),
        &[],
    );
    assert_eq!(plan.create[0].endpoints.len(), ADDRESSES_MAX);
    assert_eq!(skipped, 3);
}
