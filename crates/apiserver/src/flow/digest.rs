//! The stored configuration, made into flows and levels. Levels keep what is in them when it changes.
use super::{
    CATCH_ALL, EXEMPT, Flow, Flows, dealer,
    level::Level,
    queue_set::{Origin, Queuing, Response},
    rules,
    shares::{self, Claim, Shares},
};
use crate::{
    bootstrap,
    metrics::{Flows as FlowMetrics, Metrics},
    request_info::RequestInfo,
};
use api::flowcontrol::v1::{
    FlowSchema, LimitResponseType, PriorityLevelConfiguration, PriorityLevelConfigurationSpec,
};
use http::HeaderValue;
use meta::Str;
use platform::Monotonic;
use resource::{Object, User};
use std::{collections::BTreeMap, sync::Arc};

/// What was read when so many changes had been made to the schemas and to the levels.
#[derive(Default)]
pub(super) struct Sequence {
    changes: Option<(u64, u64)>,
    flows: Vec<Arc<Flow>>,
    /// By name, with those whose configuration is gone and that still hold requests.
    pub(super) levels: Vec<Arc<Level>>,
    pub(super) metrics: Option<Arc<FlowMetrics>>,
}

impl Sequence {
    pub(super) fn is_of(&self, changes: (u64, u64)) -> bool {
        self.changes == Some(changes)
    }

    /// The first schema that matches; else the one that is for everything.
    pub(super) fn find(&self, user: &User, info: &RequestInfo) -> Arc<Flow> {
        let mut flows = self.flows.iter();
        let found = flows.find(|flow| rules::matches(&flow.spec, user, info));
        let catch_all = || self.flows.iter().find(|flow| flow.name == CATCH_ALL);
        let found = found.or_else(catch_all);
        Arc::clone(found.expect("the schema catch-all is always there"))
    }
}

pub(super) fn read(
    flows: &Flows,
    metrics: &Metrics,
    changes: (u64, u64),
    before: &Sequence,
) -> Sequence {
    let (schemas, levels) = flows.caches.as_ref().map_or_else(
        || (Vec::new(), Vec::new()),
        |(schemas, levels)| (schemas.all(), levels.all()),
    );
    let schemas = with_mandatory::<FlowSchema>(schemas, "FlowSchema", |it| &it.metadata.name);
    let configurations =
        with_mandatory::<PriorityLevelConfiguration>(levels, "PriorityLevelConfiguration", |it| {
            &it.metadata.name
        });
    let mut uids = BTreeMap::new();
    let mut levels: BTreeMap<Str, Arc<Level>> = BTreeMap::new();
    for level in &before.levels {
        level.plan.lock().quiescing = true;
        if !level.set().is_idle() {
            levels.insert(level.name.clone(), Arc::clone(level));
        }
    }
    for configuration in configurations {
        let name = &configuration.metadata.name;
        // Objects that make no sense are passed over; validation lets none in.
        let Some((response, shares)) = understood(name, &configuration.spec) else {
            tracing::warn!(level = %name, "passed over a priority level that makes no sense");
            continue;
        };
        let known = before.levels.iter().find(|level| level.name == *name);
        let level = known.cloned().unwrap_or_else(|| {
            let gauges = metrics.flows.of_level(name);
            Arc::new(Level::new(name, flows.platform.clone(), gauges))
        });
        level.configure(response, shares);
        uids.insert(name.clone(), header(&configuration.metadata.uid));
        levels.insert(name.clone(), level);
    }
    let levels: Vec<Arc<Level>> = levels.into_values().collect();
    divide(flows.seats, &levels);
    let mut found: Vec<Arc<Flow>> = schemas
        .into_iter()
        .filter_map(|schema| flow(metrics, schema, &levels, &uids))
        .collect();
    found.sort_by(|a, b| (a.precedence, &a.name).cmp(&(b.precedence, &b.name)));
    Sequence {
        changes: Some(changes),
        flows: found,
        levels,
        metrics: Some(Arc::clone(&metrics.flows)),
    }
}

