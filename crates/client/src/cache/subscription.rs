//! Changed keys for a consumer that looks when it has time.

use meta::ObjectKey;
use parking_lot::Mutex;
use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    sync::{Arc, Weak},
};
use tokio::sync::Notify;

/// What has changed since the last look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Exactly these.
    Keys(Vec<ObjectKey>),
    /// More than were kept: look at everything.
    All,
}

/// The receiving end; see [`super::Cache::subscribe`].
#[derive(Debug)]
pub struct Subscription(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    pending: Mutex<Pending>,
    wake: Notify,
    keys_max: usize,
}

#[derive(Debug, Default)]
struct Pending {
    keys: BTreeSet<ObjectKey>,
    overflown: bool,
}

/// The sending end, for the cache.
#[derive(Debug)]
pub(super) struct Notifier(Weak<Shared>);

pub(super) fn pair(keys_max: usize) -> (Subscription, Notifier) {
    let shared = Arc::new(Shared {
        pending: Mutex::default(),
        wake: Notify::new(),
        keys_max,
    });
    let notifier = Notifier(Arc::downgrade(&shared));
    (Subscription(shared), notifier)
}

impl Subscription {
    /// Waits until something has changed. Cancel-safe.
    pub async fn next(&mut self) -> Changed {
        loop {
            if let Some(changed) = self.0.pending.lock().take() {
                return changed;
            }
            self.0.wake.notified().await;
        }
    }
}

impl Notifier {
    /// Breaks when nobody listens any more.
    pub(super) fn notify(&self, key: &ObjectKey) -> ControlFlow<()> {
        let Some(shared) = self.0.upgrade() else {
            return ControlFlow::Break(());
        };
        shared.pending.lock().add(key, shared.keys_max);
        shared.wake.notify_one();
        ControlFlow::Continue(())
    }
}

impl Pending {
    fn add(&mut self, key: &ObjectKey, keys_max: usize) {
        if self.overflown || self.keys.contains(key) {
            return;
        }
        if self.keys.len() >= keys_max {
            self.keys.clear();
            self.overflown = true;
        } else {
            self.keys.insert(key.clone());
        }
    }

    fn take(&mut self) -> Option<Changed> {
        if std::mem::take(&mut self.overflown) {
            return Some(Changed::All);
        }
        let keys = std::mem::take(&mut self.keys);
        (!keys.is_empty()).then(|| Changed::Keys(keys.into_iter().collect()))
    }
}
