//! A watch over WebSocket: each event is a message, text for JSON and binary for protobuf, and what the client says is not listened to.
//! Upstream: `WatchServer.HandleWS`, behind the handshake of `golang.org/x/net/websocket`, which wants an origin, and knows no
//! subprotocols: it agrees to one, whatever it is, and to no choice.
use crate::{
    body::{Body, Segments},
    negotiate::Media,
    node_proxy, proxy,
    verbs::Request,
};
use bytes::Buf as _;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use meta::ApiError;
use platform::Clock;
use std::{io, time::Duration};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, WriteHalf};
use websocket::{
    CLOSE_NORMAL, CLOSE_PROTOCOL_ERROR, Decoder, Event, Opcode, VERSION, accept_key, encode,
};

/// A client that takes no message for so long is gone.
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);

/// Whether the client wants its events in messages.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    proxy::is_upgrade(headers) && text(headers, &header::UPGRADE).eq_ignore_ascii_case("websocket")
}

/// Switches protocols, and sends `events` from then on; or says what is wrong with the handshake.
pub(super) fn upgraded(
    request: &Request<'_>,
    upgrade: Option<OnUpgrade>,
    events: Body,
) -> Result<Response<Body>, ApiError> {
    let headers = match handshake(request.headers) {
        Ok(headers) => headers,
        Err(refusal) => return Ok(refusal.response()),
    };
    let upgrade = upgrade.ok_or_else(|| ApiError::bad_request("Upgrade request required"))?;
    let clock = request.api.platform.clock.clone();
    let media = request.accepted.media;
    let conversation = async move {
        let io = match upgrade.await {
            Ok(io) => TokioIo::new(io),
            Err(error) => return tracing::debug!(%error, "an upgrade did not happen"),
        };
        if let Err(error) = run(&clock, io, media, events).await {
            tracing::debug!(%error, "a watch over WebSocket broke off");
        }
    };
    Ok(node_proxy::switched(
        request.api,
        "watch over WebSocket",
        headers,
        conversation,
    ))
}

/// Why a handshake fails, in the library's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Connection,
    Key,
    Version,
    Origin,
    Protocols,
}

impl Refusal {
    fn response(self) -> Response<Body> {
        let (code, words) = match self {
            Self::Connection => (StatusCode::BAD_REQUEST, "not websocket protocol"),
            Self::Key => (StatusCode::BAD_REQUEST, "mismatch challenge/response"),
            Self::Version => (StatusCode::BAD_REQUEST, "missing or bad WebSocket Version"),
            Self::Origin => (StatusCode::FORBIDDEN, ""),
            Self::Protocols => (StatusCode::BAD_REQUEST, ""),
        };
        let mut response = Response::new(Body::from(bytes::Bytes::from_static(words.as_bytes())));
        *response.status_mut() = code;
        let headers = response.headers_mut();
        // The library has taken the connection from the server by then, and ends it.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        if self == Self::Version {
            let version = HeaderValue::from_static(VERSION);
            headers.insert(header::SEC_WEBSOCKET_VERSION, version);
        }
        response
    }
}

