//! The loop that owns the [`Core`], and does what it says. All that can wake it is an [`Event`].

use crate::{
    core::{Core, Placement, Step},
    framework::{Plugins, Setback},
    pod::{self, PodView},
    report::Reporter,
    state::NodeFacts,
};
use api::core::v1::{Node, Pod};
use client::{
    Cache, Client, Selector, SharedCaches,
    cache::{Changed, Subscription},
};
use futures::{StreamExt, future::OptionFuture, stream::FuturesUnordered};
use meta::{ObjectKey, Str};
use platform::{Platform, TaskHandle};
use std::sync::Arc;

/// Bindings under way at once; the loop takes no further pod until one is done.
const BINDINGS_MAX: usize = 128;
/// Cycles between two looks at what has changed.
const CYCLES_A_TURN: usize = 64;
/// Changed keys that are kept apart; beyond, everything is compared.
const CHANGED_KEYS_MAX: usize = 10_000;

/// What the scheduler is made of.
#[derive(Debug)]
pub struct Config {
    /// Pods that name this scheduler are ours.
    pub scheduler_name: Str,
    /// Speaks as `system:kube-scheduler`.
    pub client: Client,
    pub caches: SharedCaches,
    pub platform: Platform,
    pub plugins: Plugins,
}

/// Starts scheduling; ends when the platform's tasks drain.
pub fn start(config: Config) {
    let tasks = config.platform.tasks.clone();
    let draining = tasks.draining();
    let agent = Agent::new(config);
    drop(tasks.spawn("scheduler", async move {
        tokio::select! {
            biased;
            () = draining => {}
            () = agent.run() => {}
        }
    }));
}

enum Event {
    Nodes(Changed),
    Pods(Changed),
    Bound(Box<Bound>),
    /// Pods that waited to be permitted were allowed or rejected.
    Decided,
    Due,
}

struct Agent {
    client: Client,
    platform: Platform,
    core: Core,
    pods: Cache<Pod, PodView>,
    nodes: Cache<Node, NodeFacts>,
    changed_pods: Subscription,
    changed_nodes: Subscription,
    binding: FuturesUnordered<TaskHandle<Bound>>,
    reporter: Reporter,
}

impl Agent {
    fn new(config: Config) -> Self {
        let pods: Cache<Pod, PodView> = config.caches.view(Selector {
            parts: pod::PARTS,
            ..Selector::default()
        });
        let nodes: Cache<Node, NodeFacts> = config.caches.view(Selector::default());
        Self {
            changed_pods: pods.subscribe(CHANGED_KEYS_MAX),
            changed_nodes: nodes.subscribe(CHANGED_KEYS_MAX),
            reporter: Reporter::new(config.client.clone(), &config.platform),
            core: Core::new(config.scheduler_name, config.plugins),
            client: config.client,
            platform: config.platform,
            pods,
            nodes,
            binding: FuturesUnordered::new(),
        }
    }

    async fn run(mut self) {
        self.nodes.synced().await;
        self.pods.synced().await;
        self.on_nodes(Changed::All);
        self.on_pods(Changed::All);
        loop {
            let more = self.schedule_some();
            let event = if more {
                self.ready_event().await
            } else {
                Some(self.next_event().await)
            };
            match event {
                Some(Event::Nodes(changed)) => self.on_nodes(changed),
                Some(Event::Pods(changed)) => self.on_pods(changed),
                Some(Event::Bound(bound)) => self.on_bound(*bound),
                Some(Event::Decided) => self.on_decided(),
                Some(Event::Due) => {
                    self.core.due(self.platform.clock.monotonic());
                    self.on_decided();
                }
                None => {}
            }
        }
    }

    /// Waits for whatever comes first.
    async fn next_event(&mut self) -> Event {
        let due: OptionFuture<_> = self
            .core
            .next_due()
            .map(|at| self.platform.clock.sleep_until(at))
            .into();
        tokio::select! {
            biased;
            Some(bound) = self.binding.next(), if !self.binding.is_empty() => Event::Bound(Box::new(bound.unwrap_or(None))),
            () = self.core.waiting().decided() => Event::Decided,
            changed = self.changed_nodes.next() => Event::Nodes(changed),
            changed = self.changed_pods.next() => Event::Pods(changed),
            Some(()) = due => Event::Due,
        }
    }

    /// What has come already, if anything; lets other tasks run in between.
    async fn ready_event(&mut self) -> Option<Event> {
        tokio::select! {
            biased;
            event = self.next_event() => Some(event),
            () = tokio::task::yield_now() => None,
        }
    }

    /// Runs cycles while there are pods and room for bindings; says whether more could be done at once.
    fn schedule_some(&mut self) -> bool {
        for _ in 0..CYCLES_A_TURN {
            if self.binding.len() >= BINDINGS_MAX {
                return false;
            }
            let rng = &self.platform.rng;
            let pick = |n: usize| usize::try_from(rng.below(n as u64)).unwrap_or(0);
            let Some(step) = self.core.step(self.platform.clock.monotonic(), pick) else {
                return false;
            };
            self.act(step);
        }
        true
    }

    fn act(&mut self, step: Step) {
        match step {
            Step::Bind(placement) => {
                let bound = bind(&self.core, self.client.clone(), placement);
                self.binding.push(self.platform.tasks.spawn("bind", bound));
            }
            Step::Report(unscheduled) => self.reporter.unscheduled(&unscheduled),
            Step::Wait => {}
        }
    }

    fn on_decided(&mut self) {
        for step in self.core.decided(self.platform.clock.monotonic()) {
            self.act(step);
        }
    }

    fn on_bound(&mut self, bound: Bound) {
        match bound {
            Some((placement, Ok(()))) => {
                self.reporter.bound(placement.pod(), &placement.node);
                self.core.bound(&placement);
            }
            Some((placement, Err(setback))) => {
                let now = self.platform.clock.monotonic();
                if let Some(unscheduled) = self.core.failed(*placement, setback, now) {
                    self.reporter.unscheduled(&unscheduled);
                }
            }
            None => {}
        }
    }

    fn on_nodes(&mut self, changed: Changed) {
        let keys = match changed {
            Changed::Keys(keys) => keys,
            Changed::All => {
                let known = self.core.state().node_names().map(|name| ObjectKey {
                    namespace: None,
                    name: name.clone(),
                });
                known.chain(self.nodes.keys(None)).collect()
            }
        };
        let now = self.platform.clock.monotonic();
        for key in keys {
            match self.nodes.get(&key) {
                Some(facts) => self.core.set_node(facts, now),
                None => self.core.remove_node(&key.name),
            }
        }
    }

    fn on_pods(&mut self, changed: Changed) {
        let keys: Vec<ObjectKey> = match changed {
            Changed::Keys(keys) => keys,
            Changed::All => {
                let known = self.core.pod_keys().cloned();
                known.chain(self.pods.keys(None)).collect()
            }
        };
        let now = self.platform.clock.monotonic();
        for key in keys {
            match self.pods.get(&key) {
                Some(pod) => self.core.set_pod(pod, now),
                None => self.core.remove_pod(&key, now),
            }
        }
    }
}

/// How a binding cycle ended; nothing if its task was lost, as it is while everything drains.
type Bound = Option<(Box<Placement>, Result<(), Setback>)>;

fn bind(
    core: &Core,
    client: Client,
    placement: Box<Placement>,
) -> impl Future<Output = Bound> + Send + 'static {
    let (pod, node) = (Arc::clone(placement.pod()), placement.node.clone());
    let outcome = Arc::clone(core.plugins()).run_bind(client, pod, node);
    async move { Some((placement, outcome.await)) }
}
