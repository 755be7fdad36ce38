//! [`World`]: the control plane of one simulation, and the hands of a test in it.

use crate::{
    faults::Network,
    node::FakeNode,
    transport::{Counts, Local},
};
use apiserver::{
    Authentication, Authorization, Bootstrap, Limits, NoNodes, Server, ServiceAccounts, SigningKey,
    Version,
};
use client::{Client, ListMode, SharedCaches, controller};
use meta::{Kind, ObjectKey, Str};
use platform::{Platform, simulated};
use resource::User;
use serde_json::Value;
use std::{collections::BTreeMap, net::Ipv4Addr, path::Path, sync::Arc, time::Duration};

/// Virtual time after which something that should have happened has not.
const PATIENCE: Duration = Duration::from_secs(900);

/// One control plane. Cheap to clone.
#[derive(Clone, Debug)]
pub struct World {
    pub platform: Platform,
    /// What lies between components and the server. Nothing goes wrong on it until a test asks for that.
    pub network: Network,
    server: Arc<Server>,
    counts: Counts,
}

/// Runs a scenario in a world made from `seed`.
///
/// # Panics
/// When the scenario or any task of the world panics.
pub fn simulate<F: Future<Output = ()>>(seed: u64, scenario: impl FnOnce(World) -> F) {
    log_when_asked();
    let _told = SeedTold(seed);
    simulated::run(seed, |platform| async move {
        let world = World::start(&platform).await;
        scenario(world).await;
        assert_eq!(platform.tasks.panics(), 0, "seed {seed}");
    });
}

/// Says which seed a failed scenario ran with.
struct SeedTold(u64);

impl Drop for SeedTold {
    #[expect(
        clippy::print_stderr,
        reason = "whoever reads a failure needs the seed to repeat it"
    )]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the seed was {}", self.0);
        }
    }
}

/// `RUST_LOG=client=debug,controllers=debug` shows what the components say.
fn log_when_asked() {
    if let Ok(filter) = std::env::var("RUST_LOG") {
        let filter = tracing_subscriber::EnvFilter::new(filter);
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .without_time();
        // A second scenario of the same process keeps the first one's subscriber.
        drop(subscriber.with_test_writer().try_init());
    }
}

impl World {
    async fn start(platform: &Platform) -> Self {
        let options = store::Options::server();
        let store = store::Embedded::open(platform, Path::new("data"), options).await;
        let config = server_config(platform, store.expect("an empty disk opens"));
        let server = Server::start(config).await.expect("an empty store loads");
        let world = Self {
            platform: platform.clone(),
            network: Network::new(platform),
            server: Arc::new(server),
            counts: Counts::default(),
        };
        world.server.ready().await;
        world.start_controllers();
        world.start_scheduler();
        world
    }

    fn start_controllers(&self) {
        let world = self.clone();
        let context = controller::Context {
            caches: SharedCaches::new(self.client_of("system:kube-controller-manager")),
            clients: Arc::new(move |account| {
                world.client_of(&format!("system:serviceaccount:kube-system:{account}"))
            }),
            platform: self.platform.clone(),
        };
        let options = controllers::Options {
            cluster_cidrs: vec!["10.244.0.0/16".parse().expect("a range")],
            root_ca_pem: "PEM".to_owned(),
            terminated_pods_max: 12_500,
        };
        controllers::start(&context, &options);
    }

    fn start_scheduler(&self) {
        let client = self.client_of("system:kube-scheduler");
        scheduler::start(scheduler::Config {
            scheduler_name: "default-scheduler".into(),
            caches: SharedCaches::new(client.clone()),
            client,
            platform: self.platform.clone(),
            plugins: scheduler::in_tree(),
        });
    }

    /// A client with this identity; service accounts and nodes are in the groups that go with them.
    #[must_use]
    pub fn client_of(&self, name: &str) -> Client {
        let mut groups = vec![Str::const_new("system:authenticated")];
        if name.starts_with("system:serviceaccount:kube-system:") {
            groups.push(Str::const_new("system:serviceaccounts"));
            groups.push(Str::const_new("system:serviceaccounts:kube-system"));
        } else if name.starts_with("system:node:") {
            groups.push(Str::const_new("system:nodes"));
        } else if !name.starts_with("system:kube-") {
            groups.push(Str::const_new("system:masters"));
        }
        let agent = name.rsplit(':').next().unwrap_or(name);
        let user = User {
            name: name.into(),
            groups,
            ..User::default()
        };
        let transport = Local::new(self.server.in_process(user), agent, &self.counts);
        let transport: Arc<dyn client::Transport> = Arc::new(transport);
        // The test's own hand is steady.
        let transport = if name == "admin" {
            transport
        } else {
            self.network.before(transport)
        };
        Client::new(transport, self.platform.clone(), agent).with_list_mode(ListMode::Streaming)
    }

