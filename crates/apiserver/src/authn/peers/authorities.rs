//! Authorities of client certificates, and whether a chain of certificates leads to one. `webpki` builds the path and checks signatures;
//! what it takes an authority's word for is asked here, as Go's verifier asks it: authorities end too, and must be ones.
use super::AuthorityError;
use rustls::{DistinguishedName, RootCertStore, crypto::ring};
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{
    EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeId, KeyPurposeIdIter, VerifiedPath,
};
use x509_parser::{
    certificate::Validity,
    prelude::{FromDer, X509Certificate, X509Version},
};

const CLIENT_AUTH: KeyPurposeId<'static> =
    KeyPurposeId::new(&[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02]);
const ANY_USAGE: KeyPurposeId<'static> = KeyPurposeId::new(&[0x55, 0x1d, 0x25, 0x00]);

/// Authorities whose certificates are good for something.
#[derive(Debug)]
pub(super) struct Authorities(Vec<Authority>);

#[derive(Debug)]
struct Authority {
    own: CertificateDer<'static>,
    anchor: TrustAnchor<'static>,
    validity: Validity,
    for_clients: bool,
    may_sign: bool,
    /// How many others may stand between this one and the client.
    intermediates_max: Option<u32>,
}

impl Authorities {
    /// `None` when there are none.
    pub(super) fn new(
        certificates: &[CertificateDer<'static>],
    ) -> Result<Option<Self>, AuthorityError> {
        let known: Result<Vec<_>, _> = certificates.iter().map(Authority::new).collect();
        Ok(Some(Self(known?)).filter(|known| !known.0.is_empty()))
    }

    /// Their names, for handshakes.
    pub(super) fn subjects(&self) -> Vec<DistinguishedName> {
        let anchors = self.0.iter().map(|known| known.anchor.clone());
        anchors.collect::<RootCertStore>().subjects()
    }

    pub(super) fn certificates(&self) -> impl Iterator<Item = &CertificateDer<'static>> {
        self.0.iter().map(|known| &known.own)
    }

    /// Whether a certificate is good for a client, now; `others` came with it.
    pub(super) fn verify(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> bool {
        let valid = |known: &&Authority| known.for_clients && is_valid(&known.validity, now);
        // A certificate that is trusted itself needs nobody's word.
        if let Some(pinned) = self.0.iter().find(|known| known.own == *own) {
            return valid(&pinned);
        }
        let known = self.0.iter().filter(valid).filter(|known| known.may_sign);
        let known: Vec<&Authority> = known.collect();
        let anchors: Vec<_> = known.iter().map(|known| known.anchor.clone()).collect();
        let Ok(client) = EndEntityCert::try_from(own) else {
            return false;
        };
        let provider = ring::default_provider();
        let algorithms = provider.signature_verification_algorithms.all;
        let may_go = |path: &VerifiedPath<'_>| {
            let good = intermediates_may_sign(path) && known.iter().any(|known| known.takes(path));
            good.then_some(()).ok_or(Error::UnknownIssuer)
        };
        client
            .verify_for_usage(
                algorithms,
                &anchors,
                others,
                now,
                Clients,
                None,
                Some(&may_go),
            )
            .is_ok()
    }
}

impl Authority {
    fn new(own: &CertificateDer<'static>) -> Result<Self, AuthorityError> {
        let anchor = webpki::anchor_from_trusted_cert(own).map_err(AuthorityError::Root)?;
        let unreadable = || AuthorityError::Root(Error::BadDer);
        let read = X509Certificate::from_der(own);
        let (_, certificate) = read.map_err(|_| unreadable())?;
        let constraints = certificate.basic_constraints();
        let constraints = constraints.map_err(|_| unreadable())?;
        let usage = certificate.extended_key_usage();
        let usage = usage.map_err(|_| unreadable())?;
        Ok(Self {
            anchor: anchor.to_owned(),
            validity: certificate.validity().clone(),
            for_clients: usage.is_none_or(|usage| usage.value.any || usage.value.client_auth),
            // Certificates of the first version cannot say what they are.
            may_sign: constraints
                .as_ref()
                .map_or(certificate.version() != X509Version::V3, |constraints| {
                    constraints.value.ca
                })
                && signs_certificates(&certificate),
            intermediates_max: constraints
                .and_then(|constraints| constraints.value.path_len_constraint),
            own: own.clone(),
        })
    }

    /// Whether a path ends here, and is not too long for it.
    fn takes(&self, path: &VerifiedPath<'_>) -> bool {
        let others = path.intermediate_certificates().count();
        self.anchor == *path.anchor()
            && self
                .intermediates_max
                .is_none_or(|max| u32::try_from(others).is_ok_and(|others| others <= max))
    }
}

fn is_valid(validity: &Validity, now: UnixTime) -> bool {
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    (validity.not_before.timestamp()..=validity.not_after.timestamp()).contains(&now)
}

fn intermediates_may_sign(path: &VerifiedPath<'_>) -> bool {
    path.intermediate_certificates().all(|other| {
        let der = other.der();
        let read = X509Certificate::from_der(&der);
        read.is_ok_and(|(_, certificate)| signs_certificates(&certificate))
    })
}

/// Whether a key may sign certificates, as far as its own certificate says what it may.
fn signs_certificates(certificate: &X509Certificate<'_>) -> bool {
    let usage = certificate.key_usage();
    usage.is_ok_and(|usage| usage.is_none_or(|usage| usage.value.key_cert_sign()))
}

/// Certificates for clients, for anything, and those that do not say what for.
struct Clients;

impl ExtendedKeyUsageValidator for Clients {
    fn validate(&self, usages: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        let mut none = true;
        for usage in usages {
            let usage = usage?;
            if usage == CLIENT_AUTH || usage == ANY_USAGE {
                return Ok(());
            }
            none = false;
        }
        none.then_some(()).ok_or(Error::UnknownIssuer)
    }
}
