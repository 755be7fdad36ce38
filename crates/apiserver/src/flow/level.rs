//! [`Level`]: a priority level that requests go through, and the [`Ticket`] that each holds while it takes up seats.
use super::{
    Flow,
    demand::DemandStats,
    queue_set::{Details, Origin, Place, QueueSet, Queuing, Response},
    retry_after::RetryAfter,
    shares::{Allotted, Bounds, Shares},
    work::Work,
};
use crate::{metrics::LevelGauges, stack::Call};
use meta::Str;
use parking_lot::{Mutex, MutexGuard};
use platform::{Monotonic, Platform};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::sync::oneshot;

/// Who waits, and how to tell it.
#[derive(Debug)]
pub(super) struct Teller {
    ticket: oneshot::Sender<Ticket>,
    flow: Arc<Flow>,
    watches: bool,
}

/// What is reckoned with a level now and then.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) shares: Shares,
    pub(super) bounds: Bounds,
    pub(super) stats: DemandStats,
    /// Its configuration is gone; it stays until nothing is left in it.
    pub(super) quiescing: bool,
}

pub(crate) struct Level {
    pub(super) name: Str,
    platform: Platform,
    set: Mutex<QueueSet<Teller>>,
    pub(super) plan: Mutex<Plan>,
    retry_after: Mutex<RetryAfter>,
    /// Of one request; 0 is no limit but the server's.
    seats_of_request_max: AtomicU32,
    /// Whether a task waits for seats that come free by time alone.
    waits_for_seats: AtomicBool,
    gauges: LevelGauges,
}

/// What may become of a request.
pub(crate) enum Admission {
    Go(Ticket),
    Wait(Queued),
    /// Seconds after which it may be tried again.
    Refused(u64),
}

impl Level {
    pub(super) fn new(name: &Str, platform: Platform, gauges: LevelGauges) -> Self {
        let now = platform.clock.monotonic();
        Self {
            name: name.clone(),
            platform,
            set: Mutex::new(QueueSet::new(now, Response::Reject)),
            plan: Mutex::default(),
            retry_after: Mutex::new(RetryAfter::new()),
            seats_of_request_max: AtomicU32::new(0),
            waits_for_seats: AtomicBool::new(false),
            gauges,
        }
    }

    pub(super) fn set(&self) -> MutexGuard<'_, QueueSet<Teller>> {
        self.set.lock()
    }

    pub(super) fn configure(&self, response: Response, shares: Shares) {
        self.set.lock().configure(response);
        let mut plan = self.plan.lock();
        plan.shares = shares;
        plan.quiescing = false;
    }

    pub(super) fn bind(&self, bounds: Bounds) {
        self.plan.lock().bounds = bounds;
        self.gauges
            .bound(bounds.nominal, bounds.lower, bounds.upper);
        let seats = match self.set.lock().response() {
            Response::Queue(queuing) => seats_of_request_max(bounds.nominal, queuing),
            Response::Exempt | Response::Reject => 0,
        };
        self.seats_of_request_max.store(seats, Ordering::Relaxed);
    }

    pub(super) fn allot(self: &Arc<Self>, now: Monotonic, allotted: Allotted, stats: DemandStats) {
        self.gauges.adjusted(allotted.seats, allotted.target, stats);
        let mut set = self.set.lock();
        set.set_seats(allotted.seats);
        let begun = set.dispatch(now);
        drop(set);
        self.tell(now, begun);
    }

    pub(super) fn seats_of_request_max(&self) -> Option<u32> {
        let seats = self.seats_of_request_max.load(Ordering::Relaxed);
        (seats > 0).then_some(seats)
    }

    /// Lets a request begin, queues it or refuses it.
    pub(super) fn admit(
        self: &Arc<Self>,
        flow: &Arc<Flow>,
        call: &Call,
        work: Work,
        now: Monotonic,
    ) -> Admission {
        let watches = call.info.verb == "watch";
        flow.counts.estimated_seats.observe(work.seats().into());
        let mut set = self.set.lock();
        if let Some(slot) = set.begin(now, &flow.origin, work) {
            let is_exempt = set.response() == Response::Exempt;
            drop(set);
            if !is_exempt {
                flow.counts.waited.observe(0.0);
            }
            return Admission::Go(Ticket::new(flow, slot, work, now, watches));
        }
        let Response::Queue(_) = set.response() else {
            set.totals.rejected += 1;
            drop(set);
            return self.refuse(flow, "concurrency-limit");
        };
        let (ticket, told) = oneshot::channel();
        let teller = Teller {
            ticket,
            flow: Arc::clone(flow),
            watches,
        };
        let distinguisher = flow.distinguisher(call);
        let hash = flow.hash(&distinguisher);
        let origin = Origin {
            distinguisher,
            details: Some(Box::new(details(call))),
            ..flow.origin.clone()
        };
        let Ok(place) = set.enqueue(now, hash, (origin, work, teller)) else {
            set.totals.rejected += 1;
            drop(set);
            return self.refuse(flow, "queue-full");
        };
        let begun = set.dispatch(now);
        drop(set);
        flow.counts.queued(place.length, work.seats());
        self.tell(now, begun);
        Admission::Wait(Queued {
            flow: Arc::clone(flow),
            place,
            work,
            arrived: now,
            told,
        })
    }

    fn refuse(&self, flow: &Flow, reason: &'static str) -> Admission {
        flow.counts.refused.observe(0.0);
        flow.counts.rejected(&self.name, reason);
        Admission::Refused(self.retry_after())
    }

    /// Counts one more that is refused.
    fn retry_after(&self) -> u64 {
        let second = self.platform.clock.now().as_second();
        let second = u64::try_from(second).unwrap_or(0);
        self.retry_after.lock().refused(second)
    }

    fn finish(self: &Arc<Self>, now: Monotonic, slot: usize) {
        let mut set = self.set.lock();
        set.finish(now, slot);
        let begun = if set.waiting > 0 {
            set.dispatch(now)
        } else {
            Vec::new()
        };
        drop(set);
        self.tell(now, begun);
    }

    /// Tells those who may begin. Called without the lock: a ticket whose request is gone comes back and ends.
    fn tell(self: &Arc<Self>, now: Monotonic, begun: Vec<(Teller, usize)>) {
        for (teller, slot) in begun {
            let (work, arrived) = {
                let set = self.set.lock();
                let running = set.running.get(slot);
                (running.work, running.arrived)
            };
            let Teller {
                ticket,
                flow,
                watches,
            } = teller;
            flow.counts.left_queue(work.seats());
            flow.counts.waited.observe_duration(now.since(arrived));
            drop(ticket.send(Ticket::new(&flow, slot, work, now, watches)));
        }
        self.wait_for_seats();
    }

    /// Where requests wait and seats come free by time alone, a task begins the next when they do.
    fn wait_for_seats(self: &Arc<Self>) {
        if self.set.lock().next_release().is_none()
            || self.waits_for_seats.swap(true, Ordering::AcqRel)
        {
            return;
        }
        let (level, clock) = (Arc::clone(self), self.platform.clock.clone());
        let draining = self.platform.tasks.draining();
        let work = async move {
            loop {
                let Some(at) = level.set.lock().next_release() else {
                    break;
                };
                clock.sleep_until(at).await;
                let now = clock.monotonic();
                let begun = level.set.lock().dispatch(now);
                level.tell(now, begun);
            }
            level.waits_for_seats.store(false, Ordering::Release);
            // One may have come to wait since it was looked.
            level.wait_for_seats();
        };
        let task = async move {
            tokio::select! {
                () = draining => {}
                () = work => {}
            }
        };
        drop(self.platform.tasks.spawn("seats", task));
    }
}

