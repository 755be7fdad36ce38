//! Makes and deletes pods, with expectations and events.

use crate::owner::controller_reference;
use api::{apps::v1::ReplicaSet, core::v1::Pod};
use client::{Api, DeleteParams, Error, events::Recorder, expectations::Expectations};
use futures::future::join_all;
use meta::{Kind, ObjectKey, Str};
use std::sync::Arc;

pub(super) struct Pods {
    pub(super) api: Api<Pod>,
    pub(super) expectations: Arc<Expectations>,
    pub(super) events: Recorder,
}

impl Pods {
    /// Makes `count` pods in batches of 1, 2, 4 and so on, and stops at the first batch that fails: a quota
    /// that is spent costs a few requests, not hundreds.
    pub(super) async fn create(
        &self,
        key: &ObjectKey,
        set: &ReplicaSet,
        count: usize,
    ) -> Result<(), Error> {
        self.expectations.expect_creations(key, count);
        let pod = pod_of(set);
        let mut left = count;
        let mut batch = 1;
        while left > 0 {
            let size = batch.min(left);
            let results = join_all((0..size).map(|_| self.create_one(key, set, &pod))).await;
            left -= size;
            batch *= 2;
            if let Some(error) = results.into_iter().find_map(Result::err) {
                (0..left).for_each(|_| self.expectations.creation_observed(key));
                return if error.is_namespace_terminating() {
                    Ok(())
                } else {
                    Err(error)
                };
            }
        }
        Ok(())
    }

    async fn create_one(&self, key: &ObjectKey, set: &ReplicaSet, pod: &Pod) -> Result<(), Error> {
        match self.api.create(pod).await {
            Ok(pod) => {
                let message = format!("Created pod: {}", pod.metadata.name);
                self.events.normal(set, "SuccessfulCreate", message);
                Ok(())
            }
            Err(error) => {
                self.expectations.creation_observed(key);
                if !error.is_namespace_terminating() {
                    self.events
                        .warning(set, "FailedCreate", format!("Error creating: {error}"));
                }
                Err(error)
            }
        }
    }

    pub(super) async fn delete(
        &self,
        key: &ObjectKey,
        set: &ReplicaSet,
        pods: &[Arc<Pod>],
    ) -> Result<(), Error> {
        self.expectations
            .expect_deletions(key, pods.iter().map(|pod| pod.key()));
        let results = join_all(pods.iter().map(|pod| self.delete_one(key, set, pod))).await;
        results
            .into_iter()
            .find_map(Result::err)
            .map_or(Ok(()), Err)
    }

    async fn delete_one(&self, key: &ObjectKey, set: &ReplicaSet, pod: &Pod) -> Result<(), Error> {
        match self
            .api
            .delete(&pod.key(), &DeleteParams::of_uid(&pod.metadata.uid))
            .await
        {
            Ok(()) => {
                let message = format!("Deleted pod: {}", pod.metadata.name);
                self.events.normal(set, "SuccessfulDelete", message);
                Ok(())
            }
            Err(error) => {
                self.expectations.deletion_observed(key, &pod.key());
                // Gone, or its name now belongs to another pod.
                if error.is_overtaken() {
                    return Ok(());
                }
                self.events
                    .warning(set, "FailedDelete", format!("Error deleting: {error}"));
                Err(error)
            }
        }
    }
}

/// The pod that the template describes, owned by the set.
fn pod_of(set: &ReplicaSet) -> Pod {
    let template = &set.spec.template;
    let mut pod = Pod::default();
    pod.metadata.namespace = set.metadata.namespace.clone();
    pod.metadata.generate_name = Str::from(format!("{}-", set.metadata.name));
    pod.metadata.labels = template.metadata.labels.clone();
    pod.metadata.annotations = template.metadata.annotations.clone();
    pod.metadata.finalizers = template.metadata.finalizers.clone();
    pod.metadata.owner_references = vec![controller_reference(set)];
    pod.spec = template.spec.clone();
    pod
}
