//! The store's contract, in virtual time on a disk in memory, and what differs on a real one.

use crate::*;
use platform::simulated::{self, SimulatedDisk};
use platform::{Platform, Rng};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

async fn open(platform: &Platform) -> Arc<Embedded> {
    Embedded::open(platform, Path::new("data"), Options::server())
        .await
        .unwrap()
}

/// Runs a scenario on a fresh store.
fn with_store<F: Future<Output = ()>>(scenario: impl FnOnce(Arc<Embedded>, Platform) -> F) {
    simulated::run(7, |platform| async move {
        let store = open(&platform).await;
        scenario(store, platform.clone()).await;
        assert_eq!(platform.tasks.panics(), 0);
    });
}

fn show(response: &RangeResponse) -> String {
    let mut text = format!("@{}", response.revision);
    for item in &response.items {
        let value = String::from_utf8_lossy(&item.versioned.value);
        write!(text, " {}={value}", String::from_utf8_lossy(&item.key)).unwrap();
    }
    if response.more() {
        write!(text, " of {}", response.count).unwrap();
    }
    text
}

fn show_events(batch: &WatchBatch) -> String {
    let mut text = String::new();
    for event in batch.events.iter() {
        let key = String::from_utf8_lossy(&event.key);
        let previous = event
            .previous
            .as_ref()
            .map_or("-".into(), |old| String::from_utf8_lossy(&old.value));
        match &event.kind {
            EventKind::Put(new) => {
                let value = String::from_utf8_lossy(&new.value);
                write!(text, "{}:{key}={value}<{previous} ", event.revision).unwrap();
            }
            EventKind::Delete => write!(text, "{}:{key}!<{previous} ", event.revision).unwrap(),
        }
    }
    text + "@" + &batch.revision.to_string()
}

/// Reads batches until `through` is reached.
async fn read_through(watch: &mut Watch, through: u64) -> String {
    let mut text = String::new();
    loop {
        let batch = watch.next().await.unwrap();
        text += show_events(&batch).rsplit_once('@').unwrap().0;
        if batch.revision >= Revision(through) {
            return text.trim_end().to_owned();
        }
    }
}

async fn put(store: &Embedded, key: &'static str, value: &'static str) -> Revision {
    store.txn(Txn::put(key, value)).await.unwrap().revision
}

#[test]
fn transactions_compare_and_count_revisions() {
    with_store(|store, _| async move {
        assert_eq!(store.revision(), Revision::FIRST);
        let created = store.txn(Txn::create("a", "1")).await.unwrap();
        assert_eq!((created.succeeded, created.revision), (true, Revision(2)));
        let again = store.txn(Txn::create("a", "2")).await.unwrap();
        assert!(!again.succeeded);
        assert_eq!(again.current().unwrap().value, "1");
        assert_eq!(
            again.revision,
            Revision(2),
            "a failed transaction has no revision of its own"
        );
        let stale = store
            .txn(Txn::replace("a", Revision(1), "2"))
            .await
            .unwrap();
        assert!(!stale.succeeded);
        let replaced = store
            .txn(Txn::replace("a", Revision(2), "2"))
            .await
            .unwrap();
        assert_eq!(replaced.previous().unwrap().value, "1");
        let value = store.get(b"a").await.unwrap().unwrap();
        assert_eq!(
            (value.create_revision, value.mod_revision, value.version),
            (Revision(2), Revision(3), 2)
        );
        assert!(
            store
                .txn(Txn::delete("a", Revision(3)))
                .await
                .unwrap()
                .succeeded
        );
        assert_eq!(store.get(b"a").await.unwrap(), None);
        let nothing = Txn {
            then: vec![Op::Delete { key: "a".into() }],
            ..Txn::default()
        };
        assert_eq!(
            store.txn(nothing).await.unwrap().revision,
            Revision(4),
            "deleting nothing writes nothing"
        );
        assert_eq!(
            store.txn(Txn::create("a", "3")).await.unwrap().revision,
            Revision(5)
        );
        assert_eq!(store.get(b"a").await.unwrap().unwrap().version, 1);
    });
}

