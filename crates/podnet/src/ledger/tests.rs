//! No address twice, none lost.

use std::path::Path;

use super::{Ledger, LedgerError};

fn open(directory: &Path) -> Ledger {
    Ledger::open(directory, "10.244.0.0/29".parse().unwrap()).unwrap()
}

#[test]
fn addresses_are_recorded_and_rest_before_reuse() {
    let directory = tempfile::tempdir().unwrap();
    let mut ledger = open(directory.path());
    let taken: Vec<u32> = ["a", "b", "c", "a"]
        .map(|sandbox| ledger.take(sandbox, Path::new("/ns")).unwrap())
        .into();
    assert_eq!(taken, [2, 3, 4, 2]);
    ledger.release("a").unwrap();
    ledger.release("a").unwrap();
    assert_eq!(ledger.take("d", Path::new("/ns")).unwrap(), 5);
    // Another process finds the same.
    let mut again = open(directory.path());
    assert_eq!(
        again.sandboxes().collect::<Vec<_>>(),
        [("b", 3), ("c", 4), ("d", 5)]
    );
    assert_eq!(again.take("e", Path::new("/ns")).unwrap(), 6);
    assert_eq!(again.take("f", Path::new("/ns")).unwrap(), 2);
    assert!(matches!(
        again.take("g", Path::new("/ns")),
        Err(LedgerError::Full { count: 5, .. })
    ));
}

#[test]
fn an_entry_of_another_network_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("old", directory.path().join("10.9.0.2")).unwrap();
    let ledger = open(directory.path());
    assert_eq!(ledger.sandboxes().count(), 0);
    assert!(directory.path().join("10.9.0.2").is_symlink());
}
