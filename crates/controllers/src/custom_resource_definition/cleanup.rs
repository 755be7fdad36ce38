//! Deletes the objects of a definition that is being deleted, then lets the definition go.

use crate::{Options, time::now};
use api::apiextensions::v1::{
    ConditionStatus, CustomResourceDefinition,
    CustomResourceDefinitionConditionType as ConditionType, ResourceScope,
};
use client::{
    Api, Cache, Client, DeleteParams, ListParams, Metadata, Resource, WatchEvent,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::ObjectKey;
use platform::Platform;
use std::{collections::BTreeSet, sync::Arc};
use structural::definition::{self, CLEANUP_FINALIZER, Condition, condition, set_condition};

/// How long a reconcile waits for objects to go before it starts again.
const WAIT_SECONDS: u32 = 60;
/// Definitions that would name what the server keeps for itself.
const BUILT_IN: &[(&str, &str)] = &[
    ("apiregistration.k8s.io", "apiservices"),
    ("apiextensions.k8s.io", "customresourcedefinitions"),
];

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let definitions = builder.cache::<CustomResourceDefinition>();
    let queue = builder.queue();
    definitions.on_change(move |change| {
        let is_new = |new: &&Arc<CustomResourceDefinition>| {
            is_going(new)
                && !change
                    .old
                    .is_some_and(|old| differ_in_progress_only(old, new))
        };
        if change.new.as_ref().is_some_and(is_new) {
            queue.add(change.key.clone());
        }
    });
    let client = builder.client();
    let platform = builder.platform().clone();
    builder.run(Cleanup {
        definitions,
        api: client.of(),
        client,
        platform,
    });
}

struct Cleanup {
    definitions: Cache<CustomResourceDefinition>,
    api: Api<CustomResourceDefinition>,
    client: Client,
    platform: Platform,
}

/// What is to be done with the objects.
#[derive(Debug, PartialEq, Eq)]
enum Objects {
    Delete,
    /// They stay, for that reason.
    Keep(&'static str, &'static str),
}

impl Reconciler for Cleanup {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let cached = self.definitions.get(key);
        if !cached.is_some_and(|definition| is_going(&definition)) {
            return Ok(Action::Settled);
        }
        let Some(definition) = self.api.find(key).await? else {
            return Ok(Action::Settled);
        };
        if !is_going(&definition) {
            return Ok(Action::Settled);
        }
        match self.clean_up(definition).await {
            // Changed or gone in the meantime: what is left comes again by itself.
            Err(ReconcileError::Api(error)) if error.is_overtaken() => Ok(Action::Settled),
            done => done.map(|()| Action::Settled),
        }
    }
}

impl Cleanup {
    async fn clean_up(&self, definition: CustomResourceDefinition) -> Result<(), ReconcileError> {
        let progress = terminating(
            ConditionStatus::TRUE,
            "InstanceDeletionInProgress",
            "CustomResource deletion is in progress",
        );
        let mut definition = self.say(definition, &progress).await?;
        let last = match plan(&definition) {
            Objects::Keep(reason, message) => terminating(ConditionStatus::FALSE, reason, message),
            Objects::Delete => {
                if let Err(failure) = self.delete_objects(&definition).await {
                    let words = failure.message.clone();
                    self.say(definition, &failure).await?;
                    return Err(ReconcileError::Other(words));
                }
                terminating(
                    ConditionStatus::FALSE,
                    "InstanceDeletionCompleted",
                    "removed all instances",
                )
            }
        };
        set_condition(&mut definition.status, &last, now(&self.platform));
        let finalizers = &mut definition.metadata.finalizers;
        finalizers.retain(|finalizer| finalizer != CLEANUP_FINALIZER);
        self.api.replace_status(&definition).await?;
        Ok(())
    }

    /// Writes the condition when it says something new.
    async fn say(
        &self,
        mut definition: CustomResourceDefinition,
        new: &Condition,
    ) -> Result<CustomResourceDefinition, ReconcileError> {
        if condition(&definition, new.type_).is_some_and(|there| new.says(there)) {
            return Ok(definition);
        }
        set_condition(&mut definition.status, new, now(&self.platform));
        Ok(self.api.replace_status(&definition).await?)
    }

