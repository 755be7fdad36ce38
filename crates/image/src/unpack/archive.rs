//! Tar archives (ustar, GNU, PAX) as a stream of entries, with bounded extended headers.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Read;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use super::UnpackError;

const BLOCK_BYTES: usize = 512;
/// Of one extended header: long names, PAX records.
const EXTENSION_BYTES_MAX: u64 = 1 << 20;
const XATTR_PREFIX: &[u8] = b"SCHILY.xattr.";

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Directory,
    Symlink { target: PathBuf },
    HardLink { target: PathBuf },
    CharacterDevice { major: u32, minor: u32 },
    BlockDevice { major: u32, minor: u32 },
    Fifo,
}

/// One entry's metadata; its bytes follow in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As in the archive, unchecked.
    pub path: PathBuf,
    pub kind: Kind,
    /// Permission bits, with set-id and sticky.
    pub mode: u32,
    pub uid: u32,
    pub gid: u32,
    /// Seconds since 1970.
    pub mtime_seconds: i64,
    pub xattrs: BTreeMap<String, Vec<u8>>,
    pub size: u64,
}

/// Reads an archive from front to back.
#[derive(Debug)]
pub struct Archive<R> {
    inner: R,
    /// Bytes of the present entry that are still in the stream, and the padding after them.
    body: u64,
    padding: u64,
}

#[derive(Default)]
struct Extensions {
    path: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    pax: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl<R: Read> Archive<R> {
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            body: 0,
            padding: 0,
        }
    }

    /// The stream behind the archive, wherever it stands.
    pub fn into_inner(self) -> R {
        self.inner
    }

    /// Skips the rest of the present entry and reads the next one's metadata; `None` at the end.
    ///
    /// # Errors
    /// When the archive is cut off or malformed.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, UnpackError> {
        let mut extensions = Extensions::default();
        loop {
            self.skip()?;
            let Some(header) = self.header()? else {
                return Ok(None);
            };
            let size = header.entry_size().map_err(read)?;
            let kind = header.entry_type();
            if kind.is_gnu_longname() {
                extensions.path = Some(until_zero(self.extension(size)?));
            } else if kind.is_gnu_longlink() {
                extensions.link = Some(until_zero(self.extension(size)?));
            } else if kind.is_pax_local_extensions() {
                extensions.pax = pax_records(&self.extension(size)?)?;
            } else if kind.is_pax_global_extensions() {
                self.extension(size)?;
            } else {
                return self.entry(&header, size, extensions).map(Some);
            }
        }
    }

    /// Reads bytes of the present entry; 0 at its end.
    ///
    /// # Errors
    /// When the stream fails or is cut off.
    pub fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let want = usize::try_from(self.body)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        if want == 0 {
            return Ok(0);
        }
        let count = self.inner.read(&mut buffer[..want])?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        self.body -= count as u64;
        Ok(count)
    }

    fn entry(
        &mut self,
        header: &tar::Header,
        size: u64,
        ext: Extensions,
    ) -> Result<Entry, UnpackError> {
        let pax = |key: &str| ext.pax.get(key.as_bytes());
        let number =
            |key: &str| pax(key).and_then(|v| std::str::from_utf8(v).ok()?.parse::<u64>().ok());
        let size = number("size").unwrap_or(size);
        let path = pax("path")
            .cloned()
            .or(ext.path)
            .unwrap_or_else(|| header.path_bytes().into_owned());
        let link = pax("linkpath").cloned().or(ext.link);
        let link = link.or_else(|| header.link_name_bytes().map(std::borrow::Cow::into_owned));
        let kind = kind_of(header, link, path.ends_with(b"/"))?;
        // Only files have bytes; some archives give links a size all the same.
        let body = if kind == Kind::File { size } else { 0 };
        self.expect_body(body);
        let mtime = pax("mtime").and_then(|v| seconds(v));
        let mtime_seconds =
            mtime.unwrap_or_else(|| i64::try_from(header.mtime().unwrap_or(0)).unwrap_or(0));
        let id = |pax: Option<u64>, plain: std::io::Result<u64>| {
            u32::try_from(pax.map_or(plain, Ok).unwrap_or(0))
                .map_err(|_| malformed("user id above 32 bits"))
        };
        let xattrs = ext.pax.iter().filter_map(|(key, value)| {
            let name = std::str::from_utf8(key.strip_prefix(XATTR_PREFIX)?).ok()?;
            Some((name.to_owned(), value.clone()))
        });
        Ok(Entry {
            kind,
            mode: header.mode().map_err(read)? & 0o7777,
            uid: id(number("uid"), header.uid())?,
            gid: id(number("gid"), header.gid())?,
            mtime_seconds,
            xattrs: xattrs.collect(),
            path: PathBuf::from(OsString::from_vec(path)),
            size: body,
        })
    }

    fn expect_body(&mut self, size: u64) {
        let block = BLOCK_BYTES as u64;
        self.body = size;
        self.padding = (block - size % block) % block;
    }

    fn skip(&mut self) -> Result<(), UnpackError> {
        let rest = self.body.saturating_add(self.padding);
        let skipped = std::io::copy(&mut self.inner.by_ref().take(rest), &mut std::io::sink())
            .map_err(read)?;
        (self.body, self.padding) = (0, 0);
        if skipped == rest {
            Ok(())
        } else {
            Err(malformed("cut off inside an entry"))
        }
    }

    fn extension(&mut self, size: u64) -> Result<Vec<u8>, UnpackError> {
        if size > EXTENSION_BYTES_MAX {
            return Err(malformed("extended header above 1 MiB"));
        }
        self.expect_body(size);
        let mut bytes = Vec::new();
        self.inner
            .by_ref()
            .take(size)
            .read_to_end(&mut bytes)
            .map_err(read)?;
        self.body -= bytes.len() as u64;
        if self.body == 0 {
            Ok(bytes)
        } else {
            Err(malformed("cut off inside an extended header"))
        }
    }

    /// The next header; `None` at the end of the archive or of the stream.
    fn header(&mut self) -> Result<Option<tar::Header>, UnpackError> {
        let mut block = Vec::with_capacity(BLOCK_BYTES);
        self.inner
            .by_ref()
            .take(BLOCK_BYTES as u64)
            .read_to_end(&mut block)
            .map_err(read)?;
        if block.is_empty() || (block.len() == BLOCK_BYTES && block.iter().all(|b| *b == 0)) {
            return Ok(None);
        }
        let bytes: &[u8; BLOCK_BYTES] = block
            .as_slice()
            .try_into()
            .map_err(|_| malformed("cut off inside a header"))?;
        let header = tar::Header::from_byte_slice(bytes).clone();
        let sum: u32 = bytes[..148]
            .iter()
            .chain(&bytes[156..])
            .map(|b| u32::from(*b))
            .sum::<u32>()
            + 8 * 32;
        if header.cksum().map_err(read)? == sum {
            Ok(Some(header))
        } else {
            Err(malformed("wrong checksum"))
        }
    }
}

