//! The extension points of the scheduling framework, and the set of plugins that a profile runs through them.
//!
//! All but binding are synchronous and see one picture of the cluster. A plugin implements the points that it needs and stands in one line of
//! `plugins::in_tree`. Source: KEP-624 and `k8s.io/kube-scheduler/framework`.

mod erased;
mod points;

pub use self::{
    erased::{CycleState, Plugins},
    points::{
        Bind, ClusterEvent, Filter, PreEnqueue, Prefilter, QueueSort, Rank, Reason, Score,
        ScorePlugin, Verdict,
    },
};
