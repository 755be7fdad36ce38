//! The power fails in the middle of a write, at a point that the seed decides; then the store is opened again.
//! What was acknowledged is there, no transaction is torn, no revision means two things.

use bytes::Bytes;
use parking_lot::Mutex;
use platform::simulated::{self, SimulatedDisk};
use platform::{Platform, Rng};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::{
    CompactionPace, Embedded, Event, EventKind, KeyRange, Op, Options, RangeRequest, Revision,
    Store, StoreError, Txn, Watch, WatchRequest,
};

const SEEDS: u64 = 200;
const LIVES: u64 = 4;
const CLIENTS: u64 = 5;
const KEYS: u64 = 6;

/// What the outside world has learned from the store, through all its lives.
#[derive(Default)]
struct Seen {
    /// The last acknowledged count of each durable key.
    counts: BTreeMap<Bytes, u64>,
    /// What a watcher was told of each revision: key and value.
    events: BTreeMap<u64, Vec<(Bytes, Option<Bytes>)>>,
}

#[test]
fn no_acknowledged_write_is_lost() {
    for seed in 0..SEEDS {
        simulated::run(seed, |world| async move {
            let disk = SimulatedDisk::new(simulated::fork(&world.rng));
            let seen = Arc::new(Mutex::new(Seen::default()));
            for life in 0..LIVES {
                let platform = simulated::process(&world, &format!("life {life}"), disk.clone());
                live(&platform, &disk, &seen, &world.rng).await;
                assert_eq!(platform.tasks.panics(), 0, "seed {seed}, life {life}");
                // The process is gone, whatever it was doing; its open tasks are what is named here.
                let _ = platform.tasks.drain(&platform.clock, Duration::ZERO).await;
                disk.crash();
            }
        });
    }
}

/// Opens the store, checks it against what was seen, and writes until the power fails.
async fn live(platform: &Platform, disk: &SimulatedDisk, seen: &Arc<Mutex<Seen>>, rng: &Rng) {
    let options = Options {
        window_bytes_max: 5000,
        compaction: CompactionPace {
            batch_records: 5,
            pause: Duration::from_millis(1),
        },
        ..Options::server()
    };
    let store = Embedded::open(platform, Path::new("data"), options)
        .await
        .unwrap();
    check(&store, seen).await;
    let watch = store
        .watch(WatchRequest::new(KeyRange::all(), Revision::NONE))
        .await
        .unwrap();
    platform
        .tasks
        .spawn("watcher", watch_all(watch, Arc::clone(seen)));
    disk.cut_power_after(2 + u32::try_from(rng.below(60)).unwrap());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (store, platform, rng) =
                (Arc::clone(&store), platform.clone(), simulated::fork(rng));
            let seen = Arc::clone(seen);
            platform.clone().tasks.spawn("client", async move {
                write_until_dark(store, platform, rng, seen, client).await
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
}

async fn check(store: &Embedded, seen: &Mutex<Seen>) {
    let newest_seen = seen
        .lock()
        .events
        .last_key_value()
        .map_or(0, |(revision, _)| *revision);
    assert!(
        store.revision().0 >= newest_seen,
        "{} was seen, the store is at {}",
        newest_seen,
        store.revision()
    );
    let counts = seen.lock().counts.clone();
    for (key, count) in counts {
        let stored = store
            .get(&key)
            .await
            .unwrap()
            .unwrap_or_else(|| panic!("{key:?} is lost"));
        assert!(
            parse(&stored.value) >= count,
            "{key:?} was acknowledged as {count}, is {:?}",
            stored.value
        );
    }
    let pairs = store
        .range(RangeRequest::new(KeyRange::prefix("left/")))
        .await
        .unwrap();
    for left in &pairs.items {
        let right = store
            .get(&right_of(&left.key))
            .await
            .unwrap()
            .expect("both keys, or none");
        assert_eq!(
            (right.value, right.mod_revision),
            (left.versioned.value.clone(), left.versioned.mod_revision)
        );
    }
    // What can be replayed agrees with what was told before.
    let request = WatchRequest::new(KeyRange::all(), store.compacted().next()).with_progress();
    let mut watch = store.watch(request).await.unwrap();
    let mut reached = store.compacted();
    while reached < store.revision() {
        let batch = watch.next().await.unwrap();
        reached = batch.revision;
        let seen = seen.lock();
        for (revision, events) in by_revision(&batch.events) {
            if let Some(told) = seen.events.get(&revision) {
                assert_eq!(told, &events, "revision {revision} means two things");
            }
        }
    }
}

async fn watch_all(mut watch: Watch, seen: Arc<Mutex<Seen>>) {
    while let Ok(batch) = watch.next().await {
        let mut seen = seen.lock();
        for (revision, events) in by_revision(&batch.events) {
            let before = seen.events.insert(revision, events.clone());
            assert!(
                before.is_none_or(|before| before == events),
                "revision {revision} means two things"
            );
        }
    }
}

async fn write_until_dark(
    store: Arc<Embedded>,
    platform: Platform,
    rng: Rng,
    seen: Arc<Mutex<Seen>>,
    client: u64,
) {
    loop {
        platform
            .clock
            .sleep(Duration::from_millis(rng.below(20_000)))
            .await;
        let result = match rng.below(6) {
            0 => store
                .txn(Txn::put(format!("renewal/{client}"), "now").relaxed())
                .await
                .map(drop),
            1 => {
                store
                    .compact(Revision(store.revision().0.saturating_sub(rng.below(20))))
                    .await
            }
            _ => write_pair(&store, &rng, &seen, client).await,
        };
        match result {
            Ok(()) | Err(StoreError::Compacted { .. }) => {}
            // Whether this one was written is open.
            Err(_) => return,
        }
    }
}

async fn write_pair(
    store: &Embedded,
    rng: &Rng,
    seen: &Mutex<Seen>,
    client: u64,
) -> Result<(), StoreError> {
    let left = Bytes::from(format!("left/{client}/{}", rng.below(KEYS)));
    let count = store
        .get(&left)
        .await?
        .map_or(0, |value| parse(&value.value))
        + 1;
    let value = Bytes::from(count.to_string());
    let put = |key| Op::Put {
        key,
        value: value.clone(),
        lease: None,
    };
    let then = vec![put(left.clone()), put(right_of(&left))];
    store
        .txn(Txn {
            then,
            ..Txn::default()
        })
        .await?;
    seen.lock().counts.insert(left, count);
    Ok(())
}

fn by_revision(events: &[Event]) -> BTreeMap<u64, Vec<(Bytes, Option<Bytes>)>> {
    let mut revisions: BTreeMap<u64, Vec<_>> = BTreeMap::new();
    for event in events {
        let value = match &event.kind {
            EventKind::Put(new) => Some(new.value.clone()),
            EventKind::Delete => None,
        };
        revisions
            .entry(event.revision.0)
            .or_default()
            .push((event.key.clone(), value));
    }
    revisions
}

fn right_of(left: &[u8]) -> Bytes {
    String::from_utf8_lossy(left)
        .replace("left", "right")
        .into()
}

fn parse(value: &[u8]) -> u64 {
    std::str::from_utf8(value).unwrap().parse().unwrap()
}
