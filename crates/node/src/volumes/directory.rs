//! Directories of emptyDir volumes, and what hostPath demands of a path.

use nix::mount::MsFlags;
use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;

/// A directory with exactly this mode, whatever the umask, and group.
pub(super) fn make(path: &Path, mode: u32, group: Option<u32>) -> Result<(), String> {
    let describe = |error: std::io::Error| format!("cannot make {}: {error}", path.display());
    fs::create_dir_all(path).map_err(describe)?;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(describe)?;
    if group.is_some() {
        std::os::unix::fs::chown(path, None, group).map_err(describe)?;
        // Files made in it belong to the group too.
        fs::set_permissions(path, fs::Permissions::from_mode(mode | 0o2000)).map_err(describe)?;
    }
    Ok(())
}

/// emptyDir: world-writable, on the node's disk or a tmpfs of at most `memory` bytes (0: as the kernel says).
pub(super) fn empty(path: &Path, memory: Option<u64>, group: Option<u32>) -> Result<(), String> {
    let Some(bytes) = memory else {
        return make(path, 0o777, group);
    };
    make(path, 0o777, None)?;
    let mounted = sys::mount::mounts_below(path).map_err(|error| error.to_string())?;
    if mounted.iter().any(|target| target == path) {
        return Ok(());
    }
    let options = if bytes > 0 {
        format!("size={bytes},mode=0777")
    } else {
        "mode=0777".to_owned()
    };
    nix::mount::mount(
        Some("tmpfs"),
        path,
        Some("tmpfs"),
        MsFlags::empty(),
        Some(options.as_str()),
    )
    .map_err(|error| format!("cannot mount a tmpfs on {}: {error}", path.display()))?;
    make(path, 0o777, group)
}

/// `hostPath.type`: makes what is to be made, checks what is to be there.
pub(super) fn check_host_path(path: &Path, type_: &str) -> Result<(), String> {
    let kind = fs::metadata(path).map(|metadata| metadata.file_type()).ok();
    let is = |test: fn(&fs::FileType) -> bool| kind.as_ref().is_some_and(test);
    let wrong = |what: &str| {
        Err(format!(
            "hostPath type check failed: {} is not {what}",
            path.display()
        ))
    };
    match type_ {
        "" => Ok(()),
        "DirectoryOrCreate" if kind.is_none() => make(path, 0o755, None),
        "FileOrCreate" if kind.is_none() => make_file(path),
        "Directory" | "DirectoryOrCreate" if !is(fs::FileType::is_dir) => wrong("a directory"),
        "File" | "FileOrCreate" if !is(fs::FileType::is_file) => wrong("a file"),
        "Socket" if !is(FileTypeExt::is_socket) => wrong("a socket file"),
        "CharDevice" if !is(FileTypeExt::is_char_device) => wrong("a character device"),
        "BlockDevice" if !is(FileTypeExt::is_block_device) => wrong("a block device"),
        _ => Ok(()),
    }
}

fn make_file(path: &Path) -> Result<(), String> {
    let describe = |error: std::io::Error| format!("cannot make {}: {error}", path.display());
    fs::File::options()
        .create(true)
        .append(true)
        .open(path)
        .map_err(describe)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).map_err(describe)
}