#[test]
fn conditions_see_what_etcd_shows() {
    with_store(|store, _| async move {
        put(&store, "a", "1").await;
        put(&store, "a", "2").await;
        let cases = [
            ("a", Condition::Present, true),
            ("b", Condition::Present, false),
            ("b", Condition::Absent, true),
            ("a", Condition::ModRevision(Revision(3)), true),
            ("a", Condition::CreateRevision(Revision(2)), true),
            ("a", Condition::Version(2), true),
            ("b", Condition::ModRevision(Revision(0)), true),
            ("b", Condition::Version(0), true),
            ("a", Condition::Value("2".into()), true),
            ("b", Condition::Value("".into()), false),
        ];
        for (key, condition, expect) in cases {
            let compare = vec![Compare {
                key: key.into(),
                condition: condition.clone(),
            }];
            let response = store
                .txn(Txn {
                    compare,
                    ..Txn::default()
                })
                .await
                .unwrap();
            assert_eq!(response.succeeded, expect, "{key} {condition:?}");
        }
    });
}

#[test]
fn a_transaction_is_one_revision_or_an_error() {
    with_store(|store, _| async move {
        let put = |key: &'static str| Op::Put {
            key: key.into(),
            value: "x".into(),
            lease: None,
        };
        let two = Txn {
            then: vec![put("a"), put("b")],
            ..Txn::default()
        };
        assert_eq!(store.txn(two).await.unwrap().revision, Revision(2));
        let mut watch = store
            .watch(WatchRequest::new(KeyRange::all(), Revision(2)))
            .await
            .unwrap();
        assert_eq!(
            show_events(&watch.next().await.unwrap()),
            "2:a=x<- 2:b=x<- @2"
        );
        let twice = Txn {
            then: vec![put("c"), put("c")],
            ..Txn::default()
        };
        assert!(matches!(
            store.txn(twice).await,
            Err(StoreError::DuplicateKey)
        ));
        let unknown_lease = Txn::put("c", "x").with_lease(LeaseId(9));
        assert!(matches!(
            store.txn(unknown_lease).await,
            Err(StoreError::LeaseNotFound { id: LeaseId(9) })
        ));
        let large = Txn::put("c", vec![0; 9 * 1024 * 1024]);
        assert!(matches!(
            store.txn(large).await,
            Err(StoreError::TooLarge { .. })
        ));
        let many = Txn {
            then: (0..1025).map(|_| Op::Get { key: "a".into() }).collect(),
            ..Txn::default()
        };
        assert!(matches!(
            store.txn(many).await,
            Err(StoreError::TooMany { .. })
        ));
        assert_eq!(store.revision(), Revision(2));
    });
}

#[test]
fn ranges_now_and_then() {
    with_store(|store, _| async move {
        for (key, value) in [("a/1", "x"), ("a/2", "x"), ("b/1", "x"), ("a/1", "y")] {
            put(&store, key, value).await;
        }
        store.txn(Txn::delete("a/2", Revision(3))).await.unwrap();
        let cases = [
            (RangeRequest::new(KeyRange::all()), "@6 a/1=y b/1=x"),
            (RangeRequest::new(KeyRange::prefix("a/")), "@6 a/1=y"),
            (
                RangeRequest::new(KeyRange::prefix("a/")).at(Revision(5)),
                "@5 a/1=y a/2=x",
            ),
            (
                RangeRequest::new(KeyRange::prefix("a/")).at(Revision(4)),
                "@4 a/1=x a/2=x",
            ),
            (
                RangeRequest::new(KeyRange::all()).at(Revision(2)),
                "@2 a/1=x",
            ),
            (RangeRequest::new(KeyRange::all()).at(Revision(1)), "@1"),
            (RangeRequest::new(KeyRange::all()).limit(1), "@6 a/1=y of 2"),
            (
                RangeRequest::new(KeyRange::all()).limit(2).at(Revision(4)),
                "@4 a/1=x a/2=x of 3",
            ),
            (
                RangeRequest::new(KeyRange::between("a/2", "b/2")).at(Revision(4)),
                "@4 a/2=x b/1=x",
            ),
            (RangeRequest::new(KeyRange::between("b", "a")), "@6"),
            (RangeRequest::new(KeyRange::key("a/1")), "@6 a/1=y"),
        ];
        for (request, expect) in cases {
            assert_eq!(
                show(&store.range(request.clone()).await.unwrap()),
                expect,
                "{request:?}"
            );
        }
        let future = store
            .range(RangeRequest::new(KeyRange::all()).at(Revision(7)))
            .await;
        assert!(matches!(
            future,
            Err(StoreError::FutureRevision {
                current: Revision(6)
            })
        ));
    });
}

