//! [`Server`]: the caches, the stack, and the ways in.
mod connection;
mod malformed;
mod received;
mod tls;

pub(crate) use self::received::Received;
pub use self::tls::{ServeError, Tls};

use crate::{
    admission::{Chain, ChainParts},
    aggregation::FrontProxy,
    audit::{Audit, Auditor},
    authn::{
        Authentication, AuthenticationConfiguration, Authenticator, AuthorityError,
        follow_last_uses,
    },
    authz::{Authorization, Authorizer},
    body::Body,
    bootstrap::{self, Bootstrap},
    cache::{Caches, FeedError},
    catalog::Catalogs,
    custom::Definitions,
    enablement::Enablement,
    metrics::{Audits, Metrics},
    node_proxy::NodeConnector,
    proxy::Bounded,
    remote::Remotes,
    shared::{Api, Parts},
    stack::{Call, CorsOrigins, Peer, Stack, stack},
    webhook_client::WebhookClients,
};
use bytes::Bytes;
use client::transport::Dial;
use http::{Request, Response};
use http_body_util::{Either, Full};
use platform::{Clock, Hung, Platform};
use resource::{ResourceType, User};
use ring::digest;
use std::{collections::BTreeMap, convert::Infallible, sync::Arc, time::Duration};
use store::Store;
use telemetry::metrics::Registry;
use tokio::{net::TcpListener, sync::watch};
use tower::ServiceExt;

/// What a server is made of. Has no default and does no I/O.
pub struct Config {
    /// The server's own task group.
    pub platform: Platform,
    pub store: Arc<dyn Store>,
    pub resources: Vec<Arc<dyn ResourceType>>,
    /// Which of them, and of what is not stored, are served.
    pub enablement: Enablement,
    pub authentication: Authentication,
    pub authorization: Authorization,
    /// Nothing is recorded without.
    pub audit: Option<Audit>,
    /// Origins whose pages may read answers.
    pub cors_allowed_origins: Vec<CorsOrigins>,
    pub nodes: Arc<dyn NodeConnector>,
    /// How pods and services are reached, by address.
    pub dial: Arc<dyn Dial>,
    pub front_proxy: FrontProxy,
    pub bootstrap: Bootstrap,
    pub limits: Limits,
    /// Calls to other servers.
    pub remotes: Remotes,
    /// What `/metrics` shows. Other parts of the process have families there too.
    pub metrics: Registry,
    pub version: Version,
    /// What the program was told, by the names of its flags, for `/flagz`. Nothing of it may be secret.
    pub flags: BTreeMap<String, String>,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("resources", &self.resources.len())
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// How much at once, and how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub reads_in_flight_max: usize,
    pub writes_in_flight_max: usize,
    /// For requests that may not last.
    pub request_timeout: Duration,
}

impl Limits {
    /// Upstream's values.
    #[must_use]
    pub fn upstream() -> Self {
        Self::default()
    }
}

impl Default for Limits {
    /// Upstream's values.
    fn default() -> Self {
        Self {
            reads_in_flight_max: 400,
            writes_in_flight_max: 200,
            request_timeout: Duration::from_secs(60),
        }
    }
}

/// `/version`.
#[derive(Clone, Debug)]
pub struct Version {
    /// Begins with the version of Kubernetes that is served: `v1.36.2+sampan`.
    pub git_version: String,
    pub git_commit: String,
    pub build_date: String,
    /// `linux/amd64`.
    pub platform: String,
}

impl Version {
    /// The three numbers alone.
    pub(crate) fn binary(&self) -> &str {
        let version = self.git_version.trim_start_matches('v');
        version.split(['+', '-']).next().unwrap_or(version)
    }
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("failed to load the objects of the store")]
    Load(#[source] FeedError),
    #[error("failed to open the audit log {}", path.display())]
    AuditLog {
        path: std::path::PathBuf,
        source: std::io::Error,
    },
    #[error(transparent)]
    Authority(AuthorityError),
}

/// A running API server.
pub struct Server {
    api: Arc<Api>,
    stack: Stack,
    ready: watch::Receiver<bool>,
    /// Tells servers of a cluster apart in metrics.
    id_hash: String,
}

