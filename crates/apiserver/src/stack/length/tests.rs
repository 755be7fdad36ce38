//! Lengths told, by version, method and size.

use super::told;
use crate::body::Body;
use http::{Method, Response, Version, header::CONTENT_LENGTH};
use http_body::Body as _;

/// What a client is told of the length of an answer of so many bytes: by its field, else by its body.
fn tells(version: Version, method: &Method, bytes: usize, is_known: bool) -> Option<u64> {
    let mut answer = Response::new(Body::from(vec![b'x'; bytes]));
    if is_known {
        answer.headers_mut().insert(CONTENT_LENGTH, bytes.into());
    }
    let answer = told(version, method, answer);
    let field = answer.headers().get(CONTENT_LENGTH);
    let field = field.map(|length| length.to_str().unwrap().parse().unwrap());
    field.or(answer.body().size_hint().exact())
}

#[test]
fn answers_of_one_buffer_tell_their_length() {
    use Version as V;
    let (get, head) = (Method::GET, Method::HEAD);
    let cases = [
        (V::HTTP_11, &get, 0, false, Some(0)),
        (V::HTTP_11, &get, 2048, false, Some(2048)),
        (V::HTTP_11, &get, 2049, false, None),
        (V::HTTP_11, &get, 2049, true, Some(2049)),
        (V::HTTP_2, &get, 4096, false, Some(4096)),
        (V::HTTP_2, &get, 4097, false, None),
        (V::HTTP_11, &head, 0, false, None),
        (V::HTTP_11, &head, 2048, false, Some(2048)),
        (V::HTTP_11, &head, 2049, false, None),
        (V::HTTP_2, &head, 2049, false, Some(2049)),
        (V::HTTP_2, &head, 9000, true, Some(9000)),
    ];
    for (version, method, bytes, is_known, expected) in cases {
        let told = tells(version, method, bytes, is_known);
        assert_eq!(told, expected, "{version:?} {method} {bytes} {is_known}");
    }
}
