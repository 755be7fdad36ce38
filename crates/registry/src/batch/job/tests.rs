//! Rules that the recorded answers do not show.

use super::{Jobs, indexes};
use crate::testing;
use meta::FieldErrors;
use resource::{Strategy, Verb};
use serde_json::{Value, json};

fn job(spec: &Value) -> Value {
    let mut all = json!({
        "metadata": {"name": "j", "uid": "u", "labels": {"a": "b"}},
        "spec": {
            "template": {"spec": {
                "restartPolicy": "Never",
                "containers": [{"name": "c", "image": "i"}],
            }},
        },
    });
    let fields = spec.as_object().unwrap().clone();
    all["spec"].as_object_mut().unwrap().extend(fields);
    all
}

#[track_caller]
fn check(spec: Value, expect: &str) {
    assert_eq!(testing::create(&Jobs, &job(&spec)), expect);
}

/// A job as it is stored.
fn stored(spec: &Value) -> Value {
    let mut new = testing::object(&Jobs, &job(spec));
    Jobs.prepare_create(&testing::context(Verb::Create), &mut new);
    meta::codec::to_value(&new)
}

#[test]
fn indexed_jobs_have_bounds() {
    check(json!({}), "[]");
    check(
        json!({"completionMode": "Indexed", "parallelism": 1}),
        "spec.completions: Required value: when completion mode is Indexed",
    );
    check(
        json!({"maxFailedIndexes": 1}),
        "[spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified, spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode]",
    );
    check(
        json!({"completionMode": "Indexed", "completions": 2, "backoffLimitPerIndex": 1, "maxFailedIndexes": 3}),
        "spec.maxFailedIndexes: Invalid value: 3: must be less than or equal to completions",
    );
    check(
        json!({"managedBy": "x"}),
        "spec.managedBy: Invalid value: \"x\": must be a domain-prefixed path (such as \"acme.io/foo\")",
    );
    check(
        json!({"managedBy": "a.b/?"}),
        "spec.managedBy: Invalid value: \"?\": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
    );
}

