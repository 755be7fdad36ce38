//! A VolumeAttributesClass stays while a volume or a claim has it, wants it or is on its way to it.

use super::{Step, plan, write};
use crate::Options;
use api::{
    core::v1::{PersistentVolume, PersistentVolumeClaim},
    storage::v1::VolumeAttributesClass,
};
use client::{
    Api, Cache, Queue,
    cache::{Change, Index},
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Str};

const FINALIZER: &str = "kubernetes.io/vac-protection";

/// What an object says of the classes that it holds.
type Classes<K> = fn(&K, &mut Vec<Str>);

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let classes = builder.primary::<VolumeAttributesClass>();
    let volumes = builder.cache::<PersistentVolume>();
    let claims = builder.cache::<PersistentVolumeClaim>();
    let (queue, going) = (builder.queue(), classes.clone());
    volumes.on_change(move |change| wake(&queue, &going, &change, of_volume));
    let (queue, going) = (builder.queue(), classes.clone());
    claims.on_change(move |change| wake(&queue, &going, &change, of_claim));
    let controller = Protection {
        classes,
        volumes: volumes.index_by("attributes class", of_volume),
        claims: claims.index_by("attributes class", of_claim),
        api: builder.client().of(),
    };
    builder.workers(1);
    builder.run(controller);
}

/// Queues the classes that the object held and that are to go.
fn wake<K>(
    queue: &Queue<ObjectKey>,
    going: &Cache<VolumeAttributesClass>,
    change: &Change<'_, K>,
    classes: Classes<K>,
) {
    let mut held = Vec::new();
    if let Some(old) = change.old {
        classes(old, &mut held);
    }
    for key in held.into_iter().map(ObjectKey::cluster) {
        let class = going.get(&key);
        if class.is_some_and(|class| class.metadata.deletion_timestamp.is_some()) {
            queue.add(key);
        }
    }
}

struct Protection {
    classes: Cache<VolumeAttributesClass>,
    volumes: Index<PersistentVolume>,
    claims: Index<PersistentVolumeClaim>,
    api: Api<VolumeAttributesClass>,
}

impl Reconciler for Protection {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(class) = self.classes.get(key) else {
            return Ok(Action::Settled);
        };
        let is_used = || self.volumes.count(&key.name) != 0 || self.claims.count(&key.name) != 0;
        match plan(&class.metadata, FINALIZER) {
            Some(Step::Release) if is_used() => {}
            Some(step) => write(&self.api, &*class, step, FINALIZER).await?,
            None => {}
        }
        Ok(Action::Settled)
    }
}

fn of_volume(volume: &PersistentVolume, classes: &mut Vec<Str>) {
    classes.extend(volume.spec.volume_attributes_class_name.clone());
    classes.retain(|class| !class.is_empty());
}

fn of_claim(claim: &PersistentVolumeClaim, classes: &mut Vec<Str>) {
    let status = &claim.status;
    classes.extend(claim.spec.volume_attributes_class_name.clone());
    classes.extend(status.current_volume_attributes_class_name.clone());
    let modify = status.modify_volume_status.as_ref();
    classes.extend(modify.map(|modify| modify.target_volume_attributes_class_name.clone()));
    classes.retain(|class| !class.is_empty());
    classes.sort_unstable();
    classes.dedup();
}

#[cfg(test)]
mod tests {
    //! Which classes an object holds.

    use super::of_claim;
    use serde_json::json;

    #[test]
    fn a_claim_holds_all_that_it_names() {
        let claim = json!({
            "spec": {"volumeAttributesClassName": "b"},
            "status": {
                "currentVolumeAttributesClassName": "a",
                "modifyVolumeStatus": {"targetVolumeAttributesClassName": "b", "status": "Pending"},
            },
        });
        let claim = meta::codec::from_value(&claim).unwrap().object;
        let mut classes = Vec::new();
        of_claim(&claim, &mut classes);
        assert_eq!(classes, ["a", "b"]);
    }
}
