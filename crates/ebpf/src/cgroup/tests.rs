//! Lines as proc(5) shows them.

use super::unified_mount;

#[test]
fn finds_the_unified_hierarchy() {
    let cases = [
        (
            "31 24 0:27 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate",
            Some("/sys/fs/cgroup"),
        ),
        (
            "42 32 0:39 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw",
            Some("/sys/fs/cgroup/unified"),
        ),
        (
            "33 32 0:30 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu",
            None,
        ),
        ("42 32 0:39 /user.slice /mnt rw - cgroup2 cgroup2 rw", None),
    ];
    for (line, expect) in cases {
        assert_eq!(
            unified_mount(line).as_deref(),
            expect.map(std::path::Path::new),
            "{line}"
        );
    }
}
