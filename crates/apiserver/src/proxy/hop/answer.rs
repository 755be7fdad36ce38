//! Answers on their way back.
use super::{HopError, Links, strip};
use crate::{
    body::{Body, Piece, Segments, Streaming},
    node_proxy::Relay,
    proxy::html::Rewriter,
};
use bytes::{Buf, Bytes};
use flate2::{
    Compression,
    write::{DeflateDecoder, DeflateEncoder, GzDecoder, GzEncoder},
};
use http::{HeaderMap, HeaderValue, Response, header};
use hyper::body::Incoming;
use std::{
    collections::VecDeque,
    io::{self, Write},
    task::{Context, Poll, ready},
};

/// What a backend says of other origins is not true of this one.
const OTHER_ORIGINS: &[&str] = &[
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
];

/// Compressed bytes that are read at once: they may become a thousand times as many.
const STEP_BYTES: usize = 1024;

/// As it came, but for what belongs to the connection.
pub(super) fn relayed(answer: Response<Incoming>) -> Response<Body> {
    let (mut parts, body) = answer.into_parts();
    strip(&mut parts.headers);
    built(parts, Relay(body))
}

fn built(parts: http::response::Parts, body: impl Streaming + 'static) -> Response<Body> {
    let mut response = Response::new(Body::streaming(body));
    *response.status_mut() = parts.status;
    *response.headers_mut() = parts.headers;
    let headers = response.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        let value = HeaderValue::from_static("no-cache, private");
        headers.insert(header::CACHE_CONTROL, value);
    }
    response
}

/// The same with links that lead back through us.
pub(super) fn passed_back(
    answer: Response<Incoming>,
    links: Links,
) -> Result<Response<Body>, HopError> {
    let (mut parts, body) = answer.into_parts();
    let headers = &mut parts.headers;
    strip(headers);
    for name in OTHER_ORIGINS {
        headers.remove(*name);
    }
    if let Some(location) = headers.get(header::LOCATION) {
        let target = String::from_utf8_lossy(location.as_bytes()).into_owned();
        if !target.is_empty() {
            let target = links.rewritten(&target).map_err(HopError::Redirect)?;
            if let Ok(target) = HeaderValue::from_str(&target) {
                headers.insert(header::LOCATION, target);
            }
            return Ok(built(parts, Relay(body)));
        }
    }
    let Some(coding) = coding_of_html(headers) else {
        return Ok(built(parts, Relay(body)));
    };
    headers.remove(header::CONTENT_LENGTH);
    let page = Page {
        body: Relay(body),
        unread: VecDeque::new(),
        coding,
        rewriter: Rewriter::new(),
        links,
        ended: false,
    };
    Ok(built(parts, page))
}

/// How HTML is compressed, where the answer is HTML and can be read.
fn coding_of_html(headers: &HeaderMap) -> Option<Coding> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    if kind.split(';').next()?.trim() != "text/html" {
        return None;
    }
    let coding = headers.get(header::CONTENT_ENCODING);
    match coding.map_or(&b""[..], HeaderValue::as_bytes) {
        b"" => Some(Coding::Plain),
        b"gzip" => Some(Coding::Compressed {
            decoder: Box::new(GzDecoder::new(Vec::new())),
            encoder: Box::new(GzEncoder::new(Vec::new(), Compression::default())),
        }),
        b"deflate" => Some(Coding::Compressed {
            decoder: Box::new(DeflateDecoder::new(Vec::new())),
            encoder: Box::new(DeflateEncoder::new(Vec::new(), Compression::default())),
        }),
        _ => None,
    }
}

/// One direction of a compression, into a buffer of its own.
trait Filter: Write + Send {
    /// Writes what was held back: nothing more comes.
    fn finish(&mut self) -> io::Result<()>;

    /// What has come out since the last call.
    fn take(&mut self) -> Vec<u8>;
}

macro_rules! filters {
    ($($filter:ident),*) => {$(
        impl Filter for $filter<Vec<u8>> {
            fn finish(&mut self) -> io::Result<()> {
                self.try_finish()
            }

            fn take(&mut self) -> Vec<u8> {
                std::mem::take(self.get_mut())
            }
        }
    )*};
}

filters!(DeflateDecoder, DeflateEncoder, GzDecoder, GzEncoder);

enum Coding {
    Plain,
    Compressed {
        decoder: Box<dyn Filter>,
        encoder: Box<dyn Filter>,
    },
}

impl Coding {
    fn read(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let Self::Compressed { decoder, .. } = self else {
            return Ok(bytes.to_vec());
        };
        decoder.write_all(bytes)?;
        Ok(decoder.take())
    }

    /// What is left to read when there is no more to come.
    fn read_end(&mut self) -> io::Result<Vec<u8>> {
        let Self::Compressed { decoder, .. } = self else {
            return Ok(Vec::new());
        };
        decoder.finish()?;
        Ok(decoder.take())
    }

    fn write(&mut self, bytes: Vec<u8>, last: bool) -> io::Result<Vec<u8>> {
        let Self::Compressed { encoder, .. } = self else {
            return Ok(bytes);
        };
        encoder.write_all(&bytes)?;
        if last {
            encoder.finish()?;
        } else {
            encoder.flush()?;
        }
        Ok(encoder.take())
    }
}

/// An HTML page whose links are rewritten as it comes.
struct Page {
    body: Relay,
    unread: VecDeque<Bytes>,
    coding: Coding,
    rewriter: Rewriter,
    links: Links,
    ended: bool,
}

impl Page {
    /// Rewrites the next bytes; empty when a tag goes on in what is still to come.
    fn step(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let read = self.coding.read(bytes)?;
        let mut out = Vec::with_capacity(read.len());
        self.rewriter.feed(&read, &self.links, &mut out);
        if out.is_empty() {
            return Ok(out);
        }
        self.coding.write(out, false)
    }

    fn finish(&mut self) -> io::Result<Vec<u8>> {
        let read = self.coding.read_end()?;
        let mut out = Vec::new();
        self.rewriter.feed(&read, &self.links, &mut out);
        self.rewriter.finish(&mut out);
        self.coding.write(out, true)
    }
}

impl Streaming for Page {
    fn poll_segments(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Segments>>> {
        loop {
            if let Some(mut bytes) = self.unread.pop_front() {
                let next = match self.coding {
                    Coding::Plain => bytes,
                    _ => {
                        let next = bytes.split_to(bytes.len().min(STEP_BYTES));
                        if !bytes.is_empty() {
                            self.unread.push_front(bytes);
                        }
                        next
                    }
                };
                match self.step(&next) {
                    Ok(out) if out.is_empty() => continue,
                    out => return Poll::Ready(Some(out.map(segments))),
                }
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match ready!(self.body.poll_segments(context)) {
                Some(Ok(mut more)) => {
                    let length = more.remaining();
                    self.unread.push_back(more.copy_to_bytes(length));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    self.ended = true;
                    return Poll::Ready(Some(self.finish().map(segments)));
                }
            }
        }
    }
}

fn segments(bytes: Vec<u8>) -> Segments {
    let mut segments = Segments::default();
    segments.push(Piece::Bytes(bytes.into()));
    segments
}
