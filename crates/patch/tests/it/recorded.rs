//! Finds upstream's recorded answers. They are not part of the repository: without them, tests say so and pass.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// A folder or file of the records.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/upstream");
    let path = PathBuf::from(root).join(name);
    if path.exists() {
        return Some(path);
    }
    let mut out = std::io::stderr();
    let _ = std::io::Write::write_fmt(
        &mut out,
        format_args!("skipped: no records at {}\n", path.display()),
    );
    None
}

/// All JSON files of a folder, with their names.
pub(crate) fn folder(name: &str) -> Vec<(String, Value)> {
    let Some(path) = path(name) else {
        return Vec::new();
    };
    let mut records: Vec<_> = fs::read_dir(path)
        .unwrap()
        .map(|file| file.unwrap())
        .filter(|file| file.path().extension().is_some_and(|it| it == "json"))
        .map(|file| {
            let value = serde_json::from_slice(&fs::read(file.path()).unwrap()).unwrap();
            (file.file_name().to_string_lossy().into_owned(), value)
        })
        .collect();
    records.sort_by(|a, b| a.0.cmp(&b.0));
    records
}
