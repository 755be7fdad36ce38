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
    Api, Cache,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Str, Time};
use parking_lot::Mutex;
use platform::Platform;
use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};
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
        written: Mutex::default(),
    });
}

struct Definitions {
    definitions: Cache<CustomResourceDefinition>,
    api: Api<CustomResourceDefinition>,
    platform: Platform,
    written: Mutex<Written>,
}

/// What was written and the cache does not show yet, by name.
type Written = BTreeMap<Str, Arc<CustomResourceDefinition>>;

impl Reconciler for Definitions {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(definition) = self.definitions.get(key) else {
            self.written.lock().remove(&key.name);
            return Ok(Action::Settled);
        };
        let settled = names::are_settled(&definition);
        let all = if settled {
            self.written.lock().remove(&key.name);
            Vec::new()
        } else {
            latest(self.definitions.list(None), &mut self.written.lock())
        };
        if let Some(new) = plan(&definition, &all, now(&self.platform)) {
            match self.api.replace_status(&new).await {
                // What has changed comes again by itself.
                Err(error) if error.is_overtaken() => {}
                written => {
                    let written = Arc::new(written?);
                    if !settled {
                        self.written.lock().insert(key.name.clone(), written);
                    }
                }
            }
        }
        Ok(Action::Settled)
    }
}

/// The definitions that there are, each as it was last seen or written: names that were accepted a moment ago are taken.
fn latest(
    cached: Vec<Arc<CustomResourceDefinition>>,
    written: &mut Written,
) -> Vec<Arc<CustomResourceDefinition>> {
    let mut ahead = std::mem::take(written);
    let latest = cached.into_iter().map(|cached| {
        let Some(newer) = ahead.remove(&cached.metadata.name) else {
            return cached;
        };
        if revision(&newer) <= revision(&cached) {
            return cached;
        }
        written.insert(newer.metadata.name.clone(), Arc::clone(&newer));
        newer
    });
    latest.collect()
}

fn revision(definition: &CustomResourceDefinition) -> u64 {
    definition
        .metadata
        .resource_version
        .parse()
        .unwrap_or_default()
}

/// The definition with the status that it should have, when it has another. `all` are the definitions there are, where names are to be
/// accepted. A definition is established one step after its names were accepted, so that requests find a server that knows it.
fn plan(
    definition: &CustomResourceDefinition,
    all: &[impl Borrow<CustomResourceDefinition>],
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
