//! Files below a root that somebody else fills: no path leaves it, whatever symlinks say.
#![expect(unsafe_code, reason = "extended attributes have no safe wrapper here")]

use std::ffi::CString;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use nix::fcntl::{OFlag, OpenHow, ResolveFlag, openat2};
use nix::sys::stat::Mode;

use crate::SysError;

/// A directory as the root of all look-ups below it.
#[derive(Debug)]
pub struct Root(OwnedFd);

impl Root {
    /// # Errors
    /// When it cannot be opened as a directory.
    pub fn open(path: &Path) -> Result<Self, SysError> {
        let flags = OFlag::O_PATH | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
        let fd = nix::fcntl::open(path, flags, Mode::empty())
            .map_err(|e| SysError::path("open", path, e))?;
        Ok(Self(fd))
    }

    /// Opens a directory below; symlinks and `..` are resolved as if this were `/`.
    ///
    /// # Errors
    /// As `openat2(2)`.
    pub fn directory(&self, path: &Path) -> io::Result<OwnedFd> {
        self.at(path, OFlag::O_PATH | OFlag::O_DIRECTORY, Mode::empty())
    }

    /// Opens a file for reading; symlinks are resolved as if this were `/`.
    ///
    /// # Errors
    /// As `openat2(2)`.
    pub fn read(&self, path: &Path) -> io::Result<std::fs::File> {
        self.at(
            path,
            OFlag::O_RDONLY | OFlag::O_NONBLOCK | OFlag::O_NOCTTY,
            Mode::empty(),
        )
        .map(Into::into)
    }

    /// Makes a directory and those above it, mode 0755, owned by the caller. One that exists is left as it is.
    ///
    /// # Errors
    /// As `mkdirat(2)`; `NotADirectory` when something else is in the way.
    pub fn create_directories(&self, path: &Path) -> io::Result<()> {
        let mut at = std::path::PathBuf::new();
        let mut parent = self.directory(&at)?;
        for part in path.components() {
            let std::path::Component::Normal(name) = part else {
                continue;
            };
            at.push(name);
            match self.directory(&at) {
                Ok(next) => parent = next,
                Err(e) if e.kind() == io::ErrorKind::NotFound => {
                    nix::sys::stat::mkdirat(&parent, name, Mode::from_bits_truncate(0o755))?;
                    parent = self.directory(&at)?;
                }
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    fn at(&self, path: &Path, flags: OFlag, mode: Mode) -> io::Result<OwnedFd> {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        let how = OpenHow::new()
            .flags(flags | OFlag::O_CLOEXEC)
            .mode(mode)
            .resolve(ResolveFlag::RESOLVE_IN_ROOT | ResolveFlag::RESOLVE_NO_MAGICLINKS);
        Ok(openat2(self.0.as_fd(), path, how)?)
    }
}

/// A path to `directory/name` that follows no link on the way, for calls without an `at` form.
#[must_use]
pub fn path_at(directory: BorrowedFd<'_>, name: &std::ffi::OsStr) -> std::path::PathBuf {
    use std::os::fd::AsRawFd;
    Path::new("/proc/self/fd")
        .join(directory.as_raw_fd().to_string())
        .join(name)
}

/// Sets an extended attribute of `path` itself, not of what it points to.
///
/// # Errors
/// As `lsetxattr(2)`; `Unsupported` where the file system has none.
pub fn set_xattr(path: &Path, name: &str, value: &[u8]) -> io::Result<()> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    let name = CString::new(name)?;
    // SAFETY: both strings end with a zero and the value is as long as is said.
    let result = unsafe {
        libc::lsetxattr(
            path.as_ptr(),
            name.as_ptr(),
            value.as_ptr().cast(),
            value.len(),
            0,
        )
    };
    if result == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// An extended attribute of `path` itself; `None` when it has none of that name.
#[must_use]
pub fn get_xattr(path: &Path, name: &str) -> Option<Vec<u8>> {
    let path = CString::new(path.as_os_str().as_bytes()).ok()?;
    let name = CString::new(name).ok()?;
    let mut value = vec![0; 256];
    // SAFETY: both strings end with a zero and the buffer is as long as is said.
    let length = unsafe {
        libc::lgetxattr(
            path.as_ptr(),
            name.as_ptr(),
            value.as_mut_ptr().cast(),
            value.len(),
        )
    };
    value.truncate(usize::try_from(length).ok()?);
    Some(value)
}

/// Bytes and inodes of the file system that holds `path`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileSystemUsage {
    pub capacity_bytes: u64,
    pub available_bytes: u64,
    pub inodes: u64,
    pub inodes_free: u64,
}

/// # Errors
/// As `statvfs(3)`.
pub fn usage(path: &Path) -> Result<FileSystemUsage, SysError> {
    let answer = nix::sys::statvfs::statvfs(path)
        .map_err(|e| SysError::path("stat the file system of", path, e))?;
    let block = answer.fragment_size();
    Ok(FileSystemUsage {
        capacity_bytes: block.saturating_mul(answer.blocks()),
        available_bytes: block.saturating_mul(answer.blocks_available()),
        inodes: answer.files(),
        inodes_free: answer.files_free(),
    })
}
