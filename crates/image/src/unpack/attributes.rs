//! Owner, mode, extended attributes and time of what was unpacked.

use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::path::Path;

use nix::fcntl::AtFlags;
use nix::sys::stat::{FchmodatFlags, Mode, UtimensatFlags, fchmodat, utimensat};
use nix::sys::time::TimeSpec;
use nix::unistd::{Gid, Uid, fchownat};

use super::{Entry, Kind, UnpackError};

/// Overlayfs: nothing of lower layers shows in this directory.
const OPAQUE_XATTR: &str = "trusted.overlay.opaque";

/// When an entry was changed.
#[derive(Clone, Copy)]
pub(super) struct Times(TimeSpec);

impl Times {
    pub(super) fn of(entry: &Entry) -> Self {
        Self(TimeSpec::new(entry.mtime_seconds, 0))
    }
}

/// Sets all attributes of `directory/name`. The owner goes first, because a change of owner clears set-id bits.
pub(super) fn set(
    directory: BorrowedFd<'_>,
    name: &OsStr,
    path: &Path,
    entry: &Entry,
) -> Result<(), UnpackError> {
    let (uid, gid) = (
        Some(Uid::from_raw(entry.uid)),
        Some(Gid::from_raw(entry.gid)),
    );
    fchownat(directory, name, uid, gid, AtFlags::AT_SYMLINK_NOFOLLOW)
        .map_err(|e| UnpackError::write("change the owner of", path, e))?;
    if !matches!(entry.kind, Kind::Symlink { .. }) {
        // A symlink has no mode; for the rest there is nothing to follow: it was made a moment ago.
        fchmodat(
            directory,
            name,
            Mode::from_bits_truncate(entry.mode),
            FchmodatFlags::FollowSymlink,
        )
        .map_err(|e| UnpackError::write("change the mode of", path, e))?;
    }
    set_xattrs(&sys::fs::path_at(directory, name), path, entry)?;
    if entry.kind != Kind::Directory {
        let Times(time) = Times::of(entry);
        utimensat(
            directory,
            name,
            &time,
            &time,
            UtimensatFlags::NoFollowSymlink,
        )
        .map_err(|e| UnpackError::write("set the time of", path, e))?;
    }
    Ok(())
}

/// The same for a directory that is open.
pub(super) fn set_on_directory(
    directory: BorrowedFd<'_>,
    path: &Path,
    entry: &Entry,
) -> Result<(), UnpackError> {
    set(directory, OsStr::new("."), path, entry)
}

pub(super) fn set_directory_times(directory: BorrowedFd<'_>, times: Times) -> nix::Result<()> {
    utimensat(
        directory,
        ".",
        &times.0,
        &times.0,
        UtimensatFlags::FollowSymlink,
    )
}

pub(super) fn make_opaque(directory: BorrowedFd<'_>, path: &Path) -> Result<(), UnpackError> {
    let place = Path::new("/proc/self/fd")
        .join(directory.as_raw_fd().to_string())
        .join(".");
    sys::fs::set_xattr(&place, OPAQUE_XATTR, b"y")
        .map_err(|e| UnpackError::write("make opaque", path, e))
}

/// `trusted.` attributes would let a layer speak to overlayfs itself, so they are dropped. File systems without
/// attributes lose them silently, as with other runtimes.
fn set_xattrs(place: &Path, path: &Path, entry: &Entry) -> Result<(), UnpackError> {
    for (name, value) in &entry.xattrs {
        if name.starts_with("trusted.") {
            continue;
        }
        match sys::fs::set_xattr(place, name, value) {
            Ok(()) => {}
            Err(e)
                if matches!(
                    e.kind(),
                    io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
                ) => {}
            Err(e) => return Err(UnpackError::write("set an extended attribute of", path, e)),
        }
    }
    Ok(())
}
