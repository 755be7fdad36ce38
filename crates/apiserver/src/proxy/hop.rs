//! One request passed on, and its answer passed back: headers, redirects, links, upgrades. Upstream: `UpgradeAwareHandler`.
mod answer;

use super::{Pool, links::Links, path};
use crate::{body::Body, node_proxy, shared::Api, stack::RequestBody, status};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, Version, header,
};
use hyper::{body::Incoming, upgrade};
use hyper_util::rt::TokioIo;
use meta::{ApiError, Reason};
use std::{error::Error, io, net::IpAddr};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_URI: HeaderName = HeaderName::from_static("x-forwarded-uri");

/// Headers that belong to one connection.
const HOP_BY_HOP: &[&str] = &[
    "connection",
    "proxy-connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Where a request goes on to.
#[derive(Clone, Debug)]
pub(crate) struct Location {
    pub(crate) secure: bool,
    /// `HOST` or `HOST:PORT`.
    pub(crate) host: String,
    /// Not escaped.
    pub(crate) path: String,
    /// As it came.
    pub(crate) query: String,
}

impl Location {
    fn scheme(&self) -> &'static str {
        if self.secure { "https" } else { "http" }
    }
}

/// What carries the request.
pub(crate) enum Way<'a> {
    /// `upgrading` speaks HTTP/1.1.
    Pool {
        plain: &'a Pool,
        upgrading: &'a Pool,
    },
    /// The server of a node.
    Node(&'a str),
}

/// One request's way on.
pub(crate) struct Hop<'a> {
    pub(crate) api: &'a Api,
    pub(crate) way: Way<'a>,
    pub(crate) location: Location,
    /// The path of the request as the client sees it, not escaped.
    pub(crate) seen_path: String,
    /// Scheme and host under which links lead back to us; without, links lose theirs.
    pub(crate) seen_origin: Option<(&'static str, String)>,
    /// The `Host` that is sent.
    pub(crate) host: Option<HeaderValue>,
    /// Who sends the request.
    pub(crate) from: Option<IpAddr>,
}

/// Why there is no answer to pass back, in upstream's words.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HopError {
    #[error("error trying to reach service: {0}")]
    Unreachable(String),
    #[error("error dialing backend: {0}")]
    Dial(String),
    #[error("invalid upgrade response: status code {0}")]
    NotUpgraded(u16),
    #[error("error trying to parse Location header: {0}")]
    Redirect(String),
    #[error("the address {0} cannot be written as a URL")]
    Address(String),
}

impl HopError {
    /// As the proxy subresources answer.
    pub(crate) fn into_api(self) -> ApiError {
        let words = self.to_string();
        match self {
            Self::Unreachable(_) => ApiError::new(Reason::ServiceUnavailable, words),
            Self::Redirect(_) => ApiError::internal(words),
            _ => ApiError::new(Reason::Unknown, words),
        }
    }
}

/// Whether the client wants another protocol on its connection.
pub(crate) fn is_upgrade(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONNECTION).iter();
    values.any(|value| {
        let value = value.as_bytes().to_ascii_lowercase();
        memchr::memmem::find(&value, b"upgrade").is_some()
    })
}

