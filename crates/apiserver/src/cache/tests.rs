//! What is kept decoded: the object of an entry as long as the entry is the same, and not more than a bound. When watches are woken.
use super::{Decoded, Entry, encode, wakes::Wakes};
use meta::{Map, Str, codec};
use platform::{Platform, simulated};
use resource::{Object, SharedObject};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::Wake,
    time::Duration,
};

fn namespace(name: &str) -> Object {
    let mut namespace = api::core::v1::Namespace::default();
    namespace.metadata.name = name.into();
    Box::new(namespace)
}

fn entry(name: &str, revision: u64) -> Entry {
    let body = codec::encode_body(&*namespace(name));
    let value = encode(&body, "", &Map::default(), &[]);
    Entry::new(Str::from(name), value, revision).unwrap()
}

fn known(decoded: &Decoded, entry: &Entry) -> Option<SharedObject> {
    decoded.of(entry, || None)
}

#[test]
fn an_object_is_decoded_once_for_each_revision() {
    let decoded = Decoded::default();
    let first = decoded.of(&entry("a", 7), || Some(namespace("a"))).unwrap();
    let again = known(&decoded, &entry("a", 7)).unwrap();
    assert!(Arc::ptr_eq(&first, &again));
    assert!(known(&decoded, &entry("a", 8)).is_none());
    assert!(known(&decoded, &entry("b", 7)).is_none());
    let newer = decoded.of(&entry("a", 8), || Some(namespace("a"))).unwrap();
    assert!(!Arc::ptr_eq(&first, &newer));
    assert!(known(&decoded, &entry("a", 7)).is_none());
}

#[test]
fn what_is_kept_is_bounded() {
    let decoded = Decoded::default();
    let entries: Vec<Entry> = (0..=Decoded::KEPT_MAX)
        .map(|index| entry(&format!("n{index}"), 1))
        .collect();
    for entry in &entries {
        decoded.of(entry, || Some(namespace(&entry.key))).unwrap();
    }
    let kept = entries
        .iter()
        .filter(|entry| known(&decoded, entry).is_some());
    assert!(kept.count() <= Decoded::KEPT_MAX);
    assert!(known(&decoded, &entries[Decoded::KEPT_MAX]).is_some());
}

#[derive(Default)]
struct Woken(AtomicUsize);
impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Commits an event of so many watches; returns how many were woken until now.
fn commit(wakes: &mut Wakes, watches: usize, woken: &Arc<Woken>) -> usize {
    let all = (0..watches).map(|_| Arc::clone(woken).into());
    wakes.wakers().extend(all);
    wakes.committed();
    woken.0.load(Ordering::Relaxed)
}

#[test]
fn many_watches_are_woken_together_while_much_happens() {
    simulated::run(1, |platform: Platform| async move {
        let clock = &platform.clock;
        let (mut wakes, woken) = (Wakes::new(clock.clone()), Arc::<Woken>::default());
        assert_eq!(commit(&mut wakes, 100, &woken), 100, "the first at once");
        assert_eq!(commit(&mut wakes, 3, &woken), 103, "few at once");
        assert_eq!(commit(&mut wakes, 100, &woken), 103);
        assert_eq!(commit(&mut wakes, 3, &woken), 103);
        let begun = clock.monotonic();
        wakes.due().await;
        assert!(clock.monotonic().since(begun) <= Duration::from_millis(5));
        wakes.wake();
        assert_eq!(woken.0.load(Ordering::Relaxed), 206);
        assert_eq!(commit(&mut wakes, 100, &woken), 206);
        clock.sleep(Duration::from_millis(5)).await;
        assert_eq!(
            commit(&mut wakes, 1, &woken),
            307,
            "with the next commit when it is due"
        );
        clock.sleep(Duration::from_secs(1)).await;
        assert_eq!(
            commit(&mut wakes, 100, &woken),
            407,
            "at once after a pause"
        );
    });
}
