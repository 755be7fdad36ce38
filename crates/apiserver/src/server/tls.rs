//! TLS of the server: its certificates may change while it runs, client certificates are optional.
use crate::authn::Peers;
use rustls::{ServerConfig, crypto::ring, server::ResolvesServerCert};
use std::sync::Arc;

/// Why a server does not listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("failed to configure TLS")]
    Tls(#[source] rustls::Error),
}

/// What TLS needs.
#[derive(Clone, Debug)]
pub struct Tls {
    pub certificates: Arc<dyn ResolvesServerCert>,
    /// Leave HTTP/2 out.
    pub disable_http2: bool,
}

impl Tls {
    pub(super) fn into_config(self, peers: &Peers) -> Result<Arc<ServerConfig>, ServeError> {
        let provider = Arc::new(ring::default_provider());
        let builder =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.map_err(ServeError::Tls)?;
        let builder = match peers.handshake() {
            None => builder.with_no_client_auth(),
            Some(verifier) => builder.with_client_cert_verifier(verifier),
        };
        let mut config = builder.with_cert_resolver(self.certificates);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        if !self.disable_http2 {
            config.alpn_protocols.insert(0, b"h2".to_vec());
        }
        Ok(Arc::new(config))
    }
}
