//! The task behind a cache: list, watch, and begin again where that is needed.

use super::{
    Change, Core, Decode, View,
    state::{Identity, Put},
};
use crate::{
    Api, Client, Error, ListMode, WatchEvent, WatchStream, api::ListParams, backoff::Backoff,
    key_of, queue::fraction,
};
use meta::{ObjectKey, Str};
use std::{ops::ControlFlow, sync::Arc, time::Duration};

/// Objects of one page of a list.
const PAGE_ITEMS_MAX: u32 = 500;
/// The server ends a watch after one to two times this, as client-go asks for.
const WATCH_SECONDS_MIN: u64 = 5 * 60;
/// A watch that ends earlier and brought nothing counts as a failure.
const WATCH_SHORTEST: Duration = Duration::from_secs(1);

/// What lasted so long was no failure, even if it brought nothing. The same as client-go's.
const STEADY: Duration = Duration::from_secs(2 * 60);

/// Where the reflector stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Nothing is known, or what is known is too old to go on from.
    List,
    Watch {
        from: Str,
    },
}

pub(super) async fn run<K: Decode, V: View<K>>(core: Arc<Core<V>>, client: Client) {
    let draining = client.platform().tasks.draining();
    let reflector = Reflector {
        api: client
            .resource::<K>(core.resource.clone())
            .with_parts(core.selector.parts),
        core,
        client,
    };
    tokio::select! {
            biased;
        () = draining => {}
        () = reflector.run() => {}
    }
}

struct Reflector<K, V> {
    api: Api<K>,
    core: Arc<Core<V>>,
    client: Client,
}

impl<K: Decode, V: View<K>> Reflector<K, V> {
    async fn run(mut self) {
        let mut step = Step::List;
        let mut failures = 0;
        loop {
            let begun = self.client.platform().clock.monotonic();
            let (next, outcome) = match step.clone() {
                Step::List => self.list().await,
                Step::Watch { from } => self.watch(from).await,
            };
            let lasted = self.client.platform().clock.monotonic().since(begun);
            // Whatever ended it: that it got on ends the series of failures, or a watch that breaks now and then would wait longer
            // each time.
            if next != step || lasted >= STEADY {
                failures = 0;
            }
            step = next;
            match outcome {
                Ok(()) => failures = 0,
                Err(error) => {
                    self.report(&error, failures);
                    let platform = self.client.platform();
                    let delay = Backoff::REFLECTOR.delay(failures, fraction(platform));
                    failures = failures.saturating_add(1);
                    platform.clock.sleep(delay).await;
                }
            }
        }
    }

    /// One line when it breaks; that it goes on trying is not news. Expiry is part of normal life.
    fn report(&self, error: &Error, failures: u32) {
        if failures == 0 && !error.is_expired() {
            let source = std::error::Error::source(error);
            tracing::info!(resource = %self.core.resource.plural, %error, source, "watch broke, will retry");
        }
    }

    async fn list(&mut self) -> (Step, Result<(), Error>) {
        if self.client.list_mode() == ListMode::Streaming {
            match self.stream_list().await {
                Err(Error::Api(error)) if error.code == 400 || error.code == 422 => {
                    self.client = self.client.clone().with_list_mode(ListMode::Paged);
                }
                Ok(step_and_outcome) => return step_and_outcome,
                Err(error) => return (Step::List, Err(error)),
            }
        }
        match self.pages().await {
            Ok(from) => (Step::Watch { from }, Ok(())),
            Err(error) => (Step::List, Err(error)),
        }
    }

    /// All pages of a consistent list; answers its revision.
    async fn pages(&self) -> Result<Str, Error> {
        let mut params = ListParams {
            limit: Some(PAGE_ITEMS_MAX),
            ..self.params()
        };
        let mut listed = Vec::new();
        loop {
            let page = self.api.list(self.namespace(), &params).await?;
            listed.extend(page.items.into_iter().map(project));
            if page.continue_.is_empty() {
                self.core.replace(listed, page.revision.clone());
                return Ok(page.revision);
            }
            params.continue_ = page.continue_;
        }
    }

    /// A list as the beginning of a watch (KEP-3157), then the watch itself.
    async fn stream_list(&self) -> Result<(Step, Result<(), Error>), Error> {
        let params = ListParams {
            send_initial_events: Some(true),
            resource_version_match: Str::const_new("NotOlderThan"),
            timeout_seconds: Some(self.watch_seconds()),
            ..self.params()
        };
        let mut stream = self.api.watch(self.namespace(), &params).await?;
        let mut listed = Vec::new();
        while let Some(event) = stream.next().await {
            match event? {
                WatchEvent::Added(object) | WatchEvent::Modified(object) => {
                    listed.push(project(object))
                }
                WatchEvent::Deleted(object) => {
                    let gone = key_of(object.object_meta());
                    listed.retain(|(identity, _): &(Identity, Arc<V>)| identity.key != gone);
                }
                WatchEvent::Bookmark {
                    revision,
                    initial_events_end: true,
                } => {
                    self.core.replace(listed, revision.clone());
                    return Ok(self.follow(stream, revision).await);
                }
                WatchEvent::Bookmark { .. } => {}
            }
        }
        Ok((Step::List, Ok(())))
    }

