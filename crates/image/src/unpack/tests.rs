//! Archives that try to leave their directory, and what overlayfs needs.

use std::os::unix::fs::{FileTypeExt, MetadataExt};

use super::*;

const LIMITS: Limits = Limits {
    bytes_max: 1 << 20,
    entries_max: 1000,
};

/// `path`, type flag, link target or content.
type Line<'a> = (&'a str, u8, &'a str);

fn archive(lines: &[Line<'_>]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, flag, text) in lines {
        let mut header = tar::Header::new_gnu();
        // Written by hand, because the builder refuses the paths that we want to test.
        header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(tar::EntryType::new(*flag));
        header.set_mode(0o644);
        header.set_mtime(1_000_000_000);
        header.set_uid(nix::unistd::getuid().as_raw().into());
        header.set_gid(nix::unistd::getgid().as_raw().into());
        let is_link = matches!(flag, b'1' | b'2');
        if is_link {
            header.as_gnu_mut().unwrap().linkname[..text.len()].copy_from_slice(text.as_bytes());
        }
        let body = if is_link { "" } else { text };
        header.set_size(body.len() as u64);
        header.set_cksum();
        builder.append(&header, body.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

fn unpacked(lines: &[Line<'_>]) -> (tempfile::TempDir, Result<Digest, UnpackError>) {
    let outer = tempfile::tempdir().unwrap();
    std::fs::create_dir(outer.path().join("root")).unwrap();
    std::fs::write(outer.path().join("outside"), "untouched").unwrap();
    let result = unpack(
        archive(lines).as_slice(),
        &outer.path().join("root"),
        LIMITS,
    );
    let outside = std::fs::read_to_string(outer.path().join("outside")).unwrap();
    assert_eq!(outside, "untouched");
    (outer, result)
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn is_root() -> bool {
    let root = nix::unistd::geteuid().is_root();
    if !root {
        eprintln!("skipped: needs root");
    }
    root
}

#[test]
fn files_links_and_forgotten_directories() {
    let (outer, result) = unpacked(&[
        ("bin/sh", b'0', "#!"),
        ("bin/ash", b'1', "bin/sh"),
        ("lib", b'2', "usr/lib"),
        ("usr/lib/", b'5', ""),
        ("lib/so", b'0', "elf"),
    ]);
    result.unwrap();
    let root = outer.path().join("root");
    assert_eq!(std::fs::metadata(root.join("bin/sh")).unwrap().nlink(), 2);
    assert_eq!(
        std::fs::read_to_string(root.join("usr/lib/so")).unwrap(),
        "elf"
    );
    assert_eq!(
        std::fs::metadata(root.join("usr/lib")).unwrap().mtime(),
        1_000_000_000
    );
}

#[test]
fn nothing_leaves_the_root() {
    let check = |lines: &[Line<'_>]| drop(unpacked(lines));
    check(&[("../outside", b'0', "x")]);
    check(&[("a/../../outside", b'0', "x")]);
    check(&[("link", b'2', ".."), ("link/outside", b'0', "x")]);
    check(&[("link", b'2', "/"), ("link/outside", b'0', "x")]);
    check(&[("link", b'1', "../outside"), ("link", b'0', "x")]);
    check(&[
        ("up", b'2', "../outside"),
        ("link", b'1', "up"),
        ("link", b'0', "x"),
    ]);
    check(&[("up", b'2', "../outside"), ("up", b'0', "x")]);
    check(&[("d", b'2', ".."), ("d/.wh.outside", b'0', "")]);
    check(&[(".wh...", b'0', "")]);
}

#[test]
fn an_absolute_symlink_stays_inside() {
    let (outer, result) = unpacked(&[
        ("etc/", b'5', ""),
        ("link", b'2', "/etc"),
        ("link/passwd", b'0', "x"),
    ]);
    result.unwrap();
    assert!(outer.path().join("root/etc/passwd").exists());
}

#[test]
fn whiteouts_are_what_overlayfs_expects() {
    if !is_root() {
        return;
    }
    let (outer, result) = unpacked(&[("d/.wh..wh..opq", b'0', ""), ("d/.wh.gone", b'0', "")]);
    result.unwrap();
    let gone = std::fs::symlink_metadata(outer.path().join("root/d/gone")).unwrap();
    assert!(gone.file_type().is_char_device() && gone.rdev() == 0);
    let opaque = sys::fs::get_xattr(&outer.path().join("root/d"), "trusted.overlay.opaque");
    assert_eq!(opaque.as_deref(), Some(b"y".as_slice()));
}

#[test]
fn limits_hold() {
    let big = "x".repeat(2 << 20);
    let (_outer, result) = unpacked(&[("big", b'0', &big)]);
    assert!(
        matches!(result, Err(UnpackError::Read { .. })),
        "{result:?}"
    );
    let many: Vec<Line<'_>> = (0..1001).map(|_| ("f", b'0', "")).collect();
    let (_outer, result) = unpacked(&many);
    assert!(
        matches!(result, Err(UnpackError::TooMany { .. })),
        "{result:?}"
    );
}

#[test]
fn compressed_layers_have_the_diff_id_of_the_plain_one() {
    let plain = archive(&[("a", b'0', "1")]);
    let digest = Digest::of(&plain);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &plain).unwrap();
    let zstd = zstd::encode_all(plain.as_slice(), 1).unwrap();
    for bytes in [plain.clone(), gzip.finish().unwrap(), zstd] {
        let target = tempfile::tempdir().unwrap();
        assert_eq!(
            unpack(bytes.as_slice(), target.path(), LIMITS).unwrap(),
            digest
        );
    }
}

#[test]
fn a_cut_archive_is_an_error_at_every_length() {
    let whole = archive(&[("a", b'0', "content"), ("b", b'2', "a")]);
    for length in (1..whole.len() - 1024).step_by(97) {
        let target = tempfile::tempdir().unwrap();
        let result = unpack(&whole[..length], target.path(), LIMITS);
        // A cut between entries looks like an end; the diff id tells.
        assert!(result.is_err() || length % 512 == 0, "{length}");
    }
}
