use super::EndpointsStrategy;
use crate::testing::{context, create, object, update};
use resource::{Strategy, Verb};
use serde_json::{Value, json};

fn endpoints(subsets: Value) -> Value {
    json!({"metadata": {"name": "e", "namespace": "n"}, "subsets": subsets})
}

fn one(ip: &str) -> Value {
    endpoints(json!([{"addresses": [{"ip": ip}], "ports": [{"port": 80}]}]))
}

#[test]
fn addresses() {
    let check = |ip: &str, expect: &str| {
        assert_eq!(create(&EndpointsStrategy, &one(ip)), expect);
    };
    check("10.0.0.1", "[]");
    check(
        "x",
        "[subsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), subsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address]",
    );
    check(
        "::",
        "subsets[0].addresses[0].ip: Invalid value: \"::\": may not be unspecified (::)",
    );
    check(
        "127.0.0.01",
        "[subsets[0].addresses[0].ip: Invalid value: \"127.0.0.01\": must not have leading 0s, subsets[0].addresses[0].ip: Invalid value: \"127.0.0.01\": may not be in the loopback range (127.0.0.0/8, ::1/128)]",
    );
    check(
        "fe80::1",
        "subsets[0].addresses[0].ip: Invalid value: \"fe80::1\": may not be in the link-local range (169.254.0.0/16, fe80::/10)",
    );
}

/// What was stored before a rule was made stays, as long as nobody touches it.
#[test]
fn old_subsets_stay() {
    let old = one("127.0.0.1");
    assert_eq!(update(&EndpointsStrategy, &old, &old), "[]");
    assert_ne!(update(&EndpointsStrategy, &old, &one("127.0.0.2")), "[]");
}

#[test]
fn warnings() {
    let mut object = object(&EndpointsStrategy, &one("2001:DB8::1"));
    let of = |object: &api::core::v1::Endpoints| {
        EndpointsStrategy.warnings_on_create(&context(Verb::Create), object)
    };
    assert_eq!(
        of(&object),
        [
            "subsets[0].addresses[0].ip: IPv6 address \"2001:DB8::1\" should be in RFC 5952 canonical format (\"2001:db8::1\")"
        ]
    );
    let labels = &mut object.metadata.labels;
    labels.insert(super::MANAGED_BY, super::CONTROLLER.into());
    assert!(of(&object).is_empty());
}

/// Port by port, three at most.
#[test]
fn cells() {
    let subsets = json!([
        {"addresses": [{"ip": "10.0.0.1"}, {"ip": "10.0.0.2"}], "ports": [{"name": "a", "port": 80}, {"name": "b", "port": 81}]},
        {"addresses": [{"ip": "fd00::1"}]},
    ]);
    let object = object(&EndpointsStrategy, &endpoints(subsets));
    assert_eq!(
        super::shown(&object.subsets),
        "10.0.0.1:80,10.0.0.2:80,10.0.0.1:81 + 2 more..."
    );
}
