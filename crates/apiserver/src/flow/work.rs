//! How many seats a request takes up, and for how long after its answer: as upstream's `flowcontrol/request`.
use crate::{query, request_info::RequestInfo, shared::Api, stack::Call};
use std::time::Duration;

const LIST_SEATS_MAX: u32 = 100;
const WRITE_SEATS_MAX: u32 = 10;
const BYTES_PER_SEAT: u64 = 100_000;
/// Lists are written as they are read, so that more than this of one is never in memory.
const LIST_BYTES_MAX: u64 = 1_000_000;
/// Of an object whose size is not known.
const OBJECT_BYTES_MAX: u64 = 1_500_000;
const WATCHES_PER_SEAT: usize = 10;
/// How long such a seat is busy with the event of a write.
const EVENT_TAKES: Duration = Duration::from_millis(5);
/// How long a request is thought to take before that is known.
const SERVICE_TAKES: Duration = Duration::from_millis(3);

/// What a request takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    /// While it is served.
    pub(crate) initial_seats: u32,
    /// After its answer.
    pub(crate) final_seats: u32,
    pub(crate) lingering: Duration,
}

impl Work {
    pub(super) const ONE_SEAT: Self = Self::seats_of(1);

    const fn seats_of(seats: u32) -> Self {
        Self {
            initial_seats: seats,
            final_seats: 0,
            lingering: Duration::ZERO,
        }
    }

    /// Held from its beginning to the end of its lingering.
    pub(crate) fn seats(&self) -> u32 {
        self.initial_seats.max(self.final_seats)
    }

    /// As far as it can be told before it is served.
    pub(super) fn seat_seconds(&self) -> f64 {
        f64::from(self.initial_seats) * SERVICE_TAKES.as_secs_f64() + self.final_seat_seconds()
    }

    /// By how much the guess of [`Work::seat_seconds`] was too low.
    pub(super) fn underestimated(&self, took: Duration) -> f64 {
        f64::from(self.initial_seats) * (took.as_secs_f64() - SERVICE_TAKES.as_secs_f64())
    }

    fn final_seat_seconds(&self) -> f64 {
        f64::from(self.final_seats) * self.lingering.as_secs_f64()
    }

    /// The same work on at most so many seats after the answer, which takes longer then.
    pub(super) fn narrowed(self, seats_max: u32) -> Self {
        if self.final_seats <= seats_max || seats_max == 0 {
            return self;
        }
        Self {
            final_seats: seats_max,
            lingering: Duration::from_secs_f64(self.final_seat_seconds() / f64::from(seats_max)),
            ..self
        }
    }
}

/// `seats_max` is the level's; without, those of the server hold alone.
pub(super) fn estimate(api: &Api, call: &Call, seats_max: Option<u32>, watches: usize) -> Work {
    let at_most = |limit: u32| seats_max.map_or(limit, |seats| seats.min(limit));
    match &*call.info.verb {
        "list" | "watch" => list(api, call, at_most(LIST_SEATS_MAX)),
        "create" | "update" | "patch" | "delete" => write(watches, at_most(WRITE_SEATS_MAX)),
        _ => Work::ONE_SEAT,
    }
}

/// Whether events follow from it.
pub(super) fn is_write(info: &RequestInfo) -> bool {
    // A token is made for a service account, which does not change by that.
    let is_token = info.resource == "serviceaccounts" && info.subresource == "token";
    matches!(&*info.verb, "create" | "update" | "patch" | "delete") && !is_token
}

fn list(api: &Api, call: &Call, seats_max: u32) -> Work {
    let info = &call.info;
    let query = call.request.uri().query().unwrap_or("");
    let given = |name: &str| query::first(query, name).unwrap_or_default();
    if info.verb == "watch" {
        let sends = matches!(&*given("sendInitialEvents"), "true" | "1");
        let from_now = !matches!(&*given("resourceVersion"), "" | "0");
        if !sends && from_now {
            return Work::ONE_SEAT;
        }
    }
    let Some(endpoint) = api.served(&info.group, &info.version, &info.resource) else {
        return Work::ONE_SEAT;
    };
    let limit = given("limit");
    let limit = if limit.is_empty() {
        Ok(0)
    } else {
        limit.parse()
    };
    // It will be refused; until then it counts as the most.
    let Ok(limit) = limit else {
        return Work::seats_of(seats_max);
    };
    let (count, bytes) = endpoint.cache.size();
    let each = bytes.checked_div(count).unwrap_or(0);
    let each = if each == 0 && count > 0 {
        OBJECT_BYTES_MAX
    } else {
        each
    };
    let shown = match limit {
        _ if !info.name.is_empty() => 1,
        0 => count,
        limit => count.min(limit),
    };
    let at_once = (shown * each).min(LIST_BYTES_MAX);
    let seats = u32::try_from(at_once.div_ceil(BYTES_PER_SEAT)).unwrap_or(u32::MAX);
    Work::seats_of(seats.max(1).min(seats_max))
}

/// Each seat wakes ten watches.
fn write(watches: usize, seats_max: u32) -> Work {
    if watches < WATCHES_PER_SEAT {
        return Work::ONE_SEAT;
    }
    let seats = u32::try_from(watches.div_ceil(WATCHES_PER_SEAT)).unwrap_or(u32::MAX);
    let wide = Work {
        initial_seats: 1,
        final_seats: seats,
        lingering: EVENT_TAKES,
    };
    wide.narrowed(seats_max)
}
