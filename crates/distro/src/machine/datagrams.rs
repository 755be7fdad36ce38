//! Ends UDP sockets whose Service has led them to a backend that is gone: nothing else would tell them, as a reset tells TCP.

use super::network::Network;
use ebpf::{Backend, Datapath};
use platform::Tasks;
use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Notify;

/// Backends that are gone and whose sockets have not been looked for yet. As many as there are backends, at most.
#[derive(Debug, Default)]
pub(super) struct Gone {
    backends: Mutex<BTreeSet<Backend>>,
    more: Notify,
}

impl Gone {
    pub(super) fn add(&self, backends: Vec<Backend>) {
        let mut waiting = self.backends.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(backends);
        drop(waiting);
        self.more.notify_one();
    }

    fn take(&self) -> BTreeSet<Backend> {
        mem::take(&mut self.backends.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Looks for sockets of `gone` backends, one search for all that wait, until the node drains.
pub(super) async fn run(
    gone: Arc<Gone>,
    network: Arc<Network>,
    datapath: Arc<Datapath>,
    tasks: Tasks,
) {
    loop {
        gone.more.notified().await;
        let backends = gone.take();
        let (network, datapath) = (Arc::clone(&network), Arc::clone(&datapath));
        let search = move || {
            network.abort_datagrams(&|cookie, peer| {
                backends.contains(&peer) && datapath.translated(cookie, &peer)
            })
        };
        match tasks.spawn_blocking("abort datagrams", search).await {
            Ok(0) => {}
            Ok(sockets) => tracing::debug!(sockets, "ended UDP sockets of backends that are gone"),
            Err(error) => tracing::warn!(%error, "failed to look for UDP sockets"),
        }
    }
}
