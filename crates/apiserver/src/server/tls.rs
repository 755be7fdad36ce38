//! TLS of the server: its certificates may change while it runs, client certificates are optional.
use rustls::{
    RootCertStore, ServerConfig,
    crypto::ring,
    server::{ResolvesServerCert, WebPkiClientVerifier},
};
use rustls_pki_types::CertificateDer;
use std::sync::Arc;

/// Why a server does not listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("failed to configure TLS")]
    Tls(#[source] rustls::Error),
    #[error("failed to trust an authority of client certificates")]
    ClientRoot(#[source] rustls::Error),
    #[error("failed to build the verifier of client certificates")]
    Verifier(#[source] rustls::server::VerifierBuilderError),
}

/// What TLS needs.
#[derive(Clone, Debug)]
pub struct Tls {
    pub certificates: Arc<dyn ResolvesServerCert>,
    /// Authorities of client certificates; none means that none are asked for.
    pub client_roots: Vec<CertificateDer<'static>>,
    /// Leave HTTP/2 out.
    pub disable_http2: bool,
}

impl Tls {
    pub(super) fn into_config(self) -> Result<Arc<ServerConfig>, ServeError> {
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions();
        let builder = builder.map_err(ServeError::Tls)?;
        let builder = if self.client_roots.is_empty() {
            builder.with_no_client_auth()
        } else {
            let mut roots = RootCertStore::empty();
            for root in self.client_roots {
                roots.add(root).map_err(ServeError::ClientRoot)?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                .allow_unauthenticated()
                .build();
            builder.with_client_cert_verifier(verifier.map_err(ServeError::Verifier)?)
        };
        let mut config = builder.with_cert_resolver(self.certificates);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        if !self.disable_http2 {
            config.alpn_protocols.insert(0, b"h2".to_vec());
        }
        Ok(Arc::new(config))
    }
}
