//! Whole conversations: a hyper client on an in-memory stream, a scripted backend behind the server.

use super::*;
use crate::streaming::spdy;
use crate::streaming::{LogOptions, LogPieces};
use expect_test::{Expect, expect};
use futures::FutureExt;
use http_body_util::Empty;
use runtime::{Answer as CriAnswer, ByteStream, Session, Streaming, TerminalSize};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::{mpsc, watch};
use websocket::{Decoder, Event, encode_masked};

/// Answers `exec` with a process that echoes stdin upper-cased, reports its size on stderr, and exits with the
/// number that the command's first word is.
struct Script;

impl Streaming for Script {
    fn exec(&self, request: v1::ExecRequest) -> CriAnswer<'_, Session> {
        Box::pin(async move {
            let code: i32 = match request.cmd[0].parse() {
                Ok(code) => code,
                Err(_) => {
                    return Err(runtime::CriError::new(
                        runtime::Code::NotFound,
                        "no such file",
                    ));
                }
            };
            Ok(process(&request, code))
        })
    }

    fn attach(&self, request: v1::AttachRequest) -> CriAnswer<'_, Session> {
        let v1::AttachRequest {
            stdin,
            stdout,
            stderr,
            tty,
            ..
        } = request;
        let request = v1::ExecRequest {
            stdin,
            stdout,
            stderr,
            tty,
            ..Default::default()
        };
        Box::pin(async move { Ok(process(&request, 0)) })
    }

    fn port_forward<'a>(&'a self, _: &'a str, port: u16) -> CriAnswer<'a, Box<dyn ByteStream>> {
        Box::pin(async move {
            if port != 80 {
                return Err(runtime::CriError::new(
                    runtime::Code::Unavailable,
                    "connection refused",
                ));
            }
            let (near, far) = tokio::io::duplex(1024);
            tokio::spawn(shout(far));
            Ok(Box::new(near) as Box<dyn ByteStream>)
        })
    }
}

async fn shout(io: DuplexStream) {
    let (mut read, mut write) = tokio::io::split(io);
    let mut text = String::new();
    read.read_to_string(&mut text).await.unwrap();
    let _ = write.write_all(text.to_uppercase().as_bytes()).await;
    let _ = write.shutdown().await;
}

fn process(request: &v1::ExecRequest, code: i32) -> Session {
    let (stdin, stdin_far) = tokio::io::duplex(1024);
    let (stdout_far, stdout) = tokio::io::duplex(1024);
    let (stderr_far, stderr) = tokio::io::duplex(1024);
    let (resize, size) = watch::channel(TerminalSize::default());
    let wants_stdin = request.stdin;
    let tty = request.tty;
    let running = tokio::spawn(run(
        wants_stdin.then_some(stdin_far),
        stdout_far,
        stderr_far,
        tty.then_some(size),
    ));
    Session {
        stdin: request.stdin.then(|| Box::new(stdin) as _),
        stdout: request.stdout.then(|| Box::new(stdout) as _),
        stderr: (request.stderr && !tty).then(|| Box::new(stderr) as _),
        resize: tty.then_some(resize),
        exit: Box::pin(running.map(move |_| Ok(code))),
    }
}

async fn run(
    stdin: Option<DuplexStream>,
    mut stdout: DuplexStream,
    mut stderr: DuplexStream,
    size: Option<watch::Receiver<TerminalSize>>,
) {
    if let Some(mut size) = size {
        size.changed().await.unwrap();
        let TerminalSize { width, height } = *size.borrow();
        stdout
            .write_all(format!("{width}x{height} ").as_bytes())
            .await
            .unwrap();
    }
    let mut text = String::new();
    if let Some(mut stdin) = stdin {
        stdin.read_to_string(&mut text).await.unwrap();
    }
    let _ = stdout.write_all(text.to_uppercase().as_bytes()).await;
    let _ = stderr.write_all(b"grumble").await;
}

struct Scripted;

