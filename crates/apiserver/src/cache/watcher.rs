//! Watchers: bounded queues of shared events.
use super::{Change, Entry, Filter, ResourceCache, WatchEvent};
use meta::Str;
use parking_lot::Mutex;
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    task::{Context, Poll, Waker},
};

/// Events that wait for one watcher. One that is further behind is ended, and lists again.
const QUEUE_EVENTS_MAX: usize = 20_000;

/// Events that a watcher takes at once, each with what it is to that watcher.
pub(crate) type Events = Vec<(Change, Arc<WatchEvent>)>;

/// Watches to wake when all events that came together are in their queues: so that each takes them at once.
pub(super) type Wakers = Vec<Waker>;

/// Why a watch gives no more events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    TooSlow,
    /// The kind is not served any more as it was when the watch began.
    Removed,
}

/// One watcher's queue.
pub(super) struct Watcher {
    filter: Filter,
    /// Events up to this revision are not for it.
    after: u64,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    events: VecDeque<(Change, Arc<WatchEvent>)>,
    waker: Option<Waker>,
    ended: Option<Ended>,
}

/// The watchers of one resource.
#[derive(Default)]
pub(super) struct Watchers {
    /// Those that every event may concern.
    broad: Vec<Arc<Watcher>>,
    /// Those that need one value of one field.
    by_field: HashMap<(usize, Str), Vec<Arc<Watcher>>>,
}

impl Watchers {
    pub(super) fn register(
        &mut self,
        filter: Filter,
        after: u64,
        missed: Vec<Arc<WatchEvent>>,
    ) -> Arc<Watcher> {
        let events = missed
            .into_iter()
            .filter_map(|event| Some((event.change_for(&filter)?, event)))
            .collect();
        let trigger = filter.trigger();
        let queue = Mutex::new(Queue {
            events,
            ..Queue::default()
        });
        let watcher = Arc::new(Watcher {
            filter,
            after,
            queue,
        });
        let place = match trigger {
            Some(trigger) => self.by_field.entry(trigger).or_default(),
            None => &mut self.broad,
        };
        place.push(Arc::clone(&watcher));
        watcher
    }

    /// Ends all watches.
    pub(super) fn end(&mut self) {
        let of_fields = self.by_field.drain().flat_map(|(_, watchers)| watchers);
        let all = self.broad.drain(..).chain(of_fields);
        all.for_each(|watcher| watcher.end());
    }

    pub(super) fn remove(&mut self, watcher: &Arc<Watcher>) {
        let other = |w: &Arc<Watcher>| !Arc::ptr_eq(w, watcher);
        match watcher.filter.trigger() {
            None => self.broad.retain(other),
            Some(trigger) => {
                if let Some(of_value) = self.by_field.get_mut(&trigger) {
                    of_value.retain(other);
                    if of_value.is_empty() {
                        self.by_field.remove(&trigger);
                    }
                }
            }
        }
    }

    /// Queues an event for all whom it concerns. Those that wait for events are put into `wakers`. How many were ended.
    pub(super) fn dispatch(&self, event: &Arc<WatchEvent>, wakers: &mut Wakers) -> u64 {
        let mut terminated = 0;
        let mut offer =
            |watcher: &Arc<Watcher>| wakers.extend(watcher.offer(event, &mut terminated));
        self.broad.iter().for_each(&mut offer);
        if self.by_field.is_empty() {
            return terminated;
        }
        let fields =
            |entry: &Option<Arc<Entry>>| entry.as_ref().map_or(0, |entry| entry.fields().len());
        for index in 0..fields(&event.new).max(fields(&event.old)) {
            let value = |entry: &Option<Arc<Entry>>| {
                entry.as_ref().and_then(|e| e.fields().get(index).cloned())
            };
            let (new, old) = (value(&event.new), value(&event.old));
            let changed = old.filter(|old| Some(old) != new.as_ref());
            for value in new.into_iter().chain(changed) {
                let watchers = self.by_field.get(&(index, value)).into_iter().flatten();
                watchers.for_each(&mut offer);
            }
        }
        terminated
    }
}

impl Watcher {
    fn end(&self) {
        let mut queue = self.queue.lock();
        queue.ended.get_or_insert(Ended::Removed);
        if let Some(waker) = queue.waker.take() {
            waker.wake();
        }
    }

    fn offer(&self, event: &Arc<WatchEvent>, terminated: &mut u64) -> Option<Waker> {
        if event.revision <= self.after {
            return None;
        }
        let change = event.change_for(&self.filter)?;
        let mut queue = self.queue.lock();
        if queue.ended.is_some() {
            return None;
        }
        if queue.events.len() >= QUEUE_EVENTS_MAX {
            queue.ended = Some(Ended::TooSlow);
            *terminated += 1;
            queue.events.clear();
        } else {
            queue.events.push_back((change, Arc::clone(event)));
        }
        queue.waker.take()
    }
}

/// A watch that has begun. Ends when dropped.
pub(crate) struct Subscription {
    cache: Arc<ResourceCache>,
    watcher: Arc<Watcher>,
    /// What existed at the beginning, when that was asked for.
    pub(crate) initial: VecDeque<Arc<Entry>>,
    /// The revision at which it began.
    pub(crate) began_at: u64,
}

impl Subscription {
    pub(super) fn new(
        cache: Arc<ResourceCache>,
        watcher: Arc<Watcher>,
        initial: Vec<Arc<Entry>>,
        began_at: u64,
    ) -> Self {
        Self {
            cache,
            watcher,
            initial: initial.into(),
            began_at,
        }
    }

    /// Takes up to `events_max` events that wait, without registering for more.
    pub(crate) fn take(&self, events_max: usize) -> Result<Events, Ended> {
        let mut queue = self.watcher.queue.lock();
        if let Some(ended) = queue.ended {
            return Err(ended);
        }
        let count = queue.events.len().min(events_max);
        Ok(queue.events.drain(..count).collect())
    }

    /// Waits for events.
    pub(crate) fn poll(
        &self,
        context: &mut Context<'_>,
        events_max: usize,
    ) -> Poll<Result<Events, Ended>> {
        let mut queue = self.watcher.queue.lock();
        if let Some(ended) = queue.ended {
            return Poll::Ready(Err(ended));
        }
        if queue.events.is_empty() {
            queue.waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        let count = queue.events.len().min(events_max);
        Poll::Ready(Ok(queue.events.drain(..count).collect()))
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.cache.unsubscribe(&self.watcher);
    }
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription")
            .field("began_at", &self.began_at)
            .finish_non_exhaustive()
    }
}
