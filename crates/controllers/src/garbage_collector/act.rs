//! Looks at live objects and deletes, orphans or releases them.

use super::{
    Shared,
    graph::{Place, Work},
    links::{FOREGROUND, Going, ORPHAN, Uid},
    plan::{Decision, Dependents, Standing, decide, standing},
};
use client::{
    Api, Client, DeleteParams, Error, Metadata, Patch, PatchParams, Propagation, Resource,
    events::{Recorder, Reference, Type},
    key_of,
};
use meta::{ObjectKey, OwnerReference, Str, go_quote};
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) struct Collector {
    pub(super) client: Client,
    pub(super) events: Recorder,
    pub(super) shared: Arc<Shared>,
}

/// A live object and the way to it.
struct Found {
    api: Api<Metadata>,
    resource: Resource,
    object: Metadata,
}

impl Collector {
    pub(super) async fn work(&self, work: &Work) -> Result<(), Error> {
        match work {
            Work::Delete(uid) => self.attempt_delete(*uid).await,
            Work::Orphan(uid) => self.orphan_dependents(*uid).await,
            Work::Verify(uid) => self.verify(*uid).await,
        }
    }

    /// An owner that was never seen: if it is not there, its dependents may go.
    async fn verify(&self, uid: Uid) -> Result<(), Error> {
        let named = {
            let graph = self.shared.graph.lock();
            if graph.node(uid).is_some() {
                None
            } else {
                graph.named(uid)
            }
        };
        let Some((owner, dependent)) = named else {
            return Ok(());
        };
        let Some(resource) = self.resource_of(&owner.group, &owner.kind) else {
            return Ok(());
        };
        let Some(key) = owner_key(&resource, &owner.name, &dependent) else {
            return Ok(());
        };
        let live = self
            .client
            .resource::<Metadata>(resource)
            .find(&key)
            .await?;
        if live.is_none_or(|live| Uid::of(&live.metadata.uid) != uid) {
            let work = self.shared.graph.lock().remove(uid);
            work.into_iter()
                .for_each(|work| self.shared.queue.add(work));
        }
        Ok(())
    }

    async fn attempt_delete(&self, uid: Uid) -> Result<(), Error> {
        let Some((place, going)) = self.place(uid) else {
            return Ok(());
        };
        if matches!(going, Going::Plainly | Going::Orphaning) {
            return Ok(());
        }
        let Some(found) = self.find(uid, &place).await? else {
            return Ok(());
        };
        if Going::of(&found.object.metadata) == Going::Foreground {
            return self.wait_for_dependents(uid, &found).await;
        }
        let mut owners = Vec::new();
        for owner in &found.object.metadata.owner_references {
            // Nothing is decided while one of them cannot be looked up.
            let Some(standing) = self.standing_of(owner, &found).await? else {
                return Ok(());
            };
            owners.push((owner.uid.clone(), standing));
        }
        let decision = decide(&found.object, &owners, self.dependents_of(uid));
        self.carry_out(decision, &found).await
    }

    async fn carry_out(&self, decision: Decision, found: &Found) -> Result<(), Error> {
        let metadata = &found.object.metadata;
        match decision {
            Decision::Keep => Ok(()),
            Decision::DropOwners(uids) => {
                let keep = |owner: &&OwnerReference| !uids.contains(&owner.uid);
                let kept = metadata
                    .owner_references
                    .iter()
                    .filter(keep)
                    .map(owner_json);
                found
                    .patch(json!({"ownerReferences": kept.collect::<Value>()}))
                    .await
            }
            Decision::Delete(propagation) => found.delete(propagation).await,
            Decision::UnblockAndDelete => {
                let unblocked = metadata.owner_references.iter().map(|owner| {
                    let mut owner = owner_json(owner);
                    owner["blockOwnerDeletion"] = false.into();
                    owner
                });
                found
                    .patch(json!({"ownerReferences": unblocked.collect::<Value>()}))
                    .await?;
                found.delete_now(Propagation::Foreground).await
            }
        }
    }

