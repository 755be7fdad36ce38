//! Counting, combining and dropping.

use super::{Correlator, Verdict};
use crate::events::{Occurrence, Reference, Type};
use platform::Monotonic;
use std::time::Duration;

fn event(name: &str, message: &str) -> Occurrence {
    Occurrence {
        about: Reference {
            kind: "Pod".into(),
            name: name.into(),
            ..Reference::default()
        },
        type_: Type::Normal,
        reason: "Pulled".into(),
        message: message.to_owned(),
    }
}

fn at(seconds: u64) -> Monotonic {
    Monotonic::START + Duration::from_secs(seconds)
}

/// `create:message`, `count N:message`, `drop`.
fn judge(correlator: &mut Correlator, occurrence: Occurrence, now: Monotonic) -> String {
    match correlator.judge(occurrence, now) {
        Verdict::Drop => "drop".to_owned(),
        Verdict::Create(occurrence) => {
            let said = format!("create:{}", occurrence.message);
            correlator.created(occurrence, "name".to_owned());
            said
        }
        Verdict::Count {
            count, occurrence, ..
        } => format!("count {count}:{}", occurrence.message),
    }
}

#[test]
fn equal_events_are_counted() {
    let mut correlator = Correlator::default();
    assert_eq!(judge(&mut correlator, event("a", "m"), at(0)), "create:m");
    assert_eq!(judge(&mut correlator, event("a", "m"), at(1)), "count 2:m");
    assert_eq!(judge(&mut correlator, event("a", "n"), at(2)), "create:n");
    assert_eq!(judge(&mut correlator, event("b", "m"), at(3)), "create:m");
    assert_eq!(judge(&mut correlator, event("a", "m"), at(4)), "count 3:m");
}

#[test]
fn similar_events_are_combined() {
    let mut correlator = Correlator::default();
    for n in 0..9 {
        let message = format!("m{n}");
        assert_eq!(
            judge(&mut correlator, event("a", &message), at(n)),
            format!("create:{message}")
        );
    }
    let combined = "(combined from similar events): ";
    assert_eq!(
        judge(&mut correlator, event("a", "x"), at(10)),
        format!("create:{combined}x")
    );
    assert_eq!(
        judge(&mut correlator, event("a", "y"), at(11)),
        format!("count 2:{combined}y")
    );
    assert_eq!(
        judge(&mut correlator, event("a", "z"), at(700)),
        "create:z",
        "ten minutes of silence"
    );
}

#[test]
fn floods_are_dropped() {
    let mut correlator = Correlator::default();
    for _ in 0..25 {
        assert_ne!(judge(&mut correlator, event("a", "m"), at(0)), "drop");
    }
    assert_eq!(judge(&mut correlator, event("a", "m"), at(1)), "drop");
    assert_eq!(judge(&mut correlator, event("b", "m"), at(1)), "create:m");
    assert_eq!(
        judge(&mut correlator, event("a", "m"), at(301)),
        "count 26:m"
    );
}
