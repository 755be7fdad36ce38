//! Keeps the older Endpoints object of a Service, for clients that do not read EndpointSlices.

mod plan;

use self::plan::{Step, plan};
use crate::{Options, service_pods, trigger::Triggers};
use api::core::v1::{Endpoints, Pod, Service};
use client::{
    Api, Cache, DeleteParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
    events::Recorder,
};
use meta::{Kind, ObjectKey};
use parking_lot::Mutex;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let services = builder.cache::<Service>();
    let removed = Arc::new(Mutex::new(HashSet::new()));
    let (queue, notes) = (builder.queue(), Arc::clone(&removed));
    services.on_change(move |change| {
        if change.new.is_none() {
            notes.lock().insert(change.key.clone());
        }
        queue.add(change.key.clone());
    });
    let endpoints = builder.cache::<Endpoints>();
    let pods = crate::pods::cache(&mut builder);
    let (queue, woken) = (builder.queue(), services.clone());
    pods.on_change(move |change| service_pods::wake(&change, &woken, &queue));
    let (queue, served) = (builder.queue(), services.clone());
    endpoints.on_change(move |change| {
        // Ours come back with what we wrote; what matters is that one is gone, or was left by a Service.
        if change.new.is_none() || served.get(change.key).is_none() {
            queue.add(change.key.clone());
        }
    });
    let controller = EndpointsController {
        api: builder.client().of(),
        events: builder.recorder("endpoint-controller"),
        services,
        endpoints,
        pods,
        removed,
        triggers: Triggers::default(),
        written: Mutex::default(),
    };
    builder.run(controller);
}

struct EndpointsController {
    api: Api<Endpoints>,
    events: Recorder,
    services: Cache<Service>,
    endpoints: Cache<Endpoints>,
    pods: Cache<Pod>,
    /// Services that were seen to go: their Endpoints go with them, whoever made those.
    removed: Arc<Mutex<HashSet<ObjectKey>>>,
    triggers: Triggers,
    /// The revision of what was last written for a Service: an older cache would have it written again.
    written: Mutex<HashMap<ObjectKey, u64>>,
}

impl Reconciler for EndpointsController {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        if self.is_behind(key) {
            return Err(ReconcileError::Stale);
        }
        let there = self.endpoints.get(key);
        let Some(service) = self.services.get(key) else {
            self.written.lock().remove(key);
            self.triggers.forget(key);
            let is_left = self.removed.lock().contains(key);
            if let Some(orphan) = there.filter(|there| is_left || plan::is_managed(there)) {
                self.delete(&orphan).await?;
            }
            self.removed.lock().remove(key);
            return Ok(Action::Settled);
        };
        self.removed.lock().remove(key);
        if !service_pods::is_served(&service) {
            return Ok(Action::Settled);
        }
        let pods = service_pods::pods_of(&service, &self.pods);
        let trigger = self.triggers.trigger(key, &service, &pods);
        match plan(&service, &pods, there.as_deref(), trigger) {
            Step::Nothing => {}
            Step::Create(endpoints) => {
                let created = self.api.create(&endpoints).await;
                let what = ("FailedToCreateEndpoint", "create endpoint for service");
                self.accept(&endpoints, what, created)?;
            }
            Step::Update(endpoints) => {
                let updated = self.api.replace(&endpoints).await;
                let what = ("FailedToUpdateEndpoint", "update endpoint");
                self.accept(&endpoints, what, updated)?;
            }
        }
        Ok(Action::Settled)
    }
}

impl EndpointsController {
    fn is_behind(&self, key: &ObjectKey) -> bool {
        let written = self.written.lock().get(key).copied();
        written.is_some_and(|written| revision(&self.endpoints.revision()) < written)
    }

    async fn delete(&self, orphan: &Endpoints) -> Result<(), client::Error> {
        match self
            .api
            .delete(&orphan.key(), &DeleteParams::of_uid(&orphan.metadata.uid))
            .await
        {
            Err(error) if !error.is_overtaken() => Err(error),
            _ => Ok(()),
        }
    }

    fn accept(
        &self,
        wanted: &Endpoints,
        (reason, what): (&str, &str),
        written: Result<Endpoints, client::Error>,
    ) -> Result<(), client::Error> {
        let error = match written {
            Ok(endpoints) => {
                let at = revision(&endpoints.metadata.resource_version);
                self.written.lock().insert(wanted.key(), at);
                return Ok(());
            }
            Err(error) if !error.is_namespace_terminating() => error,
            Err(_) => return Ok(()),
        };
        if !error.is_conflict() && !error.is_already_exists() {
            let message = format!("Failed to {what} {}: {error}", wanted.key());
            self.events.warning(wanted, reason, message);
        }
        Err(error)
    }
}

fn revision(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}
