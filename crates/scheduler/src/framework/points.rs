//! The points themselves and what passes through them.

use crate::{pod::PodView, state::NodeView};
use client::{BoxFuture, Client, Error};
use meta::Str;
use platform::Monotonic;
use std::{borrow::Cow, cmp::Reverse};

/// What happened in the cluster, as far as it can make a pod schedulable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClusterEvent {
    NodeAdded,
    NodeAllocatableChanged,
    NodeLabelsChanged,
    NodeTaintsChanged,
    /// A pod that took room has gone or finished.
    PodRemoved,
    /// The pod itself was changed.
    PodUpdated,
}

/// Why a node does not fit, in upstream's words; reports count nodes by it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reason(pub Cow<'static, str>);

impl Reason {
    #[must_use]
    pub const fn new(words: &'static str) -> Self {
        Self(Cow::Borrowed(words))
    }
}

/// What a filter says of one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Fits,
    /// Does not fit now; would if pods went away.
    Rejected(Vec<Reason>),
    /// Does not fit, whatever pods went away.
    NeverFits(Reason),
}

/// Which nodes could this pod ever use, and what should `filter` remember?
#[derive(Debug)]
pub enum Prefilter<S> {
    /// The plugin has no say about this pod.
    Skip,
    AllNodes(S),
    OnlyNodes(Vec<Str>, S),
    /// No node can fit.
    Rejected(Reason),
}

/// 0 to 100; weights multiply it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub i64);

impl Score {
    pub const MAX: Self = Self(100);
}

/// The place of a pod in the queue: smaller is earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(pub Reverse<i32>, pub Monotonic);

/// Orders the queue. A profile has exactly one.
pub trait QueueSort: Send + Sync + 'static {
    fn rank(&self, pod: &PodView, queued: Monotonic) -> Rank;
}

/// Keeps pods out of the queue until they are ready for it.
pub trait PreEnqueue: Send + Sync + 'static {
    const NAME: &'static str;
    /// The reason to wait, if there is one.
    fn wait(&self, pod: &PodView) -> Option<Reason>;
}

/// Says which nodes a pod can run on.
pub trait Filter: Send + Sync + 'static {
    const NAME: &'static str;
    /// What may make a pod rejected by this plugin schedulable again.
    const RETRY_ON: &'static [ClusterEvent];
    /// Computed once per pod, passed by reference to every `filter` call.
    type State: Send + Sync + 'static;
    fn prefilter(&self, pod: &PodView) -> Prefilter<Self::State>;
    fn filter(&self, state: &Self::State, pod: &PodView, node: &NodeView) -> Verdict;
}

/// Says which of the nodes that fit is best.
pub trait ScorePlugin: Send + Sync + 'static {
    const NAME: &'static str;
    const WEIGHT: i64;
    /// Computed once per pod; `None` when the plugin has no preference for it.
    type State: Send + Sync + 'static;
    fn prescore(&self, pod: &PodView) -> Option<Self::State>;
    /// Any number: `normalize` brings it into 0 to 100.
    fn score(&self, state: &Self::State, pod: &PodView, node: &NodeView) -> i64;
    /// Called once with the scores of all nodes that fit.
    fn normalize(&self, _scores: &mut [i64]) {}
}

/// Tells the API server which node a pod goes to.
pub trait Bind: Send + Sync + 'static {
    const NAME: &'static str;
    fn bind(
        &self,
        client: Client,
        pod: &PodView,
        node: &str,
    ) -> BoxFuture<'static, Result<(), Error>>;
}
