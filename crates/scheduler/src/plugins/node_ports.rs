//! NodePorts: two pods cannot have the same port of one host.

use crate::{
    framework::{ClusterEvent, Filter, Prefilter, Reason, Verdict},
    pod::PodView,
    state::NodeView,
};

pub(super) struct NodePorts;

const TAKEN: Reason = Reason::new("node(s) didn't have free ports for the requested pod ports");

impl Filter for NodePorts {
    const NAME: &'static str = "NodePorts";
    const RETRY_ON: &'static [ClusterEvent] = &[ClusterEvent::NodeAdded, ClusterEvent::PodRemoved];
    type State = ();

    fn prefilter(&self, pod: &PodView) -> Prefilter<()> {
        if pod.ports.is_empty() {
            Prefilter::Skip
        } else {
            Prefilter::AllNodes(())
        }
    }

    fn filter(&self, (): &(), pod: &PodView, node: &NodeView) -> Verdict {
        let taken = pod
            .ports
            .iter()
            .any(|port| node.ports.iter().any(|used| used.conflicts(port)));
        if taken {
            Verdict::Rejected(vec![TAKEN])
        } else {
            Verdict::Fits
        }
    }
}
