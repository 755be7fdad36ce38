use super::{CAPABILITIES, knows_file_system, missing_capability};

#[test]
fn a_missing_capability_is_named() {
    let all: u64 = CAPABILITIES.iter().map(|(_, number)| 1 << number).sum();
    let status = |bits: u64| format!("Name:\tsampan\nCapEff:\t{bits:016x}\nCapBnd:\t0\n");
    assert_eq!(missing_capability(&status(all)), None);
    for (name, number) in CAPABILITIES {
        assert_eq!(
            missing_capability(&status(all & !(1 << number))),
            Some(*name)
        );
    }
    assert_eq!(missing_capability("Name:\tsampan\n"), None);
}

#[test]
fn a_file_system_that_no_kernel_has_is_missed() {
    let root = nix::unistd::geteuid().is_root();
    assert_eq!(knows_file_system("no-such-file-system"), !root);
    assert!(knows_file_system("overlay"));
}
