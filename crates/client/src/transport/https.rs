//! HTTPS to a server named by a kubeconfig: HTTP/2 where it is offered, pooled connections, bearer token.

use super::{
    Body, BoxFuture, Connector, Dial, Protocols, Tcp, Transport, TransportError, lanes::Lanes,
};
use crate::kubeconfig::Endpoint;
use bytes::Bytes;
use http::{HeaderValue, Request, Response, Uri, header, uri};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy, rt::TokioExecutor, rt::TokioTimer};
use std::{sync::Arc, time::Duration};

/// Watches are idle for long; this finds a dead peer behind them, as client-go's HTTP/2 health check.
const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);
/// Many watches share one connection: its window must not be the bottleneck.
const CONNECTION_WINDOW_BYTES: u32 = 16 << 20;
const STREAM_WINDOW_BYTES: u32 = 4 << 20;
/// Large lists come a quarter faster than in frames of 16 KiB, busy watches a twelfth: the server writes less often.
const FRAME_BYTES_MAX: u32 = 64 << 10;

/// A pooled HTTPS (or plain HTTP) client of one server.
#[derive(Debug)]
pub struct Https {
    lanes: Lanes<legacy::Client<Connector, Full<Bytes>>>,
    scheme: uri::Scheme,
    authority: uri::Authority,
    /// Path of the server's URL, without a trailing slash.
    prefix: String,
    authorization: Option<HeaderValue>,
}

/// Why no transport could be made from an endpoint.
#[derive(Debug, thiserror::Error)]
pub enum HttpsError {
    #[error("server URL {server:?} is not valid")]
    Server { server: String },
    #[error("the token holds characters that no header may hold")]
    Token,
    #[error("failed to read the {what} as PEM")]
    Pem {
        what: &'static str,
        source: rustls_pki_types::pem::Error,
    },
    #[error("failed to use the {what}")]
    Tls {
        what: &'static str,
        source: rustls::Error,
    },
    #[error("TLS server name {name:?} is not valid")]
    ServerName { name: String },
}

impl Https {
    /// Connects on first use.
    ///
    /// # Errors
    /// What the endpoint holds is not a URL, not PEM, not a key that fits its certificate.
    pub fn new(endpoint: &Endpoint) -> Result<Self, HttpsError> {
        Self::with_dial(endpoint, Protocols::Http2, Arc::new(Tcp))
    }

    /// The same in these versions of HTTP, over streams that `dial` opens.
    ///
    /// # Errors
    /// As [`Https::new`].
    pub fn with_dial(
        endpoint: &Endpoint,
        protocols: Protocols,
        dial: Arc<dyn Dial>,
    ) -> Result<Self, HttpsError> {
        let bad_server = || HttpsError::Server {
            server: endpoint.server.clone(),
        };
        let server: Uri = endpoint.server.parse().map_err(|_| bad_server())?;
        let parts = server.into_parts();
        let authorization = endpoint.token.as_deref().map(bearer).transpose()?;
        let connector = Connector::new(endpoint, protocols, dial)?;
        Ok(Self {
            lanes: Lanes::new(move || pool(connector.clone())),
            scheme: parts.scheme.ok_or_else(bad_server)?,
            authority: parts.authority.ok_or_else(bad_server)?,
            prefix: parts.path_and_query.map_or_else(String::new, |path| {
                path.path().trim_end_matches('/').to_owned()
            }),
            authorization,
        })
    }

    fn absolute(&self, path_and_query: &Uri) -> Result<Uri, http::Error> {
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(format!("{}{path_and_query}", self.prefix))
            .build()
    }

    async fn exchange(
        &self,
        mut request: Request<Bytes>,
    ) -> Result<Response<Body>, TransportError> {
        *request.uri_mut() = self
            .absolute(request.uri())
            .map_err(|error| TransportError::Send(error.into()))?;
        if let Some(authorization) = &self.authorization {
            request
                .headers_mut()
                .insert(header::AUTHORIZATION, authorization.clone());
        }
        let (client, place) = self.lanes.take();
        let response = client
            .request(request.map(Full::new))
            .await
            .map_err(|error| TransportError::Send(error.into()))?;
        Ok(response.map(|body| {
            body.map_err(move |error| {
                let _held_until_the_body_is_dropped = &place;
                TransportError::Receive(error.into())
            })
            .boxed_unsync()
        }))
    }
}

impl Transport for Https {
    fn call(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

/// One connection where the server has HTTP/2, else as many as there are exchanges at once.
fn pool(connector: Connector) -> legacy::Client<Connector, Full<Bytes>> {
    legacy::Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .http2_initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .http2_initial_stream_window_size(STREAM_WINDOW_BYTES)
        .http2_max_frame_size(FRAME_BYTES_MAX)
        .build(connector)
}

fn bearer(token: &str) -> Result<HeaderValue, HttpsError> {
    let mut value =
        HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| HttpsError::Token)?;
    value.set_sensitive(true);
    Ok(value)
}
