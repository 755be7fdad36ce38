//! Where the files of an archive lie, so that they can be read in any order.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::Path;

use crate::manifest::DOCUMENT_BYTES_MAX;
use crate::unpack::{Archive, Kind, decompress};
use crate::{ImageError, Store};

const FILES_MAX: usize = 10_000;
/// Of a compressed archive, which has to be written out to be read in any order.
const ARCHIVE_BYTES_MAX: u64 = 64 << 30;

pub(super) struct ArchiveIndex {
    file: File,
    /// Path to offset and length; links of `docker save` are followed.
    files: HashMap<String, (u64, u64)>,
}

impl ArchiveIndex {
    pub(super) fn open(path: &Path, store: &Store) -> Result<Self, ImageError> {
        let failed = |e| ImageError::io("read", path, e);
        let file = File::open(path).map_err(failed)?;
        let mut magic = [0; 4];
        let is_plain = match file.read_exact_at(&mut magic, 0) {
            Ok(()) => !(magic.starts_with(&[0x1f, 0x8b]) || magic == [0x28, 0xb5, 0x2f, 0xfd]),
            Err(_) => true,
        };
        let file = if is_plain {
            file
        } else {
            plain_copy(file, store).map_err(failed)?
        };
        let files = scan(&file).map_err(|reason| ImageError::Malformed {
            what: "image archive",
            reason,
        })?;
        Ok(Self { file, files })
    }

    pub(super) fn size(&self, path: &str) -> Option<u64> {
        self.files.get(path).map(|(_, size)| *size)
    }

    /// A small file whole; `None` when there is none.
    pub(super) fn document(&self, path: &str) -> Result<Option<Vec<u8>>, ImageError> {
        let Some((_, size)) = self.files.get(path) else {
            return Ok(None);
        };
        if *size > DOCUMENT_BYTES_MAX {
            return Err(ImageError::TooLarge {
                what: "document in the archive",
                max_bytes: DOCUMENT_BYTES_MAX,
            });
        }
        let mut bytes = Vec::new();
        self.reader(path)?
            .read_to_end(&mut bytes)
            .map_err(|e| ImageError::io("read", path, e))?;
        Ok(Some(bytes))
    }

    pub(super) fn required(&self, path: &str) -> Result<Vec<u8>, ImageError> {
        self.document(path)?.ok_or_else(|| missing(path))
    }

    pub(super) fn reader(&self, path: &str) -> Result<impl Read + '_, ImageError> {
        let (offset, size) = *self.files.get(path).ok_or_else(|| missing(path))?;
        Ok(Range {
            file: &self.file,
            offset,
            end: offset + size,
        })
    }
}

struct Range<'a> {
    file: &'a File,
    offset: u64,
    end: u64,
}

impl Read for Range<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.offset).unwrap_or(usize::MAX);
        let want = left.min(buffer.len());
        let count = self.file.read_at(&mut buffer[..want], self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}

fn missing(path: &str) -> ImageError {
    ImageError::io("find in the archive", path, io::ErrorKind::NotFound.into())
}

/// Counts the bytes that pass, to know where entries begin.
struct Counting<'a> {
    file: io::BufReader<&'a File>,
    offset: &'a std::cell::Cell<u64>,
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.offset.set(self.offset.get() + count as u64);
        Ok(count)
    }
}

fn scan(file: &File) -> Result<HashMap<String, (u64, u64)>, &'static str> {
    let offset = std::cell::Cell::new(0);
    let mut archive = Archive::new(Counting {
        file: io::BufReader::new(file),
        offset: &offset,
    });
    let mut files = HashMap::new();
    let mut links = Vec::new();
    while let Some(entry) = archive
        .next_entry()
        .map_err(|_| "not a tar archive, or cut off")?
    {
        if files.len() + links.len() >= FILES_MAX {
            return Err("more than 10,000 files");
        }
        let path = entry
            .path
            .to_string_lossy()
            .trim_start_matches("./")
            .to_owned();
        match entry.kind {
            Kind::File => {
                files.insert(path, (offset.get(), entry.size));
            }
            // Old versions of docker save write a layer once and link to it.
            Kind::Symlink { target } | Kind::HardLink { target } => links.push((path, target)),
            _ => {}
        }
    }
    for (path, target) in links {
        let name = target.to_string_lossy();
        let plain = name.trim_start_matches("../").trim_start_matches("./");
        if let Some(place) = files.get(plain).copied() {
            files.insert(path, place);
        }
    }
    Ok(files)
}

/// An unnamed file with the plain archive.
fn plain_copy(file: File, store: &Store) -> io::Result<File> {
    let path = store.temporary_path();
    let mut copy = File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .open(&path)?;
    std::fs::remove_file(&path)?;
    let copied = io::copy(
        &mut decompress(file)?.take(ARCHIVE_BYTES_MAX + 1),
        &mut copy,
    )?;
    if copied > ARCHIVE_BYTES_MAX {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    copy.seek(SeekFrom::Start(0))?;
    Ok(copy)
}
