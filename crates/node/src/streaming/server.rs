//! HTTP/1.1: paths to answers, and the upgrades to SPDY and WebSocket.

use super::params::{CommandOptions, Query};
use super::port_forward::{self, Sandbox};
use super::remote_command::{self, Start};
use super::websocket::tunnel::Tunnel;
use super::{Backend, ContainerTarget, PodTarget, Refusal, RunningContainer};
use bytes::Bytes;
use futures::future::BoxFuture;
use http::header::{CONNECTION, CONTENT_TYPE, UPGRADE};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use platform::Platform;
use runtime::cri::v1;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};

type Body = UnsyncBoxBody<Bytes, io::Error>;
type Answer = Result<Response<Body>, Refusal>;
/// What runs on the upgraded stream.
type Conversation = Box<dyn FnOnce(TokioIo<Upgraded>) -> BoxFuture<'static, ()> + Send>;

const PROTOCOL_VERSION: &str = "x-stream-protocol-version";

/// Answers the kubelet's paths on streams that are handed to it. Cheap to clone.
#[derive(Clone)]
pub struct Server {
    backend: Arc<dyn Backend>,
    platform: Platform,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

impl Server {
    /// A server over `backend`; upgraded conversations run as tasks of `platform`.
    pub fn new(backend: Arc<dyn Backend>, platform: Platform) -> Self {
        Self { backend, platform }
    }

    /// Serves one connection to its end. The caller has authenticated the peer.
    pub async fn serve<IO: AsyncRead + AsyncWrite + Send + Unpin + 'static>(&self, io: IO) {
        let service = hyper::service::service_fn(|request| {
            let server = self.clone();
            async move { Ok::<_, Infallible>(server.answer(request).await) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(io), service)
            .with_upgrades();
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection to the node's server broke");
        }
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        self.route(request)
            .await
            .unwrap_or_else(|refusal| text(refusal.status, refusal.message))
    }

    async fn route(&self, mut request: Request<Incoming>) -> Answer {
        let path = request.uri().path().to_owned();
        let query = Query::parse(request.uri().query());
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        if !matches!(*request.method(), Method::GET | Method::POST) {
            return Err(Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method not allowed",
            ));
        }
        match parts.as_slice() {
            ["healthz" | "livez" | "readyz"] => Ok(match self.backend.health() {
                Ok(()) => text(StatusCode::OK, "ok".to_owned()),
                Err(message) => text(StatusCode::INTERNAL_SERVER_ERROR, message),
            }),
            ["pods"] => Ok(json(self.backend.pods().await)),
            ["stats", "summary"] => Ok(json(self.backend.stats_summary().await?)),
            ["metrics"] => Ok(text(StatusCode::OK, self.backend.metrics().await)),
            ["containerLogs", rest @ ..] => self.logs(container_target(rest)?, &query).await,
            ["exec", rest @ ..] => {
                self.exec(&mut request, container_target(rest)?, &query)
                    .await
            }
            ["attach", rest @ ..] => {
                self.attach(&mut request, container_target(rest)?, &query)
                    .await
            }
            ["portForward", rest @ ..] => {
                self.port_forward(&mut request, pod_target(rest)?, &query)
                    .await
            }
            _ => Err(not_found()),
        }
    }

    async fn logs(&self, target: ContainerTarget, query: &Query) -> Answer {
        let pieces = self.backend.logs(target, query.log_options()?).await?;
        let frames = futures::stream::unfold(pieces, |mut pieces| async move {
            pieces
                .recv()
                .await
                .map(|piece| (piece.map(Frame::data), pieces))
        });
        let mut response = Response::new(BodyExt::boxed_unsync(StreamBody::new(frames)));
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        Ok(response)
    }

