//! Of who asks and what they may. Names, labels and buckets are upstream's `endpoints/filters/metrics.go`,
//! `authorization/metrics` and `authorizer/webhook/metrics`.
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use telemetry::metrics::{Counter, DEFAULT_BOUNDS, Family, Gauge, Histogram, Registry};

/// From a millisecond on, each bound twice the one before, in seconds.
pub(super) const BUCKETS: &[f64] = &[
    0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096,
    8.192, 16.384,
];
/// Of what is left of certificates: none, half an hour, hours, days, a week, months, a year, in seconds.
const CERTIFICATE_BUCKETS: &[f64] = &[
    0.0,
    1800.0,
    3600.0,
    7200.0,
    21_600.0,
    43_200.0,
    86_400.0,
    172_800.0,
    345_600.0,
    604_800.0,
    2_592_000.0,
    7_776_000.0,
    15_552_000.0,
    31_104_000.0,
];
/// Users that have a count of their own.
const USERS: [&str; 5] = [
    "admin",
    "client",
    "kube_proxy",
    "kubelet",
    "system:serviceaccount:kube-system:default",
];

/// Of one result: how many, and the time that they took.
type Attempt = (Arc<Counter>, Arc<Histogram>);

/// Attempts by their result, each with the time that it took.
struct Attempts<const N: usize> {
    results: [(&'static str, OnceLock<Attempt>); N],
    counts: Family<Counter>,
    durations: Family<Histogram>,
}

impl<const N: usize> Attempts<N> {
    fn new(
        results: [&'static str; N],
        counts: Family<Counter>,
        durations: Family<Histogram>,
    ) -> Self {
        Self {
            results: results.map(|result| (result, OnceLock::new())),
            counts,
            durations,
        }
    }

    fn count(&self, index: usize, took: Duration) {
        let (result, handles) = &self.results[index];
        let labels = &[*result];
        let made = || (self.counts.with(labels), self.durations.with(labels));
        let (count, duration) = handles.get_or_init(made);
        count.increment();
        duration.observe_duration(took);
    }
}

/// How somebody who asks was received.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Authenticated {
    Success,
    /// Without credentials that are known.
    Failure,
    Error,
}

/// How a request was decided.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Decided {
    Allowed,
    Denied,
    NoOpinion,
    Error,
}

pub(crate) struct Who {
    authentications: Attempts<3>,
    authorizations: Attempts<4>,
    users: Family<Counter>,
    other_users: OnceLock<Arc<Counter>>,
    certificates: Arc<Histogram>,
    pub(crate) authorizers: Arc<Authorizers>,
    reloads: [Reloads; 2],
}

impl Who {
    pub(super) fn new(registry: &Registry) -> Self {
        let authentications = Attempts::new(
            ["success", "failure", "error"],
            registry.counter(
                "authentication_attempts",
                "[ALPHA] Counter of authenticated attempts.",
                &["result"],
            ),
            registry.histogram(
                "authentication_duration_seconds",
                "[ALPHA] Authentication duration in seconds broken out by result.",
                &["result"],
                BUCKETS,
            ),
        );
        let authorizations = Attempts::new(
            ["allowed", "denied", "no-opinion", "error"],
            registry.counter(
                "authorization_attempts_total",
                "[ALPHA] Counter of authorization attempts broken down by result. It can be either 'allowed', 'denied', 'no-opinion' or 'error'.",
                &["result"],
            ),
            registry.histogram(
                "authorization_duration_seconds",
                "[ALPHA] Authorization duration in seconds broken out by result.",
                &["result"],
                BUCKETS,
            ),
        );
        let users = registry.counter(
            "authenticated_user_requests",
            "[ALPHA] Counter of authenticated requests broken out by username.",
            &["username"],
        );
        Self {
            authentications,
            authorizations,
            users,
            other_users: OnceLock::new(),
            certificates: registry
                .histogram(
                    "apiserver_client_certificate_expiration_seconds",
                    "[ALPHA] Distribution of the remaining lifetime on the certificate used to authenticate a request.",
                    &[],
                    CERTIFICATE_BUCKETS,
                )
                .with(&[]),
            authorizers: Arc::new(Authorizers::new(registry)),
            reloads: [
                Reloads::new(
                    registry,
                    "apiserver_authentication_config_controller_automatic_reloads_total",
                    "[BETA] Total number of automatic reloads of authentication configuration split by status and apiserver identity.",
                ),
                Reloads::new(
                    registry,
                    "apiserver_authorization_config_controller_automatic_reloads_total",
                    "[BETA] Total number of automatic reloads of authorization configuration split by status and apiserver identity.",
                ),
            ],
        }
    }

