use super::NetworkPolicies;
use crate::testing;
use api::networking::v1::NetworkPolicy;
use meta::{FieldErrors, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::{Value, json};
use std::sync::Arc;

fn policy(spec: Value) -> NetworkPolicy {
    let document = json!({"metadata": {"name": "p"}, "spec": spec});
    let mut policy = codec::from_value(&document).unwrap().object;
    NetworkPolicies.set_defaults(&mut policy);
    policy
}

fn cx() -> RequestContext {
    let now = meta::Time::from_unix_seconds(0);
    RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader))
}

#[track_caller]
fn check(rule: Value, expect: &str) {
    let mut errors = FieldErrors::new();
    NetworkPolicies.validate(&cx(), &mut errors, &policy(json!({"ingress": [rule]})));
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn ports_and_peers() {
    check(json!({"ports": [{"port": 80, "endPort": 90}]}), "[]");
    check(
        json!({"ports": [{"port": 80, "endPort": 70}]}),
        "spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`",
    );
    check(
        json!({"ports": [{"endPort": 70}]}),
        "spec.ingress[0].ports[0].endPort: Invalid value: 70: may not be specified when `port` is not specified",
    );
    check(
        json!({"from": [{}]}),
        "spec.ingress[0].from[0]: Required value: must specify a peer",
    );
    check(
        json!({"from": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}]}),
        "[]",
    );
    check(
        json!({"from": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["11.1.0.0/16", "10.0.0.0/8", "x"]}}]}),
        "[spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"11.1.0.0/16\": must be a strict subset of `cidr`, \
         spec.ingress[0].from[0].ipBlock.except[1]: Invalid value: \"10.0.0.0/8\": must be a strict subset of `cidr`, \
         spec.ingress[0].from[0].ipBlock.except[2]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)]",
    );
    check(
        json!({"from": [{"ipBlock": {"cidr": "10.0.0.1/8"}}, {"ipBlock": {"cidr": "010.0.0.0/8"}}, {"ipBlock": {"cidr": "::ffff:10.0.0.0/104"}}, {"ipBlock": {"cidr": "2001:DB8::/32"}}]}),
        "[spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.0.0.1/8\": must not have bits set beyond the prefix length, \
         spec.ingress[0].from[1].ipBlock.cidr: Invalid value: \"010.0.0.0/8\": must not have leading 0s in IP or prefix length, \
         spec.ingress[0].from[2].ipBlock.cidr: Invalid value: \"::ffff:10.0.0.0/104\": must not have an IPv4-mapped IPv6 address]",
    );
    check(
        json!({"from": [{"ipBlock": {"cidr": ""}}]}),
        "spec.ingress[0].from[0].ipBlock.cidr: Required value",
    );
}

#[test]
fn types_follow_from_the_rules() {
    assert_eq!(policy(json!({})).spec.policy_types, ["Ingress"]);
    assert_eq!(
        policy(json!({"egress": [{}]})).spec.policy_types,
        ["Ingress", "Egress"]
    );
}

#[test]
fn a_range_that_was_there_may_stay() {
    let spec = json!({"ingress": [{"from": [{"ipBlock": {"cidr": "old"}}]}]});
    let mut errors = FieldErrors::new();
    let (new, old) = (policy(spec.clone()), policy(spec));
    NetworkPolicies.validate_update(&cx(), &mut errors, &new, &old);
    assert_eq!(errors.aggregate(), "[]");
}

#[test]
fn an_empty_list_is_a_new_generation() {
    let old = json!({"spec": {"policyTypes": ["Ingress"]}});
    for (rules, expect) in [(Value::Null, 0), (json!([]), 1)] {
        let new = json!({"spec": {"policyTypes": ["Ingress"], "ingress": rules}});
        assert_eq!(testing::generations(&NetworkPolicies, &old, &new), expect);
    }
}

#[test]
fn odd_ranges_are_warned_of() {
    let block = json!({"cidr": "2001:DB8::/32", "except": ["2001:db8:1::/48"]});
    let spec =
        json!({"egress": [{"to": [{"ipBlock": block}, {"ipBlock": {"cidr": "10.0.0.1/8"}}]}]});
    assert_eq!(
        NetworkPolicies.warnings_on_create(&cx(), &policy(spec)),
        [
            "spec.egress[0].to[0].ipBlock.cidr: IPv6 CIDR value \"2001:DB8::/32\" should be in RFC 5952 canonical format (\"2001:db8::/32\")",
            "spec.egress[0].to[1].ipBlock.cidr: CIDR value \"10.0.0.1/8\" is ambiguous in this context (should be \"10.0.0.0/8\" or \"10.0.0.1/32\"?)",
        ]
    );
}