    async fn exec(
        &self,
        request: &mut Request<Incoming>,
        target: ContainerTarget,
        query: &Query,
    ) -> Answer {
        let options = query.command_options()?;
        if options.command.is_empty() {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                "you must specify a command",
            ));
        }
        let container = self.backend.container(target).await?;
        let exec = v1::ExecRequest {
            container_id: container.id,
            cmd: options.command.clone(),
            tty: options.tty,
            stdin: options.stdin,
            stdout: options.stdout,
            stderr: options.stderr,
        };
        let streams = self.backend.streams();
        let start: Start = Box::new(move || Box::pin(async move { streams.exec(exec).await }));
        self.remote_command(request, options, start)
    }

    async fn attach(
        &self,
        request: &mut Request<Incoming>,
        target: ContainerTarget,
        query: &Query,
    ) -> Answer {
        let mut options = query.command_options()?;
        options.command.clear();
        let RunningContainer { id, tty, stdin } = self.backend.container(target).await?;
        let attach = v1::AttachRequest {
            container_id: id,
            stdin: options.stdin && stdin,
            tty: options.tty && tty,
            stdout: options.stdout,
            stderr: options.stderr,
        };
        let streams = self.backend.streams();
        let start: Start = Box::new(move || Box::pin(async move { streams.attach(attach).await }));
        self.remote_command(request, options, start)
    }

    fn remote_command(
        &self,
        request: &mut Request<Incoming>,
        options: CommandOptions,
        start: Start,
    ) -> Answer {
        let clock = self.platform.clock.clone();
        if is_websocket(request.headers()) {
            let protocol = websocket_protocol(
                request.headers(),
                remote_command::WEBSOCKET_PROTOCOLS,
                "channel.k8s.io",
            )?;
            let conversation: Conversation = Box::new(move |io| {
                Box::pin(async move {
                    let name = protocol.name;
                    remote_command::over_websocket(io, name, &options, &clock, start).await
                })
            });
            return self.upgrade_websocket(request, protocol, conversation);
        }
        let protocol = spdy_protocol(request.headers(), remote_command::SPDY_PROTOCOLS)?;
        let conversation: Conversation = Box::new(move |io| {
            Box::pin(async move {
                remote_command::over_spdy(io, protocol, &options, &clock, start).await
            })
        });
        self.upgrade_spdy(request, protocol, conversation)
    }

    async fn port_forward(
        &self,
        request: &mut Request<Incoming>,
        target: PodTarget,
        query: &Query,
    ) -> Answer {
        let ports = query.ports()?;
        let id = self.backend.sandbox(target).await?;
        let sandbox = Sandbox {
            id,
            streams: self.backend.streams(),
        };
        if !is_websocket(request.headers()) {
            let protocol = spdy_protocol(request.headers(), port_forward::SPDY_PROTOCOLS)?;
            let conversation: Conversation = Box::new(move |io| {
                Box::pin(async move { port_forward::over_spdy(io, &sandbox).await })
            });
            return self.upgrade_spdy(request, protocol, conversation);
        }
        let protocol = websocket_protocol(
            request.headers(),
            port_forward::WEBSOCKET_PROTOCOLS,
            "v4.channel.k8s.io",
        )?;
        if protocol.name != port_forward::TUNNEL_PROTOCOL
            && (ports.is_empty() || ports.len() > port_forward::PORTS_MAX)
        {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                "query parameter \"port\" is required",
            ));
        }
        let conversation: Conversation = Box::new(move |io| {
            Box::pin(async move {
                match protocol.name {
                    port_forward::TUNNEL_PROTOCOL => {
                        port_forward::over_spdy(Tunnel::new(io), &sandbox).await
                    }
                    name => port_forward::over_websocket(io, name, &ports, &sandbox).await,
                }
            })
        });
        self.upgrade_websocket(request, protocol, conversation)
    }

    fn upgrade_spdy(
        &self,
        request: &mut Request<Incoming>,
        protocol: &'static str,
        run: Conversation,
    ) -> Answer {
        let mut response = self.upgrade(request, "SPDY/3.1", run);
        response
            .headers_mut()
            .insert(PROTOCOL_VERSION, HeaderValue::from_static(protocol));
        Ok(response)
    }

    fn upgrade_websocket(
        &self,
        request: &mut Request<Incoming>,
        protocol: Chosen,
        run: Conversation,
    ) -> Answer {
        let bad = |message: &str| Refusal::new(StatusCode::BAD_REQUEST, message);
        let headers = request.headers();
        if headers
            .get("sec-websocket-version")
            .is_none_or(|version| version != websocket::VERSION)
        {
            return Err(bad("unsupported WebSocket version"));
        }
        let key = headers
            .get("sec-websocket-key")
            .and_then(|key| key.to_str().ok());
        let accept = websocket::accept_key(key.ok_or_else(|| bad("a WebSocket key is missing"))?);
        let accept = HeaderValue::try_from(accept).map_err(|_| bad("malformed WebSocket key"))?;
        let mut response = self.upgrade(request, "websocket", run);
        response
            .headers_mut()
            .insert("sec-websocket-accept", accept);
        if protocol.requested {
            response.headers_mut().insert(
                "sec-websocket-protocol",
                HeaderValue::from_static(protocol.name),
            );
        }
        Ok(response)
    }

    /// 101, and the conversation as a task on what the connection becomes.
    fn upgrade(
        &self,
        request: &mut Request<Incoming>,
        to: &'static str,
        run: Conversation,
    ) -> Response<Body> {
        let upgrade = hyper::upgrade::on(request);
        self.platform.tasks.spawn("streaming", async move {
            match upgrade.await {
                Ok(upgraded) => run(TokioIo::new(upgraded)).await,
                Err(error) => tracing::debug!(%error, "an upgrade did not happen"),
            }
        });
        let mut response = text(StatusCode::SWITCHING_PROTOCOLS, String::new());
        response.headers_mut().remove(CONTENT_TYPE);
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        response
            .headers_mut()
            .insert(UPGRADE, HeaderValue::from_static(to));
        response
    }
}

