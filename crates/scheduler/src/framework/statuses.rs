//! What every node was rejected for, as PostFilter plugins and the pod's condition need it.

use super::points::{Reason, Verdict};
use meta::Str;
use std::collections::{BTreeMap, HashMap};

/// The verdict on each node of a cycle that found none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeStatuses {
    asked: HashMap<Str, Verdict>,
    /// Of the nodes that no filter was asked about.
    others: Verdict,
}

impl NodeStatuses {
    pub(crate) fn new(others: Verdict) -> Self {
        Self {
            asked: HashMap::new(),
            others,
        }
    }

    pub(crate) fn note(&mut self, node: &Str, verdict: Verdict) {
        self.asked.insert(node.clone(), verdict);
    }

    /// The verdict on a node.
    #[must_use]
    pub fn of(&self, node: &str) -> &Verdict {
        self.asked.get(node).unwrap_or(&self.others)
    }

    /// How many of so many nodes were rejected for each reason.
    pub(crate) fn counted(&self, nodes: usize) -> BTreeMap<&Reason, usize> {
        let mut counts: BTreeMap<&Reason, usize> = BTreeMap::new();
        let asked = self.asked.values().flat_map(reasons);
        for reason in asked {
            *counts.entry(reason).or_default() += 1;
        }
        let others = nodes.saturating_sub(self.asked.len());
        if others > 0 {
            for reason in reasons(&self.others) {
                *counts.entry(reason).or_default() += others;
            }
        }
        counts
    }
}

fn reasons(verdict: &Verdict) -> &[Reason] {
    match verdict {
        Verdict::Fits => &[],
        Verdict::Rejected(reasons) => reasons,
        Verdict::NeverFits(reason) => std::slice::from_ref(reason),
    }
}
