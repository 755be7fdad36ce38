//! subPath: a place inside a volume, found without ever leaving the volume.
//!
//! A container may have replaced any part by a link to the host. The place is opened with `openat2` below the
//! volume, and what was opened (not the path) is bind-mounted where the runtime takes it from.

use nix::fcntl::{OFlag, OpenHow, ResolveFlag, open, openat2};
use nix::sys::stat::{Mode, mkdirat};
use std::fs;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path};

/// Binds `sub_path` of `volume` on `target`, making directories that are missing. Blocking.
pub(crate) fn bind(volume: &Path, sub_path: &Path, target: &Path) -> Result<(), String> {
    let place = open_inside(volume, sub_path)?;
    let is_dir =
        nix::sys::stat::fstat(&place).map_err(describe)?.st_mode & libc_type_mask() == 0o040_000;
    let parent = target.parent().ok_or("a subPath target has no parent")?;
    fs::create_dir_all(parent).map_err(|error| error.to_string())?;
    if is_dir {
        fs::create_dir_all(target).map_err(|error| error.to_string())?;
    } else {
        fs::File::options()
            .create(true)
            .append(true)
            .open(target)
            .map_err(|error| error.to_string())?;
    }
    // A restart of the container finds the old one.
    sys::mount::unmount(target).map_err(|error| error.to_string())?;
    let opened = format!("/proc/self/fd/{}", place.as_raw_fd());
    sys::mount::bind(Path::new(&opened), target).map_err(|error| error.to_string())
}

const fn libc_type_mask() -> u32 {
    0o170_000
}

fn describe(error: nix::errno::Errno) -> String {
    format!("failed to prepare subPath for volumeMount: {error}")
}

fn open_inside(volume: &Path, sub_path: &Path) -> Result<OwnedFd, String> {
    let flags = OFlag::O_PATH | OFlag::O_CLOEXEC;
    // The volume itself may be a file, and a hostPath a link.
    let mut at = open(volume, flags, Mode::empty()).map_err(describe)?;
    // What is missing gets the volume's own permissions.
    let mode = Mode::from_bits_truncate(nix::sys::stat::fstat(&at).map_err(describe)?.st_mode);
    let resolve = ResolveFlag::RESOLVE_BENEATH | ResolveFlag::RESOLVE_NO_MAGICLINKS;
    for part in sub_path.components() {
        let name = match part {
            Component::Normal(name) => name,
            Component::CurDir => continue,
            _ => return Err("subPath must be relative and not contain \"..\"".to_owned()),
        };
        let how = OpenHow::new().flags(flags).resolve(resolve);
        at = match openat2(&at, name, how) {
            Ok(next) => next,
            Err(nix::errno::Errno::ENOENT) => {
                mkdirat(&at, name, mode).map_err(describe)?;
                let made = openat2(&at, name, how).map_err(describe)?;
                // The umask is for other files than a pod's. A descriptor without access is reached by its link.
                let link = format!("/proc/self/fd/{}", made.as_raw_fd());
                fs::set_permissions(&link, fs::Permissions::from_mode(mode.bits()))
                    .map_err(|error| error.to_string())?;
                made
            }
            Err(error) => return Err(describe(error)),
        };
    }
    Ok(at)
}
