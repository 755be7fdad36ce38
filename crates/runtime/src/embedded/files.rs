//! Where everything lies, and records on disk.
//!
//! ```text
//! DATA/sandboxes/<id>                record
//! DATA/containers/<id>/record        record; upper/ and work/ beside it are the writable layer
//! RUN/pods/<id>/                     of a sandbox: shim.sock, netns, shm/, resolv.conf, hostname, lc/
//! RUN/pods/<id>/<container id>/      OCI bundle
//! ```

use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use prost::Message;

use super::internal;
use crate::records::{ContainerRecord, SandboxRecord};
use crate::service::{Code, CriError, CriResult};

#[derive(Clone, Debug)]
pub(super) struct Files {
    data: PathBuf,
    run: PathBuf,
}

impl Files {
    pub(super) fn open(data: &Path, run: &Path) -> CriResult<Self> {
        let files = Self {
            data: data.to_owned(),
            run: run.to_owned(),
        };
        for directory in [
            data.join("sandboxes"),
            data.join("containers"),
            run.join("pods"),
        ] {
            let mut builder = std::fs::DirBuilder::new();
            builder
                .recursive(true)
                .mode(0o700)
                .create(&directory)
                .map_err(|e| io_error("create", &directory, &e))?;
        }
        Ok(files)
    }

    pub(super) fn pod(&self, sandbox: &str) -> PathBuf {
        self.run.join("pods").join(sandbox)
    }

    pub(super) fn pods(&self) -> PathBuf {
        self.run.join("pods")
    }

    pub(super) fn bundle(&self, sandbox: &str, container: &str) -> PathBuf {
        self.pod(sandbox).join(container)
    }

    pub(super) fn container(&self, container: &str) -> PathBuf {
        self.data.join("containers").join(container)
    }

    fn sandbox_record(&self, sandbox: &str) -> PathBuf {
        self.data.join("sandboxes").join(sandbox)
    }

    /// A record need not survive a crash of the machine, which no pod survives: so there is no sync.
    pub(super) fn save_sandbox(&self, record: &SandboxRecord) -> CriResult<()> {
        replace(&self.sandbox_record(&record.id), &record.encode_to_vec())
    }

    pub(super) fn save_container(&self, record: &ContainerRecord) -> CriResult<()> {
        replace(
            &self.container(&record.id).join("record"),
            &record.encode_to_vec(),
        )
    }

    pub(super) fn sandboxes(&self) -> Vec<SandboxRecord> {
        let paths = children(&self.data.join("sandboxes"));
        paths
            .iter()
            .filter_map(|path| SandboxRecord::decode(std::fs::read(path).ok()?.as_slice()).ok())
            .collect()
    }

    pub(super) fn containers(&self) -> Vec<ContainerRecord> {
        let read = |path: &PathBuf| {
            ContainerRecord::decode(std::fs::read(path.join("record")).ok()?.as_slice()).ok()
        };
        children(&self.data.join("containers"))
            .iter()
            .filter_map(read)
            .collect()
    }

    /// Directories of containers and pods that no record names any more.
    pub(super) fn remove_unknown(&self, sandboxes: &[&str], containers: &[&str]) -> CriResult<()> {
        let unknown = |directory: PathBuf, known: &[&str]| {
            let paths = children(&directory).into_iter();
            let is_known = |path: &PathBuf| {
                path.file_name()
                    .and_then(|n| n.to_str())
                    .is_some_and(|n| known.contains(&n))
            };
            paths.filter(|path| !is_known(path)).collect::<Vec<_>>()
        };
        for path in unknown(self.data.join("sandboxes"), sandboxes) {
            remove(&path)?;
        }
        for path in unknown(self.data.join("containers"), containers) {
            remove(&path)?;
        }
        unknown(self.pods(), sandboxes)
            .iter()
            .try_for_each(|path| remove_mounted(path))
    }

    pub(super) fn remove_container(&self, sandbox: &str, container: &str) -> CriResult<()> {
        remove(&self.bundle(sandbox, container))?;
        remove(
            &self
                .pod(sandbox)
                .join(crate::embedded_paths::LIBCONTAINER)
                .join(container),
        )?;
        remove(&self.container(container))
    }

    pub(super) fn remove_sandbox(&self, sandbox: &str) -> CriResult<()> {
        remove_mounted(&self.pod(sandbox))?;
        remove(&self.sandbox_record(sandbox))
    }
}

pub(super) fn io_error(action: &str, path: &Path, error: &io::Error) -> CriError {
    CriError::new(
        Code::Internal,
        format!("failed to {action} {}: {error}", path.display()),
    )
}

pub(super) fn create_directory(path: &Path, mode: u32) -> CriResult<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder
        .recursive(true)
        .mode(mode)
        .create(path)
        .map_err(|e| io_error("create", path, &e))
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> CriResult<()> {
    std::fs::write(path, bytes).map_err(|e| io_error("write", path, &e))
}

fn replace(path: &Path, bytes: &[u8]) -> CriResult<()> {
    let temporary = path.with_extension("new");
    write(&temporary, bytes)?;
    std::fs::rename(&temporary, path).map_err(|e| io_error("write", path, &e))
}

/// Removes a file or a tree. A missing one is success.
pub(super) fn remove(path: &Path) -> CriResult<()> {
    let result = match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
        Err(e) => Err(e),
    };
    match result {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(io_error("remove", path, &e)),
        _ => Ok(()),
    }
}

/// Unmounts everything below first: removal must never reach what is mounted there.
pub(super) fn remove_mounted(path: &Path) -> CriResult<()> {
    if !path.exists() {
        return Ok(());
    }
    sys::mount::unmount_below(path).map_err(|e| internal(&e))?;
    let left = sys::mount::mounts_below(path).map_err(|e| internal(&e))?;
    if let Some(mount) = left.first() {
        return Err(CriError::new(
            Code::Internal,
            format!("{} is still mounted", mount.display()),
        ));
    }
    remove(path)
}

pub(super) fn children(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    entries.flatten().map(|entry| entry.path()).collect()
}