    pub(crate) fn authenticated(&self, result: Authenticated, user: &str, took: Duration) {
        self.authentications.count(result as usize, took);
        if !matches!(result, Authenticated::Success) {
            return;
        }
        if let Some(known) = USERS.iter().find(|known| **known == user) {
            self.users.with(&[known]).increment();
        } else if user.contains('@') {
            self.users.with(&["email_id"]).increment();
        } else {
            let other = || self.users.with(&["other"]);
            self.other_users.get_or_init(other).increment();
        }
    }

    /// A client has shown a certificate that is valid for so many seconds yet.
    pub(crate) fn certified(&self, seconds: f64) {
        self.certificates.observe(seconds);
    }

    pub(crate) fn decided(&self, result: Decided, took: Duration) {
        self.authorizations.count(result as usize, took);
    }

    /// The file that says who is trusted was read again. `id` stands for the server, `now` is in seconds since the epoch.
    pub(crate) fn authentication_reloaded(&self, id: &str, status: &str, now: i64) {
        self.reloads[0].count(id, status, now);
    }

    /// The same for the file that says who decides.
    pub(crate) fn authorization_reloaded(&self, id: &str, status: &str, now: i64) {
        self.reloads[1].count(id, status, now);
    }
}

/// Of one file.
struct Reloads {
    counts: Family<Counter>,
    last: Family<Gauge>,
}

impl Reloads {
    fn new(registry: &Registry, counts: &'static str, last: &'static str) -> Self {
        const LABELS: &[&str] = &["apiserver_id_hash", "status"];
        Self {
            counts: registry.counter(counts, "How often the file was read again.", LABELS),
            last: registry.gauge(
                last,
                "When the file was last read again, in seconds since the epoch.",
                LABELS,
            ),
        }
    }

    fn count(&self, id: &str, status: &str, now: i64) {
        self.counts.with(&[id, status]).increment();
        self.last.with(&[id, status]).set(now);
    }
}

/// Of those that decide.
pub(crate) struct Authorizers {
    decisions: Family<Counter>,
    evaluations: Family<Counter>,
    durations: Family<Histogram>,
    failed_open: Family<Counter>,
}

/// Decisions of one of them. Those that it has never made are not shown.
pub(crate) struct Decisions {
    family: Family<Counter>,
    name: String,
    kind: &'static str,
    allowed: OnceLock<Arc<Counter>>,
    denied: OnceLock<Arc<Counter>>,
}

impl Decisions {
    pub(crate) fn allowed(&self) {
        self.count(&self.allowed, "allowed");
    }

    pub(crate) fn denied(&self) {
        self.count(&self.denied, "denied");
    }

    fn count(&self, made: &OnceLock<Arc<Counter>>, decision: &str) {
        let labels = [decision, &self.name, self.kind];
        made.get_or_init(|| self.family.with(&labels)).increment();
    }
}

impl Authorizers {
    pub(crate) fn new(registry: &Registry) -> Self {
        const WEBHOOK: &[&str] = &["name", "result"];
        Self {
            decisions: registry.counter(
                "apiserver_authorization_decisions_total",
                "[ALPHA] Total number of terminal decisions made by an authorizer split by authorizer type, name, and decision.",
                &["decision", "name", "type"],
            ),
            evaluations: registry.counter(
                "apiserver_authorization_webhook_evaluations_total",
                "[ALPHA] Round-trips to authorization webhooks.",
                WEBHOOK,
            ),
            durations: registry.histogram(
                "apiserver_authorization_webhook_duration_seconds",
                "[ALPHA] Request latency in seconds.",
                WEBHOOK,
                DEFAULT_BOUNDS,
            ),
            failed_open: registry.counter(
                "apiserver_authorization_webhook_evaluations_fail_open_total",
                "[ALPHA] NoOpinion results due to webhook timeout or error.",
                WEBHOOK,
            ),
        }
    }

    pub(crate) fn of(&self, kind: &'static str, name: &str) -> Decisions {
        Decisions {
            family: self.decisions.clone(),
            name: name.to_owned(),
            kind,
            allowed: OnceLock::new(),
            denied: OnceLock::new(),
        }
    }

    /// `result` is `success`, `timeout` or `error`.
    pub(crate) fn asked(&self, name: &str, result: &str, took: Duration) {
        let labels = &[name, result];
        self.evaluations.with(labels).increment();
        self.durations.with(labels).observe_duration(took);
    }

    pub(crate) fn failed_open(&self, name: &str, result: &str) {
        self.failed_open.with(&[name, result]).increment();
    }
}