fn kind_of(header: &tar::Header, link: Option<Vec<u8>>, slash: bool) -> Result<Kind, UnpackError> {
    use tar::EntryType;
    let target = || {
        let link = link
            .filter(|l| !l.is_empty())
            .ok_or_else(|| malformed("link without a target"))?;
        Ok(PathBuf::from(OsString::from_vec(link)))
    };
    let device = || {
        let major = header.device_major().map_err(read)?.unwrap_or(0);
        let minor = header.device_minor().map_err(read)?.unwrap_or(0);
        Ok::<_, UnpackError>((major, minor))
    };
    match header.entry_type() {
        // Very old archives mark directories by a slash alone.
        EntryType::Regular | EntryType::Continuous if slash => Ok(Kind::Directory),
        EntryType::Regular | EntryType::Continuous => Ok(Kind::File),
        EntryType::Directory => Ok(Kind::Directory),
        EntryType::Symlink => Ok(Kind::Symlink { target: target()? }),
        EntryType::Link => Ok(Kind::HardLink { target: target()? }),
        EntryType::Char => device().map(|(major, minor)| Kind::CharacterDevice { major, minor }),
        EntryType::Block => device().map(|(major, minor)| Kind::BlockDevice { major, minor }),
        EntryType::Fifo => Ok(Kind::Fifo),
        _ => Err(malformed("entry of an unknown type")),
    }
}

/// `length key=value\n`, where the length counts the whole record (POSIX pax).
fn pax_records(mut bytes: &[u8]) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, UnpackError> {
    let mut records = BTreeMap::new();
    let wrong = || malformed("wrong PAX record");
    while !bytes.is_empty() {
        let space = bytes.iter().position(|b| *b == b' ').ok_or_else(wrong)?;
        let length = std::str::from_utf8(&bytes[..space])
            .ok()
            .and_then(|l| l.parse::<usize>().ok());
        let length = length
            .filter(|l| *l > space + 1 && *l <= bytes.len())
            .ok_or_else(wrong)?;
        let record = bytes[space + 1..length]
            .strip_suffix(b"\n")
            .ok_or_else(wrong)?;
        let equals = record.iter().position(|b| *b == b'=').ok_or_else(wrong)?;
        records.insert(record[..equals].to_vec(), record[equals + 1..].to_vec());
        bytes = &bytes[length..];
    }
    Ok(records)
}

fn until_zero(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    bytes.truncate(end);
    bytes
}

/// PAX times have fractions.
fn seconds(value: &[u8]) -> Option<i64> {
    std::str::from_utf8(value)
        .ok()?
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn malformed(reason: &'static str) -> UnpackError {
    UnpackError::Malformed { reason }
}

fn read(source: std::io::Error) -> UnpackError {
    UnpackError::Read { source }
}
