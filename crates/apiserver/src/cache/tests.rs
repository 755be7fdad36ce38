//! What is kept decoded: the object of an entry as long as the entry is the same, and not more than a bound.
use super::{Decoded, Entry, encode};
use meta::{Map, Str, codec};
use resource::{Object, SharedObject};
use std::sync::Arc;

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
