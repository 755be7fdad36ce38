//! Random operations on the real store and on a model a page long; both must tell the same story.

use bytes::Bytes;
use platform::simulated::{self, SimulatedDisk};
use platform::{Platform, Rng};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::{
    CompactionPace, Embedded, EventKind, KeyRange, Op, Options, RangeRequest, Revision, Store,
    StoreError, Txn, Watch, WatchError, WatchRequest,
};

const SEEDS: u64 = 60;
const STEPS: u64 = 250;
const KEYS: u64 = 12;

/// Everything that ever was: the whole state at each revision.
#[derive(Default)]
struct Model {
    states: BTreeMap<u64, State>,
    compacted: u64,
}

type State = BTreeMap<Bytes, Value>;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Value {
    value: Bytes,
    created: u64,
    modified: u64,
    version: u64,
}

/// A watch, and the first revision that it has not told of yet.
struct Followed {
    watch: Watch,
    range: KeyRange,
    next: u64,
}

struct World {
    rng: Rng,
    platform: Platform,
    store: Arc<Embedded>,
    model: Model,
    watches: Vec<Followed>,
}

#[test]
fn store_and_model_agree() {
    for seed in 0..SEEDS {
        let disk = SimulatedDisk::new(Rng::seeded(seed));
        simulated::run(seed, |world| async move {
            let platform = simulated::process(&world, "store", disk);
            let store = open(&platform).await;
            let mut model = Model::default();
            model.states.insert(1, State::new());
            let rng = simulated::fork(&world.rng);
            let mut world = World {
                rng,
                platform,
                store,
                model,
                watches: Vec::new(),
            };
            for _ in 0..STEPS {
                world.step().await;
            }
            world.follow_all().await;
            assert_eq!(world.platform.tasks.panics(), 0, "seed {seed}");
        });
    }
}

async fn open(platform: &Platform) -> Arc<Embedded> {
    let compaction = CompactionPace {
        batch_records: 7,
        pause: Duration::from_millis(1),
    };
    // A window of a few events, so that most of the past is on disk.
    let options = Options {
        window_bytes_max: 2000,
        compaction,
        ..Options::server()
    };
    Embedded::open(platform, Path::new("data"), options)
        .await
        .unwrap()
}

impl World {
    async fn step(&mut self) {
        match self.rng.below(20) {
            0..10 => self.write().await,
            10..13 => self.read_range().await,
            13..15 => self.start_watch().await,
            15 => self.follow_all().await,
            16 => drop(self.watches.pop()),
            17 => self.compact().await,
            18 => {
                self.platform
                    .clock
                    .sleep(Duration::from_secs(self.rng.below(90)))
                    .await
            }
            _ => self.restart().await,
        }
    }

    async fn write(&mut self) {
        let newest = self.model.newest();
        let mut state = self.model.states[&newest].clone();
        let mut ops = Vec::new();
        let mut keys: Vec<Bytes> = (0..=self.rng.below(3)).map(|_| self.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            if self.rng.chance(1, 3) {
                state.remove(&key);
                ops.push(Op::Delete { key });
            } else {
                let value = Bytes::from(format!("{}", self.rng.below(1_000_000)));
                let old = state.get(&key);
                let new = Value {
                    value: value.clone(),
                    created: old.map_or(newest + 1, |old| old.created),
                    modified: newest + 1,
                    version: old.map_or(0, |old| old.version) + 1,
                };
                state.insert(key.clone(), new);
                ops.push(Op::Put {
                    key,
                    value,
                    lease: None,
                });
            }
        }
        let txn = Txn {
            then: ops,
            ..Txn::default()
        };
        let relaxed = self.rng.chance(1, 3);
        let response = self
            .store
            .txn(if relaxed { txn.relaxed() } else { txn })
            .await
            .unwrap();
        if response.revision.0 > newest {
            assert_eq!(response.revision.0, newest + 1);
            self.model.states.insert(newest + 1, state);
        } else {
            assert_eq!(
                self.model.states[&newest], state,
                "a write without a revision changes nothing"
            );
        }
    }

    async fn read_range(&mut self) {
        let range = self.range();
        let newest = self.model.newest();
        let at = 1 + self.rng.below(newest);
        let limit = usize::try_from(self.rng.below(6)).unwrap();
        let request = RangeRequest::new(range.clone())
            .limit(limit)
            .at(Revision(at));
        let result = self.store.range(request).await;
        if at < self.model.compacted {
            assert!(
                matches!(result, Err(StoreError::Compacted { .. })),
                "{at} {result:?}"
            );
            return;
        }
        let response = result.unwrap();
        let expect: Vec<_> = self
            .model
            .at(at)
            .iter()
            .filter(|(key, _)| range.contains(key))
            .collect();
        assert_eq!(
            response.count,
            expect.len(),
            "{range:?} at {at} of {newest}"
        );
        let shown = if limit == 0 {
            expect.len()
        } else {
            limit.min(expect.len())
        };
        let found: Vec<_> = response
            .items
            .iter()
            .map(|item| (item.key.clone(), value_of(&item.versioned)))
            .collect();
        let expect: Vec<_> = expect[..shown]
            .iter()
            .map(|(key, value)| ((*key).clone(), (*value).clone()))
            .collect();
        assert_eq!(found, expect, "{range:?} at {at} of {newest}");
    }

