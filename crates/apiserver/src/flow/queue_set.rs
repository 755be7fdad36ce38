//! The seats and queues of one priority level, without a clock and without tasks: what arrives, what may begin, what has ended.
//!
//! Fair queuing by start times: each queue has a meter of the seat-seconds that its requests took, and the next request comes from the
//! queue whose meter will be lowest behind it. A queue that was empty begins where the level is (`virtual_time`), so that nobody saves
//! up. A request is charged three milliseconds when it begins and what it really took when it ends. Upstream's `queueset.go` reads
//! virtual time off the wall clock; here it is that of the last request that began, which needs no account of what nobody waits for.
//!
//! Nothing is put in a queue while there are seats and nobody waits: such a request is of no queue.
mod running;
#[cfg(test)]
mod tests;

pub(super) use self::running::Running;

use self::running::Slots;
use super::{
    dealer,
    demand::{Demand, DemandStats},
    work::Work,
};
use meta::Str;
use platform::Monotonic;
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

/// What becomes of requests for which there are no seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Response {
    /// There are always seats.
    Exempt,
    Reject,
    Queue(Queuing),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Queuing {
    pub(super) queues: usize,
    /// Of the queues, as many as one flow may use.
    pub(super) hand_size: usize,
    pub(super) queue_length_max: usize,
}

/// Who a request is of, for those who look.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    pub(super) schema: Str,
    pub(super) distinguisher: Str,
    /// Only of requests that waited.
    pub(super) details: Option<Box<Details>>,
}

/// The eight columns that tell of a request itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Details(pub(super) [String; 8]);

/// A request that waits. `T` is how to tell it that it may begin.
#[derive(Debug)]
pub(super) struct Waiting<T> {
    id: u64,
    teller: T,
    pub(super) origin: Origin,
    pub(super) work: Work,
    pub(super) arrived: Monotonic,
    /// The level's virtual time then.
    arrived_virtually: f64,
}

#[derive(Debug)]
pub(super) struct Queue<T> {
    pub(super) waiting: VecDeque<Waiting<T>>,
    /// Seat-seconds: at which the next of its requests begins.
    pub(super) meter: f64,
    pub(super) executing: usize,
    pub(super) seats_in_use: u32,
}

/// Where a request waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    queue: usize,
    id: u64,
    /// How many wait there, this one too.
    pub(super) length: usize,
}

/// Since the level is there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    pub(super) dispatched: u64,
    pub(super) rejected: u64,
    pub(super) cancelled: u64,
}

#[derive(Debug)]
pub(super) struct QueueSet<T> {
    response: Response,
    seats_max: u32,
    pub(super) queues: Vec<Queue<T>>,
    pub(super) running: Slots,
    /// Seats of requests that have been answered, by when they are free, and their queue.
    lingering: BinaryHeap<Reverse<(Monotonic, u32, Option<usize>)>>,
    pub(super) seats_in_use: u32,
    pub(super) waiting: usize,
    seats_waiting: u32,
    virtual_time: f64,
    /// The queue from which a request came last.
    robin: usize,
    next_id: u64,
    demand: Demand,
    pub(super) totals: Totals,
}

impl<T> QueueSet<T> {
    pub(super) fn new(now: Monotonic, response: Response) -> Self {
        let mut set = Self {
            response,
            seats_max: 0,
            queues: Vec::new(),
            running: Slots::default(),
            lingering: BinaryHeap::new(),
            seats_in_use: 0,
            waiting: 0,
            seats_waiting: 0,
            virtual_time: 0.0,
            robin: 0,
            next_id: 0,
            demand: Demand::new(now),
            totals: Totals::default(),
        };
        set.configure(response);
        set
    }

    /// Queues that are too many stay until they are empty; nothing new comes into them.
    pub(super) fn configure(&mut self, response: Response) {
        self.response = response;
        if let Response::Queue(queuing) = response {
            let wanted = queuing.queues.max(self.queues.len());
            self.queues.resize_with(wanted, Queue::default);
        }
        self.drop_empty_queues();
    }

    pub(super) fn set_seats(&mut self, seats: u32) {
        self.seats_max = seats;
    }

