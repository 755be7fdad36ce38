//! Plugins of different types in one list: erased once, here.

use super::{
    points::{
        Bind, Binding, Filter, Permission, Permit, PostBind, PostFilter, PreBind, PreEnqueue,
        Prefilter, Reason, Refusal, Remedy, Reserve, ScorePlugin, Verdict,
    },
    statuses::NodeStatuses,
    waiting::WaitingPods,
};
use crate::{
    pod::PodView,
    state::{NodeView, State},
};
use client::{BoxFuture, Client};
use std::any::Any;

/// What a plugin remembers of a pod for the length of one cycle.
pub type CycleState = Box<dyn Any + Send + Sync>;

pub(crate) trait ErasedPreEnqueue: Send + Sync {
    fn wait(&self, pod: &PodView) -> Option<Reason>;
}

impl<P: PreEnqueue> ErasedPreEnqueue for P {
    fn wait(&self, pod: &PodView) -> Option<Reason> {
        PreEnqueue::wait(self, pod)
    }
}

pub(crate) trait ErasedFilter: Send + Sync {
    fn name(&self) -> &'static str;
    fn prefilter(&self, pod: &PodView) -> Prefilter<CycleState>;
    fn filter(&self, state: &CycleState, pod: &PodView, node: &NodeView) -> Verdict;
}

impl<F: Filter> ErasedFilter for F {
    fn name(&self) -> &'static str {
        F::NAME
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

pub(crate) trait ErasedPostFilter: Send + Sync {
    fn name(&self) -> &'static str;
    fn post_filter(&self, pod: &PodView, state: &State, statuses: &NodeStatuses) -> Remedy;
}

impl<P: PostFilter> ErasedPostFilter for P {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn post_filter(&self, pod: &PodView, state: &State, statuses: &NodeStatuses) -> Remedy {
        PostFilter::post_filter(self, pod, state, statuses)
    }
}

pub(crate) trait ErasedReserve: Send + Sync {
    fn name(&self) -> &'static str;
    fn reserve(&self, pod: &PodView, node: &str) -> Result<(), Refusal>;
    fn unreserve(&self, pod: &PodView, node: &str);
}

impl<R: Reserve> ErasedReserve for R {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn reserve(&self, pod: &PodView, node: &str) -> Result<(), Refusal> {
        Reserve::reserve(self, pod, node)
    }

    fn unreserve(&self, pod: &PodView, node: &str) {
        Reserve::unreserve(self, pod, node);
    }
}

pub(crate) trait ErasedPermit: Send + Sync {
    fn name(&self) -> &'static str;
    fn permit(&self, pod: &PodView, node: &str, waiting: &WaitingPods) -> Permission;
}

impl<P: Permit> ErasedPermit for P {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn permit(&self, pod: &PodView, node: &str, waiting: &WaitingPods) -> Permission {
        Permit::permit(self, pod, node, waiting)
    }
}

pub(crate) trait ErasedPreBind: Send + Sync {
    fn name(&self) -> &'static str;
    fn pre_bind(
        &self,
        client: Client,
        pod: &PodView,
        node: &str,
    ) -> BoxFuture<'static, Result<(), Refusal>>;
}

impl<P: PreBind> ErasedPreBind for P {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn pre_bind(
        &self,
        client: Client,
        pod: &PodView,
        node: &str,
    ) -> BoxFuture<'static, Result<(), Refusal>> {
        PreBind::pre_bind(self, client, pod, node)
    }
}

pub(crate) trait ErasedBind: Send + Sync {
    fn name(&self) -> &'static str;
    fn bind(&self, client: Client, pod: &PodView, node: &str) -> Option<Binding>;
}

impl<B: Bind> ErasedBind for B {
    fn name(&self) -> &'static str {
        B::NAME
    }

    fn bind(&self, client: Client, pod: &PodView, node: &str) -> Option<Binding> {
        Bind::bind(self, client, pod, node)
    }
}

pub(crate) trait ErasedPostBind: Send + Sync {
    fn post_bind(&self, pod: &PodView, node: &str);
}

impl<P: PostBind> ErasedPostBind for P {
    fn post_bind(&self, pod: &PodView, node: &str) {
        PostBind::post_bind(self, pod, node);
    }
}