impl Backend for Scripted {
    fn health(&self) -> Result<(), String> {
        Ok(())
    }
    fn pods(&self) -> BoxFuture<'_, Bytes> {
        Box::pin(async { Bytes::from_static(b"{\"kind\":\"PodList\"}") })
    }
    fn stats_summary(&self) -> BoxFuture<'_, Result<Bytes, Refusal>> {
        Box::pin(async { Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "not yet")) })
    }
    fn metrics(&self) -> BoxFuture<'_, String> {
        Box::pin(async { "up 1\n".to_owned() })
    }
    fn logs(
        &self,
        _: ContainerTarget,
        options: LogOptions,
    ) -> BoxFuture<'_, Result<LogPieces, Refusal>> {
        Box::pin(async move {
            let (sender, pieces) = mpsc::channel(4);
            sender
                .send(Ok(Bytes::from(format!("{:?}\n", options.tail_lines))))
                .await
                .unwrap();
            Ok(pieces)
        })
    }
    fn container(
        &self,
        target: ContainerTarget,
    ) -> BoxFuture<'_, Result<RunningContainer, Refusal>> {
        Box::pin(async move {
            match target.container.as_str() {
                "none" => Err(Refusal::new(
                    StatusCode::NOT_FOUND,
                    "container not found (\"none\")",
                )),
                _ => Ok(RunningContainer {
                    id: "id".to_owned(),
                    tty: true,
                    stdin: true,
                }),
            }
        })
    }
    fn sandbox(&self, _: PodTarget) -> BoxFuture<'_, Result<String, Refusal>> {
        Box::pin(async { Ok("sandbox".to_owned()) })
    }
    fn streams(&self) -> Arc<dyn Streaming> {
        Arc::new(Script)
    }
}

async fn request(uri: &str, headers: &[(&str, &str)]) -> Response<Incoming> {
    let (near, far) = tokio::io::duplex(64 * 1024);
    let server = Server::new(Arc::new(Scripted), Platform::real());
    tokio::spawn(async move { server.serve(far).await });
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(near))
        .await
        .unwrap();
    tokio::spawn(connection.with_upgrades());
    let mut request = Request::get(uri).header("host", "node");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    sender
        .send_request(request.body(Empty::<Bytes>::new()).unwrap())
        .await
        .unwrap()
}

async fn check(uri: &str, headers: &[(&str, &str)], expected: Expect) {
    let response = request(uri, headers).await;
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    expected.assert_eq(&format!(
        "{} {}",
        status.as_u16(),
        String::from_utf8_lossy(&body)
    ));
}

