//! Finds upstream's recorded answers. They are not part of the repository: without them, tests say so and pass.

use serde_json::Value;
use std::{fs, io::Write, path::PathBuf};

/// All JSON files of a folder of the records, with their names, in order.
pub(crate) fn folder(name: &str) -> Vec<(String, Value)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/upstream");
    let path = PathBuf::from(root).join(name);
    if !path.exists() {
        let words = format!("skipped: no records at {}\n", path.display());
        let _ = std::io::stderr().write_all(words.as_bytes());
        return Vec::new();
    }
    let files = fs::read_dir(path).unwrap().map(|file| file.unwrap().path());
    let mut records: Vec<_> = files
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let record = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                record,
            )
        })
        .collect();
    records.sort_by(|a: &(String, Value), b| a.0.cmp(&b.0));
    records
}
