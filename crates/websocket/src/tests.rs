//! Frames byte for byte (RFC 6455's own examples).
use super::{Decoder, Event, ProtocolError, accept_key, encode_masked, fuzz};
use bytes::Bytes;

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
