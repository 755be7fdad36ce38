//! [`World`]: the control plane of one simulation, and the hands of a test in it.

use crate::{faults::Network, ledger::Ledger, node::FakeNode, plane::Plane, transport::Counts};
use client::Client;
use meta::{Kind, ObjectKey};
use platform::{Platform, simulated};
use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};

/// Virtual time after which something that should have happened has not.
const PATIENCE: Duration = Duration::from_secs(900);
/// How long a crash waits for a write in whose middle it comes.
const CRASH_WITHIN: Duration = Duration::from_secs(10);

/// A control plane, and everything outside it: nodes, clients, the network between. Cheap to clone.
#[derive(Clone, Debug)]
pub struct World {
    /// Of nodes and clients; the control plane is a process of its own.
    pub platform: Platform,
    /// What lies between components and the server. Nothing goes wrong on it until a test asks for that.
    pub network: Network,
    /// What the world outside has learned.
    pub ledger: Ledger,
    plane: Plane,
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
        let ended = world.clone();
        scenario(world).await;
        assert_eq!(ended.platform.tasks.panics(), 0, "tasks outside");
        assert_eq!(ended.plane.panics(), 0, "tasks of the control plane");
        ended.ledger.check();
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
            eprintln!(
                "to repeat exactly this: SIM_SEED={} cargo nextest run -p sim --no-capture {}",
                self.0,
                std::thread::current().name().unwrap_or_default()
            );
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
        let (network, counts) = (Network::new(platform), Counts::default());
        let world = Self {
            plane: Plane::new(platform, &network, &counts),
            platform: platform.clone(),
            network,
            ledger: Ledger::default(),
            counts,
        };
        world.plane.start().await;
        world
    }

    /// The control plane crashes: at once, or in the middle of one of the next `writes` of its disk, at most ten seconds from now. What it did
    /// not sync is lost, whole or in part; nodes and clients go on.
    pub async fn crash(&self, writes: Option<u32>) {
        if let Some(writes) = writes {
            let failure = self.power_fails_after(writes);
            // A control plane with nothing to write crashes all the same.
            let _ = self.platform.clock.timeout(CRASH_WITHIN, failure).await;
        }
        self.plane.crash().await;
    }

    /// Completes when the disk's power has failed, in the middle of one of the next `writes`. The control plane must crash then.
    pub async fn power_fails_after(&self, writes: u32) {
        let disk = self.plane.disk();
        disk.cut_power_after(writes.max(1));
        disk.power_failed().await;
    }

    /// Starts the control plane again after a crash, over what is on its disk. Dropping this and crashing is a crash while it starts.
    pub async fn restart(&self) {
        self.plane.start().await;
    }

    /// A client with this identity; service accounts and nodes are in the groups that go with them.
    #[must_use]
    pub fn client_of(&self, name: &str) -> Client {
        self.plane.client(name, &self.platform)
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
