//! Plugins of different state types in one list: erased once, here.

use super::points::{
    Bind, ClusterEvent, Filter, PreEnqueue, Prefilter, QueueSort, Rank, Reason, ScorePlugin,
    Verdict,
};
use crate::{pod::PodView, state::NodeView};
use client::{BoxFuture, Client, Error};
use platform::Monotonic;
use std::{any::Any, fmt};

/// What a plugin remembers of a pod for the length of one cycle.
pub type CycleState = Box<dyn Any + Send + Sync>;

/// The plugins of one profile, in the order in which they are asked.
pub struct Plugins {
    sort: Box<dyn QueueSort>,
    binder: Box<dyn ErasedBind>,
    gates: Vec<Box<dyn ErasedPreEnqueue>>,
    pub(crate) filters: Vec<Box<dyn ErasedFilter>>,
    pub(crate) scores: Vec<Box<dyn ErasedScore>>,
}

impl fmt::Debug for Plugins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filters: Vec<_> = self.filters.iter().map(|plugin| plugin.name()).collect();
        f.debug_struct("Plugins")
            .field("filters", &filters)
            .finish_non_exhaustive()
    }
}

impl Plugins {
    #[must_use]
    pub fn new(sort: impl QueueSort, binder: impl Bind) -> Self {
        Self {
            sort: Box::new(sort),
            binder: Box::new(binder),
            gates: Vec::new(),
            filters: Vec::new(),
            scores: Vec::new(),
        }
    }

    #[must_use]
    pub fn pre_enqueue(mut self, plugin: impl PreEnqueue) -> Self {
        self.gates.push(Box::new(plugin));
        self
    }

    #[must_use]
    pub fn filter(mut self, plugin: impl Filter) -> Self {
        self.filters.push(Box::new(plugin));
        self
    }

    #[must_use]
    pub fn score(mut self, plugin: impl ScorePlugin) -> Self {
        self.scores.push(Box::new(plugin));
        self
    }

    pub(crate) fn rank(&self, pod: &PodView, queued: Monotonic) -> Rank {
        self.sort.rank(pod, queued)
    }

    /// Why the pod may not enter the queue yet.
    pub(crate) fn gate(&self, pod: &PodView) -> Option<Reason> {
        self.gates.iter().find_map(|plugin| plugin.wait(pod))
    }

    pub(crate) fn bind(
        &self,
        client: Client,
        pod: &PodView,
        node: &str,
    ) -> BoxFuture<'static, Result<(), Error>> {
        self.binder.bind(client, pod, node)
    }

    /// Whether `event` may help a pod that these filters (by their place in the list) rejected.
    pub(crate) fn helps(&self, event: ClusterEvent, rejected_by: &[usize]) -> bool {
        rejected_by.iter().any(|&index| {
            self.filters
                .get(index)
                .is_some_and(|plugin| plugin.retry_on().contains(&event))
        })
    }
}

trait ErasedBind: Send + Sync {
    fn bind(
        &self,
        client: Client,
        pod: &PodView,
        node: &str,
    ) -> BoxFuture<'static, Result<(), Error>>;
}

impl<B: Bind> ErasedBind for B {
    fn bind(
        &self,
        client: Client,
        pod: &PodView,
        node: &str,
    ) -> BoxFuture<'static, Result<(), Error>> {
        Bind::bind(self, client, pod, node)
    }
}

trait ErasedPreEnqueue: Send + Sync {
    fn wait(&self, pod: &PodView) -> Option<Reason>;
}

impl<P: PreEnqueue> ErasedPreEnqueue for P {
    fn wait(&self, pod: &PodView) -> Option<Reason> {
        PreEnqueue::wait(self, pod)
    }
}

pub(crate) trait ErasedFilter: Send + Sync {
    fn name(&self) -> &'static str;
    fn retry_on(&self) -> &'static [ClusterEvent];
    fn prefilter(&self, pod: &PodView) -> Prefilter<CycleState>;
    fn filter(&self, state: &CycleState, pod: &PodView, node: &NodeView) -> Verdict;
}

impl<F: Filter> ErasedFilter for F {
    fn name(&self) -> &'static str {
        F::NAME
    }

    fn retry_on(&self) -> &'static [ClusterEvent] {
        F::RETRY_ON
    }

    fn prefilter(&self, pod: &PodView) -> Prefilter<CycleState> {
        match Filter::prefilter(self, pod) {
            Prefilter::Skip => Prefilter::Skip,
            Prefilter::AllNodes(state) => Prefilter::AllNodes(Box::new(state)),
            Prefilter::OnlyNodes(names, state) => Prefilter::OnlyNodes(names, Box::new(state)),
            Prefilter::Rejected(reason) => Prefilter::Rejected(reason),
        }
    }

    fn filter(&self, state: &CycleState, pod: &PodView, node: &NodeView) -> Verdict {
        let state = (**state)
            .downcast_ref()
            .expect("the framework passes each plugin its own state");
        Filter::filter(self, state, pod, node)
    }
}

pub(crate) trait ErasedScore: Send + Sync {
    fn weight(&self) -> i64;
    fn prescore(&self, pod: &PodView) -> Option<CycleState>;
    fn score(&self, state: &CycleState, pod: &PodView, node: &NodeView) -> i64;
    fn normalize(&self, scores: &mut [i64]);
}

impl<S: ScorePlugin> ErasedScore for S {
    fn weight(&self) -> i64 {
        S::WEIGHT
    }

    fn prescore(&self, pod: &PodView) -> Option<CycleState> {
        ScorePlugin::prescore(self, pod).map(|state| Box::new(state) as CycleState)
    }

    fn score(&self, state: &CycleState, pod: &PodView, node: &NodeView) -> i64 {
        let state = (**state)
            .downcast_ref()
            .expect("the framework passes each plugin its own state");
        ScorePlugin::score(self, state, pod, node)
    }

    fn normalize(&self, scores: &mut [i64]) {
        ScorePlugin::normalize(self, scores);
    }
}
