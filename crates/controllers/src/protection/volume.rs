//! A PersistentVolume stays while it is bound to a claim.

use super::{Step, plan, write};
use crate::Options;
use api::core::v1::PersistentVolume;
use client::{
    Api, Cache,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::ObjectKey;

const FINALIZER: &str = "kubernetes.io/pv-protection";

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let volumes = builder.primary::<PersistentVolume>();
    let api = builder.client().of();
    builder.workers(1);
    builder.run(Protection { volumes, api });
}

struct Protection {
    volumes: Cache<PersistentVolume>,
    api: Api<PersistentVolume>,
}

impl Reconciler for Protection {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(volume) = self.volumes.get(key) else {
            return Ok(Action::Settled);
        };
        match plan(&volume.metadata, FINALIZER) {
            Some(Step::Release) if volume.status.phase == "Bound" => {}
            Some(step) => write(&self.api, &*volume, step, FINALIZER).await?,
            None => {}
        }
        Ok(Action::Settled)
    }
}
