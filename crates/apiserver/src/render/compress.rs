//! gzip for large answers, as upstream: only above 128 KiB, and never for streams.
use crate::body::{Body, Piece, Segments, Streaming};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{HeaderValue, Response, header};
use std::{
    collections::VecDeque,
    io::{self, Write},
    task::{Context, Poll},
};

const PLAIN_BYTES_MAX: u64 = 128 * 1024;
/// Input read for one piece of output.
const STEP_BYTES: usize = 256 * 1024;

/// Compresses an answer that is large enough; the client has said that it takes gzip.
pub(crate) fn compressed(response: Response<Body>) -> Response<Body> {
    if response
        .body()
        .exact_len()
        .is_none_or(|length| length <= PLAIN_BYTES_MAX)
    {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let body = match body.into_pieces() {
        Ok(pieces) => {
            // It was the length of what is compressed.
            head.headers.remove(header::CONTENT_LENGTH);
            head.headers
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            head.headers
                .append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
            Body::streaming(Gzip {
                pieces: pieces.into(),
                encoder: Some(GzEncoder::new(Vec::new(), Compression::fast())),
            })
        }
        Err(body) => body,
    };
    Response::from_parts(head, body)
}

struct Gzip {
    pieces: VecDeque<Piece>,
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Streaming for Gzip {
    fn poll_segments(&mut self, _context: &mut Context<'_>) -> Poll<Option<io::Result<Segments>>> {
        Poll::Ready(self.next().map(Ok))
    }
}

impl Gzip {
    fn next(&mut self) -> Option<Segments> {
        let encoder = self.encoder.as_mut()?;
        let mut read = 0;
        while read < STEP_BYTES {
            let Some(piece) = self.pieces.pop_front() else {
                break;
            };
            read += piece.len();
            piece.write_to(|part| encoder.write_all(part).expect("a Vec takes all writes"));
        }
        if self.pieces.is_empty() {
            let last = self
                .encoder
                .take()
                .and_then(|encoder| encoder.finish().ok())
                .unwrap_or_default();
            return Some(Segments::from(Bytes::from(last)));
        }
        let out = std::mem::take(encoder.get_mut());
        Some(Segments::from(Bytes::from(out)))
    }
}
