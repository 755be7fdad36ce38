//! log, exec, attach and port-forward: the request goes on to the node's own server, and bytes are spliced.
mod options;

use crate::{
    audit::Upgraded,
    body::{Body, Piece, Segments, Streaming},
    options::WriteOptions,
    proxy,
    shared::{self, Api},
    stack::{Call, RequestBody},
    status,
    verbs::Request,
};
use api::core::v1::{Node, Pod};
use bytes::Bytes;
use client::transport::ByteStream;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use http_body_util::Empty;
use hyper_util::rt::TokioIo;
use meta::{ApiError, ObjectKey, Reason};
use resource::{AdmissionRequest, BoxFuture, Connect, Operation, Reader, Verb};
use serde_json::Value;
use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::watch;

/// Why a node cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    #[error("no connection to node {0:?}")]
    Unreachable(String),
}

/// Opens connections to the servers of nodes, on which they answer in HTTP/1.1 as kubelets do.
pub trait NodeConnector: Send + Sync {
    fn connect<'a>(
        &'a self,
        node: &'a str,
    ) -> BoxFuture<'a, Result<Box<dyn ByteStream>, NodeError>>;
}

/// A cluster whose nodes cannot be reached.
#[derive(Clone, Copy, Debug)]
pub struct NoNodes;

impl NodeConnector for NoNodes {
    fn connect<'a>(
        &'a self,
        node: &'a str,
    ) -> BoxFuture<'a, Result<Box<dyn ByteStream>, NodeError>> {
        Box::pin(std::future::ready(Err(NodeError::Unreachable(
            node.to_owned(),
        ))))
    }
}

/// Headers that belong to one connection and are not passed on, but for those of an upgrade.
const HOP_BY_HOP: &[HeaderName] = &[
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::CONTENT_LENGTH,
    header::HOST,
];

/// Serves a connect subresource of a pod.
pub(crate) async fn connect(
    request: &Request<'_>,
    what: Connect,
    call: &Call,
    original: http::Request<RequestBody>,
) -> Result<Response<Body>, ApiError> {
    if crate::query::pairs(request.query).any(|(key, _)| key == "dryRun") {
        return Err(ApiError::bad_request("dryRun is not supported"));
    }
    request.api.current().await?;
    let admitted = match what {
        Connect::Log => None,
        _ => admit(request, what, call).await?,
    };
    if what == Connect::Proxy {
        let path = admitted.as_ref().map(|options| {
            let path = options["path"].as_str();
            path.unwrap_or_default()
        });
        return proxy::connect(request, call, path, original).await;
    }
    let changed = admitted.as_ref().map(options::query);
    let query = changed.as_deref().unwrap_or(request.query);
    if what == Connect::Log {
        options::check_log(&request.name, request.query)?;
    }
    let info = request.cache.resource.info();
    let entry = request
        .cache
        .get(&request.key())
        .ok_or_else(|| shared::not_found(info, &request.name))?;
    let object = request
        .cache
        .decode(&entry)
        .ok_or_else(|| crate::render::undecodable(&entry.key))?;
    let pod = object
        .as_any()
        .downcast_ref::<Pod>()
        .ok_or_else(status::unknown_resource)?;
    let Some(path) = target(pod, what, request, query)? else {
        return Ok(status::no_content());
    };
    let node = pod.spec.node_name.clone();
    forward(request, &node, &path, original).await
}

/// Logs are read; to all else one connects, and admission is asked before anything is looked at. The options that it has changed, if it has.
async fn admit(
    request: &Request<'_>,
    what: Connect,
    call: &Call,
) -> Result<Option<Value>, ApiError> {
    let cx = request.context(Verb::Create, &WriteOptions::default());
    let question = AdmissionRequest {
        operation: Operation::Connect,
        resource: request.cache.resource.info(),
        old: None,
    };
    let document = || {
        let kind = &request.endpoint.info().kind;
        options::document(what, kind, request.query, &call.info)
    };
    let admission = &request.api.admission;
    admission.connect(&cx, question, document).await
}

/// The path on the node; `None` for the log of a pod that has no node yet.
fn target(
    pod: &Pod,
    what: Connect,
    request: &Request<'_>,
    query: &str,
) -> Result<Option<String>, ApiError> {
    let (namespace, name) = (&request.namespace, &request.name);
    let container = match what {
        Connect::PortForward | Connect::Proxy => String::new(),
        Connect::Log | Connect::Exec | Connect::Attach => options::container(pod, query)?,
    };
    if pod.spec.node_name.is_empty() {
        return match what {
            Connect::Log => Ok(None),
            _ => Err(ApiError::bad_request(format!(
                "pod {name} does not have a host assigned"
            ))),
        };
    }
    Ok(Some(match what {
        Connect::PortForward => format!("/portForward/{namespace}/{name}?{query}"),
        Connect::Proxy => return Err(status::method_not_allowed()),
        Connect::Log => format!(
            "/containerLogs/{namespace}/{name}/{container}?{}",
            without_container(query)
        ),
        Connect::Exec => format!(
            "/exec/{namespace}/{name}/{container}?{}",
            kubelet_flags(query)
        ),
        Connect::Attach => format!(
            "/attach/{namespace}/{name}/{container}?{}",
            kubelet_flags(query)
        ),
    }))
}

fn without_container(query: &str) -> String {
    query
        .split('&')
        .filter(|pair| !pair.starts_with("container=") && !pair.is_empty())
        .collect::<Vec<_>>()
        .join("&")
}

/// The flags of exec and attach as kubelets name them.
fn kubelet_flags(query: &str) -> String {
    let renamed = query.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        match key {
            "stdin" => Some(format!("input={}", flag(value))),
            "stdout" => Some(format!("output={}", flag(value))),
            "stderr" => Some(format!("error={}", flag(value))),
            "tty" => Some(format!("tty={}", flag(value))),
            "command" => Some(pair.to_owned()),
            _ => None,
        }
    });
    renamed.collect::<Vec<_>>().join("&")
}

