//! Frames byte for byte (RFC 6455's own examples), channels and the tunnel over an in-memory stream.

use super::channels::{Channels, Encoding};
use super::frame::{Decoder, Event, encode_masked};
use super::tunnel::Tunnel;
use super::{ProtocolError, accept_key, fuzz};
use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    encode_masked(first, payload, MASK, &mut out);
    out
}

fn events(bytes: &[u8]) -> Result<Vec<Event>, ProtocolError> {
    let mut decoder = Decoder::server();
    decoder.buffer().extend_from_slice(bytes);
    std::iter::from_fn(|| decoder.next().transpose()).collect()
}

fn data(text: bool, first: bool, last: bool, bytes: &'static [u8]) -> Event {
    Event::Data {
        text,
        first,
        last,
        bytes: Bytes::from_static(bytes),
    }
}

#[test]
fn the_rfcs_key_has_the_rfcs_answer() {
    assert_eq!(
        accept_key("dGhlIHNhbXBsZSBub25jZQ=="),
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    );
}

#[test]
fn messages_and_fragments() {
    let hello = [
        0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58,
    ];
    assert_eq!(events(&hello).unwrap(), [data(true, true, true, b"Hello")]);
    let fragments = [
        masked(0x02, b"Hel"),
        masked(0x89, b"?"),
        masked(0x80, b"lo"),
    ]
    .concat();
    let expected = [
        data(false, true, false, b"Hel"),
        Event::Ping(Bytes::from_static(b"?")),
        data(false, false, true, b"lo"),
    ];
    assert_eq!(events(&fragments).unwrap(), expected);
    assert_eq!(events(&masked(0x88, &[3, 232])).unwrap(), [Event::Close]);
    assert_eq!(
        events(&masked(0x82, b"")).unwrap(),
        [data(false, true, true, b"")]
    );
}

#[test]
fn a_long_message_comes_in_pieces() {
    let payload = vec![b'x'; 70_000];
    let bytes = masked(0x82, &payload);
    let mut decoder = Decoder::server();
    let mut received = Vec::new();
    let mut ends = 0;
    for chunk in bytes.chunks(999) {
        decoder.buffer().extend_from_slice(chunk);
        while let Some(Event::Data { last, bytes, .. }) = decoder.next().unwrap() {
            received.extend_from_slice(&bytes);
            ends += usize::from(last);
        }
    }
    assert_eq!((received.len(), ends), (payload.len(), 1));
    assert!(received == payload);
}

#[test]
fn bad_frames_are_refused() {
    let check =
        |bytes: &[u8], error: ProtocolError| assert_eq!(events(bytes), Err(error), "{bytes:x?}");
    check(&[0x82, 0x01, 0], ProtocolError::Unmasked);
    check(&masked(0xc2, b"x"), ProtocolError::Reserved);
    check(&masked(0x83, b"x"), ProtocolError::Reserved);
    check(&masked(0x8b, b"x"), ProtocolError::Reserved);
    check(&masked(0x80, b"x"), ProtocolError::BadFragment);
    check(
        &[masked(0x02, b"x"), masked(0x82, b"y")].concat(),
        ProtocolError::BadFragment,
    );
    check(&masked(0x09, b"x"), ProtocolError::BadControlFrame);
    check(&masked(0x89, &[0; 126]), ProtocolError::BadControlFrame);
    check(
        &[0x82, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ProtocolError::BadLength,
    );
}

#[test]
fn corrupted_bytes_do_not_panic() {
    let bytes = [
        masked(0x02, b"Hel"),
        masked(0x89, b"?"),
        masked(0x80, b"lo"),
    ]
    .concat();
    for at in 0..bytes.len() {
        for flip in [0x01, 0x0f, 0x80, 0xff] {
            let mut broken = bytes.clone();
            broken[at] ^= flip;
            fuzz(&broken, at);
        }
    }
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
