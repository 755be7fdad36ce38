//! One probe or hook, carried out: HTTP, HTTPS, TCP, gRPC, exec. Words as kubelet's.

mod grpc;
mod tls;

use api::core::v1::{Container, HTTPGetAction};
use bytes::Bytes;
use http::{Request, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper_util::rt::TokioIo;
use meta::IntOrString;
use platform::Clock;
use runtime::cri::v1;
use runtime::{Code, Runtime};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

/// Bytes of an answer's body that are read.
const BODY_BYTES_MAX: usize = 10 * 1024;

/// Why a probe or hook has not passed, with the output that the Event shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Failed(String),
    /// It could not be asked: as upstream, this says nothing about the container.
    Errored(String),
}

/// What a probe or hook does.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Http {
        scheme: String,
        host: String,
        port: u16,
        path: String,
        headers: Vec<(String, String)>,
    },
    Tcp {
        host: String,
        port: u16,
    },
    Grpc {
        host: String,
        port: u16,
        service: String,
    },
    Exec {
        container_id: String,
        command: Vec<String>,
    },
}

/// The number of a port that may be a name of one of the container's.
pub(crate) fn port(container: &Container, port: &IntOrString) -> Result<u16, String> {
    let number = match port {
        IntOrString::Int(number) => *number,
        IntOrString::String(name) => match container.ports.iter().find(|port| port.name == *name) {
            Some(port) => port.container_port,
            None => name
                .parse()
                .map_err(|_| format!("couldn't find port: {name}"))?,
        },
    };
    u16::try_from(number)
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| format!("invalid port number: {number}"))
}

/// An HTTP action against `host`, unless it names another.
pub(crate) fn http(
    action: &HTTPGetAction,
    container: &Container,
    host: &str,
) -> Result<Action, String> {
    let host = if action.host.is_empty() {
        host
    } else {
        action.host.as_str()
    };
    let headers = action
        .http_headers
        .iter()
        .map(|header| (header.name.to_string(), header.value.to_string()));
    let path = if action.path.starts_with('/') {
        action.path.to_string()
    } else {
        format!("/{}", action.path)
    };
    Ok(Action::Http {
        scheme: if action.scheme.is_empty() {
            "http".to_owned()
        } else {
            action.scheme.to_ascii_lowercase().into()
        },
        host: host.to_owned(),
        port: port(container, &action.port)?,
        path,
        headers: headers.collect(),
    })
}

/// Carries `action` out.
pub(crate) async fn run(
    action: &Action,
    runtime: &dyn Runtime,
    clock: &Clock,
    timeout: Duration,
) -> Result<(), Failure> {
    let outcome = clock
        .timeout(timeout, attempt(action, runtime, timeout))
        .await;
    outcome.unwrap_or_else(|_| Err(Failure::Failed(timed_out(action, timeout))))
}

async fn attempt(action: &Action, runtime: &dyn Runtime, timeout: Duration) -> Result<(), Failure> {
    let answer = match action {
        Action::Exec {
            container_id,
            command,
        } => return exec(runtime, container_id, command, timeout).await,
        Action::Tcp { host, port } => connect(host, *port).await.map(drop),
        Action::Grpc {
            host,
            port,
            service,
        } => match connect(host, *port).await {
            Ok(stream) => grpc::check(stream, service).await,
            Err(error) => Err(error),
        },
        Action::Http {
            scheme,
            host,
            port,
            path,
            headers,
        } => match get_status(scheme, host, *port, path, headers).await {
            Ok(200..400) => Ok(()),
            Ok(status) => Err(format!("HTTP probe failed with statuscode: {status}")),
            Err(error) => Err(format!("Get \"{}\": {error}", url(action))),
        },
    };
    answer.map_err(Failure::Failed)
}

async fn get_status(
    scheme: &str,
    host: &str,
    port: u16,
    path: &str,
    headers: &[(String, String)],
) -> Result<u16, String> {
    let stream = connect(host, port).await?;
    let request = request(host, port, path, headers)?;
    match scheme {
        "https" => get(tls::connect(stream, host).await?, request).await,
        _ => get(stream, request).await,
    }
}