/// A subprotocol, and whether the client asked for it: one it did not ask for must not be named in the answer.
#[derive(Clone, Copy, Debug)]
struct Chosen {
    name: &'static str,
    requested: bool,
}

fn is_websocket(headers: &HeaderMap) -> bool {
    list(headers, "upgrade")
        .iter()
        .any(|token| token.eq_ignore_ascii_case("websocket"))
}

/// The items of a comma-separated header that may be repeated.
fn list(headers: &HeaderMap, name: &str) -> Vec<String> {
    let values = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// The client's first choice that we speak; without a choice, `default`.
fn websocket_protocol(
    headers: &HeaderMap,
    ours: &'static [&'static str],
    default: &'static str,
) -> Result<Chosen, Refusal> {
    let theirs = list(headers, "sec-websocket-protocol");
    if theirs.is_empty() {
        return Ok(Chosen {
            name: default,
            requested: false,
        });
    }
    let both = theirs
        .iter()
        .find_map(|their| ours.iter().find(|our| *our == their));
    both.map(|name| Chosen {
        name,
        requested: true,
    })
    .ok_or_else(|| {
        let message =
            format!("requested protocol(s) are not supported: {theirs:?}; supports {ours:?}");
        Refusal::new(StatusCode::FORBIDDEN, message)
    })
}

/// The client's first choice that we speak; without a choice, the oldest of ours, as upstream.
fn spdy_protocol(
    headers: &HeaderMap,
    ours: &'static [&'static str],
) -> Result<&'static str, Refusal> {
    if !list(headers, "upgrade")
        .iter()
        .any(|token| token.eq_ignore_ascii_case("SPDY/3.1"))
    {
        let message = "unable to upgrade: missing upgrade headers in request";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, message));
    }
    let theirs = list(headers, PROTOCOL_VERSION);
    if theirs.is_empty() {
        return Ok(ours.last().expect("every table has a protocol"));
    }
    let both = theirs
        .iter()
        .find_map(|their| ours.iter().find(|our| *our == their));
    both.copied().ok_or_else(|| {
        let message = format!(
            "unable to upgrade: unable to negotiate protocol: client supports [{}], server accepts [{}]",
            theirs.join(" "),
            ours.join(" "),
        );
        Refusal::new(StatusCode::FORBIDDEN, message)
    })
}

fn container_target(parts: &[&str]) -> Result<ContainerTarget, Refusal> {
    let (pod, container) = match parts {
        [namespace, name, container] => (pod_target(&[namespace, name])?, container),
        [namespace, name, uid, container] => (pod_target(&[namespace, name, uid])?, container),
        _ => return Err(not_found()),
    };
    Ok(ContainerTarget {
        pod,
        container: (*container).to_owned(),
    })
}

fn pod_target(parts: &[&str]) -> Result<PodTarget, Refusal> {
    match parts {
        [namespace, name, uid @ ..] if uid.len() <= 1 => Ok(PodTarget {
            namespace: (*namespace).to_owned(),
            name: (*name).to_owned(),
            uid: uid.first().map(|uid| (*uid).to_owned()),
        }),
        _ => Err(not_found()),
    }
}

fn not_found() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "404 page not found")
}

fn text(status: StatusCode, message: String) -> Response<Body> {
    let mut response = Response::new(
        Full::new(Bytes::from(message))
            .map_err(|never| match never {})
            .boxed_unsync(),
    );
    *response.status_mut() = status;
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}

fn json(bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(
        Full::new(bytes)
            .map_err(|never| match never {})
            .boxed_unsync(),
    );
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests;
