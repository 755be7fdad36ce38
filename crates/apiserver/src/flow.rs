//! Priority and fairness: which flow schema a request is of by the stored objects of `flowcontrol.apiserver.k8s.io`, and whether its
//! priority level has seats for it. How many seats there are altogether is the server's limit of requests in flight.
//!
//! Nothing runs while nothing is asked: configuration is read when a request finds it changed, seats are divided anew when a request
//! finds that ten seconds have passed.
mod dangling;
mod dealer;
mod demand;
mod digest;
mod dump;
mod level;
mod queue_set;
mod retry_after;
mod rules;
mod shares;
mod watch_counts;
mod work;

pub(crate) use self::{
    dangling::{follow as follow_schemas, settle as settle_schemas},
    demand::DemandStats,
    dump::serve as dump,
    level::{Admission, Ticket},
};

use self::{
    digest::Sequence,
    level::Level,
    queue_set::Origin,
    shares::Claim,
    watch_counts::{Registered, WatchCounts},
};
use crate::{
    cache::{Caches, ResourceCache},
    metrics::{FlowCounts, Metrics},
    request_info::RequestInfo,
    server::Limits,
    shared::Api,
    stack::Call,
};
use api::flowcontrol::v1::{FlowDistinguisherMethodType, FlowSchemaSpec};
use http::{HeaderMap, HeaderName, HeaderValue};
use meta::Str;
use parking_lot::{Mutex, RwLock};
use platform::{Monotonic, Platform};
use resource::User;
use ring::digest as sha;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

const GROUP: &str = "flowcontrol.apiserver.k8s.io";
const CATCH_ALL: &str = "catch-all";
const EXEMPT: &str = "exempt";
const SCHEMA_HEADER: HeaderName = HeaderName::from_static("x-kubernetes-pf-flowschema-uid");
const LEVEL_HEADER: HeaderName = HeaderName::from_static("x-kubernetes-pf-prioritylevel-uid");

/// The schemas in the order in which they are asked, and the levels.
pub(crate) struct Flows {
    /// Of schemas and of levels; `None` in a server without these kinds.
    caches: Option<(Arc<ResourceCache>, Arc<ResourceCache>)>,
    platform: Platform,
    /// What all levels have together.
    seats: u32,
    sequence: RwLock<Sequence>,
    /// In milliseconds since the clock began.
    adjusts_at: AtomicU64,
    watches: WatchCounts,
}

/// What a request belongs to. Answers name both by their uids, so that nobody learns how the cluster sorts its requests.
#[derive(Debug)]
pub(crate) struct Flow {
    name: Str,
    precedence: i32,
    spec: FlowSchemaSpec,
    schema_uid: HeaderValue,
    level_uid: HeaderValue,
    level: Arc<Level>,
    origin: Origin,
    counts: FlowCounts,
}

/// A watch, for as long as it lasts.
#[derive(Debug)]
pub(crate) struct Watching {
    /// Until what it begins with is sent.
    ticket: Mutex<Option<Ticket>>,
    _registered: Registered,
}

impl Watching {
    /// What it begins with is sent: from now on it takes up no seats.
    pub(crate) fn begun(&self) {
        drop(self.ticket.lock().take());
    }
}

impl Flows {
    pub(crate) fn new(caches: &Caches, limits: Limits, platform: Platform) -> Self {
        let of = |plural| caches.of(GROUP, plural);
        let seats = limits.reads_in_flight_max + limits.writes_in_flight_max;
        let label_of = |cache: Arc<ResourceCache>| {
            let info = cache.resource.info();
            let label = Some(info.upstream.watched_by).filter(|label| !label.is_empty())?;
            Some((info.group.clone(), info.plural.clone(), label))
        };
        let labels = caches.all().into_iter().filter_map(label_of).collect();
        Self {
            seats: u32::try_from(seats).unwrap_or(u32::MAX),
            caches: of("flowschemas").zip(of("prioritylevelconfigurations")),
            platform,
            sequence: RwLock::default(),
            adjusts_at: AtomicU64::new(0),
            watches: WatchCounts::new(labels),
        }
    }