fn authority(host: &str, port: u16) -> String {
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

fn url(action: &Action) -> String {
    match action {
        Action::Http {
            scheme,
            host,
            port,
            path,
            ..
        } => format!("{scheme}://{}{path}", authority(host, *port)),
        _ => String::new(),
    }
}

fn timed_out(action: &Action, timeout: Duration) -> String {
    match action {
        Action::Http { .. } => {
            let url = url(action);
            format!(
                "Get \"{url}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
            )
        }
        Action::Tcp { host, port } => format!("dial tcp {}: i/o timeout", authority(host, *port)),
        Action::Grpc { host, port, .. } => {
            let address = authority(host, *port);
            format!(
                "timeout: failed to connect service \"{address}\" within {}s: context deadline exceeded",
                timeout.as_secs()
            )
        }
        Action::Exec { command, .. } => {
            format!(
                "command timed out: {:?} timed out after {}s",
                command.join(" "),
                timeout.as_secs()
            )
        }
    }
}

async fn connect(host: &str, port: u16) -> Result<TcpStream, String> {
    let address = authority(host, port);
    TcpStream::connect(&address).await.map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
            std::io::ErrorKind::HostUnreachable => "no route to host".to_owned(),
            _ => error.to_string(),
        };
        format!("dial tcp {address}: connect: {reason}")
    })
}

fn request(
    host: &str,
    port: u16,
    path: &str,
    headers: &[(String, String)],
) -> Result<Request<Empty<Bytes>>, String> {
    let uri: Uri = path
        .parse()
        .map_err(|error| format!("invalid path: {error}"))?;
    let mut request = Request::get(uri);
    let given = |name: &str| {
        headers
            .iter()
            .any(|(key, _)| key.eq_ignore_ascii_case(name))
    };
    let defaults = [
        ("host", authority(host, port)),
        ("user-agent", "kube-probe/1.36".to_owned()),
        ("accept", "*/*".to_owned()),
        ("connection", "close".to_owned()),
    ];
    for (name, value) in defaults.iter().filter(|(name, _)| !given(name)) {
        request = request.header(*name, value);
    }
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request
        .body(Empty::new())
        .map_err(|error| error.to_string())
}

async fn get<IO>(stream: IO, request: Request<Empty<Bytes>>) -> Result<u16, String>
where
    IO: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let describe = |error: hyper::Error| error.to_string();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(describe)?;
    let exchange = async {
        let response = sender.send_request(request).await.map_err(describe)?;
        let status = response.status().as_u16();
        // What does not fit does not matter: the status has come.
        let _ = Limited::new(response.into_body(), BODY_BYTES_MAX)
            .collect()
            .await;
        Ok(status)
    };
    tokio::pin!(exchange);
    tokio::select! {
        status = &mut exchange => status,
        // The connection may end before the exchange has looked at what it brought.
        _ = connection => exchange.await,
    }
}

async fn exec(
    runtime: &dyn Runtime,
    container_id: &str,
    command: &[String],
    timeout: Duration,
) -> Result<(), Failure> {
    let request = v1::ExecSyncRequest {
        container_id: container_id.to_owned(),
        cmd: command.to_vec(),
        timeout: i64::try_from(timeout.as_secs()).unwrap_or(i64::MAX),
    };
    let response = runtime.exec_sync(request).await.map_err(|error| {
        if error.code == Code::DeadlineExceeded {
            Failure::Failed(error.message)
        } else {
            Failure::Errored(error.message)
        }
    })?;
    if response.exit_code == 0 {
        return Ok(());
    }
    let mut output = response.stdout;
    output.extend_from_slice(&response.stderr);
    output.truncate(BODY_BYTES_MAX);
    let output = String::from_utf8_lossy(&output).into_owned();
    Err(Failure::Failed(output))
}
