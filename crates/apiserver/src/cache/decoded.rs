//! Objects that requests look at again and again, decoded once: namespaces, accounts, classes, limits.
use super::Entry;
use meta::Str;
use parking_lot::Mutex;
use resource::{Object, SharedObject};
use std::{collections::HashMap, sync::Arc};

/// Some objects of one resource, each as of the revision at its side.
#[derive(Default)]
pub(super) struct Decoded(Mutex<HashMap<Str, (u64, SharedObject)>>);

impl Decoded {
    /// Objects kept at most; then it begins anew.
    pub(super) const KEPT_MAX: usize = 64;
    /// Objects of one list that are kept at most.
    pub(super) const LISTED_MAX: usize = 16;

    /// The object of `entry`, which `decode` gives unless it is known.
    pub(super) fn of(
        &self,
        entry: &Entry,
        decode: impl FnOnce() -> Option<Object>,
    ) -> Option<SharedObject> {
        if let Some((revision, object)) = self.0.lock().get(&entry.key)
            && *revision == entry.revision
        {
            return Some(Arc::clone(object));
        }
        let object = SharedObject::from(decode()?);
        let mut kept = self.0.lock();
        if kept.len() >= Self::KEPT_MAX {
            kept.clear();
        }
        kept.insert(entry.key.clone(), (entry.revision, Arc::clone(&object)));
        Some(object)
    }
}
