//! grpc.health.v1, the one call that a probe makes, over HTTP/2.

use bytes::{BufMut, Bytes, BytesMut};
use http::Request;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

const ANSWER_BYTES_MAX: usize = 4096;

/// Asks for the health of `service` (empty: of the server).
pub(super) async fn check(stream: TcpStream, service: &str) -> Result<(), String> {
    let describe = |error: hyper::Error| error.to_string();
    let handshake =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.map_err(describe)?;
    let request = Request::post("http://localhost/grpc.health.v1.Health/Check")
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(Full::new(question(service)))
        .map_err(|error| error.to_string())?;
    let exchange = async {
        let response = sender.send_request(request).await.map_err(describe)?;
        let at_once = response.headers().get("grpc-status").cloned();
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX)
            .collect()
            .await
            .map_err(|e| e.to_string())?;
        let status = at_once.or_else(|| body.trailers()?.get("grpc-status").cloned());
        match status {
            Some(status) if status == "0" => verdict(&body.to_bytes()),
            Some(status) => Err(format!(
                "error: health rpc failed: status code {}",
                status.to_str().unwrap_or("?")
            )),
            None => Err("error: health rpc failed: no status".to_owned()),
        }
    };
    tokio::select! {
        verdict = exchange => verdict,
        ended = connection => Err(ended.err().map_or_else(|| "connection closed".to_owned(), describe)),
    }
}

/// HealthCheckRequest in a length-prefixed message.
fn question(service: &str) -> Bytes {
    let mut message = BytesMut::new();
    if let Some(length) = u8::try_from(service.len())
        .ok()
        .filter(|length| (1..128).contains(length))
    {
        message.put_slice(&[0x0a, length]);
        message.put_slice(service.as_bytes());
    }
    let mut framed = BytesMut::new();
    framed.put_u8(0);
    framed.put_u32(u32::try_from(message.len()).unwrap_or(0));
    framed.extend_from_slice(&message);
    framed.freeze()
}

/// HealthCheckResponse: field 1 is the status, 1 is SERVING.
fn verdict(framed: &[u8]) -> Result<(), String> {
    let status = match framed.get(5..) {
        Some([0x08, status, ..]) => *status,
        _ => 0,
    };
    let name = match status {
        1 => return Ok(()),
        2 => "NOT_SERVING",
        3 => "SERVICE_UNKNOWN",
        _ => "UNKNOWN",
    };
    Err(format!("service unhealthy (responded with \"{name}\")"))
}
