//! Accepts the names of custom resources and says what is to be said of their definitions; `cleanup` deletes the objects of definitions
//! that go.
//!
//! Source: `k8s.io/apiextensions-apiserver/pkg/controller/{status,establish,nonstructuralschema,apiapproval,finalizer}`, which
//! upstream's API server runs in itself.

pub(crate) mod cleanup;
mod conditions;
mod names;

use crate::{Options, time::now};
use api::apiextensions::v1::CustomResourceDefinition;
use client::{
    Api, Cache, ListParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Time};
use platform::Platform;
use structural::definition::set_condition;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let definitions = builder.primary::<CustomResourceDefinition>();
    let (queue, all) = (builder.queue(), definitions.clone());
    // Names that were given up are there for others of the group.
    definitions.on_change(move |change| {
        let Some(old) = change.old else { return };
        let kept = change
            .new
            .is_some_and(|new| new.status.accepted_names == old.status.accepted_names);
        let others = all.list(None).into_iter().filter(|other| {
            !kept && other.spec.group == old.spec.group && other.metadata.name != change.key.name
        });
        for other in others {
            queue.add(ObjectKey::cluster(other.metadata.name.clone()));
        }
    });
    let api = builder.client().of();
    let platform = builder.platform().clone();
    // Names are given to one definition at a time.
    builder.workers(1);
    builder.run(Definitions {
        definitions,
        api,
        platform,
    });
}

struct Definitions {
    definitions: Cache<CustomResourceDefinition>,
    api: Api<CustomResourceDefinition>,
    platform: Platform,
}

impl Reconciler for Definitions {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(definition) = self.definitions.get(key) else {
            return Ok(Action::Settled);
        };
        let others = if names::are_settled(&definition) {
            Vec::new()
        } else {
            // The cache may not have the names yet that were accepted just now.
            self.api.list(None, &ListParams::default()).await?.items
        };
        if let Some(new) = plan(&definition, &others, now(&self.platform)) {
            match self.api.replace_status(&new).await {
                // What has changed comes again by itself.
                Err(error) if error.is_overtaken() => {}
                written => drop(written?),
            }
        }
        Ok(Action::Settled)
    }
}

/// The definition with the status that it should have, when it has another. `all` are the definitions there are, where names are to be
/// accepted. A definition is established one step after its names were accepted, so that requests find a server that knows it.
fn plan(
    definition: &CustomResourceDefinition,
    all: &[CustomResourceDefinition],
    now: Time,
) -> Option<CustomResourceDefinition> {
    let mut new = definition.clone();
    let established = conditions::established(definition);
    if !names::are_settled(definition) {
        let accepted = names::accept(definition, all);
        new.status.accepted_names = accepted.names;
        for condition in &accepted.conditions {
            set_condition(&mut new.status, condition, now);
        }
    }
    conditions::set_structure(&mut new, now);
    if let Some(approval) = conditions::approval(definition) {
        set_condition(&mut new.status, &approval, now);
    }
    if let Some(established) = established {
        set_condition(&mut new.status, &established, now);
    }
    (new.status != definition.status).then_some(new)
}

#[cfg(test)]
mod tests;
