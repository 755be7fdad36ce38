//! The decision about one object whose owners were looked up live; pure.

use super::links::{FOREGROUND, Going, ORPHAN};
use client::{Metadata, Propagation};
use meta::Str;

/// What a live look at an owner gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is there, and stays as far as we know.
    Solid,
    /// It is gone, or its name belongs to another object.
    Absent,
    /// It is there, and waits for its dependents to go.
    Waiting,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Keep,
    /// Some owners keep it, these do not count any more.
    DropOwners(Vec<Str>),
    Delete(Propagation),
    /// As `Delete` in the foreground, after telling its owners not to wait: they may wait for each other.
    UnblockAndDelete,
}

/// What of the object's own dependents matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dependents {
    None,
    Some,
    /// One of them is itself waiting for its dependents.
    SomeWaiting,
}

/// `owners`: uid and standing of each owner of `object`.
pub(super) fn decide(
    object: &Metadata,
    owners: &[(Str, Standing)],
    dependents: Dependents,
) -> Decision {
    let has = |standing| owners.iter().any(|(_, found)| *found == standing);
    if owners.is_empty() {
        return Decision::Keep;
    }
    if has(Standing::Solid) {
        let dropped = owners
            .iter()
            .filter(|(_, standing)| *standing != Standing::Solid);
        let dropped: Vec<_> = dropped.map(|(uid, _)| uid.clone()).collect();
        return if dropped.is_empty() {
            Decision::Keep
        } else {
            Decision::DropOwners(dropped)
        };
    }
    if has(Standing::Waiting) {
        match dependents {
            Dependents::None => {}
            Dependents::Some => return Decision::Delete(Propagation::Foreground),
            Dependents::SomeWaiting => return Decision::UnblockAndDelete,
        }
    }
    Decision::Delete(own_policy(object))
}

/// What the object's finalizers ask for.
fn own_policy(object: &Metadata) -> Propagation {
    let has = |finalizer: &str| {
        object
            .metadata
            .finalizers
            .iter()
            .any(|known| known == finalizer)
    };
    if has(ORPHAN) {
        Propagation::Orphan
    } else if has(FOREGROUND) {
        Propagation::Foreground
    } else {
        Propagation::Background
    }
}

/// The standing of an owner that was looked up and is the right object.
pub(super) fn standing(owner: &Metadata) -> Standing {
    if Going::of(&owner.metadata) == Going::Foreground {
        Standing::Waiting
    } else {
        Standing::Solid
    }
}

#[cfg(test)]
mod tests;