    /// An owner in the foreground: lets it go when nothing blocks it, else sees to what does.
    async fn wait_for_dependents(&self, uid: Uid, found: &Found) -> Result<(), Error> {
        let (blocking, to_delete) = {
            let graph = self.shared.graph.lock();
            let waits = |uid: &Uid| {
                graph
                    .node(*uid)
                    .is_some_and(|node| node.going == Going::Foreground)
            };
            let blocking = graph.blocking(uid);
            let to_delete: Vec<_> = blocking.iter().copied().filter(|uid| !waits(uid)).collect();
            (blocking, to_delete)
        };
        if blocking.is_empty() {
            return found.remove_finalizer(FOREGROUND).await;
        }
        to_delete
            .into_iter()
            .for_each(|uid| self.shared.queue.add(Work::Delete(uid)));
        Ok(())
    }

    async fn orphan_dependents(&self, uid: Uid) -> Result<(), Error> {
        let Some((place, Going::Orphaning)) = self.place(uid) else {
            return Ok(());
        };
        let Some(owner) = self.find(uid, &place).await? else {
            return Ok(());
        };
        let dependents = self.shared.graph.lock().dependents(uid);
        for dependent in dependents {
            let Some((place, _)) = self.place(dependent) else {
                continue;
            };
            let Some(found) = self.find(dependent, &place).await? else {
                continue;
            };
            let keep = |owner: &&OwnerReference| Uid::of(&owner.uid) != uid;
            let kept = found
                .object
                .metadata
                .owner_references
                .iter()
                .filter(keep)
                .map(owner_json);
            found
                .patch(json!({"ownerReferences": kept.collect::<Value>()}))
                .await?;
        }
        owner.remove_finalizer(ORPHAN).await
    }

    /// `None`: it is of a kind that is not served, or cannot be an owner of this object.
    async fn standing_of(
        &self,
        owner: &OwnerReference,
        found: &Found,
    ) -> Result<Option<Standing>, Error> {
        let object = &found.object;
        let group = owner
            .api_version
            .split_once('/')
            .map_or("", |(group, _)| group);
        let Some(resource) = self.resource_of(group, &owner.kind) else {
            return Ok(None);
        };
        let Some(key) = owner_key(&resource, &owner.name, &key_of(&object.metadata)) else {
            self.complain(owner, found);
            return Ok(None);
        };
        let live = self
            .client
            .resource::<Metadata>(resource)
            .find(&key)
            .await?;
        let live = live.filter(|live| live.metadata.uid == owner.uid);
        if live.is_none() && self.is_elsewhere(&owner.uid, &object.metadata.namespace) {
            self.complain(owner, found);
        }
        Ok(Some(live.map_or(Standing::Absent, |live| standing(&live))))
    }

    /// Whether an object of this uid lives in another namespace.
    fn is_elsewhere(&self, uid: &str, namespace: &str) -> bool {
        let graph = self.shared.graph.lock();
        let known = graph.node(Uid::of(uid));
        let lives = known.and_then(|node| node.place.key.namespace.as_deref());
        lives.is_some_and(|lives| lives != namespace)
    }

    /// An object that names an owner which lives in another namespace.
    fn complain(&self, owner: &OwnerReference, found: &Found) {
        let metadata = &found.object.metadata;
        let namespace = &metadata.namespace;
        let about = Reference {
            api_version: Str::from(found.resource.api_version()),
            kind: found.resource.kind.clone(),
            namespace: namespace.clone(),
            name: metadata.name.clone(),
            uid: metadata.uid.clone(),
            ..Reference::default()
        };
        let (version, kind, name, uid) = (&owner.api_version, &owner.kind, &owner.name, &owner.uid);
        let message = format!(
            "ownerRef [{version}/{kind}, namespace: {namespace}, name: {name}, uid: {uid}] does not exist in namespace {}",
            go_quote(namespace)
        );
        self.events
            .event(about, Type::Warning, "OwnerRefInvalidNamespace", message);
    }

