//! Group versions that other servers answer: APIServices with a service. Requests go on to one of the service's endpoints, under the
//! name of their user. Upstream: kube-aggregator.
mod available;
mod documents;
mod follow;
mod remote;
pub(crate) mod resolve;
pub(crate) mod swagger;

pub(crate) use self::{documents::RemoteVersion, follow::follow, remote::Swagger};

use self::remote::Remote;
use crate::{
    body::Body,
    metrics::Labels,
    proxy::{Hop, Location, Way, decoded},
    shared::Api,
    stack::{AUDIT_ID, Call},
    status,
};
use client::kubeconfig::CertificateAndKey;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use meta::Str;
use parking_lot::RwLock;
use resource::User;
use std::{cmp::Reverse, collections::HashMap, fmt::Write, sync::Arc, time::Duration};

/// The certificate and key with which the server shows aggregated servers that it may speak for users; `None` where it has none.
/// Asked again and again: it may be renewed.
pub type FrontProxy = Arc<dyn Fn() -> Option<CertificateAndKey> + Send + Sync>;

/// Lists of what a server has are small, and everybody waits for them.
const DISCOVERY_TIMEOUT: Duration = Duration::from_secs(5);

/// Which group versions are whose. A snapshot, replaced as a whole by the task that follows APIServices.
#[derive(Default)]
pub(crate) struct Aggregation {
    remotes: RwLock<Arc<Remotes>>,
}

/// By `GROUP/VERSION`.
type Remotes = HashMap<String, Arc<Remote>>;

impl Aggregation {
    /// Whoever answers the path, if it is not this server.
    pub(crate) fn of_path(&self, path: &str) -> Option<Arc<Remote>> {
        let remotes = self.remotes.read();
        if remotes.is_empty() {
            return None;
        }
        let mut parts = path.strip_prefix("/apis/")?.splitn(3, '/');
        let (group, version) = (parts.next()?, parts.next()?);
        remotes.get(&format!("{group}/{version}")).cloned()
    }

    fn replace(&self, remotes: Remotes) {
        *self.remotes.write() = Arc::new(remotes);
    }

    /// Where the OpenAPI documents of remote group versions are, by `apis/GROUP/VERSION`.
    pub(crate) fn documents(&self) -> Vec<(String, String)> {
        let remotes = Arc::clone(&self.remotes.read());
        let documents = remotes.iter().filter_map(|(place, remote)| {
            let url = remote.openapi.lock().clone()?;
            Some((format!("apis/{place}"), url))
        });
        documents.collect()
    }

    /// OpenAPI v2 of remote group versions, in the order of their priorities.
    pub(crate) fn swaggers(&self) -> Vec<Arc<Swagger>> {
        let remotes = Arc::clone(&self.remotes.read());
        let mut remotes: Vec<&Arc<Remote>> = remotes.values().collect();
        remotes.sort_by(|one, other| {
            let rank = |of: &Remote| Reverse((of.group_priority, of.version_priority));
            let names = one.group.cmp(&other.group).then(one.name.cmp(&other.name));
            rank(one).cmp(&rank(other)).then(names)
        });
        let documents = remotes
            .iter()
            .filter_map(|remote| remote.swagger.lock().clone());
        documents.collect()
    }
}

impl std::fmt::Debug for Aggregation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Aggregation").finish_non_exhaustive()
    }
}

const UNAVAILABLE: &str = "service unavailable";

/// What this server says in place of another, which is counted.
fn refused(api: &Api, call: &Call, code: StatusCode, words: &str) -> Response<Body> {
    let (info, request) = (&call.info, &call.request);
    let labels = Labels::of(info, request.method(), request.uri(), request.headers());
    let metrics = &api.metrics;
    metrics.not_proxied(labels, code.as_u16(), &info.path);
    failed(code, words)
}

/// Plain text, as Go's `http.Error` writes it.
fn failed(code: StatusCode, words: &str) -> Response<Body> {
    status::text(code, format!("{words}\n"))
}

/// Sends an authorized request on.
pub(crate) async fn serve(api: &Arc<Api>, remote: &Remote, mut call: Call) -> Response<Body> {
    if !remote.available {
        return refused(api, &call, StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE);
    }
    let user = std::mem::take(&mut call.user);
    forward(api, remote, call, &user).await
}

