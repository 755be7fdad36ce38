//! What a budget's status says; after the cases of upstream's `disruption_test.go`.

use super::{
    expected::Expected,
    plan::{counts_owners, desired, failed, plan},
    selector_of,
    stale::left,
};
use api::{core::v1::Pod, policy::v1::PodDisruptionBudget};
use meta::Time;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

const NOW: i64 = 1_000_000_000;

fn now() -> Time {
    Time::from_unix_seconds(NOW)
}

fn ago(seconds: i64) -> String {
    Time::from_unix_seconds(NOW - seconds).to_string()
}

/// `name [ready] [going]`.
fn pod(text: &str) -> Arc<Pod> {
    let mut words = text.split(' ');
    let mut pod = json!({"metadata": {"name": words.next(), "labels": {"a": "b"}}});
    for word in words {
        match word {
            "ready" => {
                pod["status"]["conditions"] = json!([{"type": "Ready", "status": "True"}]);
            }
            "going" => pod["metadata"]["deletionTimestamp"] = json!(ago(1)),
            other => panic!("{other}"),
        }
    }
    Arc::new(meta::codec::from_value(&pod).unwrap().object)
}

fn ready(count: usize) -> Vec<Arc<Pod>> {
    let names = (0..count).map(|number| format!("p{number} ready"));
    names.map(|text| pod(&text)).collect()
}

/// A budget of generation 3 with this spec and status.
fn budget(spec: &Value, status: &Value) -> PodDisruptionBudget {
    let metadata = json!({"name": "b", "generation": 3});
    let budget = json!({"metadata": metadata, "spec": spec, "status": status});
    meta::codec::from_value(&budget).unwrap().object
}

/// A budget, the pods it selects, the replicas that their owners want -> `healthy of desired of expected: allowed reason`.
#[track_caller]
fn check(spec: &Value, pods: &[Arc<Pod>], wanted: i32, expect: &str) {
    let budget = budget(spec, &json!({}));
    let count = if counts_owners(&budget.spec) {
        wanted
    } else {
        Expected::there(&budget.spec, pods).count
    };
    let got = match desired(&budget.spec, count) {
        Err(words) => words,
        Ok(desired) => {
            let status = plan(&budget, pods, count, desired, now()).status;
            assert_eq!(status.observed_generation, 3);
            let condition = &status.conditions[0];
            assert_eq!(condition.observed_generation, 3);
            assert_eq!(condition.last_transition_time, now());
            format!(
                "{} of {} of {}: {} {} {}",
                status.current_healthy,
                status.desired_healthy,
                status.expected_pods,
                status.disruptions_allowed,
                condition.status,
                condition.reason
            )
        }
    };
    assert_eq!(got, expect, "{spec} {wanted}");
}

#[test]
fn an_integer_that_must_stay_counts_the_pods_there_are() {
    let spec = json!({"minAvailable": 3});
    let check = |pods: &[Arc<Pod>], expect: &str| check(&spec, pods, 99, expect);
    check(&[], "0 of 3 of 0: 0 False InsufficientPods");
    check(&ready(2), "2 of 3 of 2: 0 False InsufficientPods");
    check(&ready(3), "3 of 3 of 3: 0 False InsufficientPods");
    check(&ready(4), "4 of 3 of 4: 1 True SufficientPods");
    let mut pods = ready(3);
    pods.push(pod("sick"));
    check(&pods, "3 of 3 of 4: 0 False InsufficientPods");
    pods.extend([pod("going ready going"), pod("well ready")]);
    check(&pods, "4 of 3 of 6: 1 True SufficientPods");
}

#[test]
fn shares_are_of_what_the_owners_want() {
    let most = |share: Value, count, wanted, expect: &str| {
        check(
            &json!({"maxUnavailable": share}),
            &ready(count),
            wanted,
            expect,
        );
    };
    most(json!(1), 0, 0, "0 of 0 of 0: 0 False InsufficientPods");
    // A pod without a controller is not among those expected.
    most(json!(1), 1, 0, "1 of 0 of 0: 0 False InsufficientPods");
    most(json!(2), 1, 7, "1 of 5 of 7: 0 False InsufficientPods");
    most(json!(2), 1, 5, "1 of 3 of 5: 0 False InsufficientPods");
    most(json!("30%"), 1, 7, "1 of 4 of 7: 0 False InsufficientPods");
    most(json!("30%"), 1, 3, "1 of 2 of 3: 0 False InsufficientPods");
    most(json!(5), 10, 10, "10 of 5 of 10: 5 True SufficientPods");
    most(json!(5), 3, 3, "3 of 0 of 3: 3 True SufficientPods");

    let least = |share: &str, count, wanted, expect: &str| {
        check(
            &json!({"minAvailable": share}),
            &ready(count),
            wanted,
            expect,
        );
    };
    least("28%", 1, 0, "1 of 0 of 0: 0 False InsufficientPods");
    least("20%", 1, 10, "1 of 2 of 10: 0 False InsufficientPods");
    least("34%", 2, 3, "2 of 2 of 3: 0 False InsufficientPods");
    least("34%", 3, 3, "3 of 2 of 3: 1 True SufficientPods");
    least("28%", 5, 11, "5 of 4 of 11: 1 True SufficientPods");
    least("28%", 8, 22, "8 of 7 of 22: 1 True SufficientPods");
    let words = "invalid value for IntOrString: invalid type: string is not a percentage";
    least("most", 1, 1, words);
    check(
        &json!({}),
        &ready(2),
        2,
        "2 of 0 of 0: 0 False InsufficientPods",
    );
}

