//! What can fail: one shape for all system calls, with what was being done to what.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum SysError {
    /// `action` is a verb phrase: "mount tmpfs on", "remove".
    #[error("failed to {action} {}", path.display())]
    Path {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("failed to {action} process {pid}")]
    Process {
        action: &'static str,
        pid: i32,
        source: io::Error,
    },
    #[error("failed to {action}")]
    Call {
        action: &'static str,
        source: io::Error,
    },
    /// A fork in a process with several threads would copy locks in an unknown state.
    #[error("fork is only allowed in a process with one thread, this one has {threads}")]
    Threads { threads: usize },
    #[error("no cgroup hierarchy is mounted")]
    NoCgroups,
}

impl SysError {
    pub(crate) fn path(action: &'static str, path: &Path, source: impl Into<io::Error>) -> Self {
        Self::Path {
            action,
            path: path.to_owned(),
            source: source.into(),
        }
    }

    pub(crate) fn call(action: &'static str, source: impl Into<io::Error>) -> Self {
        Self::Call {
            action,
            source: source.into(),
        }
    }

    pub(crate) fn process(action: &'static str, pid: i32, source: impl Into<io::Error>) -> Self {
        Self::Process {
            action,
            pid,
            source: source.into(),
        }
    }

    /// The kernel's answer, when there was one.
    #[must_use]
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        match self {
            Self::Path { source, .. }
            | Self::Process { source, .. }
            | Self::Call { source, .. } => Some(source.kind()),
            Self::Threads { .. } | Self::NoCgroups => None,
        }
    }
}
