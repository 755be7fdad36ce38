//! Times by table.

use super::*;

#[test]
fn seconds() {
    let cases = [
        ("2026-11-22T01:02:03Z", "2026-11-22T01:02:03Z"),
        ("2026-11-22T01:02:03.999Z", "2026-11-22T01:02:03Z"),
        ("2026-11-22T01:02:03+02:00", "2026-11-21T23:02:03Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        (
            "x",
            "parsing time \"x\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as \"2006\"",
        ),
        (
            "2026-11-22",
            "parsing time \"2026-11-22\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"T\"",
        ),
        (
            "2026-13-22T01:02:03Z",
            "parsing time \"2026-13-22T01:02:03Z\": month out of range",
        ),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("2024-02-29T23:59:59.5-00:30", "2024-03-01T00:29:59Z"),
        ("2026-11-22T1:02:03,25Z", "2026-11-22T01:02:03Z"),
        (
            "2026-11-22T01:02:03Zulu",
            "parsing time \"2026-11-22T01:02:03Zulu\": extra text: \"ulu\"",
        ),
        (
            "2026-11-22T24:02:x",
            "parsing time \"2026-11-22T24:02:x\": hour out of range",
        ),
        (
            "2026-11-22T01:02:03+25:00",
            "parsing time \"2026-11-22T01:02:03+25:00\": time zone offset hour out of range",
        ),
        (
            "é",
            "parsing time \"\\xc3\\xa9\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\\xc3\\xa9\" as \"2006\"",
        ),
        (
            "2026-02-30T01:02:03Z",
            "parsing time \"2026-02-30T01:02:03Z\": day out of range",
        ),
    ];
    for (text, expected) in cases {
        let shown =
            Time::parse(text).map_or_else(|error| error.to_string(), |time| time.to_string());
        assert_eq!(shown, expected);
    }
}

#[test]
fn micros() {
    let time = MicroTime::parse("2026-11-22T01:02:03.000009Z").unwrap();
    assert_eq!(time.to_string(), "2026-11-22T01:02:03.000009Z");
    assert_eq!(MicroTime::from_system_time(time.to_system_time()), time);
    assert!(MicroTime::parse("2026-11-22T01:02:03Z").is_err());
    assert!(MicroTime::default().is_zero());
}

#[test]
fn zero() {
    assert!(Time::default().is_zero());
    assert!(Time::parse("0001-01-01T00:00:00Z").unwrap().is_zero());
    let now = Time::from_unix_seconds(1_800_000_000);
    assert_eq!(Time::from_system_time(now.to_system_time()), now);
}

#[test]
fn every_day_is_read_as_it_is_written() {
    for day in (-719_528_i64..2_932_897).step_by(17) {
        let time = Time::from_unix_seconds(day * 86_400 + day.rem_euclid(86_400));
        assert_eq!(Time::parse(&time.to_string()).unwrap(), time);
    }
    // Leap days of a century, and what another calendar says of them.
    let text = |seconds| Time::from_unix_seconds(seconds).to_string();
    assert_eq!(text(951_782_400), "2000-02-29T00:00:00Z");
    assert_eq!(text(4_107_542_400), "2100-03-01T00:00:00Z");
    assert_eq!(text(-1), "1969-12-31T23:59:59Z");
}
