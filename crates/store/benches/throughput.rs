//! How fast the store is on this machine's disk: puts, ranges, watches, start, memory.
//!
//! `cargo bench -p store` runs it in full and prints a table.

use platform::{Clock, Platform};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::{Embedded, KeyRange, Options, RangeRequest, Revision, Store, Txn, WatchRequest};

const VALUE_BYTES: usize = 1024;

/// How much to do.
#[derive(Clone, Copy)]
struct Size {
    one_client: usize,
    per_client: usize,
    clients: usize,
    objects: usize,
    watchers: usize,
}

const FULL: Size = Size {
    one_client: 20_000,
    per_client: 4000,
    clients: 64,
    objects: 10_000,
    watchers: 100,
};
const TINY: Size = Size {
    one_client: 20,
    per_client: 5,
    clients: 4,
    objects: 50,
    watchers: 3,
};

fn main() {
    bench::main(&[("throughput", throughput)]);
}

fn throughput(bench: &bench::Bench) {
    let size = bench.size(FULL, TINY);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .expect("the system gives a bench its threads");
    runtime.block_on(run(size));
}

async fn run(size: Size) {
    let directory = tempfile::tempdir_in(".").expect("the working directory can be written");
    let platform = Platform::real();
    let clock = platform.clock.clone();
    report(
        "resident before opening",
        &format!("{} KiB", resident_kib()),
    );
    let started = clock.monotonic();
    let store = open(&platform, directory.path()).await;
    report(
        "open an empty directory",
        &format!("{:.1} ms", milliseconds(clock.monotonic().since(started))),
    );
    report(
        "resident with an empty store",
        &format!("{} KiB", resident_kib()),
    );

    let seconds = time(&clock, put_many(&store, "one", size.one_client)).await;
    rate("puts, 1 client", size.one_client, seconds);
    let seconds = time(&clock, put_from(&store, size.clients, size.per_client)).await;
    rate(
        &format!("puts, {} clients", size.clients),
        size.clients * size.per_client,
        seconds,
    );
    let seconds = time(&clock, renew_many(&store, size.one_client)).await;
    rate("relaxed puts, 1 client", size.one_client, seconds);

    put_from(&store, size.clients, size.objects / size.clients).await;
    let seconds = time(&clock, async {
        for index in 0..size.one_client {
            store
                .get(format!("/client-0/{}", index % 10).as_bytes())
                .await
                .expect("memory does not fail");
        }
    })
    .await;
    rate("gets", size.one_client, seconds);
    ranges(&store, &clock).await;
    watches(&store, &clock, size).await;
    report(
        "resident after all that",
        &format!("{} KiB", resident_kib()),
    );

    store.close().await.expect("the disk takes what is pending");
    drop(store);
    let started = clock.monotonic();
    let store = open(&platform, directory.path()).await;
    report(
        "open what was written",
        &format!("{:.1} ms", milliseconds(clock.monotonic().since(started))),
    );
    let started = clock.monotonic();
    store
        .compact(store.revision())
        .await
        .expect("everything written can be compacted");
    report(
        "compact all",
        &format!("{:.1} ms", milliseconds(clock.monotonic().since(started))),
    );
}

async fn ranges(store: &Arc<Embedded>, clock: &Clock) {
    let all = RangeRequest::new(KeyRange::all());
    let count = store
        .range(all.clone())
        .await
        .expect("memory does not fail")
        .count;
    let seconds = time(clock, async {
        for _ in 0..10 {
            store
                .range(all.clone())
                .await
                .expect("memory does not fail");
        }
    })
    .await;
    report(
        &format!("range of {count} keys"),
        &format!("{:.2} ms", seconds * 100.0),
    );
    let seconds = time(clock, async {
        for _ in 0..100 {
            store
                .range(all.clone().limit(500))
                .await
                .expect("memory does not fail");
        }
    })
    .await;
    report(
        "range of the first 500",
        &format!("{:.3} ms", seconds * 10.0),
    );
    let past = Revision(store.revision().0 - store.revision().0 / 2);
    let started = clock.monotonic();
    store
        .range(all.limit(500).at(past))
        .await
        .expect("nothing is compacted yet");
    report(
        "first 500 at half of history",
        &format!("{:.2} ms", milliseconds(clock.monotonic().since(started))),
    );
}

async fn watches(store: &Arc<Embedded>, clock: &Clock, size: Size) {
    let from = store.revision().next();
    let started = clock.monotonic();
    let watchers: Vec<_> = (0..size.watchers)
        .map(|_| {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                let mut watch = store
                    .watch(WatchRequest::new(KeyRange::all(), from))
                    .await
                    .expect("the present can be watched");
                let mut seen = 0;
                while seen < size.objects {
                    seen += watch
                        .next()
                        .await
                        .expect("the window is large enough")
                        .events
                        .len();
                }
            })
        })
        .collect();
    put_from(store, size.clients, size.objects.div_ceil(size.clients)).await;
    for watcher in watchers {
        watcher.await.expect("no watcher panics");
    }
    let seconds = clock.monotonic().since(started).as_secs_f64();
    rate(
        &format!("events to {} watchers", size.watchers),
        size.objects * size.watchers,
        seconds,
    );

    let started = clock.monotonic();
    let mut watch = store
        .watch(WatchRequest::new(KeyRange::all(), Revision(2)))
        .await
        .expect("nothing is compacted");
    let mut seen = 0;
    while watch
        .next()
        .await
        .map(|batch| (seen += batch.events.len(), batch.revision).1)
        .expect("nothing is compacted")
        < store.revision()
    {}
    rate(
        "events replayed from the disk",
        seen,
        clock.monotonic().since(started).as_secs_f64(),
    );
}

async fn open(platform: &Platform, path: &Path) -> Arc<Embedded> {
    Embedded::open(platform, path, Options::server())
        .await
        .expect("a fresh directory opens")
}

async fn put_many(store: &Arc<Embedded>, prefix: &str, count: usize) {
    for index in 0..count {
        let txn = Txn::put(
            format!("/{prefix}/{}", index % 1000),
            vec![b'x'; VALUE_BYTES],
        );
        store.txn(txn).await.expect("the disk has room");
    }
}

async fn renew_many(store: &Arc<Embedded>, count: usize) {
    for _ in 0..count {
        store
            .txn(Txn::put("/lease", vec![b'x'; VALUE_BYTES]).relaxed())
            .await
            .expect("the disk has room");
    }
}

async fn put_from(store: &Arc<Embedded>, clients: usize, per_client: usize) {
    let tasks: Vec<_> = (0..clients)
        .map(|client| {
            let store = Arc::clone(store);
            tokio::spawn(
                async move { put_many(&store, &format!("client-{client}"), per_client).await },
            )
        })
        .collect();
    for task in tasks {
        task.await.expect("no client panics");
    }
}

async fn time(clock: &Clock, work: impl Future<Output = ()>) -> f64 {
    let started = clock.monotonic();
    work.await;
    clock.monotonic().since(started).as_secs_f64()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a bench are far below 2^52"
)]
fn rate(what: &str, count: usize, seconds: f64) {
    report(what, &format!("{:.0}/s", count as f64 / seconds));
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn report(what: &str, figure: &str) {
    println!("{what:<34} {figure:>14}");
}

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
