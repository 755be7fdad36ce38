//! Which changes ask for work.

use super::{Graph, Work};
use crate::garbage_collector::links::{Going, Links, Owner, Uid};
use client::Change;
use meta::ObjectKey;
use std::{collections::HashMap, sync::Arc};

/// A graph that is told of changes as text: `name [in=NAMESPACE] [of=OWNER]… [blocks=OWNER]… [foreground|orphaning|going]`, or
/// `-name` for one that is gone.
#[derive(Default)]
struct World {
    graph: Graph,
    shown: HashMap<String, Arc<Links>>,
}

impl World {
    fn tell(&mut self, text: &str) -> String {
        let gone = text.starts_with('-');
        let name = text.trim_start_matches('-').split(' ').next().unwrap();
        let new = (!gone).then(|| Arc::new(links(text)));
        let old = match &new {
            Some(new) => self.shown.insert(name.to_owned(), Arc::clone(new)),
            None => self.shown.remove(name),
        };
        let namespace = text.split(' ').find_map(|word| word.strip_prefix("in="));
        let key = ObjectKey::namespaced(namespace.unwrap_or("a"), name);
        let change = Change {
            key: &key,
            old: old.as_ref(),
            new: new.as_ref(),
        };
        let mut work: Vec<_> = self.graph.apply(0, &change).iter().map(show).collect();
        work.sort();
        work.join(", ")
    }
}

/// Uids are one letter, so that they can be read back.
fn uid(name: &str) -> Uid {
    Uid::of(&format!(
        "00000000-0000-0000-0000-0000000000{:02x}",
        name.as_bytes()[0]
    ))
}

fn show(work: &Work) -> String {
    let name = |wanted: &Uid| {
        ('a'..='z')
            .map(String::from)
            .find(|name| uid(name) == *wanted)
            .unwrap()
    };
    match work {
        Work::Delete(uid) => format!("delete {}", name(uid)),
        Work::Orphan(uid) => format!("orphan {}", name(uid)),
        Work::Verify(uid) => format!("verify {}", name(uid)),
    }
}

fn links(text: &str) -> Links {
    let mut words = text.split(' ');
    let mut links = Links {
        uid: uid(words.next().unwrap()),
        ..Links::default()
    };
    for word in words {
        match word.split_once('=') {
            Some(("in", _)) => {}
            Some((how, name)) => links.owners.push(Owner {
                uid: uid(name),
                group: "apps".into(),
                kind: "Any".into(),
                name: name.into(),
                blocks: how == "blocks",
            }),
            None => {
                links.going = match word {
                    "foreground" => Going::Foreground,
                    "orphaning" => Going::Orphaning,
                    _ => Going::Plainly,
                }
            }
        }
    }
    links
}

fn check(steps: &[(&str, &str)]) {
    let mut world = World::default();
    for (change, expect) in steps {
        assert_eq!(world.tell(change), *expect, "{change}");
    }
}

#[test]
fn background() {
    check(&[
        ("d", ""),
        ("p of=d", ""),
        ("q of=d", ""),
        ("d going", ""),
        ("-d", "delete p, delete q"),
        ("-p", ""),
    ]);
}

#[test]
fn owners_that_were_never_seen() {
    check(&[
        ("p of=d", "verify d"),
        ("d", ""),
        ("q of=d", ""),
        ("-d", "delete p, delete q"),
    ]);
}

#[test]
fn foreground() {
    check(&[
        ("d", ""),
        ("p blocks=d", ""),
        ("d foreground", "delete d, delete p"),
        ("q blocks=d", "delete q"),
        ("p blocks=d going", ""),
        ("-p", "delete d"),
        ("q", "delete d"),
    ]);
}

#[test]
fn owners_elsewhere() {
    check(&[
        ("d", ""),
        ("p in=b of=d", "delete p"),
        ("q of=e", "verify e"),
        ("r in=b of=e", "verify e"),
        ("e", "delete r"),
    ]);
    let mut world = World::default();
    world.graph.define(0, "Other");
    world.tell("d");
    assert_eq!(world.tell("p of=d"), "delete p");
}

#[test]
fn orphaning() {
    check(&[
        ("d", ""),
        ("p of=d", ""),
        ("d orphaning", "orphan d"),
        ("q of=d", "orphan d"),
        ("p", ""),
        ("-d", "delete q"),
    ]);
}

#[test]
fn only_blocking_dependents_hold_their_owner() {
    let mut world = World::default();
    for change in ["d", "p blocks=d", "q of=d"] {
        world.tell(change);
    }
    assert_eq!(world.graph.blocking(uid("d")), [uid("p")]);
    assert_eq!(world.graph.dependents(uid("d")), [uid("p"), uid("q")]);
}

#[test]
fn nothing_is_kept_of_what_is_gone() {
    let mut world = World::default();
    for change in ["p of=d", "q of=p", "-q", "-p"] {
        world.tell(change);
    }
    assert!(world.graph.nodes.is_empty() && world.graph.dependents.is_empty());
}
