//! Frames byte for byte, and conversations between the two ends over an in-memory stream.

use super::frame::{Decoder, Encoder, Frame};
use super::{Connection, ProtocolError, Session, fuzz};
use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn decode_all(decoder: &mut Decoder, bytes: &[u8]) -> Vec<Frame> {
    decoder.buffer().extend_from_slice(bytes);
    std::iter::from_fn(|| decoder.next().unwrap()).collect()
}

fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn frames_survive_the_wire_in_any_cut() {
    let frames = [
        Frame::SynStream {
            stream: 1,
            fin: false,
            headers: headers(&[("streamtype", "stdin"), ("port", "80")]),
        },
        Frame::SynStream {
            stream: 3,
            fin: true,
            headers: headers(&[("streamtype", "stdout")]),
        },
        Frame::SynReply {
            stream: 1,
            fin: false,
            headers: Vec::new(),
        },
        Frame::Headers {
            stream: 1,
            fin: true,
            headers: headers(&[("x", "")]),
        },
        Frame::RstStream {
            stream: 3,
            status: 5,
        },
        Frame::Settings {
            initial_window_bytes: Some(1 << 20),
        },
        Frame::Settings {
            initial_window_bytes: None,
        },
        Frame::Ping { id: 7 },
        Frame::WindowUpdate {
            stream: 0,
            delta: 4096,
        },
        Frame::GoAway { last_stream: 3 },
        Frame::Data {
            stream: 1,
            fin: true,
            bytes: Bytes::new(),
        },
    ];
    let mut encoder = Encoder::new();
    let mut bytes = Vec::new();
    frames
        .iter()
        .for_each(|frame| encoder.encode(frame, &mut bytes));
    for cut in 0..bytes.len() {
        let mut decoder = Decoder::new();
        let mut seen = decode_all(&mut decoder, &bytes[..cut]);
        seen.extend(decode_all(&mut decoder, &bytes[cut..]));
        assert_eq!(seen, frames, "cut at {cut}");
    }
}

/// The first block of a connection as any implementation writes it begins with the zlib header that names the
/// draft's dictionary.
#[test]
fn header_blocks_name_the_dictionary() {
    let mut bytes = Vec::new();
    let frame = Frame::SynStream {
        stream: 1,
        fin: false,
        headers: headers(&[("streamtype", "error")]),
    };
    Encoder::new().encode(&frame, &mut bytes);
    assert_eq!(
        bytes[..8],
        [0x80, 0x03, 0x00, 0x01, 0x00, 0x00, 0x00, bytes[7]]
    );
    assert_eq!(bytes[20..24], [0xe3, 0xc6, 0xa7, 0xc2]);
}

#[test]
fn data_comes_in_pieces_and_ends_once() {
    let mut bytes = Vec::new();
    Encoder::new().encode(
        &Frame::Data {
            stream: 5,
            fin: true,
            bytes: Bytes::from_static(b"hello"),
        },
        &mut bytes,
    );
    let mut decoder = Decoder::new();
    let first = decode_all(&mut decoder, &bytes[..10]);
    assert_eq!(
        first,
        [Frame::Data {
            stream: 5,
            fin: false,
            bytes: Bytes::from_static(b"he")
        }]
    );
    let second = decode_all(&mut decoder, &bytes[10..]);
    assert_eq!(
        second,
        [Frame::Data {
            stream: 5,
            fin: true,
            bytes: Bytes::from_static(b"llo")
        }]
    );
}

