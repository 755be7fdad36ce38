//! Priority and fairness, as far as requests are sorted: the flow schema and with it the priority level of each request, by the stored
//! objects of `flowcontrol.apiserver.k8s.io`. How many run at once is `stack::in_flight`'s.
mod rules;

use crate::{
    cache::{Caches, ResourceCache},
    metrics::{FlowCounts, Metrics},
    request_info::RequestInfo,
    server::Limits,
};
use api::flowcontrol::v1::{
    FlowSchema, FlowSchemaSpec, PriorityLevelConfiguration, PriorityLevelConfigurationSpec,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use meta::Str;
use parking_lot::RwLock;
use resource::{Object, User};
use std::{collections::HashMap, sync::Arc};

const GROUP: &str = "flowcontrol.apiserver.k8s.io";
const CATCH_ALL: &str = "catch-all";
const SCHEMA_HEADER: HeaderName = HeaderName::from_static("x-kubernetes-pf-flowschema-uid");
const LEVEL_HEADER: HeaderName = HeaderName::from_static("x-kubernetes-pf-prioritylevel-uid");

/// The schemas in the order in which they are asked.
pub(crate) struct Flows {
    /// Of schemas and of levels; `None` in a server without these kinds.
    caches: Option<(Arc<ResourceCache>, Arc<ResourceCache>)>,
    /// What all levels have together.
    seats: i64,
    sequence: RwLock<Sequence>,
}

/// What was read when so many changes had been made to the schemas and to the levels.
#[derive(Default)]
struct Sequence {
    changes: (u64, u64),
    schemas: Vec<Arc<Flow>>,
}

/// What a request belongs to. Answers name both by their uids, so that nobody learns how the cluster sorts its requests.
pub(crate) struct Flow {
    name: Str,
    precedence: i32,
    spec: FlowSchemaSpec,
    schema: HeaderValue,
    level: HeaderValue,
    pub(crate) counts: FlowCounts,
}

impl Flows {
    pub(crate) fn new(caches: &Caches, limits: Limits) -> Self {
        let of = |plural| caches.of(GROUP, plural);
        let seats = limits.reads_in_flight_max + limits.writes_in_flight_max;
        Self {
            seats: i64::try_from(seats).unwrap_or(i64::MAX),
            caches: of("flowschemas").zip(of("prioritylevelconfigurations")),
            sequence: RwLock::default(),
        }
    }

    /// The first schema that matches. One of the mandatory two does: `None` only before they are written.
    pub(crate) fn of(
        &self,
        metrics: &Metrics,
        user: &User,
        info: &RequestInfo,
    ) -> Option<Arc<Flow>> {
        let (schemas, levels) = self.caches.as_ref()?;
        let changes = (schemas.changes(), levels.changes());
        let known = self.sequence.read();
        if known.changes == changes {
            return known.of(user, info);
        }
        drop(known);
        let levels = levels.all();
        self.count_seats(metrics, &levels);
        let read = Sequence {
            changes,
            schemas: sorted(metrics, schemas.all(), levels),
        };
        let found = read.of(user, info);
        *self.sequence.write() = read;
        found
    }

    /// Of all seats each level has as many as it has shares of all shares, rounded up.
    fn count_seats(&self, metrics: &Metrics, levels: &[Object]) {
        let shares = levels.iter().filter_map(|object| {
            let level: &PriorityLevelConfiguration = object.as_any().downcast_ref()?;
            Some((&level.metadata.name, shares_of(&level.spec)))
        });
        let shares: Vec<(&Str, i64)> = shares.collect();
        let all: i64 = shares.iter().map(|(_, shares)| shares).sum();
        for (name, shares) in shares {
            let seats = (self.seats * shares + all - 1) / all.max(1);
            metrics.flows.set_nominal_seats(name, seats);
        }
    }
}

impl Sequence {
    fn of(&self, user: &User, info: &RequestInfo) -> Option<Arc<Flow>> {
        let mut schemas = self.schemas.iter();
        let found = schemas.find(|flow| rules::matches(&flow.spec, user, info));
        let catch_all = || self.schemas.iter().find(|flow| flow.name == CATCH_ALL);
        found.or_else(catch_all).cloned()
    }
}

fn shares_of(spec: &PriorityLevelConfigurationSpec) -> i64 {
    const LIMITED_SHARES: i32 = 30;
    let limited = spec.limited.as_ref();
    let shares = match limited {
        Some(limited) => limited.nominal_concurrency_shares.unwrap_or(LIMITED_SHARES),
        None => {
            let exempt = spec.exempt.as_ref();
            exempt
                .and_then(|exempt| exempt.nominal_concurrency_shares)
                .unwrap_or(0)
        }
    };
    shares.max(0).into()
}

/// Those whose level exists, by precedence and name.
fn sorted(metrics: &Metrics, schemas: Vec<Object>, levels: Vec<Object>) -> Vec<Arc<Flow>> {
    let of_level = |object: Object| {
        let level: &PriorityLevelConfiguration = object.as_any().downcast_ref()?;
        Some((level.metadata.name.clone(), header(&level.metadata.uid)?))
    };
    let levels: HashMap<Str, HeaderValue> = levels.into_iter().filter_map(of_level).collect();
    let of_schema = |object: Object| {
        let schema: &FlowSchema = object.as_any().downcast_ref()?;
        let level = &schema.spec.priority_level_configuration.name;
        Some(Arc::new(Flow {
            name: schema.metadata.name.clone(),
            precedence: schema.spec.matching_precedence,
            schema: header(&schema.metadata.uid)?,
            level: levels.get(level)?.clone(),
            counts: metrics.flows.of(&schema.metadata.name, level),
            spec: schema.spec.clone(),
        }))
    };
    let mut flows: Vec<_> = schemas.into_iter().filter_map(of_schema).collect();
    flows.sort_by(|a, b| (a.precedence, &a.name).cmp(&(b.precedence, &b.name)));
    flows
}

fn header(uid: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(uid).ok()
}

impl Flow {
    /// Says in an answer what its request was taken for.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        headers.insert(SCHEMA_HEADER, self.schema.clone());
        headers.insert(LEVEL_HEADER, self.level.clone());
    }
}

#[cfg(test)]
mod tests;
