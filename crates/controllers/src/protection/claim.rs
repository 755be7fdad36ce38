//! A PersistentVolumeClaim stays while a pod that is bound to a node names it.

use super::{Step, plan, write};
use crate::{Options, owner::is_controlled_by};
use api::core::v1::{PersistentVolumeClaim, Pod, Volume};
use client::{
    Api, Cache, ListParams,
    cache::Index,
    controller::{Action, Builder, ReconcileError, Reconciler},
    key_of,
};
use meta::{ObjectKey, Str};

const FINALIZER: &str = "kubernetes.io/pvc-protection";

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let claims = builder.primary::<PersistentVolumeClaim>();
    let pods = crate::pods::cache(&mut builder);
    let by_claim = pods.index_by("claim", claims_of);
    let (queue, going) = (builder.queue(), claims.clone());
    pods.on_change(move |change| {
        for pod in change.old.into_iter().chain(change.new) {
            let names = pod.spec.volumes.iter();
            for name in names.filter_map(|volume| claim_name(pod, volume)) {
                let namespace = pod.metadata.namespace.clone();
                let key = ObjectKey::namespaced(namespace, name);
                let waits = |claim: &PersistentVolumeClaim| {
                    plan(&claim.metadata, FINALIZER) == Some(Step::Release)
                };
                if going.get(&key).is_some_and(|claim| waits(&claim)) {
                    queue.add(key);
                }
            }
        }
    });
    let client = builder.client();
    let controller = Protection {
        claims,
        by_claim,
        api: client.of(),
        pods: client.of(),
    };
    builder.run(controller);
}

struct Protection {
    claims: Cache<PersistentVolumeClaim>,
    by_claim: Index<Pod>,
    api: Api<PersistentVolumeClaim>,
    pods: Api<Pod>,
}

impl Reconciler for Protection {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(claim) = self.claims.get(key) else {
            return Ok(Action::Settled);
        };
        let Some(step) = plan(&claim.metadata, FINALIZER) else {
            return Ok(Action::Settled);
        };
        if step == Step::Add || !self.is_used(&claim).await? {
            write(&self.api, &*claim, step, FINALIZER).await?;
        }
        Ok(Action::Settled)
    }
}

impl Protection {
    /// The cache may not have a pod yet that was just bound: before data can go, the server is asked.
    async fn is_used(&self, claim: &PersistentVolumeClaim) -> Result<bool, ReconcileError> {
        let cached = self.by_claim.get(&index_value(&key_of(&claim.metadata)));
        if cached.iter().any(|pod| uses(pod, claim)) {
            return Ok(true);
        }
        let namespace = claim.metadata.namespace.as_str();
        let params = ListParams::default();
        let pods = self.pods.list(Some(namespace), &params).await?;
        Ok(pods.items.iter().any(|pod| uses(pod, claim)))
    }
}

/// Index value: the claims that a pod's volumes name.
fn claims_of(pod: &Pod, values: &mut Vec<Str>) {
    for name in pod
        .spec
        .volumes
        .iter()
        .filter_map(|volume| claim_name(pod, volume))
    {
        let key = ObjectKey::namespaced(pod.metadata.namespace.clone(), name);
        values.push(index_value(&key));
    }
}

fn index_value(key: &ObjectKey) -> Str {
    Str::from(key.to_string())
}

/// The claim that a volume is of: one that is named, or the one that is made for the pod.
fn claim_name(pod: &Pod, volume: &Volume) -> Option<Str> {
    let source = &volume.volume_source;
    if let Some(claim) = &source.persistent_volume_claim {
        return Some(claim.claim_name.clone());
    }
    source.ephemeral.as_ref()?;
    Some(Str::from(format!("{}-{}", pod.metadata.name, volume.name)))
}

/// Only pods that a kubelet has seen count: it starts none whose claim is going. A pod that is done with, and waits for its finalizers
/// alone, no longer holds the claim that was made for it: one of them may wait for the other.
fn uses(pod: &Pod, claim: &PersistentVolumeClaim) -> bool {
    let is_shut_down = pod.metadata.deletion_timestamp.is_some()
        && pod.metadata.deletion_grace_period_seconds == Some(0);
    let names = |volume: &Volume| claim_name(pod, volume).as_ref() == Some(&claim.metadata.name);
    let holds = |volume: &Volume| {
        volume.volume_source.persistent_volume_claim.is_some()
            || !is_shut_down && is_controlled_by(&claim.metadata, &pod.metadata.uid)
    };
    let mut volumes = pod.spec.volumes.iter();
    !pod.spec.node_name.is_empty() && volumes.any(|volume| names(volume) && holds(volume))
}

#[cfg(test)]
mod tests;
