use super::{Events, served::EventsV1};
use crate::testing;
use api::events::v1;
use meta::{FieldErrors, codec};
use resource::{Strategy, Verb, Version};
use serde_json::{Value, json};

const EVENTS: Events = Events { ttl_seconds: 60 };

fn event() -> Value {
    json!({
        "metadata": {"name": "e", "namespace": "n"},
        "eventTime": "2026-01-01T00:00:00.000001Z",
        "type": "Normal",
        "reason": "Made",
        "action": "Make",
        "note": "made",
        "reportingController": "example.com/maker",
        "reportingInstance": "maker-0",
        "regarding": {"kind": "Pod", "name": "p", "namespace": "n"},
    })
}

fn stored(document: &Value) -> api::core::v1::Event {
    let served = codec::from_value::<v1::Event>(document).unwrap().object;
    let stored = EventsV1.to_stored(served);
    assert_eq!(
        codec::to_value(&EventsV1.to_served(&stored))["regarding"],
        document["regarding"]
    );
    stored
}

/// A field, its value -> the errors of a create and of an update to it.
#[track_caller]
fn check(field: &str, value: Value, expect_create: &str, expect_update: &str) {
    let changed = stored(&testing::with(&event(), &format!("/{field}"), value));
    let mut cx = testing::context(Verb::Create);
    cx.api_version = "events.k8s.io/v1".into();
    let mut errors = FieldErrors::new();
    EVENTS.validate(&cx, &mut errors, &changed);
    assert_eq!(errors.aggregate(), expect_create);
    let mut errors = FieldErrors::new();
    EVENTS.validate_update(&cx, &mut errors, &changed, &stored(&event()));
    assert_eq!(errors.aggregate(), expect_update);
}

#[test]
fn the_new_version_is_stricter() {
    check("type", json!("Normal"), "[]", "[]");
    check(
        "series",
        json!({"count": 2, "lastObservedTime": "2026-01-01T00:00:00.000001Z"}),
        "[]",
        "[]",
    );
    check(
        "series",
        json!({"count": 1, "lastObservedTime": null}),
        "[series.count: Invalid value: \"\": should be at least 2, series.lastObservedTime: Required value]",
        "[series.count: Invalid value: \"\": should be at least 2, series.lastObservedTime: Required value]",
    );
    check(
        "type",
        json!("Bad"),
        "type: Invalid value: \"\": has invalid value: Bad",
        "type: Invalid value: \"Bad\": field is immutable",
    );
    check(
        "deprecatedCount",
        json!(3),
        "count: Invalid value: \"\": needs to be unset",
        "count: Invalid value: 3: field is immutable",
    );
    check(
        "reportingController",
        json!("x y"),
        "reportingController: Invalid value: \"x y\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "[reportingController: Invalid value: \"x y\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), reportingController: Invalid value: \"x y\": field is immutable]",
    );
}

/// Values are shown as upstream has them inside.
#[test]
fn what_stays_is_shown_in_full() {
    let cx = {
        let mut cx = testing::context(Verb::Update);
        cx.api_version = "events.k8s.io/v1".into();
        cx
    };
    let regarding = json!({"kind": "Pod", "name": "q", "namespace": "n"});
    let changed = stored(&testing::with(&event(), "/regarding", regarding));
    let mut errors = FieldErrors::new();
    EVENTS.validate_update(&cx, &mut errors, &changed, &stored(&event()));
    assert_eq!(
        errors.aggregate(),
        "involvedObject: Invalid value: {\"Kind\":\"Pod\",\"Namespace\":\"n\",\"Name\":\"q\",\"UID\":\"\",\"APIVersion\":\"\",\"ResourceVersion\":\"\",\"FieldPath\":\"\"}: field is immutable"
    );
}
