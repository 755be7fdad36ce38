//! Layers, compressed or not: nothing outside of the target changes, whatever the archive says.
#![no_main]

use image::unpack::{Limits, unpack};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let outer = std::env::temp_dir().join(format!("fuzz-layer-{}", std::process::id()));
    let target = outer.join("root");
    std::fs::create_dir_all(&target).expect("the temporary directory can be written");
    let _ = unpack(bytes, &target, Limits { bytes_max: 1 << 20, entries_max: 100 });
    let names: Vec<_> = std::fs::read_dir(&outer).expect("it was made above").flatten().map(|e| e.file_name()).collect();
    assert_eq!(names, ["root"]);
    std::fs::remove_dir_all(&outer).expect("it was made above");
});
