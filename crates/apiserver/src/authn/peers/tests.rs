use super::{PeerChain, Peers};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls_pki_types::{CertificateDer, UnixTime};
use std::time::Duration;

/// 2030-01-01T00:00:00Z
const IN_2030: u64 = 1_893_456_000;
/// Seconds.
const DAY: u64 = 86_400;

fn at(seconds: u64) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

/// An authority, and a certificate of it that is good on the second of January 2030.
fn certificates() -> (CertificateDer<'static>, CertificateDer<'static>) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = Issuer::new(params.clone(), KeyPair::generate().unwrap());
    let authority = params.self_signed(issuer.key()).unwrap();
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "ann");
    params.not_before = date_time_ymd(2030, 1, 2);
    params.not_after = date_time_ymd(2030, 1, 3);
    let own = params.signed_by(&KeyPair::generate().unwrap(), &issuer);
    (authority.der().clone(), own.unwrap().der().clone())
}

#[test]
fn what_a_connection_proves_begins_and_ends_with_its_certificate() {
    let (authority, own) = certificates();
    let peers = Peers::new(&[authority], &[]).unwrap();
    let chain = PeerChain::new(&peers, &[own], at(IN_2030));
    for (seconds, name) in [
        (IN_2030, None),
        (IN_2030 + DAY, Some("ann")),
        (IN_2030 + 2 * DAY, Some("ann")),
        (IN_2030 + 2 * DAY + 1, None),
        (IN_2030 + 300 * DAY, None),
    ] {
        let proved = chain.at(&peers, at(seconds));
        let found = proved.user.as_ref().map(|user| user.name.to_string());
        assert_eq!(found.as_deref(), name, "at {seconds}");
    }
    let nobody = PeerChain::new(&peers, &[], at(IN_2030));
    let nobody = nobody.at(&peers, at(IN_2030 + DAY));
    assert!(!nobody.unknown && nobody.user.is_none() && nobody.proxy.is_none());
}
