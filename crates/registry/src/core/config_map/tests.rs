use super::check_key;
use meta::{FieldErrors, FieldPath};

/// A key -> how many errors it gets.
#[track_caller]
fn check(key: &str, expect: usize) {
    let mut errors = FieldErrors::new();
    check_key(&mut errors, &FieldPath::new("data"), key);
    assert_eq!(errors.len(), expect, "{}", errors.aggregate());
}

#[test]
fn keys_are_file_names() {
    check("a.b-C_9", 0);
    check("", 1);
    check("a/b", 1);
    check(".", 1);
    check("..", 1);
    check("..data", 1);
    check(&"a".repeat(254), 1);
}

#[test]
fn all_data_together_is_bounded() {
    let map = serde_json::json!({"data": {"a": "x".repeat(1024 * 1024), "b": "y"}});
    assert_eq!(
        crate::testing::create(&super::ConfigMaps, &map),
        "[]: Too long: may not be more than 1048576 bytes"
    );
}
