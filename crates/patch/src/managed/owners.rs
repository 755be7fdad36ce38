//! The managers of an object while it is being written: entries by identity.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{Entry, Operation};
use crate::field_set::FieldSet;
use crate::go;

/// How many managers by update an object keeps; the oldest are lumped together beyond.
const UPDATE_MANAGERS_MAX: usize = 10;
/// Who gets what those owned.
const OLD_UPDATES_MANAGER: &str = "ancient-changes";

/// Which entries are the same manager's. Appliers keep theirs when they change versions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ManagerId {
    pub(crate) manager: CompactString,
    pub(crate) operation: Operation,
    /// Empty for appliers.
    api_version: CompactString,
    pub(crate) subresource: CompactString,
}

/// What a manager owns.
#[derive(Clone, Debug)]
pub(crate) struct Owned {
    pub(crate) api_version: CompactString,
    pub(crate) time: Option<CompactString>,
    pub(crate) fields: FieldSet,
}

/// All managers of an object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owners(pub(crate) BTreeMap<ManagerId, Owned>);

impl ManagerId {
    pub(crate) fn new(
        manager: &str,
        operation: Operation,
        api_version: &str,
        subresource: &str,
    ) -> Self {
        let api_version = match operation {
            Operation::Apply => "",
            Operation::Update => api_version,
        };
        Self {
            manager: manager.into(),
            operation,
            api_version: api_version.into(),
            subresource: subresource.into(),
        }
    }

    /// `"kubectl" with subresource "scale" using apps/v1`, as conflicts name it.
    pub(crate) fn describe(&self) -> String {
        let mut text = go::quote(&self.manager);
        if !self.subresource.is_empty() {
            text.push_str(" with subresource ");
            text.push_str(&go::quote(&self.subresource));
        }
        if self.operation == Operation::Update {
            text.push_str(" using ");
            text.push_str(&self.api_version);
        }
        text
    }
}

impl Owners {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn from_entries(entries: Vec<Entry>) -> Self {
        let owned = entries.into_iter().map(|entry| {
            let id = ManagerId::new(
                &entry.manager,
                entry.operation,
                &entry.api_version,
                &entry.subresource,
            );
            let owned = Owned {
                api_version: entry.api_version,
                time: entry.time,
                fields: entry.fields,
            };
            (id, owned)
        });
        Self(owned.collect())
    }

    /// The entries in the order in which objects have them.
    pub(crate) fn into_entries(self) -> Vec<Entry> {
        let mut entries: Vec<_> = self
            .0
            .into_iter()
            .map(|(id, owned)| Entry {
                manager: id.manager,
                operation: id.operation,
                api_version: owned.api_version,
                time: owned.time,
                subresource: id.subresource,
                fields: owned.fields,
            })
            .collect();
        entries.sort_by(Entry::order);
        entries
    }

    /// Lumps the oldest managers by update together, one lot a version, until few enough are left.
    pub(crate) fn cap_updates(&mut self) {
        let mut updates: Vec<_> = self
            .0
            .iter()
            .filter(|(id, _)| id.operation == Operation::Update)
            .map(|(id, owned)| (owned.time.clone(), id.clone()))
            .collect();
        let mut left = updates.len();
        if left <= UPDATE_MANAGERS_MAX {
            return;
        }
        updates.sort();
        let mut first_of_version = BTreeMap::new();
        for (time, id) in updates {
            if left <= UPDATE_MANAGERS_MAX {
                return;
            }
            let bucket =
                ManagerId::new(OLD_UPDATES_MANAGER, Operation::Update, &id.api_version, "");
            let Some(first) = first_of_version.get(&id.api_version) else {
                first_of_version.insert(id.api_version.clone(), id);
                continue;
            };
            if !self.0.contains_key(&bucket)
                && let Some(owned) = self.0.remove(first)
            {
                self.0.insert(bucket.clone(), owned);
            }
            let Some(owned) = self.0.remove(&id) else {
                continue;
            };
            let merged = self
                .0
                .remove(&bucket)
                .map(|it| it.fields)
                .unwrap_or_default();
            let owned = Owned {
                fields: owned.fields.union(merged),
                time,
                ..owned
            };
            self.0.insert(bucket, owned);
            left -= 1;
        }
    }
}
