use super::LimitRanges;
use api::core::v1::LimitRange;
use meta::{FieldErrors, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::{Value, json};
use std::sync::Arc;

fn range(item: Value) -> LimitRange {
    let document = json!({"spec": {"limits": [item]}});
    let mut range = codec::from_value(&document).unwrap().object;
    LimitRanges.set_defaults(&mut range);
    range
}

#[track_caller]
fn check(item: Value, expect: &str) {
    let now = meta::Time::from_unix_seconds(0);
    let cx = RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader));
    let mut errors = FieldErrors::new();
    LimitRanges.validate(&cx, &mut errors, &range(item));
    assert_eq!(
        errors.aggregate().replace("spec.limits[0]", "limit"),
        expect
    );
}

#[test]
fn amounts_fit_together() {
    check(
        json!({"type": "Container", "max": {"cpu": "1"}, "min": {"cpu": "2"}}),
        "[limit.min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1, \
         limit.defaultRequest[cpu]: Invalid value: \"1\": min value 2 is greater than default request value 1, \
         limit.default[cpu]: Invalid value: \"2\": min value 2 is greater than default value 1]",
    );
    check(
        json!({"type": "Container", "max": {"cpu": "1"}, "default": {"cpu": "2"}, "defaultRequest": {"cpu": "500m"}}),
        "limit.default[cpu]: Invalid value: \"1\": default value 2 is greater than max value 1",
    );
    check(
        json!({"type": "Pod", "default": {"cpu": "1"}}),
        "limit.default: Forbidden: may not be specified when `type` is 'Pod'",
    );
    check(
        json!({"type": "PersistentVolumeClaim"}),
        "limit.limits: Required value: either minimum or maximum storage value is required, but neither was provided",
    );
    check(
        json!({"type": "Pod", "max": {"cpu": "2"}, "min": {"cpu": "1"}, "maxLimitRequestRatio": {"cpu": "3"}}),
        "limit.maxLimitRequestRatio[cpu]: Invalid value: \"3\": ratio 3 is greater than max/min = 2.000000",
    );
    check(
        json!({"type": "Container", "default": {"example.com/gpu": "2"}, "defaultRequest": {"example.com/gpu": "1"}}),
        "limit.defaultRequest[example.com/gpu]: Invalid value: \"1\": default value 2 must equal to defaultRequest value 1 in example.com/gpu",
    );
    check(
        json!({"type": "Pod", "max": {"storage": "1"}}),
        "limit.max[storage]: Invalid value: \"storage\": must be a standard resource for containers",
    );
}

#[test]
fn defaults_of_containers() {
    let range = range(json!({"type": "Container", "max": {"cpu": "2"}, "min": {"memory": "1Mi"}}));
    let item = &range.spec.limits[0];
    assert_eq!(item.default.get("cpu").unwrap().to_string(), "2");
    assert_eq!(item.default_request.get("cpu").unwrap().to_string(), "2");
    assert_eq!(
        item.default_request.get("memory").unwrap().to_string(),
        "1Mi"
    );
}

#[test]
fn amounts_are_rounded_up() {
    let item =
        json!({"type": "Pod", "max": {"cpu": "1500u"}, "maxLimitRequestRatio": {"cpu": "1.0001"}});
    let item = &range(item).spec.limits[0];
    assert_eq!(item.max.get("cpu").unwrap().to_string(), "2m");
    assert_eq!(
        item.max_limit_request_ratio.get("cpu").unwrap().to_string(),
        "1001m"
    );
}
