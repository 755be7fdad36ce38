//! Says of each ResourceQuota how much it bounds and how much is used, counted as admission counts.
//!
//! Pods, Services and claims are read from the caches that other controllers read too; any other resource is watched, as keys alone,
//! while a quota counts it.

mod monitors;
mod plan;

use self::{
    monitors::{Monitors, Wake, When},
    plan::{Counts, due, wanted},
};
use crate::{Options, time::now};
use ::quota::{Charge, counted};
use api::core::v1::{PersistentVolumeClaim, Pod, ResourceQuota, Service};
use client::{
    Api, Cache,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{Kind, ObjectKey, Time};
use platform::Platform;
use std::{any::Any, collections::BTreeMap, sync::Arc};

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let quotas = builder.cache::<ResourceQuota>();
    let wake = Wake {
        queue: builder.queue(),
        quotas: quotas.clone(),
    };
    let of_quotas = wake.clone();
    quotas.on_change(move |change| {
        let specs = [change.old, change.new].map(|quota| quota.map(|quota| &quota.spec));
        of_quotas.quota(change.key.clone(), When::of(specs[0] == specs[1]));
    });
    let platform = builder.platform().clone();
    let controller = ResourceQuotas {
        pods: followed(crate::pods::cache(&mut builder), &platform, &wake),
        services: followed(builder.cache(), &platform, &wake),
        claims: followed(builder.cache(), &platform, &wake),
        monitors: Monitors::new(builder.caches().client().clone(), wake),
        api: builder.client().of(),
        quotas,
        platform,
    };
    builder.run(controller);
}

/// A kind whose objects use more or less: those that change in what they use wake the quotas that it concerns.
fn followed<K: Kind>(cache: Cache<K>, platform: &Platform, wake: &Wake) -> Cache<K> {
    let (wake, platform) = (wake.clone(), platform.clone());
    cache.on_change(move |change| {
        let namespace = change.key.namespace.as_deref().unwrap_or_default();
        if !wake.is_bounded(namespace) {
            return;
        }
        let now = now(&platform);
        let charge = |object: Option<&Arc<K>>| object.map(|object| charge(&**object, now));
        let (old, new) = (charge(change.old), charge(change.new));
        if old != new {
            let both = [old, new];
            let mut charges = both.iter().flatten();
            if let Some(charge) = charges.next() {
                let when = When::of(change.old.is_none());
                wake.namespace(namespace, when, |name| charge.concerns(name));
            }
        }
    });
    cache
}

fn charge<K: Kind>(object: &K, now: Time) -> Charge {
    Charge::of(object as &dyn Any, K::GROUP, K::PLURAL, now)
}

struct ResourceQuotas {
    quotas: Cache<ResourceQuota>,
    pods: Cache<Pod>,
    services: Cache<Service>,
    claims: Cache<PersistentVolumeClaim>,
    monitors: Monitors,
    api: Api<ResourceQuota>,
    platform: Platform,
}

impl Reconciler for ResourceQuotas {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(quota) = self.quotas.get(key) else {
            self.monitors.keep_needed();
            return Ok(Action::Settled);
        };
        let now = now(&self.platform);
        let namespace = key.namespace.as_deref().unwrap_or_default();
        let pods = self.pods.list(Some(namespace));
        let counts = Counts {
            pods: pods.iter().map(|pod| charge(&**pod, now)).collect(),
            services: charges(&self.services, namespace, now),
            claims: charges(&self.claims, namespace, now),
            others: self.count_others(&quota, namespace).await?,
        };
        let status = wanted(&quota, &counts);
        if !plan::is_same(&quota.status, &status) {
            let mut quota = ResourceQuota::clone(&quota);
            quota.status = status;
            self.api.replace_status(&quota).await?;
        }
        // A pod that should be gone stops counting when its time is over.
        let due = pods.iter().filter_map(|pod| due(pod, now)).min();
        Ok(due.map_or(Action::Settled, Action::RequeueAfter))
    }
}

impl ResourceQuotas {
    /// By the names of bounds. What the server does not have is left out.
    async fn count_others(
        &self,
        quota: &ResourceQuota,
        namespace: &str,
    ) -> Result<BTreeMap<meta::Str, usize>, ReconcileError> {
        let mut counts = BTreeMap::new();
        for name in quota.spec.hard.keys() {
            let Some((plural, group)) = counted(name) else {
                continue;
            };
            if let Some(number) = self.monitors.count(group, plural, namespace).await? {
                counts.insert(name.clone(), number);
            }
        }
        Ok(counts)
    }
}

fn charges<K: Kind>(cache: &Cache<K>, namespace: &str, now: Time) -> Vec<Charge> {
    let objects = cache.list(Some(namespace));
    objects
        .iter()
        .map(|object| charge(&**object, now))
        .collect()
}
