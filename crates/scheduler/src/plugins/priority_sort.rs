//! PrioritySort: higher priority first, then first come, first served.

use crate::{
    framework::{QueueSort, Rank},
    pod::PodView,
};
use platform::Monotonic;
use std::cmp::Reverse;

pub(super) struct PrioritySort;

impl QueueSort for PrioritySort {
    fn rank(&self, pod: &PodView, queued: Monotonic) -> Rank {
        Rank(Reverse(pod.priority), queued)
    }
}
