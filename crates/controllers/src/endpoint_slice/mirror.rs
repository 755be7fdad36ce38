//! Mirrors Endpoints that people write for Services without a selector, for those who read slices.
//!
//! Source: `pkg/controller/endpointslicemirroring` of upstream.

mod plan;

use self::plan::{ADDRESSES_MAX, MANAGER, is_mirrored, plan};
use super::{carry_out, plan::Plan, slice::managed_by, tracker::Tracker, watch_slices};
use crate::Options;
use api::{
    core::v1::{Endpoints, Service},
    discovery::v1::EndpointSlice,
};
use client::{
    Api, Cache, Index,
    controller::{Action, Builder, ReconcileError, Reconciler},
    events::Recorder,
};
use meta::{ObjectKey, Str};
use std::sync::Arc;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let endpoints = builder.primary::<Endpoints>();
    let services = builder.cache::<Service>();
    let queue = builder.queue();
    services.on_change(move |change| queue.add(change.key.clone()));
    let slices = builder.cache::<EndpointSlice>();
    let by_endpoints = slices.index_by("mirrored slices of endpoints", |slice, values| {
        values.extend(mirrored(slice).map(|key| Str::from(key.to_string())));
    });
    let tracker = Arc::new(Tracker::default());
    watch_slices(&builder, &slices, &tracker, mirrored);
    let controller = Mirror {
        api: builder.client().of(),
        events: builder.recorder("endpoint-slice-mirroring-controller"),
        endpoints,
        services,
        by_endpoints,
        tracker,
    };
    builder.run(controller);
}

/// The Endpoints of a slice that is managed here.
fn mirrored(slice: &EndpointSlice) -> Option<ObjectKey> {
    managed_by(slice, MANAGER)
}

struct Mirror {
    api: Api<EndpointSlice>,
    events: Recorder,
    endpoints: Cache<Endpoints>,
    services: Cache<Service>,
    /// Slices that this controller manages, by `namespace/name` of their Endpoints.
    by_endpoints: Index<EndpointSlice>,
    tracker: Arc<Tracker>,
}

impl Reconciler for Mirror {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let slices = self.by_endpoints.get(&key.to_string());
        let service = self.services.get(key);
        let endpoints = self.endpoints.get(key);
        let wanted = endpoints.filter(|found| is_mirrored(found, service.as_deref()));
        let plan = if let Some(endpoints) = wanted {
            if self.tracker.is_stale(key, &slices) {
                return Err(ReconcileError::Stale);
            }
            let (plan, skipped) = plan(&endpoints, &slices);
            self.tell_skipped(&endpoints, skipped);
            plan
        } else {
            self.tracker.forget(key);
            Plan {
                delete: slices,
                ..Plan::default()
            }
        };
        match carry_out(&self.api, &self.tracker, key, plan).await {
            Err(error) if error.is_namespace_terminating() => {}
            done => done?,
        }
        Ok(Action::Settled)
    }
}

impl Mirror {
    fn tell_skipped(&self, endpoints: &Endpoints, skipped: usize) {
        if skipped > 0 {
            let words = format!(
                "A max of {ADDRESSES_MAX} addresses can be mirrored to EndpointSlices per Endpoints subset. {skipped} addresses were skipped"
            );
            self.events
                .warning(endpoints, "TooManyAddressesToMirror", words);
        }
    }
}
