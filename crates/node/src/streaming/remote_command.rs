//! exec and attach: the client's streams joined to a process's, over SPDY or WebSocket.
//!
//! Protocol versions as kubelet: `v4.channel.k8s.io` brings the status as JSON on the error stream, v3 the resize
//! stream, v5 (WebSocket alone) the closing of stdin. Older ones report an error as plain text.

use super::params::CommandOptions;
use super::spdy;
use super::websocket::channels::{Channels, Encoding};
use bytes::Bytes;
use futures::future::BoxFuture;
use platform::Clock;
use runtime::{CriResult, Session, TerminalSize};
use std::collections::HashMap;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;

/// Protocols that we speak over SPDY, best first.
pub(crate) const SPDY_PROTOCOLS: &[&str] = &[
    "v4.channel.k8s.io",
    "v3.channel.k8s.io",
    "v2.channel.k8s.io",
    "channel.k8s.io",
];
/// Protocols that we speak over WebSocket, best first.
pub(crate) const WEBSOCKET_PROTOCOLS: &[&str] = &[
    "v5.channel.k8s.io",
    "v4.channel.k8s.io",
    "v4.base64.channel.k8s.io",
    "channel.k8s.io",
    "base64.channel.k8s.io",
];
/// How long a client may take to open the streams it asked for (kubelet's stream creation timeout).
const STREAM_CREATION_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a client may take to leave after the goodbye.
const LINGER: Duration = Duration::from_secs(5);
/// A terminal size is a short JSON object.
const RESIZE_BYTES_MAX: usize = 1024;

type Input = Box<dyn AsyncRead + Send + Unpin>;
type Output = Box<dyn AsyncWrite + Send + Unpin>;
/// Starts the process, once the client's streams are there.
pub(crate) type Start = Box<dyn FnOnce() -> BoxFuture<'static, CriResult<Session>> + Send>;

/// The client's side of the conversation.
#[derive(Default)]
struct Client {
    stdin: Option<Input>,
    stdout: Option<Output>,
    stderr: Option<Output>,
    resize: Option<Input>,
}

/// Serves one conversation over SPDY, until the process ends or the client leaves.
pub(crate) async fn over_spdy<IO: AsyncRead + AsyncWrite + Send>(
    io: IO,
    protocol: &'static str,
    options: &CommandOptions,
    clock: &Clock,
    start: Start,
) {
    let (mut session, connection) = spdy::Connection::server(io);
    let conversation = async {
        let collected = clock.timeout(
            STREAM_CREATION_TIMEOUT,
            collect(&mut session, protocol, options),
        );
        if let Ok(Some((client, mut error))) = collected.await {
            let result = converse(client, options, start).await;
            // Write errors here mean that the client has left.
            let _ = error.write_all(&outcome(protocol, options, &result)).await;
            let _ = error.shutdown().await;
        }
        session.close().await;
        clock.sleep(LINGER).await;
    };
    // The connection's end ends the conversation: after the goodbye, or when the client leaves.
    tokio::select! {
        _ = connection.run() => {}
        () = conversation => {}
    }
}

/// Waits for the streams that the options and the protocol call for.
async fn collect(
    session: &mut spdy::Session,
    protocol: &str,
    options: &CommandOptions,
) -> Option<(Client, spdy::Stream)> {
    let resizes = options.tty && matches!(protocol, "v4.channel.k8s.io" | "v3.channel.k8s.io");
    let wanted = [
        ("error", true),
        ("stdin", options.stdin),
        ("stdout", options.stdout),
        ("stderr", options.stderr),
        ("resize", resizes),
    ];
    let count = wanted.iter().filter(|(_, wanted)| *wanted).count();
    let mut streams = HashMap::new();
    while streams.len() < count {
        let stream = session.accept().await?;
        let kind = stream.header("streamtype").unwrap_or_default().to_owned();
        if wanted.contains(&(kind.as_str(), true)) {
            streams.insert(kind, stream);
        }
    }
    let error = streams.remove("error")?;
    let client = Client {
        stdin: streams
            .remove("stdin")
            .map(|stream| Box::new(stream) as Input),
        stdout: streams
            .remove("stdout")
            .map(|stream| Box::new(stream) as Output),
        stderr: streams
            .remove("stderr")
            .map(|stream| Box::new(stream) as Output),
        resize: streams
            .remove("resize")
            .map(|stream| Box::new(stream) as Input),
    };
    Some((client, error))
}

const STDIN: u8 = 0;
const STDOUT: u8 = 1;
const STDERR: u8 = 2;
const ERROR: u8 = 3;
const RESIZE: u8 = 4;

/// Serves one conversation over WebSocket channels, until the process ends or the client leaves.
pub(crate) async fn over_websocket<IO: AsyncRead + AsyncWrite + Send>(
    io: IO,
    protocol: &'static str,
    options: &CommandOptions,
    clock: &Clock,
    start: Start,
) {
    let encoding = if protocol.contains("base64") {
        Encoding::Base64
    } else {
        Encoding::Binary
    };
    let (channels, mut readers, connection) = Channels::open(io, encoding, &[STDIN, RESIZE]);
    let resize = readers
        .pop()
        .filter(|_| options.tty)
        .map(|reader| Box::new(reader) as Input);
    let stdin = readers
        .pop()
        .filter(|_| options.stdin)
        .map(|reader| Box::new(reader) as Input);
    let output =
        |wanted: bool, number: u8| wanted.then(|| Box::new(channels.writer(number)) as Output);
    let client = Client {
        stdin,
        stdout: output(options.stdout, STDOUT),
        stderr: output(options.stderr, STDERR),
        resize,
    };
    let conversation = async {
        let ready = [
            (options.stdout, STDOUT),
            (options.stderr, STDERR),
            (true, ERROR),
        ];
        if let Some((_, lowest)) = ready.iter().find(|(wanted, _)| *wanted) {
            // Upstream's sign that the connection works.
            channels.send(*lowest, Bytes::new()).await;
        }
        let result = converse(client, options, start).await;
        let status = outcome(protocol, options, &result);
        if !status.is_empty() {
            channels.send(ERROR, status.into()).await;
        }
        channels.close().await;
        clock.sleep(LINGER).await;
    };
    tokio::select! {
        _ = connection.run() => {}
        () = conversation => {}
    }
}

