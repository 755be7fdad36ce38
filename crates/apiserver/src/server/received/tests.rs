use super::Received;
use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::Full;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const BODY_BYTES: usize = 3 * 1024 * 1024;

/// Two requests are refused unread, and the client reads both answers after it has written all.
#[test]
fn answers_come_through_though_nobody_reads_the_body() {
    platform::simulated::run(7, |platform| async move {
        let (mut near, far) = tokio::io::duplex(64 * 1024);
        let server = platform.clone();
        let service = service_fn(move |request| {
            drop(Received::of(request, &server));
            let mut answer = Response::new(Full::new(Bytes::from_static(b"no")));
            *answer.status_mut() = StatusCode::FORBIDDEN;
            std::future::ready(Ok::<_, Infallible>(answer))
        });
        let serving = http1::Builder::new().serve_connection(TokioIo::new(far), service);
        drop(platform.tasks.spawn("connection", serving));
        let last = [true, false];
        for goes_on in last {
            let connection = if goes_on { "keep-alive" } else { "close" };
            let head = format!(
                "POST / HTTP/1.1\r\nhost: a\r\nconnection: {connection}\r\ncontent-length: {BODY_BYTES}\r\n\r\n"
            );
            near.write_all(head.as_bytes()).await.unwrap();
            near.write_all(&vec![b'x'; BODY_BYTES]).await.unwrap();
        }
        let mut answers = String::new();
        near.read_to_string(&mut answers).await.unwrap();
        assert_eq!(answers.matches("403 Forbidden").count(), 2, "{answers}");
    });
}
