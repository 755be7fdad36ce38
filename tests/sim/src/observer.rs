//! A client that follows a kind through all lives of the control plane, resuming its watches, and checks what it is told.

use crate::World;
use client::{Api, Error, ListParams, WatchEvent, WatchStream};
use meta::{Kind, ObjectKey, codec};
use parking_lot::Mutex;
use platform::TaskHandle;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

/// The rest after a failure.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// Ends when dropped.
#[derive(Debug)]
pub struct Observer {
    seen: Arc<Mutex<Seen>>,
    plural: &'static str,
    task: TaskHandle<()>,
}

/// What lists and events have told.
#[derive(Debug, Default)]
struct Seen {
    objects: BTreeMap<ObjectKey, u64>,
    /// Of events.
    revisions: BTreeSet<u64>,
    /// Revisions after the first up to the second were watched without a list in between.
    watched: Vec<(u64, u64)>,
    resumed: u64,
    relisted: u64,
}

impl Observer {
    /// Begins to follow all objects of a kind.
    #[must_use]
    pub fn start<K: Kind>(world: &World) -> Self {
        let seen = Arc::<Mutex<Seen>>::default();
        let follower = Follower {
            api: world.client_of("observer").of::<K>(),
            world: world.clone(),
            seen: Arc::clone(&seen),
        };
        let task = world.platform.tasks.spawn("observer", follower.run());
        Self {
            seen,
            plural: K::PLURAL,
            task,
        }
    }

    /// The revision of each object, as the events have told.
    #[must_use]
    pub fn objects(&self) -> BTreeMap<ObjectKey, u64> {
        self.seen.lock().objects.clone()
    }

    /// How often a watch went on where another had broken off, and how often that could not be and a list was taken.
    #[must_use]
    pub fn reconnections(&self) -> (u64, u64) {
        let seen = self.seen.lock();
        (seen.resumed, seen.relisted)
    }

    /// Every acknowledged write that fell into a watch was told by it.
    ///
    /// # Panics
    /// When one was not.
    pub fn check_gaps(&self, world: &World) {
        let seen = self.seen.lock();
        for revision in world.ledger.acknowledgements(self.plural) {
            let watched = seen
                .watched
                .iter()
                .any(|(after, until)| *after < revision && revision <= *until);
            assert!(
                !watched || seen.revisions.contains(&revision),
                "a watch of {} has a gap at revision {revision}",
                self.plural
            );
        }
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Follower<K> {
    world: World,
    api: Api<K>,
    seen: Arc<Mutex<Seen>>,
}

impl<K: Kind> Follower<K> {
    async fn run(self) {
        loop {
            let Ok(from) = self.list().await else {
                self.world.pass(TRY_AGAIN).await;
                continue;
            };
            self.seen.lock().watched.push((from, from));
            self.follow(from).await;
            self.seen.lock().relisted += 1;
        }
    }

    /// All objects as they are. What was told before cannot be undone.
    async fn list(&self) -> Result<u64, Error> {
        let list = self.api.list(None, &ListParams::default()).await?;
        let mut objects = BTreeMap::new();
        for object in &list.items {
            let revision = self.told(object);
            objects.insert(object.key(), revision);
        }
        let listed = number(&list.revision);
        let before = std::mem::replace(&mut self.seen.lock().objects, objects.clone());
        for (key, seen) in before {
            let now = objects.get(&key).copied().unwrap_or(listed);
            if now < seen {
                let plural = K::PLURAL;
                self.world.ledger.wrong(format!(
                    "{plural} {key} went back from revision {seen} to {now}"
                ));
            }
        }
        Ok(listed)
    }

    /// Watches, again and again, until the server has forgotten where to go on.
    async fn follow(&self, mut from: u64) {
        loop {
            let params = ListParams {
                resource_version: from.to_string().into(),
                ..ListParams::default()
            };
            match self.api.watch(None, &params).await {
                Ok(stream) => match self.read(stream, from).await {
                    Some(reached) => from = reached,
                    None => return,
                },
                Err(error) if error.is_expired() => return,
                Err(_) => {}
            }
            self.seen.lock().resumed += 1;
            self.world.pass(TRY_AGAIN).await;
        }
    }

    /// Reads until the watch breaks off; then where it got to, or nothing if that is too long ago.
    async fn read(&self, mut stream: WatchStream<K>, mut reached: u64) -> Option<u64> {
        while let Some(event) = stream.next().await {
            let revision = match event {
                Ok(WatchEvent::Added(object) | WatchEvent::Modified(object)) => {
                    let revision = self.told(&object);
                    let mut seen = self.seen.lock();
                    seen.objects.insert(object.key(), revision);
                    revision
                }
                Ok(WatchEvent::Deleted(object)) => {
                    let revision = number(&object.metadata().resource_version);
                    let meaning = format!("{} {} is deleted", K::PLURAL, object.key());
                    self.world.ledger.told(revision, meaning);
                    self.seen.lock().objects.remove(&object.key());
                    revision
                }
                Ok(WatchEvent::Bookmark { revision, .. }) => {
                    reached = self.reached(reached, number(&revision));
                    continue;
                }
                Err(error) if error.is_expired() => return None,
                Err(_) => return Some(reached),
            };
            if revision <= reached {
                let plural = K::PLURAL;
                self.world.ledger.wrong(format!(
                    "a watch of {plural} told of {revision} after {reached}"
                ));
            }
            self.seen.lock().revisions.insert(revision);
            reached = self.reached(reached, revision);
        }
        Some(reached)
    }

    fn reached(&self, before: u64, revision: u64) -> u64 {
        let reached = before.max(revision);
        if let Some((_, until)) = self.seen.lock().watched.last_mut() {
            *until = reached;
        }
        reached
    }

    /// Notes what the object's revision did; returns it.
    fn told(&self, object: &K) -> u64 {
        let revision = number(&object.metadata().resource_version);
        let json = String::from_utf8(codec::to_json(object)).expect("JSON is UTF-8");
        let meaning = format!("{} {} is {json}", K::PLURAL, object.key());
        self.world.ledger.told(revision, meaning);
        revision
    }
}

fn number(revision: &str) -> u64 {
    revision.parse().expect("a revision is a number")
}
