//! Requests to one registry: connection, authentication, redirects. One connection a request, because a pull makes
//! a handful of them and keeps none for later.

use std::future::Future;
use std::io;
use std::time::Duration;

use http::header::{AUTHORIZATION, HOST, HeaderName, LOCATION, USER_AGENT, WWW_AUTHENTICATE};
use http::{Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::net::TcpStream;

use super::auth::{self, Challenge, Credentials, Token};
use super::tls;
use crate::{ImageError, Reference};

const CONNECT: Duration = Duration::from_secs(30);
/// Without a byte from the registry.
const IDLE: Duration = Duration::from_secs(60);
const REDIRECTS_MAX: usize = 5;
const TOKEN_BYTES_MAX: u64 = 64 << 10;
const AGENT: &str = concat!("sampan/", env!("CARGO_PKG_VERSION"));

pub(super) type Response = http::Response<Incoming>;

pub(super) struct Http {
    insecure: Vec<String>,
    platform: platform::Platform,
}

/// One registry for one pull.
pub(super) struct Target<'a> {
    http: &'a Http,
    reference: &'a Reference,
    credentials: Option<Credentials>,
    /// The `Authorization` header that the registry has accepted.
    authorization: Mutex<Option<String>>,
}

impl Http {
    pub(super) fn new(insecure: Vec<String>, platform: platform::Platform) -> Self {
        Self { insecure, platform }
    }

    /// A body whole, when it is not too long.
    pub(super) async fn bytes(
        &self,
        response: Response,
        what: &'static str,
        max_bytes: u64,
    ) -> Result<Vec<u8>, ImageError> {
        let body = Limited::new(
            response.into_body(),
            usize::try_from(max_bytes).unwrap_or(usize::MAX),
        );
        match self.idle(what, body.collect()).await? {
            Ok(whole) => Ok(whole.to_bytes().to_vec()),
            Err(error) => match error.downcast::<hyper::Error>() {
                Ok(source) => Err(ImageError::Http {
                    url: what.to_owned(),
                    source: *source,
                }),
                Err(_) => Err(ImageError::TooLarge { what, max_bytes }),
            },
        }
    }

    /// Waits for the registry, but not for ever.
    pub(super) async fn idle<F: Future>(
        &self,
        url: &str,
        future: F,
    ) -> Result<F::Output, ImageError> {
        self.limited(url, IDLE, future).await
    }

    async fn limited<F: Future>(
        &self,
        url: &str,
        limit: Duration,
        future: F,
    ) -> Result<F::Output, ImageError> {
        let timeout = |_| ImageError::Timeout {
            url: url.to_owned(),
            seconds: limit.as_secs(),
        };
        self.platform
            .clock
            .timeout(limit, future)
            .await
            .map_err(timeout)
    }

    fn scheme(&self, registry: &str) -> &'static str {
        let host = registry
            .rsplit_once(':')
            .map_or(registry, |(host, _)| host)
            .trim_matches(['[', ']']);
        let loopback = host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback());
        if loopback || self.insecure.iter().any(|r| r == registry) {
            "http"
        } else {
            "https"
        }
    }

    async fn send(&self, uri: &Uri, request: Request<Full<Bytes>>) -> Result<Response, ImageError> {
        let url = uri.to_string();
        let wrong = || ImageError::Url { url: url.clone() };
        let failed = |source: io::Error| ImageError::Connect {
            url: url.clone(),
            source,
        };
        let host = uri.host().ok_or_else(wrong)?.trim_matches(['[', ']']);
        let secure = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let connect = TcpStream::connect((host, port));
        let stream = self
            .limited(&url, CONNECT, connect)
            .await?
            .map_err(failed)?;
        if !secure {
            return self.exchange(&url, TokioIo::new(stream), request).await;
        }
        let connector = tokio_rustls::TlsConnector::from(tls::client_config()?);
        let name = rustls_pki_types::ServerName::try_from(host.to_owned()).map_err(|_| wrong())?;
        let stream = self
            .limited(&url, CONNECT, connector.connect(name, stream))
            .await?
            .map_err(failed)?;
        self.exchange(&url, TokioIo::new(stream), request).await
    }

    async fn exchange<S>(
        &self,
        url: &str,
        stream: S,
        request: Request<Full<Bytes>>,
    ) -> Result<Response, ImageError>
    where
        S: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
    {
        let failed = |source| ImageError::Http {
            url: url.to_owned(),
            source,
        };
        let (mut sender, connection) = self
            .idle(url, hyper::client::conn::http1::handshake(stream))
            .await?
            .map_err(failed)?;
        // The connection lives as long as the response body is read; it ends with it.
        let driver = self
            .platform
            .tasks
            .spawn("registry-connection", async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "connection to a registry ended early");
                }
            });
        let result = self.idle(url, sender.send_request(request)).await;
        if !matches!(result, Ok(Ok(_))) {
            driver.abort();
        }
        result?.map_err(failed)
    }
}

