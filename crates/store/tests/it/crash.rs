//! A process that writes is killed at random; every write that it acknowledged must be there, whole.

use bytes::Bytes;
use platform::Platform;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use store::{Embedded, KeyRange, Op, Options, RangeRequest, Revision, Store, Txn, WatchRequest};

const ROUNDS: u64 = 20;
const CLIENTS: u64 = 8;
const KEYS: u64 = 50;
const CHECK_MAX: Duration = Duration::from_secs(20);
/// Where the child finds its directory; without it the child's test does nothing.
const DIRECTORY_VARIABLE: &str = "STORE_CRASH_DIRECTORY";

/// Killed again and again while a directory is made.
#[test]
fn a_directory_half_made_is_made_again() {
    for round in 0..20 {
        let directory = tempfile::tempdir().unwrap();
        let mut acknowledged = BTreeMap::new();
        let newest = write_and_kill(directory.path(), round * 3, &mut acknowledged);
        let checked = async {
            tokio::time::timeout(CHECK_MAX, check(directory.path(), &acknowledged, newest)).await
        };
        runtime().block_on(checked).expect("a check takes a moment");
    }
}

#[test]
fn acknowledged_writes_survive_kill() {
    let directory = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeMap::new();
    let mut newest = 0;
    for round in 0..ROUNDS {
        // From killed while opening to killed under full load.
        let milliseconds = round * 14;
        newest = newest.max(write_and_kill(
            directory.path(),
            milliseconds,
            &mut acknowledged,
        ));
        let checked = async {
            tokio::time::timeout(CHECK_MAX, check(directory.path(), &acknowledged, newest)).await
        };
        runtime().block_on(checked).expect("a check takes a moment");
    }
    assert!(acknowledged.len() > 10, "the writers got somewhere");
}

/// Runs the child for a while. Adds what it acknowledged: for each key the last revision and count.
fn write_and_kill(
    directory: &Path,
    milliseconds: u64,
    acknowledged: &mut BTreeMap<String, (u64, u64)>,
) -> u64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the child is this test binary; sys::command knows no test binaries"
    )]
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::child_that_writes",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(DIRECTORY_VARIABLE, directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let reader =
        std::thread::spawn(move || output.lines().map_while(Result::ok).collect::<Vec<_>>());
    std::thread::park_timeout(Duration::from_millis(milliseconds));
    child.kill().unwrap();
    child.wait().unwrap();
    let mut newest = 0;
    for line in reader.join().unwrap() {
        let mut words = line.split(' ');
        if words.next() == Some("ack")
            && let (Some(key), Some(revision), Some(count), Some("end")) =
                (words.next(), words.next(), words.next(), words.next())
        {
            let (revision, count) = (revision.parse().unwrap(), count.parse().unwrap());
            newest = newest.max(revision);
            let last = acknowledged.entry(key.to_owned()).or_insert((0, 0));
            *last = (*last).max((revision, count));
        }
    }
    newest
}

async fn check(directory: &Path, acknowledged: &BTreeMap<String, (u64, u64)>, newest: u64) {
    let store = open(directory).await;
    assert!(
        store.revision().0 >= newest,
        "no revision that was seen is used again"
    );
    for (key, (revision, count)) in acknowledged {
        let value = store
            .get(key.as_bytes())
            .await
            .unwrap()
            .unwrap_or_else(|| panic!("{key} is lost"));
        assert!(
            value.mod_revision.0 >= *revision,
            "{key} was acknowledged at {revision}, is at {}",
            value.mod_revision
        );
        let stored = parse(&value.value);
        assert!(
            stored >= *count,
            "{key} was acknowledged as {count}, is {stored}"
        );
    }
    let everything = store
        .range(RangeRequest::new(KeyRange::all()))
        .await
        .unwrap();
    for item in everything
        .items
        .iter()
        .filter(|item| item.key.starts_with(b"pair/"))
    {
        let twin = twin(&item.key);
        let twin = store
            .get(&twin)
            .await
            .unwrap()
            .expect("both keys of a transaction are there, or none");
        assert_eq!(
            twin.value, item.versioned.value,
            "both keys of a transaction have the same value"
        );
        assert_eq!(twin.mod_revision, item.versioned.mod_revision);
    }
    // History has no gap either: replayed, it leads to the present.
    let request = WatchRequest::new(KeyRange::all(), store.compacted().next()).with_progress();
    let mut watch = store.watch(request).await.unwrap();
    let mut reached = store.compacted();
    while reached < store.revision() {
        reached = watch.next().await.unwrap().revision;
    }
    store.close().await.unwrap();
}

/// The child: writes until it is killed, and prints each acknowledgement in one write.
#[test]
fn child_that_writes() {
    let Ok(directory) = std::env::var(DIRECTORY_VARIABLE) else {
        return;
    };
    runtime().block_on(async {
        let store = open(Path::new(&directory)).await;
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| tokio::spawn(write_forever(Arc::clone(&store), client)))
            .collect();
        for client in clients {
            client.await.unwrap();
        }
    });
}

async fn write_forever(store: Arc<Embedded>, client: u64) {
    for turn in 0.. {
        let number = (turn * 7 + client) % KEYS;
        let key = Bytes::from(format!("pair/{client}/{number}/left"));
        let count = store
            .get(&key)
            .await
            .unwrap()
            .map_or(0, |value| parse(&value.value))
            + 1;
        let value = Bytes::from(format!(
            "{count}:{}",
            "x".repeat(usize::try_from(count * 37 % 3000).unwrap())
        ));
        let then = vec![
            Op::Put {
                key: key.clone(),
                value: value.clone(),
                lease: None,
            },
            Op::Put {
                key: twin(&key),
                value,
                lease: None,
            },
        ];
        let revision = store
            .txn(Txn {
                then,
                ..Txn::default()
            })
            .await
            .unwrap()
            .revision;
        let line = format!(
            "ack {} {revision} {count} end\n",
            String::from_utf8_lossy(&key)
        );
        std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
        if turn % 50 == 49 {
            let renewal = store
                .txn(Txn::put(format!("renewal/{client}"), "now").relaxed())
                .await
                .unwrap();
            // Compaction under load, up to a random place not long ago.
            let _ = store
                .compact(Revision(renewal.revision.0.saturating_sub(300)))
                .await;
        }
    }
}

fn twin(key: &[u8]) -> Bytes {
    let key = String::from_utf8_lossy(key);
    match key.strip_suffix("left") {
        Some(stem) => format!("{stem}right").into(),
        None => key.replace("right", "left").into(),
    }
}

fn parse(value: &[u8]) -> u64 {
    let text = std::str::from_utf8(value).unwrap();
    let (count, filler) = text.split_once(':').unwrap();
    let count: u64 = count.parse().unwrap();
    assert_eq!(
        u64::try_from(filler.len()).unwrap(),
        count * 37 % 3000,
        "the value is whole"
    );
    count
}

async fn open(directory: &Path) -> Arc<Embedded> {
    Embedded::open(&Platform::real(), directory, Options::server())
        .await
        .unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .unwrap()
}