    pub(super) fn response(&self) -> Response {
        self.response
    }

    pub(super) fn is_idle(&self) -> bool {
        self.waiting == 0 && self.running.count() == 0
    }

    pub(super) fn look(&mut self, now: Monotonic, stats: &mut DemandStats) {
        self.release(now);
        self.demand.look(now, stats);
    }

    /// Begins a request if there are seats and nobody waits for them.
    pub(super) fn begin(&mut self, now: Monotonic, origin: &Origin, work: Work) -> Option<usize> {
        self.release(now);
        let begins = match self.response {
            Response::Exempt => true,
            Response::Reject => self.fits(work.seats()),
            // Without any seats a queue is a jail.
            Response::Queue(_) => self.has_seats() && self.waiting == 0 && self.fits(work.seats()),
        };
        begins.then(|| {
            self.start(Running {
                origin: origin.clone(),
                work,
                arrived: now,
                began: now,
                queue: None,
            })
        })
    }

    /// Puts a request into the least busy of its flow's queues. The teller comes back when that is full.
    pub(super) fn enqueue(
        &mut self,
        now: Monotonic,
        hash: u64,
        (origin, work, teller): (Origin, Work, T),
    ) -> Result<Place, T> {
        let Response::Queue(queuing) = self.response else {
            return Err(teller);
        };
        let queue = self.choose(queuing, hash);
        let chosen = &mut self.queues[queue];
        if self.seats_in_use >= self.seats_max && chosen.waiting.len() >= queuing.queue_length_max {
            return Err(teller);
        }
        if chosen.waiting.is_empty() && chosen.executing == 0 {
            chosen.meter = self.virtual_time;
        }
        let id = self.next_id;
        self.next_id += 1;
        chosen.waiting.push_back(Waiting {
            id,
            teller,
            origin,
            work,
            arrived: now,
            arrived_virtually: self.virtual_time,
        });
        chosen.bound();
        let length = chosen.waiting.len();
        self.waiting += 1;
        self.seats_waiting += work.seats();
        self.count_demand(now);
        Ok(Place { queue, id, length })
    }

    /// Takes a request out of its queue. False when it has begun.
    pub(super) fn cancel(&mut self, now: Monotonic, place: Place) -> bool {
        let Some(queue) = self.queues.get_mut(place.queue) else {
            return false;
        };
        let mut waiting = queue.waiting.iter();
        let Some(index) = waiting.position(|waiting| waiting.id == place.id) else {
            return false;
        };
        let taken = queue.waiting.remove(index).expect("it was found there");
        queue.bound();
        self.waiting -= 1;
        self.seats_waiting -= taken.work.seats();
        self.totals.rejected += 1;
        self.totals.cancelled += 1;
        self.count_demand(now);
        self.drop_empty_queues();
        true
    }

    /// Begins what may begin now.
    pub(super) fn dispatch(&mut self, now: Monotonic) -> Vec<(T, usize)> {
        self.release(now);
        let mut begun = Vec::new();
        while self.waiting > 0
            && self.has_seats()
            && let Some(queue) = self.next_queue()
        {
            let taken = self.queues[queue].waiting.pop_front();
            let taken = taken.expect("a queue is chosen for its first request");
            let work = taken.work.narrowed(self.seats_max);
            self.robin = queue;
            self.waiting -= 1;
            self.seats_waiting -= taken.work.seats();
            let chosen = &mut self.queues[queue];
            self.virtual_time = self.virtual_time.max(chosen.meter);
            chosen.meter += work.seat_seconds();
            chosen.executing += 1;
            chosen.seats_in_use += work.seats();
            chosen.bound();
            let slot = self.start(Running {
                origin: taken.origin,
                work,
                arrived: taken.arrived,
                began: now,
                queue: Some(queue),
            });
            begun.push((taken.teller, slot));
        }
        begun
    }

