use super::PriorityLevelConfigurations as Levels;
use crate::testing;
use serde_json::{Value, json};

/// Name and spec -> the errors.
#[track_caller]
fn check(name: &str, spec: Value, expect: &str) {
    let level = json!({"metadata": {"name": name}, "spec": spec});
    assert_eq!(testing::create(&Levels, &level), expect);
}

/// How requests of a limited level wait -> the errors.
#[track_caller]
fn check_response(response: Value, expect: &str) {
    let expect = expect.replace("@", "spec.limited.limitResponse");
    check(
        "l",
        json!({"type": "Limited", "limited": {"limitResponse": response}}),
        &expect,
    );
}

#[test]
fn what_is_wrong_with_a_level() {
    check(
        "l",
        json!({"type": "Limited"}),
        "spec.limited: Required value: must not be empty when type is Limited",
    );
    check(
        "l",
        json!({"type": "Limited", "exempt": {}}),
        "[spec.exempt: Forbidden: must be nil if the type is Limited, spec.limited: Required value: must not be empty when type is Limited]",
    );
    check(
        "l",
        json!({"type": "Exempt"}),
        "spec.type: Invalid value: \"Exempt\": must be 'Exempt' if and only if `name` is 'exempt'",
    );
    check(
        "l",
        json!({"type": "Limited", "limited": {
            "nominalConcurrencyShares": -1, "lendablePercent": 101, "borrowingLimitPercent": -1, "limitResponse": {"type": "Reject"},
        }}),
        "[spec.limited.nominalConcurrencyShares: Invalid value: -1: must be a non-negative integer, spec.limited.lendablePercent: Invalid value: 101: must be between 0 and 100, inclusive, spec.limited.borrowingLimitPercent: Invalid value: -1: if specified, must be a non-negative integer]",
    );
}

#[test]
fn requests_wait_in_queues() {
    check_response(
        json!({"type": "Queue", "queuing": {"handSize": 4, "queues": 512}}),
        "[]",
    );
    check_response(
        json!({"type": "Queue", "queuing": {"handSize": 8, "queues": 512}}),
        "@.queuing.handSize: Invalid value: 8: required entropy bits of deckSize 512 and handSize 8 should not be greater than 60",
    );
    check_response(
        json!({"type": "Queue", "queuing": {"handSize": 2, "queues": 10_000_000}}),
        "[]",
    );
    check_response(
        json!({"type": "Queue", "queuing": {"handSize": 8, "queues": 7}}),
        "@.queuing.handSize: Invalid value: 8: should not be greater than queues (7)",
    );
    check_response(
        json!({"type": "Queue"}),
        "@.queuing: Required value: must not be empty if limited.limitResponse.type is Limited",
    );
    check_response(
        json!({"type": "Reject", "queuing": {}}),
        "@.queuing: Forbidden: must be nil if limited.limitResponse.type is not Limited",
    );
}

#[test]
fn the_mandatory_ones_stay() {
    check(
        "exempt",
        json!({"type": "Exempt", "exempt": {"lendablePercent": 10}}),
        "[]",
    );
    let level = json!({"metadata": {"name": "exempt"}, "spec": {"type": "Exempt", "limited": {"limitResponse": {"type": "Reject"}}}});
    let said = testing::create(&Levels, &level);
    assert!(
        said.ends_with(
            "spec of 'exempt' except the 'spec.exempt' field must equal the fixed value]"
        )
    );
    check(
        "catch-all",
        json!({"type": "Limited", "limited": {"nominalConcurrencyShares": 5, "limitResponse": {"type": "Reject"}}}),
        "[]",
    );
}
