//! A server elsewhere that speaks TLS, in memory: its certificates, and the only way to it.
use bytes::Bytes;
use client::{
    BoxFuture,
    transport::{ByteStream, Dial},
};
use http::{Request, Response};
use http_body_util::Full;
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{Certificate, CertificateParams, Issuer, KeyPair};
use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::WebPkiClientVerifier,
};
use std::{convert::Infallible, io, sync::Arc};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// An authority: its certificate as PEM, and what it signs with.
pub(crate) fn authority(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    let common_name = rcgen::DnType::CommonName;
    params.distinguished_name.push(common_name, name);
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    (pem.clone(), Issuer::from_ca_cert_pem(&pem, key).unwrap())
}

/// A certificate for these names, with its key.
pub(crate) fn leaf(issuer: &Issuer<'static, KeyPair>, names: &[&str]) -> (Certificate, KeyPair) {
    let key = KeyPair::generate().unwrap();
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let params = CertificateParams::new(names).unwrap();
    (params.signed_by(&key, issuer).unwrap(), key)
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(bytes)
}

type Answer = Result<Response<Full<Bytes>>, Infallible>;
type Handler = Arc<dyn Fn(Request<Incoming>) -> BoxFuture<'static, Answer> + Send + Sync>;

/// A server with a handler, at some addresses; nothing is anywhere else.
pub(crate) struct TlsServer {
    at: &'static [(&'static str, u16)],
    tls: Arc<ServerConfig>,
    handler: Handler,
    down: watch::Sender<bool>,
}

impl TlsServer {
    /// `clients` is the authority, as PEM, whose certificates clients must have; `None` lets all in.
    pub(crate) fn new<F: Future<Output = Answer> + Send + 'static>(
        at: &'static [(&'static str, u16)],
        (certificate, key): &(Certificate, KeyPair),
        clients: Option<&str>,
        handler: impl Fn(Request<Incoming>) -> F + Send + Sync + 'static,
    ) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(pem) => {
                let mut roots = RootCertStore::empty();
                let root = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
                roots.add(root).unwrap();
                let roots = Arc::new(roots);
                let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let key = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).unwrap();
        let tls = builder.with_single_cert(vec![certificate.der().clone()], key);
        Self {
            at,
            tls: Arc::new(tls.unwrap()),
            handler: Arc::new(move |request| Box::pin(handler(request))),
            down: watch::Sender::new(false),
        }
    }

    /// Down, it drops its connections and refuses new ones.
    pub(crate) fn is_down(&self, down: bool) {
        self.down.send_replace(down);
    }
}

impl std::fmt::Debug for TlsServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TlsServer at {:?}", self.at)
    }
}

impl Dial for TlsServer {
    fn dial<'a>(
        &'a self,
        host: &'a str,
        port: u16,
    ) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        if !self.at.contains(&(host, port)) || *self.down.borrow() {
            let refused = io::ErrorKind::ConnectionRefused.into();
            return Box::pin(std::future::ready(Err(refused)));
        }
        let (near, far) = tokio::io::duplex(64 * 1024);
        let acceptor = TlsAcceptor::from(Arc::clone(&self.tls));
        let handler = Arc::clone(&self.handler);
        let mut down = self.down.subscribe();
        drop(tokio::spawn(async move {
            // Whose certificate is not believed does not get through the handshake.
            let Ok(stream) = acceptor.accept(far).await else {
                return;
            };
            let builder = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
            let service = service_fn(move |request| handler(request));
            let served = builder.serve_connection(TokioIo::new(stream), service);
            // The client hangs up, or the server goes down.
            tokio::select! {
                _ = served => {}
                _ = down.wait_for(|down| *down) => {}
            }
        }));
        Box::pin(std::future::ready(
            Ok(Box::new(near) as Box<dyn ByteStream>),
        ))
    }
}
