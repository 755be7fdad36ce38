//! Certificates as another reader of X.509 reads them.

use super::{Authority, Validity};
use crate::certificates::{
    testing::{ANN, NAMED, request},
    usages::Usages,
};
use meta::Str;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, SignatureAlgorithm};
use x509_parser::{pem::Pem, prelude::X509Certificate};

fn authority(algorithm: &'static SignatureAlgorithm) -> (Authority, Pem) {
    let key = KeyPair::generate_for(algorithm).unwrap();
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let name = rcgen::DnType::CommonName;
    params.distinguished_name.push(name, "an authority");
    let pem = params.self_signed(&key).unwrap().pem();
    let authority = Authority::new(&pem, &key.serialize_pem()).unwrap();
    (authority, parsed(&pem))
}

fn parsed(pem: &str) -> Pem {
    Pem::iter_from_buffer(pem.as_bytes())
        .next()
        .unwrap()
        .unwrap()
}

fn issue(authority: &Authority, pem: &str, usages: &[&str], not_after: i64) -> String {
    let usages: Vec<Str> = usages.iter().map(|usage| Str::from(*usage)).collect();
    let usages = Usages::of(&usages).unwrap();
    let validity = Validity {
        not_before: 1_700_000_000,
        not_after,
    };
    authority
        .issue(&request(pem), &usages, validity, [0xff; 16])
        .unwrap()
}

fn extensions(certificate: &X509Certificate<'_>) -> Vec<String> {
    let all = certificate.extensions().iter();
    all.map(|found| format!("{} {}", found.oid, found.critical))
        .collect()
}

#[test]
fn any_key_signs() {
    for algorithm in [
        &rcgen::PKCS_ECDSA_P256_SHA256,
        &rcgen::PKCS_ECDSA_P384_SHA384,
        &rcgen::PKCS_ED25519,
    ] {
        let (authority, ca) = authority(algorithm);
        let pem = parsed(&issue(&authority, ANN, &["client auth"], 1_800_000_000));
        let certificate = pem.parse_x509().unwrap();
        let ca = ca.parse_x509().unwrap();
        let signed = certificate.verify_signature(Some(ca.public_key()));
        assert!(signed.is_ok(), "{signed:?}");
        assert_eq!(certificate.issuer(), ca.subject());
    }
}

#[test]
fn subject_validity_and_serial() {
    let (authority, _) = authority(&rcgen::PKCS_ED25519);
    let pem = parsed(&issue(&authority, ANN, &["client auth"], 4_000_000_000));
    let certificate = pem.parse_x509().unwrap();
    let organizations: Vec<_> = certificate
        .subject()
        .iter_organization()
        .map(|value| value.as_str().unwrap())
        .collect();
    assert_eq!(organizations, ["dev", "ops"]);
    let validity = certificate.validity();
    assert_eq!(validity.not_before.timestamp(), 1_700_000_000);
    assert_eq!(validity.not_after.timestamp(), 4_000_000_000);
    assert_eq!(
        certificate.raw_serial(),
        [[0].as_slice(), &[0xff; 16]].concat()
    );
    assert!(!certificate.is_ca());
}

#[test]
fn usages_and_names() {
    let (authority, _) = authority(&rcgen::PKCS_ED25519);
    let usages = [
        "digital signature",
        "decipher only",
        "server auth",
        "client auth",
    ];
    let pem = parsed(&issue(&authority, NAMED, &usages, 1_800_000_000));
    let certificate = pem.parse_x509().unwrap();
    let key = certificate.key_usage().unwrap().unwrap().value;
    assert!(key.digital_signature() && key.decipher_only());
    assert!(!key.key_encipherment() && !key.encipher_only());
    let extended = certificate.extended_key_usage().unwrap().unwrap().value;
    assert!(extended.server_auth && extended.client_auth && !extended.any);
    let names = certificate.subject_alternative_name().unwrap().unwrap();
    let names: Vec<_> = names
        .value
        .general_names
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        names,
        [
            "DNSName(n1)",
            "RFC822Name(a@b.c)",
            "IPAddress(0a:00:00:01)",
            "URI(http://x)"
        ]
    );
    assert_eq!(
        extensions(&certificate),
        [
            "2.5.29.15 true",
            "2.5.29.37 false",
            "2.5.29.19 true",
            "2.5.29.35 false",
            "2.5.29.17 false"
        ]
    );
}

#[test]
fn words_that_are_no_usage() {
    let words = [Str::from("client auth"), Str::from("x")];
    assert_eq!(
        Usages::of(&words).unwrap_err(),
        "unrecognized usage values: [\"x\"]"
    );
}
