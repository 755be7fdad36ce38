//! Lines, partial lines, rotation.

use super::*;

/// The log's lines without their times.
fn lines(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| line.split_once(' ').unwrap().1.to_owned())
        .collect()
}

fn check(chunks: &[&str], expect: &[&str]) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("0.log");
    let mut log = Log::open(&path, 0, 5);
    let mut cut = Lines::new(Stream::Stdout);
    for chunk in chunks {
        cut.feed(chunk.as_bytes(), &mut log);
    }
    cut.finish(&mut log);
    assert_eq!(lines(&path), expect, "{chunks:?}");
}

#[test]
fn chunks_become_lines() {
    check(&["one\ntwo\n"], &["stdout F one", "stdout F two"]);
    check(&["on", "e\n", "\n"], &["stdout F one", "stdout F "]);
    check(&["no end"], &["stdout F no end"]);
    check(&[], &[]);
}

#[test]
fn long_lines_come_in_parts() {
    let long = "x".repeat(LINE_BYTES_MAX + 3);
    let part = format!("stdout P {}", "x".repeat(LINE_BYTES_MAX));
    check(&[&format!("{long}\n")], &[&part, "stdout F xxx"]);
    check(&[&long, "\n"], &[&part, "stdout F xxx"]);
}

#[test]
fn files_rotate_and_old_ones_go() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("0.log");
    for age in 1..=5 {
        std::fs::write(
            directory.path().join(format!("0.log.2020010{age}-000000")),
            "old",
        )
        .unwrap();
    }
    let mut log = Log::open(&path, 100, 3);
    let mut cut = Lines::new(Stream::Stderr);
    cut.feed("y".repeat(200).as_bytes(), &mut log);
    cut.feed(b"\nnext\n", &mut log);
    let mut names: Vec<String> = std::fs::read_dir(directory.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!(
        (names[0].as_str(), names[1].as_str()),
        ("0.log", "0.log.20200105-000000")
    );
}
