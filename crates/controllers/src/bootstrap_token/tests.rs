use super::{left, signing};
use api::core::v1::Secret;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use std::time::{Duration, SystemTime};

fn token(name: &str, data: &[(&str, &str)]) -> Secret {
    let data: serde_json::Map<_, _> = data
        .iter()
        .map(|(key, value)| ((*key).to_owned(), json!(STANDARD.encode(value))))
        .collect();
    meta::codec::from_value(&json!({"metadata": {"name": name}, "data": data}))
        .unwrap()
        .object
}

/// 2030-01-01.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_893_456_000)
}

#[test]
fn tokens_end_when_they_say_so() {
    for (end, expect) in [
        ("", None),
        ("2030-01-01T00:00:01Z", Some(1000)),
        ("2030-01-01T00:00:00.25Z", Some(250)),
        ("2030-01-01T02:00:01+02:00", Some(1000)),
        ("2030-01-01T00:00:00Z", Some(0)),
        ("1960-01-01T00:00:00Z", Some(0)),
        ("tomorrow", Some(0)),
        ("2030-01-02", Some(0)),
    ] {
        let got = left(&token("t", &[("expiration", end)]), now());
        assert_eq!(got.map(|left| left.as_millis()), expect, "{end}");
    }
    assert_eq!(left(&Secret::default(), now()), None);
}

#[test]
fn only_sound_tokens_sign() {
    let good = [
        ("token-id", "abcdef"),
        ("token-secret", "s"),
        ("usage-bootstrap-signing", "true"),
    ];
    let check = |name: &str, other: &[(&str, &str)]| {
        let data = [&good[..], other].concat();
        signing(&token(name, &data), now()).is_some()
    };
    assert!(check("bootstrap-token-abcdef", &[]));
    assert!(check(
        "bootstrap-token-abcdef",
        &[("expiration", "2030-01-01T00:00:01Z")]
    ));
    assert!(!check(
        "bootstrap-token-abcdef",
        &[("expiration", "2030-01-01T00:00:00Z")]
    ));
    assert!(!check("bootstrap-token-abcdef", &[("token-secret", "")]));
    for usage in ["", "True", "false"] {
        assert!(!check(
            "bootstrap-token-abcdef",
            &[("usage-bootstrap-signing", usage)]
        ));
    }
    for (name, id) in [
        ("abcdef", "abcdef"),
        ("bootstrap-token-abcde", "abcde"),
        ("bootstrap-token-abcdeF", "abcdeF"),
        ("bootstrap-token-abcdef", "abcdeg"),
    ] {
        assert!(!check(name, &[("token-id", id)]), "{name} {id}");
    }
}