    /// Finds a request's flow and asks its level for seats.
    pub(crate) fn admit(&self, api: &Api, call: &Call) -> (Arc<Flow>, Admission) {
        let now = self.platform.clock.monotonic();
        let flow = self.of(&api.metrics, &call.user, &call.info);
        self.adjust_when_due(now);
        let mut watches = 0;
        if work::is_write(&call.info) {
            watches = self.watches.interested(&call.info);
            let count = u32::try_from(watches).unwrap_or(u32::MAX);
            flow.counts.watches.observe(count.into());
        }
        let level = &flow.level;
        let work = work::estimate(api, call, level.seats_of_request_max(), watches);
        let admission = level.admit(&flow, call, work, now);
        (flow, admission)
    }

    /// A watch that may begin.
    pub(crate) fn watching(&self, info: &RequestInfo, ticket: Ticket) -> Arc<Watching> {
        Arc::new(Watching {
            ticket: Mutex::new(Some(ticket)),
            _registered: self.watches.register(info),
        })
    }

    fn of(&self, metrics: &Metrics, user: &User, info: &RequestInfo) -> Arc<Flow> {
        let changes = self.changes();
        let known = self.sequence.read();
        if known.is_of(changes) {
            return known.find(user, info);
        }
        drop(known);
        let mut known = self.sequence.write();
        // Another request may have read them in between.
        if !known.is_of(changes) {
            *known = digest::read(self, metrics, changes, &known);
            self.adjust(&known, self.platform.clock.monotonic());
        }
        known.find(user, info)
    }

    /// How often the schemas and the levels have changed.
    fn changes(&self) -> (u64, u64) {
        let caches = self.caches.as_ref();
        caches.map_or((0, 0), |(schemas, levels)| {
            (schemas.changes(), levels.changes())
        })
    }

    /// When seats are next to be divided anew.
    fn next_adjustment(&self) -> Monotonic {
        Monotonic::START + Duration::from_millis(self.adjusts_at.load(Ordering::Relaxed))
    }

    fn adjust_when_due(&self, now: Monotonic) {
        if now < self.next_adjustment() {
            return;
        }
        let known = self.sequence.read();
        // One of those who come at the same time does it.
        let next = millis(now + demand::PERIOD);
        let before = self.adjusts_at.swap(next, Ordering::Relaxed);
        if before <= millis(now) {
            self.adjust(&known, now);
        }
    }

    fn adjust(&self, known: &Sequence, now: Monotonic) {
        let next = millis(now + demand::PERIOD);
        self.adjusts_at.store(next, Ordering::Relaxed);
        let claims: Vec<Claim> = known.levels.iter().map(|level| level.claim(now)).collect();
        let (allotted, fair) = shares::allot(&claims);
        if let Some(metrics) = &known.metrics {
            metrics.set_fair_part(fair);
        }
        for ((level, claim), allotted) in known.levels.iter().zip(claims).zip(allotted) {
            level.allot(now, allotted, claim.demand);
        }
    }
}

fn millis(moment: Monotonic) -> u64 {
    let since = moment.since(Monotonic::START).as_millis();
    u64::try_from(since).unwrap_or(u64::MAX)
}

impl Flow {
    /// Says in an answer what its request was taken for.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        headers.insert(SCHEMA_HEADER, self.schema_uid.clone());
        headers.insert(LEVEL_HEADER, self.level_uid.clone());
    }

    /// Which of the schema's flows a request is of.
    fn distinguisher(&self, call: &Call) -> Str {
        let method = self.spec.distinguisher_method.as_ref();
        match method.map_or("", |method| method.type_.as_str()) {
            FlowDistinguisherMethodType::BY_USER => call.user.name.clone(),
            FlowDistinguisherMethodType::BY_NAMESPACE => call.info.namespace.clone(),
            _ => Str::default(),
        }
    }

    fn hash(&self, distinguisher: &str) -> u64 {
        let mut context = sha::Context::new(&sha::SHA256);
        context.update(self.name.as_bytes());
        context.update(&[0]);
        context.update(distinguisher.as_bytes());
        let hash = context.finish();
        let first = hash.as_ref().first_chunk();
        u64::from_le_bytes(*first.expect("the hash is longer than eight bytes"))
    }
}

#[cfg(test)]
mod tests;
