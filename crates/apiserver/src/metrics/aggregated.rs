//! Of aggregated servers.
use parking_lot::Mutex;
use std::collections::BTreeSet;
use telemetry::metrics::{Counter, Family, Gauge, Registry};

pub(crate) struct Aggregated {
    unavailable: Family<Gauge>,
    went_away: Family<Counter>,
    /// The APIServices that the gauge shows.
    shown: Mutex<BTreeSet<String>>,
}

impl Aggregated {
    pub(super) fn new(registry: &Registry) -> Self {
        Self {
            unavailable: registry.gauge(
                "aggregator_unavailable_apiservice",
                "[ALPHA] Gauge of APIServices which are marked as unavailable broken down by APIService name.",
                &["name"],
            ),
            went_away: registry.counter(
                "aggregator_unavailable_apiservice_total",
                "[ALPHA] Counter of APIServices which are marked as unavailable broken down by APIService name and reason.",
                &["name", "reason"],
            ),
            shown: Mutex::default(),
        }
    }

    /// Shows these, and no others.
    pub(crate) fn show<'a>(&self, services: impl Iterator<Item = (&'a str, bool)>) {
        let mut now = BTreeSet::new();
        for (name, available) in services {
            self.unavailable.with(&[name]).set((!available).into());
            now.insert(name.to_owned());
        }
        let mut shown = self.shown.lock();
        for gone in shown.difference(&now) {
            self.unavailable.remove(&[gone]);
        }
        *shown = now;
    }

    pub(crate) fn went_away(&self, name: &str, reason: &str) {
        self.went_away.with(&[name, reason]).increment();
    }
}
