//! Keeps EndpointSlices of a Service equal to the pods it selects.

mod endpoint;
pub(crate) mod mirror;
mod pack;
mod plan;
mod slice;
mod tracker;

use self::{
    plan::{Input, Plan, plan},
    slice::{MANAGED_BY, MANAGER, SERVICE_NAME},
    tracker::Tracker,
};
use crate::{Options, service_pods, trigger::Triggers};
use api::{
    core::v1::{Node, Pod, Service},
    discovery::v1::EndpointSlice,
};
use client::{
    Api, Cache, DeleteParams, Index,
    controller::{Action, Builder, ReconcileError, Reconciler},
    events::Recorder,
};
use meta::{Kind, ObjectKey, Str};
use std::sync::Arc;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let services = builder.primary::<Service>();
    let pods = crate::pods::cache(&mut builder);
    let nodes = builder.cache::<Node>();
    let slices = builder.cache::<EndpointSlice>();
    let by_service = slices.index_by("managed slices of service", managed_service);
    let (queue, woken) = (builder.queue(), services.clone());
    pods.on_change(move |change| service_pods::wake(&change, &woken, &queue));
    let tracker = Arc::new(Tracker::default());
    watch_slices(&builder, &slices, &tracker, slice::managed_service);
    let controller = EndpointSlices {
        api: builder.client().of(),
        events: builder.recorder("endpoint-slice-controller"),
        services,
        pods,
        nodes,
        by_service,
        tracker,
        triggers: Triggers::default(),
    };
    builder.run(controller);
}

/// Slices that somebody else changed or deleted are put right again. `key_of` is what a slice is managed for.
fn watch_slices(
    builder: &Builder,
    slices: &Cache<EndpointSlice>,
    tracker: &Arc<Tracker>,
    key_of: fn(&EndpointSlice) -> Option<ObjectKey>,
) {
    let (queue, tracker) = (builder.queue(), Arc::clone(tracker));
    slices.on_change(move |change| {
        for slice in change.old.into_iter().chain(change.new) {
            if let Some(service) = key_of(slice) {
                if change.new.is_none() {
                    tracker.deleted(&service, &slice.metadata.uid);
                }
                let ours = change
                    .new
                    .is_some_and(|slice| tracker.is_ours(&service, slice));
                if !ours {
                    queue.add(service);
                }
            }
        }
    });
}

struct EndpointSlices {
    api: Api<EndpointSlice>,
    events: Recorder,
    services: Cache<Service>,
    pods: Cache<Pod>,
    nodes: Cache<Node>,
    /// Slices that this controller manages, by `namespace/name` of their Service.
    by_service: Index<EndpointSlice>,
    tracker: Arc<Tracker>,
    triggers: Triggers,
}

impl Reconciler for EndpointSlices {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(service) = self.services.get(key) else {
            // The slices go with their owner.
            self.tracker.forget(key);
            self.triggers.forget(key);
            return Ok(Action::Settled);
        };
        if !service_pods::is_served(&service) {
            return Ok(Action::Settled);
        }
        let slices = self.by_service.get(&key.to_string());
        if self.tracker.is_stale(key, &slices) {
            return Err(ReconcileError::Stale);
        }
        let pods = service_pods::pods_of(&service, &self.pods);
        let plan = plan(&Input {
            service: &service,
            pods: &pods,
            node: &|name| self.nodes.get(&ObjectKey::cluster(name)),
            slices: &slices,
            trigger: self.triggers.trigger(key, &service, &pods),
        });
        let missing_node = plan.missing_node.clone();
        if let Err(error) = carry_out(&self.api, &self.tracker, key, plan).await
            && !error.is_namespace_terminating()
        {
            self.complain(&service, &error);
            return Err(error.into());
        }
        match missing_node {
            None => Ok(Action::Settled),
            Some(node) => Err(ReconcileError::Other(format!(
                "a pod of {key} is on unknown node {node}"
            ))),
        }
    }
}

impl EndpointSlices {
    fn complain(&self, service: &Service, error: &client::Error) {
        if error.is_conflict() {
            return;
        }
        let message = format!(
            "Error updating Endpoint Slices for Service {}: {error}",
            service.key()
        );
        self.events
            .warning(service, "FailedToUpdateEndpointSlices", message);
    }
}

/// Writes what was decided.
async fn carry_out(
    api: &Api<EndpointSlice>,
    tracker: &Tracker,
    key: &ObjectKey,
    plan: Plan,
) -> Result<(), client::Error> {
    for slice in &plan.create {
        let created = api.create(slice).await?;
        tracker.wrote(key, &created);
    }
    for slice in &plan.update {
        let updated = api.replace(slice).await?;
        tracker.wrote(key, &updated);
    }
    for slice in &plan.delete {
        let gone = api
            .delete(&slice.key(), &DeleteParams::of_uid(&slice.metadata.uid))
            .await;
        match gone {
            Err(error) if !error.is_not_found() => return Err(error),
            _ => tracker.deleting(key, &slice.metadata.uid),
        }
    }
    Ok(())
}

/// Index value: the Service, when the slice is managed here.
fn managed_service(slice: &EndpointSlice, values: &mut Vec<Str>) {
    let labels = &slice.metadata.labels;
    if labels
        .get(MANAGED_BY)
        .is_some_and(|manager| manager == MANAGER)
        && let Some(service) = labels.get(SERVICE_NAME)
    {
        values.push(Str::from(format!("{}/{service}", slice.metadata.namespace)));
    }
}
