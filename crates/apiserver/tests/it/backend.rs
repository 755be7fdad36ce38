//! A server within the test, which stands for every address that is dialed.
use bytes::Bytes;
use client::{
    BoxFuture,
    transport::{ByteStream, Dial},
};
use http::{Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use std::{
    convert::Infallible,
    io,
    sync::{Arc, Mutex},
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Answers on every address: port 1 refuses, port 2 breaks off. Remembers what was dialed.
#[derive(Debug, Default)]
pub(crate) struct Backend {
    dialed: Mutex<Vec<String>>,
}

impl Backend {
    /// What was dialed since the last call.
    pub(crate) fn dialed(&self) -> Vec<String> {
        std::mem::take(&mut self.dialed.lock().unwrap())
    }
}

impl Dial for Backend {
    fn dial<'a>(
        &'a self,
        host: &'a str,
        port: u16,
    ) -> BoxFuture<'a, io::Result<Box<dyn ByteStream>>> {
        self.dialed.lock().unwrap().push(format!("{host} {port}"));
        if port == 1 {
            let refused = io::ErrorKind::ConnectionRefused.into();
            return Box::pin(std::future::ready(Err(refused)));
        }
        Box::pin(std::future::ready(Ok(match port {
            2 => half(),
            _ => stream(),
        })))
    }
}

/// A server that promises more than it has.
fn half() -> Box<dyn ByteStream> {
    let (near, mut far) = tokio::io::duplex(4096);
    drop(tokio::spawn(async move {
        let request = far.read(&mut [0; 4096]).await.unwrap();
        assert!(request > 0);
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf";
        far.write_all(answer).await.unwrap();
    }));
    Box::new(near)
}

/// The near end of a connection to the server.
pub(crate) fn stream() -> Box<dyn ByteStream> {
    let (near, far) = tokio::io::duplex(4096);
    drop(tokio::spawn(serve(far)));
    Box::new(near)
}

async fn serve(far: tokio::io::DuplexStream) {
    let served = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(far), service_fn(answer))
        .with_upgrades();
    // Who dialed has hung up.
    let _ = served.await;
}

fn text(kind: &'static str, body: &'static str) -> Response<Body> {
    let body = Full::new(Bytes::from_static(body.as_bytes()));
    let mut response = Response::new(body.map_err(|never| match never {}).boxed_unsync());
    let kind = header::HeaderValue::from_static(kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

async fn answer(mut request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    let redirect = |to: &'static str| {
        let response = Response::builder().status(302).header("location", to);
        let empty = Full::new(Bytes::new()).map_err(|never| match never {});
        response.body(empty.boxed_unsync()).unwrap()
    };
    Ok(match request.uri().path() {
        "/page" => text("text/html; charset=utf-8", r#"<a href="/next">n</a>"#),
        "/redirect" => redirect("/elsewhere/?x=1"),
        "/away" => redirect("https://example.com/"),
        "/odd" => redirect("/%zz"),
        "/missing" => {
            let mut response = text("text/plain", "nothing here");
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
        "/cors" => {
            let mut response = text("text/plain", "x");
            let headers = response.headers_mut();
            for name in ["access-control-allow-origin", "x-kept"] {
                headers.insert(name, header::HeaderValue::from_static("*"));
            }
            response
        }
        "/upgrade" if request.headers().contains_key(header::UPGRADE) => {
            let upgrade = hyper::upgrade::on(&mut request);
            drop(tokio::spawn(async move {
                let mut io = TokioIo::new(upgrade.await.unwrap());
                let mut word = [0; 4];
                io.read_exact(&mut word).await.unwrap();
                io.write_all(&word).await.unwrap();
            }));
            let mut response = text("text/plain", "");
            *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
            for name in [header::CONNECTION, header::UPGRADE] {
                let value = header::HeaderValue::from_static("upgrade");
                response.headers_mut().insert(name, value);
            }
            response
        }
        _ => echo(request).await,
    })
}

/// Says what came.
async fn echo(request: Request<Incoming>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let headers: Map<String, Value> = parts
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap())))
        .collect();
    let told = json!({
        "method": parts.method.as_str(),
        "target": parts.uri.to_string(),
        "headers": headers,
        "body": String::from_utf8_lossy(&body),
    });
    let body = Full::new(Bytes::from(told.to_string())).map_err(|never| match never {});
    Response::new(body.boxed_unsync())
}

/// A node whose own server is the same.
#[derive(Debug)]
pub(crate) struct Kubelet(pub(crate) Arc<Backend>);

impl apiserver::NodeConnector for Kubelet {
    fn connect<'a>(
        &'a self,
        node: &'a str,
    ) -> resource::BoxFuture<'a, Result<Box<dyn ByteStream>, apiserver::NodeError>> {
        Box::pin(std::future::ready(match node {
            "here" => {
                self.0.dialed.lock().unwrap().push("kubelet".to_owned());
                Ok(stream())
            }
            other => Err(apiserver::NodeError::Unreachable(other.to_owned())),
        }))
    }
}
