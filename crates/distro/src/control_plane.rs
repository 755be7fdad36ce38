//! Store, API server, controllers and scheduler: what every cluster has, with or without a node.

mod audit;
mod certificate;
mod front_proxy;

pub(crate) use self::certificate::Certificate;
use crate::{
    access::{Access, Reloaded},
    config::Config,
    identity,
    pki::Pki,
    transport::Clients,
    up::StartError,
};
use apiserver::{
    Authentication, Bootstrap, Enablement, Limits, NodeConnector, Remotes, Server, ServiceAccounts,
    SigningKey, Tls, Version,
};
use client::{SharedCaches, queue::Queues};
use platform::Platform;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use store::Store;
use telemetry::metrics::Registry;
use time::OffsetDateTime;
use tokio::net::TcpListener;

/// Tokens that clients ask for live no longer than this.
const COMPACT_EVERY: Duration = Duration::from_secs(300);
/// Upstream's `--legacy-service-account-token-clean-up-period`.
const LEGACY_TOKENS_UNUSED: Duration = Duration::from_secs(365 * 24 * 3600);
/// Upstream's `--terminated-pod-gc-threshold`.
const TERMINATED_PODS_MAX: usize = 12_500;

#[derive(Debug)]
pub(crate) struct ControlPlane {
    pub(crate) server: Arc<Server>,
    pub(crate) clients: Clients,
    pub(crate) certificate: Arc<Certificate>,
    store: Arc<store::Embedded>,
    queues: Queues,
}

/// What the steps below share.
pub(crate) struct Parts<'p> {
    pub(crate) config: &'p Config,
    /// The world of the components, which stop before the API server does.
    pub(crate) platform: &'p Platform,
    pub(crate) pki: &'p Arc<Pki>,
    /// The address that pods and other machines reach this one at.
    pub(crate) advertise: IpAddr,
    /// The machine's own when we started, loopback left out.
    pub(crate) addresses: &'p [Ipv4Addr],
}

impl ControlPlane {
    /// Opens the store and loads the API server's caches from it. Nothing is served yet.
    pub(crate) async fn start(
        parts: &Parts<'_>,
        base: &Platform,
        nodes: Arc<dyn NodeConnector>,
    ) -> Result<Self, StartError> {
        let platform = base.group("store");
        let path = parts.config.data_dir.join("store");
        let store = store::Embedded::open(&platform, &path, store::Options::server())
            .await
            .map_err(StartError::Store)?;
        let issuer = issuer(parts.config);
        let metrics = Registry::new();
        let remotes = Remotes::new(platform.clock.clone(), &metrics);
        let access = Access::load(parts.config, parts.pki, &issuer, &remotes);
        let (access, reload) = access.map_err(StartError::Access)?;
        let config = server_config(
            parts,
            base,
            Arc::<store::Embedded>::clone(&store),
            nodes,
            access,
            audit::audit(parts.config, &remotes)?,
            (remotes, metrics.clone()),
        )?;
        let server = Arc::new(Server::start(config).await.map_err(StartError::Api)?);
        reload
            .follow(
                parts.platform,
                Arc::<Server>::clone(&server) as Arc<dyn Reloaded>,
            )
            .map_err(StartError::Watch)?;
        let compacted = Arc::clone(&store);
        let clock = platform.clock.clone();
        let draining = platform.tasks.draining();
        drop(platform.tasks.spawn("compaction", async move {
            tokio::select! {
                biased;
                () = draining => {}
                () = store::compact_periodically(&*compacted, &clock, COMPACT_EVERY) => {}
            }
        }));
        let clients = Clients::new(Arc::clone(&server), parts.platform.group("clients"));
        let certificate = Certificate::issue(parts).map_err(StartError::Pki)?;
        Ok(Self {
            server,
            clients,
            certificate,
            store,
            queues: Queues::new(&metrics),
        })
    }

    /// Serves on a listener.
    pub(crate) fn serve(&self, parts: &Parts<'_>, listener: TcpListener) -> Result<(), StartError> {
        let tls = Tls {
            certificates: Arc::<Certificate>::clone(&self.certificate),
            disable_http2: parts.config.disable_http2,
        };
        self.server.serve(listener, tls).map_err(StartError::Tls)
    }

