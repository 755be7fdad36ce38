//! The codecs against upstream's records, where those are at hand.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests"
)]

mod answers;
mod body;
mod bytes;
mod harmless;
mod invalid;
mod pods;
mod round_trip;

use std::path::PathBuf;

/// A folder of the records, or none with a line that says so.
fn records(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/upstream"
    ))
    .join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: no records at {}", path.display());
    None
}

/// The files of a folder that end so, by name.
fn files(folder: &str, suffix: &str) -> Vec<PathBuf> {
    let Some(dir) = records(folder) else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries
        .filter(|path| path.to_string_lossy().ends_with(suffix))
        .collect();
    paths.sort();
    paths
}
