//! Port-forward: pairs of a data and an error stream over SPDY (bare or tunnelled in WebSocket), or fixed channel
//! pairs over WebSocket.

use super::spdy;
use super::websocket::channels::{Channels, Encoding};
use bytes::Bytes;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use runtime::Streaming;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, join};

/// The protocol over SPDY.
pub(crate) const SPDY_PROTOCOLS: &[&str] = &["portforward.k8s.io"];
/// The same, tunnelled in WebSocket messages.
pub(crate) const TUNNEL_PROTOCOL: &str = "SPDY/3.1+portforward.k8s.io";
/// Protocols over WebSocket, best first.
pub(crate) const WEBSOCKET_PROTOCOLS: &[&str] = &[
    TUNNEL_PROTOCOL,
    "v4.channel.k8s.io",
    "v4.base64.channel.k8s.io",
];
/// Ports of one WebSocket conversation: each takes two of the 255 channels.
pub(crate) const PORTS_MAX: usize = 100;

/// The ready sandbox that ports are forwarded into.
#[derive(Clone)]
pub(crate) struct Sandbox {
    pub(crate) id: String,
    pub(crate) streams: Arc<dyn Streaming>,
}

impl Sandbox {
    /// Joins `client` to `port` until both directions end. An error is the sentence for the error stream.
    async fn forward<C: AsyncRead + AsyncWrite + Unpin>(
        &self,
        port: u16,
        client: &mut C,
    ) -> Result<(), String> {
        let describe = |error: runtime::CriError| {
            format!(
                "error forwarding port {port} to pod {}, uid : {error}",
                self.id
            )
        };
        let mut server = self
            .streams
            .port_forward(&self.id, port)
            .await
            .map_err(describe)?;
        // What breaks a connection under way is seen by its two ends.
        let _ = tokio::io::copy_bidirectional(client, &mut server).await;
        Ok(())
    }
}

/// Serves stream pairs until the client leaves.
pub(crate) async fn over_spdy<IO: AsyncRead + AsyncWrite + Send>(io: IO, sandbox: &Sandbox) {
    let (mut session, connection) = spdy::Connection::server(io);
    let conversation = async {
        let mut halves: HashMap<String, spdy::Stream> = HashMap::new();
        let mut forwards = FuturesUnordered::new();
        loop {
            tokio::select! {
                stream = session.accept() => {
                    let Some(stream) = stream else { return };
                    if let Some((data, error)) = pair(&mut halves, stream) {
                        forwards.push(forward_pair(sandbox, data, error));
                    }
                }
                Some(()) = forwards.next() => {}
            }
        }
    };
    tokio::select! {
        _ = connection.run() => {}
        () = conversation => {}
    }
}

/// The pair that `stream` completes, data first. A stream of no kind or without a request id is reset.
fn pair(
    halves: &mut HashMap<String, spdy::Stream>,
    stream: spdy::Stream,
) -> Option<(spdy::Stream, spdy::Stream)> {
    let is_data = match stream.header("streamtype")? {
        "data" => true,
        "error" => false,
        _ => return None,
    };
    let request = stream.header("requestid")?.to_owned();
    match halves.remove(&request) {
        Some(other) if is_data => Some((stream, other)),
        Some(other) => Some((other, stream)),
        None => {
            // Bounded by the connection's bound of open streams.
            halves.insert(request, stream);
            None
        }
    }
}

async fn forward_pair(sandbox: &Sandbox, mut data: spdy::Stream, mut error: spdy::Stream) {
    let port = data
        .header("port")
        .and_then(|port| port.parse().ok())
        .filter(|port| *port != 0);
    let result = match port {
        Some(port) => sandbox.forward(port, &mut data).await,
        None => Err("a stream names no port".to_owned()),
    };
    if let Err(message) = result {
        let _ = error.write_all(message.as_bytes()).await;
    }
    // Errors mean that the client has left.
    let _ = error.shutdown().await;
    let _ = data.shutdown().await;
}

/// Serves `ports` over channel pairs: data on 2i, errors on 2i+1, each begun by its port in little-endian.
pub(crate) async fn over_websocket<IO: AsyncRead + AsyncWrite + Send>(
    io: IO,
    protocol: &'static str,
    ports: &[u16],
    sandbox: &Sandbox,
) {
    let encoding = if protocol.contains("base64") {
        Encoding::Base64
    } else {
        Encoding::Binary
    };
    let data_channels: Vec<u8> = (0_u8..)
        .step_by(2)
        .take(ports.len().min(PORTS_MAX))
        .collect();
    let (channels, readers, connection) = Channels::open(io, encoding, &data_channels);
    let opened = &channels;
    let forwards = data_channels
        .iter()
        .zip(ports)
        .zip(readers)
        .map(|((number, port), reader)| {
            let (channels, number, port) = (opened, *number, *port);
            async move {
                let name = Bytes::copy_from_slice(&port.to_le_bytes());
                channels.send(number, name.clone()).await;
                channels.send(number + 1, name).await;
                let mut client = join(reader, channels.writer(number));
                if let Err(message) = sandbox.forward(port, &mut client).await {
                    channels.send(number + 1, message.into()).await;
                }
            }
        });
    let conversation = async {
        futures::future::join_all(forwards).await;
        opened.close().await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        _ = connection.run() => {}
        () = conversation => {}
    }
}
