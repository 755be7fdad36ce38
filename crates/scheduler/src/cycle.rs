//! One scheduling cycle: from a pod and the picture of the cluster to a node, or to the reasons why there is none. Pure.

#[cfg(test)]
mod tests;

use crate::{
    framework::{CycleState, Plugins, Prefilter, Reason, Verdict},
    pod::PodView,
    state::{NodeView, State},
};
use meta::Str;
use std::collections::BTreeMap;

/// Why no node fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unfit {
    pub(crate) nodes: usize,
    /// How many nodes were rejected for each reason.
    pub(crate) reasons: BTreeMap<Reason, usize>,
    /// The filters that rejected nodes, by their place in the profile.
    pub(crate) rejected_by: Vec<usize>,
}

impl Unfit {
    /// The message of the pod's condition and event, in upstream's form.
    pub(crate) fn message(&self) -> String {
        if self.nodes == 0 {
            return "no nodes available to schedule pods".to_owned();
        }
        let mut counted: Vec<String> = self
            .reasons
            .iter()
            .map(|(reason, nodes)| format!("{nodes} {}", reason.0))
            .collect();
        counted.sort();
        format!(
            "0/{} nodes are available: {}.",
            self.nodes,
            counted.join(", ")
        )
    }
}

/// Chooses a node for the pod. `pick(n)` draws below `n`, to settle ties.
///
/// # Errors
/// The reasons why no node fits.
pub(crate) fn schedule(
    plugins: &Plugins,
    state: &State,
    pod: &PodView,
    pick: impl FnOnce(usize) -> usize,
) -> Result<Str, Unfit> {
    let fitting = feasible(plugins, state, pod)?;
    let best = match fitting.as_slice() {
        [only] => only,
        several => best_of(plugins, pod, several, pick),
    };
    Ok(best.facts.name.clone())
}

fn feasible<'s>(
    plugins: &Plugins,
    state: &'s State,
    pod: &PodView,
) -> Result<Vec<&'s NodeView>, Unfit> {
    let mut unfit = Unfit {
        nodes: state.nodes().len(),
        ..Unfit::default()
    };
    let asked = prefilter(plugins, pod, &mut unfit)?;
    let candidates: Vec<&NodeView> = match &asked.only {
        Some(only) => only
            .names
            .iter()
            .filter_map(|name| state.node(name))
            .collect(),
        None => state.nodes().iter().collect(),
    };
    let left_out = unfit.nodes - candidates.len();
    let fitting: Vec<&NodeView> = candidates
        .into_iter()
        .filter(|node| fits(plugins, &asked.active, pod, node, &mut unfit))
        .collect();
    if !fitting.is_empty() {
        return Ok(fitting);
    }
    if let Some(only) = asked.only
        && left_out > 0
    {
        unfit.reasons.insert(
            Reason(
                format!(
                    "node(s) didn't satisfy plugin(s) [{}]",
                    only.plugins.join(" ")
                )
                .into(),
            ),
            left_out,
        );
    }
    if unfit.rejected_by.is_empty() {
        unfit.rejected_by = asked.active.iter().map(|(index, _)| *index).collect();
    }
    Err(unfit)
}

/// What the filters said before they saw a node.
#[derive(Default)]
struct Asked {
    active: Vec<(usize, CycleState)>,
    only: Option<Only>,
}

/// The nodes that some filters confine the pod to.
struct Only {
    names: Vec<Str>,
    plugins: Vec<&'static str>,
}

fn prefilter(plugins: &Plugins, pod: &PodView, unfit: &mut Unfit) -> Result<Asked, Unfit> {
    let mut asked = Asked::default();
    for (index, plugin) in plugins.filters.iter().enumerate() {
        match plugin.prefilter(pod) {
            Prefilter::Skip => {}
            Prefilter::AllNodes(state) => asked.active.push((index, state)),
            Prefilter::OnlyNodes(names, state) => {
                let only = asked.only.get_or_insert_with(|| Only {
                    names: names.clone(),
                    plugins: Vec::new(),
                });
                only.names.retain(|name| names.contains(name));
                only.plugins.push(plugin.name());
                asked.active.push((index, state));
            }
            Prefilter::Rejected(reason) => {
                unfit.reasons.insert(reason, unfit.nodes);
                unfit.rejected_by.push(index);
                return Err(std::mem::take(unfit));
            }
        }
    }
    Ok(asked)
}

/// Asks the filters in order; the first that says no decides and is noted.
fn fits(
    plugins: &Plugins,
    active: &[(usize, CycleState)],
    pod: &PodView,
    node: &NodeView,
    unfit: &mut Unfit,
) -> bool {
    for (index, state) in active {
        let reasons = match plugins.filters[*index].filter(state, pod, node) {
            Verdict::Fits => continue,
            Verdict::Rejected(reasons) => reasons,
            Verdict::NeverFits(reason) => vec![reason],
        };
        for reason in reasons {
            *unfit.reasons.entry(reason).or_default() += 1;
        }
        if !unfit.rejected_by.contains(index) {
            unfit.rejected_by.push(*index);
        }
        return false;
    }
    true
}

fn best_of<'n>(
    plugins: &Plugins,
    pod: &PodView,
    nodes: &[&'n NodeView],
    pick: impl FnOnce(usize) -> usize,
) -> &'n NodeView {
    let mut totals = vec![0_i64; nodes.len()];
    for plugin in &plugins.scores {
        let Some(state) = plugin.prescore(pod) else {
            continue;
        };
        let mut scores: Vec<i64> = nodes
            .iter()
            .map(|node| plugin.score(&state, pod, node))
            .collect();
        plugin.normalize(&mut scores);
        for (total, score) in totals.iter_mut().zip(scores) {
            *total += score * plugin.weight();
        }
    }
    let most = totals.iter().copied().max().unwrap_or(0);
    let best: Vec<usize> = totals
        .iter()
        .enumerate()
        .filter(|(_, total)| **total == most)
        .map(|(index, _)| index)
        .collect();
    nodes[best[pick(best.len())]]
}
