//! A real file system that is full: writes are refused with a clear error, and go on when there is room.

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use platform::Platform;
use std::path::Path;
use store::{Embedded, KeyRange, Options, RangeRequest, Store, StoreError, Txn};

const DISK_BYTES: &str = "size=24m";
const VALUE_BYTES: usize = 64 * 1024;
/// More than fits, so that the loop ends if the disk never fills.
const WRITES_MAX: usize = 4000;

#[test]
fn a_full_disk_refuses_and_recovers() {
    let directory = tempfile::tempdir().unwrap();
    let Some(_mounted) = TinyDisk::mount(directory.path()) else {
        let notice = "skipped: a tiny file system needs root to mount it\n";
        std::io::Write::write_all(&mut std::io::stderr(), notice.as_bytes()).unwrap();
        return;
    };
    let ballast = directory.path().join("ballast");
    std::fs::write(&ballast, vec![0; 8 * 1024 * 1024]).unwrap();
    let data = directory.path().join("data");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Embedded::open(&Platform::real(), &data, Options::server())
            .await
            .unwrap();
        let mut written = fill(&store, 0).await;
        assert!(
            written > 20,
            "only {written} writes before the disk was full"
        );
        check(&store, written).await;
        // What a refused write left behind is gone, so that a few more may fit; then they are refused again.
        for _ in 0..5 {
            written = fill(&store, written).await;
            check(&store, written).await;
        }
        std::fs::remove_file(&ballast).unwrap();
        store
            .txn(Txn::put("room", "again"))
            .await
            .expect("there is room again");
        written = fill(&store, written).await;
        check(&store, written).await;
        store.close().await.unwrap();
        drop(store);
        let store = Embedded::open(&Platform::real(), &data, Options::server())
            .await
            .unwrap();
        check(&store, written).await;
        assert_eq!(store.get(b"room").await.unwrap().unwrap().value, "again");
        store.close().await.unwrap();
    });
}

/// Writes until the disk is full. Returns how many were acknowledged.
async fn fill(store: &Embedded, from: usize) -> usize {
    for index in from..WRITES_MAX {
        match store
            .txn(Txn::put(format!("key/{index:05}"), vec![b'x'; VALUE_BYTES]))
            .await
        {
            Ok(_) => {}
            Err(StoreError::NoSpace) => return index,
            Err(error) => panic!("{error}: {:?}", std::error::Error::source(&error)),
        }
    }
    panic!("the disk never filled");
}

/// Every acknowledged write is there and nothing else.
async fn check(store: &Embedded, written: usize) {
    let found = store
        .range(RangeRequest::new(KeyRange::prefix("key/")))
        .await
        .unwrap();
    assert_eq!(found.count, written);
    assert!(
        found
            .items
            .iter()
            .all(|item| item.versioned.value.len() == VALUE_BYTES)
    );
}

/// A tiny tmpfs, gone when dropped.
struct TinyDisk<'a>(&'a Path);

impl<'a> TinyDisk<'a> {
    fn mount(path: &'a Path) -> Option<Self> {
        mount(
            Some("tmpfs"),
            path,
            Some("tmpfs"),
            MsFlags::empty(),
            Some(DISK_BYTES),
        )
        .ok()?;
        Some(Self(path))
    }
}

impl Drop for TinyDisk<'_> {
    fn drop(&mut self) {
        umount2(self.0, MntFlags::MNT_DETACH).unwrap();
    }
}
