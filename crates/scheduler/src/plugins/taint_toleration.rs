//! TaintToleration: taints of effect NoSchedule and NoExecute keep pods away that do not tolerate them; those of PreferNoSchedule cost score.

use crate::{
    framework::{ClusterEvent, Filter, Prefilter, Reason, Score, ScorePlugin, Verdict},
    pod::PodView,
    state::NodeView,
};
use api::core::v1::{Taint, TaintEffect, Toleration};

pub(super) struct TaintToleration;

const UNTOLERATED: Reason = Reason::new("node(s) had untolerated taint(s)");

impl Filter for TaintToleration {
    const NAME: &'static str = "TaintToleration";
    const RETRY_ON: &'static [ClusterEvent] = &[
        ClusterEvent::NodeAdded,
        ClusterEvent::NodeTaintsChanged,
        ClusterEvent::PodUpdated,
    ];
    type State = ();

    fn prefilter(&self, _pod: &PodView) -> Prefilter<()> {
        Prefilter::AllNodes(())
    }

    fn filter(&self, (): &(), pod: &PodView, node: &NodeView) -> Verdict {
        let keeps_away = |taint: &&Taint| {
            taint.effect == TaintEffect::NO_SCHEDULE || taint.effect == TaintEffect::NO_EXECUTE
        };
        let tolerated = |taint: &Taint| {
            pod.demands()
                .tolerations
                .iter()
                .any(|toleration| tolerates(toleration, taint))
        };
        if node.facts.taints.iter().filter(keeps_away).all(tolerated) {
            Verdict::Fits
        } else {
            Verdict::NeverFits(UNTOLERATED)
        }
    }
}

impl ScorePlugin for TaintToleration {
    const NAME: &'static str = "TaintToleration";
    const WEIGHT: i64 = 3;
    type State = ();

    fn prescore(&self, _pod: &PodView) -> Option<()> {
        Some(())
    }

    /// The number of taints that the pod would rather avoid.
    fn score(&self, (): &(), pod: &PodView, node: &NodeView) -> i64 {
        let relevant = |toleration: &&Toleration| {
            toleration.effect.is_empty() || toleration.effect == TaintEffect::PREFER_NO_SCHEDULE
        };
        let tolerated = |taint: &Taint| {
            pod.demands()
                .tolerations
                .iter()
                .filter(relevant)
                .any(|toleration| tolerates(toleration, taint))
        };
        let unwanted =
            node.facts.taints.iter().filter(|taint| {
                taint.effect == TaintEffect::PREFER_NO_SCHEDULE && !tolerated(taint)
            });
        i64::try_from(unwanted.count()).unwrap_or(i64::MAX)
    }

    fn normalize(&self, scores: &mut [i64]) {
        let most = scores.iter().copied().max().unwrap_or(0);
        for score in scores {
            *score = if most == 0 {
                Score::MAX.0
            } else {
                Score::MAX.0 - Score::MAX.0 * *score / most
            };
        }
    }
}

/// Whether a toleration covers a taint (`k8s.io/api/core/v1`: an empty key with Exists covers every taint, an empty effect every effect).
pub(super) fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    if !toleration.effect.is_empty() && toleration.effect != taint.effect {
        return false;
    }
    if !toleration.key.is_empty() && toleration.key != taint.key {
        return false;
    }
    match toleration.operator.as_str() {
        "" | "Equal" => !toleration.key.is_empty() && toleration.value == taint.value,
        "Exists" => true,
        _ => false,
    }
}
