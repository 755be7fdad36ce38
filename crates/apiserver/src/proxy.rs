//! `proxy` subresources: a request goes on to a pod, to a pod behind a service, or to a node, and its answer comes back.
//!
//! Upstream: `pkg/registry/core/{pod,service,node}` and apimachinery's `pkg/util/proxy`. The node's own server is reached as logs are;
//! everything else is dialed by address through [`Dial`].
mod hop;
pub(crate) mod html;
mod links;
mod path;
mod target;

pub(crate) use self::{
    hop::{Hop, HopError, Location, Way, client_words, is_upgrade},
    path::decoded,
};

use crate::{
    body::Body,
    stack::{Call, RequestBody},
    status,
    verbs::Request,
};
use client::{
    BoxFuture,
    kubeconfig::Endpoint,
    transport::{ByteStream, Connector, Dial, Protocols},
};
use http::{Response, header};
use hyper_util::{
    client::legacy,
    rt::{TokioExecutor, TokioTimer},
};
use meta::ApiError;
use platform::Clock;
use std::{io, sync::Arc, time::Duration};

/// Connections that are kept for the next request, of one trust.
pub(crate) type Pool = legacy::Client<Connector, RequestBody>;

/// A connection that nobody has used for so long is closed.
const IDLE_MAX: Duration = Duration::from_secs(30);
/// Kept for one address.
const IDLE_PER_HOST_MAX: usize = 4;

/// A pool over `connector`.
pub(crate) fn pool(connector: Connector) -> Pool {
    legacy::Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE_MAX)
        .pool_max_idle_per_host(IDLE_PER_HOST_MAX)
        .build(connector)
}

/// Pods are reached by address, for which they have no certificate: as upstream, any will do.
pub(crate) fn pods(dial: &Arc<dyn Dial>) -> Pool {
    let anyone = Endpoint {
        server: String::new(),
        tls_server_name: None,
        certificate_authority: None,
        insecure_skip_tls_verify: true,
        client_certificate: None,
        token: None,
        namespace: String::new(),
    };
    let connector = Connector::new(&anyone, Protocols::Http1, Arc::clone(dial));
    pool(connector.expect("no certificate is given that could be wrong"))
}

/// Dials within upstream's time.
#[derive(Debug)]
pub(crate) struct Bounded {
    inner: Arc<dyn Dial>,
    clock: Clock,
}

impl Bounded {
    pub(crate) fn new(inner: Arc<dyn Dial>, clock: Clock) -> Self {
        Self { inner, clock }
    }
}

impl Dial for Bounded {
    fn dial<'a>(
        &'a self,
        host: &'a str,
        port: u16,
    ) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        const TIMEOUT: Duration = Duration::from_secs(30);
        Box::pin(async move {
            let dialed = self.clock.timeout(TIMEOUT, self.inner.dial(host, port));
            dialed
                .await
                .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
        })
    }
}

/// A page in pieces of so many bytes as a client sees it: for fuzzing.
pub(crate) fn rewritten(page: &[u8], piece: usize) -> Vec<u8> {
    let links = links::Links {
        prepend: "/proxy".to_owned(),
        origin: None,
        source: "10.0.0.7".to_owned(),
        asked: "cluster".to_owned(),
    };
    let (mut rewriter, mut out) = (html::Rewriter::new(), Vec::new());
    for piece in page.chunks(piece.max(1)) {
        rewriter.feed(piece, &links, &mut out);
    }
    rewriter.finish(&mut out);
    out
}

/// Serves a `proxy` subresource. The caches are current. Admission may want another path than the request's.
pub(crate) async fn connect(
    request: &Request<'_>,
    call: &Call,
    wanted: Option<&str>,
    original: http::Request<RequestBody>,
) -> Result<Response<Body>, ApiError> {
    let info = request.cache.resource.info();
    let target = match &*info.plural {
        "pods" => target::pod(request)?,
        "services" => target::service(request)?,
        "nodes" => target::node(request)?,
        _ => return Err(status::method_not_allowed()),
    };
    let whole = path::decoded(&call.info.path);
    let hop = Hop {
        api: request.api,
        way: match &target.node {
            Some(node) => Way::Node(node),
            None => Way::Pool {
                plain: &request.api.pods,
                upgrading: &request.api.pods,
            },
        },
        location: Location {
            secure: target.secure,
            host: target.host,
            path: match wanted {
                Some(path) => path::below(path.trim_start_matches('/'), path.ends_with('/')),
                None => path::below(&path::decoded(&call.info.rest), whole.ends_with('/')),
            },
            query: request.query.to_owned(),
        },
        seen_path: whole,
        seen_origin: None,
        host: original.headers().get(header::HOST).cloned(),
        from: call.remote,
    };
    hop.forward(original).await.map_err(HopError::into_api)
}
