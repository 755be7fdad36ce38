//! The plugins of one profile, point by point.

use super::{
    erased::{
        ErasedBind, ErasedFilter, ErasedPermit, ErasedPostBind, ErasedPostFilter, ErasedPreBind,
        ErasedPreEnqueue, ErasedReserve, ErasedScore,
    },
    points::{
        Bind, ClusterEvent, Filter, Permit, PostBind, PostFilter, PreBind, PreEnqueue, QueueSort,
        Rank, Reason, Reserve, ScorePlugin,
    },
};
use crate::pod::PodView;
use platform::Monotonic;
use std::fmt;

/// The plugins of one profile, at each point in the order in which they are asked.
pub struct Plugins {
    sort: Box<dyn QueueSort>,
    gates: Vec<Box<dyn ErasedPreEnqueue>>,
    pub(crate) filters: Vec<Box<dyn ErasedFilter>>,
    pub(super) post_filters: Vec<Box<dyn ErasedPostFilter>>,
    pub(crate) scores: Vec<Box<dyn ErasedScore>>,
    pub(super) reserves: Vec<Box<dyn ErasedReserve>>,
    pub(super) permits: Vec<Box<dyn ErasedPermit>>,
    pub(super) pre_binds: Vec<Box<dyn ErasedPreBind>>,
    pub(super) binders: Vec<Box<dyn ErasedBind>>,
    pub(super) post_binds: Vec<Box<dyn ErasedPostBind>>,
    /// By plugin, what may make the pods that it rejected schedulable again.
    retries: Vec<(&'static str, &'static [ClusterEvent])>,
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
    /// A profile without a plugin but the one that orders its queue.
    #[must_use]
    pub fn new(sort: impl QueueSort) -> Self {
        Self {
            sort: Box::new(sort),
            gates: Vec::new(),
            filters: Vec::new(),
            post_filters: Vec::new(),
            scores: Vec::new(),
            reserves: Vec::new(),
            permits: Vec::new(),
            pre_binds: Vec::new(),
            binders: Vec::new(),
            post_binds: Vec::new(),
            retries: Vec::new(),
        }
    }

    #[must_use]
    pub fn pre_enqueue(mut self, plugin: impl PreEnqueue) -> Self {
        self.gates.push(Box::new(plugin));
        self
    }

    #[must_use]
    pub fn filter<P: Filter>(mut self, plugin: P) -> Self {
        self.filters.push(Box::new(plugin));
        self.retried(P::NAME, P::RETRY_ON)
    }

    #[must_use]
    pub fn post_filter(mut self, plugin: impl PostFilter) -> Self {
        self.post_filters.push(Box::new(plugin));
        self
    }

    #[must_use]
    pub fn score(mut self, plugin: impl ScorePlugin) -> Self {
        self.scores.push(Box::new(plugin));
        self
    }

    #[must_use]
    pub fn reserve<P: Reserve>(mut self, plugin: P) -> Self {
        self.reserves.push(Box::new(plugin));
        self.retried(P::NAME, P::RETRY_ON)
    }

    #[must_use]
    pub fn permit<P: Permit>(mut self, plugin: P) -> Self {
        self.permits.push(Box::new(plugin));
        self.retried(P::NAME, P::RETRY_ON)
    }

    #[must_use]
    pub fn pre_bind<P: PreBind>(mut self, plugin: P) -> Self {
        self.pre_binds.push(Box::new(plugin));
        self.retried(P::NAME, P::RETRY_ON)
    }

    #[must_use]
    pub fn bind(mut self, plugin: impl Bind) -> Self {
        self.binders.push(Box::new(plugin));
        self
    }

    #[must_use]
    pub fn post_bind(mut self, plugin: impl PostBind) -> Self {
        self.post_binds.push(Box::new(plugin));
        self
    }

    fn retried(mut self, plugin: &'static str, on: &'static [ClusterEvent]) -> Self {
        self.retries.push((plugin, on));
        self
    }

    pub(crate) fn rank(&self, pod: &PodView, queued: Monotonic) -> Rank {
        self.sort.rank(pod, queued)
    }

    /// Why the pod may not enter the queue yet.
    pub(crate) fn gate(&self, pod: &PodView) -> Option<Reason> {
        self.gates.iter().find_map(|plugin| plugin.wait(pod))
    }

    /// Whether `event` may help a pod that these plugins rejected.
    pub(crate) fn helps(&self, event: ClusterEvent, rejected_by: &[&'static str]) -> bool {
        self.retries
            .iter()
            .any(|(plugin, on)| rejected_by.contains(plugin) && on.contains(&event))
    }
}
