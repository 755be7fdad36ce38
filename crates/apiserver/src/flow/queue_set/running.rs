//! Requests that have begun, in slots that are used again: nothing is allocated for one more.
use super::Origin;
use crate::flow::work::Work;
use platform::Monotonic;

/// A request that has begun.
#[derive(Debug)]
pub(in crate::flow) struct Running {
    pub(in crate::flow) origin: Origin,
    pub(in crate::flow) work: Work,
    pub(in crate::flow) arrived: Monotonic,
    pub(in crate::flow) began: Monotonic,
    /// In which it waited.
    pub(in crate::flow) queue: Option<usize>,
}

/// As many slots as there once were requests at the same time.
#[derive(Debug, Default)]
pub(in crate::flow) struct Slots {
    slots: Vec<Option<Running>>,
    free: Vec<usize>,
}

impl Slots {
    pub(super) fn insert(&mut self, running: Running) -> usize {
        if let Some(slot) = self.free.pop() {
            self.slots[slot] = Some(running);
            return slot;
        }
        self.slots.push(Some(running));
        self.slots.len() - 1
    }

    pub(super) fn remove(&mut self, slot: usize) -> Running {
        self.free.push(slot);
        let taken = self.slots[slot].take();
        taken.expect("a request ends once")
    }

    /// One that has begun and not ended.
    pub(in crate::flow) fn get(&self, slot: usize) -> &Running {
        let there = self.slots[slot].as_ref();
        there.expect("a request that was not told of its beginning has not ended")
    }

    pub(in crate::flow) fn count(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    pub(in crate::flow) fn iter(&self) -> impl Iterator<Item = &Running> {
        self.slots.iter().flatten()
    }
}
