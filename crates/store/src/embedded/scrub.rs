//! Removing compacted history from the disk, in bounded steps with a rest between them.

use super::shared::Shared;
use super::writer::Command;
use crate::StoreError;
use crate::engine::record::RecordRef;
use crate::engine::{Engine, Place};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Rest after a step that failed; a full disk, mostly.
const FAILURE_PAUSE: Duration = Duration::from_secs(30);

/// What one step found.
pub(crate) struct Step {
    pub(crate) removed: Vec<Place>,
    pub(crate) scrubbed: u64,
}

/// Scrubs whenever something was compacted. Ends with the store.
pub(crate) async fn run(shared: Arc<Shared>, commands: mpsc::WeakSender<Command>) {
    let draining = shared.tasks.draining();
    let scrubbing = async {
        loop {
            shared.scrub_wanted.notified().await;
            match scrub(&shared, &commands).await {
                Ok(()) => {}
                Err(StoreError::Closed) => return,
                Err(error) => {
                    tracing::warn!(%error, "failed to remove compacted history; trying again later");
                    shared.clock.sleep(FAILURE_PAUSE).await;
                    shared.scrub_wanted.notify_one();
                }
            }
        }
    };
    tokio::select! {
        biased;
        () = draining => {}
        () = scrubbing => {}
    }
}

async fn scrub(
    shared: &Arc<Shared>,
    commands: &mpsc::WeakSender<Command>,
) -> Result<(), StoreError> {
    loop {
        let from = shared.scrubbed.load(Ordering::Acquire);
        let (to, closed) = {
            let state = shared.state.read();
            (state.compacted, state.closed)
        };
        if closed {
            return Err(StoreError::Closed);
        }
        if from >= to {
            return Ok(());
        }
        let pace = *shared.pace.lock();
        let step = shared
            .blocking(move |engine| plan(engine, from, to, pace.batch_records))
            .await?;
        let (reply, done) = oneshot::channel();
        let sender = commands.upgrade().ok_or(StoreError::Closed)?;
        sender
            .send(Command::Scrub { step, reply })
            .await
            .map_err(|_| StoreError::Closed)?;
        drop(sender);
        done.await.map_err(|_| StoreError::Closed)??;
        shared.clock.sleep(pace.pause).await;
    }
}

/// Finds what `from..=to` made obsolete: the record before each write, and deletions themselves.
fn plan(engine: &dyn Engine, from: u64, to: u64, records_max: usize) -> Result<Step, StoreError> {
    let mut removed = Vec::new();
    let mut seen = 0;
    let mut scrubbed = to;
    engine.scan(Place::first(from + 1), &mut |place, record| {
        if place.revision > to {
            return ControlFlow::Break(());
        }
        if seen >= records_max && place.part == 0 {
            scrubbed = place.revision - 1;
            return ControlFlow::Break(());
        }
        seen += 1;
        // A damaged record stays; reading it says so.
        if let Ok(read) = RecordRef::decode(record) {
            removed.extend(read.previous);
            if read.value.is_none() {
                removed.push(place);
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(Step { removed, scrubbed })
}
