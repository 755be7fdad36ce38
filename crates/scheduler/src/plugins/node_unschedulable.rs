//! NodeUnschedulable: cordoned nodes take only pods that tolerate it.

use super::taint_toleration::tolerates;
use crate::{
    framework::{ClusterEvent, Filter, Prefilter, Reason, Verdict},
    pod::PodView,
    state::NodeView,
};
use api::core::v1::{Taint, TaintEffect};

pub(super) struct NodeUnschedulable;

const UNSCHEDULABLE: Reason = Reason::new("node(s) were unschedulable");

impl Filter for NodeUnschedulable {
    const NAME: &'static str = "NodeUnschedulable";
    const RETRY_ON: &'static [ClusterEvent] = &[
        ClusterEvent::NodeAdded,
        ClusterEvent::NodeTaintsChanged,
        ClusterEvent::PodUpdated,
    ];
    /// Whether the pod tolerates it.
    type State = bool;

    fn prefilter(&self, pod: &PodView) -> Prefilter<bool> {
        let taint = Taint {
            key: "node.kubernetes.io/unschedulable".into(),
            effect: TaintEffect::NO_SCHEDULE.into(),
            ..Taint::default()
        };
        Prefilter::AllNodes(
            pod.demands()
                .tolerations
                .iter()
                .any(|toleration| tolerates(toleration, &taint)),
        )
    }

    fn filter(&self, tolerated: &bool, _pod: &PodView, node: &NodeView) -> Verdict {
        if node.facts.unschedulable && !tolerated {
            Verdict::NeverFits(UNSCHEDULABLE)
        } else {
            Verdict::Fits
        }
    }
}
