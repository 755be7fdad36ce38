//! Calls to webhooks that objects of the API name, by URL or by a service of the cluster. Upstream: apiserver's `pkg/util/webhook`.
use crate::{
    aggregation::resolve::{self, ServiceName},
    cache::Caches,
    remote::{Remote, RemoteError, Remotes, Way},
};
use bytes::Bytes;
use client::{
    BoxFuture,
    kubeconfig::Endpoint,
    transport::{ByteStream, Dial, Protocols},
};
use meta::{Str, codec::TypeMeta, go_quote};
use parking_lot::Mutex;
use platform::Platform;
use std::{collections::HashMap, io, net::IpAddr, sync::Arc, time::Duration};

/// Clients kept, as upstream.
const CLIENTS_MAX: usize = 200;
/// An answer is read up to here (16 MiB): it may hold a large object, or many, in base64.
const ANSWER_BYTES_MAX: usize = 16 << 20;

/// Where a webhook is, and whose signature its certificate has to have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ClientConfig {
    pub(crate) destination: Destination,
    /// PEM; empty means the authorities that the machine trusts.
    pub(crate) authority: Arc<[u8]>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Destination {
    /// Without a query.
    Url(Str),
    /// The certificate is for `NAME.NAMESPACE.svc`.
    Service { service: ServiceName, path: Str },
}

/// What both of the API's types of client configuration hold.
macro_rules! from_api {
    ($($group:ident),*) => {$(
        impl From<&api::$group::v1::WebhookClientConfig> for ClientConfig {
            fn from(config: &api::$group::v1::WebhookClientConfig) -> Self {
                let destination = match &config.service {
                    Some(service) => Destination::Service {
                        service: ServiceName {
                            namespace: service.namespace.clone(),
                            name: service.name.clone(),
                            port: service.port.unwrap_or(443),
                        },
                        path: service.path.clone().unwrap_or_default(),
                    },
                    None => Destination::Url(config.url.clone().unwrap_or_default()),
                };
                Self {
                    destination,
                    authority: Arc::from(&config.ca_bundle[..]),
                }
            }
        }
    )*};
}
from_api!(admissionregistration, apiextensions);

/// A client for each configuration that is in use, so that connections are used again. Another authority or address is another
/// configuration; whichever has not been used for longest goes first.
pub(crate) struct WebhookClients {
    caches: Arc<Caches>,
    dial: Arc<dyn Dial>,
    platform: Platform,
    remotes: Remotes,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    clients: HashMap<ClientConfig, (u64, Arc<Remote>)>,
    uses: u64,
}

impl WebhookClients {
    /// `dial` reaches the cluster's network.
    pub(crate) fn new(
        caches: Arc<Caches>,
        dial: Arc<dyn Dial>,
        platform: Platform,
        remotes: Remotes,
    ) -> Self {
        Self {
            caches,
            dial,
            platform,
            remotes,
            kept: Mutex::default(),
        }
    }

    /// The body that a POST of the JSON `body` is answered with, within `timeout` for everything. `query` is empty or what comes behind
    /// the path, with its `?`. Nothing is tried twice.
    ///
    /// # Errors
    /// No client can be made, nobody answers in time, or the answer is no success: [`RemoteError::for_clients`] has upstream's words.
    pub(crate) async fn call(
        &self,
        config: &ClientConfig,
        query: &str,
        body: Bytes,
        timeout: Duration,
    ) -> Result<Bytes, RemoteError> {
        self.client(config)?.post_once(query, body, timeout).await
    }

    fn client(&self, config: &ClientConfig) -> Result<Arc<Remote>, RemoteError> {
        let mut kept = self.kept.lock();
        kept.uses += 1;
        let now = kept.uses;
        if let Some((used, client)) = kept.clients.get_mut(config) {
            *used = now;
            return Ok(Arc::clone(client));
        }
        let client = Arc::new(self.connect(config)?);
        if kept.clients.len() >= CLIENTS_MAX {
            let oldest = kept.clients.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(config, _)| config.clone()) {
                kept.clients.remove(&oldest);
            }
        }
        let entry = (now, Arc::clone(&client));
        kept.clients.insert(config.clone(), entry);
        Ok(client)
    }

    /// Connects on first use.
    fn connect(&self, config: &ClientConfig) -> Result<Remote, RemoteError> {
        let (server, tls_server_name, way) = match &config.destination {
            Destination::Url(url) => {
                let way = Way {
                    dial: Arc::clone(&self.dial),
                    protocols: protocols_of(url),
                };
                (cleaned_url(url), None, way)
            }
            Destination::Service { service, path } => {
                let name = format!("{}.{}.svc", service.name, service.namespace);
                let server = format!("https://{name}:{}{}", service.port, cleaned(path));
                let dial = ToService {
                    service: service.clone(),
                    caches: Arc::clone(&self.caches),
                    dial: Arc::clone(&self.dial),
                    platform: self.platform.clone(),
                };
                let way = Way {
                    dial: Arc::new(dial),
                    // One connection of HTTP/2 would be one of the endpoints for all calls.
                    protocols: Protocols::Http1,
                };
                (server, Some(name), way)
            }
        };
        let endpoint = Endpoint {
            server,
            tls_server_name,
            certificate_authority: (!config.authority.is_empty())
                .then(|| config.authority.to_vec()),
            insecure_skip_tls_verify: false,
            client_certificate: None,
            token: None,
            namespace: String::new(),
        };
        Remote::new(&endpoint, way, &self.remotes, ANSWER_BYTES_MAX)
    }
}