impl<'a> Target<'a> {
    pub(super) fn new(
        http: &'a Http,
        reference: &'a Reference,
        credentials: Option<Credentials>,
    ) -> Self {
        Self {
            http,
            reference,
            credentials,
            authorization: Mutex::default(),
        }
    }

    pub(super) fn reference(&self) -> &Reference {
        self.reference
    }

    /// `GET /v2/<repository>/<path>`, authenticated when the registry asks for it, redirects followed.
    pub(super) async fn get(
        &self,
        path: &str,
        headers: &[(HeaderName, &str)],
    ) -> Result<Response, ImageError> {
        let registry = self.reference.registry();
        // Docker's registry has another address than its name.
        let host = if registry == "docker.io" {
            "registry-1.docker.io"
        } else {
            registry
        };
        let url = format!(
            "{}://{host}/v2/{}/{path}",
            self.http.scheme(registry),
            self.reference.repository()
        );
        let authorization = self.authorization.lock().clone();
        let response = self.follow(&url, headers, authorization).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        let Some(authorization) = self.authorize(&response).await? else {
            return Ok(response);
        };
        *self.authorization.lock() = Some(authorization.clone());
        self.follow(&url, headers, Some(authorization)).await
    }

    /// The error for an answer that is neither what we want nor "not found".
    pub(super) fn refused(&self, path: &str, status: StatusCode) -> ImageError {
        let reference = self.reference.to_string();
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ImageError::Denied { reference },
            StatusCode::NOT_FOUND => ImageError::NotFound { reference },
            _ => ImageError::Status {
                url: format!("{}/{path}", self.reference.name()),
                status: status.as_u16(),
            },
        }
    }

    async fn follow(
        &self,
        url: &str,
        headers: &[(HeaderName, &str)],
        authorization: Option<String>,
    ) -> Result<Response, ImageError> {
        let mut uri: Uri = url.parse().map_err(|_| ImageError::Url {
            url: url.to_owned(),
        })?;
        let home = uri.authority().cloned();
        for _ in 0..=REDIRECTS_MAX {
            // Storage behind a registry must not see our credentials.
            let authorization = authorization
                .as_deref()
                .filter(|_| uri.authority() == home.as_ref());
            let response = self
                .http
                .send(&uri, request(&uri, headers, authorization)?)
                .await?;
            if !response.status().is_redirection() {
                return Ok(response);
            }
            let location = response
                .headers()
                .get(LOCATION)
                .and_then(|l| l.to_str().ok());
            uri = location
                .and_then(|l| join(&uri, l))
                .ok_or_else(|| ImageError::Url {
                    url: uri.to_string(),
                })?;
        }
        Err(ImageError::Status {
            url: url.to_owned(),
            status: StatusCode::LOOP_DETECTED.as_u16(),
        })
    }

    /// What to send in `Authorization` after a refusal; `None` when we have nothing to offer.
    async fn authorize(&self, refusal: &Response) -> Result<Option<String>, ImageError> {
        let headers = refusal
            .headers()
            .get_all(WWW_AUTHENTICATE)
            .iter()
            .filter_map(|h| h.to_str().ok());
        let challenge = headers.filter_map(Challenge::parse).next();
        match (challenge, &self.credentials) {
            (_, Some(Credentials::Registry { token })) => Ok(Some(format!("Bearer {token}"))),
            (Some(Challenge::Basic), Some(Credentials::Basic { username, password })) => {
                Ok(Some(auth::basic(username, password)))
            }
            (
                Some(Challenge::Bearer {
                    realm,
                    service,
                    scope,
                }),
                _,
            ) => self
                .token(&realm, service.as_deref(), scope)
                .await
                .map(Some),
            _ => Ok(None),
        }
    }

    async fn token(
        &self,
        realm: &str,
        service: Option<&str>,
        scope: Option<String>,
    ) -> Result<String, ImageError> {
        let scope =
            scope.unwrap_or_else(|| format!("repository:{}:pull", self.reference.repository()));
        let service = service.map_or(String::new(), |s| format!("service={}&", auth::encode(s)));
        let query = format!("{service}scope={}", auth::encode(&scope));
        let wrong = || ImageError::Url {
            url: realm.to_owned(),
        };
        let separator = if realm.contains('?') { '&' } else { '?' };
        let (uri, request) = match &self.credentials {
            Some(Credentials::Identity { token }) => {
                let form = format!(
                    "grant_type=refresh_token&refresh_token={}&client_id=sampan&{query}",
                    auth::encode(token)
                );
                let uri: Uri = realm.parse().map_err(|_| wrong())?;
                let mut request = request(&uri, &[], None)?;
                *request.method_mut() = Method::POST;
                *request.body_mut() = Full::from(form);
                let kind = http::HeaderValue::from_static("application/x-www-form-urlencoded");
                request
                    .headers_mut()
                    .insert(http::header::CONTENT_TYPE, kind);
                (uri, request)
            }
            credentials => {
                let uri: Uri = format!("{realm}{separator}{query}")
                    .parse()
                    .map_err(|_| wrong())?;
                let basic = match credentials {
                    Some(Credentials::Basic { username, password }) => {
                        Some(auth::basic(username, password))
                    }
                    _ => None,
                };
                let request = request(&uri, &[], basic.as_deref())?;
                (uri, request)
            }
        };
        let response = self.http.send(&uri, request).await?;
        if response.status() != StatusCode::OK {
            return Err(self.refused("token", response.status()));
        }
        let bytes = self
            .http
            .bytes(response, "registry token", TOKEN_BYTES_MAX)
            .await?;
        let token: Token = serde_json::from_slice(&bytes).map_err(|source| ImageError::Json {
            what: "registry token",
            source,
        })?;
        Ok(format!("Bearer {}", token.value()))
    }
}

fn request(
    uri: &Uri,
    headers: &[(HeaderName, &str)],
    authorization: Option<&str>,
) -> Result<Request<Full<Bytes>>, ImageError> {
    let path = uri.path_and_query().map_or("/", |p| p.as_str());
    let host = uri.authority().map_or("", |a| a.as_str());
    let mut builder = Request::get(path)
        .header(HOST, host)
        .header(USER_AGENT, AGENT);
    for (name, value) in headers {
        builder = builder.header(name, *value);
    }
    if let Some(value) = authorization {
        builder = builder.header(AUTHORIZATION, value);
    }
    builder.body(Full::default()).map_err(|_| ImageError::Url {
        url: uri.to_string(),
    })
}

/// A `Location` may be a whole address or a path.
fn join(base: &Uri, location: &str) -> Option<Uri> {
    let target: Uri = location.parse().ok()?;
    if target.scheme().is_some() {
        return Some(target);
    }
    let mut parts = base.clone().into_parts();
    parts.path_and_query = target.into_parts().path_and_query;
    Uri::from_parts(parts).ok()
}