/// The objects, and those without which requests would be of nothing.
fn with_mandatory<T: meta::codec::Message + Default + Clone + 'static>(
    objects: Vec<Object>,
    kind: &str,
    name: fn(&T) -> &Str,
) -> Vec<T> {
    let known = objects.iter();
    let mut known: Vec<T> = known
        .filter_map(|object| object.as_any().downcast_ref().cloned())
        .collect();
    for mandatory in [EXEMPT, CATCH_ALL] {
        if !known.iter().any(|object| name(object) == mandatory) {
            known.push(bootstrap::object(kind, mandatory));
        }
    }
    known
}

fn divide(seats: u32, levels: &[Arc<Level>]) {
    let shares: Vec<Shares> = levels
        .iter()
        .map(|level| level.plan.lock().shares)
        .collect();
    for (level, bounds) in levels.iter().zip(shares::bounds(seats, &shares)) {
        level.bind(bounds);
    }
}

fn flow(
    metrics: &Metrics,
    schema: FlowSchema,
    levels: &[Arc<Level>],
    uids: &BTreeMap<Str, HeaderValue>,
) -> Option<Arc<Flow>> {
    let name = schema.metadata.name;
    let wanted = &schema.spec.priority_level_configuration.name;
    let level_uid = uids.get(wanted)?.clone();
    let level = levels.iter().find(|level| level.name == *wanted)?;
    Some(Arc::new(Flow {
        precedence: schema.spec.matching_precedence,
        schema_uid: header(&schema.metadata.uid),
        level_uid,
        level: Arc::clone(level),
        origin: Origin {
            schema: name.clone(),
            ..Origin::default()
        },
        counts: metrics.flows.of(&name, wanted),
        spec: schema.spec,
        name,
    }))
}

fn header(uid: &str) -> HeaderValue {
    HeaderValue::from_str(uid).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// `None` where the parts contradict each other.
pub(super) fn understood(
    name: &str,
    spec: &PriorityLevelConfigurationSpec,
) -> Option<(Response, Shares)> {
    const LIMITED_SHARES: i32 = 30;
    let positive = |number: i32| u32::try_from(number).unwrap_or(0);
    let percent = |number: Option<i32>| number.map(positive);
    match (&spec.limited, &spec.exempt) {
        (None, Some(exempt)) if name == EXEMPT => {
            let shares = Shares {
                shares: positive(exempt.nominal_concurrency_shares.unwrap_or(0)),
                lendable_percent: percent(exempt.lendable_percent).unwrap_or(0),
                borrowing_percent: None,
                exempt: true,
            };
            Some((Response::Exempt, shares))
        }
        (Some(limited), None) if name != EXEMPT => {
            let shares = limited.nominal_concurrency_shares;
            let shares = Shares {
                shares: positive(shares.unwrap_or(LIMITED_SHARES)),
                lendable_percent: percent(limited.lendable_percent).unwrap_or(0),
                borrowing_percent: percent(limited.borrowing_limit_percent),
                exempt: false,
            };
            let response = &limited.limit_response;
            let response = match (response.type_.as_str(), &response.queuing) {
                (LimitResponseType::REJECT, None) => Response::Reject,
                (LimitResponseType::QUEUE, Some(queuing)) => {
                    let size = |number: i32| usize::try_from(number).unwrap_or(0);
                    let queuing = Queuing {
                        queues: size(queuing.queues),
                        hand_size: size(queuing.hand_size),
                        queue_length_max: size(queuing.queue_length_limit),
                    };
                    let can_deal = dealer::can_deal(queuing.queues, queuing.hand_size);
                    can_deal.then_some(Response::Queue(queuing))?
                }
                _ => return None,
            };
            Some((response, shares))
        }
        _ => None,
    }
}

impl Level {
    /// What the level asks for, by what was since the last look.
    pub(super) fn claim(&self, now: Monotonic) -> Claim {
        let mut plan = self.plan.lock();
        self.set().look(now, &mut plan.stats);
        Claim {
            bounds: plan.bounds,
            exempt: plan.shares.exempt,
            demand: plan.stats,
        }
    }
}
