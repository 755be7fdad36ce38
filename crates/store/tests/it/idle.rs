//! An idle store sleeps: its threads do not wake, and nothing is written.

use platform::Platform;
use std::time::Duration;
use store::{Embedded, Options, Store, Txn};

const WATCHED: Duration = Duration::from_millis(600);
const SETTLING: Duration = Duration::from_millis(200);

#[test]
fn an_idle_store_does_not_wake() {
    let directory = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let platform = Platform::real();
        let store = Embedded::open(&platform, directory.path(), Options::server())
            .await
            .unwrap();
        store.txn(Txn::put("key", "value")).await.unwrap();
        store
            .txn(Txn::put("lease", "renewed").relaxed())
            .await
            .unwrap();
        platform.clock.sleep(SETTLING).await;
        let before = wakeups();
        assert_eq!(before.len(), 2, "the writer and fjall's worker: {before:?}");
        platform.clock.sleep(WATCHED).await;
        assert_eq!(wakeups(), before);
        store.close().await.unwrap();
    });
}

/// How often each thread of the store gave up the processor to wait, by name and thread.
fn wakeups() -> Vec<(String, String)> {
    let mut counts = Vec::new();
    for entry in std::fs::read_dir("/proc/self/task").unwrap() {
        let status = std::fs::read_to_string(entry.unwrap().path().join("status")).unwrap();
        let field = |name: &str| {
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .unwrap_or_default();
            line.trim().to_owned()
        };
        let name = field("Name:");
        if name == "store-writer" || name == "fjall:worker" {
            counts.push((
                format!("{name} {}", field("Pid:")),
                field("voluntary_ctxt_switches:"),
            ));
        }
    }
    counts.sort();
    counts
}
