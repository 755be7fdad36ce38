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
    ];
    for (text, expected) in cases {
        let shown = Duration::parse(text)
            .map_or_else(|error| error.to_string(), |duration| duration.to_string());
        assert_eq!(shown, expected, "{text}");
    }
}