#[test]
fn bad_frames_are_refused() {
    let check = |bytes: &[u8], error: ProtocolError| {
        let mut decoder = Decoder::new();
        decoder.buffer().extend_from_slice(bytes);
        assert_eq!(decoder.next(), Err(error), "{bytes:x?}");
    };
    check(
        &[0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1],
        ProtocolError::UnsupportedVersion { version: 2 },
    );
    check(
        &[0x80, 3, 0, 6, 0, 1, 0, 1],
        ProtocolError::ControlFrameTooLarge { bytes: 65537 },
    );
    check(
        &[0x80, 3, 0, 6, 0, 0, 0, 1, 0],
        ProtocolError::TruncatedFrame,
    );
    check(
        &[0x80, 3, 0, 4, 0, 0, 0, 4, 0, 0, 0, 9],
        ProtocolError::TruncatedFrame,
    );
    check(
        &[0x80, 3, 0, 2, 0, 0, 0, 6, 0, 0, 0, 1, 1, 2],
        ProtocolError::BadCompression,
    );
    check(
        &[0x80, 3, 0, 2, 0, 0, 0, 4, 0, 0, 0, 1],
        ProtocolError::TruncatedHeaderBlock,
    );
}

#[test]
fn a_header_block_that_explodes_is_refused() {
    let many = headers(&[("x", "y"); 500]);
    let huge = headers(&[("x", "y".repeat(70_000).as_str())]);
    for (headers, error) in [
        (many, ProtocolError::TooManyHeaders),
        (huge, ProtocolError::HeaderBlockTooLarge),
    ] {
        let mut bytes = Vec::new();
        Encoder::new().encode(
            &Frame::SynReply {
                stream: 1,
                fin: false,
                headers,
            },
            &mut bytes,
        );
        let mut decoder = Decoder::new();
        decoder.buffer().extend_from_slice(&bytes);
        assert_eq!(decoder.next(), Err(error));
    }
}

/// Every two-byte corruption of a short conversation is survived.
#[test]
fn corrupted_bytes_do_not_panic() {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new();
    encoder.encode(
        &Frame::SynStream {
            stream: 1,
            fin: false,
            headers: headers(&[("a", "b")]),
        },
        &mut bytes,
    );
    encoder.encode(
        &Frame::Data {
            stream: 1,
            fin: true,
            bytes: Bytes::from_static(b"xyz"),
        },
        &mut bytes,
    );
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut broken = bytes.clone();
            broken[at] ^= flip;
            fuzz(&broken, at);
        }
    }
}

async fn echo(mut session: Session) {
    while let Some(stream) = session.accept().await {
        tokio::spawn(async move {
            let (mut read, mut write) = tokio::io::split(stream);
            let _ = tokio::io::copy(&mut read, &mut write).await;
            let _ = write.shutdown().await;
        });
    }
}

