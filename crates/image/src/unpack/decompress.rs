//! gzip, zstd or nothing, by the first bytes: media types are often wrong.

use std::io::{self, BufReader, Read};

const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const BUFFER_BYTES: usize = 64 << 10;
/// A zstd window above this would let a small file claim much memory.
const ZSTD_WINDOW_LOG_MAX: u32 = 27;

/// A reader of the plain bytes.
///
/// # Errors
/// When the first bytes cannot be read.
pub fn decompress<'a>(mut reader: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let mut head = Vec::with_capacity(ZSTD.len());
    reader
        .by_ref()
        .take(ZSTD.len() as u64)
        .read_to_end(&mut head)?;
    let kind = head.clone();
    let whole = BufReader::with_capacity(BUFFER_BYTES, io::Cursor::new(head).chain(reader));
    if kind.starts_with(&GZIP) {
        return Ok(Box::new(flate2::bufread::MultiGzDecoder::new(whole)));
    }
    if kind == ZSTD {
        let mut decoder = zstd::stream::read::Decoder::with_buffer(whole)?;
        decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
        return Ok(Box::new(decoder));
    }
    Ok(Box::new(whole))
}
