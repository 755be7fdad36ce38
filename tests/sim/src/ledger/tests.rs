use super::Ledger;
use meta::{ObjectKey, Str};

/// What is wrong after these things were learned.
#[track_caller]
fn check(learn: impl FnOnce(&Ledger), wrong: &str) {
    let ledger = Ledger::default();
    learn(&ledger);
    assert_eq!(ledger.0.lock().wrong.join("; "), wrong);
}

fn starts(ledger: &Ledger, name: &str, uid: &str, node: &str) {
    let key = ObjectKey::namespaced("ns", name);
    ledger.starts(&key, &Str::from(uid), &Str::from(node));
}

fn stopped(ledger: &Ledger, name: &str, uid: &str) {
    ledger.stopped(&ObjectKey::namespaced("ns", name), &Str::from(uid));
}

#[test]
fn no_revision_means_two_things() {
    check(
        |ledger| {
            ledger.told(5, "a is 1".into());
            ledger.told(6, "a is 2".into());
            ledger.told(5, "a is 1".into());
        },
        "",
    );
    check(
        |ledger| {
            ledger.told(5, "a is 1".into());
            ledger.told(5, "b is 1".into());
        },
        "revision 5 means two things: a is 1; and then: b is 1",
    );
}

#[test]
fn no_pod_runs_twice() {
    check(
        |ledger| {
            starts(ledger, "p", "1", "n1");
            starts(ledger, "q", "2", "n2");
            stopped(ledger, "p", "1");
            starts(ledger, "p", "3", "n2");
            assert_eq!(ledger.running(), ["2", "3"].map(Str::from).into());
        },
        "",
    );
    check(
        |ledger| {
            starts(ledger, "p", "1", "n1");
            stopped(ledger, "p", "1");
            starts(ledger, "p", "1", "n2");
        },
        "pod ns/p (1) is started on n2, and was on n1",
    );
    check(
        |ledger| {
            starts(ledger, "p", "1", "n1");
            starts(ledger, "p", "2", "n2");
        },
        r#"ns/p runs more than once on n2: {"1", "2"}"#,
    );
}