impl Server {
    /// Loads all objects, begins to follow the store and to create what every cluster has.
    ///
    /// # Errors
    /// When the store cannot be read, or the audit log cannot be written.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let metrics = Metrics::new(&config.platform.clock, config.metrics);
        let counts = &metrics.audits;
        let auditor = config.audit;
        let auditor = auditor.map(|audit| start_auditor(audit, &config.platform, counts));
        let auditor = auditor.transpose()?;
        let caches = Arc::new(Caches::new(Arc::clone(&config.store), &config.resources));
        let followed = caches.load().await.map_err(StartError::Load)?;
        let address = config.bootstrap.advertised().to_string();
        let catalogs = Catalogs::new(&config.resources, config.enablement, &caches, &address);
        let catalogs = Arc::new(catalogs);
        let definitions = Definitions::new(
            Arc::clone(&caches),
            Arc::clone(&catalogs),
            Arc::clone(&metrics.expressions),
        );
        definitions.read_all().await;
        let clock = &config.platform.clock;
        let authorizer = authorizer(config.authorization, &caches, clock, &metrics);
        let authenticator = Authenticator::new(config.authentication, clock.clone())
            .map_err(StartError::Authority)?;
        let (dial, webhooks) = reaching_out(config.dial, &caches, &config.platform, config.remotes);
        let chain = Chain::new(ChainParts {
            caches: Arc::clone(&caches),
            catalogs: Arc::clone(&catalogs),
            authorizer: Arc::clone(&authorizer),
            clients: Arc::clone(&webhooks),
            metrics: Arc::clone(&metrics.admission),
            policy_metrics: Arc::clone(&metrics.policies),
            clock: clock.clone(),
        });
        let api = Api::new(Parts {
            platform: config.platform.clone(),
            store: config.store,
            admission: chain,
            caches: Arc::clone(&caches),
            catalogs,
            authenticator,
            authorizer,
            auditor,
            cors: config.cors_allowed_origins,
            nodes: config.nodes,
            dial,
            webhooks,
            front_proxy: config.front_proxy,
            limits: config.limits,
            metrics,
            version: config.version,
            flags: config.flags,
        });
        drop(config.platform.tasks.spawn(
            "watch cache",
            follow(caches, definitions, followed, config.platform.clone()),
        ));
        let stack = stack(&api);
        let own = InProcess {
            stack: stack.clone(),
            peer: Peer::Process(Arc::new(bootstrap::user())),
            clock: config.platform.clock.clone(),
        };
        let labels = follow_last_uses(Arc::clone(&api), own.clone());
        drop(config.platform.tasks.spawn("uses of tokens", labels));
        let ready = write_bootstrap_objects(&api, own, config.bootstrap);
        Ok(Self {
            stack,
            api,
            ready,
            id_hash: id_hash(&address),
        })
    }

    /// Accepts connections until the server is drained. Call once for each listener.
    ///
    /// # Errors
    /// When the certificates cannot be used.
    pub fn serve(&self, listener: TcpListener, tls: Tls) -> Result<(), ServeError> {
        let tls = tls.into_config(&self.api.authenticator.peers)?;
        let accept = connection::accept(listener, tls, self.stack.clone(), Arc::clone(&self.api));
        drop(self.api.platform.tasks.spawn("accept", accept));
        Ok(())
    }

    /// A way in for this process, behind authentication: all requests are `user`'s.
    #[must_use]
    pub fn in_process(&self, user: User) -> InProcess {
        InProcess {
            stack: self.stack.clone(),
            peer: Peer::Process(Arc::new(user)),
            clock: self.api.platform.clock.clone(),
        }
    }

    /// A way in for this process as over the network without a client certificate: requests say themselves who they are.
    #[must_use]
    pub fn stranger(&self) -> InProcess {
        InProcess {
            stack: self.stack.clone(),
            peer: Peer::Tls(Arc::default()),
            clock: self.api.platform.clock.clone(),
        }
    }

    /// Trusts other issuers of tokens from now on. `None` says that those that were to be trusted make no sense: the old ones stay.
    pub fn configure_authentication(&self, configuration: Option<AuthenticationConfiguration>) {
        let status = reload_status(configuration.is_some());
        if let Some(configuration) = configuration {
            self.api.authenticator.configure(configuration);
        }
        let who = &self.api.metrics.who;
        who.authentication_reloaded(&self.id_hash, status, self.api.now_seconds());
    }

    /// Lets other authorizers decide from now on; `None` as above.
    pub fn configure_authorization(&self, configuration: Option<Authorization>) {
        let status = reload_status(configuration.is_some());
        if let Some(configuration) = configuration {
            self.api.authorizer.configure(configuration);
        }
        let who = &self.api.metrics.who;
        who.authorization_reloaded(&self.id_hash, status, self.api.now_seconds());
    }

    /// Waits until the objects that every cluster has are there.
    pub async fn ready(&self) {
        let mut ready = self.ready.clone();
        // An error means that the task ended, which it does only when it is done.
        let _ = ready.wait_for(|ready| *ready).await;
    }

    /// Ends watches, lets requests finish, then forces.
    ///
    /// # Errors
    /// Names the tasks that did not end in time.
    pub async fn drain(&self, deadline: Duration) -> Result<(), Hung> {
        self.api.health.shut_down();
        self.api
            .platform
            .tasks
            .drain(&self.api.platform.clock, deadline)
            .await
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("api", &self.api)
            .finish_non_exhaustive()
    }
}

