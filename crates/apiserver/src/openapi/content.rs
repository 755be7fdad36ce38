//! Parts and conditions of a document, as Go's `http.ServeContent` has them (RFC 9110, sections 13 and 14).
use super::bare;
use crate::{body::Body, discovery, status};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::{
    Timestamp,
    fmt::rfc2822::{DateTimeParser, DateTimePrinter},
};
use std::ops::Range;

/// What is known of a document before it is made.
pub(super) struct Identity<'a> {
    pub(super) etag: Option<&'a str>,
    pub(super) modified: Timestamp,
    pub(super) media: &'static str,
}

impl Identity<'_> {
    /// The answer that a condition of the request makes of it, if any.
    pub(super) fn condition(&self, asked: &HeaderMap) -> Option<Response<Body>> {
        if self.is_unmatched(asked) {
            let mut answer = self.identified(bare(StatusCode::PRECONDITION_FAILED));
            // The index does not know its type yet.
            if self.etag.is_some() {
                set(&mut answer, header::CONTENT_TYPE, self.media);
            }
            return Some(answer);
        }
        if !self.is_known(asked) {
            return None;
        }
        let mut answer = self.identified(bare(StatusCode::NOT_MODIFIED));
        if self.etag.is_some() {
            answer.headers_mut().remove(header::LAST_MODIFIED);
        }
        Some(answer)
    }

    /// All of `document`, or the parts that the request asks for, which `boundary` divides.
    pub(super) fn answer(
        &self,
        asked: &HeaderMap,
        document: Vec<u8>,
        boundary: &str,
    ) -> Response<Body> {
        let size = document.len();
        let wanted = text(asked, &header::RANGE).filter(|_| self.takes_ranges(asked));
        let ranges = match ranges(wanted.unwrap_or(""), size) {
            Ok(ranges) => ranges,
            Err(refused) => return refused.answer(size),
        };
        let media = HeaderValue::from_static(self.media);
        let total: usize = ranges.iter().map(ExactSizeIterator::len).sum();
        let mut answer = match &*ranges {
            [range] if total <= size => {
                let part = document[range.clone()].to_vec();
                let mut answer = status::with_body(StatusCode::PARTIAL_CONTENT, media, part.into());
                set(&mut answer, header::CONTENT_RANGE, &place(range, size));
                answer
            }
            [_, _, ..] if total <= size => {
                let parts = multipart(&document, &ranges, self.media, boundary);
                let mut answer =
                    status::with_body(StatusCode::PARTIAL_CONTENT, media, parts.into());
                let media = format!("multipart/byteranges; boundary={boundary}");
                set(&mut answer, header::CONTENT_TYPE, &media);
                answer
            }
            _ => status::with_body(StatusCode::OK, media, document.into()),
        };
        if let Some(length) = answer.body().exact_len() {
            let length = HeaderValue::from(length);
            answer.headers_mut().insert(header::CONTENT_LENGTH, length);
        }
        set(&mut answer, header::ACCEPT_RANGES, "bytes");
        self.identified(answer)
    }

    /// `If-Match`, or else `If-Unmodified-Since`.
    fn is_unmatched(&self, asked: &HeaderMap) -> bool {
        if let Some(known) = text(asked, &header::IF_MATCH) {
            let mut known = known.split(',').map(str::trim);
            return !known.any(|known| known == "*" || self.is_tag(known));
        }
        let since = date(asked, &header::IF_UNMODIFIED_SINCE);
        since.is_some_and(|since| self.modified.as_second() > since.as_second())
    }

    /// `If-None-Match`, or else `If-Modified-Since`.
    fn is_known(&self, asked: &HeaderMap) -> bool {
        if text(asked, &header::IF_NONE_MATCH).is_some() {
            return discovery::knows(asked, self.etag.unwrap_or_default());
        }
        let since = date(asked, &header::IF_MODIFIED_SINCE);
        since.is_some_and(|since| self.modified.as_second() <= since.as_second())
    }

    /// `If-Range`: a tag or a time, which must be the document's.
    fn takes_ranges(&self, asked: &HeaderMap) -> bool {
        let Some(known) = text(asked, &header::IF_RANGE) else {
            return true;
        };
        let since = date(asked, &header::IF_RANGE);
        self.is_tag(known)
            || since.is_some_and(|since| self.modified.as_second() == since.as_second())
    }

    fn is_tag(&self, known: &str) -> bool {
        let inner = known
            .strip_prefix('"')
            .and_then(|tag| tag.strip_suffix('"'));
        self.etag.is_some() && inner == self.etag
    }

    fn identified(&self, mut answer: Response<Body>) -> Response<Body> {
        if let Some(etag) = self.etag {
            set(&mut answer, header::ETAG, &format!("\"{etag}\""));
        }
        if let Ok(modified) = DateTimePrinter::new().timestamp_to_rfc9110_string(&self.modified) {
            set(&mut answer, header::LAST_MODIFIED, &modified);
        }
        answer
    }
}

#[derive(Debug, PartialEq)]
enum Refused {
    Malformed,
    /// Each begins behind the end.
    Outside,
}

impl Refused {
    fn answer(&self, size: usize) -> Response<Body> {
        let words = match self {
            Self::Malformed => "invalid range\n",
            Self::Outside => "invalid range: failed to overlap\n",
        };
        let mut answer = status::text(StatusCode::RANGE_NOT_SATISFIABLE, words);
        if *self == Self::Outside {
            set(
                &mut answer,
                header::CONTENT_RANGE,
                &format!("bytes */{size}"),
            );
        }
        answer
    }
}

/// Those of a `Range` header that lie in `size` bytes; none where there is no header.
fn ranges(wanted: &str, size: usize) -> Result<Vec<Range<usize>>, Refused> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = wanted.strip_prefix("bytes=").ok_or(Refused::Malformed)?;
    let parts = wanted.split(',').map(str::trim);
    let mut found = Vec::new();
    let mut outside = false;
    for part in parts.filter(|part| !part.is_empty()) {
        let (first, last) = part.split_once('-').ok_or(Refused::Malformed)?;
        match (first.trim(), last.trim()) {
            ("", last) => found.push(size - number(last)?.min(size)..size),
            (first, _) if number(first)? >= size => outside = true,
            (first, "") => found.push(number(first)?..size),
            (first, last) => {
                let (first, last) = (number(first)?, number(last)?);
                if first > last {
                    return Err(Refused::Malformed);
                }
                found.push(first..last.min(size - 1) + 1);
            }
        }
    }
    if found.is_empty() && outside {
        return Err(Refused::Outside);
    }
    Ok(found)
}

fn number(text: &str) -> Result<usize, Refused> {
    text.parse().map_err(|_| Refused::Malformed)
}

fn place(range: &Range<usize>, size: usize) -> String {
    let last = (range.end.max(1)) - 1;
    format!("bytes {}-{last}/{size}", range.start)
}

fn multipart(document: &[u8], ranges: &[Range<usize>], media: &str, boundary: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for range in ranges {
        let lead = if out.is_empty() { "" } else { "\r\n" };
        let place = place(range, document.len());
        let head = format!(
            "{lead}--{boundary}\r\nContent-Range: {place}\r\nContent-Type: {media}\r\n\r\n"
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(&document[range.clone()]);
    }
    out.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    out
}

fn text<'a>(asked: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let text = asked.get(name)?.to_str().ok()?;
    (!text.is_empty()).then_some(text)
}

fn date(asked: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    DateTimeParser::new()
        .parse_timestamp(text(asked, name)?)
        .ok()
}

fn set(answer: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests;
