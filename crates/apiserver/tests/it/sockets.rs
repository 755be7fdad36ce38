//! Watches over WebSocket: a real connection between a client and hyper, over an in-memory stream.
use crate::kit::{Kit, pod, run, user};
use apiserver::InProcess;
use bytes::Bytes;
use http::{HeaderMap, Request, header};
use http_body_util::BodyExt;
use hyper::{body::Incoming, service::service_fn, upgrade::Upgraded};
use hyper_util::rt::TokioIo;
use platform::Platform;
use serde_json::{Value, json};
use std::convert::Infallible;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use websocket::{Decoder, Event, encode_masked};

const PODS: &str = "/api/v1/namespaces/n/pods";
/// First bytes of whole frames.
const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;

/// The near end of a connection on which the server answers as this way's user.
fn connected(platform: &Platform, way: InProcess) -> DuplexStream {
    let (near, far) = tokio::io::duplex(4096);
    let service = service_fn(move |request: Request<Incoming>| {
        let way = way.clone();
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            Ok::<_, Infallible>(way.call(Request::from_parts(parts, body)).await)
        }
    });
    drop(platform.tasks.spawn("served connection", async move {
        let served = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(far), service)
            .with_upgrades();
        // The client hangs up when it has seen enough.
        let _ = served.await;
    }));
    near
}

struct Socket {
    io: TokioIo<Upgraded>,
    decoder: Decoder,
}

/// A whole message: its bytes, and whether it is text.
#[derive(Debug, PartialEq)]
enum Heard {
    Message(bool, Vec<u8>),
    Pong,
    Close,
    End,
}

