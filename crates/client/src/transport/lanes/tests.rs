//! When another connection is opened.

use super::{EXCHANGES_MAX, Lanes};
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn another_connection_is_opened_when_all_are_full() {
    let opened = AtomicUsize::new(0);
    let lanes = Lanes::new(move || opened.fetch_add(1, Ordering::Relaxed));
    let mut watches: Vec<_> = (0..EXCHANGES_MAX).map(|_| lanes.take()).collect();
    assert!(watches.iter().all(|(connection, _)| *connection == 0));

    let (second, _held) = lanes.take();
    assert_eq!(second, 1);
    watches.pop();
    let (free_again, _held) = lanes.take();
    assert_eq!(free_again, 0);
    assert_eq!(lanes.take().0, 1);
}