    /// Deletes what is there and waits until it has gone; answers with what went wrong.
    async fn delete_objects(&self, definition: &CustomResourceDefinition) -> Result<(), Condition> {
        let api = self.client.resource::<Metadata>(resource(definition));
        let failed = |what: &str, error: String| {
            let words = format!("{what}: {error}");
            terminating(ConditionStatus::TRUE, "InstanceDeletionFailed", &words)
        };
        let everything = ListParams::default();
        let there = api.list(None, &everything).await;
        let there = there.map_err(|error| failed("could not list instances", error.to_string()))?;
        let namespaces: BTreeSet<_> = there
            .items
            .iter()
            .map(|object| object.metadata.namespace.as_str())
            .collect();
        let mut errors = BTreeSet::new();
        for namespace in namespaces {
            let delete = DeleteParams::default();
            let deleted = api
                .delete_collection(Some(namespace), &everything, &delete)
                .await;
            errors.extend(deleted.err().map(|error| error.to_string()));
        }
        if !errors.is_empty() {
            let all: Vec<_> = errors.into_iter().collect();
            let words = match &all[..] {
                [one] => one.clone(),
                _ => format!("[{}]", all.join(", ")),
            };
            return Err(failed("could not issue all deletes", words));
        }
        let gone = wait_until_gone(&api).await;
        gone.map_err(|words| {
            let words = format!("could not confirm zero CustomResources remaining: {words}");
            terminating(ConditionStatus::TRUE, "InstanceDeletionCheck", &words)
        })
    }
}

/// Follows the objects until none is left, or for a minute.
async fn wait_until_gone(api: &Api<Metadata>) -> Result<(), String> {
    let list = api.list(None, &ListParams::default()).await;
    let list = list.map_err(|error| error.to_string())?;
    let mut left: BTreeSet<_> = list.items.iter().map(key_of).collect();
    if left.is_empty() {
        return Ok(());
    }
    let from_there = ListParams {
        resource_version: list.revision,
        timeout_seconds: Some(WAIT_SECONDS),
        ..ListParams::default()
    };
    let watch = api.watch(None, &from_there).await;
    let mut watch = watch.map_err(|error| error.to_string())?;
    while let Some(event) = watch.next().await {
        match event.map_err(|error| error.to_string())? {
            WatchEvent::Added(object) => drop(left.insert(key_of(&object))),
            WatchEvent::Deleted(object) => drop(left.remove(&key_of(&object))),
            WatchEvent::Modified(_) | WatchEvent::Bookmark { .. } => {}
        }
        if left.is_empty() {
            return Ok(());
        }
    }
    Err("context deadline exceeded".to_owned())
}

fn key_of(object: &Metadata) -> ObjectKey {
    client::key_of(&object.metadata)
}

/// The resource in a version that is served: the stored one, if it is.
fn resource(definition: &CustomResourceDefinition) -> Resource {
    let spec = &definition.spec;
    let served = |storage: bool| {
        let mut versions = spec.versions.iter();
        versions.find(|version| version.served && version.storage == storage)
    };
    let version = served(true).or_else(|| served(false));
    let stored = || spec.versions.iter().find(|version| version.storage);
    let version = version.or_else(stored);
    Resource {
        group: spec.group.clone(),
        version: version
            .map(|version| version.name.clone())
            .unwrap_or_default(),
        kind: spec.names.kind.clone(),
        plural: spec.names.plural.clone(),
        namespaced: spec.scope == ResourceScope::NAMESPACED,
    }
}

fn plan(definition: &CustomResourceDefinition) -> Objects {
    let spec = &definition.spec;
    if BUILT_IN.contains(&(spec.group.as_str(), spec.names.plural.as_str())) {
        let words = "instances overlap with built-in resources in storage";
        Objects::Keep("OverlappingBuiltInResource", words)
    } else if definition::is_established(definition) {
        Objects::Delete
    } else {
        Objects::Keep("NeverEstablished", "resource was never established")
    }
}

fn terminating(status: &'static str, reason: &'static str, message: &str) -> Condition {
    Condition {
        type_: ConditionType::TERMINATING,
        status,
        reason,
        message: message.to_owned(),
    }
}

fn is_going(definition: &CustomResourceDefinition) -> bool {
    let metadata = &definition.metadata;
    metadata.deletion_timestamp.is_some()
        && metadata
            .finalizers
            .iter()
            .any(|name| name == CLEANUP_FINALIZER)
}

/// Whether the change is one that this controller itself makes on the way: it would only wake itself.
fn differ_in_progress_only(old: &CustomResourceDefinition, new: &CustomResourceDefinition) -> bool {
    let bare = |definition: &CustomResourceDefinition| {
        let mut bare = definition.clone();
        bare.metadata.resource_version = Default::default();
        bare.metadata.managed_fields.clear();
        let conditions = &mut bare.status.conditions;
        conditions.retain(|condition| condition.type_ != ConditionType::TERMINATING);
        bare
    };
    bare(old) == bare(new)
}

#[cfg(test)]
mod tests;