    /// Returns the controllers' caches, which the node's proxy and DNS read too: one copy of each object in the process.
    pub(crate) fn start_controllers(&self, parts: &Parts<'_>) -> SharedCaches {
        let clients = self.clients.clone();
        let context = client::controller::Context {
            caches: SharedCaches::new(
                self.clients
                    .of(identity::controller_manager(), "kube-controller-manager"),
            ),
            clients: Arc::new(move |account: &str| {
                if account == controllers::API_SERVER {
                    return clients.of(identity::masters(), "kube-apiserver");
                }
                if account == controllers::CONTROLLER_MANAGER {
                    return clients.of(identity::controller_manager(), "kube-controller-manager");
                }
                let user = identity::service_account(account);
                let agent = format!(
                    "{}/{}",
                    identity::user_agent("kube-controller-manager"),
                    user.name
                );
                clients.with_agent(user, &agent)
            }),
            platform: parts.platform.group("controllers"),
            queues: self.queues.clone(),
        };
        let network = parts.config.cluster_cidr;
        let key = SigningKey::from_pkcs8_pem(&parts.pki.token_key_pem)
            .expect("the server has read the same key");
        let options = controllers::Options {
            authority: Arc::clone(&parts.pki.authority),
            cluster_cidrs: vec![
                network
                    .to_string()
                    .parse()
                    .expect("the network was checked when it was configured"),
            ],
            root_ca_pem: parts.pki.ca_pem.clone(),
            selection: parts.config.controllers.clone(),
            legacy_tokens_unused: LEGACY_TOKENS_UNUSED,
            terminated_pods_max: TERMINATED_PODS_MAX,
            token_signer: controllers::TokenSigner::new(move |claims| key.sign(claims)),
        };
        controllers::start(&context, &options);
        context.caches
    }

    pub(crate) fn start_scheduler(&self, parts: &Parts<'_>) {
        let client = self.clients.of(identity::scheduler(), "kube-scheduler");
        scheduler::start(scheduler::Config {
            scheduler_name: "default-scheduler".into(),
            caches: SharedCaches::new(client.clone()),
            client,
            platform: parts.platform.group("scheduler"),
            plugins: scheduler::in_tree(),
        });
    }

    /// The last thing that a stop does.
    pub(crate) async fn close(&self) -> Result<(), store::StoreError> {
        self.store.close().await
    }
}

fn server_config(
    parts: &Parts<'_>,
    base: &Platform,
    store: Arc<dyn Store>,
    nodes: Arc<dyn NodeConnector>,
    access: Access,
    audit: Option<apiserver::Audit>,
    (remotes, metrics): (Remotes, Registry),
) -> Result<apiserver::Config, StartError> {
    let config = parts.config;
    let services = registry::ServiceNetwork {
        range: registry::AddressRange {
            first: config.service_cidr.address.into(),
            prefix: config.service_cidr.prefix,
        },
        second_range: config.second_service_cidr,
        node_ports: config.node_ports,
    };
    let accounts = ServiceAccounts {
        issuer: issuer(config),
        keys_url: format!(
            "https://{}/openid/v1/jwks",
            SocketAddr::new(parts.advertise, config.port)
        ),
        audiences: config.authentication.audiences.clone(),
        signer: SigningKey::from_pkcs8_pem(&parts.pki.token_key_pem)
            .map_err(StartError::TokenKey)?,
        verifiers: Vec::new(),
        max_expiration_seconds: None,
    };
    Ok(apiserver::Config {
        platform: base.group("apiserver"),
        store,
        enablement: Enablement::parse(&config.runtime_config).map_err(StartError::Settings)?,
        resources: registry::builtin(services, config.event_ttl_seconds, &metrics),
        authentication: Authentication {
            client_roots: access.clients.0,
            client_ca_pem: access.clients.1,
            request_header: Some(access.request_header),
            service_accounts: accounts,
            static_tokens: access.static_tokens,
            configuration: access.configuration,
            webhook: access.webhook,
            anonymous: access.anonymous,
        },
        authorization: access.authorization,
        audit,
        cors_allowed_origins: config.cors_allowed_origins.clone(),
        nodes,
        dial: Arc::new(client::transport::Tcp),
        front_proxy: front_proxy::front_proxy(parts, base),
        bootstrap: Bootstrap {
            advertise_address: parts.advertise,
            advertise_port: config.port,
            service_address: config.service_cidr.nth(1).into(),
            service_port: 443,
            service_cidrs: service_cidrs(config),
            enabled: true,
        },
        limits: Limits::default(),
        remotes,
        metrics,
        version: version(),
        flags: config.given.clone(),
    })
}

fn service_cidrs(config: &Config) -> Vec<String> {
    let second = config.second_service_cidr.map(|range| range.to_string());
    std::iter::once(config.service_cidr.to_string())
        .chain(second)
        .collect()
}

/// Who issues service-account tokens.
fn issuer(config: &Config) -> String {
    format!("https://kubernetes.default.svc.{}", config.cluster_domain)
}

/// What `/version` and the node report.
pub(crate) fn git_version() -> String {
    format!("{}+sampan{}", cli::KUBERNETES, env!("CARGO_PKG_VERSION"))
}

fn version() -> Version {
    Version {
        git_version: git_version(),
        git_commit: option_env!("SAMPAN_COMMIT").unwrap_or_default().to_owned(),
        build_date: option_env!("SAMPAN_BUILD_DATE")
            .unwrap_or("1970-01-01T00:00:00Z")
            .to_owned(),
        platform: identity::PLATFORM.to_owned(),
    }
}

pub(crate) fn wall(platform: &Platform) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(platform.clock.now().as_second())
        .expect("the clock shows a year that has four digits")
}
