//! The window keeps its bound and its floor.

use super::Window;
use crate::{Event, EventKind, Revision};
use std::sync::Arc;

fn batch(revisions: &[u64]) -> Arc<[Event]> {
    let event = |revision: &u64| Event {
        key: vec![b'k'; 1000].into(),
        revision: Revision(*revision),
        kind: EventKind::Delete,
        previous: None,
    };
    revisions.iter().map(event).collect()
}

fn revisions(window: &Window, from: u64) -> Vec<u64> {
    window
        .from(from)
        .flat_map(|events| events.iter())
        .map(|event| event.revision.0)
        .collect()
}

#[test]
fn the_oldest_go_first() {
    let mut window = Window::new(1, 4500);
    for revision in 2..10 {
        window.push(batch(&[revision]), revision);
    }
    assert_eq!(window.floor(), 6);
    assert_eq!(revisions(&window, 7), [7, 8, 9]);
    assert_eq!(revisions(&window, 9), [9]);
    assert_eq!(revisions(&window, 10), []);
    window.forget(8, 9);
    assert_eq!(revisions(&window, 9), [9]);
    assert_eq!(window.floor(), 8);
}

#[test]
fn what_is_not_on_disk_stays() {
    let mut window = Window::new(1, 0);
    window.push(batch(&[2, 3]), 1);
    window.push(batch(&[4]), 1);
    assert_eq!(window.floor(), 1);
    window.forget(4, 3);
    assert_eq!(window.floor(), 3);
    window.push(batch(&[5]), 5);
    assert_eq!(window.floor(), 5);
}
