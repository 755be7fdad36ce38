//! Who owns whom, and which changes ask for work; pure.

use super::links::{Going, Links, Owner, Uid};
use client::Change;
use meta::ObjectKey;
use std::collections::{BTreeSet, HashMap};

/// Something to look at, on live objects.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Work {
    /// The object may have lost its last owner, or waits for its dependents.
    Delete(Uid),
    /// The object's dependents are to lose it as owner.
    Orphan(Uid),
    /// An object that names this owner was seen, and the owner was not.
    Verify(Uid),
}

/// Where an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Number of the resource.
    pub(super) resource: u32,
    pub(super) key: ObjectKey,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) owners: Vec<Owner>,
    pub(super) going: Going,
}

/// Every object, and the dependents of each owner, there or not.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: HashMap<Uid, Node>,
    dependents: HashMap<Uid, BTreeSet<Uid>>,
    /// By number of the resource.
    kinds: HashMap<u32, String>,
}

impl Graph {
    /// Objects of this resource are of this kind.
    pub(super) fn define(&mut self, resource: u32, kind: &str) {
        self.kinds.insert(resource, kind.to_owned());
    }

    pub(super) fn node(&self, uid: Uid) -> Option<&Node> {
        self.nodes.get(&uid)
    }

    pub(super) fn dependents(&self, uid: Uid) -> Vec<Uid> {
        self.dependents
            .get(&uid)
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }

    /// Dependents that the owner must wait for in the foreground.
    pub(super) fn blocking(&self, uid: Uid) -> Vec<Uid> {
        let blocks = |dependent: &Uid| {
            let mut owners = self
                .nodes
                .get(dependent)
                .into_iter()
                .flat_map(|node| &node.owners);
            owners.any(|owner| owner.uid == uid && owner.blocks)
        };
        self.dependents(uid).into_iter().filter(blocks).collect()
    }

    /// An owner as its dependents name it, with the namespace that they are in.
    pub(super) fn named(&self, uid: Uid) -> Option<(Owner, ObjectKey)> {
        let dependent = self.nodes.get(self.dependents.get(&uid)?.first()?)?;
        let owner = dependent
            .owners
            .iter()
            .find(|owner| owner.uid == uid)?
            .clone();
        Some((owner, dependent.place.key.clone()))
    }

    /// Takes a change in; answers what to look at.
    pub(super) fn apply(&mut self, resource: u32, change: &Change<'_, Links>) -> Vec<Work> {
        match (change.old, change.new) {
            (_, Some(new)) => self.put(
                Place {
                    resource,
                    key: change.key.clone(),
                },
                new,
            ),
            (Some(old), None) => self.remove(old.uid),
            (None, None) => Vec::new(),
        }
    }

    fn put(&mut self, place: Place, new: &Links) -> Vec<Work> {
        let node = Node {
            place,
            owners: new.owners.clone(),
            going: new.going,
        };
        let old = self.nodes.insert(new.uid, node);
        let mut work = match old {
            Some(_) => Vec::new(),
            None => self.misnaming(new.uid),
        };
        let (old_owners, old_going) = old.map(|old| (old.owners, old.going)).unwrap_or_default();
        work.extend(self.relink(new.uid, &old_owners, &new.owners));
        if new.going != old_going {
            work.extend(self.begin_going(new.uid, new.going));
        }
        work
    }

    fn relink(&mut self, uid: Uid, old: &[Owner], new: &[Owner]) -> Vec<Work> {
        let mut work = Vec::new();
        for owner in old.iter().filter(|owner| !new.contains(owner)) {
            if !new.iter().any(|kept| kept.uid == owner.uid) {
                self.unlink(owner.uid, uid);
            }
            if owner.blocks && self.waits_for_dependents(owner.uid) {
                work.push(Work::Delete(owner.uid));
            }
        }
        let added: Vec<_> = new.iter().filter(|owner| !old.contains(owner)).collect();
        for owner in &added {
            self.dependents.entry(owner.uid).or_default().insert(uid);
            match self.nodes.get(&owner.uid) {
                None => work.push(Work::Verify(owner.uid)),
                Some(known) if known.going == Going::Foreground => work.push(Work::Delete(uid)),
                Some(known) if known.going == Going::Orphaning => {
                    work.push(Work::Orphan(owner.uid))
                }
                Some(known) if self.is_misnamed(owner, known, uid) => work.push(Work::Delete(uid)),
                Some(_) => {}
            }
        }
        work
    }

    /// Dependents that named an owner otherwise than it turns out to be: who is named so may not exist.
    fn misnaming(&self, uid: Uid) -> Vec<Work> {
        let Some(found) = self.nodes.get(&uid) else {
            return Vec::new();
        };
        let misnames = |dependent: &Uid| {
            let node = self.nodes.get(dependent);
            let mut owners = node.into_iter().flat_map(|node| &node.owners);
            owners.any(|owner| owner.uid == uid && self.is_misnamed(owner, found, *dependent))
        };
        let dependents = self.dependents(uid).into_iter();
        dependents.filter(misnames).map(Work::Delete).collect()
    }

    /// Whether the object of an owner's uid has another name, kind or namespace than its dependent says.
    fn is_misnamed(&self, owner: &Owner, found: &Node, dependent: Uid) -> bool {
        let key = &found.place.key;
        let kind = self.kinds.get(&found.place.resource);
        let dependent = self.nodes.get(&dependent);
        owner.name != key.name
            || kind.is_some_and(|kind| *kind != *owner.kind)
            || (key.namespace.is_some()
                && dependent.is_some_and(|node| node.place.key.namespace != key.namespace))
    }

    fn begin_going(&self, uid: Uid, going: Going) -> Vec<Work> {
        match going {
            Going::Not | Going::Plainly => Vec::new(),
            Going::Orphaning => vec![Work::Orphan(uid)],
            Going::Foreground => {
                let dependents = self.dependents(uid).into_iter().map(Work::Delete);
                dependents.chain([Work::Delete(uid)]).collect()
            }
        }
    }

    /// The object is gone: its dependents may go, and an owner may have waited for it.
    pub(super) fn remove(&mut self, uid: Uid) -> Vec<Work> {
        let Some(node) = self.nodes.remove(&uid) else {
            return self.orphans_of(uid);
        };
        let mut work = self.orphans_of(uid);
        for owner in &node.owners {
            self.unlink(owner.uid, uid);
            if self.waits_for_dependents(owner.uid) {
                work.push(Work::Delete(owner.uid));
            }
        }
        work
    }

    fn orphans_of(&self, uid: Uid) -> Vec<Work> {
        self.dependents(uid).into_iter().map(Work::Delete).collect()
    }

    fn waits_for_dependents(&self, uid: Uid) -> bool {
        self.nodes
            .get(&uid)
            .is_some_and(|node| node.going == Going::Foreground)
    }

    fn unlink(&mut self, owner: Uid, dependent: Uid) {
        if let Some(dependents) = self.dependents.get_mut(&owner) {
            dependents.remove(&dependent);
            if dependents.is_empty() {
                self.dependents.remove(&owner);
            }
        }
    }
}

#[cfg(test)]
mod tests;
