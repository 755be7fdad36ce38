//! Of each object: its uid, its owners, and how it is going.

use client::{Metadata, cache::View};
use meta::{ObjectMeta, Str, codec::Projection};

/// What [`Links`] are made of.
pub(super) const PARTS: Projection = Projection(&[(
    "ObjectMeta",
    &[
        "name",
        "namespace",
        "uid",
        "resourceVersion",
        "ownerReferences",
        "finalizers",
        "deletionTimestamp",
    ],
)]);

/// Finalizer: dependents are to lose their owner before it goes.
pub(super) const ORPHAN: &str = "orphan";
/// Finalizer: dependents are to go before their owner does.
pub(super) const FOREGROUND: &str = "foregroundDeletion";

/// A uid as a number: two thirds of the memory of a graph of strings would be uids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Uid(u128);

impl Uid {
    /// A UUID is its number, anything else a hash.
    pub(super) fn of(text: &str) -> Self {
        let digits: String = text.chars().filter(|digit| *digit != '-').collect();
        let number = u128::from_str_radix(&digits, 16)
            .ok()
            .filter(|_| digits.len() == 32);
        Self(number.unwrap_or_else(|| hash(text)))
    }
}

/// FNV-1a, 128 bits.
fn hash(text: &str) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    text.bytes().fold(OFFSET, |sum, byte| {
        (sum ^ u128::from(byte)).wrapping_mul(PRIME)
    })
}

/// An owner as a dependent names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Owner {
    pub(super) uid: Uid,
    pub(super) group: Str,
    pub(super) kind: Str,
    pub(super) name: Str,
    /// The owner waits for this dependent when it goes in the foreground.
    pub(super) blocks: bool,
}

/// What the graph knows of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    pub(super) uid: Uid,
    pub(super) owners: Vec<Owner>,
    pub(super) going: Going,
}

/// Whether and how an object is being deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Going {
    #[default]
    Not,
    /// Waits for something that does not concern us.
    Plainly,
    /// Waits until its dependents have lost it as owner.
    Orphaning,
    /// Waits until its dependents are gone.
    Foreground,
}

impl Going {
    pub(super) fn of(metadata: &ObjectMeta) -> Self {
        let has = |finalizer: &str| metadata.finalizers.iter().any(|known| known == finalizer);
        match metadata.deletion_timestamp {
            None => Self::Not,
            Some(_) if has(FOREGROUND) => Self::Foreground,
            Some(_) if has(ORPHAN) => Self::Orphaning,
            Some(_) => Self::Plainly,
        }
    }
}

impl View<Metadata> for Links {
    fn of(object: Metadata) -> Self {
        let metadata = object.metadata;
        let owners = metadata.owner_references.iter().map(|owner| Owner {
            uid: Uid::of(&owner.uid),
            group: owner
                .api_version
                .split_once('/')
                .map_or("", |(group, _)| group)
                .into(),
            kind: owner.kind.clone(),
            name: owner.name.clone(),
            blocks: owner.block_owner_deletion == Some(true),
        });
        Self {
            uid: Uid::of(&metadata.uid),
            owners: owners.collect(),
            going: Going::of(&metadata),
        }
    }
}
