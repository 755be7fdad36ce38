use super::Secrets;
use crate::testing::{context, create, object};
use api::core::v1::Secret;
use meta::{FieldErrors, FieldPath};
use resource::{Strategy, Verb};
use serde_json::json;

/// Type and keys -> the errors.
#[track_caller]
fn check(type_: &str, keys: &[&str], expect: &str) {
    let mut secret = Secret {
        type_: type_.into(),
        ..Secret::default()
    };
    for key in keys {
        secret.string_data.insert(*key, "{}".into());
    }
    Secrets.set_defaults(&mut secret);
    assert!(secret.string_data.is_empty() && secret.data.len() == keys.len());
    let mut errors = FieldErrors::new();
    super::check_type(&mut errors, &FieldPath::new("data"), &secret);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn types_promise_keys() {
    check("", &["anything"], "[]");
    check("example.com/own", &[], "[]");
    check(
        "kubernetes.io/tls",
        &["tls.crt"],
        "data[tls.key]: Required value",
    );
    check(
        "kubernetes.io/ssh-auth",
        &[],
        "data[ssh-privatekey]: Required value",
    );
    check(
        "kubernetes.io/dockerconfigjson",
        &[".dockerconfigjson"],
        "[]",
    );
    check("kubernetes.io/basic-auth", &["password"], "[]");
}

#[track_caller]
fn check_config(text: &str, expect: &str) {
    let document = json!({"metadata": {"name": "s"}, "type": "kubernetes.io/dockercfg", "stringData": {".dockercfg": text}});
    assert_eq!(create(&Secrets, &document), expect);
}

/// In Go's words.
#[test]
fn credentials_are_json_objects() {
    let path = "data[.dockercfg]: Invalid value: \"<secret contents redacted>\"";
    check_config("{}", "[]");
    check_config("null", "[]");
    check_config("", &format!("{path}: unexpected end of JSON input"));
    check_config(
        "nope",
        &format!("{path}: invalid character 'o' in literal null (expecting 'u')"),
    );
    check_config(
        "[]",
        &format!(
            "{path}: json: cannot unmarshal array into Go value of type map[string]interface {{}}"
        ),
    );
}

#[track_caller]
fn check_pair(certificate: &str, key: &str, expect: &str) {
    let document = json!({"metadata": {"name": "s"}, "type": "kubernetes.io/tls", "stringData": {"tls.crt": certificate, "tls.key": key}});
    let secret = object(&Secrets, &document);
    let warnings = Secrets.warnings_on_create(&context(Verb::Create), &secret);
    assert_eq!(warnings.join("\n"), expect);
}

#[test]
fn pairs_that_cannot_be_one_are_warned_about() {
    let block = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
    let (certificate, key) = (block("CERTIFICATE"), block("RSA PRIVATE KEY"));
    check_pair(
        "x",
        "y",
        "tls: failed to find any PEM data in certificate input",
    );
    check_pair(
        &certificate,
        "y",
        "tls: failed to find any PEM data in key input",
    );
    check_pair(
        &key,
        &certificate,
        "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
    );
    check_pair(
        &certificate,
        &certificate,
        "tls: found a certificate rather than a key in the PEM for the private key",
    );
    check_pair(&certificate, &key, "x509: malformed certificate");
}
