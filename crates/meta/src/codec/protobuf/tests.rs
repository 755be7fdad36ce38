//! What cannot be read is told in Go's words.

use super::*;
use crate::ObjectMeta;

/// The words of the refusal, or the name that was read.
fn read(body: &[u8]) -> String {
    let mut meta = ObjectMeta::default();
    match from_protobuf_into(&mut meta, body) {
        Ok(()) => meta.name.to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn messages() {
    let cases: &[(&[u8], &str)] = &[
        (b"\x0a\x01a", "a"),
        (b"\x0a\x02a\xff", "a\u{fffd}"),
        (b"\x0a\x02a", "unexpected EOF"),
        (b"\x08\x01", "proto: wrong wireType = 0 for field Name"),
        (b"\x0b", "proto: wrong wireType = 3 for field Name"),
        (
            b"\x02\x00",
            "proto: ObjectMeta: illegal tag 0 (wire type 2)",
        ),
        (
            b"\x80\x80\x80\x80\x80\x01",
            "proto: ObjectMeta: illegal tag 0 (wire type 34359738368)",
        ),
        (
            b"\x0c",
            "proto: ObjectMeta: wiretype end group for non-group",
        ),
        (b"\xa6\x06", "proto: illegal wireType 6"),
        (b"\xa3\x06", "unexpected EOF"),
        // A group of a field that is not known, with another one in it.
        (b"\xa3\x06\x08\x01\xab\x06\xac\x06\xa4\x06\x0a\x01a", "a"),
        (b"\xa3\x06\x07\xa4\x06", "proto: illegal wireType 7"),
        (
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            "proto: negative length found during unmarshaling",
        ),
        (
            b"\x42\x02\x02\x00",
            "proto: Timestamp: illegal tag 0 (wire type 2)",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(read(body), *expected, "{body:x?}");
    }
}

#[test]
fn envelopes() {
    for (document, words) in [
        (&b"k8s\0"[..], "empty body"),
        (
            b"k8s\0\x08\x01",
            "proto: wrong wireType = 0 for field TypeMeta",
        ),
        (
            b"k8s\0\x0a\x02\x10\x01",
            "proto: wrong wireType = 0 for field Kind",
        ),
        (
            b"k8s\0\x00\x01",
            "proto: Unknown: illegal tag 0 (wire type 0)",
        ),
    ] {
        let error = Unknown::parse(document).unwrap_err();
        assert_eq!(error.to_string(), words, "{document:x?}");
    }
}
