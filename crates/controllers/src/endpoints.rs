//! Keeps the older Endpoints object of a Service, for clients that do not read EndpointSlices.

mod plan;

use self::plan::{Step, plan};
use crate::{Options, service_pods};
use api::core::v1::{Endpoints, Pod, Service};
use client::{
    Api, Cache, DeleteParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
    events::Recorder,
};
use meta::{Kind, ObjectKey};
use parking_lot::Mutex;
use std::collections::HashMap;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let services = builder.primary::<Service>();
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
            if let Some(orphan) = there.filter(|endpoints| plan::is_managed(endpoints)) {
                self.delete(&orphan).await?;
            }
            return Ok(Action::Settled);
        };
        if !service_pods::is_served(&service) {
            return Ok(Action::Settled);
        }
        let pods = service_pods::pods_of(&service, &self.pods);
        match plan(&service, &pods, there.as_deref()) {
            Step::Nothing => {}
            Step::Create(endpoints) => {
                let created = self.api.create(&endpoints).await;
                self.accept(
                    &service,
                    "FailedToCreateEndpoint",
                    "create endpoint for",
                    created,
                )?;
            }
            Step::Update(endpoints) => {
                let updated = self.api.replace(&endpoints).await;
                self.accept(
                    &service,
                    "FailedToUpdateEndpoint",
                    "update endpoint",
                    updated,
                )?;
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
            Err(error) if !error.is_not_found() && !error.is_conflict() => Err(error),
            _ => Ok(()),
        }
    }

    fn accept(
        &self,
        service: &Service,
        reason: &str,
        what: &str,
        written: Result<Endpoints, client::Error>,
    ) -> Result<(), client::Error> {
        let error = match written {
            Ok(endpoints) => {
                let at = revision(&endpoints.metadata.resource_version);
                self.written.lock().insert(service.key(), at);
                return Ok(());
            }
            Err(error) if !error.is_namespace_terminating() => error,
            Err(_) => return Ok(()),
        };
        if !error.is_conflict() && !error.is_already_exists() {
            let message = format!("Failed to {what} service {}: {error}", service.key());
            self.events.warning(service, reason, message);
        }
        Err(error)
    }
}

fn revision(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}