/// The headers of the answer that agrees.
fn handshake(headers: &HeaderMap) -> Result<HeaderMap, Refusal> {
    // The first of these headers counts here, where all did before.
    let connection = text(headers, &header::CONNECTION).to_ascii_lowercase();
    if !connection.contains("upgrade") {
        return Err(Refusal::Connection);
    }
    let key = text(headers, &header::SEC_WEBSOCKET_KEY);
    if key.is_empty() {
        return Err(Refusal::Key);
    }
    if text(headers, &header::SEC_WEBSOCKET_VERSION) != VERSION {
        return Err(Refusal::Version);
    }
    // Browsers send `null` where they do not say where a page is from.
    if !structural::is_request_uri(text(headers, &header::ORIGIN)) {
        return Err(Refusal::Origin);
    }
    let protocol = text(headers, &header::SEC_WEBSOCKET_PROTOCOL).trim();
    if protocol.contains(',') {
        return Err(Refusal::Protocols);
    }
    let mut agreed = HeaderMap::new();
    let mut set = |name: HeaderName, value: &str| {
        // What came as a header's text goes as one.
        if let Ok(value) = HeaderValue::from_str(value) {
            agreed.insert(name, value);
        }
    };
    set(header::UPGRADE, "websocket");
    set(header::CONNECTION, "Upgrade");
    set(header::SEC_WEBSOCKET_ACCEPT, &accept_key(key));
    if !protocol.is_empty() {
        set(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    }
    Ok(agreed)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    let value = headers.get(name);
    value.and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// Sends events until there are no more or the client leaves.
async fn run(
    clock: &Clock,
    io: impl AsyncRead + AsyncWrite,
    media: Media,
    mut events: Body,
) -> io::Result<()> {
    let (mut read, write) = tokio::io::split(io);
    let mut writer = Writer {
        clock,
        io: write,
        out: Vec::new(),
    };
    let mut decoder = Decoder::server();
    let code = loop {
        tokio::select! {
            frame = events.frame() => match frame.transpose()?.map(http_body::Frame::into_data) {
                Some(Ok(segments)) => writer.messages(media, segments).await?,
                _ => break CLOSE_NORMAL,
            },
            count = read.read_buf(decoder.buffer()) => match heard(&mut decoder, &mut writer).await? {
                Some(code) => break code,
                None if count? == 0 => return Ok(()),
                None => {}
            },
        }
    };
    writer.send(Opcode::Close, &code.to_be_bytes()).await?;
    writer.io.shutdown().await
}

/// Answers what has come; the code to close with when that was the client's last.
async fn heard<IO: AsyncWrite>(
    decoder: &mut Decoder,
    writer: &mut Writer<'_, IO>,
) -> io::Result<Option<u16>> {
    loop {
        match decoder.next() {
            Ok(Some(Event::Ping(bytes))) => writer.send(Opcode::Pong, &bytes).await?,
            Ok(Some(Event::Data { .. } | Event::Pong)) => {}
            Ok(Some(Event::Close)) => return Ok(Some(CLOSE_NORMAL)),
            Ok(None) => return Ok(None),
            Err(_) => return Ok(Some(CLOSE_PROTOCOL_ERROR)),
        }
    }
}

struct Writer<'a, IO> {
    clock: &'a Clock,
    io: WriteHalf<IO>,
    out: Vec<u8>,
}

impl<IO: AsyncWrite> Writer<'_, IO> {
    async fn messages(&mut self, media: Media, segments: Segments) -> io::Result<()> {
        let mut frames = segments.into_bytes();
        while !frames.is_empty() {
            let (opcode, length) = match media {
                Media::Protobuf => (Opcode::Binary, delimited(&mut frames)),
                _ => (Opcode::Text, line(&frames)),
            };
            let message = frames.split_to(length);
            self.send(opcode, &message).await?;
        }
        Ok(())
    }

    async fn send(&mut self, opcode: Opcode, payload: &[u8]) -> io::Result<()> {
        self.out.clear();
        encode(opcode, &[payload], &mut self.out);
        let written = self.io.write_all(&self.out);
        let written = self.clock.timeout(WRITE_TIMEOUT, written).await;
        written.map_err(|_| io::ErrorKind::TimedOut)??;
        self.io.flush().await
    }
}

/// Takes the length off the first frame and gives it.
fn delimited(frames: &mut bytes::Bytes) -> usize {
    let length = frames.get_u32();
    usize::try_from(length).expect("a length of 32 bits fits")
}

/// The length of the first line, whose end is part of its message.
fn line(frames: &[u8]) -> usize {
    memchr::memchr(b'\n', frames).map_or(frames.len(), |end| end + 1)
}

#[cfg(test)]
mod tests;