fn flag(value: &str) -> &'static str {
    if matches!(value, "false" | "0") {
        "0"
    } else {
        "1"
    }
}

async fn forward(
    request: &Request<'_>,
    node: &str,
    path: &str,
    mut original: http::Request<RequestBody>,
) -> Result<Response<Body>, ApiError> {
    let unreachable = |error: &dyn std::fmt::Display| {
        let words = format!("error dialing backend: {error}");
        ApiError::new(Reason::Unknown, words)
    };
    let stream = request.api.nodes.connect(node).await;
    let stream = stream.map_err(|error| {
        let why = why_unreachable(request, node);
        why.unwrap_or_else(|| unreachable(&error))
    })?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| unreachable(&error))?;
    let tasks = &request.api.platform.tasks;
    drop(tasks.spawn("node connection", async move {
        if let Err(error) = connection.with_upgrades().await {
            tracing::debug!(%error, "connection to a node ended");
        }
    }));
    let upgrade = original.headers().contains_key(header::UPGRADE);
    let client = upgrade.then(|| hyper::upgrade::on(&mut original));
    let onward = onward(&original, path)?;
    let mut answer = sender
        .send_request(onward)
        .await
        .map_err(|error| unreachable(&error))?;
    if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
        return Ok(relayed(answer));
    }
    let Some(client) = client else {
        return Err(ApiError::bad_request("Upgrade request required"));
    };
    let backend = hyper::upgrade::on(&mut answer);
    Ok(spliced(request.api, client, backend, answer.headers()))
}

/// What is wrong with a node to which there is no connection, if that can be seen. Upstream looks before it connects, and speaks of one
/// that does not exist as of a pod.
fn why_unreachable(request: &Request<'_>, node: &str) -> Option<ApiError> {
    let found = request
        .api
        .caches
        .get("", "nodes", &ObjectKey::cluster(node));
    let Some(found) = found else {
        return Some(ApiError::not_found("", "pods", node));
    };
    let found: &Node = found.as_any().downcast_ref()?;
    found.status.addresses.is_empty().then(no_address)
}

/// Of a node that tells no address.
pub(crate) fn no_address() -> ApiError {
    let words = "no preferred addresses found; known addresses: []";
    ApiError::new(Reason::Unknown, words)
}

fn onward(
    original: &http::Request<RequestBody>,
    path: &str,
) -> Result<http::Request<Empty<Bytes>>, ApiError> {
    let mut headers: HeaderMap = original.headers().clone();
    HOP_BY_HOP
        .iter()
        .for_each(|name| drop(headers.remove(name)));
    headers.remove(header::AUTHORIZATION);
    headers.insert(header::HOST, HeaderValue::from_static("node"));
    let upgrade = headers.contains_key(header::UPGRADE);
    let mut request = http::Request::new(Empty::new());
    *request.method_mut() = if upgrade {
        original.method().clone()
    } else {
        Method::GET
    };
    *request.uri_mut() = path
        .parse()
        .map_err(|_| ApiError::bad_request("the query cannot be passed on"))?;
    *request.headers_mut() = headers;
    Ok(request)
}

/// The answer to an upgrade, whose two streams are spliced from now on.
pub(crate) fn spliced(
    api: &Api,
    client: hyper::upgrade::OnUpgrade,
    backend: hyper::upgrade::OnUpgrade,
    headers: &HeaderMap,
) -> Response<Body> {
    let splicing = splice(client, backend);
    switched(api, "spliced stream", headers.clone(), splicing)
}

/// The answer that switches protocols; `conversation` is what goes on then.
pub(crate) fn switched(
    api: &Api,
    task: &'static str,
    headers: HeaderMap,
    conversation: impl Future<Output = ()> + Send + 'static,
) -> Response<Body> {
    let (goes_on, ended) = watch::channel(());
    drop(api.platform.tasks.spawn(task, async move {
        conversation.await;
        drop(goes_on);
    }));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    *response.headers_mut() = headers;
    response.extensions_mut().insert(Upgraded(ended));
    response
}

async fn splice(client: hyper::upgrade::OnUpgrade, backend: hyper::upgrade::OnUpgrade) {
    let (client, backend) = match futures::future::try_join(client, backend).await {
        Ok(both) => both,
        Err(error) => return tracing::debug!(%error, "an upgrade did not happen"),
    };
    let (mut client, mut backend) = (TokioIo::new(client), TokioIo::new(backend));
    if let Err(error) = tokio::io::copy_bidirectional(&mut client, &mut backend).await {
        tracing::debug!(%error, "a spliced stream ended");
    }
}

fn relayed(answer: Response<hyper::body::Incoming>) -> Response<Body> {
    let (parts, body) = answer.into_parts();
    let mut response = Response::new(Body::streaming(Relay(body)));
    *response.status_mut() = parts.status;
    if let Some(kind) = parts.headers.get(header::CONTENT_TYPE) {
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, kind.clone());
    }
    response
}

/// A node's answer, passed on as it comes.
pub(crate) struct Relay(pub(crate) hyper::body::Incoming);

impl Streaming for Relay {
    fn poll_segments(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Segments>>> {
        loop {
            match http_body::Body::poll_frame(Pin::new(&mut self.0), context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        let mut segments = Segments::default();
                        segments.push(Piece::Bytes(data));
                        return Poll::Ready(Some(Ok(segments)));
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Some(Err(io::Error::other(error))));
                }
                Poll::Ready(None) => return Poll::Ready(None),
            }
        }
    }
}