#[test]
fn no_selector_selects_nothing_and_the_empty_one_everything() {
    for (spec, expect) in [
        (json!({}), Ok(false)),
        (json!({"selector": {}}), Ok(true)),
        (json!({"selector": {"matchLabels": {"a": "b"}}}), Ok(true)),
        (json!({"selector": {"matchLabels": {"a": "c"}}}), Ok(false)),
        (
            json!({"selector": {"matchExpressions": [{"key": "a", "operator": "Is"}]}}),
            Err(r#""Is" is not a valid label selector operator"#.to_owned()),
        ),
    ] {
        let selector = selector_of(&budget(&spec, &json!({})));
        let got = selector
            .map(|selector| selector.matches(&pod("p").metadata.labels))
            .map_err(|error| error.to_string());
        assert_eq!(got, expect, "{spec}");
    }
}

#[test]
fn a_pod_that_was_let_go_is_not_healthy_until_it_is_overdue() {
    let given = json!({"disruptedPods": {
        "p0": ago(30), "p1": ago(119), "p2": ago(120), "p3": ago(10), "gone": ago(1),
    }});
    let budget = budget(&json!({"minAvailable": 1}), &given);
    let pods = [
        pod("p0 ready"),
        pod("p1 ready"),
        pod("p2 ready"),
        pod("p3 ready going"),
        pod("p4 ready"),
    ];
    let plan = plan(&budget, &pods, 5, 1, now());
    let disrupted: Vec<_> = plan.status.disrupted_pods.keys().cloned().collect();
    assert_eq!(disrupted, ["p0", "p1"]);
    assert_eq!(plan.status.current_healthy, 2);
    assert_eq!(plan.status.disruptions_allowed, 1);
    let overdue: Vec<_> = plan.overdue.iter().map(|pod| &pod.metadata.name).collect();
    assert_eq!(overdue, ["p2"]);
    assert_eq!(plan.look_again, Some(Duration::from_secs(1)));
}

#[test]
fn nothing_is_said_twice_and_a_failure_forbids_all() {
    let later = Time::from_unix_seconds(NOW + 60);
    let spec = json!({"minAvailable": 1});
    let mut budget = budget(&spec, &json!({}));
    budget.status = plan(&budget, &ready(2), 2, 1, now()).status;
    let again = plan(&budget, &ready(2), 2, 1, later).status;
    assert!(again == budget.status);

    budget.metadata.generation = 4;
    let broken = failed(&budget, "so it is", later);
    assert_eq!(broken.disruptions_allowed, 0);
    assert_eq!(broken.current_healthy, 2, "what was known stays");
    assert_eq!(broken.observed_generation, 3);
    let condition = &broken.conditions[0];
    let words = [&condition.status, &condition.reason, &condition.message];
    assert_eq!(words, ["False", "SyncFailed", "so it is"]);
    assert_eq!(condition.last_transition_time, later);
    assert_eq!(condition.observed_generation, 3);

    budget.status = broken;
    assert!(failed(&budget, "so it is", now()) == budget.status);
    let well = plan(&budget, &ready(2), 2, 1, later).status;
    assert_eq!(well.conditions.len(), 1);
    assert_eq!(well.conditions[0].reason, "SufficientPods");
    assert_eq!(well.conditions[0].message, "");
}

/// A mark of so many seconds, and what else there is of the pod -> seconds until it is taken back.
#[track_caller]
fn check_mark(age: i64, mark: &Value, more: &Value, expect: Option<u64>) {
    let mut condition = json!({"type": "DisruptionTarget", "lastTransitionTime": ago(age)});
    json_patch(&mut condition, mark);
    let mut pod = json!({"metadata": {"name": "p"}, "status": {"conditions": [condition]}});
    json_patch(&mut pod, more);
    let pod: Pod = meta::codec::from_value(&pod).unwrap().object;
    let expect = expect.map(Duration::from_secs);
    assert_eq!(left(&pod, now()), expect, "{mark} {more}");
}

fn json_patch(target: &mut Value, patch: &Value) {
    for (name, value) in patch.as_object().unwrap() {
        match (&mut target[name], value) {
            (target @ Value::Object(_), Value::Object(_)) => json_patch(target, value),
            (target, value) => *target = value.clone(),
        }
    }
}

#[test]
fn a_mark_goes_stale_after_two_minutes() {
    let by = |reason: &str| json!({"status": "True", "reason": reason});
    let scheduler = by("PreemptionByScheduler");
    check_mark(0, &scheduler, &json!({}), Some(120));
    check_mark(119, &scheduler, &json!({}), Some(1));
    check_mark(120, &scheduler, &json!({}), Some(0));
    check_mark(500, &scheduler, &json!({}), Some(0));
    check_mark(500, &by("TerminationByKubelet"), &json!({}), None);
    check_mark(500, &json!({"status": "False"}), &json!({}), None);
    let going = json!({"metadata": {"deletionTimestamp": ago(1)}});
    check_mark(500, &scheduler, &going, None);
    check_mark(
        500,
        &scheduler,
        &json!({"status": {"phase": "Failed"}}),
        None,
    );
    check_mark(
        500,
        &scheduler,
        &json!({"status": {"phase": "Succeeded"}}),
        None,
    );
    check_mark(
        500,
        &json!({"type": "Other", "status": "True"}),
        &json!({}),
        None,
    );
}
