//! NodeResourcesFit: what is left of a node's allocatable must cover what the pod asks for; emptier nodes are better (LeastAllocated).

use crate::{
    framework::{ClusterEvent, Filter, Prefilter, Reason, Score, ScorePlugin, Verdict},
    pod::PodView,
    resources::Resources,
    state::NodeView,
};

pub(super) struct NodeResourcesFit;

/// What upstream assumes of a container that asks for nothing, so that such pods spread: 100m of CPU and 200 MiB.
const UNSTATED_MILLI_CPU: i64 = 100;
const UNSTATED_MEMORY_BYTES: i64 = 200 * 1024 * 1024;

impl Filter for NodeResourcesFit {
    const NAME: &'static str = "NodeResourcesFit";
    const RETRY_ON: &'static [ClusterEvent] = &[
        ClusterEvent::NodeAdded,
        ClusterEvent::NodeAllocatableChanged,
        ClusterEvent::PodRemoved,
        ClusterEvent::PodUpdated,
    ];
    type State = ();

    fn prefilter(&self, _pod: &PodView) -> Prefilter<()> {
        Prefilter::AllNodes(())
    }

    fn filter(&self, (): &(), pod: &PodView, node: &NodeView) -> Verdict {
        let lacking = lacking(&pod.requests, node);
        if lacking.is_empty() {
            Verdict::Fits
        } else {
            Verdict::Rejected(lacking)
        }
    }
}

fn lacking(wanted: &Resources, node: &NodeView) -> Vec<Reason> {
    let (has, used) = (&node.facts.allocatable, &node.requested);
    let mut res = Vec::new();
    if node.pods >= node.facts.pods_max {
        res.push(Reason::new("Too many pods"));
    }
    let plain = [
        (
            "Insufficient cpu",
            wanted.milli_cpu,
            has.milli_cpu,
            used.milli_cpu,
        ),
        (
            "Insufficient memory",
            wanted.memory,
            has.memory,
            used.memory,
        ),
        (
            "Insufficient ephemeral-storage",
            wanted.ephemeral_storage,
            has.ephemeral_storage,
            used.ephemeral_storage,
        ),
    ];
    res.extend(
        plain
            .into_iter()
            .filter(|(_, wanted, has, used)| short(*wanted, *has, *used))
            .map(|(words, ..)| Reason::new(words)),
    );
    for (name, wanted) in &wanted.others {
        if short(*wanted, has.other(name), used.other(name)) {
            res.push(Reason(format!("Insufficient {name}").into()));
        }
    }
    res
}

fn short(wanted: i64, has: i64, used: i64) -> bool {
    wanted > 0 && wanted > has.saturating_sub(used)
}

impl ScorePlugin for NodeResourcesFit {
    const NAME: &'static str = "NodeResourcesFit";
    const WEIGHT: i64 = 1;
    /// CPU and memory that the pod is taken to need.
    type State = (i64, i64);

    fn prescore(&self, pod: &PodView) -> Option<(i64, i64)> {
        let or = |stated: i64, unstated: i64| if stated == 0 { unstated } else { stated };
        Some((
            or(pod.requests.milli_cpu, UNSTATED_MILLI_CPU),
            or(pod.requests.memory, UNSTATED_MEMORY_BYTES),
        ))
    }

    fn score(&self, &(cpu, memory): &(i64, i64), _pod: &PodView, node: &NodeView) -> i64 {
        let (has, used) = (&node.facts.allocatable, &node.requested);
        i64::midpoint(
            free(has.milli_cpu, used.milli_cpu + cpu),
            free(has.memory, used.memory + memory),
        )
    }
}

/// The share that stays free, 0 to 100.
fn free(has: i64, used: i64) -> i64 {
    if has <= 0 || used > has {
        return 0;
    }
    let free = has - used;
    // A division of 128 bits costs more than the rest of a score: only nodes beyond 80 PiB need it.
    free.checked_mul(Score::MAX.0).map_or_else(
        || {
            let share = i128::from(free) * i128::from(Score::MAX.0) / i128::from(has);
            i64::try_from(share).unwrap_or(0)
        },
        |scaled| scaled / has,
    )
}
