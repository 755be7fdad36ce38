//! The loop: events of the caches name Services, each named Service is planned anew, the differences are written.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use api::core::v1::Service;
use api::discovery::v1::EndpointSlice;
use client::backoff::Backoff;
use client::{Cache, Index, Queue, SharedCaches};
use ebpf::{Backend, Frontend, Protocol, ServiceTable, TableError};
use meta::{ObjectKey, Str};
use platform::Platform;

use crate::claims::{Claims, Difference};
use crate::plan::{plan, service_of};

/// Keeps a table of Services current.
pub struct Proxy {
    node: Str,
    services: Cache<Service>,
    slices: Cache<EndpointSlice>,
    slices_of: Index<EndpointSlice>,
    queue: Queue<ObjectKey>,
    claims: Claims,
    table: Box<dyn ServiceTable>,
    unwritten: BTreeSet<Frontend>,
    on_datagrams_gone: Option<OnDatagramsGone>,
}

/// Is told which backends a UDP frontend has lost.
type OnDatagramsGone = Box<dyn Fn(Vec<Backend>) + Send>;

impl Proxy {
    /// `table` may hold what an earlier process wrote: it stays until the caches know better.
    pub fn new(
        platform: &Platform,
        caches: &SharedCaches,
        node: &str,
        table: Box<dyn ServiceTable>,
    ) -> Proxy {
        let services = caches.of::<Service>();
        let slices = caches.of::<EndpointSlice>();
        let slices_of = slices.index_by("service", |slice, values| {
            values.extend(service_of(slice).map(|key| index_value(&key)));
        });
        let queue = Queue::new(platform.clone(), Backoff::QUEUE);
        let changed = queue.clone();
        services.on_change(move |change| changed.add(change.key.clone()));
        let changed = queue.clone();
        slices.on_change(move |change| {
            let slices = [change.old, change.new];
            let keys = slices
                .into_iter()
                .flatten()
                .filter_map(|slice| service_of(slice));
            keys.for_each(|key| changed.add(key));
        });
        Proxy {
            node: node.into(),
            services,
            slices,
            slices_of,
            queue,
            claims: Claims::default(),
            table,
            unwritten: BTreeSet::new(),
            on_datagrams_gone: None,
        }
    }

    /// Calls `handler` with the backends that a UDP Service has lost: sockets that are connected to them should be ended.
    /// It must not wait.
    #[must_use]
    pub fn on_datagrams_gone(mut self, handler: impl Fn(Vec<Backend>) + Send + 'static) -> Proxy {
        self.on_datagrams_gone = Some(Box::new(handler));
        self
    }

    /// Runs until the caches' tasks end. What an earlier process wrote and nobody wants is removed once everything is
    /// known.
    pub async fn run(mut self) {
        self.services.synced().await;
        self.slices.synced().await;
        for key in self.services.keys(None) {
            self.reconcile(&key);
        }
        self.sweep();
        tracing::debug!(services = self.services.len(), "Services are in the kernel");
        let queue = self.queue.clone();
        while let Some(key) = queue.next().await {
            self.reconcile(&key);
        }
    }

    fn reconcile(&mut self, key: &ObjectKey) {
        let wanted = match self.services.get(key) {
            Some(service) => {
                let slices = self.slices_of.get(&index_value(key));
                plan(&service, slices.iter().map(AsRef::as_ref), &self.node)
            }
            None => Vec::new(),
        };
        let changed = self.claims.replace(key, wanted);
        // What could not be written before is tried again with whatever comes next, at the latest with its own retry.
        let mut frontends = std::mem::take(&mut self.unwritten);
        frontends.extend(changed.iter().map(Difference::frontend));
        for frontend in frontends {
            if let Err(error) = self.write(frontend) {
                tracing::warn!(service = %key, %frontend, error = chain(&error), "failed to write a Service into the kernel; trying again");
                self.unwritten.insert(frontend);
            }
        }
        if self.unwritten.is_empty() {
            self.queue.forget(key);
        } else {
            self.queue.retry(key.clone());
        }
    }

    fn write(&mut self, frontend: Frontend) -> Result<(), TableError> {
        let before = self
            .table
            .get(&frontend)
            .map(|service| service.backends.clone())
            .unwrap_or_default();
        let now = self.claims.get(&frontend);
        match now {
            Some(service) => self.table.set(frontend, service)?,
            None => self.table.remove(&frontend)?,
        }
        if frontend.protocol == Protocol::Udp
            && let Some(handler) = &self.on_datagrams_gone
        {
            let kept = now
                .map(|service| service.backends.as_slice())
                .unwrap_or_default();
            let gone: Vec<Backend> = before
                .into_iter()
                .filter(|backend| !kept.contains(backend))
                .collect();
            if !gone.is_empty() {
                handler(gone);
            }
        }
        Ok(())
    }

    /// Removes frontends that no Service claims.
    fn sweep(&mut self) {
        let stale: Vec<Frontend> = self
            .table
            .frontends()
            .into_iter()
            .filter(|frontend| self.claims.get(frontend).is_none())
            .collect();
        for frontend in stale {
            if let Err(error) = self.table.remove(&frontend) {
                tracing::warn!(%frontend, %error, "failed to remove a frontend of an earlier process");
            }
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("node", &self.node)
            .finish_non_exhaustive()
    }
}

fn index_value(service: &ObjectKey) -> Str {
    meta::Str::from(format!(
        "{}/{}",
        service.namespace.as_deref().unwrap_or_default(),
        service.name
    ))
}

fn chain(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
