use super::Secrets;
use api::core::v1::Secret;
use meta::{FieldErrors, FieldPath};
use resource::Strategy;

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
