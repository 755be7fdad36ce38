//! Entries as files below one root, which no path can leave.

use std::ffi::OsStr;
use std::io::Read;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path, PathBuf};

use nix::fcntl::{AtFlags, OFlag, OpenHow, ResolveFlag, openat2};
use nix::sys::stat::{Mode, SFlag, fstatat, makedev, mkdirat, mknodat};
use nix::unistd::{UnlinkatFlags, linkat, symlinkat, unlinkat};

use super::attributes::{self, Times};
use super::{Archive, Entry, Kind, UnpackError};

const WHITEOUT: &str = ".wh.";
const OPAQUE: &str = ".wh..wh..opq";
const COPY_BYTES: usize = 64 << 10;

/// The directory that is being filled.
pub(super) struct Tree {
    root: OwnedFd,
    /// The directory of the previous entry: archives list neighbours together.
    parent: Option<(PathBuf, OwnedFd)>,
    /// Directory times are set last, because every new file changes them.
    directories: Vec<(PathBuf, Times)>,
    buffer: Vec<u8>,
}

impl Tree {
    pub(super) fn open(target: &Path) -> Result<Self, UnpackError> {
        let flags = OFlag::O_PATH | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
        let root = nix::fcntl::open(target, flags, Mode::empty())
            .map_err(|e| UnpackError::write("open", target, e))?;
        Ok(Self {
            root,
            parent: None,
            directories: Vec::new(),
            buffer: vec![0; COPY_BYTES],
        })
    }

    pub(super) fn add<R: Read>(
        &mut self,
        entry: &Entry,
        archive: &mut Archive<R>,
    ) -> Result<(), UnpackError> {
        let path = relative(&entry.path)?;
        let Some(name) = path.file_name() else {
            return self.root_entry(entry);
        };
        let parent = path.parent().unwrap_or(Path::new(""));
        if parent
            .components()
            .chain(path.components())
            .any(|c| c.as_os_str().len() > 255)
        {
            return Err(UnpackError::Malformed {
                reason: "file name above 255 bytes",
            });
        }
        self.enter(parent)?;
        let (_, directory) = self.parent.take().expect("enter leaves a directory open");
        let result = match name.to_str().and_then(|n| n.strip_prefix(WHITEOUT)) {
            Some(_) if name == OPAQUE => attributes::make_opaque(directory.as_fd(), parent),
            Some("" | "." | "..") => Err(UnpackError::Malformed {
                reason: "whiteout without a name",
            }),
            Some(hidden) => whiteout(&directory, OsStr::new(hidden), &path),
            None => self.create(&directory, name, &path, entry, archive),
        };
        self.parent = Some((parent.to_owned(), directory));
        result
    }

    /// Sets the times of directories, innermost first.
    pub(super) fn finish(mut self) -> Result<(), UnpackError> {
        let directories = std::mem::take(&mut self.directories);
        for (path, times) in directories.into_iter().rev() {
            // A later entry may have put something else in its place.
            if let Ok(directory) = self.resolve(&path) {
                attributes::set_directory_times(directory.as_fd(), times)
                    .map_err(|e| UnpackError::write("set the time of", &path, e))?;
            }
        }
        Ok(())
    }

    /// An entry for the root itself sets its owner and mode.
    fn root_entry(&mut self, entry: &Entry) -> Result<(), UnpackError> {
        if entry.kind == Kind::Directory {
            attributes::set_on_directory(self.root.as_fd(), Path::new("."), entry)?;
        }
        Ok(())
    }

    fn create<R: Read>(
        &mut self,
        directory: &OwnedFd,
        name: &OsStr,
        path: &Path,
        entry: &Entry,
        archive: &mut Archive<R>,
    ) -> Result<(), UnpackError> {
        let keeps_directory = clear(directory, name, path, entry.kind == Kind::Directory)?;
        let mode = Mode::from_bits_truncate(entry.mode);
        let failed = |e: nix::Error| UnpackError::write("create", path, e);
        match &entry.kind {
            Kind::File => self.file(directory, name, path, archive)?,
            Kind::Directory => {
                if !keeps_directory {
                    mkdirat(directory, name, Mode::S_IRWXU).map_err(failed)?;
                }
                self.directories.push((path.to_owned(), Times::of(entry)));
            }
            Kind::Symlink { target } => {
                symlinkat(target.as_path(), directory, name).map_err(failed)?
            }
            Kind::HardLink { target } => return self.hard_link(directory, name, path, target),
            Kind::CharacterDevice { major, minor } => {
                let device = makedev(u64::from(*major), u64::from(*minor));
                mknodat(directory, name, SFlag::S_IFCHR, mode, device).map_err(failed)?;
            }
            Kind::BlockDevice { major, minor } => {
                let device = makedev(u64::from(*major), u64::from(*minor));
                mknodat(directory, name, SFlag::S_IFBLK, mode, device).map_err(failed)?;
            }
            Kind::Fifo => mknodat(directory, name, SFlag::S_IFIFO, mode, 0).map_err(failed)?,
        }
        attributes::set(directory.as_fd(), name, path, entry)
    }