/// Asks for a watch. `Err` with code, headers and text when there is no upgrade.
async fn open(
    kit: &Kit,
    way: InProcess,
    query: &str,
    changed: &[(&'static str, &str)],
) -> Result<(HeaderMap, Socket), (u16, HeaderMap, String)> {
    let mut request = Request::get(format!("{PODS}?watch=1&{query}"))
        .body(String::new())
        .unwrap();
    let usual = [
        ("connection", "Upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("sec-websocket-version", "13"),
        ("origin", "http://localhost"),
    ];
    for (name, value) in usual.iter().chain(changed) {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    let near = connected(&kit.platform, way);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(near))
        .await
        .unwrap();
    let connection = connection.with_upgrades();
    drop(kit.platform.tasks.spawn("client connection", connection));
    let mut answer = sender.send_request(request).await.unwrap();
    if answer.status() != 101 {
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8(body.to_vec()).unwrap();
        return Err((parts.status.as_u16(), parts.headers, text));
    }
    let io = TokioIo::new(hyper::upgrade::on(&mut answer).await.unwrap());
    let decoder = Decoder::client();
    Ok((answer.headers().clone(), Socket { io, decoder }))
}

async fn opened(kit: &Kit, query: &str, changed: &[(&'static str, &str)]) -> Socket {
    let opened = open(kit, kit.admin.clone(), query, changed).await;
    opened.map_err(|(_, _, text)| text).unwrap().1
}

impl Socket {
    async fn say(&mut self, first: u8, payload: &[u8]) {
        let mut out = Vec::new();
        encode_masked(first, payload, [1, 2, 3, 4], &mut out);
        self.io.write_all(&out).await.unwrap();
    }

    async fn hear(&mut self) -> Heard {
        let mut message = Vec::new();
        loop {
            match self.decoder.next().unwrap() {
                Some(Event::Data {
                    text, last, bytes, ..
                }) => {
                    message.extend_from_slice(&bytes);
                    if last {
                        return Heard::Message(text, message);
                    }
                }
                Some(Event::Pong) => return Heard::Pong,
                Some(Event::Close) => return Heard::Close,
                Some(Event::Ping(_)) => panic!("upstream's servers do not ping"),
                None => {
                    if self.io.read_buf(self.decoder.buffer()).await.unwrap() == 0 {
                        return Heard::End;
                    }
                }
            }
        }
    }

    /// The next event, which must be text with a line's end.
    async fn event(&mut self) -> Value {
        let Heard::Message(true, bytes) = self.hear().await else {
            panic!("an event was due");
        };
        assert_eq!(
            bytes.iter().position(|byte| *byte == b'\n'),
            Some(bytes.len() - 1)
        );
        serde_json::from_slice(&bytes).unwrap()
    }

    async fn line(&mut self) -> String {
        let event = self.event().await;
        let name = event["object"]["metadata"]["name"].as_str().unwrap_or("-");
        format!("{} {name}", event["type"].as_str().unwrap())
    }
}

#[test]
fn each_event_is_a_message() {
    run(|kit| async move {
        for name in ["a", "b"] {
            kit.post(PODS, pod(name, json!({}))).await.expect(201);
        }
        let (headers, mut socket) = open(&kit, kit.admin.clone(), "", &[]).await.unwrap();
        let shown = |name: header::HeaderName| headers[name].to_str().unwrap().to_owned();
        assert_eq!(shown(header::UPGRADE), "websocket");
        assert_eq!(
            shown(header::SEC_WEBSOCKET_ACCEPT),
            "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        );
        assert_eq!(headers.get(header::SEC_WEBSOCKET_PROTOCOL), None);
        assert_eq!(socket.line().await, "ADDED a");
        assert_eq!(socket.line().await, "ADDED b");
        // What the client says is not listened to, but for pings.
        socket.say(TEXT, b"hello").await;
        socket.say(PING, b"?").await;
        assert_eq!(socket.hear().await, Heard::Pong);
        let path = format!("{PODS}/a");
        kit.delete(&path, Value::Null).await.expect(200);
        assert_eq!(socket.line().await, "MODIFIED a");
        assert_eq!(socket.line().await, "DELETED a");
        socket.say(CLOSE, &[]).await;
        assert_eq!(socket.hear().await, Heard::Close);
        assert_eq!(socket.hear().await, Heard::End);
    });
}

#[test]
fn protobuf_is_binary_without_lengths_and_tables_are_text() {
    run(|kit| async move {
        kit.post(PODS, pod("a", json!({}))).await.expect(201);
        let accept = ("accept", "application/vnd.kubernetes.protobuf");
        let mut socket = opened(&kit, "", &[accept]).await;
        let Heard::Message(false, bytes) = socket.hear().await else {
            panic!("a binary message was due");
        };
        // WatchEvent: its first field is the type.
        assert_eq!(&bytes[..7], b"\x0a\x05ADDED");
        let table = "application/json;as=Table;v=v1;g=meta.k8s.io";
        let mut socket = opened(&kit, "", &[("accept", table)]).await;
        let event = socket.event().await;
        assert_eq!(event["object"]["kind"], "Table");
    });
}

#[test]
fn a_watch_ends_at_its_timeout_and_when_its_revision_is_gone() {
    run(|kit| async move {
        let mut socket = opened(&kit, "timeoutSeconds=1", &[]).await;
        assert_eq!(socket.hear().await, Heard::Close);
        assert_eq!(socket.hear().await, Heard::End);
        let mut socket = opened(&kit, "resourceVersion=1&timeoutSeconds=5", &[]).await;
        socket.say(TEXT, b"still here").await;
        let frame = [TEXT, 0x00];
        socket.io.write_all(&frame).await.unwrap();
        // Unmasked.
        assert_eq!(socket.hear().await, Heard::Close);
    });
}

#[test]
fn what_cannot_be_upgraded_is_answered() {
    run(|kit| async move {
        let refused = |way: InProcess, query: &'static str, changed| {
            let kit = &kit;
            async move {
                let opened = open(kit, way, query, &[changed]).await;
                opened.map(|_| ()).unwrap_err()
            }
        };
        let admin = || kit.admin.clone();
        for (changed, code, words) in [
            (
                ("sec-websocket-key", ""),
                400,
                "mismatch challenge/response",
            ),
            (
                ("sec-websocket-version", "8"),
                400,
                "missing or bad WebSocket Version",
            ),
            (("origin", ""), 403, ""),
            (("sec-websocket-protocol", "a, b"), 400, ""),
        ] {
            let (found, headers, text) = refused(admin(), "", changed).await;
            assert_eq!((found, text.as_str()), (code, words), "{changed:?}");
            assert_eq!(headers[header::CONNECTION], "close", "{changed:?}");
            assert!(!headers.contains_key(header::CONTENT_TYPE), "{changed:?}");
            let version = headers.get(header::SEC_WEBSOCKET_VERSION);
            assert_eq!(version.is_some(), changed.1 == "8");
        }
        let (code, _, text) = refused(admin(), "labelSelector=!!", ("x", "")).await;
        assert_eq!(code, 400, "{text}");
        assert!(text.contains("\"kind\":\"Status\""), "{text}");
        let eve = kit.server.in_process(user("eve", &[]));
        let (code, _, text) = refused(eve, "", ("x", "")).await;
        assert_eq!(code, 403);
        assert!(text.contains("cannot watch resource"), "{text}");
        // Within the process there is no connection that could become another.
        let request = Request::get(format!("{PODS}?watch=1"))
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-key", "a")
            .header("sec-websocket-version", "13")
            .header("origin", "http://localhost")
            .body(Bytes::new());
        let answer = kit.admin.call(request.unwrap()).await;
        assert_eq!(answer.status(), 400);
    });
}

#[test]
fn one_subprotocol_is_agreed_to() {
    run(|kit| async move {
        let changed = [("sec-websocket-protocol", "anything.at.all")];
        let (headers, _socket) = open(&kit, kit.admin.clone(), "", &changed).await.unwrap();
        assert_eq!(headers[header::SEC_WEBSOCKET_PROTOCOL], "anything.at.all");
    });
}