/// The same past, once from memory and once from the disk.
#[test]
fn history_survives_a_restart() {
    with_store(|store, platform| async move {
        for (key, value) in [("a", "1"), ("b", "1"), ("a", "2")] {
            put(&store, key, value).await;
        }
        store.txn(Txn::delete("b", Revision(3))).await.unwrap();
        put(&store, "b", "2").await;
        let pasts = async |store: &Embedded| {
            let mut text = String::new();
            for revision in 1..=6 {
                let request = RangeRequest::new(KeyRange::all()).at(Revision(revision));
                text += &(show(&store.range(request).await.unwrap()) + "\n");
            }
            let mut watch = store
                .watch(WatchRequest::new(KeyRange::all(), Revision(2)))
                .await
                .unwrap();
            text + &read_through(&mut watch, 6).await
        };
        let expect = "@1\n@2 a=1\n@3 a=1 b=1\n@4 a=2 b=1\n@5 a=2\n@6 a=2 b=2\n\
                      2:a=1<- 3:b=1<- 4:a=2<1 5:b!<1 6:b=2<-";
        assert_eq!(pasts(&store).await, expect);
        store.close().await.unwrap();
        let store = open(&platform).await;
        assert_eq!(pasts(&store).await, expect);
        assert_eq!(store.get(b"b").await.unwrap().unwrap().version, 1);
    });
}

#[test]
fn watches_see_their_range_in_order() {
    with_store(|store, _| async move {
        let mut of_a = store
            .watch(WatchRequest::new(KeyRange::prefix("a"), Revision::NONE))
            .await
            .unwrap();
        let progress = WatchRequest::new(KeyRange::prefix("a"), Revision::NONE).with_progress();
        let mut with_progress = store.watch(progress).await.unwrap();
        put(&store, "b", "1").await;
        assert_eq!(show_events(&with_progress.next().await.unwrap()), "@2");
        put(&store, "a", "1").await;
        assert_eq!(show_events(&of_a.next().await.unwrap()), "3:a=1<- @3");
        assert_eq!(
            show_events(&with_progress.next().await.unwrap()),
            "3:a=1<- @3"
        );
        let mut from_past = store
            .watch(WatchRequest::new(KeyRange::all(), Revision(1)))
            .await
            .unwrap();
        assert_eq!(read_through(&mut from_past, 3).await, "2:b=1<- 3:a=1<-");
        store.close().await.unwrap();
        assert!(matches!(of_a.next().await, Err(WatchError::Closed)));
        assert!(matches!(
            store.txn(Txn::put("a", "2")).await,
            Err(StoreError::Closed)
        ));
    });
}

#[test]
fn a_waiting_watcher_is_woken() {
    with_store(|store, platform| async move {
        let mut watch = store
            .watch(WatchRequest::new(KeyRange::prefix("a"), Revision::NONE))
            .await
            .unwrap();
        let reader = platform
            .tasks
            .spawn("reader", async move { read_through(&mut watch, 4).await });
        platform.clock.sleep(MINUTE).await;
        put(&store, "b", "1").await;
        put(&store, "a", "1").await;
        platform.clock.sleep(MINUTE).await;
        put(&store, "a", "2").await;
        assert_eq!(reader.await.unwrap(), "3:a=1<- 4:a=2<1");
    });
}

