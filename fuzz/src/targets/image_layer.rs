//! Layers, compressed or not: nothing outside of the target changes, whatever the archive says.

use image::unpack::{Limits, unpack};

pub(super) fn run(bytes: &[u8]) {
    let outer = tempfile::tempdir().expect("the temporary directory can be written");
    let target = outer.path().join("root");
    std::fs::create_dir(&target).expect("it is new");
    let limits = Limits {
        bytes_max: 1 << 20,
        entries_max: 100,
    };
    let _ = unpack(bytes, &target, limits);
    let names: Vec<_> = std::fs::read_dir(outer.path())
        .expect("it was made above")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(names, ["root"]);
}
