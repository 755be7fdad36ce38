use super::{Step, plan};
use meta::Time;
use serde_json::json;

const YEAR: i64 = 365 * 24 * 3600;

/// Created, last used, marked -> what is done at the start of 2030.
#[track_caller]
fn check(created: &str, used: Option<&str>, marked: Option<&str>, expect: &str) {
    let mut labels = json!({});
    for (name, value) in [(super::LAST_USED, used), (super::INVALID_SINCE, marked)] {
        if let Some(value) = value {
            labels[name] = value.into();
        }
    }
    let secret = json!({"metadata": {"creationTimestamp": created, "labels": labels}});
    let now = Time::parse("2030-01-01T00:00:00Z").unwrap();
    let got = match plan(&meta::codec::from_value(&secret).unwrap().object, YEAR, now) {
        Some(Step::Wait(until)) => format!("until {}", Time::from_unix_seconds(until)),
        other => format!("{other:?}"),
    };
    assert_eq!(got, expect, "{created} {used:?} {marked:?}");
}

#[test]
fn a_year_without_use_and_a_year_after_the_mark() {
    let old = "2020-05-05T10:00:00Z";
    check(old, None, None, "Some(Mark)");
    check("2028-12-31T23:59:59Z", None, None, "Some(Mark)");
    check(
        "2029-01-01T00:00:00Z",
        None,
        None,
        "until 2030-01-01T00:00:01Z",
    );
    check(old, Some("2028-12-31"), None, "Some(Mark)");
    check(old, Some("2029-01-01"), None, "until 2030-01-02T00:00:00Z");
    check(old, None, Some("2028-12-31"), "Some(Delete)");
    check(old, None, Some("2029-01-01"), "until 2030-01-02T00:00:00Z");
    check(
        old,
        Some("2029-06-01"),
        Some("2028-01-01"),
        "until 2030-06-02T00:00:00Z",
    );
}

#[test]
fn marks_that_cannot_be_read_are_made_again_and_uses_are_not_guessed() {
    let old = "2020-05-05T10:00:00Z";
    for mark in [
        "",
        "never",
        "2028-1-1",
        "2028-13-01",
        "2028-01-01T00:00:00Z",
    ] {
        check(old, None, Some(mark), "Some(Mark)");
    }
    for used in ["", "never", "2028-1-1", "2028-02-30"] {
        check(old, Some(used), None, "None");
    }
}

#[test]
fn what_is_going_is_left_alone() {
    let going = json!({"metadata": {
        "creationTimestamp": "2020-05-05T10:00:00Z", "deletionTimestamp": "2020-05-05T10:00:00Z",
    }});
    let now = Time::parse("2030-01-01T00:00:00Z").unwrap();
    assert_eq!(
        plan(&meta::codec::from_value(&going).unwrap().object, YEAR, now),
        None
    );
}