/// Joins the streams and waits for the exit code.
async fn converse(client: Client, options: &CommandOptions, start: Start) -> Result<i32, String> {
    let describe = |error: runtime::CriError| match options.command.is_empty() {
        true => format!("error attaching to container: {error}"),
        false => format!("error executing command in container: {error}"),
    };
    let mut session = match start().await {
        Ok(session) => session,
        Err(error) => {
            tokio::join!(drain(None, client.stdout), drain(None, client.stderr));
            return Err(describe(error));
        }
    };
    let inputs = async {
        tokio::join!(
            feed(client.stdin, session.stdin.take()),
            resize(client.resize, session.resize.take()),
        );
        // The end of input ends nothing.
        std::future::pending::<()>().await;
    };
    let outputs = async {
        tokio::join!(
            drain(session.stdout.take(), client.stdout),
            drain(session.stderr.take(), client.stderr)
        );
    };
    let ended = async { tokio::join!(outputs, &mut session.exit).1 };
    tokio::select! {
        exit = ended => exit.map_err(describe),
        () = inputs => unreachable!("inputs never end the conversation"),
    }
}

async fn feed(from: Option<Input>, to: Option<Output>) {
    let (Some(mut from), Some(mut to)) = (from, to) else {
        return;
    };
    // A process that has closed its stdin is no error of the conversation.
    let _ = tokio::io::copy(&mut from, &mut to).await;
    let _ = to.shutdown().await;
}

async fn drain(from: Option<Input>, to: Option<Output>) {
    match (from, to) {
        (Some(mut from), Some(mut to)) => {
            // A client that has left ends the connection, and with it all of this.
            let _ = tokio::io::copy(&mut from, &mut to).await;
            let _ = to.shutdown().await;
        }
        (None, Some(mut to)) => drop(to.shutdown().await),
        (Some(mut from), None) => drop(tokio::io::copy(&mut from, &mut tokio::io::sink()).await),
        (None, None) => {}
    }
}

async fn resize(from: Option<Input>, to: Option<watch::Sender<TerminalSize>>) {
    let (Some(mut from), Some(to)) = (from, to) else {
        return;
    };
    let mut pending = Vec::new();
    let mut chunk = [0_u8; RESIZE_BYTES_MAX];
    while let Ok(read @ 1..) = from.read(&mut chunk).await {
        pending.extend_from_slice(&chunk[..read]);
        let Ok(sizes) = take_sizes(&mut pending) else {
            return;
        };
        if let Some(size) = sizes.into_iter().last() {
            to.send_replace(size);
        }
    }
}

#[derive(serde::Deserialize)]
struct WireSize {
    #[serde(rename = "Width", alias = "width")]
    width: u16,
    #[serde(rename = "Height", alias = "height")]
    height: u16,
}

/// Takes the whole JSON objects off the front of `pending`; errs on what can never become one.
fn take_sizes(pending: &mut Vec<u8>) -> io::Result<Vec<TerminalSize>> {
    let mut sizes = Vec::new();
    let mut objects = serde_json::Deserializer::from_slice(pending).into_iter::<WireSize>();
    let taken = loop {
        match objects.next() {
            Some(Ok(size)) => sizes.push(TerminalSize {
                width: size.width,
                height: size.height,
            }),
            Some(Err(error)) if error.is_eof() => break objects.byte_offset(),
            Some(Err(error)) => return Err(error.into()),
            None => break pending.len(),
        }
    };
    pending.drain(..taken);
    if pending.len() > RESIZE_BYTES_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(sizes)
}

/// What goes over the error stream at the end: a v1 Status in version 4 and later, else the error's text.
fn outcome(protocol: &str, options: &CommandOptions, result: &Result<i32, String>) -> Vec<u8> {
    let version_4 = protocol.starts_with("v4.") || protocol.starts_with("v5.");
    let text = match result {
        Ok(0) if version_4 => return br#"{"metadata":{},"status":"Success"}"#.to_vec(),
        Ok(0) => return Vec::new(),
        Ok(code) => {
            let command = options.command.join(" ");
            let cause = format!("error executing command [{command}], exit code {code}");
            format!("command terminated with non-zero exit code: {cause}")
        }
        Err(message) => message.clone(),
    };
    if !version_4 {
        return text.into_bytes();
    }
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let status = match result {
        Ok(code) => format!(
            r#"{{"metadata":{{}},"status":"Failure","message":{},"reason":"NonZeroExitCode","details":{{"causes":[{{"reason":"ExitCode","message":"{code}"}}]}}}}"#,
            json(&text),
        ),
        Err(_) => format!(
            r#"{{"metadata":{{}},"status":"Failure","message":{},"reason":"InternalError","details":{{"causes":[{{"message":{}}}]}},"code":500}}"#,
            json(&format!("Internal error occurred: {text}")),
            json(&text),
        ),
    };
    status.into_bytes()
}
