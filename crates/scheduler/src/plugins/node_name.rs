//! NodeName: a pod that names its node fits only there.

use crate::{
    framework::{ClusterEvent, Filter, Prefilter, Reason, Verdict},
    pod::PodView,
    state::NodeView,
};

pub(super) struct NodeName;

const MISMATCH: Reason = Reason::new("node(s) didn't match the requested node name");

impl Filter for NodeName {
    const NAME: &'static str = "NodeName";
    const RETRY_ON: &'static [ClusterEvent] = &[ClusterEvent::NodeAdded];
    type State = ();

    fn prefilter(&self, pod: &PodView) -> Prefilter<()> {
        if pod.node.is_empty() {
            Prefilter::Skip
        } else {
            Prefilter::AllNodes(())
        }
    }

    fn filter(&self, (): &(), pod: &PodView, node: &NodeView) -> Verdict {
        if pod.node == node.facts.name {
            Verdict::Fits
        } else {
            Verdict::NeverFits(MISMATCH)
        }
    }
}
