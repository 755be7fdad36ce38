use super::WaitingPods;
use crate::{framework::Reason, pod::PodView};
use platform::Monotonic;
use std::{sync::Arc, time::Duration};

fn at(seconds: u64) -> Monotonic {
    Monotonic::START + Duration::from_secs(seconds)
}

/// Pods `one` and `two` wait for `A` (10 s) and `B` (20 s) from second 0 on.
fn waiting() -> WaitingPods {
    let waiting = WaitingPods::default();
    for uid in ["one", "two"] {
        let pod = Arc::new(PodView {
            uid: uid.into(),
            ..PodView::default()
        });
        let plugins = [
            ("A", Duration::from_secs(10)),
            ("B", Duration::from_secs(20)),
        ];
        waiting.add(&pod, &"n".into(), &plugins, at(0));
    }
    waiting
}

/// What was decided by that second, as `uid: how`.
fn decided(waiting: &WaitingPods, second: u64) -> Vec<String> {
    let decided = waiting.take_decided(at(second)).into_iter();
    decided
        .map(|(uid, decision)| match decision {
            Ok(()) => format!("{uid}: allowed"),
            Err((plugin, reason)) => format!("{uid}: {plugin}: {reason}"),
        })
        .collect()
}

#[test]
fn all_must_allow() {
    let waiting = waiting();
    assert!(waiting.allow("one", "A"));
    assert!(!waiting.allow("one", "A"), "it is not waited for any more");
    assert!(!waiting.allow("one", "C"));
    assert!(!waiting.allow("three", "A"));
    assert_eq!(decided(&waiting, 1), [""; 0]);
    assert_eq!(waiting.pods()[0].pending, ["B"]);
    assert!(waiting.allow("one", "B"));
    assert_eq!(decided(&waiting, 1), ["one: allowed"]);
    assert_eq!(waiting.pods().len(), 1);
}

#[test]
fn one_can_reject() {
    let waiting = waiting();
    waiting.allow("two", "A");
    assert!(waiting.reject("two", "C", Reason::new("no")));
    assert!(!waiting.reject("two", "C", Reason::new("no")));
    assert!(!waiting.allow("two", "B"));
    assert_eq!(decided(&waiting, 1), ["two: C: no"]);
}

#[test]
fn patience_ends() {
    let waiting = waiting();
    waiting.allow("one", "A");
    assert_eq!(waiting.next_due(), Some(at(10)));
    assert_eq!(decided(&waiting, 9), [""; 0]);
    assert_eq!(
        decided(&waiting, 10),
        ["two: A: rejected due to timeout after waiting 10s at plugin A"]
    );
    assert_eq!(waiting.next_due(), Some(at(20)));
    assert_eq!(
        decided(&waiting, 30),
        ["one: B: rejected due to timeout after waiting 20s at plugin B"]
    );
    assert_eq!(waiting.next_due(), None);
}

#[test]
fn no_patience_is_longer_than_a_quarter_of_an_hour() {
    let waiting = WaitingPods::default();
    let plugins = [("A", Duration::from_hours(10))];
    waiting.add(&Arc::default(), &"n".into(), &plugins, at(0));
    assert_eq!(
        decided(&waiting, 900),
        [": A: rejected due to timeout after waiting 15m0s at plugin A"]
    );
}

#[test]
fn the_forgotten_wait_no_more() {
    let waiting = waiting();
    waiting.reject("one", "A", Reason::new("no"));
    waiting.forget("one");
    waiting.forget("two");
    assert_eq!(decided(&waiting, 30), [""; 0]);
    assert_eq!((waiting.pods().len(), waiting.next_due()), (0, None));
}