    fn file<R: Read>(
        &mut self,
        directory: &OwnedFd,
        name: &OsStr,
        path: &Path,
        archive: &mut Archive<R>,
    ) -> Result<(), UnpackError> {
        let flags =
            OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
        let fd = nix::fcntl::openat(directory, name, flags, Mode::S_IRUSR | Mode::S_IWUSR)
            .map_err(|e| UnpackError::write("create", path, e))?;
        let mut file = std::fs::File::from(fd);
        loop {
            let count = archive
                .read(&mut self.buffer)
                .map_err(|source| UnpackError::Read { source })?;
            if count == 0 {
                return Ok(());
            }
            std::io::Write::write_all(&mut file, &self.buffer[..count])
                .map_err(|e| UnpackError::write("write", path, e))?;
        }
    }

    fn hard_link(
        &self,
        directory: &OwnedFd,
        name: &OsStr,
        path: &Path,
        target: &Path,
    ) -> Result<(), UnpackError> {
        let target = relative(target)?;
        let failed = |e: nix::Error| UnpackError::write("link", path, e);
        let target_name = target.file_name().ok_or(UnpackError::Malformed {
            reason: "hard link to the root",
        })?;
        let parent = self
            .resolve(target.parent().unwrap_or(Path::new("")))
            .map_err(failed)?;
        linkat(&parent, target_name, directory, name, AtFlags::empty()).map_err(failed)
    }

    /// Leaves `self.parent` at `path`, making directories that the archive forgot.
    fn enter(&mut self, path: &Path) -> Result<(), UnpackError> {
        if self.parent.as_ref().is_some_and(|(at, _)| at == path) {
            return Ok(());
        }
        let directory = match self.resolve(path) {
            Ok(directory) => directory,
            Err(nix::Error::ENOENT) => self.make_directories(path)?,
            Err(e) => return Err(UnpackError::write("open", path, e)),
        };
        self.parent = Some((path.to_owned(), directory));
        Ok(())
    }

    fn make_directories(&self, path: &Path) -> Result<OwnedFd, UnpackError> {
        let mut at = PathBuf::new();
        let mut directory = self
            .resolve(&at)
            .map_err(|e| UnpackError::write("open", path, e))?;
        for component in path.components() {
            at.push(component);
            directory = match self.resolve(&at) {
                Err(nix::Error::ENOENT) => {
                    let mode = Mode::from_bits_truncate(0o755);
                    mkdirat(&directory, component.as_os_str(), mode)
                        .and_then(|()| self.resolve(&at))
                        .map_err(|e| UnpackError::write("create", &at, e))?
                }
                other => other.map_err(|e| UnpackError::write("open", &at, e))?,
            };
        }
        Ok(directory)
    }

    fn resolve(&self, path: &Path) -> nix::Result<OwnedFd> {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        let how = OpenHow::new()
            .flags(OFlag::O_PATH | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC)
            .resolve(ResolveFlag::RESOLVE_IN_ROOT | ResolveFlag::RESOLVE_NO_MAGICLINKS);
        openat2(&self.root, path, how)
    }
}

/// The path without `/`, `.` and empty parts; `..` is refused.
fn relative(path: &Path) -> Result<PathBuf, UnpackError> {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => clean.push(part),
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir | Component::Prefix(_) => {
                return Err(UnpackError::Malformed {
                    reason: "path with ..",
                });
            }
        }
    }
    Ok(clean)
}

/// Overlayfs hides what is below a character device 0:0.
fn whiteout(directory: &OwnedFd, name: &OsStr, path: &Path) -> Result<(), UnpackError> {
    clear(directory, name, path, false)?;
    mknodat(
        directory,
        name,
        SFlag::S_IFCHR,
        Mode::empty(),
        makedev(0, 0),
    )
    .map_err(|e| UnpackError::write("hide", path, e))
}

/// Takes away what an earlier entry put at the place of a new one. `true`: a directory stays for a directory.
fn clear(
    directory: &OwnedFd,
    name: &OsStr,
    path: &Path,
    for_directory: bool,
) -> Result<bool, UnpackError> {
    let failed = |e: std::io::Error| UnpackError::write("replace", path, e);
    let stat = match fstatat(directory, name, AtFlags::AT_SYMLINK_NOFOLLOW) {
        Err(nix::Error::ENOENT) => return Ok(false),
        other => other.map_err(|e| failed(e.into()))?,
    };
    let is_directory = SFlag::from_bits_truncate(stat.st_mode) & SFlag::S_IFMT == SFlag::S_IFDIR;
    if is_directory && for_directory {
        return Ok(true);
    }
    if is_directory {
        std::fs::remove_dir_all(sys::fs::path_at(directory.as_fd(), name)).map_err(failed)?;
    } else {
        unlinkat(directory, name, UnlinkatFlags::NoRemoveDir).map_err(|e| failed(e.into()))?;
    }
    Ok(false)
}
