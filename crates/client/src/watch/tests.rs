//! Cutting of frames into lines.

use super::Lines;
use bytes::Bytes;

#[test]
fn lines_across_frames() {
    let check = |frames: &[&str], expect: &[&str]| {
        let mut lines = Lines::default();
        let mut got = Vec::new();
        for frame in frames {
            lines.push(Bytes::from((*frame).to_owned())).unwrap();
            while let Some(line) = lines.next() {
                got.push(String::from_utf8(line.to_vec()).unwrap());
            }
        }
        assert_eq!(got, expect, "{frames:?}");
    };
    check(&["a\n"], &["a"]);
    check(&["a\nb\n"], &["a", "b"]);
    check(&["a", "b\nc", "\n"], &["ab", "c"]);
    check(&["\n\na\r\n"], &["a\r"]);
    check(&["a"], &[]);
}
