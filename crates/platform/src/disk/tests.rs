//! Data directories are locked, and their files replaced whole.

use super::{Disk, DiskError};
use crate::Rng;
use crate::simulated::{self, SimulatedDisk};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

#[test]
fn a_directory_is_made_private_and_locked() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("a/b");
    let held = Disk::real().open_dir(&path).unwrap();
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert!(matches!(
        Disk::real().open_dir(&path),
        Err(DiskError::Locked { .. })
    ));
    drop(held);
    Disk::real().open_dir(&path).unwrap();
}

#[test]
fn files_are_replaced() {
    let parent = tempfile::tempdir().unwrap();
    let simulated = Disk::simulated(SimulatedDisk::new(Rng::seeded(1)));
    for disk in [Disk::real(), simulated] {
        let directory = disk.open_dir(parent.path()).unwrap();
        assert_eq!(directory.read("format").unwrap(), None);
        directory.write_atomic("format", b"1").unwrap();
        directory.write_atomic("format", b"2").unwrap();
        assert_eq!(directory.read("format").unwrap().unwrap(), b"2");
    }
}

#[test]
fn what_is_incomplete_is_set_aside() {
    let parent = tempfile::tempdir().unwrap();
    let directory = Disk::real().open_dir(parent.path()).unwrap();
    for turn in ["1", "2"] {
        directory.set_aside("database").unwrap();
        std::fs::create_dir(parent.path().join("database")).unwrap();
        std::fs::write(parent.path().join("database/turn"), turn).unwrap();
        directory.set_aside("database").unwrap();
        let kept = std::fs::read_to_string(parent.path().join("database.incomplete/turn")).unwrap();
        assert_eq!(kept, turn);
    }
}

#[test]
fn a_path_that_cannot_be_made_is_named() {
    let parent = tempfile::tempdir().unwrap();
    std::fs::write(parent.path().join("file"), "").unwrap();
    let error = Disk::real()
        .open_dir(&parent.path().join("file/data"))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "failed to create directory {}/file/data",
            parent.path().display()
        )
    );
}

#[test]
fn a_crash_keeps_what_was_synced() {
    let disk = SimulatedDisk::new(Rng::seeded(5));
    let log = disk.log("log");
    log.append(b"synced").unwrap();
    log.sync().unwrap();
    for _ in 0..50 {
        log.append(b"unsynced").unwrap();
        disk.crash();
        let found = log.read();
        assert!(
            found.starts_with(b"synced") && found.len() <= 14,
            "{found:?}"
        );
        log.truncate(6);
    }
}

#[test]
fn a_simulated_lock_goes_with_its_holder() {
    simulated::run(1, |platform| async move {
        let held = platform.disk.open_dir(Path::new("data")).unwrap();
        assert!(platform.disk.open_dir(Path::new("data")).is_err());
        drop(held);
        platform.disk.open_dir(Path::new("data")).unwrap();
    });
}
