//! Rules that the recorded answers do not show.

use super::EndpointSlices;
use crate::testing;
use resource::{Strategy, Verb};
use serde_json::{Value, json};

fn slice(kind: &str, endpoint: Value) -> Value {
    json!({"metadata": {"name": "s"}, "addressType": kind, "endpoints": [endpoint]})
}

#[test]
fn addresses() {
    for (kind, address, expect) in [
        ("IPv4", "10.0.0.1", "[]"),
        ("IPv6", "2001:db8::1", "[]"),
        (
            "IPv6",
            "2001:DB8::1",
            "endpoints[0].addresses[0]: Invalid value: \"2001:DB8::1\": must be in canonical form (\"2001:db8::1\")",
        ),
        (
            "IPv6",
            "127.0.0.1",
            "[endpoints[0].addresses: Invalid value: \"127.0.0.1\": must be an IPv6 address, endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)]",
        ),
        (
            "IPv4",
            "010.0.0.1",
            "endpoints[0].addresses[0]: Invalid value: \"010.0.0.1\": must not have leading 0s",
        ),
        (
            "IPv6",
            "::ffff:10.0.0.1",
            "endpoints[0].addresses[0]: Invalid value: \"::ffff:10.0.0.1\": must not be an IPv4-mapped IPv6 address",
        ),
        (
            "IPv4",
            "2001:db8::1",
            "endpoints[0].addresses: Invalid value: \"2001:db8::1\": must be an IPv4 address",
        ),
        (
            "IPv6",
            "x",
            "endpoints[0].addresses[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        ),
        (
            "IPv4",
            "127.0.0.1",
            "endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)",
        ),
        ("FQDN", "example.com.", "[]"),
        ("FQDN", "", "endpoints[0].addresses[0]: Required value"),
        (
            "FQDN",
            "example",
            "endpoints[0].addresses[0]: Invalid value: \"example\": should be a domain with at least two segments separated by dots",
        ),
    ] {
        let slice = slice(kind, json!({"addresses": [address]}));
        assert_eq!(testing::create(&EndpointSlices, &slice), expect);
    }
}

#[test]
fn hints() {
    for (hints, expect) in [
        (json!({"forZones": [{"name": "a"}, {"name": "b"}]}), "[]"),
        (
            json!({"forZones": [{"name": "a"}, {"name": "a"}]}),
            "endpoints[0].hints.forZones[1].name: Duplicate value: \"a\"",
        ),
        (
            json!({"forNodes": [{"name": "a"}, {"name": "a"}]}),
            "endpoints[0].hints.forNodes[1].name: Duplicate value: \"a\"",
        ),
        (
            json!({"forZones": vec![json!({"name": "a"}); 9], "forNodes": [{"name": "_"}]}),
            "endpoints[0].hints.forZones: Too many: 9: must have at most 8 items",
        ),
    ] {
        let slice = slice("IPv4", json!({"addresses": ["10.0.0.1"], "hints": hints}));
        assert_eq!(testing::create(&EndpointSlices, &slice), expect);
    }
}

#[test]
fn what_stood_there_may_stay() {
    let old = slice("IPv4", json!({"addresses": ["010.0.0.1"]}));
    assert_eq!(testing::update(&EndpointSlices, &old, &old), "[]");
    let new = slice("IPv6", json!({"addresses": ["2001:db8::1"]}));
    assert_eq!(
        testing::update(&EndpointSlices, &old, &new),
        "addressType: Invalid value: \"IPv6\": field is immutable"
    );
}

#[test]
fn warnings() {
    let cx = testing::context(Verb::Create);
    let warnings = |document: &Value| {
        EndpointSlices.warnings_on_create(&cx, &testing::object(&EndpointSlices, document))
    };
    let odd = slice("IPv6", json!({"addresses": ["2001:DB8::1", "2001:db8::2"]}));
    assert_eq!(
        warnings(&odd),
        [
            "endpoints[0].addresses[0]: IPv6 address \"2001:DB8::1\" should be in RFC 5952 canonical format (\"2001:db8::1\")"
        ]
    );
    let mut own = odd;
    own["metadata"]["labels"] =
        json!({"endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io"});
    assert!(warnings(&own).is_empty());
    assert_eq!(
        warnings(&slice("FQDN", json!({"addresses": ["a.b"]}))),
        ["spec.addressType: FQDN endpoints are deprecated"]
    );
}

#[test]
fn topology_is_not_written() {
    let named = json!({"addresses": ["10.0.0.1"], "deprecatedTopology": {"kubernetes.io/hostname": "n", "x": "y"}});
    let old = testing::object(&EndpointSlices, &slice("IPv4", named.clone()));
    let mut created = old.clone();
    EndpointSlices.prepare_create(&testing::context(Verb::Create), &mut created);
    assert!(created.endpoints[0].deprecated_topology.is_empty());
    assert_eq!(created.endpoints[0].node_name, None);
    let mut kept = old.clone();
    EndpointSlices.prepare_update(&testing::context(Verb::Update), &mut kept, &old);
    assert_eq!(kept, old);
    let mut changed = old.clone();
    changed.endpoints[0].hostname = Some("h".into());
    EndpointSlices.prepare_update(&testing::context(Verb::Update), &mut changed, &old);
    assert!(changed.endpoints[0].deprecated_topology.is_empty());
    assert_eq!(changed.endpoints[0].node_name.as_deref(), Some("n"));
}