fn authorizer(
    config: Authorization,
    caches: &Arc<Caches>,
    clock: &Clock,
    metrics: &Metrics,
) -> Arc<Authorizer> {
    let counts = Arc::clone(&metrics.who.authorizers);
    let authorizer = Authorizer::new(config, Arc::clone(caches), clock.clone(), counts);
    Arc::new(authorizer)
}

/// The ways to the cluster's network, and to webhooks.
fn reaching_out(
    dial: Arc<dyn Dial>,
    caches: &Arc<Caches>,
    platform: &Platform,
    remotes: Remotes,
) -> (Arc<dyn Dial>, Arc<WebhookClients>) {
    let dial: Arc<dyn Dial> = Arc::new(Bounded::new(dial, platform.clock.clone()));
    let (caches, platform) = (Arc::clone(caches), platform.clone());
    let clients = WebhookClients::new(caches, Arc::clone(&dial), platform, remotes);
    (dial, Arc::new(clients))
}

fn reload_status(is_read: bool) -> &'static str {
    if is_read { "success" } else { "failure" }
}

/// Of what is known as a server's ID: its address.
fn id_hash(id: &str) -> String {
    let hash = digest::digest(&digest::SHA256, id.as_bytes());
    let hex: String = hash
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("sha256:{hex}")
}

fn start_auditor(
    audit: Audit,
    platform: &Platform,
    counts: &Audits,
) -> Result<Arc<Auditor>, StartError> {
    let path = audit.log.as_ref().map(|log| log.path.clone());
    let path = path.unwrap_or_default();
    let started = Auditor::start(audit, platform, counts);
    started
        .map(Arc::new)
        .map_err(|source| StartError::AuditLog { path, source })
}

/// Begins to; what comes back is true when they are there.
fn write_bootstrap_objects(
    api: &Arc<Api>,
    own: InProcess,
    bootstrap: Bootstrap,
) -> watch::Receiver<bool> {
    let (done, ready) = watch::channel(!bootstrap.enabled);
    if bootstrap.enabled {
        bootstrap::HOOKS
            .iter()
            .for_each(|(hook, stage)| api.health.expect(hook, *stage));
        let of_task = Arc::clone(api);
        let task = async move {
            bootstrap::run(of_task, own, bootstrap).await;
            done.send_replace(true);
        };
        drop(api.platform.tasks.spawn("bootstrap objects", task));
    }
    ready
}

async fn follow(
    caches: Arc<Caches>,
    definitions: Definitions,
    watch: store::Watch,
    platform: Platform,
) {
    let draining = platform.tasks.draining();
    tokio::select! {
        biased;
        () = draining => {}
        ended = caches.follow(watch, &definitions, platform.clock.clone()) => match ended {
            Ok(()) => {}
            Err(error) => tracing::error!(%error, "the watch cache stopped following the store"),
        },
    }
}

/// The stack for one peer in this process. Cheap to clone.
#[derive(Clone)]
pub struct InProcess {
    stack: Stack,
    peer: Peer,
    clock: Clock,
}

impl InProcess {
    /// Answers a request. Errors are answers.
    pub async fn call(&self, request: Request<Bytes>) -> Response<Body> {
        let call = Call::new(
            request.map(|body| Either::Right(Full::new(body))),
            self.peer.clone(),
            None,
            self.clock.monotonic(),
        );
        self.stack
            .clone()
            .oneshot(call)
            .await
            .unwrap_or_else(|never: Infallible| match never {})
    }
}

impl std::fmt::Debug for InProcess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InProcess")
            .field("peer", &self.peer)
            .finish_non_exhaustive()
    }
}
