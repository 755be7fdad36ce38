//! Where the cgroup v2 hierarchy is mounted: `/sys/fs/cgroup` on a v2 machine, often `/sys/fs/cgroup/unified` on a hybrid.

#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum CgroupError {
    #[error("failed to read {path}")]
    Read { path: PathBuf, source: io::Error },
    #[error(
        "no cgroup v2 hierarchy is mounted; Services need one: mount -t cgroup2 none /sys/fs/cgroup/unified"
    )]
    NotMounted,
}

/// The root of the cgroup v2 hierarchy, which every process of the machine is below.
pub fn unified_root() -> Result<PathBuf, CgroupError> {
    let path = Path::new("/proc/thread-self/mountinfo");
    let mounts = fs::read_to_string(path).map_err(|source| CgroupError::Read {
        path: path.into(),
        source,
    })?;
    mounts
        .lines()
        .find_map(unified_mount)
        .ok_or(CgroupError::NotMounted)
}

/// proc(5), mountinfo: the fourth field is the root of the mount within its file system.
fn unified_mount(line: &str) -> Option<PathBuf> {
    let (mount, filesystem) = line.split_once(" - ")?;
    let mut fields = mount.split(' ').skip(3);
    let (root, at) = (fields.next()?, fields.next()?);
    (filesystem.starts_with("cgroup2 ") && root == "/").then(|| PathBuf::from(at))
}
