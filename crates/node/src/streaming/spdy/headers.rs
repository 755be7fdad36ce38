//! Header blocks: name and value pairs, compressed with one zlib stream per direction of a connection.
//!
//! SPDY protocol draft 3, section 2.6.10. The dictionary is built from the word list that the draft gives as
//! length-prefixed strings, followed by its plain tail; its Adler-32 is 0xe3c6a7c2.

use super::ProtocolError;
use bytes::{Buf, BufMut};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use std::sync::LazyLock;

/// Bound on a header block after decompression.
pub(crate) const HEADER_BLOCK_BYTES_MAX: usize = 64 * 1024;
/// Bound on the pairs of one header block.
pub(crate) const HEADERS_MAX: usize = 256;

/// Names (lower case) and values of one header block, in order.
pub(crate) type Headers = Vec<(String, String)>;

const WORDS: &[&str] = &[
    "options",
    "head",
    "post",
    "put",
    "delete",
    "trace",
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "accept-ranges",
    "age",
    "allow",
    "authorization",
    "cache-control",
    "connection",
    "content-base",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-md5",
    "content-range",
    "content-type",
    "date",
    "etag",
    "expect",
    "expires",
    "from",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "last-modified",
    "location",
    "max-forwards",
    "pragma",
    "proxy-authenticate",
    "proxy-authorization",
    "range",
    "referer",
    "retry-after",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "vary",
    "via",
    "warning",
    "www-authenticate",
    "method",
    "get",
    "status",
    "200 OK",
    "version",
    "HTTP/1.1",
    "url",
    "public",
    "set-cookie",
    "keep-alive",
    "origin",
];

const TAIL: &str = concat!(
    "10010120120220520630030230330430530630740240540640740840941041141241341441541641750250450520",
    "3 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unautho",
    "rized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unava",
    "ilableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat",
    ", Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+",
    "xml,text/plain,text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=is",
    "o-8859-1,utf-,*,enq=0.",
);

static DICTIONARY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bytes = Vec::with_capacity(1423);
    for word in WORDS {
        put_string(&mut bytes, word);
    }
    bytes.extend_from_slice(TAIL.as_bytes());
    assert_eq!(bytes.len(), 1423, "the draft's dictionary has 1423 bytes");
    bytes
});

/// The sending direction's compressor.
#[derive(Debug)]
pub(crate) struct Deflate(Compress);

impl Deflate {
    /// A fresh stream, primed with the dictionary.
    pub(crate) fn new() -> Self {
        let mut stream = Compress::new(Compression::fast(), true);
        stream
            .set_dictionary(&DICTIONARY)
            .expect("a fresh zlib stream takes a dictionary");
        Self(stream)
    }

    /// Appends the compressed block of `headers` to `out`.
    pub(crate) fn encode(&mut self, headers: &[(String, String)], out: &mut Vec<u8>) {
        let mut plain = Vec::with_capacity(128);
        plain.put_u32(length(headers.len()));
        for (name, value) in headers {
            put_string(&mut plain, name);
            put_string(&mut plain, value);
        }
        let mut rest = plain.as_slice();
        loop {
            out.reserve(rest.len() + 64);
            let before = self.0.total_in();
            self.0
                .compress_vec(rest, out, FlushCompress::Sync)
                .expect("compressing into a growing buffer cannot fail");
            let taken = usize::try_from(self.0.total_in() - before).unwrap_or(rest.len());
            rest = &rest[taken..];
            if rest.is_empty() && out.len() < out.capacity() {
                return;
            }
        }
    }
}

/// The receiving direction's decompressor.
#[derive(Debug)]
pub(crate) struct Inflate(Decompress);

impl Inflate {
    /// A fresh stream; the dictionary is given when the stream asks for it.
    pub(crate) fn new() -> Self {
        Self(Decompress::new(true))
    }

    /// Decompresses and splits one header block.
    pub(crate) fn decode(&mut self, compressed: &[u8]) -> Result<Headers, ProtocolError> {
        split(&self.inflate(compressed)?)
    }

    fn inflate(&mut self, compressed: &[u8]) -> Result<Vec<u8>, ProtocolError> {
        let mut plain = Vec::with_capacity(1024);
        let mut rest = compressed;
        loop {
            if plain.len() == plain.capacity() {
                plain.reserve(4096);
            }
            let (consumed, produced) = (self.0.total_in(), plain.len());
            let status = self.step(rest, &mut plain)?;
            let taken = usize::try_from(self.0.total_in() - consumed).unwrap_or(rest.len());
            rest = &rest[taken..];
            if plain.len() > HEADER_BLOCK_BYTES_MAX {
                return Err(ProtocolError::HeaderBlockTooLarge);
            }
            let room_left = plain.len() < plain.capacity();
            let stuck = taken == 0 && plain.len() == produced && room_left;
            if status == Status::StreamEnd || (rest.is_empty() && room_left) {
                return Ok(plain);
            }
            if stuck {
                return Err(ProtocolError::BadCompression);
            }
        }
    }

    fn step(&mut self, rest: &[u8], plain: &mut Vec<u8>) -> Result<Status, ProtocolError> {
        match self.0.decompress_vec(rest, plain, FlushDecompress::Sync) {
            Ok(status) => Ok(status),
            Err(error) if error.needs_dictionary().is_some() => {
                self.0
                    .set_dictionary(&DICTIONARY)
                    .map_err(|_| ProtocolError::BadCompression)?;
                Ok(Status::Ok)
            }
            Err(_) => Err(ProtocolError::BadCompression),
        }
    }
}

fn split(mut plain: &[u8]) -> Result<Headers, ProtocolError> {
    let count = take_u32(&mut plain)?;
    if count > HEADERS_MAX {
        return Err(ProtocolError::TooManyHeaders);
    }
    (0..count)
        .map(|_| {
            Ok((
                take_string(&mut plain)?.to_ascii_lowercase(),
                take_string(&mut plain)?,
            ))
        })
        .collect()
}

fn take_u32(plain: &mut &[u8]) -> Result<usize, ProtocolError> {
    if plain.len() < 4 {
        return Err(ProtocolError::TruncatedHeaderBlock);
    }
    usize::try_from(plain.get_u32()).map_err(|_| ProtocolError::TruncatedHeaderBlock)
}

fn take_string(plain: &mut &[u8]) -> Result<String, ProtocolError> {
    let length = take_u32(plain)?;
    if plain.len() < length {
        return Err(ProtocolError::TruncatedHeaderBlock);
    }
    let (head, tail) = plain.split_at(length);
    *plain = tail;
    Ok(String::from_utf8_lossy(head).into_owned())
}

fn put_string(out: &mut Vec<u8>, text: &str) {
    out.put_u32(length(text.len()));
    out.extend_from_slice(text.as_bytes());
}

fn length(length: usize) -> u32 {
    u32::try_from(length).expect("header blocks of ours are far below 4 GiB")
}
