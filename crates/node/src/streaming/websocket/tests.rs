//! Channels and the tunnel over an in-memory stream.

use super::channels::{Channels, Encoding};
use super::tunnel::Tunnel;
use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use websocket::{Decoder, Event, encode_masked};

const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    encode_masked(first, payload, MASK, &mut out);
    out
}

async fn read_messages(io: &mut (impl tokio::io::AsyncRead + Unpin)) -> Vec<(bool, Vec<u8>)> {
    let mut bytes = Vec::new();
    io.read_to_end(&mut bytes).await.unwrap();
    let mut decoder = Decoder::client();
    decoder.buffer().extend_from_slice(&bytes);
    let mut messages = Vec::new();
    while let Some(event) = decoder.next().unwrap() {
        if let Event::Data { text, bytes, .. } = event {
            messages.push((text, bytes.to_vec()));
        }
    }
    messages
}

#[tokio::test]
async fn channels_carry_bytes_and_close_one_by_one() {
    let (mut near, far) = tokio::io::duplex(1 << 16);
    let (channels, mut readers, connection) = Channels::open(far, Encoding::Binary, &[0, 4]);
    let connection = tokio::spawn(connection.run());
    near.write_all(&masked(0x82, b"\x00input")).await.unwrap();
    near.write_all(&masked(0x82, b"\x09nobody")).await.unwrap();
    near.write_all(&masked(0x82, &[255, 0])).await.unwrap();
    let mut resize = readers.pop().unwrap();
    let mut stdin = Vec::new();
    readers
        .pop()
        .unwrap()
        .read_to_end(&mut stdin)
        .await
        .unwrap();
    assert_eq!(stdin, b"input");
    near.write_all(&masked(0x82, b"\x04{}")).await.unwrap();
    assert_eq!(resize.read_u16().await.unwrap(), u16::from_be_bytes(*b"{}"));
    channels.writer(1).write_all(b"output").await.unwrap();
    channels.send(3, Bytes::from_static(b"status")).await;
    channels.close().await;
    let messages = read_messages(&mut near).await;
    drop(near);
    connection.await.unwrap().unwrap();
    assert_eq!(
        messages,
        [
            (false, b"\x01output".to_vec()),
            (false, b"\x03status".to_vec())
        ]
    );
}

#[tokio::test]
async fn base64_channels_are_text() {
    let (mut near, far) = tokio::io::duplex(1 << 16);
    let (channels, mut readers, connection) = Channels::open(far, Encoding::Base64, &[0]);
    let connection = tokio::spawn(connection.run());
    near.write_all(&masked(0x01, b"0aW5w")).await.unwrap();
    near.write_all(&masked(0x80, b"dXQ=")).await.unwrap();
    let mut stdin = [0; 5];
    readers.pop().unwrap().read_exact(&mut stdin).await.unwrap();
    assert_eq!(&stdin, b"input");
    channels.writer(1).write_all(b"output").await.unwrap();
    channels.close().await;
    let messages = read_messages(&mut near).await;
    drop(near);
    connection.await.unwrap().unwrap();
    assert_eq!(messages, [(true, b"1b3V0cHV0".to_vec())]);
}

#[tokio::test]
async fn a_tunnel_is_a_byte_stream() {
    let (mut near, far) = tokio::io::duplex(64);
    let client = tokio::spawn(async move {
        near.write_all(&masked(0x02, b"he")).await.unwrap();
        near.write_all(&masked(0x89, b"ping")).await.unwrap();
        near.write_all(&masked(0x80, b"llo")).await.unwrap();
        near.write_all(&masked(0x88, b"")).await.unwrap();
        read_messages(&mut near).await
    });
    let mut tunnel = Tunnel::new(far);
    let mut received = Vec::new();
    tunnel.read_to_end(&mut received).await.unwrap();
    assert_eq!(received, b"hello");
    tunnel.write_all(&[b'x'; 100]).await.unwrap();
    tunnel.shutdown().await.unwrap();
    drop(tunnel);
    assert_eq!(client.await.unwrap(), [(false, vec![b'x'; 100])]);
}