    fn dependents_of(&self, uid: Uid) -> Dependents {
        let graph = self.shared.graph.lock();
        let dependents = graph.dependents(uid);
        let waits = |uid: &Uid| {
            graph
                .node(*uid)
                .is_some_and(|node| node.going == Going::Foreground)
        };
        match dependents.iter().any(waits) {
            true => Dependents::SomeWaiting,
            false if dependents.is_empty() => Dependents::None,
            false => Dependents::Some,
        }
    }

    fn place(&self, uid: Uid) -> Option<(Place, Going)> {
        let graph = self.shared.graph.lock();
        graph.node(uid).map(|node| (node.place.clone(), node.going))
    }

    async fn find(&self, uid: Uid, place: &Place) -> Result<Option<Found>, Error> {
        let Some(resource) = self.shared.resources.lock().get(place.resource) else {
            return Ok(None);
        };
        let api = self.client.resource::<Metadata>(resource.clone());
        let object = api.find(&place.key).await?;
        let object = object.filter(|object| Uid::of(&object.metadata.uid) == uid);
        Ok(object.map(|object| Found {
            api,
            resource,
            object,
        }))
    }

    fn resource_of(&self, group: &str, kind: &str) -> Option<Resource> {
        self.shared.resources.lock().of_kind(group, kind)
    }
}

impl Found {
    /// Only as it was looked at: a new owner in between must count.
    async fn delete(&self, propagation: Propagation) -> Result<(), Error> {
        let params = DeleteParams {
            resource_version: Some(self.object.metadata.resource_version.clone()),
            ..self.params(propagation)
        };
        self.delete_with(&params).await
    }

    async fn delete_now(&self, propagation: Propagation) -> Result<(), Error> {
        self.delete_with(&self.params(propagation)).await
    }

    fn params(&self, propagation: Propagation) -> DeleteParams {
        DeleteParams {
            propagation: Some(propagation),
            ..DeleteParams::of_uid(&self.object.metadata.uid)
        }
    }

    async fn delete_with(&self, params: &DeleteParams) -> Result<(), Error> {
        ignore_gone(
            self.api
                .delete(&key_of(&self.object.metadata), params)
                .await,
        )
    }

    async fn remove_finalizer(&self, finalizer: &str) -> Result<(), Error> {
        let others = self
            .object
            .metadata
            .finalizers
            .iter()
            .filter(|known| *known != finalizer);
        let others: Vec<_> = others.map(Str::as_str).collect();
        self.patch(json!({"finalizers": others})).await
    }

    /// Replaces these parts of the metadata, unless the object has changed meanwhile.
    async fn patch(&self, mut metadata: Value) -> Result<(), Error> {
        metadata["uid"] = self.object.metadata.uid.as_str().into();
        metadata["resourceVersion"] = self.object.metadata.resource_version.as_str().into();
        let patch = Patch::merge(&json!({"metadata": metadata}));
        let key = key_of(&self.object.metadata);
        ignore_gone(
            self.api
                .patch(&key, &patch, &PatchParams::default())
                .await
                .map(drop),
        )
    }
}

fn ignore_gone(result: Result<(), Error>) -> Result<(), Error> {
    match result {
        Err(error) if error.is_not_found() => Ok(()),
        result => result,
    }
}

/// An owner lives in its dependent's namespace, or in none. `None`: it lives in one, the dependent in none.
fn owner_key(resource: &Resource, name: &Str, dependent: &ObjectKey) -> Option<ObjectKey> {
    if !resource.namespaced {
        return Some(ObjectKey::cluster(name.clone()));
    }
    let namespace = dependent.namespace.clone()?;
    Some(ObjectKey::namespaced(namespace, name.clone()))
}

fn owner_json(owner: &OwnerReference) -> Value {
    meta::codec::to_value(owner)
}
