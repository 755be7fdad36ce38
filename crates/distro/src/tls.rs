//! The API server's certificate: issued in memory, and again before it expires, without a restart.

use crate::pki::{Identity, Leaf, Pki, PkiError};
use arc_swap::ArcSwap;
use rustls::{
    crypto::ring::sign::any_supported_type,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    fmt,
    sync::{Arc, Once},
};
use time::OffsetDateTime;

/// Serves whatever certificate is current.
pub(crate) struct ServerCertificate {
    identity: Identity,
    current: ArcSwap<CertifiedKey>,
}

impl fmt::Debug for ServerCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerCertificate")
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

impl ServerCertificate {
    /// # Errors
    /// A name that no certificate can hold.
    pub(crate) fn issue(
        pki: &Pki,
        identity: Identity,
        now: OffsetDateTime,
    ) -> Result<(Arc<Self>, OffsetDateTime), PkiError> {
        let leaf = pki.issue(&identity, now)?;
        let renew_at = leaf.renew_at;
        Ok((
            Arc::new(Self {
                identity,
                current: ArcSwap::from_pointee(certified(&leaf)),
            }),
            renew_at,
        ))
    }

    /// Replaces the certificate; connections that are open keep theirs.
    ///
    /// # Errors
    /// As [`Self::issue`].
    pub(crate) fn renew(&self, pki: &Pki, now: OffsetDateTime) -> Result<OffsetDateTime, PkiError> {
        let leaf = pki.issue(&self.identity, now)?;
        self.current.store(Arc::new(certified(&leaf)));
        Ok(leaf.renew_at)
    }
}

impl ResolvesServerCert for ServerCertificate {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

fn certified(leaf: &Leaf) -> CertifiedKey {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf.key_der.clone()));
    let key = any_supported_type(&key).expect("we made this P-256 key");
    CertifiedKey::new(
        vec![CertificateDer::from(leaf.certificate_der.clone())],
        key,
    )
}

/// The one crypto provider of the process. Called before anything speaks TLS.
pub(crate) fn install_provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error says that a provider is installed already, which is what is wanted.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// The authority's certificate as DER, for those who verify with it.
pub(crate) fn root(pki: &Pki) -> CertificateDer<'static> {
    use rustls::pki_types::pem::PemObject;
    CertificateDer::from_pem_slice(pki.ca_pem.as_bytes())
        .expect("the authority's certificate was parsed when it was opened")
}
