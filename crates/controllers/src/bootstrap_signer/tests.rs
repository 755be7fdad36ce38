use super::{plan, sign};
use api::core::v1::{ConfigMap, Secret};
use base64::{Engine, engine::general_purpose::STANDARD};
use expect_test::{Expect, expect};
use serde_json::json;
use std::{sync::Arc, time::SystemTime};

fn token(id: &str, usage: &str) -> Arc<Secret> {
    let text = |text: &str| STANDARD.encode(text);
    let secret = json!({
        "metadata": {"name": format!("bootstrap-token-{id}")},
        "data": {
            "token-id": text(id),
            "token-secret": text("0123456789abcdef"),
            "usage-bootstrap-signing": text(usage),
        },
    });
    Arc::new(meta::codec::from_value(&secret).unwrap().object)
}

#[track_caller]
fn check(data: &serde_json::Value, tokens: &[Arc<Secret>], expect: &Expect) {
    let map: ConfigMap = meta::codec::from_value(&json!({"data": data}))
        .unwrap()
        .object;
    let signed = plan(&map, tokens, SystemTime::UNIX_EPOCH);
    let lines = signed.iter().flat_map(|map| map.data.iter());
    let lines: String = lines
        .map(|(key, value)| format!("{key} {value}\n"))
        .collect();
    expect.assert_eq(&lines);
}

#[test]
fn each_token_that_may_signs() {
    let tokens = [token("abcdef", "true"), token("bbbbbb", "false")];
    check(&json!({"other": "x"}), &tokens, &expect![""]);
    check(
        &json!({"kubeconfig": "content", "other": "x"}),
        &tokens,
        &expect![[r#"
            jws-kubeconfig-abcdef eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..psz1NayrXM3IaFzKZGsb5n_mBl7MjtlsZ1xE8MRmF_4
            kubeconfig content
            other x
        "#]],
    );
}

#[test]
fn signatures_of_tokens_that_are_gone_go() {
    let right = sign("content", "abcdef", b"0123456789abcdef");
    let good = json!({"kubeconfig": "content", "jws-kubeconfig-abcdef": right});
    let tokens = [token("abcdef", "true")];
    check(&good, &tokens, &expect![""]);
    check(&good, &[], &expect!["kubeconfig content\n"]);
    let spoiled = json!({"kubeconfig": "content", "jws-kubeconfig-abcdef": "x", "jws-kubeconfig-zzzzzz": "y"});
    check(
        &spoiled,
        &tokens,
        &expect![[r#"
            jws-kubeconfig-abcdef eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..psz1NayrXM3IaFzKZGsb5n_mBl7MjtlsZ1xE8MRmF_4
            kubeconfig content
        "#]],
    );
}

/// The signature was made with another implementation of the same standard.
#[test]
fn signatures_are_those_of_the_standard() {
    expect![
        "eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..psz1NayrXM3IaFzKZGsb5n_mBl7MjtlsZ1xE8MRmF_4"
    ]
    .assert_eq(&sign("content", "abcdef", b"0123456789abcdef"));
}
