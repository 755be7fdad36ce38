//! Taints and tolerations; pure.

use api::core::v1::{Node, Taint, Toleration};
use std::time::Duration;

pub(crate) const NOT_READY: &str = "node.kubernetes.io/not-ready";
pub(crate) const UNREACHABLE: &str = "node.kubernetes.io/unreachable";
pub(crate) const OUT_OF_SERVICE: &str = "node.kubernetes.io/out-of-service";

pub(crate) const NO_SCHEDULE: &str = "NoSchedule";
pub(crate) const NO_EXECUTE: &str = "NoExecute";

pub(crate) fn no_execute(node: &Node) -> Vec<&Taint> {
    node.spec
        .taints
        .iter()
        .filter(|taint| taint.effect == NO_EXECUTE)
        .collect()
}

pub(crate) fn has_taint(node: &Node, key: &str, effect: &str) -> bool {
    node.spec
        .taints
        .iter()
        .any(|taint| taint.key == key && taint.effect == effect)
}

/// How long a pod may stay on a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stay {
    Forever,
    /// At most so long, counted from when it was first seen there with these taints.
    For(Duration),
    /// Some taint is not tolerated.
    No,
}

/// The shortest of what the tolerations that are used allow.
pub(crate) fn stay(taints: &[&Taint], tolerations: &[Toleration]) -> Stay {
    let mut shortest = None;
    for taint in taints {
        let mut tolerating = tolerations
            .iter()
            .filter(|toleration| tolerates(toleration, taint));
        let Some(toleration) = tolerating.next() else {
            return Stay::No;
        };
        if let Some(seconds) = toleration.toleration_seconds {
            let seconds = u64::try_from(seconds).unwrap_or(0);
            shortest = Some(shortest.map_or(seconds, |known: u64| known.min(seconds)));
        }
    }
    match shortest {
        None => Stay::Forever,
        Some(0) => Stay::No,
        Some(seconds) => Stay::For(Duration::from_secs(seconds)),
    }
}

fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    let effect = toleration.effect.is_empty() || toleration.effect == taint.effect;
    let key = toleration.key.is_empty() || toleration.key == taint.key;
    let number = |text: &str| text.parse::<i64>().ok();
    let value = match toleration.operator.as_str() {
        "" | "Equal" => toleration.value == taint.value,
        "Exists" => true,
        "Lt" => number(&taint.value)
            .zip(number(&toleration.value))
            .is_some_and(|(has, bound)| has < bound),
        "Gt" => number(&taint.value)
            .zip(number(&toleration.value))
            .is_some_and(|(has, bound)| has > bound),
        _ => false,
    };
    effect && key && value
}

#[cfg(test)]
mod tests;
