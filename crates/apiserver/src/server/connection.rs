//! Accepting connections, and HTTP on each.
#[cfg(test)]
mod tests;

use super::{malformed, received::Received};
use crate::{
    authn::PeerChain,
    shared::Api,
    stack::{Call, Peer, Stack},
};
use futures::future::{Either, ready};
use http::{HeaderValue, header};
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use platform::Clock;
use rustls::ServerConfig;
use rustls_pki_types::UnixTime;
use std::{net::IpAddr, sync::Arc, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// Connections that have not finished their handshake by then are closed.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// Streams of one HTTP/2 connection, as upstream; whoever has more to ask opens another connection.
const STREAMS_MAX: u32 = 100;
/// Bytes in flight on a stream, and in one frame of it: upstream's, who found nearly all objects to be smaller.
const STREAM_WINDOW_BYTES: u32 = 256 * 1024;
/// Bytes in flight on a connection.
const CONNECTION_WINDOW_BYTES: u32 = 4 * 1024 * 1024;
/// Bytes that the server buffers for a stream which its reader is slow to take.
const SEND_BUFFER_BYTES: usize = 1024 * 1024;
/// The fields of a request together; and how many of them HTTP/1.1 takes.
const HEADER_BYTES_MAX: u32 = 1024 * 1024;
/// What HTTP/2 counts besides, of ten fields of its own.
const HEADER_BYTES_COUNTED: u32 = 10 * 32;
const HEADERS_MAX: usize = 1_000;
const KEEP_ALIVE_EVERY: Duration = Duration::from_secs(30);
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

pub(super) async fn accept(
    listener: TcpListener,
    tls: Arc<ServerConfig>,
    stack: Stack,
    api: Arc<Api>,
) {
    let platform = api.platform.clone();
    let acceptor = TlsAcceptor::from(tls);
    let draining = platform.tasks.draining();
    tokio::pin!(draining);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut draining => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, remote)) => {
                let serving = connection(
                    (stream, remote.ip()),
                    acceptor.clone(),
                    stack.clone(),
                    Arc::clone(&api),
                );
                drop(platform.tasks.spawn("connection", serving));
            }
            Err(error) => {
                // Out of file descriptors, most likely: it helps to wait until some are closed.
                tracing::warn!(%error, "failed to accept a connection");
                platform.clock.sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn connection(
    (stream, remote): (TcpStream, IpAddr),
    acceptor: TlsAcceptor,
    stack: Stack,
    api: Arc<Api>,
) {
    let platform = api.platform.clone();
    // Without it small answers wait for the peer's acknowledgement.
    let _ = stream.set_nodelay(true);
    let stream = match platform
        .clock
        .timeout(HANDSHAKE_TIMEOUT, acceptor.accept(stream))
        .await
    {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            api.metrics.tls_failed();
            return tracing::debug!(%error, "a TLS handshake failed");
        }
        Err(_) => {
            api.metrics.tls_failed();
            return tracing::debug!("a TLS handshake took too long");
        }
    };
    let sent = stream.get_ref().1.peer_certificates().unwrap_or_default();
    let now = unix_time(&platform.clock);
    let chain = PeerChain::new(&api.authenticator.peers, sent, now);
    let service = service_fn(move |request: Request<Incoming>| {
        if let Some(answer) = malformed::answer(&request) {
            return Either::Left(ready(Ok(answer)));
        }
        let now = unix_time(&api.platform.clock);
        let call = Call::new(
            Received::of(with_host(request), &api.platform).map(http_body_util::Either::Left),
            Peer::Tls(chain.at(&api.authenticator.peers, now)),
            Some(remote),
            api.platform.clock.monotonic(),
        );
        Either::Right(stack.clone().oneshot(call))
    });
    let builder = builder();
    let serving = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
    tokio::pin!(serving);
    let draining = platform.tasks.draining();
    tokio::select! {
        biased;
        ended = &mut serving => return log(ended),
        () = draining => serving.as_mut().graceful_shutdown(),
    }
    log(serving.await);
}

/// HTTP/2 names the host in the target; everything behind looks at the header.
fn with_host(mut request: Request<Incoming>) -> Request<Incoming> {
    if !request.headers().contains_key(header::HOST) {
        let authority = request.uri().authority().map(http::uri::Authority::as_str);
        if let Some(host) = authority.and_then(|authority| HeaderValue::from_str(authority).ok()) {
            request.headers_mut().insert(header::HOST, host);
        }
    }
    request
}

fn log(ended: Result<(), Box<dyn std::error::Error + Send + Sync>>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

fn unix_time(clock: &Clock) -> UnixTime {
    let seconds = u64::try_from(clock.now().as_second()).unwrap_or(0);
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

/// HTTP/1.1 and HTTP/2. hyper runs each stream of HTTP/2 as a task of its own; there is no other spawn for a request.
fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .max_headers(HEADERS_MAX)
        .max_buf_size(HEADER_BYTES_MAX as usize);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .max_frame_size(STREAM_WINDOW_BYTES)
        .max_header_list_size(HEADER_BYTES_MAX + HEADER_BYTES_COUNTED)
        .max_send_buf_size(SEND_BUFFER_BYTES)
        .keep_alive_interval(Some(KEEP_ALIVE_EVERY));
    builder
}
