//! Rules that the recorded answers do not show.

use super::Budgets;
use crate::testing;
use resource::Verb;
use serde_json::{Value, json};

#[test]
fn shares() {
    for (spec, expect) in [
        (json!({"minAvailable": "50%"}), "[]"),
        (json!({"maxUnavailable": 0}), "[]"),
        (
            json!({"minAvailable": "150%"}),
            "spec.minAvailable: Invalid value: \"150%\": must not be greater than 100%",
        ),
        (
            json!({"maxUnavailable": -1}),
            "spec.maxUnavailable: Invalid value: -1: must be greater than or equal to 0",
        ),
    ] {
        let budget = json!({"metadata": {"name": "b"}, "spec": spec});
        assert_eq!(testing::create(&Budgets, &budget), expect);
    }
}

#[test]
fn conditions_of_a_status() {
    let status = |status: Value| {
        let document = json!({"metadata": {"name": "b"}, "status": status});
        let object: resource::Object = Box::new(testing::object(&Budgets, &document));
        let erased = resource::resource(Budgets);
        let part = erased.part("status").unwrap();
        let mut errors = meta::FieldErrors::new();
        let cx = testing::context(Verb::Update);
        part.validate_update(&cx, &mut errors, &object, &object);
        errors.aggregate()
    };
    let time = "2026-01-01T00:00:00Z";
    assert_eq!(
        status(json!({"conditions": [
            {"type": "A", "status": "True", "reason": "Good", "message": "", "lastTransitionTime": time},
            {"type": "A", "status": "Maybe", "reason": "", "message": ""},
        ]})),
        "[status.conditions[1].type: Duplicate value: \"A\", status.conditions[1].status: Unsupported value: \"Maybe\": supported values: \"False\", \"True\", \"Unknown\", status.conditions[1].lastTransitionTime: Required value, status.conditions[1].reason: Required value]",
    );
    assert_eq!(
        status(json!({"conditions": [{"reason": "Good", "lastTransitionTime": time}]})),
        "[status.conditions[0].type: Invalid value: \"\": name part must be non-empty, status.conditions[0].type: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), status.conditions[0].status: Unsupported value: \"\": supported values: \"False\", \"True\", \"Unknown\"]",
    );
    assert_eq!(
        status(json!({"disruptionsAllowed": -1})),
        "status.disruptionsAllowed: Invalid value: -1: must be greater than or equal to 0"
    );
}
