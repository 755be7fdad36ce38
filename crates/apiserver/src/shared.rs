//! [`Api`]: what every request needs, built once and shared.
use crate::{
    admission::Chain,
    aggregation::{Aggregation, FrontProxy, RemoteVersion},
    audit::Auditor,
    authn::Authenticator,
    authz::Authorizer,
    cache::Caches,
    catalog::{Catalog, Catalogs},
    endpoint::Endpoint,
    flow::Flows,
    health::Health,
    metrics::Metrics,
    node_proxy::NodeConnector,
    openapi::Ages,
    proxy::{self, Pool},
    server::{Limits, Version},
    stack::CorsOrigins,
    webhook_client::WebhookClients,
};
use client::transport::Dial;
use jiff::Timestamp;
use meta::{ApiError, Str, Time};
use platform::Platform;
use resource::{Reader, RequestContext, ResourceInfo, User, Verb};
use std::{
    collections::BTreeMap,
    sync::{Arc, Weak, atomic::AtomicBool},
    time::Duration,
};
use store::{SharedLeases, Store, StoreError, Txn};

pub(crate) struct Api {
    /// Itself, for what outlives a request.
    this: Weak<Self>,
    pub(crate) platform: Platform,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) caches: Arc<Caches>,
    catalogs: Arc<Catalogs>,
    pub(crate) admission: Chain,
    pub(crate) authenticator: Authenticator,
    pub(crate) authorizer: Arc<Authorizer>,
    pub(crate) auditor: Option<Arc<Auditor>>,
    /// Whose pages may read answers.
    pub(crate) cors: Vec<CorsOrigins>,
    pub(crate) flows: Flows,
    pub(crate) health: Health,
    pub(crate) metrics: Metrics,
    pub(crate) nodes: Arc<dyn NodeConnector>,
    /// The cluster's network.
    pub(crate) dial: Arc<dyn Dial>,
    /// Those that objects name.
    pub(crate) webhooks: Arc<WebhookClients>,
    pub(crate) front_proxy: FrontProxy,
    pub(crate) aggregation: Aggregation,
    /// Connections to pods.
    pub(crate) pods: Pool,
    pub(crate) limits: Limits,
    pub(crate) version: Version,
    /// What the program was told, by the names of its flags.
    pub(crate) flags: BTreeMap<String, String>,
    pub(crate) started: Timestamp,
    /// Of OpenAPI.
    pub(crate) documents: Ages,
    leases: SharedLeases,
    /// Whether the last write was refused for it.
    pub(crate) disk_full: AtomicBool,
}

/// What [`Api::new`] is made of.
pub(crate) struct Parts {
    pub(crate) platform: Platform,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) caches: Arc<Caches>,
    pub(crate) catalogs: Arc<Catalogs>,
    pub(crate) admission: Chain,
    pub(crate) authenticator: Authenticator,
    pub(crate) authorizer: Arc<Authorizer>,
    pub(crate) auditor: Option<Arc<Auditor>>,
    pub(crate) cors: Vec<CorsOrigins>,
    pub(crate) nodes: Arc<dyn NodeConnector>,
    /// The cluster's network, within upstream's time.
    pub(crate) dial: Arc<dyn Dial>,
    pub(crate) webhooks: Arc<WebhookClients>,
    pub(crate) front_proxy: FrontProxy,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    pub(crate) version: Version,
    pub(crate) flags: BTreeMap<String, String>,
}

