//! [`Api`]: what every request needs, built once and shared.
use crate::{
    admission::Chain,
    audit::Auditor,
    authn::Authenticator,
    authz::Authorizer,
    cache::Caches,
    discovery::Discovery,
    endpoint::Endpoint,
    health::Health,
    metrics::Metrics,
    node_proxy::NodeConnector,
    server::{Limits, Version},
};
use meta::{ApiError, Str, Time};
use platform::Platform;
use resource::{Reader, RequestContext, ResourceInfo, ResourceType, Served, User, Verb};
use std::{
    collections::HashMap,
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
    /// By `apps/v1/deployments`, `v1/pods`.
    served: HashMap<String, Arc<Endpoint>>,
    /// The same, kinds in the order in which they were given, each kind's stored version first.
    endpoints: Vec<Arc<Endpoint>>,
    pub(crate) admission: Chain,
    pub(crate) authenticator: Authenticator,
    pub(crate) authorizer: Arc<Authorizer>,
    pub(crate) auditor: Option<Arc<Auditor>>,
    pub(crate) discovery: Discovery,
    pub(crate) health: Health,
    pub(crate) metrics: Metrics,
    pub(crate) nodes: Arc<dyn NodeConnector>,
    pub(crate) limits: Limits,
    pub(crate) version: Version,
    leases: SharedLeases,
    /// Whether the last write was refused for it.
    pub(crate) disk_full: AtomicBool,
}

/// What [`Api::new`] is made of.
pub(crate) struct Parts {
    pub(crate) platform: Platform,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) caches: Arc<Caches>,
    pub(crate) resources: Vec<Arc<dyn ResourceType>>,
    pub(crate) admission: Chain,
    pub(crate) authenticator: Authenticator,
    pub(crate) authorizer: Arc<Authorizer>,
    pub(crate) auditor: Option<Arc<Auditor>>,
    pub(crate) nodes: Arc<dyn NodeConnector>,
    pub(crate) limits: Limits,
    pub(crate) version: Version,
    /// `host:port` where the server says that it is.
    pub(crate) address: String,
}

impl Api {
    pub(crate) fn new(parts: Parts) -> Arc<Self> {
        let endpoints = endpoints(&parts.resources, &parts.caches);
        let by_path = |endpoint: &Arc<Endpoint>| {
            let info = endpoint.info();
            let path = format!("{}/{}", info.api_version, info.plural);
            (path, Arc::clone(endpoint))
        };
        let served = endpoints.iter().map(by_path).collect();
        let now = parts.platform.clock.now().as_millisecond();
        let started = Duration::from_millis(u64::try_from(now).unwrap_or(0));
        Arc::new_cyclic(|this| Self {
            this: Weak::clone(this),
            served,
            discovery: Discovery::new(
                endpoints.iter().map(|endpoint| endpoint.info()),
                parts.address,
            ),
            endpoints,
            health: Health::default(),
            metrics: Metrics::new(started),
            leases: SharedLeases::new(),
            disk_full: AtomicBool::new(false),
            platform: parts.platform,
            store: parts.store,
            caches: parts.caches,
            admission: parts.admission,
            authenticator: parts.authenticator,
            authorizer: parts.authorizer,
            auditor: parts.auditor,
            nodes: parts.nodes,
            limits: parts.limits,
            version: parts.version,
        })
    }

    /// Itself, for what outlives a request.
    pub(crate) fn handle(&self) -> Arc<Self> {
        self.this.upgrade().expect("a borrowed Api is alive")
    }

    /// The resource at a path.
    pub(crate) fn served(
        &self,
        group: &str,
        version: &str,
        plural: &str,
    ) -> Option<&Arc<Endpoint>> {
        let mut key = meta::Str::default();
        for part in [group, version, plural] {
            if !part.is_empty() {
                if !key.is_empty() {
                    key.push('/');
                }
                key.push_str(part);
            }
        }
        self.served.get(key.as_str())
    }

    /// Every resource in every version in which it is served.
    pub(crate) fn endpoints(&self) -> &[Arc<Endpoint>] {
        &self.endpoints
    }

    /// The same, as its facts.
    pub(crate) fn infos(&self) -> impl Iterator<Item = &ResourceInfo> {
        self.endpoints.iter().map(|endpoint| endpoint.info())
    }

    /// Now, in whole seconds.
    pub(crate) fn now(&self) -> Time {
        Time::from_unix_seconds(self.platform.clock.now().as_second())
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

fn endpoints(resources: &[Arc<dyn ResourceType>], caches: &Caches) -> Vec<Arc<Endpoint>> {
    let of_resource = |resource: &Arc<dyn ResourceType>| {
        let info = resource.info();
        let cache = Arc::clone(caches.of(&info.group, &info.plural)?);
        let endpoint = move |served| Arc::new(Endpoint::new(Arc::clone(&cache), served));
        Some(
            Served::versions_of(resource)
                .map(endpoint)
                .collect::<Vec<_>>(),
        )
    };
    resources.iter().filter_map(of_resource).flatten().collect()
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
