use super::{Identity, Pki};
use std::os::unix::fs::PermissionsExt;
use time::OffsetDateTime;

const NOW: i64 = 1_800_000_000;

fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(NOW).unwrap()
}

#[test]
fn a_second_open_finds_the_same_keys() {
    let dir = tempfile::tempdir().unwrap();
    let first = Pki::open(&dir.path().join("pki"), now()).unwrap();
    let second = Pki::open(&dir.path().join("pki"), now()).unwrap();
    assert_eq!(
        (first.ca_pem, first.token_key_pem),
        (second.ca_pem, second.token_key_pem)
    );
}

#[test]
fn only_the_owner_reads_keys() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("pki");
    Pki::open(&path, now()).unwrap();
    let mode = |name: &str| {
        std::fs::metadata(path.join(name))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(
        (mode("."), mode("ca.key"), mode("service-account.key")),
        (0o700, 0o600, 0o600)
    );
}

#[test]
fn a_damaged_key_is_named() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("ca.key"), "not a key").unwrap();
    let error = Pki::open(dir.path(), now()).unwrap_err().to_string();
    assert!(
        error.contains("ca.key does not hold a usable key"),
        "{error}"
    );
}

#[test]
fn a_client_is_its_user_and_group() {
    let dir = tempfile::tempdir().unwrap();
    let pki = Pki::open(dir.path(), now()).unwrap();
    let identity = Identity::Client {
        user: "ann".to_owned(),
        group: "system:masters".to_owned(),
    };
    let leaf = pki.issue(&identity, now()).unwrap();
    let (_, certificate) = x509_parser::parse_x509_certificate(&leaf.certificate_der).unwrap();
    assert_eq!(
        certificate.subject().to_string(),
        "CN=ann, O=system:masters"
    );
    assert!(leaf.renew_at > now());
}
