//! The scheduler without its I/O: queue, picture, reservations and waiting pods, stepped by plain calls. What is to be done outside is returned.

#[cfg(test)]
mod tests;

use crate::{
    cycle,
    framework::{ClusterEvent, Permitted, Plugins, Refusal, Setback, WaitingPods},
    pod::PodView,
    queue::{Attempt, Queue},
    state::{NodeFacts, State},
};
use meta::{ObjectKey, Str};
use platform::Monotonic;
use std::{collections::HashMap, sync::Arc};

/// All that scheduling remembers. It does not know where pods and nodes come from, nor who binds.
#[derive(Debug)]
pub struct Core {
    scheduler_name: Str,
    plugins: Arc<Plugins>,
    state: State,
    queue: Queue,
    /// Where the next cycle begins to look.
    start: usize,
    /// The newest view of each pod that was given a node which its object does not show yet.
    assumed: HashMap<ObjectKey, Arc<PodView>>,
    waiting: WaitingPods,
    /// The placements of the pods that wait to be permitted, by uid.
    held: HashMap<Str, Placement>,
}

/// A pod that was given a node. What it takes there is reserved until it is bound, or given up.
#[derive(Debug)]
pub struct Placement {
    attempt: Attempt,
    pub node: Str,
}

/// What has to be done outside.
#[derive(Debug)]
pub enum Step {
    /// Run the binding cycle, and tell how it ended.
    Bind(Box<Placement>),
    /// Tell the user why the pod has no node yet. It will be tried again.
    Report(Box<Unscheduled>),
    /// Nothing: the pod waits to be permitted.
    Wait,
}

/// Why a pod has no node yet.
#[derive(Debug)]
pub struct Unscheduled {
    pub pod: Arc<PodView>,
    /// The reason of its condition.
    pub reason: &'static str,
    pub message: String,
    /// Where room is being made for it.
    pub nominated: Option<Str>,
}

impl Placement {
    /// The pod as it was when it was taken from the queue.
    #[must_use]
    pub fn pod(&self) -> &Arc<PodView> {
        &self.attempt.pod
    }
}

impl Core {
    /// Schedules the pods that name this scheduler.
    #[must_use]
    pub fn new(scheduler_name: Str, plugins: Plugins) -> Self {
        let plugins = Arc::new(plugins);
        Self {
            scheduler_name,
            state: State::default(),
            queue: Queue::new(Arc::clone(&plugins)),
            start: 0,
            assumed: HashMap::new(),
            waiting: WaitingPods::default(),
            held: HashMap::new(),
            plugins,
        }
    }