#[tokio::test]
async fn plain_paths() {
    check("/healthz", &[], expect!["200 ok"]).await;
    check("/pods", &[], expect![[r#"200 {"kind":"PodList"}"#]]).await;
    check("/metrics", &[], expect!["200 up 1\n"]).await;
    check("/stats/summary", &[], expect!["503 not yet"]).await;
    check("/nothing", &[], expect!["404 404 page not found"]).await;
    check(
        "/containerLogs/ns/pod/main?tailLines=5&follow=true",
        &[],
        expect!["200 Some(5)\n"],
    )
    .await;
    check(
        "/containerLogs/ns/pod/main?tailLines=x",
        &[],
        expect![[r#"400 query parameter "tailLines" has an invalid value "x""#]],
    )
    .await;
    check(
        "/exec/ns/pod/main?output=1",
        &[],
        expect!["400 you must specify a command"],
    )
    .await;
    check(
        "/exec/ns/pod/main?command=ls",
        &[],
        expect!["400 you must specify at least 1 of stdin, stdout, stderr"],
    )
    .await;
    check(
        "/exec/ns/pod/none?command=ls&output=1",
        &[],
        expect![[r#"404 container not found ("none")"#]],
    )
    .await;
    check(
        "/exec/ns/pod/main?command=ls&output=1",
        &[],
        expect!["400 unable to upgrade: missing upgrade headers in request"],
    )
    .await;
    check(
        "/exec/ns/pod/main?command=ls&output=1",
        &[("upgrade", "SPDY/3.1"), ("connection", "upgrade"), ("x-stream-protocol-version", "v9.channel.k8s.io")],
        expect!["403 unable to upgrade: unable to negotiate protocol: client supports [v9.channel.k8s.io], server accepts [v4.channel.k8s.io v3.channel.k8s.io v2.channel.k8s.io channel.k8s.io]"],
    )
    .await;
    check(
        "/exec/ns/pod/main?command=ls&output=1",
        &[("upgrade", "websocket"), ("connection", "upgrade"), ("sec-websocket-protocol", "v9.channel.k8s.io")],
        expect![[r#"403 requested protocol(s) are not supported: ["v9.channel.k8s.io"]; supports ["v5.channel.k8s.io", "v4.channel.k8s.io", "v4.base64.channel.k8s.io", "channel.k8s.io", "base64.channel.k8s.io"]"#]],
    )
    .await;
}

async fn upgraded(uri: &str, headers: &[(&str, &str)]) -> TokioIo<Upgraded> {
    let response = request(uri, headers).await;
    assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
    TokioIo::new(hyper::upgrade::on(response).await.unwrap())
}

async fn spdy(uri: &str, protocol: &str) -> (spdy::Opener, spdy::Session) {
    let headers = [
        ("upgrade", "SPDY/3.1"),
        ("connection", "Upgrade"),
        ("x-stream-protocol-version", protocol),
    ];
    let (opener, session, connection) = spdy::Connection::client(upgraded(uri, &headers).await);
    tokio::spawn(connection.run());
    (opener, session)
}

async fn open(opener: &spdy::Opener, pairs: &[(&str, &str)]) -> spdy::Stream {
    let headers = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    opener.open(headers).await.unwrap()
}

async fn text(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

async fn check_exec(command: &str, protocol: &str, expected: Expect) {
    let uri = format!("/exec/ns/pod/main?command={command}&input=1&output=1&error=1");
    let (opener, _session) = spdy(&uri, protocol).await;
    let mut error = open(&opener, &[("streamType", "error")]).await;
    let mut stdin = open(&opener, &[("streamType", "stdin")]).await;
    let mut stdout = open(&opener, &[("streamType", "stdout")]).await;
    let mut stderr = open(&opener, &[("streamType", "stderr")]).await;
    // A command that cannot be started may have ended the conversation by now.
    let _ = stdin.write_all(b"hello").await;
    let _ = stdin.shutdown().await;
    let (stdout, stderr, error) =
        tokio::join!(text(&mut stdout), text(&mut stderr), text(&mut error));
    expected.assert_eq(&format!("{stdout}|{stderr}|{error}"));
}

#[tokio::test]
async fn exec_over_spdy() {
    check_exec(
        "0",
        "v4.channel.k8s.io",
        expect![[r#"HELLO|grumble|{"metadata":{},"status":"Success"}"#]],
    )
    .await;
    check_exec("3", "v4.channel.k8s.io", expect![[r#"HELLO|grumble|{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: error executing command [3], exit code 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}"#]]).await;
    check_exec("ls", "v4.channel.k8s.io", expect![[r#"||{"metadata":{},"status":"Failure","message":"Internal error occurred: error executing command in container: no such file","reason":"InternalError","details":{"causes":[{"message":"error executing command in container: no such file"}]},"code":500}"#]]).await;
    check_exec("0", "v2.channel.k8s.io", expect!["HELLO|grumble|"]).await;
    check_exec("3", "channel.k8s.io", expect!["HELLO|grumble|command terminated with non-zero exit code: error executing command [3], exit code 3"]).await;
}

#[tokio::test]
async fn a_terminal_is_resized_over_spdy() {
    let (opener, _session) = spdy(
        "/attach/ns/pod/uid/main?stdin=true&stdout=true&stderr=true&tty=true",
        "v4.channel.k8s.io",
    )
    .await;
    let mut error = open(&opener, &[("streamType", "error")]).await;
    let mut stdin = open(&opener, &[("streamType", "stdin")]).await;
    let mut stdout = open(&opener, &[("streamType", "stdout")]).await;
    let mut resize = open(&opener, &[("streamType", "resize")]).await;
    resize
        .write_all(b"{\"Width\":80,\"Height\":24}\n{\"Wid")
        .await
        .unwrap();
    stdin.write_all(b"x").await.unwrap();
    stdin.shutdown().await.unwrap();
    assert_eq!(text(&mut stdout).await, "80x24 X");
    assert_eq!(
        text(&mut error).await,
        r#"{"metadata":{},"status":"Success"}"#
    );
}

#[tokio::test]
async fn ports_are_forwarded_over_spdy() {
    let (opener, _session) = spdy("/portForward/ns/pod", "portforward.k8s.io").await;
    for (request, port, expected) in [
        ("0", "80", "HI|"),
        (
            "1",
            "81",
            "|error forwarding port 81 to pod sandbox, uid : connection refused",
        ),
    ] {
        let mut error = open(
            &opener,
            &[
                ("streamType", "error"),
                ("port", port),
                ("requestID", request),
            ],
        )
        .await;
        let mut data = open(
            &opener,
            &[
                ("streamType", "data"),
                ("port", port),
                ("requestID", request),
            ],
        )
        .await;
        error.shutdown().await.unwrap();
        data.write_all(b"hi").await.unwrap();
        data.shutdown().await.unwrap();
        let (data, error) = tokio::join!(text(&mut data), text(&mut error));
        assert_eq!(format!("{data}|{error}"), expected);
    }
}

const KEY: (&str, &str) = ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");

async fn websocket(uri: &str, protocol: &str) -> TokioIo<Upgraded> {
    let headers = [
        ("upgrade", "websocket"),
        ("connection", "Upgrade"),
        ("sec-websocket-version", "13"),
        KEY,
        ("sec-websocket-protocol", protocol),
    ];
    upgraded(uri, &headers).await
}

async fn send(io: &mut TokioIo<Upgraded>, first: u8, payload: &[u8]) {
    let mut bytes = Vec::new();
    encode_masked(first, payload, [1, 2, 3, 4], &mut bytes);
    io.write_all(&bytes).await.unwrap();
}

/// Reads to the close frame; the messages as text, joined by `|`, channel numbers made digits.
async fn messages(io: &mut TokioIo<Upgraded>) -> String {
    let mut decoder = Decoder::client();
    let mut all = Vec::new();
    loop {
        while let Some(event) = decoder.next().unwrap() {
            match event {
                Event::Data { bytes, .. } => {
                    let channel = bytes.first().map_or(0, |number| number % b'0') + b'0';
                    all.push(format!(
                        "{}{}",
                        char::from(channel),
                        String::from_utf8_lossy(bytes.get(1..).unwrap_or_default())
                    ));
                }
                Event::Close => {
                    all.sort_by_key(|message| message.chars().next());
                    return all.join("|");
                }
                Event::Ping(_) | Event::Pong => {}
            }
        }
        assert_ne!(io.read_buf(decoder.buffer()).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn exec_over_websocket() {
    let uri = "/exec/ns/pod/main?command=0&stdin=true&stdout=true&stderr=true";
    let mut io = websocket(uri, "v5.channel.k8s.io").await;
    send(&mut io, 0x82, b"\x00hello").await;
    send(&mut io, 0x82, &[255, 0]).await;
    expect![[r#"1|1HELLO|2grumble|3{"metadata":{},"status":"Success"}"#]]
        .assert_eq(&messages(&mut io).await);

    let uri = "/exec/ns/pod/main?command=7&stdout=true&stderr=true";
    let mut io = websocket(uri, "v4.base64.channel.k8s.io").await;
    let seen = messages(&mut io).await;
    assert!(
        seen.starts_with("1|2Z3J1bWJsZQ==|3eyJtZXRhZGF0YSI6"),
        "{seen}"
    );

    let mut io = websocket(uri, "channel.k8s.io").await;
    expect!["1|2grumble|3command terminated with non-zero exit code: error executing command [7], exit code 7"]
        .assert_eq(&messages(&mut io).await);
}

#[tokio::test]
async fn ports_are_forwarded_over_websocket() {
    let mut io = websocket("/portForward/ns/pod?port=80&port=81", "v4.channel.k8s.io").await;
    send(&mut io, 0x82, b"\x00hi").await;
    let mut decoder = Decoder::client();
    let mut seen = Vec::new();
    while seen.len() < 5 {
        while let Some(Event::Data { bytes, .. }) = decoder.next().unwrap() {
            seen.push(bytes.to_vec());
        }
        if seen.len() < 5 {
            assert_ne!(io.read_buf(decoder.buffer()).await.unwrap(), 0);
        }
    }
    seen.sort();
    let refused = b"\x03error forwarding port 81 to pod sandbox, uid : connection refused".to_vec();
    assert_eq!(
        seen,
        [
            vec![0, 80, 0],
            vec![1, 80, 0],
            vec![2, 81, 0],
            vec![3, 81, 0],
            refused
        ]
    );
}

#[tokio::test]
async fn ports_are_forwarded_through_a_tunnel() {
    let mut io = websocket("/portForward/ns/pod", "SPDY/3.1+portforward.k8s.io").await;
    let (near, far) = tokio::io::duplex(1024);
    let pump = async move {
        let (mut read, mut write) = tokio::io::split(far);
        let mut decoder = Decoder::client();
        let mut chunk = [0; 512];
        loop {
            tokio::select! {
                sent = read.read(&mut chunk) => match sent {
                    Ok(count @ 1..) => send(&mut io, 0x82, &chunk[..count]).await,
                    _ => return,
                },
                received = io.read_buf(decoder.buffer()) => if received.unwrap_or(0) == 0 { return },
            }
            while let Some(event) = decoder.next().unwrap() {
                if let Event::Data { bytes, .. } = event {
                    let _ = write.write_all(&bytes).await;
                }
            }
        }
    };
    tokio::spawn(pump);
    let (opener, _session, connection) = spdy::Connection::client(near);
    tokio::spawn(connection.run());
    let _error = open(
        &opener,
        &[("streamtype", "error"), ("port", "80"), ("requestid", "0")],
    )
    .await;
    let mut data = open(
        &opener,
        &[("streamtype", "data"), ("port", "80"), ("requestid", "0")],
    )
    .await;
    data.write_all(b"hi").await.unwrap();
    data.shutdown().await.unwrap();
    assert_eq!(text(&mut data).await, "HI");
}
