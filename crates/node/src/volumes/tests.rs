//! Real directories; mounts are tested where there is a kernel to test.

use super::atomic;
use super::payload::{File, Payload};
use std::fs;
use std::os::unix::fs::PermissionsExt;

fn payload(files: &[(&str, &str)]) -> Payload {
    let file = |text: &str| File {
        bytes: text.as_bytes().to_vec(),
        mode: 0o640,
    };
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), file(text)))
        .collect()
}

#[test]
fn the_atomic_layout_changes_all_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    atomic::write(at, &payload(&[("a", "1"), ("dir/b", "2")]), None).unwrap();
    assert_eq!(
        fs::read_link(at.join("a")).unwrap().to_str(),
        Some("..data/a")
    );
    assert_eq!(
        fs::read_link(at.join("dir")).unwrap().to_str(),
        Some("..data/dir")
    );
    assert_eq!(fs::read_to_string(at.join("dir/b")).unwrap(), "2");
    assert_eq!(
        fs::metadata(at.join("a")).unwrap().permissions().mode() & 0o777,
        0o640
    );
    let first = fs::read_link(at.join("..data")).unwrap();

    atomic::write(at, &payload(&[("a", "1"), ("dir/b", "2")]), None).unwrap();
    assert_eq!(fs::read_link(at.join("..data")).unwrap(), first);

    atomic::write(at, &payload(&[("a", "new"), ("c", "3")]), None).unwrap();
    let mut names: Vec<_> = fs::read_dir(at)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["..data", "..version.2", "a", "c"]);
    assert_eq!(fs::read_to_string(at.join("a")).unwrap(), "new");
}

#[test]
fn a_sub_path_cannot_leave_its_volume() {
    let directory = tempfile::tempdir().unwrap();
    let volume = directory.path().join("volume");
    fs::create_dir(&volume).unwrap();
    std::os::unix::fs::symlink("/etc", volume.join("out")).unwrap();
    let target = directory.path().join("target");
    for sub_path in ["out", "out/passwd", "../x", "/etc"] {
        let error = super::sub_path::bind(&volume, sub_path.as_ref(), &target);
        assert!(error.is_err(), "{sub_path}");
    }
}

#[test]
fn a_missing_sub_path_is_made_with_the_volumes_permissions() {
    if !nix::unistd::geteuid().is_root() {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let volume = directory.path().join("volume");
    fs::create_dir(&volume).unwrap();
    fs::set_permissions(&volume, fs::Permissions::from_mode(0o2777)).unwrap();
    let target = directory.path().join("target");
    super::sub_path::bind(&volume, "a/b".as_ref(), &target).unwrap();
    sys::mount::unmount(&target).unwrap();
    for made in ["a", "a/b"] {
        let mode = fs::metadata(volume.join(made))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o7777, 0o2777, "{made}");
    }
}
