//! The extension points of the scheduling framework, and the set of plugins that a profile runs through them.
//!
//! All but PreBind and Bind are synchronous and see one picture of the cluster. A plugin implements the points that it needs and stands in one
//! line a point of `plugins::in_tree`. Source: KEP-624 and `k8s.io/kube-scheduler/framework`.

mod erased;
mod plugins;
mod points;
mod run;
mod statuses;
mod waiting;

pub(crate) use self::run::{Permitted, Setback};
pub use self::{
    erased::CycleState,
    plugins::Plugins,
    points::{
        Bind, Binding, ClusterEvent, Filter, Permission, Permit, PostBind, PostFilter, PreBind,
        PreEnqueue, Prefilter, QueueSort, Rank, Reason, Refusal, Remedy, Reserve, Score,
        ScorePlugin, Verdict,
    },
    statuses::NodeStatuses,
    waiting::{WaitingPod, WaitingPods},
};
