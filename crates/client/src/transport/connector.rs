//! TCP and TLS for the pooled client: client certificates, a private CA, ALPN.

use super::{BoxFuture, ByteStream, Dial, HttpsError};
use crate::kubeconfig::Endpoint;
use http::Uri;
use hyper_util::{
    client::legacy::connect::{Connected, Connection},
    rt::TokioIo,
};
use rustls::{
    CipherSuite, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::CryptoProvider,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject};
use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::io::{AsyncRead, AsyncWrite, BufReader, ReadBuf};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Which versions of HTTP a TLS handshake offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocols {
    /// HTTP/2 where the server has it.
    Http2,
    /// HTTP/1.1 alone, which can be upgraded.
    Http1,
}

/// What is read from the network at once (64 KiB). TLS by itself asks for 4 KiB at a time, a quarter of a record.
const READ_BYTES_MAX: usize = 64 * 1024;

/// Opens connections as an endpoint says whom to trust and as whom. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Connector {
    tls: Arc<ClientConfig>,
    server_name: Option<ServerName<'static>>,
    dial: Arc<dyn Dial>,
}

impl Connector {
    /// Of the endpoint's server only the certificates and the name in them count: where to connect is said by each request.
    ///
    /// # Errors
    /// What the endpoint holds is not PEM, not a name, not a key that fits its certificate.
    pub fn new(
        endpoint: &Endpoint,
        protocols: Protocols,
        dial: Arc<dyn Dial>,
    ) -> Result<Self, HttpsError> {
        let server_name = endpoint.tls_server_name.as_ref().map(|name| {
            ServerName::try_from(name.clone())
                .map_err(|_| HttpsError::ServerName { name: name.clone() })
        });
        Ok(Self {
            tls: Arc::new(tls_config(endpoint, protocols)?),
            server_name: server_name.transpose()?,
            dial,
        })
    }

    async fn connect(self, uri: Uri) -> io::Result<TokioIo<Stream>> {
        let host = uri
            .host()
            .unwrap_or_default()
            .trim_matches(['[', ']'])
            .to_owned();
        let secure = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let tcp = self.dial.dial(&host, port).await?;
        if !secure {
            return Ok(TokioIo::new(Stream::Plain(tcp)));
        }
        let name = match self.server_name {
            Some(name) => name,
            None => ServerName::try_from(host).map_err(io::Error::other)?,
        };
        let tcp = BufReader::with_capacity(READ_BYTES_MAX, tcp);
        let tls = TlsConnector::from(self.tls).connect(name, tcp).await?;
        Ok(TokioIo::new(Stream::Tls(Box::new(tls))))
    }
}

impl tower::Service<Uri> for Connector {
    type Response = TokioIo<Stream>;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<TokioIo<Stream>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.clone().connect(uri))
    }
}

/// One connection.
pub enum Stream {
    Plain(Box<dyn ByteStream>),
    Tls(Box<TlsStream<BufReader<Box<dyn ByteStream>>>>),
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Plain(_) => "Plain",
            Self::Tls(_) => "Tls",
        })
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        match self {
            Self::Tls(tls) if tls.get_ref().1.alpn_protocol() == Some(b"h2") => {
                Connected::new().negotiated_h2()
            }
            _ => Connected::new(),
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_read(context, buffer),
            Self::Tls(tls) => Pin::new(tls).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_write(context, bytes),
            Self::Tls(tls) => Pin::new(tls).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_flush(context),
            Self::Tls(tls) => Pin::new(tls).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_shutdown(context),
            Self::Tls(tls) => Pin::new(tls).poll_shutdown(context),
        }
    }
}

/// AES with 128 bits first, as Go's clients ask for it: enough for everyone, and less work than 256.
fn provider() -> CryptoProvider {
    let mut provider = rustls::crypto::ring::default_provider();
    let preferred = CipherSuite::TLS13_AES_128_GCM_SHA256;
    let suites = &mut provider.cipher_suites;
    suites.sort_by_key(|supported| supported.suite() != preferred);
    provider
}

fn tls_config(endpoint: &Endpoint, protocols: Protocols) -> Result<ClientConfig, HttpsError> {
    let provider = Arc::new(provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|source| HttpsError::Tls {
            what: "protocol versions",
            source,
        })?;
    let builder = if endpoint.insecure_skip_tls_verify {
        builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(TrustAnyone(provider)))
    } else {
        builder.with_root_certificates(roots(endpoint.certificate_authority.as_deref())?)
    };
    let mut config = match &endpoint.client_certificate {
        None => builder.with_no_client_auth(),
        Some((certificate, key)) => {
            let key = PrivateKeyDer::from_pem_slice(key).map_err(|source| HttpsError::Pem {
                what: "client key",
                source,
            })?;
            builder
                .with_client_auth_cert(certificates("client certificate", certificate)?, key)
                .map_err(|source| HttpsError::Tls {
                    what: "client certificate",
                    source,
                })?
        }
    };
    config.alpn_protocols = match protocols {
        Protocols::Http2 => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
        Protocols::Http1 => vec![b"http/1.1".to_vec()],
    };
    Ok(config)
}

/// Where distributions keep the authorities that the machine trusts; the first that exists counts.
const BUNDLES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// The endpoint's authorities, or the machine's, as in client-go.
fn roots(authority: Option<&[u8]>) -> Result<RootCertStore, HttpsError> {
    let mut roots = RootCertStore::empty();
    let Some(authority) = authority else {
        if let Some(bundle) = BUNDLES.iter().find_map(|path| std::fs::read(path).ok()) {
            roots.add_parsable_certificates(CertificateDer::pem_slice_iter(&bundle).flatten());
        }
        return Ok(roots);
    };
    for certificate in certificates("certificate authority", authority)? {
        roots.add(certificate).map_err(|source| HttpsError::Tls {
            what: "certificate authority",
            source,
        })?;
    }
    Ok(roots)
}

fn certificates(
    what: &'static str,
    pem: &[u8],
) -> Result<Vec<CertificateDer<'static>>, HttpsError> {
    CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|source| HttpsError::Pem { what, source })
}

/// `insecure-skip-tls-verify`: any certificate will do, but its owner must hold the key.
#[derive(Debug)]
struct TrustAnyone(Arc<CryptoProvider>);

impl ServerCertVerifier for TrustAnyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
