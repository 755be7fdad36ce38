//! Rules that the recorded answers do not show.

use super::{CronJobs, schedule};
use crate::testing;
use resource::{Strategy, Verb};
use serde_json::{Value, json};

fn cron_job(fields: &Value) -> Value {
    let mut all = json!({
        "metadata": {"name": "c"},
        "spec": {
            "schedule": "* * * * *",
            "jobTemplate": {"spec": {"template": {"spec": {
                "restartPolicy": "Never",
                "containers": [{"name": "c", "image": "i"}],
            }}}},
        },
    });
    let fields = fields.as_object().unwrap().clone();
    all["spec"].as_object_mut().unwrap().extend(fields);
    all
}

#[test]
fn schedules() {
    for good in [
        "*/5 1-3,7 ? jan-MAR sun",
        "@hourly",
        "@every 1h30m",
        "0 0 31 12 6",
        "5/10 * * * *",
        "TZ=Europe/Paris 0 0 * * *",
    ] {
        assert_eq!(schedule::check(good), Ok(()), "{good}");
    }
    for (bad, expect) in [
        ("* * * *", "expected exactly 5 fields, found 4: [* * * *]"),
        ("60 * * * *", "end of range (60) above maximum (59): 60"),
        ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
        (
            "5-3 * * * *",
            "beginning of range (5) beyond end of range (3): 5-3",
        ),
        (
            "*/0 * * * *",
            "step of range should be a positive number: */0",
        ),
        ("1-2-3 * * * *", "too many hyphens: 1-2-3"),
        ("1/2/3 * * * *", "too many slashes: 1/2/3"),
        (
            "x * * * *",
            "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax",
        ),
        ("1--1 * * * *", "too many hyphens: 1--1"),
        ("@never", "unrecognized descriptor: @never"),
        (
            "@every x",
            "failed to parse duration @every x: time: invalid duration \"x\"",
        ),
        (
            "TZ=Nowhere * * * * *",
            "provided bad location Nowhere: unknown time zone Nowhere",
        ),
    ] {
        assert_eq!(schedule::check(bad), Err(expect.to_owned()), "{bad}");
    }
}

#[test]
fn zones_have_a_field() {
    for (fields, expect) in [
        (json!({"timeZone": "Europe/Paris"}), "[]"),
        (json!({"timeZone": "Etc/GMT+5"}), "[]"),
        (
            json!({"timeZone": "europe/paris"}),
            "spec.timeZone: Invalid value: \"europe/paris\": unknown time zone europe/paris",
        ),
        (
            json!({"timeZone": "local"}),
            "[spec.timeZone: Invalid value: \"local\": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones, spec.timeZone: Invalid value: \"local\": unknown time zone local]",
        ),
        (
            json!({"timeZone": "../etc"}),
            "spec.timeZone: Invalid value: \"../etc\": unknown time zone ../etc",
        ),
        (
            json!({"timeZone": ""}),
            "spec.timeZone: Invalid value: \"\": timeZone must be nil or non-empty string",
        ),
        (
            json!({"schedule": "TZ=UTC * * * * *"}),
            "spec.schedule: Invalid value: \"TZ=UTC * * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead",
        ),
    ] {
        assert_eq!(testing::create(&CronJobs, &cron_job(&fields)), expect);
    }
    let old = cron_job(&json!({"schedule": "TZ=UTC 0 * * * *"}));
    let new = cron_job(&json!({"schedule": "TZ=UTC 1 * * * *"}));
    assert_eq!(testing::update(&CronJobs, &old, &new), "[]");
    let [old, new] = [old, new].map(|document| testing::object(&CronJobs, &document));
    let cx = testing::context(Verb::Update);
    assert_eq!(
        CronJobs.warnings_on_update(&cx, &new, &old),
        [
            "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details"
        ]
    );
}

#[test]
fn names_leave_room_for_a_time() {
    let mut long = cron_job(&json!({}));
    long["metadata"]["name"] = "a".repeat(53).into();
    let expect = format!(
        "metadata.name: Invalid value: \"{}\": must be no more than 52 characters",
        "a".repeat(53)
    );
    assert_eq!(testing::create(&CronJobs, &long), expect);
}