impl std::fmt::Debug for WebhookClients {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookClients").finish_non_exhaustive()
    }
}

/// Each connection goes to one of a service's endpoints, as they are then.
struct ToService {
    service: ServiceName,
    caches: Arc<Caches>,
    dial: Arc<dyn Dial>,
    platform: Platform,
}

impl Dial for ToService {
    fn dial<'a>(
        &'a self,
        _host: &'a str,
        _port: u16,
    ) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        Box::pin(async move {
            let found = resolve::endpoint(&self.caches, &self.platform.rng, &self.service)
                .map_err(io::Error::other)?;
            let (host, port) = found
                .rsplit_once(':')
                .and_then(|(host, port)| Some((host, port.parse().ok()?)))
                .ok_or_else(|| io::Error::other(format!("invalid endpoint {found}")))?;
            self.dial.dial(host.trim_matches(['[', ']']), port).await
        })
    }
}

impl std::fmt::Debug for ToService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ToService").field(&self.service).finish()
    }
}

/// Whoever is behind a name may be many, so that all but this machine itself are spoken to in HTTP/1.1.
fn protocols_of(url: &str) -> Protocols {
    let parsed = url.parse::<http::Uri>().ok();
    let host = parsed.as_ref().and_then(http::Uri::host).unwrap_or("");
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    if host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
    {
        Protocols::Http2
    } else {
        Protocols::Http1
    }
}

fn cleaned_url(url: &str) -> String {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    match url[after_scheme..].find('/') {
        Some(slash) => {
            let (origin, path) = url.split_at(after_scheme + slash);
            format!("{origin}{}", cleaned(path))
        }
        None => url.to_owned(),
    }
}

/// A path as Go's `path.Join` leaves it: no empty parts, no dots, no slash at the end.
fn cleaned(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// An answer says of itself that it is a review as it was sent: of a group, a version (`v1` or `v1beta1`) and a kind. Where it says
/// nothing it is taken for one.
///
/// # Errors
/// In upstream's words, why it cannot be read as one.
pub(crate) fn check_review(
    found: &TypeMeta,
    (group, version, kind): (&str, &str, &str),
) -> Result<(), String> {
    let wanted = format!("{group}/{version}");
    let other = if version == "v1" { "v1beta1" } else { "v1" };
    let given = |given: &Str, otherwise: &str| match given.is_empty() {
        true => otherwise.to_owned(),
        false => given.to_string(),
    };
    let found_version = given(&found.api_version, &wanted);
    let found_kind = given(&found.kind, kind);
    if found_version == wanted && found_kind == kind {
        return Ok(());
    }
    if found_kind == kind && found_version == format!("{group}/{other}") {
        return Err(format!(
            "converting ({other}.{kind}) to ({version}.{kind}): unknown conversion"
        ));
    }
    const SCHEME: &str = "k8s.io/apiserver/pkg/util/webhook/client.go";
    Err(format!(
        "no kind {} is registered for version {} in scheme {}",
        go_quote(&found_kind),
        go_quote(&found_version),
        go_quote(SCHEME)
    ))
}

/// What is said of a review that does not say its type, where it has to.
pub(crate) fn untyped(
    found: &TypeMeta,
    (group, version, kind): (&str, &str, &str),
) -> Option<String> {
    if !found.api_version.is_empty() && !found.kind.is_empty() {
        return None;
    }
    let got = if found.api_version.is_empty() {
        "/"
    } else {
        &*found.api_version
    };
    Some(format!(
        "expected webhook response of {group}/{version}, Kind={kind}, got {got}, Kind={}",
        found.kind
    ))
}

#[cfg(test)]
mod tests;
