//! The disk as the store needs it: a data directory that one process holds, and small files replaced whole.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[cfg(feature = "simulated")]
use crate::simulated::SimulatedDisk;

/// Name of the lock file in a data directory. It stays there; only the lock on it comes and goes.
const LOCK_FILE: &str = "lock";

/// Access to disks: the machine's, or one in memory that fails on request.
#[derive(Clone, Debug)]
pub struct Disk(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Real,
    #[cfg(feature = "simulated")]
    Simulated(SimulatedDisk),
}

/// A directory that this process alone uses, until the last clone is dropped.
#[derive(Clone, Debug)]
pub struct DataDir(Arc<Place>);

#[derive(Debug)]
enum Place {
    Real {
        path: PathBuf,
        /// Holds the lock; the kernel lets go of it when the process dies, however it dies.
        _lock: File,
    },
    #[cfg(feature = "simulated")]
    Simulated(SimulatedDisk),
}

/// Why a data directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    #[error("data directory {} is in use by another process: stop that one first", path.display())]
    Locked { path: PathBuf },
    #[error("failed to {action} {}", path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl Disk {
    /// The machine's file systems.
    #[must_use]
    pub fn real() -> Self {
        Self(Kind::Real)
    }

    /// A disk in memory.
    #[cfg(feature = "simulated")]
    #[must_use]
    pub fn simulated(disk: SimulatedDisk) -> Self {
        Self(Kind::Simulated(disk))
    }

    /// Makes `path` (mode 0700) where it is missing, and locks it. Blocks.
    ///
    /// # Errors
    /// [`DiskError::Locked`] when another process, or another opener in this one, holds it.
    pub fn open_dir(&self, path: &Path) -> Result<DataDir, DiskError> {
        match &self.0 {
            Kind::Real => open_real(path),
            #[cfg(feature = "simulated")]
            Kind::Simulated(disk) => {
                disk.lock().map_err(|()| DiskError::Locked {
                    path: path.to_owned(),
                })?;
                Ok(DataDir(Arc::new(Place::Simulated(disk.clone()))))
            }
        }
    }
}

impl DataDir {
    /// Where it is, on a real disk.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &*self.0 {
            Place::Real { path, .. } => Some(path),
            #[cfg(feature = "simulated")]
            Place::Simulated(_) => None,
        }
    }

    /// Bytes of all files in it and below. Those that go meanwhile count for nothing; of a disk in memory it is 0.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.path().map_or(0, size_of)
    }

    /// The disk in memory, if it is one.
    #[cfg(feature = "simulated")]
    #[must_use]
    pub fn simulated(&self) -> Option<&SimulatedDisk> {
        match &*self.0 {
            Place::Real { .. } => None,
            Place::Simulated(disk) => Some(disk),
        }
    }

    /// The content of the file `name`, or nothing when there is no such file. Blocks.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, DiskError> {
        match &*self.0 {
            Place::Real { path, .. } => match fs::read(path.join(name)) {
                Ok(content) => Ok(Some(content)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(source) => Err(DiskError::Io {
                    action: "read",
                    path: path.join(name),
                    source,
                }),
            },
            #[cfg(feature = "simulated")]
            Place::Simulated(disk) => Ok(disk.read_file(name)),
        }
    }

    /// Renames the directory `name` to `name.incomplete`, in the place of an earlier one; without it does nothing.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn set_aside(&self, name: &str) -> Result<(), DiskError> {
        let Some(directory) = self.path() else {
            return Ok(());
        };
        let (from, to) = (
            directory.join(name),
            directory.join(format!("{name}.incomplete")),
        );
        let failed = |source| DiskError::Io {
            action: "set aside",
            path: from.clone(),
            source,
        };
        if !from.exists() {
            return Ok(());
        }
        if to.exists() {
            fs::remove_dir_all(&to).map_err(failed)?;
        }
        fs::rename(&from, &to).map_err(failed)
    }

    /// Replaces the file `name` with `content`: after a crash it holds the old or the new, whole. Blocks.
    ///
    /// # Errors
    /// When the disk is full or fails; the old content is then still there.
    pub fn write_atomic(&self, name: &str, content: &[u8]) -> Result<(), DiskError> {
        match &*self.0 {
            Place::Real { path, .. } => {
                replace_file(path, name, content).map_err(|source| DiskError::Io {
                    action: "write",
                    path: path.join(name),
                    source,
                })
            }
            #[cfg(feature = "simulated")]
            Place::Simulated(disk) => {
                disk.write_file(name, content)
                    .map_err(|source| DiskError::Io {
                        action: "write",
                        path: PathBuf::from(name),
                        source,
                    })
            }
        }
    }
}

#[cfg(feature = "simulated")]
impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Simulated(disk) = self {
            disk.unlock();
        }
    }
}

fn open_real(path: &Path) -> Result<DataDir, DiskError> {
    use std::os::unix::fs::DirBuilderExt;

    let failed = |action, path: &Path| {
        let path = path.to_owned();
        move |source| DiskError::Io {
            action,
            path,
            source,
        }
    };
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(failed("create directory", path))?;
    let lock_path = path.join(LOCK_FILE);
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock_path)
        .map_err(failed("open", &lock_path))?;
    match lock.try_lock() {
        Ok(()) => Ok(DataDir(Arc::new(Place::Real {
            path: path.to_owned(),
            _lock: lock,
        }))),
        Err(TryLockError::WouldBlock) => Err(DiskError::Locked {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(failed("lock", &lock_path)(source)),
    }
}

fn replace_file(directory: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let temporary = directory.join(format!("{name}.new"));
    let mut file = File::create(&temporary)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&temporary, directory.join(name))?;
    File::open(directory)?.sync_all()
}

fn size_of(directory: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(directory) else {
        return 0;
    };
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(found) if found.is_dir() => size_of(&entry.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    };
    entries.flatten().map(size).sum()
}

#[cfg(test)]
mod tests;