    /// A request is answered.
    pub(super) fn finish(&mut self, now: Monotonic, slot: usize) {
        let ended = self.running.remove(slot);
        if let Some(index) = ended.queue
            && let Some(queue) = self.queues.get_mut(index)
        {
            queue.executing -= 1;
            queue.meter += ended.work.underestimated(now.since(ended.began));
            queue.bound();
        }
        let free_at = now + ended.work.lingering;
        let seats = ended.work.seats();
        self.lingering.push(Reverse((free_at, seats, ended.queue)));
        self.release(now);
    }

    /// When seats come free of which nobody else tells, for those who wait.
    pub(super) fn next_release(&self) -> Option<Monotonic> {
        let first = self.lingering.peek().filter(|_| self.waiting > 0);
        first.map(|Reverse((at, ..))| *at)
    }

    fn release(&mut self, now: Monotonic) {
        let mut released = false;
        while let Some(Reverse((at, seats, queue))) = self.lingering.peek().copied()
            && at <= now
        {
            self.lingering.pop();
            released = true;
            self.seats_in_use -= seats;
            if let Some(queue) = queue.and_then(|queue| self.queues.get_mut(queue)) {
                queue.seats_in_use -= seats;
            }
        }
        if released {
            self.count_demand(now);
            self.drop_empty_queues();
        }
    }

    fn start(&mut self, running: Running) -> usize {
        self.seats_in_use += running.work.seats();
        self.totals.dispatched += 1;
        let now = running.began;
        let slot = self.running.insert(running);
        self.count_demand(now);
        slot
    }

    fn has_seats(&self) -> bool {
        self.seats_in_use < self.seats_max
    }

    /// A request that is wider than the level goes when it is alone.
    fn fits(&self, seats: u32) -> bool {
        match self.response {
            Response::Exempt => true,
            _ if seats > self.seats_max => self.running.count() == 0,
            _ => self.seats_in_use + seats <= self.seats_max,
        }
    }

    fn count_demand(&mut self, now: Monotonic) {
        self.demand.set(now, self.seats_in_use + self.seats_waiting);
    }

    /// Of the hand that the hash deals, the queue with the least work waiting.
    fn choose(&self, queuing: Queuing, hash: u64) -> usize {
        let mut hand = dealer::deal(queuing.queues, queuing.hand_size, hash);
        // So that flows whose hands are alike do not all take the same queue first.
        let offset = usize::try_from(self.next_id).unwrap_or(0) % hand.len();
        hand.rotate_left(offset);
        let work = |queue: &usize| -> f64 {
            let waiting = self.queues[*queue].waiting.iter();
            waiting.map(|waiting| waiting.work.seat_seconds()).sum()
        };
        let least = hand
            .into_iter()
            .map(|queue| (work(&queue), queue))
            .reduce(|best, other| if other.0 < best.0 { other } else { best });
        least.expect("a hand has a card").1
    }

    /// The queue whose first request would be through first, if there are seats for it. Of equals the next in turn.
    fn next_queue(&self) -> Option<usize> {
        let count = self.queues.len();
        let in_turn = (1..=count).map(|step| (self.robin + step) % count);
        let finishes = in_turn.filter_map(|index| {
            let queue = &self.queues[index];
            let first = queue.waiting.front()?;
            Some((queue.meter + first.work.seat_seconds(), index))
        });
        let (_, index) =
            finishes.reduce(|best, other| if other.0 < best.0 { other } else { best })?;
        let first = self.queues[index].waiting.front()?;
        self.fits(first.work.seats()).then_some(index)
    }

    fn drop_empty_queues(&mut self) {
        let wanted = match self.response {
            Response::Queue(queuing) => queuing.queues,
            Response::Exempt | Response::Reject => 0,
        };
        while self.queues.len() > wanted
            && let Some(last) = self.queues.last()
            && last.waiting.is_empty()
            && last.executing == 0
            && last.seats_in_use == 0
        {
            self.queues.pop();
        }
        if self.robin >= self.queues.len() {
            self.robin = 0;
        }
    }
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            meter: 0.0,
            executing: 0,
            seats_in_use: 0,
        }
    }
}

impl<T> Queue<T> {
    /// No request begins before it came: a queue that does not use its part saves nothing up.
    fn bound(&mut self) {
        if let Some(first) = self.waiting.front() {
            self.meter = self.meter.max(first.arrived_virtually);
        }
    }
}
