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
        b"gzip" => Some(Coding::Gzip(
            GzDecoder::new(Vec::new()),
            GzEncoder::new(Vec::new(), Compression::default()),
        )),
        b"deflate" => Some(Coding::Deflate(
            DeflateDecoder::new(Vec::new()),
            DeflateEncoder::new(Vec::new(), Compression::default()),
        )),
        _ => None,
    }
}

enum Coding {
    Plain,
    Gzip(GzDecoder<Vec<u8>>, GzEncoder<Vec<u8>>),
    Deflate(DeflateDecoder<Vec<u8>>, DeflateEncoder<Vec<u8>>),
}

impl Coding {
    fn read(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let decoded = match self {
            Self::Plain => return Ok(bytes.to_vec()),
            Self::Gzip(decoder, _) => {
                decoder.write_all(bytes)?;
                decoder.get_mut()
            }
            Self::Deflate(decoder, _) => {
                decoder.write_all(bytes)?;
                decoder.get_mut()
            }
        };
        Ok(std::mem::take(decoded))
    }

    /// What is left to read when there is no more to come.
    fn read_end(&mut self) -> io::Result<Vec<u8>> {
        let decoded = match self {
            Self::Plain => return Ok(Vec::new()),
            Self::Gzip(decoder, _) => {
                decoder.try_finish()?;
                decoder.get_mut()
            }
            Self::Deflate(decoder, _) => {
                decoder.try_finish()?;
                decoder.get_mut()
            }
        };
        Ok(std::mem::take(decoded))
    }

    fn write(&mut self, bytes: Vec<u8>, last: bool) -> io::Result<Vec<u8>> {
        let encoded = match self {
            Self::Plain => return Ok(bytes),
            Self::Gzip(_, encoder) => {
                encoder.write_all(&bytes)?;
                if last {
                    encoder.try_finish()?;
                } else {
                    encoder.flush()?;
                }
                encoder.get_mut()
            }
            Self::Deflate(_, encoder) => {
                encoder.write_all(&bytes)?;
                if last {
                    encoder.try_finish()?;
                } else {
                    encoder.flush()?;
                }
                encoder.get_mut()
            }
        };
        Ok(std::mem::take(encoded))
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