    async fn watch(&self, from: Str) -> (Step, Result<(), Error>) {
        let params = ListParams {
            resource_version: from.clone(),
            timeout_seconds: Some(self.watch_seconds()),
            ..self.params()
        };
        let begun = self.client.platform().clock.monotonic();
        match self.api.watch(self.namespace(), &params).await {
            Err(error) => (after_failure(from, &error), Err(error)),
            Ok(stream) => {
                let (step, outcome) = self.follow(stream, from.clone()).await;
                let lasted = self.client.platform().clock.monotonic().since(begun);
                if outcome.is_ok()
                    && lasted < WATCH_SHORTEST
                    && step == (Step::Watch { from: from.clone() })
                {
                    return (step, Err(ended_early(&self.core.resource.plural)));
                }
                (step, outcome)
            }
        }
    }

    /// Applies events until the watch ends.
    async fn follow(
        &self,
        mut stream: WatchStream<K>,
        mut revision: Str,
    ) -> (Step, Result<(), Error>) {
        while let Some(event) = stream.next().await {
            let event = match event {
                Ok(event) => event,
                Err(error) => return (after_failure(revision, &error), Err(error)),
            };
            revision = match event {
                WatchEvent::Added(object) | WatchEvent::Modified(object) => {
                    let revision = object.object_meta().resource_version.clone();
                    let (identity, view) = project(object);
                    self.core.put(identity, view, &revision);
                    revision
                }
                WatchEvent::Deleted(object) => {
                    let revision = object.object_meta().resource_version.clone();
                    self.core.remove(&key_of(object.object_meta()), &revision);
                    revision
                }
                WatchEvent::Bookmark { revision, .. } => {
                    self.core.state.write().set_revision(revision.clone());
                    revision
                }
            };
        }
        (Step::Watch { from: revision }, Ok(()))
    }

    fn params(&self) -> ListParams {
        ListParams {
            label_selector: self.core.selector.labels.clone(),
            field_selector: self.core.selector.fields.clone(),
            ..ListParams::default()
        }
    }

    fn namespace(&self) -> Option<&str> {
        Some(self.core.selector.namespace.as_str()).filter(|namespace| !namespace.is_empty())
    }

    fn watch_seconds(&self) -> u32 {
        let seconds = WATCH_SECONDS_MIN + self.client.platform().rng.below(WATCH_SECONDS_MIN);
        u32::try_from(seconds).expect("ten minutes fit")
    }
}

fn after_failure(from: Str, error: &Error) -> Step {
    if error.is_expired() {
        Step::List
    } else {
        Step::Watch { from }
    }
}

fn ended_early(plural: &str) -> Error {
    Error::Decode {
        what: format!("watch of {plural}"),
        message: "the watch ended at once, without an event".to_owned(),
    }
}

fn project<K: Decode, V: View<K>>(object: K) -> (Identity, Arc<V>) {
    (Identity::of(object.object_meta()), Arc::new(V::of(object)))
}

impl<V> Core<V> {
    /// Takes over a whole list: what it lacks is gone.
    fn replace(&self, listed: Vec<(Identity, Arc<V>)>, revision: Str) {
        self.state.write().begin_list();
        for (identity, object) in listed {
            self.put(identity, object, &revision);
        }
        let gone = self.state.read().unlisted();
        for key in &gone {
            self.remove(key, &revision);
        }
        self.state.write().set_revision(revision);
        // Later lists find it set.
        let _ = self.synced.set(());
    }

    fn put(&self, identity: Identity, object: Arc<V>, revision: &Str) {
        let key = identity.key.clone();
        let mut handlers = self.handlers.lock();
        let put = {
            let mut state = self.state.write();
            state.set_revision(revision.clone());
            state.put(identity, Arc::clone(&object))
        };
        let mut tell = |old: Option<&Arc<V>>, new: Option<&Arc<V>>| {
            handlers.retain(|handler| {
                handler(Change {
                    key: &key,
                    old,
                    new,
                }) == ControlFlow::Continue(())
            });
        };
        match put {
            Put::Same => {}
            Put::Added => tell(None, Some(&object)),
            Put::Modified(old) => tell(Some(&old), Some(&object)),
            Put::Replaced(old) => {
                tell(Some(&old), None);
                tell(None, Some(&object));
            }
        }
    }

    fn remove(&self, key: &ObjectKey, revision: &Str) {
        let mut handlers = self.handlers.lock();
        let old = {
            let mut state = self.state.write();
            state.set_revision(revision.clone());
            state.remove(key)
        };
        if let Some(old) = old {
            let change = || Change {
                key,
                old: Some(&old),
                new: None,
            };
            handlers.retain(|handler| handler(change()) == ControlFlow::Continue(()));
        }
    }
}