#[tokio::test]
async fn streams_echo_megabytes_at_once() {
    let (near, far) = tokio::io::duplex(4096);
    let (session, server) = Connection::server(far);
    let (opener, _client_session, client) = Connection::client(near);
    tokio::spawn(server.run());
    tokio::spawn(client.run());
    tokio::spawn(echo(session));
    let mut tasks = Vec::new();
    for number in 0_u8..4 {
        let stream = opener
            .open(headers(&[("streamtype", "data")]))
            .await
            .unwrap();
        tasks.push(tokio::spawn(async move {
            let sent = vec![number; 1 << 20];
            let (mut read, mut write) = tokio::io::split(stream);
            let mut received = Vec::new();
            let (_, _) = tokio::join!(
                async {
                    write.write_all(&sent).await.unwrap();
                    write.shutdown().await.unwrap();
                },
                async { read.read_to_end(&mut received).await.unwrap() }
            );
            assert!(received == sent);
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

/// A peer that uses windows is held to them: after one update, no byte beyond.
#[tokio::test]
async fn the_window_binds_whoever_uses_it() {
    let (mut near, far) = tokio::io::duplex(1 << 20);
    let (mut session, server) = Connection::server(far);
    tokio::spawn(server.run());
    let mut encoder = Encoder::new();
    let mut bytes = Vec::new();
    encoder.encode(
        &Frame::SynStream {
            stream: 1,
            fin: false,
            headers: Vec::new(),
        },
        &mut bytes,
    );
    encoder.encode(
        &Frame::WindowUpdate {
            stream: 1,
            delta: 10,
        },
        &mut bytes,
    );
    encoder.encode(&Frame::Ping { id: 1 }, &mut bytes);
    near.write_all(&bytes).await.unwrap();
    let mut stream = session.accept().await.unwrap();
    let mut decoder = Decoder::new();
    let mut frames = Vec::new();
    while !frames.contains(&Frame::Ping { id: 1 }) {
        near.read_buf(decoder.buffer()).await.unwrap();
        frames.extend(std::iter::from_fn(|| decoder.next().unwrap()));
    }
    let writer = tokio::spawn(async move {
        stream.write_all(&vec![7; 100_000]).await.unwrap();
        stream.shutdown().await.unwrap();
    });
    let allowed = 65_536 + 10;
    let mut received = 0;
    while received < allowed {
        near.read_buf(decoder.buffer()).await.unwrap();
        received += data_bytes(&mut decoder);
    }
    assert_eq!((received, writer.is_finished()), (allowed, false));
    bytes.clear();
    encoder.encode(
        &Frame::WindowUpdate {
            stream: 1,
            delta: 1 << 20,
        },
        &mut bytes,
    );
    near.write_all(&bytes).await.unwrap();
    while received < 100_000 {
        near.read_buf(decoder.buffer()).await.unwrap();
        received += data_bytes(&mut decoder);
    }
    writer.await.unwrap();
}

fn data_bytes(decoder: &mut Decoder) -> usize {
    let frames = std::iter::from_fn(|| decoder.next().unwrap());
    frames
        .map(|frame| {
            if let Frame::Data { bytes, .. } = frame {
                bytes.len()
            } else {
                0
            }
        })
        .sum()
}

#[tokio::test]
async fn a_reset_breaks_both_directions() {
    let (mut near, far) = tokio::io::duplex(4096);
    let (mut session, server) = Connection::server(far);
    tokio::spawn(server.run());
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new();
    encoder.encode(
        &Frame::SynStream {
            stream: 1,
            fin: false,
            headers: Vec::new(),
        },
        &mut bytes,
    );
    encoder.encode(
        &Frame::RstStream {
            stream: 1,
            status: 5,
        },
        &mut bytes,
    );
    near.write_all(&bytes).await.unwrap();
    let mut stream = session.accept().await.unwrap();
    assert_eq!(
        stream.read_u8().await.unwrap_err().kind(),
        std::io::ErrorKind::ConnectionReset
    );
    assert_eq!(
        stream.write_u8(1).await.unwrap_err().kind(),
        std::io::ErrorKind::ConnectionReset
    );
}

#[tokio::test]
async fn a_close_flushes_what_was_written() {
    let (mut near, far) = tokio::io::duplex(1 << 20);
    let (mut session, server) = Connection::server(far);
    let server = tokio::spawn(server.run());
    let mut bytes = Vec::new();
    Encoder::new().encode(
        &Frame::SynStream {
            stream: 1,
            fin: false,
            headers: Vec::new(),
        },
        &mut bytes,
    );
    near.write_all(&bytes).await.unwrap();
    let mut stream = session.accept().await.unwrap();
    stream.write_all(b"status").await.unwrap();
    stream.shutdown().await.unwrap();
    session.close().await;
    let mut rest = Vec::new();
    near.read_to_end(&mut rest).await.unwrap();
    drop(near);
    server.await.unwrap().unwrap();
    let frames = decode_all(&mut Decoder::new(), &rest);
    assert_eq!(
        frames[1..],
        [
            Frame::Data {
                stream: 1,
                fin: false,
                bytes: Bytes::from_static(b"status")
            },
            Frame::Data {
                stream: 1,
                fin: true,
                bytes: Bytes::new()
            },
            Frame::GoAway { last_stream: 0 },
        ]
    );
}
