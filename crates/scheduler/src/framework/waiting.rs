//! Pods that a Permit plugin told to wait. They keep what they have reserved until they are allowed, rejected, or out of time.

#[cfg(test)]
mod tests;

use super::points::Reason;
use crate::pod::PodView;
use meta::Str;
use parking_lot::Mutex;
use platform::Monotonic;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};
use tokio::sync::Notify;

/// The pods that wait, by uid. Clones are the same pods, so that a plugin can keep one and decide later.
#[derive(Clone, Debug, Default)]
pub struct WaitingPods(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    table: Mutex<Table>,
    decided: Notify,
}

/// Bounded by the room of the cluster: every pod in it has a place on a node.
#[derive(Debug, Default)]
struct Table {
    waits: BTreeMap<Str, Wait>,
    /// When each plugin's patience with each pod ends.
    deadlines: BTreeSet<(Monotonic, Str)>,
    decided: Vec<(Str, Decision)>,
}

#[derive(Debug)]
struct Wait {
    pod: Arc<PodView>,
    node: Str,
    pending: BTreeMap<&'static str, Patience>,
}

/// How long a plugin lets a pod wait, and until when that is.
#[derive(Clone, Copy, Debug)]
struct Patience {
    wait: Duration,
    until: Monotonic,
}

/// How a wait ended: allowed by all, or rejected by one.
pub(crate) type Decision = Result<(), (&'static str, Reason)>;

/// A pod that waits.
#[derive(Clone, Debug)]
pub struct WaitingPod {
    pub pod: Arc<PodView>,
    /// Where it goes when it is allowed.
    pub node: Str,
    /// The plugins that have not allowed it yet.
    pub pending: Vec<&'static str>,
}

impl WaitingPods {
    /// No plugin can make a pod wait longer.
    pub const WAIT_MAX: Duration = Duration::from_mins(15);

    /// All pods that wait, by uid.
    #[must_use]
    pub fn pods(&self) -> Vec<WaitingPod> {
        let table = self.0.table.lock();
        let shown = table.waits.values().map(|wait| WaitingPod {
            pod: Arc::clone(&wait.pod),
            node: wait.node.clone(),
            pending: wait.pending.keys().copied().collect(),
        });
        shown.collect()
    }

    /// The plugin lets the pod go. The last one that does sends it on its way. Says whether the plugin was waited for.
    pub fn allow(&self, uid: &str, plugin: &str) -> bool {
        let mut table = self.0.table.lock();
        let Some(wait) = table.waits.get_mut(uid) else {
            return false;
        };
        let Some(patience) = wait.pending.remove(plugin) else {
            return false;
        };
        let last = wait.pending.is_empty();
        let again = wait
            .pending
            .values()
            .any(|other| other.until == patience.until);
        if !again {
            table.deadlines.remove(&(patience.until, Str::from(uid)));
        }
        if last {
            table.decide(uid, Ok(()));
            self.0.decided.notify_one();
        }
        true
    }

    /// The plugin rejects the pod, whatever others say. Says whether the pod was waiting.
    pub fn reject(&self, uid: &str, plugin: &'static str, reason: Reason) -> bool {
        let rejected = self.0.table.lock().decide(uid, Err((plugin, reason)));
        if rejected {
            self.0.decided.notify_one();
        }
        rejected
    }

    /// From now on the pod waits for these plugins, of which there is at least one.
    pub(crate) fn add(
        &self,
        pod: &Arc<PodView>,
        node: &Str,
        plugins: &[(&'static str, Duration)],
        now: Monotonic,
    ) {
        let pending: BTreeMap<&'static str, Patience> = plugins
            .iter()
            .map(|&(plugin, wait)| {
                let wait = wait.min(Self::WAIT_MAX);
                let until = now + wait;
                (plugin, Patience { wait, until })
            })
            .collect();
        let mut table = self.0.table.lock();
        for patience in pending.values() {
            table.deadlines.insert((patience.until, pod.uid.clone()));
        }
        let wait = Wait {
            pod: Arc::clone(pod),
            node: node.clone(),
            pending,
        };
        table.waits.insert(pod.uid.clone(), wait);
    }

    /// The pod is gone: it waits no more, and nothing is decided.
    pub(crate) fn forget(&self, uid: &str) {
        let mut table = self.0.table.lock();
        table.remove(uid);
        table.decided.retain(|(decided, _)| decided != uid);
    }

    /// The waits that have ended, in the order in which they did.
    pub(crate) fn take_decided(&self, now: Monotonic) -> Vec<(Str, Decision)> {
        let mut table = self.0.table.lock();
        while let Some((until, uid)) = table.deadlines.first().cloned()
            && until <= now
        {
            let late = table.waits.get(&uid).and_then(|wait| wait.late(until));
            let (plugin, wait) = late.expect("a deadline belongs to a plugin that is waited for");
            let words = format!(
                "rejected due to timeout after waiting {} at plugin {plugin}",
                meta::Duration::from(wait).in_whole_millis()
            );
            table.decide(&uid, Err((plugin, Reason(words.into()))));
        }
        std::mem::take(&mut table.decided)
    }

    /// When the next pod runs out of time.
    pub(crate) fn next_due(&self) -> Option<Monotonic> {
        let table = self.0.table.lock();
        table.deadlines.first().map(|(until, _)| *until)
    }

    /// Completes when something was decided since the last call.
    pub(crate) async fn decided(&self) {
        self.0.decided.notified().await;
    }
}

impl Table {
    fn decide(&mut self, uid: &str, decision: Decision) -> bool {
        let waited = self.remove(uid);
        if waited {
            self.decided.push((uid.into(), decision));
        }
        waited
    }

    fn remove(&mut self, uid: &str) -> bool {
        let Some(wait) = self.waits.remove(uid) else {
            return false;
        };
        for patience in wait.pending.values() {
            self.deadlines.remove(&(patience.until, Str::from(uid)));
        }
        true
    }
}

impl Wait {
    /// The plugin whose patience ends then.
    fn late(&self, until: Monotonic) -> Option<(&'static str, Duration)> {
        let mut pending = self.pending.iter();
        let (plugin, patience) = pending.find(|(_, patience)| patience.until == until)?;
        Some((plugin, patience.wait))
    }
}