#[test]
fn compaction_forgets_the_past_and_nothing_else() {
    with_store(|store, platform| async move {
        for (key, value) in [("a", "1"), ("a", "2"), ("b", "1"), ("a", "3")] {
            put(&store, key, value).await;
        }
        store.txn(Txn::delete("b", Revision(4))).await.unwrap();
        let mut waiting = store
            .watch(WatchRequest::new(KeyRange::prefix("z"), Revision(2)))
            .await
            .unwrap();
        let mut slow = store
            .watch(WatchRequest::new(KeyRange::all(), Revision(2)))
            .await
            .unwrap();
        let waiting = platform.tasks.spawn("waiting", async move {
            waiting.next().await.map(|batch| show_events(&batch))
        });
        platform.clock.sleep(MINUTE).await;
        store.compact(Revision(4)).await.unwrap();
        assert!(matches!(
            store.compact(Revision(4)).await,
            Err(StoreError::Compacted { .. })
        ));
        assert!(matches!(
            store.compact(Revision(9)).await,
            Err(StoreError::FutureRevision { .. })
        ));
        let at = |revision| store.range(RangeRequest::new(KeyRange::all()).at(Revision(revision)));
        assert!(matches!(
            at(3).await,
            Err(StoreError::Compacted {
                compacted: Revision(4)
            })
        ));
        assert_eq!(show(&at(4).await.unwrap()), "@4 a=2 b=1");
        assert!(matches!(
            slow.next().await,
            Err(WatchError::Compacted {
                compacted: Revision(4)
            })
        ));
        let from_4 = store
            .watch(WatchRequest::new(KeyRange::all(), Revision(4)))
            .await;
        assert!(matches!(from_4, Err(StoreError::Compacted { .. })));
        put(&store, "z", "1").await;
        assert_eq!(
            waiting.await.unwrap().unwrap(),
            "7:z=1<- @7",
            "who has missed nothing goes on"
        );
        platform.clock.sleep(MINUTE).await;
        store.close().await.unwrap();
        let store = open(&platform).await;
        assert_eq!(store.compacted(), Revision(4));
        let mut watch = store
            .watch(WatchRequest::new(KeyRange::all(), Revision(5)))
            .await
            .unwrap();
        assert_eq!(read_through(&mut watch, 7).await, "5:a=3<2 6:b!<1 7:z=1<-");
    });
}

#[test]
fn compaction_frees_the_disk_in_steps() {
    let disk = SimulatedDisk::new(Rng::seeded(1));
    simulated::run(7, |world| async move {
        let platform = simulated::process(&world, "store", disk.clone());
        let store = open(&platform).await;
        store.set_compaction_pace(CompactionPace {
            batch_records: 10,
            pause: Duration::from_secs(1),
        });
        for _ in 0..100 {
            put(&store, "a", "value").await;
        }
        store.compact(store.revision()).await.unwrap();
        let records = async || {
            let scanned = store.shared.blocking(|engine| {
                let mut count = 0;
                engine.scan(crate::engine::Place::default(), &mut |_, _| {
                    count += 1;
                    std::ops::ControlFlow::Continue(())
                })?;
                Ok(count)
            });
            scanned.await.unwrap()
        };
        assert_eq!(records().await, 100);
        platform.clock.sleep(5 * MINUTE).await;
        put(&store, "b", "value").await;
        assert_eq!(records().await, 2);
    });
}

#[test]
fn leases_end_with_their_keys() {
    with_store(|store, platform| async move {
        let lease = store
            .lease_grant(None, Duration::from_secs(100))
            .await
            .unwrap()
            .id;
        store
            .txn(Txn::put("a", "1").with_lease(lease))
            .await
            .unwrap();
        store
            .txn(Txn::put("b", "1").with_lease(lease))
            .await
            .unwrap();
        put(&store, "b", "2").await;
        assert_eq!(store.lease_keys(lease).await.unwrap(), ["a"]);
        platform.clock.sleep(MINUTE).await;
        assert_eq!(
            store.lease_status(lease).await.unwrap().remaining,
            Duration::from_secs(40)
        );
        store.lease_keep_alive(lease).await.unwrap();
        platform.clock.sleep(MINUTE).await;
        assert!(store.get(b"a").await.unwrap().is_some());
        platform.clock.sleep(MINUTE).await;
        assert_eq!(store.get(b"a").await.unwrap(), None);
        assert!(store.get(b"b").await.unwrap().is_some());
        assert!(matches!(
            store.lease_status(lease).await,
            Err(StoreError::LeaseNotFound { .. })
        ));
    });
}