impl std::fmt::Debug for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Level")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Upstream's: 15 % of the level, and so few that the queues of a flow together do not take up all of it.
fn seats_of_request_max(nominal: u32, queuing: Queuing) -> u32 {
    let part = (u64::from(nominal) * 15).div_ceil(100);
    let hand = u32::try_from(queuing.hand_size).unwrap_or(u32::MAX).max(1);
    u32::try_from(part)
        .unwrap_or(u32::MAX)
        .min(nominal / hand)
        .max(1)
}

fn details(call: &Call) -> Details {
    let info = &call.info;
    let api_version = if info.group.is_empty() {
        info.version.to_string()
    } else {
        format!("{}/{}", info.group, info.version)
    };
    Details([
        call.user.name.to_string(),
        info.verb.to_string(),
        info.path.clone(),
        info.namespace.to_string(),
        info.name.to_string(),
        api_version,
        info.resource.to_string(),
        info.subresource.to_string(),
    ])
}

/// The seats of a request. They are free again when it is dropped, or some time after.
#[derive(Debug)]
pub(crate) struct Ticket {
    flow: Arc<Flow>,
    slot: usize,
    seats: u32,
    began: Monotonic,
    watches: bool,
}

impl Ticket {
    fn new(flow: &Arc<Flow>, slot: usize, work: Work, began: Monotonic, watches: bool) -> Self {
        flow.counts.begun(work.seats());
        Self {
            flow: Arc::clone(flow),
            slot,
            seats: work.seats(),
            began,
            watches,
        }
    }

    pub(crate) fn flow(&self) -> &Arc<Flow> {
        &self.flow
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let level = &self.flow.level;
        let now = level.platform.clock.monotonic();
        let took = now.since(self.began);
        self.flow.counts.ended(self.seats, took, self.watches);
        level.finish(now, self.slot);
    }
}

/// A request that waits. It leaves its queue when this is dropped.
pub(crate) struct Queued {
    flow: Arc<Flow>,
    place: Place,
    work: Work,
    arrived: Monotonic,
    told: oneshot::Receiver<Ticket>,
}

impl Queued {
    /// Waits for seats.
    ///
    /// # Errors
    /// Seconds after which it may be tried again, when there were none for so long.
    pub(crate) async fn wait(
        mut self,
        flows: &super::Flows,
        longest: Duration,
    ) -> Result<Ticket, u64> {
        let flow = Arc::clone(&self.flow);
        let clock = flow.level.platform.clock.clone();
        let deadline = self.arrived + longest;
        loop {
            let until = deadline.min(flows.next_adjustment());
            let told = tokio::select! {
                biased;
                told = &mut self.told => Some(told),
                () = clock.sleep_until(until) => None,
            };
            match told {
                Some(Ok(ticket)) => return Ok(ticket),
                Some(Err(_)) => break,
                None if until == deadline => break,
                None => flows.adjust_when_due(clock.monotonic()),
            }
        }
        drop(self);
        Err(flow.level.retry_after())
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        let level = &self.flow.level;
        let now = level.platform.clock.monotonic();
        let mut set = level.set.lock();
        if !set.cancel(now, self.place) {
            return;
        }
        // What was behind it may fit.
        let begun = set.dispatch(now);
        drop(set);
        let counts = &self.flow.counts;
        counts.left_queue(self.work.seats());
        counts.refused.observe_duration(now.since(self.arrived));
        counts.rejected(&level.name, "time-out");
        level.tell(now, begun);
    }
}
