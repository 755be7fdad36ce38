//! Empties a namespace that is being deleted, then lets it go.

mod content;
mod status;

use self::{
    content::{Content, Emptied},
    status::conditions,
};
use crate::{Options, time::now};
use api::core::v1::Namespace;
use client::{
    Api, Cache, Client,
    controller::{Action, Builder, ReconcileError, Reconciler},
    retry::{self, Target},
};
use meta::{Kind, ObjectKey};
use platform::Platform;
use std::time::Duration;

/// The finalizer, in `spec`, that this controller answers for.
const FINALIZER: &str = "kubernetes";

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let namespaces = builder.primary::<Namespace>();
    let pods = crate::pods::cache(&mut builder);
    let (queue, going) = (builder.queue(), namespaces.clone());
    pods.on_change(move |change| {
        if let (None, Some(namespace)) = (change.new, &change.key.namespace) {
            let key = ObjectKey::cluster(namespace.clone());
            if going
                .get(&key)
                .is_some_and(|namespace| is_going(&namespace))
            {
                queue.add(key);
            }
        }
    });
    let client = builder.client();
    let platform = builder.platform().clone();
    builder.workers(10);
    builder.run(Namespaces {
        api: client.of(),
        content: Content::new(client.clone()),
        client,
        platform,
        namespaces,
    });
}

struct Namespaces {
    client: Client,
    api: Api<Namespace>,
    content: Content,
    platform: Platform,
    namespaces: Cache<Namespace>,
}

impl Reconciler for Namespaces {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let cached = self.namespaces.get(key);
        if !cached.is_some_and(|namespace| is_going(&namespace)) {
            return Ok(Action::Settled);
        }
        let Some(namespace) = self.api.find(key).await? else {
            return Ok(Action::Settled);
        };
        if !is_going(&namespace) || !has_finalizer(&namespace) {
            return Ok(Action::Settled);
        }
        let emptied = self.content.empty(&namespace.metadata.name).await;
        self.report(key, &emptied).await?;
        // What could not be asked may still hold something.
        if let Some(failure) = emptied.undiscovered.iter().chain(&emptied.failures).next() {
            return Err(ReconcileError::Other(failure.clone()));
        }
        match emptied.wait_seconds {
            Some(seconds) => Ok(Action::RequeueAfter(Duration::from_secs(seconds / 2 + 1))),
            None => self.finalize(key).await,
        }
    }
}

impl Namespaces {
    async fn report(&self, key: &ObjectKey, emptied: &Emptied) -> Result<(), ReconcileError> {
        let now = now(&self.platform);
        retry::update(&self.api, key, Target::Status, |namespace| {
            let was = namespace.status.clone();
            namespace.status.phase = "Terminating".into();
            conditions(&mut namespace.status.conditions, emptied, now);
            was != namespace.status
        })
        .await?;
        Ok(())
    }

    /// Takes our finalizer off; the server then removes the namespace.
    async fn finalize(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let mut namespace = self.api.get(key).await?;
        namespace
            .spec
            .finalizers
            .retain(|finalizer| finalizer != FINALIZER);
        let finalized = self
            .client
            .of::<Namespace>()
            .replace_subresource(&namespace, "finalize")
            .await;
        match finalized {
            Err(error) if !error.is_not_found() => Err(error.into()),
            _ => Ok(Action::Settled),
        }
    }
}

fn is_going(namespace: &Namespace) -> bool {
    Kind::metadata(namespace).deletion_timestamp.is_some()
}

fn has_finalizer(namespace: &Namespace) -> bool {
    namespace
        .spec
        .finalizers
        .iter()
        .any(|finalizer| finalizer == FINALIZER)
}
