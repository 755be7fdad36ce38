//! The newest events, kept in memory within a bound: what watches follow.

use crate::{Event, EventKind};
use std::collections::VecDeque;
use std::mem::size_of;
use std::sync::Arc;

/// Batches of events without a gap, up to the newest revision.
#[derive(Debug)]
pub(crate) struct Window {
    batches: VecDeque<Batch>,
    bytes: usize,
    bytes_max: usize,
    /// Every event after this revision is here.
    floor: u64,
}

#[derive(Debug)]
struct Batch {
    last: u64,
    bytes: usize,
    events: Arc<[Event]>,
}

impl Window {
    /// A window that begins after `floor`.
    pub(crate) fn new(floor: u64, bytes_max: usize) -> Self {
        Self {
            batches: VecDeque::new(),
            bytes: 0,
            bytes_max,
            floor,
        }
    }

    /// Every event after this revision is here.
    pub(crate) fn floor(&self) -> u64 {
        self.floor
    }

    /// Appends `events`, and drops the oldest beyond the bound, but none that is not `journaled` yet.
    pub(crate) fn push(&mut self, events: Arc<[Event]>, journaled: u64) {
        let Some(last) = events.last() else { return };
        let last = last.revision.0;
        let bytes = events.iter().map(event_bytes).sum();
        self.bytes += bytes;
        self.batches.push_back(Batch {
            last,
            bytes,
            events,
        });
        self.trim(self.bytes_max, journaled);
    }

    /// Drops every event up to `revision`.
    pub(crate) fn forget(&mut self, revision: u64, journaled: u64) {
        self.trim(0, revision.min(journaled));
    }

    /// The batches that hold events from `revision` on. The first may begin earlier.
    pub(crate) fn from(&self, revision: u64) -> impl Iterator<Item = &Arc<[Event]>> {
        debug_assert!(
            revision > self.floor,
            "events before the window are on disk"
        );
        let first = self.batches.partition_point(|batch| batch.last < revision);
        self.batches.range(first..).map(|batch| &batch.events)
    }

    fn trim(&mut self, bytes_max: usize, last_max: u64) {
        while self.bytes > bytes_max
            && let Some(oldest) = self.batches.front()
            && oldest.last <= last_max
        {
            self.floor = oldest.last;
            self.bytes -= oldest.bytes;
            self.batches.pop_front();
        }
        if self.batches.is_empty() {
            self.batches.shrink_to(64);
        }
    }
}

/// What the event holds in memory. Values are counted though the map may share them.
fn event_bytes(event: &Event) -> usize {
    let new = match &event.kind {
        EventKind::Put(new) => new.value.len(),
        EventKind::Delete => 0,
    };
    size_of::<Event>()
        + event.key.len()
        + new
        + event
            .previous
            .as_ref()
            .map_or(0, |previous| previous.value.len())
}

#[cfg(test)]
mod tests;
