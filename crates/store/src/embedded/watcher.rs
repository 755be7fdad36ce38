//! Following a range: from the disk while behind, from the window when near, parked when caught up.

use super::history::{self, Replay};
use super::shared::Shared;
use super::state::State;
use crate::{
    Event, KeyRange, Revision, StoreError, Watch, WatchBatch, WatchError, WatchRequest, WatchSource,
};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// Begins a watch, or says that its past is gone.
pub(crate) fn start(shared: &Arc<Shared>, request: WatchRequest) -> Result<Watch, StoreError> {
    let state = shared.state.read();
    if state.closed {
        return Err(StoreError::Closed);
    }
    let next = if request.from == Revision::NONE {
        state.revision + 1
    } else {
        request.from.0
    };
    if next <= state.compacted {
        return Err(StoreError::Compacted {
            compacted: Revision(state.compacted),
        });
    }
    drop(state);
    let slot = shared.register(request.range.clone(), request.progress, next - 1);
    Ok(Watch::new(Box::new(Follower {
        shared: Arc::clone(shared),
        range: request.range,
        progress: request.progress,
        slot,
        next,
        reading: None,
    })))
}

struct Follower {
    shared: Arc<Shared>,
    range: KeyRange,
    progress: bool,
    slot: usize,
    /// The first revision not delivered yet.
    next: u64,
    reading: Option<BoxFuture<'static, Result<Replay, StoreError>>>,
}

/// What to do, given the state.
enum Step {
    Deliver(WatchBatch),
    /// Nothing up to this revision concerns the range.
    Skip {
        through: u64,
    },
    End(WatchError),
    ReadDisk {
        through: u64,
    },
    Park,
}

impl WatchSource for Follower {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<WatchBatch, WatchError>> {
        self.next = self.next.max(self.shared.unpark(self.slot) + 1);
        loop {
            if let Some(reading) = &mut self.reading {
                let replay = ready!(reading.poll_unpin(context));
                self.reading = None;
                if let Some(result) = self.take_replay(replay) {
                    return Poll::Ready(result);
                }
            }
            let step = self.step(&self.shared.state.read());
            match step {
                Step::Deliver(batch) => {
                    self.next = batch.revision.0 + 1;
                    return Poll::Ready(Ok(batch));
                }
                Step::Skip { through } => self.next = through + 1,
                Step::End(error) => return Poll::Ready(Err(error)),
                Step::ReadDisk { through } => self.read_disk(through),
                Step::Park => {
                    self.shared.park(self.slot, self.next - 1, context.waker());
                    // Something may have been written between the look and the parking.
                    if self.shared.revision().0 < self.next && !self.shared.state.read().closed {
                        return Poll::Pending;
                    }
                    self.next = self.next.max(self.shared.unpark(self.slot) + 1);
                }
            }
        }
    }
}

impl Follower {
    fn step(&self, state: &State) -> Step {
        if state.closed {
            return Step::End(WatchError::Closed);
        }
        if self.next > state.revision {
            return Step::Park;
        }
        if self.next <= state.compacted {
            return Step::End(WatchError::Compacted {
                compacted: Revision(state.compacted),
            });
        }
        if self.next <= state.window.floor() {
            return Step::ReadDisk {
                through: state.window.floor(),
            };
        }
        for events in state.window.from(self.next) {
            if let Some(matching) = self.matching(events) {
                // A batch ends with the last event of its revisions, wanted or not.
                let through = events
                    .last()
                    .map_or(state.revision, |event| event.revision.0);
                return Step::Deliver(WatchBatch {
                    events: matching,
                    revision: Revision(through),
                });
            }
        }
        if self.progress {
            return Step::Deliver(WatchBatch {
                events: Arc::from([]),
                revision: Revision(state.revision),
            });
        }
        Step::Skip {
            through: state.revision,
        }
    }

    /// The events of a batch that are wanted; the batch itself when that is all of them.
    fn matching(&self, events: &Arc<[Event]>) -> Option<Arc<[Event]>> {
        let wanted =
            |event: &&Event| event.revision.0 >= self.next && self.range.contains(&event.key);
        let count = events.iter().filter(wanted).count();
        match count {
            0 => None,
            _ if count == events.len() => Some(Arc::clone(events)),
            _ => Some(events.iter().filter(wanted).cloned().collect()),
        }
    }

    fn read_disk(&mut self, through: u64) {
        let (shared, range, from) = (Arc::clone(&self.shared), self.range.clone(), self.next);
        self.reading = Some(
            async move {
                shared
                    .blocking(move |engine| history::replay(engine, &range, from, through))
                    .await
            }
            .boxed(),
        );
    }

    fn take_replay(
        &mut self,
        replay: Result<Replay, StoreError>,
    ) -> Option<Result<WatchBatch, WatchError>> {
        let replay = match replay {
            Ok(replay) => replay,
            Err(error) => return Some(Err(WatchError::Read(error))),
        };
        // What was compacted while the disk was read may be missing from what was read.
        let compacted = self.shared.state.read().compacted;
        if self.next <= compacted {
            return Some(Err(WatchError::Compacted {
                compacted: Revision(compacted),
            }));
        }
        self.next = replay.through + 1;
        if replay.events.is_empty() && !self.progress {
            return None;
        }
        Some(Ok(WatchBatch {
            events: replay.events.into(),
            revision: Revision(replay.through),
        }))
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.shared.unregister(self.slot);
    }
}
