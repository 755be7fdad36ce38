//! Scaling by table.

use super::*;

#[test]
fn scaled() {
    let cases: [(IntOrString, i32, bool, Option<i32>); 6] = [
        (3.into(), 10, true, Some(3)),
        ("25%".into(), 10, true, Some(3)),
        ("25%".into(), 10, false, Some(2)),
        ("0%".into(), 10, true, Some(0)),
        ("x%".into(), 10, true, None),
        ("http".into(), 10, true, None),
    ];
    for (value, total, round_up, expected) in cases {
        assert_eq!(value.scaled(total, round_up), expected, "{value}");
    }
}
