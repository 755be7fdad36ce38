//! Calls to servers that the configuration names: webhooks and issuers. One URL each, bounded in time and size.
use bytes::Bytes;
use client::{
    kubeconfig::Endpoint,
    transport::{self, Https, HttpsError, Transport, TransportError},
};
use http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use platform::Clock;
use std::{sync::Arc, time::Duration};

const USER_AGENT: &str = "sampan-apiserver";
const JSON: &str = "application/json";

/// Why a call has no answer.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    #[error("{url:?} is not an absolute URL")]
    Url { url: String },
    #[error(transparent)]
    Client(#[from] HttpsError),
    #[error("{url}: no answer within {seconds} s")]
    Timeout { url: String, seconds: u64 },
    #[error("{url}: {}", with_causes(source))]
    Transport { url: String, source: TransportError },
    #[error("{url}: the server answered {status}")]
    Status { url: String, status: StatusCode },
    #[error("{url}: {reason}")]
    Answer { url: String, reason: String },
}

/// Causes in one line, the outermost first.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

/// One URL of one server.
#[derive(Debug)]
pub(crate) struct Remote {
    transport: Https,
    url: String,
    target: Uri,
    clock: Clock,
    timeout: Duration,
    answer_bytes_max: usize,
}

impl Remote {
    /// `endpoint.server` is the whole URL that is called. Connects on first use.
    pub(crate) fn new(
        endpoint: &Endpoint,
        clock: Clock,
        timeout: Duration,
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
        Ok(Self {
            transport: Https::new(&origin)?,
            url,
            target,
            clock,
            timeout,
            answer_bytes_max,
        })
    }

    /// What a GET answers.
    pub(crate) async fn get(&self) -> Result<Bytes, RemoteError> {
        self.call(Method::GET, Bytes::new()).await
    }

    /// What a POST of JSON answers. Tries again, after a growing pause, where the server may do better next time.
    pub(crate) async fn post(&self, body: Bytes) -> Result<Bytes, RemoteError> {
        const ATTEMPTS_MAX: u32 = 5;
        let mut pause = Duration::from_millis(500);
        for _ in 1..ATTEMPTS_MAX {
            match self.call(Method::POST, body.clone()).await {
                Err(error) if error.is_passing() => {
                    self.clock.sleep(pause).await;
                    pause = pause * 3 / 2;
                }
                other => return other,
            }
        }
        self.call(Method::POST, body).await
    }

    async fn call(&self, method: Method, body: Bytes) -> Result<Bytes, RemoteError> {
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = self.target.clone();
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static(JSON));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
        headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        let answered = self
            .clock
            .timeout(self.timeout, self.exchange(request))
            .await;
        answered.unwrap_or_else(|_| {
            Err(RemoteError::Timeout {
                url: self.url.clone(),
                seconds: self.timeout.as_secs(),
            })
        })
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Bytes, RemoteError> {
        let broke = |source| RemoteError::Transport {
            url: self.url.clone(),
            source,
        };
        let (head, body) = self
            .transport
            .call(request)
            .await
            .map_err(broke)?
            .into_parts();
        if !head.status.is_success() {
            return Err(RemoteError::Status {
                url: self.url.clone(),
                status: head.status,
            });
        }
        transport::collect(body, self.answer_bytes_max)
            .await
            .map_err(broke)
    }

    /// An answer that cannot be used.
    pub(crate) fn unusable(&self, reason: impl Into<String>) -> RemoteError {
        RemoteError::Answer {
            url: self.url.clone(),
            reason: reason.into(),
        }
    }
}

impl RemoteError {
    /// Whether the same call may succeed later. What reached nobody or was refused for good does not.
    fn is_passing(&self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(status.as_u16(), 429 | 500 | 504),
            Self::Transport { source, .. } => matches!(source, TransportError::Receive(_)),
            _ => false,
        }
    }
}

/// Makes [`Remote`]s: what they have in common.
#[derive(Clone, Debug)]
pub struct Remotes {
    clock: Clock,
}

impl Remotes {
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock }
    }

    /// A webhook that a kubeconfig file describes.
    pub(crate) fn webhook(
        &self,
        endpoint: &Endpoint,
        timeout: Duration,
    ) -> Result<Arc<Remote>, RemoteError> {
        const ANSWER_BYTES_MAX: usize = 3 << 20;
        Remote::new(endpoint, self.clock.clone(), timeout, ANSWER_BYTES_MAX).map(Arc::new)
    }

    /// A document of an issuer, whose certificate one of `authorities` (PEM) has signed, or of those that the machine trusts.
    pub(crate) fn document(
        &self,
        url: &str,
        authorities: Option<&str>,
    ) -> Result<Remote, RemoteError> {
        const TIMEOUT: Duration = Duration::from_secs(30);
        const ANSWER_BYTES_MAX: usize = 1 << 20;
        let endpoint = Endpoint {
            server: url.to_owned(),
            tls_server_name: None,
            certificate_authority: authorities.map(|pem| pem.as_bytes().to_vec()),
            insecure_skip_tls_verify: false,
            client_certificate: None,
            token: None,
            namespace: String::new(),
        };
        Remote::new(&endpoint, self.clock.clone(), TIMEOUT, ANSWER_BYTES_MAX)
    }
}
