//! What the world outside the control plane has learned of it, through all its lives, and what of that cannot be.

#[cfg(test)]
mod tests;

use meta::{ObjectKey, Str};
use parking_lot::Mutex;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Shared by everybody who learns something. Contradictions are kept until [`Ledger::check`].
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Learned>>);

#[derive(Debug, Default)]
struct Learned {
    /// What each revision that somebody was told of did.
    meanings: BTreeMap<u64, String>,
    /// Revisions of acknowledged writes, by plural.
    acknowledged: BTreeMap<&'static str, BTreeSet<u64>>,
    /// On which node each pod was ever started, by uid.
    started: BTreeMap<Str, Str>,
    /// The pods that run now.
    running: BTreeMap<ObjectKey, BTreeSet<Str>>,
    wrong: Vec<String>,
}

impl Ledger {
    /// Somebody was told that `revision` did this. No revision means two things.
    pub fn told(&self, revision: u64, meaning: String) {
        let mut learned = self.0.lock();
        match learned.meanings.get(&revision) {
            None => drop(learned.meanings.insert(revision, meaning)),
            Some(before) if *before == meaning => {}
            Some(before) => {
                let wrong =
                    format!("revision {revision} means two things: {before}; and then: {meaning}");
                learned.wrong.push(wrong);
            }
        }
    }

    /// The write of an object of this plural was acknowledged.
    pub fn acknowledged(&self, plural: &'static str, revision: u64) {
        let mut learned = self.0.lock();
        learned
            .acknowledged
            .entry(plural)
            .or_default()
            .insert(revision);
    }

    /// All acknowledged writes of objects of this plural.
    #[must_use]
    pub fn acknowledgements(&self, plural: &str) -> BTreeSet<u64> {
        let learned = self.0.lock();
        learned
            .acknowledged
            .get(plural)
            .cloned()
            .unwrap_or_default()
    }

    /// A node starts a pod. No pod runs on two nodes, nor twice at once under one name.
    pub(crate) fn starts(&self, key: &ObjectKey, uid: &Str, node: &Str) {
        let mut learned = self.0.lock();
        if let Some(other) = learned.started.insert(uid.clone(), node.clone()) {
            let wrong = format!("pod {key} ({uid}) is started on {node}, and was on {other}");
            learned.wrong.push(wrong);
        }
        let running = learned.running.entry(key.clone()).or_default();
        running.insert(uid.clone());
        if running.len() > 1 {
            let wrong = format!("{key} runs more than once on {node}: {running:?}");
            learned.wrong.push(wrong);
        }
    }

    /// A node has stopped a pod.
    pub(crate) fn stopped(&self, key: &ObjectKey, uid: &Str) {
        let mut learned = self.0.lock();
        if let Some(running) = learned.running.get_mut(key) {
            running.remove(uid);
            if running.is_empty() {
                learned.running.remove(key);
            }
        }
    }

    /// The uids of the pods that run, whatever the API says.
    #[must_use]
    pub fn running(&self) -> BTreeSet<Str> {
        let learned = self.0.lock();
        learned.running.values().flatten().cloned().collect()
    }

    /// What every revision did that somebody was told of: two runs of one seed agree on all of it.
    #[must_use]
    pub fn meanings(&self) -> BTreeMap<u64, String> {
        self.0.lock().meanings.clone()
    }

    /// Something cannot be.
    pub fn wrong(&self, what: String) {
        self.0.lock().wrong.push(what);
    }

    /// Everything learned can be.
    ///
    /// # Panics
    /// When it cannot.
    pub fn check(&self) {
        let learned = self.0.lock();
        assert!(learned.wrong.is_empty(), "{}", learned.wrong.join("\n"));
    }
}