#[test]
fn leases_survive_a_restart_and_can_be_revoked() {
    with_store(|store, platform| async move {
        let id = LeaseId(5);
        store.lease_grant(Some(id), MINUTE).await.unwrap();
        assert!(matches!(
            store.lease_grant(Some(id), MINUTE).await,
            Err(StoreError::LeaseExists { .. })
        ));
        store.txn(Txn::put("a", "1").with_lease(id)).await.unwrap();
        platform.clock.sleep(MINUTE / 2).await;
        store.close().await.unwrap();
        let store = open(&platform).await;
        let remaining = store.lease_status(id).await.unwrap().remaining;
        assert!(
            remaining <= MINUTE / 2 && remaining > MINUTE / 3,
            "{remaining:?}"
        );
        assert_eq!(store.get(b"a").await.unwrap().unwrap().lease, Some(id));
        store.lease_revoke(id).await.unwrap();
        assert_eq!(store.get(b"a").await.unwrap(), None);
        assert!(matches!(
            store.lease_revoke(id).await,
            Err(StoreError::LeaseNotFound { .. })
        ));
    });
}

#[test]
fn leases_end_while_the_store_is_closed() {
    with_store(|store, platform| async move {
        for id in [1, 2] {
            store.lease_grant(Some(LeaseId(id)), MINUTE).await.unwrap();
            let put = Txn::put(format!("k{id}"), "1").with_lease(LeaseId(id));
            store.txn(put).await.unwrap();
        }
        platform.clock.sleep(MINUTE / 2).await;
        store.lease_keep_alive(LeaseId(2)).await.unwrap();
        store.close().await.unwrap();
        platform.clock.sleep(MINUTE * 3 / 4).await;
        let store = open(&platform).await;
        // The first has ended meanwhile, the second has not, since it was kept alive.
        platform.clock.sleep(Duration::from_secs(1)).await;
        assert_eq!(store.get(b"k1").await.unwrap(), None);
        assert!(store.get(b"k2").await.unwrap().is_some());
        platform.clock.sleep(MINUTE / 2).await;
        assert_eq!(store.get(b"k2").await.unwrap(), None);
    });
}

#[test]
fn a_large_lease_ends_in_bounded_transactions() {
    with_store(|store, platform| async move {
        let lease = store.lease_grant(None, MINUTE).await.unwrap().id;
        for index in 0..1300 {
            store
                .txn(Txn::put(format!("e/{index}"), "x").with_lease(lease))
                .await
                .unwrap();
        }
        let before = store.revision();
        platform.clock.sleep(2 * MINUTE).await;
        assert_eq!(store.revision(), Revision(before.0 + 3));
        assert_eq!(
            store
                .range(RangeRequest::new(KeyRange::prefix("e/")))
                .await
                .unwrap()
                .count,
            0
        );
    });
}

#[test]
fn shared_leases_are_shared_for_a_minute() {
    with_store(|store, platform| async move {
        let leases = SharedLeases::new();
        let ttl = 60 * MINUTE;
        let first = leases
            .lease_for(&*store, &platform.clock, ttl)
            .await
            .unwrap();
        platform.clock.sleep(MINUTE / 2).await;
        assert_eq!(
            leases
                .lease_for(&*store, &platform.clock, ttl)
                .await
                .unwrap(),
            first
        );
        platform.clock.sleep(MINUTE).await;
        let second = leases
            .lease_for(&*store, &platform.clock, ttl)
            .await
            .unwrap();
        assert_ne!(second, first);
        assert!(store.lease_status(second).await.unwrap().remaining >= ttl);
    });
}

#[test]
fn relaxed_writes_are_seen_at_once_and_written_later() {
    let disk = SimulatedDisk::new(Rng::seeded(1));
    simulated::run(7, |world| async move {
        let platform = simulated::process(&world, "store", disk.clone());
        let store = open(&platform).await;
        put(&store, "lease", "0").await;
        store.txn(Txn::put("lease", "1").relaxed()).await.unwrap();
        let before = disk.used_bytes();
        let mut watch = store
            .watch(WatchRequest::new(KeyRange::all(), Revision::NONE))
            .await
            .unwrap();
        store.txn(Txn::put("lease", "2").relaxed()).await.unwrap();
        assert_eq!(show_events(&watch.next().await.unwrap()), "4:lease=2<1 @4");
        assert_eq!(disk.used_bytes(), before, "nothing is written at once");
        platform.clock.sleep(2 * MINUTE).await;
        assert!(disk.used_bytes() > before, "it is after a minute");
        store.txn(Txn::put("lease", "3").relaxed()).await.unwrap();
        store.close().await.unwrap();
        let store = open(&platform).await;
        assert_eq!(store.get(b"lease").await.unwrap().unwrap().value, "3");
        assert_eq!(
            store.revision(),
            Revision(5),
            "a clean stop loses no revision"
        );
    });
}