impl Hop<'_> {
    /// Sends the request on.
    pub(crate) async fn forward(
        mut self,
        original: Request<RequestBody>,
    ) -> Result<Response<Body>, HopError> {
        if is_upgrade(original.headers()) {
            return self.upgrade(original).await;
        }
        if !self.location.path.ends_with('/') && self.seen_path.ends_with('/') {
            self.location.path.push('/');
        }
        let reads = matches!(*original.method(), Method::GET | Method::HEAD);
        if self.location.path.is_empty() && reads {
            return Ok(redirect(original.uri()));
        }
        let links = self.links(&original);
        let mut onward = self.onward(original)?;
        let headers = onward.headers_mut();
        strip(headers);
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        let mut uri = path::join(&links.prepend, &path::escape(&self.location.path));
        if self.location.path.ends_with('/') && !uri.ends_with('/') {
            uri.push('/');
        }
        set(FORWARDED_URI, &uri);
        if let Some((scheme, host)) = &self.seen_origin {
            set(FORWARDED_HOST, host);
            set(FORWARDED_PROTO, scheme);
        }
        let answer = self.send(onward).await.map_err(HopError::Unreachable)?;
        answer::passed_back(answer, links)
    }

    /// Sends a request that wants another protocol, and joins both connections when the backend agrees.
    async fn upgrade(self, mut original: Request<RequestBody>) -> Result<Response<Body>, HopError> {
        let client = upgrade::on(&mut original);
        let onward = self.onward(original)?;
        let mut answer = self.send(onward).await.map_err(HopError::Dial)?;
        let status = answer.status();
        if status != StatusCode::SWITCHING_PROTOCOLS {
            return if status.as_u16() < 400 {
                Err(HopError::NotUpgraded(status.as_u16()))
            } else {
                Ok(answer::relayed(answer))
            };
        }
        let backend = upgrade::on(&mut answer);
        Ok(node_proxy::spliced(
            self.api,
            client,
            backend,
            answer.headers(),
        ))
    }

    /// The request as it is sent, with all of its headers but those that the connection writes itself.
    fn onward(&self, original: Request<RequestBody>) -> Result<Request<RequestBody>, HopError> {
        let (mut parts, body) = original.into_parts();
        let mut target = path::escape(&self.location.path);
        if target.is_empty() {
            target.push('/');
        }
        if !self.location.query.is_empty() {
            target.push('?');
            target.push_str(&self.location.query);
        }
        let wrong = |_| HopError::Address(target.clone());
        parts.uri = match self.way {
            Way::Node(_) => target.parse().map_err(wrong)?,
            Way::Pool { .. } => {
                let (scheme, host) = (self.location.scheme(), &self.location.host);
                format!("{scheme}://{host}{target}")
                    .parse()
                    .map_err(wrong)?
            }
        };
        parts.version = Version::HTTP_11;
        parts.extensions.clear();
        let headers = &mut parts.headers;
        for name in [header::CONTENT_LENGTH, header::EXPECT, header::HOST] {
            headers.remove(name);
        }
        if let Some(host) = &self.host {
            headers.insert(header::HOST, host.clone());
        }
        if let Some(from) = self.from {
            let before = headers.get_all(FORWARDED_FOR).iter();
            let mut all: Vec<&str> = before.filter_map(|value| value.to_str().ok()).collect();
            let from = from.to_canonical().to_string();
            all.push(&from);
            if let Ok(value) = HeaderValue::from_str(&all.join(", ")) {
                headers.insert(FORWARDED_FOR, value);
            }
        }
        Ok(Request::from_parts(parts, body))
    }

    async fn send(&self, request: Request<RequestBody>) -> Result<Response<Incoming>, String> {
        match &self.way {
            Way::Pool { plain, upgrading } => {
                let pool = if is_upgrade(request.headers()) {
                    upgrading
                } else {
                    plain
                };
                let sent = pool.request(request).await;
                sent.map_err(|error| client_words(&error, &self.location.host))
            }
            Way::Node(node) => self.send_to_node(node, request).await,
        }
    }

    async fn send_to_node(
        &self,
        node: &str,
        request: Request<RequestBody>,
    ) -> Result<Response<Incoming>, String> {
        let connected = self.api.nodes.connect(node).await;
        let stream = connected.map_err(|error| error.to_string())?;
        let shaken = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = shaken.map_err(|error| words(&error, None))?;
        let tasks = &self.api.platform.tasks;
        drop(tasks.spawn("node connection", async move {
            if let Err(error) = connection.with_upgrades().await {
                tracing::debug!(%error, "connection to a node ended");
            }
        }));
        let sent = sender.send_request(request).await;
        sent.map_err(|error| words(&error, None))
    }

    /// How links in the answer lead back through us.
    fn links(&self, original: &Request<RequestBody>) -> Links {
        let mut suffix = self.location.path.clone();
        if self.seen_path.ends_with('/') && !suffix.ends_with('/') {
            suffix.push('/');
        }
        let prepend = self.seen_path.strip_suffix(&*suffix);
        let host = original.headers().get(header::HOST);
        Links {
            prepend: prepend.unwrap_or(&self.seen_path).to_owned(),
            origin: self.seen_origin.clone(),
            source: self.location.host.clone(),
            asked: host
                .and_then(|host| host.to_str().ok())
                .unwrap_or("")
                .to_owned(),
        }
    }
}

/// 301 to the same with a slash at its end, so that relative links of the answer stay below `proxy`.
fn redirect(uri: &Uri) -> Response<Body> {
    let mut target = format!("{}/", uri.path());
    if let Some(query) = uri.query().filter(|query| !query.is_empty()) {
        target.push('?');
        target.push_str(query);
    }
    let mut response = status::no_content();
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    if let Ok(target) = HeaderValue::from_str(&target) {
        response.headers_mut().insert(header::LOCATION, target);
    }
    response
}

/// Takes out what belongs to one connection, as the `Connection` header and the RFC name it.
fn strip(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in HOP_BY_HOP {
        headers.remove(*name);
    }
    let trailers = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"trailers");
    if !headers.get(header::TE).is_some_and(trailers) {
        headers.remove(header::TE);
    }
}

/// What went wrong with a request to `host`, as Go says it.
pub(crate) fn client_words(error: &hyper_util::client::legacy::Error, host: &str) -> String {
    words(error, error.is_connect().then_some(host))
}

/// What went wrong, as Go says it; `dialed` is the address when there was no connection.
fn words(error: &(dyn Error + 'static), dialed: Option<&str>) -> String {
    let mut causes = causes(error);
    if let Some(address) = dialed {
        let io = causes.find_map(|cause| cause.downcast_ref::<io::Error>());
        return match io {
            // A handshake's error is one of the library's own.
            Some(io) if io.get_ref().is_some() => tls_words(io),
            Some(io) => format!("dial tcp {address}: {}", io_words(io)),
            None => error.to_string(),
        };
    }
    let ended = |cause: &&(dyn Error + 'static)| {
        let hyper = cause.downcast_ref::<hyper::Error>();
        hyper.is_some_and(|hyper| hyper.is_incomplete_message() || hyper.is_closed())
    };
    if causes.any(|cause| ended(&cause)) {
        return "EOF".to_owned();
    }
    let all = self::causes(error).map(ToString::to_string);
    all.collect::<Vec<_>>().join(": ")
}

/// The error and what it came from.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        // A reference to an error is an error too, which lives for less long.
        let error: &'a (dyn Error + 'static) = *error;
        error.source()
    })
}

fn tls_words(error: &io::Error) -> String {
    let inner = error.get_ref();
    let inner = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let unknown = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
    if inner == Some(&unknown) {
        return "tls: failed to verify certificate: x509: certificate signed by unknown authority"
            .to_owned();
    }
    error.to_string()
}

fn io_words(error: &io::Error) -> String {
    use io::ErrorKind::{
        ConnectionRefused, ConnectionReset, HostUnreachable, NetworkUnreachable, TimedOut,
    };
    let words = match error.kind() {
        ConnectionRefused => "connect: connection refused",
        ConnectionReset => "connect: connection reset by peer",
        HostUnreachable => "connect: no route to host",
        NetworkUnreachable => "connect: network is unreachable",
        TimedOut => "i/o timeout",
        _ => return error.to_string(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests;
