//! The file system that pinned maps and links live in. It is mounted where it is missing, under our own name, so that
//! [`unmount`] takes away only what we mounted.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sys::statfs::{FsType, statfs};

/// `BPF_FS_MAGIC` of linux/magic.h.
const MAGIC: i64 = 0xcafe_4a11;
/// What a kernel with CONFIG_BPF_PRELOAD puts into each bpf file system.
const FROM_THE_KERNEL: [&str; 2] = ["maps.debug", "progs.debug"];
const SOURCE: &str = "sampan";

/// Makes sure that `path` is a bpf file system.
pub(crate) fn ensure(path: &Path) -> io::Result<()> {
    if is_bpffs(path)? {
        return Ok(());
    }
    mount(
        Some(SOURCE),
        path,
        Some("bpf"),
        MsFlags::MS_NOSUID | MsFlags::MS_NODEV | MsFlags::MS_NOEXEC,
        Some("mode=0700"),
    )?;
    Ok(())
}

/// Unmounts `path` if it is a bpf file system that [`ensure`] mounted and nobody keeps anything in it.
pub(crate) fn unmount(path: &Path) -> io::Result<()> {
    if !mounted_by_us(path)? {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        if !FROM_THE_KERNEL
            .iter()
            .any(|name| entry.as_ref().is_ok_and(|entry| entry.file_name() == *name))
        {
            return Ok(());
        }
    }
    umount2(path, MntFlags::empty())?;
    Ok(())
}

pub(crate) fn is_bpffs(path: &Path) -> io::Result<bool> {
    Ok(statfs(path)?.filesystem_type() == FsType(MAGIC))
}

/// Creates `path` and its parents, open to root alone.
pub(crate) fn create_dir(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

fn mounted_by_us(path: &Path) -> io::Result<bool> {
    let mounts = fs::read_to_string("/proc/thread-self/mountinfo")?;
    Ok(mounts.lines().any(|line| is_our_mount(line, path)))
}

/// proc(5), mountinfo: `… mount-point options … - fstype source superoptions`.
fn is_our_mount(line: &str, path: &Path) -> bool {
    let Some((mount, filesystem)) = line.split_once(" - ") else {
        return false;
    };
    let mut filesystem = filesystem.split(' ');
    mount
        .split(' ')
        .nth(4)
        .is_some_and(|at| Path::new(at) == path)
        && filesystem.next() == Some("bpf")
        && filesystem.next() == Some(SOURCE)
}