    /// The picture of the cluster.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    pub(crate) fn plugins(&self) -> &Arc<Plugins> {
        &self.plugins
    }

    /// The pods that Permit plugins told to wait.
    pub(crate) fn waiting(&self) -> &WaitingPods {
        &self.waiting
    }

    /// The keys of all pods that it knows.
    pub(crate) fn pod_keys(&self) -> impl Iterator<Item = &ObjectKey> {
        self.state.pod_keys().chain(self.queue.keys())
    }

    /// Tries the next pod; `None` when there is none to try now. `pick(n)` draws below `n`.
    pub fn step(&mut self, now: Monotonic, pick: impl FnOnce(usize) -> usize) -> Option<Step> {
        let attempt = self.queue.pop()?;
        let chosen = cycle::schedule(
            &self.plugins,
            &self.state,
            &attempt.pod,
            &mut self.start,
            pick,
        );
        Some(match chosen {
            Ok(node) => self.place(Placement { attempt, node }, now),
            Err(unfit) => self.unfit(attempt, *unfit, now),
        })
    }

    /// Reserves the node and asks whether the pod may go there.
    fn place(&mut self, placement: Placement, now: Monotonic) -> Step {
        self.assume(&placement);
        let (pod, node) = (placement.pod(), &placement.node);
        let permitted = self
            .plugins
            .run_reserve(pod, node)
            .and_then(|()| self.plugins.run_permit(pod, node, &self.waiting));
        match permitted {
            Ok(Permitted::Now) => Step::Bind(Box::new(placement)),
            Ok(Permitted::Later(plugins)) => {
                self.waiting.add(pod, node, &plugins, now);
                self.held.insert(pod.uid.clone(), placement);
                Step::Wait
            }
            Err(setback) => {
                let report = self.failed(placement, setback, now);
                report.map_or(Step::Wait, |report| Step::Report(Box::new(report)))
            }
        }
    }

    fn assume(&mut self, placement: &Placement) {
        let pod = placement.pod();
        self.state.set_pod(Arc::new(pod.placed(&placement.node)));
        self.assumed.insert(pod.key.clone(), Arc::clone(pod));
    }

    fn unfit(&mut self, attempt: Attempt, unfit: cycle::Unfit, now: Monotonic) -> Step {
        let mut message = unfit.message();
        let mut nominated = None;
        if unfit.nodes > 0 {
            let remedied =
                self.plugins
                    .run_post_filters(&attempt.pod, &self.state, &unfit.statuses);
            if !remedied.message.is_empty() {
                message = format!("{message} {}", remedied.message);
            }
            nominated = remedied.nominated;
        }
        let report = Unscheduled {
            pod: Arc::clone(&attempt.pod),
            reason: "Unschedulable",
            message,
            nominated,
        };
        self.queue.unschedulable(attempt, unfit.rejected_by, now);
        Step::Report(Box::new(report))
    }

    /// The waits that have ended.
    pub fn decided(&mut self, now: Monotonic) -> Vec<Step> {
        let mut steps = Vec::new();
        for (uid, decision) in self.waiting.take_decided(now) {
            let placement = self.held.remove(&uid);
            let placement = placement.expect("a pod that waits is held");
            match decision {
                Ok(()) => steps.push(Step::Bind(Box::new(placement))),
                Err((plugin, reason)) => {
                    let setback = Setback::while_waiting(plugin, reason);
                    let report = self.failed(placement, setback, now);
                    steps.extend(report.map(|report| Step::Report(Box::new(report))));
                }
            }
        }
        steps
    }

    /// The pod was bound.
    pub fn bound(&self, placement: &Placement) {
        self.plugins.run_post_bind(placement.pod(), &placement.node);
    }

    /// The pod does not go there: everything reserved is given up, and it is tried again, unless there is nothing to try any more.
    pub(crate) fn failed(
        &mut self,
        placement: Placement,
        setback: Setback,
        now: Monotonic,
    ) -> Option<Unscheduled> {
        let Placement { attempt, node } = placement;
        self.plugins.unreserve(&attempt.pod, &node);
        let key = attempt.pod.key.clone();
        // If it is not assumed any more, its object has come to show a node, or is gone.
        let newest = self.unassume(&attempt.pod);
        let report = newest
            .filter(|_| !is_gone(&setback))
            .map(|newest| self.try_again(attempt, newest, setback, now));
        self.queue.gave_up(&key, now);
        report
    }

    fn try_again(
        &mut self,
        attempt: Attempt,
        newest: Arc<PodView>,
        setback: Setback,
        now: Monotonic,
    ) -> Unscheduled {
        let message = setback.message();
        let reason = match setback.refusal {
            Refusal::Rejected(_) => {
                self.queue.unschedulable(attempt, vec![setback.plugin], now);
                "Unschedulable"
            }
            Refusal::Failed(_) => {
                self.queue.failed(attempt, now);
                "SchedulerError"
            }
        };
        // What was changed meanwhile counts.
        self.queue.set(Arc::clone(&newest), now);
        Unscheduled {
            pod: newest,
            reason,
            message,
            nominated: None,
        }
    }

    /// Takes the assumption of this very pod back, and returns its newest view.
    fn unassume(&mut self, pod: &PodView) -> Option<Arc<PodView>> {
        if self.assumed.get(&pod.key)?.uid != pod.uid {
            return None;
        }
        self.state.remove_pod(&pod.key);
        self.assumed.remove(&pod.key)
    }

    /// Moves pods whose time has come.
    pub fn due(&mut self, now: Monotonic) {
        self.queue.due(now);
    }

    /// When [`Core::due`] or [`Core::decided`] has something to do next.
    #[must_use]
    pub fn next_due(&self) -> Option<Monotonic> {
        let dues = [self.queue.next_due(), self.waiting.next_due()];
        dues.into_iter().flatten().min()
    }

    /// Takes a new or changed node.
    pub fn set_node(&mut self, facts: Arc<NodeFacts>, now: Monotonic) {
        let old = self.state.node(&facts.name).map(|node| &*node.facts);
        let events = node_events(old, &facts);
        self.state.set_node(facts);
        for event in events {
            self.queue.event(event, now);
        }
    }

    pub fn remove_node(&mut self, name: &str) {
        self.state.remove_node(name);
    }

    /// Takes a pod as its object is now.
    pub fn set_pod(&mut self, pod: Arc<PodView>, now: Monotonic) {
        if pod.finished {
            return self.remove_pod(&pod.key, now);
        }
        if !pod.node.is_empty() {
            self.release(&pod.key);
            self.queue.remove(&pod.key);
            self.state.set_pod(pod);
            return;
        }
        if let Some(assumed) = self.assumed.get_mut(&pod.key) {
            if assumed.uid == pod.uid {
                *assumed = pod;
                return;
            }
            // The one that was placed is gone, and this is its successor.
            self.remove_pod(&pod.key, now);
        }
        if pod.deleting || pod.scheduler != self.scheduler_name {
            return self.remove_pod(&pod.key, now);
        }
        self.queue.set(pod, now);
    }

    /// The pod is gone, or needs nothing any more.
    pub fn remove_pod(&mut self, key: &ObjectKey, now: Monotonic) {
        self.release(key);
        self.queue.remove(key);
        if self.state.remove_pod(key) {
            self.queue.event(ClusterEvent::PodRemoved, now);
        }
    }

    /// The pod has its node, or needs none any more. If it was still waiting to be permitted, that is over.
    fn release(&mut self, key: &ObjectKey) {
        if let Some(assumed) = self.assumed.remove(key)
            && let Some(placement) = self.held.remove(&assumed.uid)
        {
            self.waiting.forget(&assumed.uid);
            self.plugins.unreserve(placement.pod(), &placement.node);
        }
    }
}

/// The API server says that there is no such pod.
fn is_gone(setback: &Setback) -> bool {
    match &setback.refusal {
        Refusal::Failed(error) => error
            .downcast_ref::<client::Error>()
            .is_some_and(client::Error::is_not_found),
        Refusal::Rejected(_) => false,
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
