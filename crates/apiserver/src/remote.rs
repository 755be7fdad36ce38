//! Calls to servers that the configuration names: webhooks and issuers. One URL each, bounded in time and size.
mod refusal;

use self::refusal::refusal;
use crate::{
    metrics::{Call, Calls},
    proxy::client_words,
};
use bytes::Bytes;
use client::{
    kubeconfig::Endpoint,
    transport::{self, Dial, Https, HttpsError, Protocols, Tcp, Transport, TransportError},
};
use http::{HeaderValue, Method, Request, Uri, header, response};
use meta::{ApiError, go_quote};
use platform::{Clock, Monotonic};
use std::{sync::Arc, time::Duration};
use telemetry::metrics::Registry;

const USER_AGENT: &str = "sampan-apiserver";
const JSON: &str = "application/json";
/// Of a POST that is answered with `Retry-After`, as client-go's.
const RETRIES_MAX: u32 = 10;

/// Why a call has no answer.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    #[error("{url:?} is not an absolute URL")]
    Url { url: String },
    #[error(transparent)]
    Client(#[from] HttpsError),
    /// In the words of Go's client.
    #[error("{verb} {}: {words}", go_quote(url))]
    Exchange {
        verb: &'static str,
        url: String,
        words: String,
        /// Whether the answer broke off.
        partial: bool,
    },
    #[error("{url}: {refusal}")]
    Refused { url: String, refusal: ApiError },
    #[error("{url}: {reason}")]
    Answer { url: String, reason: String },
}

/// How a server is reached.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) dial: Arc<dyn Dial>,
    pub(crate) protocols: Protocols,
}

/// One URL of one server.
#[derive(Debug)]
pub(crate) struct Remote {
    transport: Https,
    url: String,
    /// Where connections go, for error messages.
    address: String,
    /// As the URL has it, for metrics.
    host: String,
    target: Uri,
    remotes: Remotes,
    answer_bytes_max: usize,
}

impl Remote {
    /// `endpoint.server` is the whole URL that is called. Connects on first use.
    pub(crate) fn new(
        endpoint: &Endpoint,
        way: Way,
        remotes: &Remotes,
        answer_bytes_max: usize,
    ) -> Result<Self, RemoteError> {
        let url = endpoint.server.clone();
        let wrong = || RemoteError::Url { url: url.clone() };
        let parsed: Uri = url.parse().map_err(|_| wrong())?;
        let (scheme, authority) = parsed.scheme().zip(parsed.authority()).ok_or_else(wrong)?;
        let target = parsed
            .path_and_query()
            .map_or("/", |target| target.as_str());
        let target = target.parse().map_err(|_| wrong())?;
        let origin = Endpoint {
            server: format!("{scheme}://{authority}"),
            ..endpoint.clone()
        };
        let address = match authority.port() {
            Some(_) => authority.to_string(),
            None if *scheme == http::uri::Scheme::HTTP => format!("{authority}:80"),
            None => format!("{authority}:443"),
        };
        Ok(Self {
            transport: Https::with_dial(&origin, way.protocols, way.dial)?,
            address,
            host: authority.to_string(),
            url,
            target,
            remotes: remotes.clone(),
            answer_bytes_max,
        })
    }

    /// What a GET answers within `timeout`.
    pub(crate) async fn get(&self, timeout: Duration) -> Result<Bytes, RemoteError> {
        self.call(Method::GET, "", Bytes::new(), timeout).await
    }

    /// What a POST of JSON answers. Tries again, after a growing pause, where the server may do better next time; each attempt has
    /// `timeout`.
    pub(crate) async fn post(&self, body: Bytes, timeout: Duration) -> Result<Bytes, RemoteError> {
        const ATTEMPTS_MAX: u32 = 5;
        let mut pause = Duration::from_millis(500);
        for _ in 1..ATTEMPTS_MAX {
            match self.post_once("", body.clone(), timeout).await {
                Err(error) if error.is_passing() => {
                    self.remotes.clock.sleep(pause).await;
                    pause = pause * 3 / 2;
                }
                other => return other,
            }
        }
        self.post_once("", body, timeout).await
    }

    /// What one POST of JSON answers. `query` is put behind the URL with its `?`. Whoever is busy and says for how long is asked again,
    /// all within `timeout`.
    pub(crate) async fn post_once(
        &self,
        query: &str,
        body: Bytes,
        timeout: Duration,
    ) -> Result<Bytes, RemoteError> {
        self.call(Method::POST, query, body, timeout).await
    }

    async fn call(
        &self,
        method: Method,
        query: &str,
        body: Bytes,
        timeout: Duration,
    ) -> Result<Bytes, RemoteError> {
        let verb = if method == Method::GET { "Get" } else { "Post" };
        let broke = |words: String, partial| RemoteError::Exchange {
            verb,
            url: format!("{}{query}", self.url),
            words,
            partial,
        };
        let mut request = Request::new(body);
        *request.method_mut() = method.clone();
        *request.uri_mut() = if query.is_empty() {
            self.target.clone()
        } else {
            let target = format!("{}{query}", self.target);
            let wrong = |_| RemoteError::Url {
                url: format!("{}{query}", self.url),
            };
            target.parse().map_err(wrong)?
        };
        let headers = request.headers_mut();
        let accept = match method {
            // As upstream's client for webhooks; servers of documents are asked for JSON alone.
            Method::POST => "application/json, */*",
            _ => JSON,
        };
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
        headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        let exchange = async {
            // Issuers are not asked as webhooks are.
            let mut retries = if method == Method::POST {
                RETRIES_MAX
            } else {
                0
            };
            loop {
                let (head, body) = self.once(request.clone()).await?;
                let wait = refusal::wait(&head).filter(|_| retries > 0);
                let Some(wait) = wait else {
                    return Ok((head, body));
                };
                retries -= 1;
                let calls = &self.remotes.calls;
                calls.again(self.counted(&method), head.status.as_u16());
                self.remotes.clock.sleep(wait).await;
            }
        };
        // Large, and rare enough for a place of its own.
        let exchange = Box::pin(exchange);
        let (head, body) = match self.remotes.clock.timeout(timeout, exchange).await {
            Ok(Ok(answered)) => answered,
            Ok(Err(error)) => {
                let partial = matches!(error, TransportError::Receive(_));
                return Err(broke(self.words(&error), partial));
            }
            Err(_) => return Err(broke(TOO_LATE.to_owned(), false)),
        };
        if (200..=206).contains(&head.status.as_u16()) {
            return Ok(body);
        }
        Err(RemoteError::Refused {
            url: self.url.clone(),
            refusal: refusal(&method, &head, &body),
        })
    }