    /// The test's own client: may do everything.
    #[must_use]
    pub fn admin(&self) -> Client {
        self.client_of("admin")
    }

    /// Starts a node that runs every pod it gets.
    pub async fn node(&self, name: &str) -> FakeNode {
        FakeNode::start(self, name).await
    }

    /// Creates an object.
    ///
    /// # Panics
    /// When it does not decode, or the server refuses it.
    pub async fn create<K: Kind>(&self, object: Value) -> K {
        let decoded = meta::codec::from_value::<K>(&object).expect("the fixture decodes");
        let created = self.admin().of::<K>().create(&decoded.object).await;
        created.unwrap_or_else(|error| panic!("failed to create {object}: {error}"))
    }

    /// Waits until `holds` of the object, `None` while it is not there.
    ///
    /// # Panics
    /// When that does not happen within a quarter of an hour of virtual time.
    pub async fn eventually<K: Kind>(&self, key: &ObjectKey, holds: impl Fn(Option<&K>) -> bool) {
        let api = self.admin().of::<K>();
        let begun = self.platform.clock.monotonic();
        loop {
            let object = api.find(key).await.expect("a get works");
            if holds(object.as_ref()) {
                return;
            }
            let waited = self.platform.clock.monotonic().since(begun);
            assert!(
                waited < PATIENCE,
                "{} {key} never came to be as it should: {object:#?}",
                K::KIND
            );
            self.pass(Duration::from_millis(100)).await;
        }
    }

    /// All objects of a kind in a namespace.
    ///
    /// # Panics
    /// When the list fails.
    pub async fn list<K: Kind>(&self, namespace: &str) -> Vec<K> {
        let list = self
            .admin()
            .of::<K>()
            .list(Some(namespace), &client::ListParams::default())
            .await;
        list.expect("a list works").items
    }

    /// Lets virtual time pass.
    pub async fn pass(&self, time: Duration) {
        self.platform.clock.sleep(time).await;
    }

    /// Requests since the last call, by component, verb and path.
    #[must_use]
    pub fn requests(&self) -> BTreeMap<String, usize> {
        self.counts.take()
    }
}

fn server_config(platform: &Platform, store: Arc<dyn store::Store>) -> apiserver::Config {
    let services = registry::ServiceNetwork {
        address: Ipv4Addr::new(10, 96, 0, 0),
        prefix: 16,
        node_ports: (30000, 32767),
    };
    apiserver::Config {
        platform: platform.clone(),
        store,
        resources: registry::builtin(services),
        authentication: Authentication {
            client_roots: Vec::new(),
            service_accounts: ServiceAccounts {
                issuer: "https://kubernetes.default.svc.cluster.local".to_owned(),
                audiences: Vec::new(),
                signer: signing_key(),
                verifiers: Vec::new(),
                max_expiration_seconds: 3600,
            },
            static_tokens: Vec::new(),
            anonymous: false,
        },
        authorization: Authorization::NodeRbac,
        nodes: Arc::new(NoNodes),
        bootstrap: Bootstrap {
            enabled: true,
            advertise_address: Ipv4Addr::new(192, 0, 2, 1).into(),
            advertise_port: 6443,
            service_address: Ipv4Addr::new(10, 96, 0, 1).into(),
            service_port: 443,
            service_cidr: "10.96.0.0/16".to_owned(),
        },
        limits: Limits::default(),
        version: Version {
            git_version: "v1.36.2".to_owned(),
            git_commit: String::new(),
            build_date: "1970-01-01T00:00:00Z".to_owned(),
            platform: "linux/amd64".to_owned(),
        },
    }
}

/// Tokens play no part in who does what here: a fresh key each time does not make runs differ.
fn signing_key() -> SigningKey {
    let random = ring::rand::SystemRandom::new();
    let algorithm = &ring::signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    let key = ring::signature::EcdsaKeyPair::generate_pkcs8(algorithm, &random);
    SigningKey::from_pkcs8_der(key.expect("a key is made").as_ref())
        .expect("ring reads its own key")
}
