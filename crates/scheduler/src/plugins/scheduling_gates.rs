//! SchedulingGates: a pod with gates does not enter the queue (KEP-3521).

use crate::{
    framework::{PreEnqueue, Reason},
    pod::PodView,
};

pub(super) struct SchedulingGates;

impl PreEnqueue for SchedulingGates {
    const NAME: &'static str = "SchedulingGates";

    fn wait(&self, pod: &PodView) -> Option<Reason> {
        let gates = &pod.demands().gates;
        (!gates.is_empty())
            .then(|| Reason(format!("waiting for scheduling gates: [{}]", gates.join(" ")).into()))
    }
}
