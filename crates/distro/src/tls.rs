//! What every speaker of TLS in the process needs.

use crate::pki::Pki;
use rustls::pki_types::CertificateDer;
use std::sync::Once;

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
    certificate(&pki.ca_pem)
}

/// A certificate of the cluster's own keys as DER.
pub(crate) fn certificate(pem: &str) -> CertificateDer<'static> {
    use rustls::pki_types::pem::PemObject;
    CertificateDer::from_pem_slice(pem.as_bytes())
        .expect("the authority's certificate was parsed when it was opened")
}
