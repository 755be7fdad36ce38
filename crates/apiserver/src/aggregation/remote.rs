//! One group version of another server, and how that is reached.
use super::{resolve::ServiceName, speak_for};
use crate::{
    proxy::{self, Pool},
    shared::Api,
};
use api::apiregistration::v1::APIService;
use bytes::Bytes;
use client::{
    kubeconfig::{CertificateAndKey, Endpoint},
    transport::{Connector, HttpsError, Protocols},
};
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use http_body_util::{BodyExt, Either, Limited};
use meta::Str;
use parking_lot::Mutex;
use resource::User;
use serde_json::Value;
use std::{sync::Arc, time::Duration};

/// A document of another server is read up to here (16 MiB).
const DOCUMENT_BYTES_MAX: usize = 16 << 20;
const TIMEOUT: Duration = Duration::from_secs(5);
const PORT: i32 = 443;

/// A server's OpenAPI v2 document.
#[derive(Debug)]
pub(crate) struct Swagger {
    /// The server's own, or a digest.
    pub(crate) etag: String,
    /// What of it is about the group version; `None` where there is nothing.
    pub(crate) document: Option<Value>,
}

/// Connections to one server. Upgrades need HTTP/1.1.
pub(super) struct Pools {
    pub(super) plain: Pool,
    pub(super) upgrading: Pool,
}

/// Whom the server is believed to be, and what we show it.
#[derive(Clone, PartialEq)]
struct Trust {
    name: String,
    authority: Option<Vec<u8>>,
    insecure: bool,
    certificate: Option<CertificateAndKey>,
}

/// An APIService with a service.
pub(crate) struct Remote {
    pub(super) name: Str,
    pub(super) group: Str,
    pub(super) version: Str,
    pub(super) service: ServiceName,
    pub(super) group_priority: i32,
    pub(super) version_priority: i32,
    pub(super) available: bool,
    trust: Trust,
    /// An error says what is wrong with the certificates.
    pub(super) pools: Result<Arc<Pools>, String>,
    /// Where its OpenAPI document is, once it has been asked.
    pub(super) openapi: Arc<Mutex<Option<String>>>,
    /// The last that it gave.
    pub(super) swagger: Arc<Mutex<Option<Arc<Swagger>>>>,
}

/// What came back.
pub(super) struct Fetched {
    pub(super) status: StatusCode,
    pub(super) content_type: String,
    /// Empty where the server gives none.
    pub(super) etag: String,
    pub(super) body: Bytes,
}

/// A user of this server's own.
pub(super) fn user(name: &str, groups: &[&str]) -> User {
    User {
        name: name.into(),
        groups: groups.iter().map(|group| Str::from(*group)).collect(),
        ..User::default()
    }
}

impl Remote {
    /// `None` for an APIService of this server's own. What `before` has already is used again.
    pub(super) fn of(api: &Api, service: &APIService, before: Option<&Self>) -> Option<Self> {
        let spec = &service.spec;
        let reference = spec.service.as_deref()?;
        let trust = Trust {
            name: format!("{}.{}.svc", reference.name, reference.namespace),
            authority: (!spec.ca_bundle.is_empty()).then(|| spec.ca_bundle.to_vec()),
            insecure: spec.insecure_skip_tls_verify,
            certificate: (api.front_proxy)(),
        };
        let kept = before.filter(|before| before.trust == trust);
        let pools = match kept {
            Some(before) => before.pools.clone(),
            None => pools(api, &trust)
                .map(Arc::new)
                .map_err(|error| error.to_string()),
        };
        let mut conditions = service.status.conditions.iter();
        Some(Self {
            name: service.metadata.name.clone(),
            group: spec.group.clone(),
            version: spec.version.clone(),
            service: ServiceName {
                namespace: reference.namespace.clone(),
                name: reference.name.clone(),
                port: reference.port.unwrap_or(PORT),
            },
            group_priority: spec.group_priority_minimum,
            version_priority: spec.version_priority,
            available: conditions.any(|known| known.type_ == "Available" && known.status == "True"),
            trust,
            pools,
            openapi: before.map_or_else(Arc::default, |before| Arc::clone(&before.openapi)),
            swagger: before.map_or_else(Arc::default, |before| Arc::clone(&before.swagger)),
        })
    }

    /// Asks the server at `host` for a document, as `user`. An error says in Go's words what went wrong.
    pub(super) async fn fetch(
        &self,
        api: &Api,
        host: &str,
        path: &str,
        accept: &'static str,
        user: &User,
    ) -> Result<Fetched, String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        self.fetch_with(api, host, path, headers, user).await
    }

    /// The same with headers of the caller's.
    pub(super) async fn fetch_with(
        &self,
        api: &Api,
        host: &str,
        path: &str,
        mut headers: HeaderMap,
        user: &User,
    ) -> Result<Fetched, String> {
        let pools = self.pools.as_ref().map_err(Clone::clone)?;
        let url = format!("https://{host}{path}");
        let told = |words: String| format!("Get {}: {words}", meta::go_quote(&url));
        let mut request = Request::new(Either::Right(http_body_util::Full::default()));
        *request.uri_mut() = url.parse().map_err(|_| told("invalid URL".to_owned()))?;
        let agent = HeaderValue::from_static("sampan-apiserver");
        headers.insert(header::USER_AGENT, agent);
        speak_for(user, &mut headers);
        *request.headers_mut() = headers;
        let exchange = async {
            let sent = pools.plain.request(request).await;
            let answer = sent.map_err(|error| told(proxy::client_words(&error, host)))?;
            let (head, body) = answer.into_parts();
            let read = Limited::new(body, DOCUMENT_BYTES_MAX).collect().await;
            let text = |name: HeaderName| {
                let value = head.headers.get(name);
                let text = value.and_then(|value| value.to_str().ok());
                text.unwrap_or("").to_owned()
            };
            Ok(Fetched {
                status: head.status,
                content_type: text(header::CONTENT_TYPE),
                etag: text(header::ETAG),
                body: read.map_err(|error| told(error.to_string()))?.to_bytes(),
            })
        };
        let answered = api.platform.clock.timeout(TIMEOUT, exchange).await;
        answered.unwrap_or_else(|_| {
            let words =
                "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
            Err(told(words.to_owned()))
        })
    }
}

fn pools(api: &Api, trust: &Trust) -> Result<Pools, HttpsError> {
    let endpoint = Endpoint {
        server: String::new(),
        tls_server_name: Some(trust.name.clone()),
        certificate_authority: trust.authority.clone(),
        insecure_skip_tls_verify: trust.insecure,
        client_certificate: trust.certificate.clone(),
        token: None,
        namespace: String::new(),
    };
    let pool = |protocols| {
        let connector = Connector::new(&endpoint, protocols, Arc::clone(&api.dial))?;
        Ok(proxy::pool(connector))
    };
    Ok(Pools {
        plain: pool(Protocols::Http2)?,
        upgrading: pool(Protocols::Http1)?,
    })
}
