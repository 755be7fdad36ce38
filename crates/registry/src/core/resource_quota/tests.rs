use super::ResourceQuotas;
use api::core::v1::ResourceQuota;
use meta::{FieldErrors, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::{Value, json};
use std::sync::Arc;

#[track_caller]
fn check(spec: Value, expect: &str) {
    let now = meta::Time::from_unix_seconds(0);
    let cx = RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader));
    let quota: ResourceQuota = codec::from_value(&json!({"spec": spec})).unwrap().object;
    let mut errors = FieldErrors::new();
    ResourceQuotas.validate(&cx, &mut errors, &quota);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn resources() {
    check(
        json!({"hard": {"count/deployments.apps": "2", "requests.nvidia.com/gpu": "1", "limits.memory": "1Gi"}}),
        "[]",
    );
    check(
        json!({"hard": {"pods": "1500m"}}),
        "spec.hard[pods]: Invalid value: \"1500m\": must be an integer",
    );
    check(
        json!({"hard": {"storage": "1"}}),
        "spec.hard[storage]: Invalid value: \"storage\": must be a standard resource for quota",
    );
}

#[test]
fn scopes() {
    check(
        json!({"hard": {"pods": "1"}, "scopes": ["BestEffort", "Terminating"]}),
        "[]",
    );
    check(
        json!({"hard": {"cpu": "1"}, "scopes": ["BestEffort"]}),
        "spec.scopes: Invalid value: [\"BestEffort\"]: unsupported scope applied to resource",
    );
    check(
        json!({"hard": {"pods": "1"}, "scopes": ["BestEffort", "NotBestEffort"]}),
        "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes",
    );
    check(
        json!({"hard": {"pods": "1"}, "scopeSelector": {"matchExpressions": [{"scopeName": "Terminating", "operator": "In", "values": ["a"]}]}}),
        "spec.scopeSelector.matchExpressions.operator: Invalid value: \"In\": must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
    );
    check(
        json!({"hard": {"pods": "1"}, "scopeSelector": {"matchExpressions": [{"scopeName": "PriorityClass", "operator": "Exists", "values": ["a"]}]}}),
        "spec.scopeSelector.matchExpressions.values: Invalid value: [\"a\"]: must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
    );
}

#[test]
fn no_scopes_are_told_from_an_empty_list() {
    let quota = |spec: Value| -> ResourceQuota {
        let document = json!({"spec": spec});
        codec::from_value(&document).unwrap().object
    };
    let old = quota(json!({"scopes": ["BestEffort"]}));
    for (spec, shown) in [(json!({"scopes": []}), "[]"), (json!({}), "null")] {
        let mut errors = FieldErrors::new();
        let cx = crate::testing::context(Verb::Update);
        ResourceQuotas.validate_update(&cx, &mut errors, &quota(spec), &old);
        let expect = format!("spec.scopes: Invalid value: {shown}: field is immutable");
        assert_eq!(errors.aggregate(), expect);
    }
}

#[test]
fn amounts_are_rounded_up() {
    let document = json!({"spec": {"hard": {"cpu": "100u"}}});
    let quota = crate::testing::object(&ResourceQuotas, &document);
    assert_eq!(quota.spec.hard.get("cpu").unwrap().to_string(), "1m");
}