#[test]
fn no_revision_is_used_twice_after_a_crash() {
    let disk = SimulatedDisk::new(Rng::seeded(1));
    simulated::run(7, |world| async move {
        let platform = simulated::process(&world, "first", disk.clone());
        let store = open(&platform).await;
        put(&store, "a", "1").await;
        let seen = store
            .txn(Txn::put("lease", "1").relaxed())
            .await
            .unwrap()
            .revision;
        put(&store, "a", "2").await;
        let lost = store
            .txn(Txn::put("lease", "2").relaxed())
            .await
            .unwrap()
            .revision;
        // The process is gone without a word.
        let _ = platform.tasks.drain(&platform.clock, Duration::ZERO).await;
        disk.crash();
        drop(store);
        let platform = simulated::process(&world, "second", disk.clone());
        let store = open(&platform).await;
        let lease = store.get(b"lease").await.unwrap().unwrap();
        assert_eq!(
            (lease.value.as_ref(), lease.mod_revision),
            (b"1".as_slice(), seen),
            "journaled before a durable write"
        );
        assert!(store.revision() > lost);
        let watch = store
            .watch(WatchRequest::new(KeyRange::all(), lost.next()))
            .await;
        assert!(matches!(watch, Err(StoreError::Compacted { .. })));
        assert!(put(&store, "a", "3").await > lost);
    });
}

#[test]
fn a_full_disk_refuses_writes_until_there_is_room() {
    let disk = SimulatedDisk::new(Rng::seeded(1));
    simulated::run(7, |world| async move {
        let platform = simulated::process(&world, "store", disk.clone());
        let store = open(&platform).await;
        put(&store, "a", "1").await;
        disk.set_capacity_bytes(disk.used_bytes() + 20);
        let refused = store.txn(Txn::put("a", "2")).await;
        assert!(matches!(refused, Err(StoreError::NoSpace)), "{refused:?}");
        assert_eq!(store.get(b"a").await.unwrap().unwrap().value, "1");
        disk.set_capacity_bytes(usize::MAX);
        assert_eq!(put(&store, "b", "1").await, Revision(3));
        disk.fail_syncs(1);
        assert!(matches!(
            store.txn(Txn::put("a", "2")).await,
            Err(StoreError::Io { .. })
        ));
        store.close().await.unwrap();
        let store = open(&platform).await;
        assert_eq!(
            show(
                &store
                    .range(RangeRequest::new(KeyRange::all()))
                    .await
                    .unwrap()
            ),
            "@3 a=1 b=1"
        );
    });
}

#[test]
fn a_directory_of_another_format_is_refused() {
    let check = |content: &str, expect: &str| {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("format"), content).unwrap();
        let path = directory.path().to_owned();
        let error = on_tokio(|platform| async move {
            Embedded::open(&platform, &path, Options::server())
                .await
                .unwrap_err()
                .to_string()
        });
        let shown = error.replace(directory.path().to_str().unwrap(), "DIR");
        assert_eq!(shown, expect);
        let left = std::fs::read_dir(directory.path()).unwrap().count();
        assert_eq!(left, 2, "nothing but the lock was added");
    };
    check(
        "2\n",
        "data directory DIR has format 2, and this version knows formats up to 1: \
         use the newer version that wrote it, or another directory",
    );
    check(
        "etcd",
        "data directory DIR is not one of this store: file \"format\" holds \"etcd\"",
    );
}

#[test]
fn a_directory_in_use_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_owned();
    on_tokio(|platform| async move {
        let store = Embedded::open(&platform, &path, Options::server())
            .await
            .unwrap();
        let error = Embedded::open(&platform, &path, Options::server())
            .await
            .unwrap_err();
        let expect = format!(
            "data directory {} is in use by another process: stop that one first",
            path.display()
        );
        assert_eq!(error.to_string(), expect);
        store.close().await.unwrap();
        drop(store);
        Embedded::open(&platform, &path, Options::server())
            .await
            .unwrap();
    });
}

fn on_tokio<T, F: Future<Output = T>>(scenario: impl FnOnce(Platform) -> F) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async { scenario(Platform::real()).await })
}
