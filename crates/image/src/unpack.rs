//! Layers onto disk: tar archives with whiteouts, into a directory that overlayfs can stack.
//!
//! Archives are foreign: every path is resolved inside the target as if it were `/`, the numbers of entries and
//! bytes are bounded, and extended headers are bounded before they are read.

mod archive;
mod attributes;
mod decompress;
mod tree;

use std::io::Read;
use std::path::{Path, PathBuf};

pub use archive::{Archive, Entry, Kind};
pub use decompress::decompress;

use crate::{Digest, digest::HashingReader};
use tree::Tree;

/// What one layer may contain.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Uncompressed, the archive's padding included.
    pub bytes_max: u64,
    pub entries_max: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    #[error("failed to read the archive")]
    Read { source: std::io::Error },
    #[error("the archive is malformed: {reason}")]
    Malformed { reason: &'static str },
    #[error("the archive has more than {entries_max} entries")]
    TooMany { entries_max: u64 },
    #[error("failed to {action} {}", path.display())]
    Write {
        action: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("content has the digest {actual}, not {expected}")]
    Digest { expected: Digest, actual: Digest },
}

impl UnpackError {
    pub(crate) fn write(
        action: &'static str,
        path: &Path,
        source: impl Into<std::io::Error>,
    ) -> Self {
        Self::Write {
            action,
            path: path.to_owned(),
            source: source.into(),
        }
    }
}

/// Unpacks a compressed or plain layer into `target`, an existing empty directory, as overlayfs expects it.
/// Answers with the digest of the uncompressed archive (the layer's diff id).
///
/// # Errors
/// When the archive is malformed, too large, or cannot be written. `target` is then left half-filled.
pub fn unpack(layer: impl Read, target: &Path, limits: Limits) -> Result<Digest, UnpackError> {
    let plain = decompress(layer).map_err(|source| UnpackError::Read { source })?;
    let mut archive = Archive::new(HashingReader::new(plain, limits.bytes_max));
    let mut tree = Tree::open(target)?;
    let mut entries = 0;
    while let Some(entry) = archive.next_entry()? {
        entries += 1;
        if entries > limits.entries_max {
            return Err(UnpackError::TooMany {
                entries_max: limits.entries_max,
            });
        }
        tree.add(&entry, &mut archive)?;
    }
    tree.finish()?;
    archive
        .into_inner()
        .finish()
        .map_err(|source| UnpackError::Read { source })
}

#[cfg(test)]
mod tests;
