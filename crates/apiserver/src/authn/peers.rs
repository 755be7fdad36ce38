//! Client certificates: what a connection proves. The handshake takes any certificate whose key the peer holds; which authority has
//! signed it decides what it is good for, and an unknown one is good for nothing.
mod authorities;

use super::x509;
use authorities::Authorities;
use parking_lot::Mutex;
use resource::User;
use rustls::{
    DigitallySignedStruct, DistinguishedName, Error, SignatureScheme,
    client::danger::HandshakeSignatureValid,
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    server::danger::{ClientCertVerified, ClientCertVerifier},
};
use rustls_pki_types::{CertificateDer, UnixTime};
use std::{sync::Arc, time::Duration};
use x509_parser::prelude::{FromDer, X509Certificate};

/// Why authorities of client certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("failed to trust an authority of client certificates")]
    Root(#[source] webpki::Error),
}

/// What a peer has proved.
#[derive(Clone, Debug, Default)]
pub(crate) struct PeerCertificate {
    /// It sent a certificate that is good for no user.
    pub(super) unknown: bool,
    pub(super) user: Option<User>,
    /// Common name of a front proxy.
    pub(super) proxy: Option<String>,
    /// When its own certificate ceases to be valid.
    pub(crate) expires_at: Option<UnixTime>,
    /// When something of it begins or ceases to be valid.
    changes_at: Option<UnixTime>,
}

/// The certificates that came with a connection, and what they prove. That ends when one of them does, also amid the connection.
#[derive(Debug)]
pub(crate) struct PeerChain {
    chain: Vec<CertificateDer<'static>>,
    known: Mutex<Arc<PeerCertificate>>,
}

impl PeerChain {
    /// The peer's own certificate comes first.
    pub(crate) fn new(peers: &Peers, chain: &[CertificateDer<'_>], now: UnixTime) -> Self {
        let chain: Vec<_> = chain.iter().map(|own| own.clone().into_owned()).collect();
        let known = Mutex::new(Arc::new(peers.identify(&chain, now)));
        Self { chain, known }
    }

    /// What they prove now.
    pub(crate) fn at(&self, peers: &Peers, now: UnixTime) -> Arc<PeerCertificate> {
        let mut known = self.known.lock();
        let changes = known.changes_at;
        if changes.is_some_and(|at| at.as_secs() <= now.as_secs()) {
            *known = Arc::new(peers.identify(&self.chain, now));
        }
        Arc::clone(&known)
    }
}

fn expiry(own: &CertificateDer<'static>) -> Option<UnixTime> {
    let (_, certificate) = X509Certificate::from_der(own).ok()?;
    let seconds = u64::try_from(certificate.validity().not_after.timestamp()).ok()?;
    Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
}

/// The first moment after now at which one of the certificates begins or ceases to be valid.
fn next_change<'a>(
    certificates: impl Iterator<Item = &'a CertificateDer<'static>>,
    now: UnixTime,
) -> Option<UnixTime> {
    let moments = certificates.flat_map(|own| {
        let read = X509Certificate::from_der(own).ok();
        let validity = read.map(|(_, certificate)| certificate.validity().clone());
        // A certificate is valid through its last second.
        let moments = validity.map(|validity| {
            let (begin, end) = (validity.not_before, validity.not_after);
            [begin.timestamp(), end.timestamp().saturating_add(1)]
        });
        moments.into_iter().flatten()
    });
    let moments = moments.filter_map(|moment| u64::try_from(moment).ok());
    let next = moments.filter(|moment| *moment > now.as_secs()).min();
    next.map(|next| UnixTime::since_unix_epoch(Duration::from_secs(next)))
}

/// The authorities.
#[derive(Debug)]
pub(crate) struct Peers {
    users: Option<Authorities>,
    proxies: Option<Authorities>,
}

impl Peers {
    pub(super) fn new(
        users: &[CertificateDer<'static>],
        proxies: &[CertificateDer<'static>],
    ) -> Result<Self, AuthorityError> {
        Ok(Self {
            users: Authorities::new(users)?,
            proxies: Authorities::new(proxies)?,
        })
    }

    /// What the handshake asks for; `None` when no certificate is good for anything.
    pub(crate) fn handshake(&self) -> Option<Arc<dyn ClientCertVerifier>> {
        let hints = self.known().flat_map(Authorities::subjects).collect();
        if self.users.is_none() && self.proxies.is_none() {
            return None;
        }
        Some(Arc::new(AnyKeyHolder {
            provider: Arc::new(ring::default_provider()),
            hints,
        }))
    }

    fn known(&self) -> impl Iterator<Item = &Authorities> {
        self.users.iter().chain(&self.proxies)
    }

    fn identify(&self, chain: &[CertificateDer<'static>], now: UnixTime) -> PeerCertificate {
        let Some((own, others)) = chain.split_first() else {
            return PeerCertificate::default();
        };
        // Whoever is not asked refuses nothing.
        let verified = |authorities: &Option<Authorities>| {
            let authorities = authorities.as_ref()?;
            Some(authorities.verify(own, others, now))
        };
        let (user, users_refuse) = match verified(&self.users) {
            None => (None, false),
            Some(false) => (None, true),
            Some(true) => match x509::user(own) {
                Ok(user) => (user, false),
                Err(x509::Unusable) => (None, true),
            },
        };
        let proxy = verified(&self.proxies);
        let authorities = self.known().flat_map(Authorities::certificates);
        let certificates = chain.iter().chain(authorities);
        PeerCertificate {
            unknown: users_refuse || proxy == Some(false),
            user,
            proxy: (proxy == Some(true)).then(|| x509::common_name(own)),
            expires_at: expiry(own),
            changes_at: next_change(certificates, now),
        }
    }
}

/// Takes any certificate, or none; its owner must hold the key.
#[derive(Debug)]
struct AnyKeyHolder {
    provider: Arc<CryptoProvider>,
    hints: Vec<DistinguishedName>,
}

impl ClientCertVerifier for AnyKeyHolder {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.hints
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests;
