//! The loop that owns the picture and the queue. All that can wake it is an [`Event`].

use crate::{
    bind::{self, Bound},
    cycle,
    framework::{ClusterEvent, Plugins},
    pod::PodView,
    queue::{Attempt, Queue},
    report::Reporter,
    state::{NodeFacts, State},
};
use api::core::v1::{Node, Pod};
use client::{
    Cache, Client, Selector, SharedCaches,
    cache::{Changed, Subscription},
};
use futures::{StreamExt, future::OptionFuture, stream::FuturesUnordered};
use meta::{ObjectKey, Str};
use platform::{Platform, TaskHandle};
use std::{collections::HashMap, sync::Arc};

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
    Due,
}

struct Agent {
    scheduler_name: Str,
    client: Client,
    platform: Platform,
    plugins: Arc<Plugins>,
    pods: Cache<Pod, PodView>,
    nodes: Cache<Node, NodeFacts>,
    changed_pods: Subscription,
    changed_nodes: Subscription,
    state: State,
    queue: Queue,
    /// Pods that were given a node which their object does not show yet.
    assumed: HashMap<ObjectKey, Str>,
    binding: FuturesUnordered<TaskHandle<Bound>>,
    reporter: Reporter,
}

impl Agent {
    fn new(config: Config) -> Self {
        let plugins = Arc::new(config.plugins);
        let pods: Cache<Pod, PodView> = config.caches.view(Selector::default());
        let nodes: Cache<Node, NodeFacts> = config.caches.view(Selector::default());
        Self {
            changed_pods: pods.subscribe(CHANGED_KEYS_MAX),
            changed_nodes: nodes.subscribe(CHANGED_KEYS_MAX),
            reporter: Reporter::new(config.client.clone(), &config.platform),
            scheduler_name: config.scheduler_name,
            client: config.client,
            platform: config.platform,
            queue: Queue::new(Arc::clone(&plugins)),
            plugins,
            pods,
            nodes,
            state: State::default(),
            assumed: HashMap::new(),
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
                Some(Event::Due) => self.queue.due(self.platform.clock.monotonic()),
                None => {}
            }
        }
    }

    /// Waits for whatever comes first.
    async fn next_event(&mut self) -> Event {
        let due: OptionFuture<_> = self
            .queue
            .next_due()
            .map(|at| self.platform.clock.sleep_until(at))
            .into();
        tokio::select! {
            biased;
            Some(bound) = self.binding.next(), if !self.binding.is_empty() => Event::Bound(Box::new(bound.unwrap_or_else(|_| Bound::lost()))),
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
            let Some(attempt) = self.queue.pop() else {
                return false;
            };
            self.schedule(attempt);
        }
        true
    }

    fn schedule(&mut self, attempt: Attempt) {
        let rng = &self.platform.rng;
        let pick = |n: usize| usize::try_from(rng.below(n as u64)).unwrap_or(0);
        match cycle::schedule(&self.plugins, &self.state, &attempt.pod, pick) {
            Ok(node) => {
                self.state.set_pod(Arc::new(PodView {
                    node: node.clone(),
                    ..(*attempt.pod).clone()
                }));
                self.assumed
                    .insert(attempt.pod.key.clone(), attempt.pod.uid.clone());
                let bound = bind::bind(&self.plugins, &self.client, attempt, node);
                self.binding.push(self.platform.tasks.spawn("bind", bound));
            }
            Err(unfit) => {
                self.reporter.refused(&attempt.pod, unfit.message());
                self.queue.unschedulable(
                    attempt,
                    unfit.rejected_by,
                    self.platform.clock.monotonic(),
                );
            }
        }
    }

    fn on_bound(&mut self, bound: Bound) {
        let Some((attempt, node)) = bound.what else {
            return;
        };
        match bound.outcome {
            Ok(()) => self.reporter.bound(&attempt.pod, &node),
            Err(error) => {
                let key = attempt.pod.key.clone();
                if self.assumed.remove(&key).is_some() {
                    self.state.remove_pod(&key);
                }
                if error.is_not_found()
                    || self
                        .pods
                        .get(&key)
                        .is_none_or(|pod| !pod.node.is_empty() || pod.uid != attempt.pod.uid)
                {
                    return;
                }
                self.reporter.failed(&attempt.pod, &error);
                self.queue.failed(attempt, self.platform.clock.monotonic());
            }
        }
    }

    fn on_nodes(&mut self, changed: Changed) {
        let keys = match changed {
            Changed::Keys(keys) => keys,
            Changed::All => {
                let known = self.state.node_names().map(|name| ObjectKey {
                    namespace: None,
                    name: name.clone(),
                });
                known.chain(self.nodes.keys(None)).collect()
            }
        };
        for key in keys {
            match self.nodes.get(&key) {
                Some(facts) => self.on_node(facts),
                None => self.state.remove_node(&key.name),
            }
        }
    }

    fn on_node(&mut self, facts: Arc<NodeFacts>) {
        let now = self.platform.clock.monotonic();
        let events = node_events(
            self.state.node(&facts.name).map(|node| &*node.facts),
            &facts,
        );
        self.state.set_node(facts);
        for event in events {
            self.queue.event(event, now);
        }
    }

    fn on_pods(&mut self, changed: Changed) {
        let keys: Vec<ObjectKey> = match changed {
            Changed::Keys(keys) => keys,
            Changed::All => self
                .state
                .pod_keys()
                .chain(self.queue.keys())
                .cloned()
                .chain(self.pods.keys(None))
                .collect(),
        };
        for key in keys {
            self.on_pod(&key);
        }
    }

    fn on_pod(&mut self, key: &ObjectKey) {
        let now = self.platform.clock.monotonic();
        let pod = self.pods.get(key);
        match pod {
            Some(pod) if pod.occupies() => {
                self.assumed.remove(key);
                self.queue.remove(key);
                self.state.set_pod(pod);
            }
            Some(pod)
                if pod.node.is_empty()
                    && !pod.finished
                    && self.assumed.get(key) == Some(&pod.uid) => {}
            Some(pod)
                if pod.node.is_empty()
                    && !pod.finished
                    && !pod.deleting
                    && pod.scheduler == self.scheduler_name =>
            {
                self.queue.set(pod, now)
            }
            _ => {
                self.assumed.remove(key);
                self.queue.remove(key);
                if self.state.remove_pod(key) {
                    self.queue.event(ClusterEvent::PodRemoved, now);
                }
            }
        }
    }
}

/// How a node's change can help waiting pods.
fn node_events(old: Option<&NodeFacts>, new: &NodeFacts) -> Vec<ClusterEvent> {
    let Some(old) = old else {
        return vec![ClusterEvent::NodeAdded];
    };
    let mut events = Vec::new();
    if old.labels != new.labels {
        events.push(ClusterEvent::NodeLabelsChanged);
    }
    if old.taints != new.taints || old.unschedulable != new.unschedulable {
        events.push(ClusterEvent::NodeTaintsChanged);
    }
    if old.allocatable != new.allocatable || old.pods_max != new.pods_max {
        events.push(ClusterEvent::NodeAllocatableChanged);
    }
    events
}
