//! Kernel settings below `/proc/sys`: changed with a record of what they were, and put back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
#[error("failed to set {key}")]
pub struct SysctlError {
    pub key: &'static str,
    pub source: io::Error,
}

/// Sets `key` (`net/ipv4/ip_forward`) in the thread's network namespace.
pub(crate) fn set(key: &'static str, value: &str) -> Result<(), SysctlError> {
    fs::write(Path::new("/proc/sys").join(key), value).map_err(|source| SysctlError { key, source })
}

/// Like [`set`], and remembers the first value it found in `records`.
pub(crate) fn change(key: &'static str, value: &str, records: &Path) -> Result<(), SysctlError> {
    let failed = |source| SysctlError { key, source };
    let found = fs::read_to_string(Path::new("/proc/sys").join(key)).map_err(failed)?;
    if found.trim_end() == value {
        return Ok(());
    }
    let record = record(records, key);
    if !record.exists() {
        fs::create_dir_all(records)
            .and_then(|()| fs::write(&record, found.trim_end()))
            .map_err(failed)?;
    }
    set(key, value)
}

/// Puts back what [`change`] found, unless somebody else has set another value since.
pub(crate) fn restore(key: &'static str, value: &str, records: &Path) -> Result<(), SysctlError> {
    let failed = |source| SysctlError { key, source };
    let record = record(records, key);
    let before = match fs::read_to_string(&record) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        before => before.map_err(failed)?,
    };
    let now = fs::read_to_string(Path::new("/proc/sys").join(key)).map_err(failed)?;
    if now.trim_end() == value {
        set(key, &before)?;
    }
    fs::remove_file(&record).map_err(failed)
}

fn record(records: &Path, key: &str) -> PathBuf {
    records.join(key.replace('/', "."))
}