    /// One attempt. It is counted also where nobody waits for it any more.
    async fn once(
        &self,
        request: Request<Bytes>,
    ) -> Result<(response::Parts, Bytes), TransportError> {
        let method = request.method().clone();
        let mut attempt = Attempt {
            remote: self,
            method: &method,
            bytes: request.body().len(),
            begun: self.remotes.clock.monotonic(),
            code: None,
        };
        let (head, body) = self.transport.call(request).await?.into_parts();
        attempt.code = Some(head.status.as_u16());
        drop(attempt);
        let body = transport::collect(body, self.answer_bytes_max).await?;
        let calls = &self.remotes.calls;
        calls.answered(self.counted(&method), body.len());
        Ok((head, body))
    }

    fn counted<'a>(&'a self, method: &'a Method) -> Call<'a> {
        Call {
            verb: method.as_str(),
            host: &self.host,
        }
    }

    fn words(&self, error: &TransportError) -> String {
        match error {
            TransportError::Send(source) => source.downcast_ref().map_or_else(
                || source.to_string(),
                |error| client_words(error, &self.address),
            ),
            TransportError::Receive(source) => source.to_string(),
            other => other.to_string(),
        }
    }

    /// An answer that cannot be used.
    pub(crate) fn unusable(&self, reason: impl Into<String>) -> RemoteError {
        RemoteError::Answer {
            url: self.url.clone(),
            reason: reason.into(),
        }
    }
}

/// A call on its way: counted when it is dropped.
struct Attempt<'a> {
    remote: &'a Remote,
    method: &'a Method,
    bytes: usize,
    begun: Monotonic,
    /// With which it was answered.
    code: Option<u16>,
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let Remotes { clock, calls } = &self.remote.remotes;
        let took = clock.monotonic().since(self.begun);
        let call = self.remote.counted(self.method);
        calls.ended(call, self.code, self.bytes, took);
    }
}

/// As Go says that time is up.
const TOO_LATE: &str = "context deadline exceeded";

impl RemoteError {
    pub(crate) fn is_timeout(&self) -> bool {
        matches!(self, Self::Exchange { words, .. } if words == TOO_LATE)
    }

    /// As clients of ours see it: what the server itself said stands without its URL.
    pub(crate) fn for_clients(&self) -> String {
        match self {
            Self::Refused { refusal, .. } => refusal.message.clone(),
            Self::Answer { reason, .. } => reason.clone(),
            other => other.to_string(),
        }
    }

    /// Whether the same call may succeed later. What reached nobody or was refused for good does not.
    fn is_passing(&self) -> bool {
        match self {
            Self::Refused { refusal, .. } => refusal::is_passing(refusal),
            Self::Exchange { partial, .. } => *partial,
            _ => false,
        }
    }
}

/// Makes [`Remote`]s: what they have in common.
#[derive(Clone, Debug)]
pub struct Remotes {
    clock: Clock,
    calls: Calls,
}

impl Remotes {
    /// All calls are counted in `registry`.
    #[must_use]
    pub fn new(clock: Clock, registry: &Registry) -> Self {
        let calls = Calls::new(registry);
        Self { clock, calls }
    }

    fn over_the_machines_network(
        &self,
        endpoint: &Endpoint,
        answer_bytes_max: usize,
    ) -> Result<Remote, RemoteError> {
        let way = Way {
            dial: Arc::new(Tcp),
            protocols: Protocols::Http2,
        };
        Remote::new(endpoint, way, self, answer_bytes_max)
    }

    /// A webhook that a kubeconfig file describes.
    pub(crate) fn webhook(&self, endpoint: &Endpoint) -> Result<Arc<Remote>, RemoteError> {
        const ANSWER_BYTES_MAX: usize = 3 << 20;
        self.over_the_machines_network(endpoint, ANSWER_BYTES_MAX)
            .map(Arc::new)
    }

    /// A document of an issuer, whose certificate one of `authorities` (PEM) has signed, or of those that the machine trusts.
    pub(crate) fn document(
        &self,
        url: &str,
        authorities: Option<&str>,
    ) -> Result<Remote, RemoteError> {
        self.claim(url, authorities, None)
    }

    /// The same of a place that a token opens.
    pub(crate) fn claim(
        &self,
        url: &str,
        authorities: Option<&str>,
        token: Option<String>,
    ) -> Result<Remote, RemoteError> {
        const ANSWER_BYTES_MAX: usize = 1 << 20;
        let endpoint = Endpoint {
            server: url.to_owned(),
            tls_server_name: None,
            certificate_authority: authorities.map(|pem| pem.as_bytes().to_vec()),
            insecure_skip_tls_verify: false,
            client_certificate: None,
            token,
            namespace: String::new(),
        };
        self.over_the_machines_network(&endpoint, ANSWER_BYTES_MAX)
    }
}