/// Sends a request for an OpenAPI document on: such documents are everybody's.
pub(crate) async fn document(api: &Arc<Api>, remote: &Remote, call: Call) -> Response<Body> {
    forward(api, remote, call, &remote::user("system:aggregator", &[])).await
}

async fn forward(api: &Arc<Api>, remote: &Remote, mut call: Call, user: &User) -> Response<Body> {
    let pools = match &remote.pools {
        Ok(pools) => pools,
        Err(words) => return refused(api, &call, StatusCode::INTERNAL_SERVER_ERROR, words),
    };
    let host = match resolve::endpoint(&api.caches, &api.platform.rng, &remote.service) {
        Ok(host) => host,
        Err(error) => {
            tracing::debug!(%error, name = %remote.name, "an aggregated server has no address");
            return refused(api, &call, StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE);
        }
    };
    let mut request = call.take_request();
    speak_for(user, request.headers_mut());
    if let Some(id) = call.audit_id {
        request.headers_mut().insert(AUDIT_ID, id);
    }
    let path = decoded(request.uri().path());
    let is_discovery = !call.info.is_resource && path.trim_matches('/').split('/').count() == 3;
    let hop = Hop {
        api,
        way: Way::Pool {
            plain: &pools.plain,
            upgrading: &pools.upgrading,
        },
        location: Location {
            secure: true,
            host: host.clone(),
            path: path.clone(),
            query: request.uri().query().unwrap_or("").to_owned(),
        },
        seen_path: path,
        host: HeaderValue::from_str(&host).ok(),
        seen_origin: Some(("https", host)),
        from: call.remote,
    };
    let answered = if is_discovery {
        let clock = &api.platform.clock;
        let answered = clock.timeout(DISCOVERY_TIMEOUT, hop.forward(request)).await;
        let Ok(answered) = answered else {
            let words = "error trying to reach service: context deadline exceeded";
            return failed(StatusCode::SERVICE_UNAVAILABLE, words);
        };
        answered
    } else {
        hop.forward(request).await
    };
    match answered {
        Ok(answer) if is_redirect(&answer) => {
            let words = "the backend attempted to redirect this request, which is not permitted";
            status::text(StatusCode::BAD_GATEWAY, words)
        }
        Ok(answer) => answer,
        Err(error) => failed(StatusCode::SERVICE_UNAVAILABLE, &error.to_string()),
    }
}

/// A server that is trusted with the names of users could send them elsewhere.
fn is_redirect(answer: &Response<Body>) -> bool {
    answer.status().is_redirection() && answer.headers().contains_key(header::LOCATION)
}

const USER: HeaderName = HeaderName::from_static("x-remote-user");
const UID: HeaderName = HeaderName::from_static("x-remote-uid");
const GROUP: HeaderName = HeaderName::from_static("x-remote-group");
const EXTRA: &str = "x-remote-extra-";

/// Says who asks, in the headers that a front proxy uses. Whatever the client put there goes.
fn speak_for(user: &User, headers: &mut HeaderMap) {
    let ours =
        |name: &&HeaderName| [USER, UID, GROUP].contains(*name) || name.as_str().starts_with(EXTRA);
    let given: Vec<HeaderName> = headers.keys().filter(ours).cloned().collect();
    for name in given {
        headers.remove(name);
    }
    headers.remove(header::AUTHORIZATION);
    let mut add = |name: HeaderName, value: &Str| {
        if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
            headers.append(name, value);
        }
    };
    add(USER, &user.name);
    if !user.uid.is_empty() {
        add(UID, &user.uid);
    }
    for group in &user.groups {
        add(GROUP, group);
    }
    for (key, values) in &user.extra {
        if let Ok(name) = format!("{EXTRA}{}", escaped_key(key)).parse::<HeaderName>() {
            values.iter().for_each(|value| add(name.clone(), value));
        }
    }
}

/// A key in the form in which it can stand in a header's name.
fn escaped_key(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&'*+-.^_`|~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes all writes");
        }
    }
    out
}

#[cfg(test)]
mod tests;
