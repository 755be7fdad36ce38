//! What clients are told of a connection's bounds.

use super::builder;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{collections::BTreeMap, convert::Infallible};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The server's first frame, after a client that sets nothing.
async fn settings() -> BTreeMap<u16, u32> {
    let (mut client, server) = tokio::io::duplex(4096);
    let answer =
        service_fn(|_| async { Ok::<_, Infallible>(Response::new(Full::<Bytes>::default())) });
    tokio::spawn(async move {
        let builder = builder();
        builder.serve_connection(TokioIo::new(server), answer).await
    });
    let (preface, no_settings) = (
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        [0, 0, 0, 4, 0, 0, 0, 0, 0],
    );
    client.write_all(preface).await.unwrap();
    client.write_all(&no_settings).await.unwrap();
    let mut head = [0; 9];
    client.read_exact(&mut head).await.unwrap();
    assert_eq!(head[3], 4, "a frame of settings");
    let mut payload = vec![0; usize::from(head[2])];
    client.read_exact(&mut payload).await.unwrap();
    payload
        .chunks_exact(6)
        .map(|setting| {
            let (name, value) = setting.split_at(2);
            let name = u16::from_be_bytes(name.try_into().unwrap());
            (name, u32::from_be_bytes(value.try_into().unwrap()))
        })
        .collect()
}

#[tokio::test]
async fn bounds_are_upstreams() {
    const MAX_CONCURRENT_STREAMS: u16 = 3;
    const INITIAL_WINDOW_SIZE: u16 = 4;
    let settings = settings().await;
    assert_eq!(settings[&MAX_CONCURRENT_STREAMS], 100);
    assert_eq!(settings[&INITIAL_WINDOW_SIZE], 256 * 1024);
}
