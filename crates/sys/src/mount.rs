//! Mounts: binds, tmpfs, overlays, and taking them back.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use nix::mount::{MntFlags, MsFlags, mount as nix_mount, umount2};

use crate::SysError;

const NONE: Option<&str> = None;

/// Bytes that `mount(2)` takes as options, without the last zero.
const OPTIONS_BYTES_MAX: usize = 4095;

/// Makes `source` visible at `target`.
///
/// # Errors
/// The kernel's refusal.
pub fn bind(source: &Path, target: &Path) -> Result<(), SysError> {
    nix_mount(Some(source), target, NONE, MsFlags::MS_BIND, NONE)
        .map_err(|e| SysError::path("bind-mount on", target, e))
}

/// Stops mounts of this mount namespace from reaching others; mounts made elsewhere still arrive.
///
/// # Errors
/// The kernel's refusal.
pub fn make_slave(target: &Path) -> Result<(), SysError> {
    nix_mount(
        NONE,
        target,
        NONE,
        MsFlags::MS_SLAVE | MsFlags::MS_REC,
        NONE,
    )
    .map_err(|e| SysError::path("make a slave mount of", target, e))
}

/// A tmpfs for shared memory: no programs, no devices, open to all users.
///
/// # Errors
/// The kernel's refusal.
pub fn shared_memory(target: &Path, bytes_max: u64) -> Result<(), SysError> {
    let options = format!("mode=1777,size={bytes_max}");
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV | MsFlags::MS_NOEXEC;
    nix_mount(
        Some("shm"),
        target,
        Some("tmpfs"),
        flags,
        Some(options.as_str()),
    )
    .map_err(|e| SysError::path("mount tmpfs on", target, e))
}

/// A writable view on read-only layers.
#[derive(Debug)]
pub struct Overlay<'a> {
    /// Directory that the names in `layers` are relative to; becomes the working directory for the call.
    pub layers_directory: &'a Path,
    /// Topmost first.
    pub layers: &'a [String],
    pub upper: &'a Path,
    pub work: &'a Path,
}

/// Mounts an overlay. Nothing in it survives a crash of the machine (`volatile`, Linux 5.10), which saves every
/// sync. Changes the working directory: only for processes of one thread.
///
/// # Errors
/// `InvalidInput` when there are more layers than fit in the kernel's options.
pub fn overlay(overlay: &Overlay<'_>, target: &Path) -> Result<(), SysError> {
    let mut options = String::from("lowerdir=");
    for (index, layer) in overlay.layers.iter().enumerate() {
        let separator = if index == 0 { "" } else { ":" };
        write!(options, "{separator}{layer}").expect("a string takes any text");
    }
    write!(
        options,
        ",upperdir={},workdir={}",
        overlay.upper.display(),
        overlay.work.display()
    )
    .expect("a string takes any text");
    if options.len() + ",volatile".len() > OPTIONS_BYTES_MAX {
        let error = std::io::Error::new(std::io::ErrorKind::InvalidInput, "too many layers");
        return Err(SysError::path("mount an overlay on", target, error));
    }
    std::env::set_current_dir(overlay.layers_directory)
        .map_err(|e| SysError::path("enter", overlay.layers_directory, e))?;
    let volatile = format!("{options},volatile");
    let call = |options: &str| {
        nix_mount(
            Some("overlay"),
            target,
            Some("overlay"),
            MsFlags::empty(),
            Some(options),
        )
    };
    let result = match call(&volatile) {
        Err(nix::errno::Errno::EINVAL) => call(&options),
        other => other,
    };
    let back = std::env::set_current_dir("/");
    result.map_err(|e| SysError::path("mount an overlay on", target, e))?;
    back.map_err(|e| SysError::path("enter", Path::new("/"), e))
}

/// Unmounts at once, even when files are open. Not mounted and missing are success.
///
/// # Errors
/// The kernel's refusal.
pub fn unmount(target: &Path) -> Result<(), SysError> {
    use nix::errno::Errno;
    match umount2(target, MntFlags::MNT_DETACH | MntFlags::UMOUNT_NOFOLLOW) {
        Ok(()) | Err(Errno::EINVAL | Errno::ENOENT) => Ok(()),
        Err(e) => Err(SysError::path("unmount", target, e)),
    }
}

/// Mount points at or below `directory`, innermost first.
///
/// # Errors
/// When `/proc/self/mountinfo` cannot be read.
pub fn mounts_below(directory: &Path) -> Result<Vec<PathBuf>, SysError> {
    let mut found: Vec<PathBuf> = mountinfo()?
        .into_iter()
        .map(|m| m.target)
        .filter(|target| target.starts_with(directory))
        .collect();
    found.sort_by_key(|path| std::cmp::Reverse(path.components().count()));
    Ok(found)
}

/// Unmounts everything at or below `directory`, in one pass over the list of mounts.
///
/// # Errors
/// The first refusal.
pub fn unmount_below(directory: &Path) -> Result<(), SysError> {
    mounts_below(directory)?
        .iter()
        .try_for_each(|target| unmount(target))
}

/// One line of `/proc/self/mountinfo` (proc(5)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountInfo {
    pub target: PathBuf,
    pub file_system: String,
    pub super_options: String,
}

/// This process's mounts, in the order in which they were made.
///
/// # Errors
/// When the file cannot be read.
pub fn mountinfo() -> Result<Vec<MountInfo>, SysError> {
    let path = Path::new("/proc/self/mountinfo");
    let text = std::fs::read(path).map_err(|e| SysError::path("read", path, e))?;
    Ok(text.split(|b| *b == b'\n').filter_map(parse_line).collect())
}

fn parse_line(line: &[u8]) -> Option<MountInfo> {
    let mut fields = line.split(|b| *b == b' ');
    let target = unescape(fields.nth(4)?);
    let mut rest = fields.skip_while(|field| *field != b"-").skip(1);
    let file_system = String::from_utf8_lossy(rest.next()?).into_owned();
    let super_options = String::from_utf8_lossy(rest.nth(1)?).into_owned();
    Some(MountInfo {
        target: PathBuf::from(OsStr::from_bytes(&target)),
        file_system,
        super_options,
    })
}

/// The kernel writes space, tab, newline and backslash as `\ooo`.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((&byte, tail)) = rest.split_first() {
        let octal = tail.get(..3).filter(|_| byte == b'\\');
        let code =
            octal.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        match code {
            Some(code) => {
                out.push(code);
                rest = &tail[3..];
            }
            None => {
                out.push(byte);
                rest = tail;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
