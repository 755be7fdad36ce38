//! When history is compacted: every interval, up to what was newest an interval ago, as upstream's API server does.

use crate::{Store, StoreError};
use platform::Clock;
use std::time::Duration;

/// Compacts `store` every `interval`, so that history of one to two intervals stays. Never ends; spawn it as a
/// task. A store in which nothing was written is left alone.
pub async fn compact_periodically(store: &dyn Store, clock: &Clock, interval: Duration) {
    let mut revision = store.revision();
    loop {
        clock.sleep(interval).await;
        let newest = store.revision();
        if revision > store.compacted() && newest > revision {
            match store.compact(revision).await {
                Ok(()) | Err(StoreError::Compacted { .. }) => {}
                Err(StoreError::Closed) => return,
                Err(error) => {
                    tracing::warn!(%error, %revision, "failed to compact the store; trying again later")
                }
            }
        }
        revision = newest;
    }
}