    async fn start_watch(&mut self) {
        let range = self.range();
        let next = 1 + self.rng.below(self.model.newest() + 1);
        let mut request = WatchRequest::new(range.clone(), Revision(next));
        request.progress = self.rng.chance(1, 2);
        match self.store.watch(request).await {
            Ok(watch) => self.watches.push(Followed { watch, range, next }),
            Err(StoreError::Compacted { compacted }) => assert!(next <= compacted.0),
            Err(error) => panic!("{error}"),
        }
    }

    /// Reads every watch up to the newest revision, and checks that it tells what happened, without a gap.
    async fn follow_all(&mut self) {
        let newest = self.model.newest();
        let mut followed = std::mem::take(&mut self.watches);
        for one in &mut followed {
            let expect = self.model.events(&one.range, one.next, newest);
            let mut found = Vec::new();
            let from = one.next;
            let ended = loop {
                if found.len() == expect.len() {
                    break false;
                }
                match one.watch.next().await {
                    Ok(batch) => {
                        one.next = batch.revision.0 + 1;
                        found.extend(batch.events.iter().map(|event| {
                            let new = match &event.kind {
                                EventKind::Put(new) => Some(value_of(new)),
                                EventKind::Delete => None,
                            };
                            (
                                event.revision.0,
                                event.key.clone(),
                                new,
                                event.previous.as_ref().map(value_of),
                            )
                        }));
                    }
                    Err(WatchError::Compacted { compacted }) => {
                        assert_eq!(compacted.0, self.model.compacted);
                        break true;
                    }
                    Err(error) => panic!("{error}"),
                }
            };
            assert_eq!(found, expect[..found.len()], "{:?} from {from}", one.range);
            if ended {
                assert!(
                    one.next <= self.model.compacted,
                    "a watch that missed nothing must go on"
                );
                one.next = u64::MAX;
            }
        }
        followed.retain(|one| one.next != u64::MAX);
        self.watches = followed;
    }

    async fn compact(&mut self) {
        let revision = 1 + self.rng.below(self.model.newest());
        match self.store.compact(Revision(revision)).await {
            Ok(()) => self.model.compacted = revision,
            Err(StoreError::Compacted { .. }) => assert!(revision <= self.model.compacted),
            Err(error) => panic!("{error}"),
        }
        assert_eq!(self.store.compacted().0, self.model.compacted);
    }

    async fn restart(&mut self) {
        self.watches.clear();
        self.store.close().await.unwrap();
        self.store = open(&self.platform).await;
        assert_eq!(self.store.revision().0, self.model.newest());
    }

    fn key(&self) -> Bytes {
        Bytes::from(format!(
            "{}/{}",
            ["a", "b"][usize::from(self.rng.chance(1, 2))],
            self.rng.below(KEYS)
        ))
    }

    fn range(&self) -> KeyRange {
        match self.rng.below(4) {
            0 => KeyRange::all(),
            1 => KeyRange::prefix("a/"),
            2 => KeyRange::key(self.key()),
            _ => KeyRange::between(self.key(), self.key()),
        }
    }
}

impl Model {
    fn newest(&self) -> u64 {
        *self.states.last_key_value().unwrap().0
    }

    fn at(&self, revision: u64) -> &State {
        self.states.range(..=revision).next_back().unwrap().1
    }

    fn events(
        &self,
        range: &KeyRange,
        from: u64,
        through: u64,
    ) -> Vec<(u64, Bytes, Option<Value>, Option<Value>)> {
        let mut events = Vec::new();
        for revision in from.max(2)..=through {
            let (before, after) = (self.at(revision - 1), self.at(revision));
            let mut keys: Vec<&Bytes> = before
                .keys()
                .chain(after.keys())
                .filter(|key| range.contains(key))
                .collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                if before.get(key) != after.get(key) {
                    events.push((
                        revision,
                        key.clone(),
                        after.get(key).cloned(),
                        before.get(key).cloned(),
                    ));
                }
            }
        }
        events
    }
}

fn value_of(versioned: &store::Versioned) -> Value {
    Value {
        value: versioned.value.clone(),
        created: versioned.create_revision.0,
        modified: versioned.mod_revision.0,
        version: versioned.version,
    }
}
