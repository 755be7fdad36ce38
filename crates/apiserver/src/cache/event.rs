//! Events, the frames that are made of them once for all watchers, and the window of recent ones.
use super::{Entry, Filter};
use crate::negotiate::Media;
use bytes::Bytes;
use meta::Str;
use parking_lot::Mutex;
use std::{
    collections::VecDeque,
    sync::{Arc, OnceLock},
};

/// Events kept for watches that begin in the past.
pub(crate) const LOG_EVENTS_MAX: usize = 10_000;
/// And their bytes: 8 MiB a resource.
const LOG_BYTES_MAX: usize = 8 * 1024 * 1024;

/// The latest events, whose frames are kept.
const FRAMES_EVENTS_MAX: usize = 512;

/// What an event is to one watcher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Added,
    Modified,
    Deleted,
}

impl Change {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Added => "ADDED",
            Self::Modified => "MODIFIED",
            Self::Deleted => "DELETED",
        }
    }
}

/// One change of one object.
#[derive(Debug)]
pub(crate) struct WatchEvent {
    pub(crate) revision: u64,
    pub(crate) old: Option<Arc<Entry>>,
    pub(crate) new: Option<Arc<Entry>>,
    /// The object that left a watcher's view, at this event's revision.
    left: OnceLock<Arc<Entry>>,
    /// `None` once the event is so old that hardly anyone asks for them.
    frames: Mutex<Option<Vec<(FrameKind, Bytes)>>>,
}

/// Which of the frames of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FrameKind {
    pub(crate) api_version: Str,
    pub(crate) media: Media,
    pub(crate) change: Change,
}

impl WatchEvent {
    pub(crate) fn new(revision: u64, old: Option<Arc<Entry>>, new: Option<Arc<Entry>>) -> Self {
        Self {
            revision,
            old,
            new,
            left: OnceLock::new(),
            frames: Mutex::new(Some(Vec::new())),
        }
    }

    /// What the event is to a watcher with this filter; `None` when it is nothing.
    pub(crate) fn change_for(&self, filter: &Filter) -> Option<Change> {
        let before = self.old.as_ref().is_some_and(|entry| filter.matches(entry));
        let after = self.new.as_ref().is_some_and(|entry| filter.matches(entry));
        match (before, after) {
            (false, true) => Some(Change::Added),
            (true, true) => Some(Change::Modified),
            (true, false) => Some(Change::Deleted),
            (false, false) => None,
        }
    }

    /// The object that the event shows: the new one, or the last one that the watcher knew.
    pub(crate) fn shown(&self, change: Change) -> &Arc<Entry> {
        match (change, &self.new, &self.old) {
            (Change::Added | Change::Modified, Some(new), _) => new,
            (_, _, Some(old)) => self.left.get_or_init(|| Arc::new(old.at(self.revision))),
            (_, Some(new), None) => new,
            (_, None, None) => unreachable!("an event has an old or a new object"),
        }
    }

    /// One of the frames, made on first demand.
    pub(crate) fn frame(&self, kind: FrameKind, make: impl FnOnce(&Arc<Entry>) -> Bytes) -> Bytes {
        let mut frames = self.frames.lock();
        let known = |(known, frame): &(FrameKind, Bytes)| (*known == kind).then(|| frame.clone());
        if let Some(frame) = frames.iter().flatten().find_map(known) {
            return frame;
        }
        let frame = make(self.shown(kind.change));
        if let Some(frames) = &mut *frames {
            frames.push((kind, frame.clone()));
        }
        frame
    }

    /// Frees the frames, which weigh as much as the objects. Who asks later gets one of its own.
    fn forget_frames(&self) {
        *self.frames.lock() = None;
    }

    fn size_bytes(&self) -> usize {
        self.new
            .as_ref()
            .or(self.old.as_ref())
            .map_or(0, |entry| entry.size_bytes())
    }
}

/// Recent events of one resource, in order.
#[derive(Default)]
pub(super) struct Log {
    events: VecDeque<Arc<WatchEvent>>,
    size_bytes: usize,
    /// Every event after this revision is here.
    pub(super) complete_after: u64,
}

impl Log {
    pub(super) fn push(&mut self, event: &Arc<WatchEvent>) {
        self.size_bytes += event.size_bytes();
        self.events.push_back(Arc::clone(event));
        if let Some(aged) = self.events.len().checked_sub(FRAMES_EVENTS_MAX + 1) {
            self.events[aged].forget_frames();
        }
        while self.events.len() > LOG_EVENTS_MAX || self.size_bytes > LOG_BYTES_MAX {
            let Some(gone) = self.events.pop_front() else {
                break;
            };
            self.size_bytes -= gone.size_bytes();
            self.complete_after = gone.revision;
        }
    }

    pub(super) fn after(&self, revision: u64) -> impl Iterator<Item = &Arc<WatchEvent>> {
        let first = self
            .events
            .partition_point(|event| event.revision <= revision);
        self.events.range(first..)
    }
}
