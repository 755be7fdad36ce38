use super::clients;
use crate::pki::Pki;
use time::OffsetDateTime;

fn pki(dir: &tempfile::TempDir) -> Pki {
    let now = OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap();
    Pki::open(&dir.path().join("pki"), now).unwrap()
}

#[test]
fn further_authorities_stand_beside_the_clusters_own() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (own, other) = (pki(&dir), pki(&other));
    let file = dir.path().join("clients.pem");
    std::fs::write(&file, &other.ca_pem).unwrap();
    let (roots, pem) = clients(Some(&file), &own).unwrap();
    assert_eq!(roots.len(), 2);
    assert_eq!(pem, format!("{}{}", own.ca_pem, other.ca_pem));
    assert_eq!(clients(None, &own).unwrap().1, own.ca_pem);
}

#[test]
fn a_file_without_certificates_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("clients.pem");
    std::fs::write(&file, "none").unwrap();
    let error = clients(Some(&file), &pki(&dir)).unwrap_err().to_string();
    let end = "which --client-ca-file names, holds no certificate";
    assert!(error.ends_with(end), "{error}");
}
