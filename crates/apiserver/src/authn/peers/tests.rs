use super::{PeerChain, Peers};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, DnValue, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
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

/// What is unusual of an authority or a certificate.
type Change = fn(&mut CertificateParams);

fn as_usual(_: &mut CertificateParams) {}

fn for_servers(params: &mut CertificateParams) {
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
}

fn for_anything(params: &mut CertificateParams) {
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::Any];
}

fn for_signatures(params: &mut CertificateParams) {
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
}

fn ended(params: &mut CertificateParams) {
    params.not_after = date_time_ymd(2029, 12, 31);
}

fn no_authority(params: &mut CertificateParams) {
    params.is_ca = IsCa::ExplicitNoCa;
}

fn last_authority(params: &mut CertificateParams) {
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
}

/// A certificate of the name, with its key, for others to be signed with.
fn signed(name: &str, change: Change, by: Option<&Signer>) -> Signer {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    if name == "ann" {
        params.is_ca = IsCa::NoCa;
    }
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let made = match by {
        None => params.self_signed(&key),
        Some((_, issuer)) => params.signed_by(&key, issuer),
    };
    (made.unwrap().der().clone(), Issuer::new(params, key))
}

type Signer = (CertificateDer<'static>, Issuer<'static, KeyPair>);

#[test]
fn authorities_end_and_must_be_ones_as_those_between_must() {
    type Row = (&'static str, Change, Option<Change>, Change, bool);
    let rows: [Row; 14] = [
        ("usual", as_usual, None, as_usual, true),
        ("for servers", as_usual, None, for_servers, false),
        ("for anything", as_usual, None, for_anything, true),
        ("root ended", ended, None, as_usual, false),
        ("root no authority", no_authority, None, as_usual, false),
        ("root for servers", for_servers, None, as_usual, false),
        ("root for anything", for_anything, None, as_usual, true),
        (
            "root signs no certificates",
            for_signatures,
            None,
            as_usual,
            false,
        ),
        ("one between", as_usual, Some(as_usual), as_usual, true),
        (
            "root signs clients alone",
            last_authority,
            Some(as_usual),
            as_usual,
            false,
        ),
        ("between ended", as_usual, Some(ended), as_usual, false),
        (
            "between for anything",
            as_usual,
            Some(for_anything),
            as_usual,
            true,
        ),
        (
            "between for servers",
            as_usual,
            Some(for_servers),
            as_usual,
            false,
        ),
        (
            "between signs no certificates",
            as_usual,
            Some(for_signatures),
            as_usual,
            false,
        ),
    ];
    for (case, root, between, own, good) in rows {
        let root = signed("root", root, None);
        let between = between.map(|change| signed("between", change, Some(&root)));
        let own = signed("ann", own, Some(between.as_ref().unwrap_or(&root)));
        let peers = Peers::new(&[root.0], &[]).unwrap();
        let chain: Vec<_> = [own.0]
            .into_iter()
            .chain(between.map(|own| own.0))
            .collect();
        let proved = PeerChain::new(&peers, &chain, at(IN_2030)).at(&peers, at(IN_2030));
        assert_eq!(
            (proved.user.is_some(), proved.unknown),
            (good, !good),
            "{case}"
        );
    }
}

#[test]
fn a_certificate_that_is_trusted_itself_needs_no_authority() {
    let (own, _) = signed("ann", as_usual, None);
    let peers = Peers::new(std::slice::from_ref(&own), &[]).unwrap();
    let proved = PeerChain::new(&peers, &[own], at(IN_2030)).at(&peers, at(IN_2030));
    assert_eq!(proved.user.as_ref().unwrap().name, "ann");
}

#[test]
fn names_are_read_in_old_encodings_and_not_in_others() {
    let teletex = DnValue::TeletexString("ann".try_into().unwrap());
    let bmp = DnValue::BmpString("größe".try_into().unwrap());
    let universal = DnValue::UniversalString("ann".try_into().unwrap());
    for (group, found) in [
        (teletex, Some("ann")),
        (bmp, Some("größe")),
        (universal, None),
    ] {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "ann");
        params
            .distinguished_name
            .push(DnType::OrganizationName, group);
        let own = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        let user = crate::authn::x509::user(own.der());
        let group = user.ok().map(|user| user.unwrap().groups[0].to_string());
        assert_eq!(group.as_deref(), found);
    }
}
