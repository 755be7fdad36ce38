//! Files that change all at once: kubelet's atomic writer layout.
//!
//! The files live in a directory named by time, `..data` is a link to it that is renamed into place, and each
//! visible name is a link through `..data`. A reader that holds `..data` open sees one version.

use super::payload::Payload;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::Path;

const DATA: &str = "..data";
const DATA_NEW: &str = "..data_tmp";

/// Makes `directory` show exactly `payload`. Does nothing when it does already. Files belong to `group`.
pub(crate) fn write(directory: &Path, payload: &Payload, group: Option<u32>) -> io::Result<()> {
    let old = fs::read_link(directory.join(DATA)).ok();
    if old.is_some() && is_current(&directory.join(DATA), payload)? {
        return Ok(());
    }
    let version = version(old.as_deref());
    let target = directory.join(&version);
    fs::create_dir(&target)?;
    fs::set_permissions(&target, fs::Permissions::from_mode(0o755))?;
    for (path, file) in payload {
        let at = target.join(path);
        if let Some(parent) = at.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&at, &file.bytes)?;
        if group.is_some() {
            chown(&at, None, group)?;
        }
        let readable = if group.is_some() {
            file.mode | 0o440
        } else {
            file.mode
        };
        fs::set_permissions(&at, fs::Permissions::from_mode(readable))?;
    }
    let new = directory.join(DATA_NEW);
    let _ = fs::remove_file(&new);
    symlink(&version, &new)?;
    fs::rename(&new, directory.join(DATA))?;
    link_names(directory, payload)?;
    if let Some(old) = old {
        let _ = fs::remove_dir_all(directory.join(old));
    }
    Ok(())
}

/// A name that the version before does not have; only its difference matters.
fn version(old: Option<&Path>) -> String {
    let number = old
        .and_then(|old| old.to_str()?.rsplit('.').next()?.parse::<u64>().ok())
        .unwrap_or(0);
    format!("..version.{}", number + 1)
}

fn is_current(data: &Path, payload: &Payload) -> io::Result<bool> {
    for (path, file) in payload {
        match fs::read(data.join(path)) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(_) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    let mut count = 0;
    count_files(data, &mut count)?;
    Ok(count == payload.len())
}

fn count_files(directory: &Path, count: &mut usize) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            count_files(&entry.path(), count)?;
        } else {
            *count += 1;
        }
    }
    Ok(())
}

/// Visible names: links for the first part of each path, and none for what is gone.
fn link_names(directory: &Path, payload: &Payload) -> io::Result<()> {
    let wanted: BTreeSet<&str> = payload
        .keys()
        .filter_map(|path| path.split('/').next())
        .collect();
    for name in &wanted {
        let link = directory.join(name);
        if fs::symlink_metadata(&link).is_err() {
            symlink(Path::new(DATA).join(name), &link)?;
        }
    }
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with("..") && !wanted.contains(&*name) {
            fs::remove_file(directory.join(&*name))?;
        }
    }
    Ok(())
}
