//! Durations by table.

use super::*;

#[test]
fn text() {
    let cases = [
        ("0", "0s"),
        ("1h2m3.5s", "1h2m3.5s"),
        ("90s", "1m30s"),
        ("1.5h", "1h30m0s"),
        ("-2m", "-2m0s"),
        ("1ms", "1ms"),
        ("1500us", "1.5ms"),
        ("15ns", "15ns"),
        (".5s", "500ms"),
        ("", "time: invalid duration \"\""),
        ("5", "time: missing unit in duration \"5\""),
        ("5x", "time: unknown unit \"x\" in duration \"5x\""),
        ("s", "time: invalid duration \"s\""),
        ("µ\"", "time: invalid duration \"\\xc2\\xb5\\\"\""),
    ];
    for (text, expected) in cases {
        let shown = Duration::parse(text)
            .map_or_else(|error| error.to_string(), |duration| duration.to_string());
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn spelled() {
    let cases = [
        ("1h30m", Some("1h30m0s")),
        ("2 weeks and 1 Day", Some("360h0m0s")),
        ("3 secs, 5 minutes", Some("5m3s")),
        ("7µs", Some("7µs")),
        ("1 month", None),
        ("99999999999999999999 s, 1 s", None),
        ("weeks", None),
        ("5", None),
    ];
    for (text, expected) in cases {
        let read = Duration::parse_spelled(text).map(|duration| duration.to_string());
        assert_eq!(read.as_deref(), expected, "{text}");
    }
}

#[test]
fn from_std() {
    use std::time::Duration as Std;
    assert_eq!(
        Duration::from(Std::from_millis(61_500)).to_string(),
        "1m1.5s"
    );
    assert_eq!(Duration::from(Std::MAX).nanos(), i64::MAX);
    let long = Duration::from(Std::from_nanos(1_234_567_890));
    assert_eq!(long.in_whole_millis().to_string(), "1.234s");
}
