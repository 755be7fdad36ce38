//! Lines of mountinfo.

use super::*;

#[test]
fn lines_are_parsed_with_escapes_and_optional_fields() {
    let check = |line: &str, target: &str, file_system: &str| {
        let info = parse_line(line.as_bytes()).unwrap();
        assert_eq!(
            (info.target.to_str().unwrap(), info.file_system.as_str()),
            (target, file_system)
        );
    };
    check(
        "36 35 98:0 /m /mnt/a rw,noatime master:1 - ext3 /dev/root rw,errors=continue",
        "/mnt/a",
        "ext3",
    );
    check(
        "36 35 98:0 / /with\\040space rw - cgroup cgroup rw,cpu",
        "/with space",
        "cgroup",
    );
    check(
        "36 35 98:0 / /back\\134slash rw shared:1 master:2 - tmpfs tmpfs rw",
        "/back\\slash",
        "tmpfs",
    );
    assert_eq!(parse_line(b""), None);
}