impl Api {
    pub(crate) fn new(parts: Parts) -> Arc<Self> {
        let api = Arc::new_cyclic(|this: &Weak<Self>| Self {
            this: Weak::clone(this),
            catalogs: parts.catalogs,
            flows: Flows::new(&parts.caches, parts.limits, parts.platform.clone()),
            health: Health::default(),
            metrics: of_build(parts.metrics, &parts.version),
            flags: parts.flags,
            started: parts.platform.clock.now(),
            documents: Ages::default(),
            leases: SharedLeases::new(),
            disk_full: AtomicBool::new(false),
            platform: parts.platform,
            store: parts.store,
            caches: parts.caches,
            admission: parts.admission,
            authenticator: parts.authenticator,
            authorizer: parts.authorizer,
            auditor: parts.auditor,
            cors: parts.cors,
            nodes: parts.nodes,
            pods: proxy::pods(&parts.dial),
            dial: parts.dial,
            webhooks: parts.webhooks,
            front_proxy: parts.front_proxy,
            aggregation: Aggregation::default(),
            limits: parts.limits,
            version: parts.version,
        });
        api.admission.belongs_to(Arc::downgrade(&api));
        api
    }

    /// Itself, for what outlives a request.
    pub(crate) fn handle(&self) -> Arc<Self> {
        self.this.upgrade().expect("a borrowed Api is alive")
    }

    /// What is served now.
    pub(crate) fn catalog(&self) -> Arc<Catalog> {
        self.catalogs.now()
    }

    /// From now on discovery shows these group versions of other servers.
    pub(crate) fn show_remote(&self, versions: Vec<RemoteVersion>) {
        self.catalogs.show_remote(versions);
    }

    /// Tells when something else is served.
    pub(crate) fn catalog_changes(&self) -> tokio::sync::watch::Receiver<()> {
        self.catalogs.changes()
    }

    /// The resource at a path.
    pub(crate) fn served(&self, group: &str, version: &str, plural: &str) -> Option<Arc<Endpoint>> {
        self.catalog().served(group, version, plural)
    }

    /// Now, in whole seconds.
    pub(crate) fn now(&self) -> Time {
        Time::from_unix_seconds(self.platform.clock.now().as_second())
    }

    /// Now, in seconds since the epoch.
    pub(crate) fn now_seconds(&self) -> i64 {
        self.platform.clock.now().as_second()
    }

    /// A context for one request.
    pub(crate) fn context(&self, user: User, verb: Verb) -> RequestContext {
        let reader: Arc<dyn Reader> = Arc::<Caches>::clone(&self.caches);
        RequestContext::new(user, verb, self.now(), self.platform.rng.u64(), reader)
    }

    /// Waits until the caches have everything that was acknowledged before.
    pub(crate) async fn current(&self) -> Result<u64, ApiError> {
        const WAIT: Duration = Duration::from_secs(3);
        if self.caches.applied() >= self.store.revision().0 {
            return Ok(self.caches.applied());
        }
        let waited = self
            .platform
            .clock
            .timeout(WAIT, self.caches.current())
            .await;
        waited.map_err(|_| ApiError::timeout("the watch cache is behind the store"))
    }

    /// Lets the keys of a transaction expire.
    pub(crate) async fn with_expiry(&self, txn: Txn, seconds: u32) -> Result<Txn, StoreError> {
        let ttl = Duration::from_secs(seconds.into());
        let lease = self
            .leases
            .lease_for(&*self.store, &self.platform.clock, ttl)
            .await?;
        Ok(txn.with_lease(lease))
    }
}

fn of_build(metrics: Metrics, version: &Version) -> Metrics {
    metrics.is_of(version);
    metrics
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api")
            .field("caches", &self.caches)
            .finish_non_exhaustive()
    }
}

/// The manager of a write: what the client says, or what its user agent begins with.
pub(crate) fn field_manager(given: &Str, headers: &http::HeaderMap) -> Str {
    if !given.is_empty() {
        return given.clone();
    }
    let agent = headers
        .get(http::header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let first = agent.split('/').next().unwrap_or("");
    if first.is_empty() {
        Str::from("unknown")
    } else {
        Str::from(&first[..first.len().min(128)])
    }
}

/// The error for an object that does not exist.
pub(crate) fn not_found(info: &ResourceInfo, name: &str) -> ApiError {
    ApiError::not_found(&info.group, &info.plural, name)
}