#[test]
fn policies_fit_the_job() {
    check(
        json!({"podFailurePolicy": {"rules": [{"action": "FailIndex", "onExitCodes": {"operator": "In", "values": [2, 0, 2]}}]}}),
        "[spec.podFailurePolicy.rules[0].action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set, spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator, spec.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 2, spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [2,0,2]: must be ordered]",
    );
    check(
        json!({"podFailurePolicy": {"rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}]}}),
        "[]",
    );
    check(
        json!({"podFailurePolicy": {"rules": [{"action": "Ignore"}]}, "podReplacementPolicy": "TerminatingOrFailed"}),
        "[spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required, spec.podReplacementPolicy: Unsupported value: \"TerminatingOrFailed\": supported values: \"Failed\"]",
    );
    check(
        json!({"completionMode": "Indexed", "completions": 3, "successPolicy": {"rules": [{"succeededIndexes": "0-1", "succeededCount": 3}]}}),
        "spec.successPolicy.rules[0].succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of indexes in the specified succeededIndexes field)",
    );
}

#[test]
fn little_of_a_job_may_change() {
    let old = stored(&json!({}));
    assert_eq!(testing::update(&Jobs, &old, &old), "[]");
    for (field, value, expect) in [
        (
            "/spec/completions",
            json!(2),
            "spec.completions: Invalid value: 2: field is immutable",
        ),
        ("/spec/parallelism", json!(3), "[]"),
        (
            "/spec/managedBy",
            json!("a.b/c"),
            "spec.managedBy: Invalid value: \"a.b/c\": field is immutable",
        ),
        ("/spec/backoffLimit", json!(2), "[]"),
    ] {
        let new = testing::with(&old, field, value);
        assert_eq!(testing::update(&Jobs, &old, &new), expect);
    }
}

#[test]
fn a_suspended_job_may_move_and_need_more() {
    let waiting = stored(&json!({"suspend": true}));
    for (field, value, expect) in [
        ("/spec/template/spec/nodeSelector", json!({"a": "b"}), ""),
        (
            "/spec/template/spec/containers/0/resources",
            json!({"limits": {"cpu": "1"}}),
            "",
        ),
        (
            "/spec/template/spec/containers/0/image",
            json!("other"),
            "spec.template.spec: Invalid value",
        ),
    ] {
        let new = testing::with(&waiting, field, value.clone());
        let got = testing::update(&Jobs, &waiting, &new);
        assert!(
            got == "[]" && expect.is_empty() || !expect.is_empty() && got.starts_with(expect),
            "{got}"
        );
        let running = stored(&json!({}));
        let new = testing::with(&running, field, value);
        let got = testing::update(&Jobs, &running, &new);
        assert!(got.starts_with("spec.template: Invalid value"), "{got}");
    }
}

#[test]
fn lists_of_indexes() {
    assert_eq!(indexes::count("0,2-4", 5), Ok(4));
    for (list, expect) in [
        ("1,1", "non-increasing order, previous: 1, current: 1"),
        ("4-2", "non-increasing order, previous: 4, current: 2"),
        ("5", "too large index: \"5\""),
        ("a", "cannot convert string to integer for index: \"a\""),
        (
            "1-2-3",
            "the fragment \"1-2-3\" violates the requirement that an index interval can have at most two parts separated by '-'",
        ),
    ] {
        assert_eq!(indexes::count(list, 5), Err(expect.to_owned()));
    }
    assert_eq!(indexes::overlap("0-2,5", "3,5-6", 9), Some(5));
    assert_eq!(indexes::overlap("0-2", "3", 9), None);
}

#[track_caller]
fn status(old: Value, new: Value, expect: &str) {
    status_of(&stored(&json!({})), old, new, expect);
}

#[track_caller]
fn status_of(base: &Value, old: Value, new: Value, expect: &str) {
    let of = |status| testing::object(&Jobs, &testing::with(base, "/status", status));
    let (old, new) = (of(old), of(new));
    let subresources = resource::resource(Jobs);
    let part = subresources.part("status").unwrap();
    let mut errors = FieldErrors::new();
    let (old, new): (resource::Object, resource::Object) = (Box::new(old), Box::new(new));
    part.validate_update(&testing::context(Verb::Update), &mut errors, &new, &old);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn a_status_ends_once() {
    let (start, end) = ("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z");
    let conditions = json!([{"type": "SuccessCriteriaMet", "status": "True"}, {"type": "Complete", "status": "True"}]);
    let done = json!({"startTime": start, "completionTime": end, "succeeded": 1, "conditions": conditions});
    let running = json!({"startTime": start, "active": 1, "failed": 2});
    status(running.clone(), running.clone(), "[]");
    status(
        running.clone(),
        json!({"startTime": start, "failed": 1}),
        "status.failed: Invalid value: 1: cannot decrease the failed counter",
    );
    status(json!({"startTime": start}), done.clone(), "[]");
    status(
        done.clone(),
        json!({"startTime": start, "completionTime": end, "succeeded": 1}),
        "[status.completionTime: Invalid value: \"2026-01-01T00:01:00Z\": cannot set completionTime when there is no Complete=True condition, status.conditions: Invalid value: cannot disable the terminal Complete=True condition, status.conditions: Invalid value: cannot disable the SuccessCriteriaMet=True condition]",
    );
    status(
        json!({"startTime": start}),
        json!({"startTime": start, "active": 1, "conditions": [{"type": "Failed", "status": "True"}]}),
        "[status.conditions: Invalid value: cannot set Failed=True condition without the FailureTarget=true condition, status.active: Invalid value: 1: active>0 is invalid for finished job]",
    );
    status(
        json!({}),
        json!({"completedIndexes": "0"}),
        "status.completedIndexes: Invalid value: \"0\": cannot set non-empty completedIndexes when non-indexed completion mode",
    );
}

#[test]
fn when_a_start_time_may_move() {
    let suspended = |value: &str, start: &str| {
        let conditions = json!([{"type": "Suspended", "status": value}]);
        json!({"startTime": start, "conditions": conditions})
    };
    let (early, late) = ("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z");
    status(
        suspended("True", early),
        suspended("True", late),
        "status.startTime: Invalid value: \"2026-01-01T00:01:00Z\": field is immutable for unsuspended job once set",
    );
    status(
        json!({"startTime": early}),
        json!({}),
        "status.startTime: Invalid value: null: field is immutable for unsuspended job once set",
    );
    status(suspended("True", early), suspended("False", late), "[]");
}

#[test]
fn an_empty_job_ends_without_a_start() {
    let conditions = json!([{"type": "SuccessCriteriaMet", "status": "True"}, {"type": "Complete", "status": "True"}]);
    let done = json!({"completionTime": "2026-01-01T00:01:00Z", "conditions": conditions});
    for (suspend, expect) in [
        (
            false,
            "status.startTime: Required value: startTime is required for finished job",
        ),
        (true, "[]"),
    ] {
        let base = stored(&json!({"completions": 0, "suspend": suspend}));
        status_of(&base, json!({}), done.clone(), expect);
    }
}
