//! The points themselves and what passes through them.

use super::{statuses::NodeStatuses, waiting::WaitingPods};
use crate::{
    pod::PodView,
    state::{NodeView, State},
};
use client::{BoxFuture, Client};
use meta::Str;
use platform::Monotonic;
use std::{borrow::Cow, cmp::Reverse, error::Error, fmt, time::Duration};

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

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a pod for which a node was chosen does not go there.
#[derive(Debug)]
pub enum Refusal {
    /// It is unschedulable: it waits for one of the events on which the plugin retries.
    Rejected(Reason),
    /// Something else went wrong: it is tried again after its back-off.
    Failed(Box<dyn Error + Send + Sync>),
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

/// Looks for a way to make room for a pod that fits no node, as preemption does.
pub trait PostFilter: Send + Sync + 'static {
    const NAME: &'static str;
    /// `statuses` tells what every node of `state` was rejected for.
    fn post_filter(&self, pod: &PodView, state: &State, statuses: &NodeStatuses) -> Remedy;
}

/// What a PostFilter plugin has done for a pod that fits no node. Its words follow those of the filters in the pod's condition.
#[derive(Debug)]
pub enum Remedy {
    /// Room is being made on this node: the pod's status names it, and no further plugin is asked.
    Nominated(Str),
    /// Nothing, for these reasons; the next plugin is asked.
    None(Vec<Reason>),
    /// Nothing, and no other plugin could do more.
    Never(Reason),
    Failed(Box<dyn Error + Send + Sync>),
}

/// Keeps state of its own about what the pods that have got a node take of it.
pub trait Reserve: Send + Sync + 'static {
    const NAME: &'static str;
    /// What may make a pod rejected by this plugin schedulable again.
    const RETRY_ON: &'static [ClusterEvent];
    /// The pod gets the node.
    ///
    /// # Errors
    /// When it cannot: no further plugin is asked, and every `unreserve` runs.
    fn reserve(&self, pod: &PodView, node: &str) -> Result<(), Refusal>;
    /// The pod does not go there after all. Called in the reverse order of `reserve`, also for plugins whose `reserve` was not reached;
    /// twice does as much as once, and it cannot fail.
    fn unreserve(&self, pod: &PodView, node: &str);
}

/// Has the last word before a pod is bound.
pub trait Permit: Send + Sync + 'static {
    const NAME: &'static str;
    /// What may make a pod rejected by this plugin schedulable again.
    const RETRY_ON: &'static [ClusterEvent];
    /// `waiting` holds the pods that were told to wait; a clone of it, kept, can allow or reject them at any time.
    fn permit(&self, pod: &PodView, node: &str, waiting: &WaitingPods) -> Permission;
}

/// What a Permit plugin says.
#[derive(Debug)]
pub enum Permission {
    Allowed,
    /// The pod keeps what it has reserved until this plugin allows or rejects it by name, at most so long and never longer than
    /// [`WaitingPods::WAIT_MAX`]; then it is rejected.
    Wait(Duration),
    Denied(Refusal),
}

/// Does what must be done before the pod can be bound, such as to provide its volumes.
pub trait PreBind: Send + Sync + 'static {
    const NAME: &'static str;
    /// What may make a pod rejected by this plugin schedulable again.
    const RETRY_ON: &'static [ClusterEvent];
    fn pre_bind(
        &self,
        client: Client,
        pod: &PodView,
        node: &str,
    ) -> BoxFuture<'static, Result<(), Refusal>>;
}

/// Tells the API server which node a pod goes to.
pub trait Bind: Send + Sync + 'static {
    const NAME: &'static str;
    /// `None` when the plugin does not bind such pods: the next one is asked.
    fn bind(&self, client: Client, pod: &PodView, node: &str) -> Option<Binding>;
}

/// A binding under way.
pub type Binding = BoxFuture<'static, Result<(), client::Error>>;

/// Is told of a pod that was bound.
pub trait PostBind: Send + Sync + 'static {
    const NAME: &'static str;
    fn post_bind(&self, pod: &PodView, node: &str);
}
