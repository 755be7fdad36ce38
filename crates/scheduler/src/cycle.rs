//! One scheduling cycle: from a pod and the picture of the cluster to a node, or to the reasons why there is none. Pure.

#[cfg(test)]
mod tests;

use crate::{
    framework::{CycleState, NodeStatuses, Plugins, Prefilter, Reason, Verdict},
    pod::PodView,
    state::{NodeView, State},
};
use meta::Str;

/// The best is never chosen of fewer nodes than this, where so many fit.
const FITTING_MIN: usize = 100;

/// Why no node fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfit {
    pub(crate) nodes: usize,
    /// Why no node was looked at.
    at_once: Option<Reason>,
    pub(crate) statuses: NodeStatuses,
    /// The plugins that rejected nodes.
    pub(crate) rejected_by: Vec<&'static str>,
}

impl Unfit {
    fn new(nodes: usize) -> Self {
        Self {
            nodes,
            at_once: None,
            statuses: NodeStatuses::new(Verdict::Fits),
            rejected_by: Vec::new(),
        }
    }

    /// No node can fit, for this reason.
    fn at_once(mut self, reason: Reason) -> Self {
        self.statuses = NodeStatuses::new(Verdict::NeverFits(reason.clone()));
        self.at_once = Some(reason);
        self
    }

    fn blame(&mut self, plugin: &'static str) {
        if !self.rejected_by.contains(&plugin) {
            self.rejected_by.push(plugin);
        }
    }

    /// The message of the pod's condition and event, in upstream's form.
    pub(crate) fn message(&self) -> String {
        if self.nodes == 0 {
            return "no nodes available to schedule pods".to_owned();
        }
        let words = self.at_once.as_ref().map_or_else(
            || {
                let counts = self.statuses.counted(self.nodes);
                let mut counted: Vec<String> = counts
                    .iter()
                    .map(|(reason, nodes)| format!("{nodes} {reason}"))
                    .collect();
                counted.sort();
                counted.join(", ")
            },
            Reason::to_string,
        );
        format!("0/{} nodes are available: {words}.", self.nodes)
    }
}

/// Chooses a node for the pod. `pick(n)` draws below `n`, to settle ties. `start` is the node to begin with: it moves on by the nodes that were
/// looked at, so that all get their turn where not all are looked at.
///
/// # Errors
/// The reasons why no node fits.
pub(crate) fn schedule(
    plugins: &Plugins,
    state: &State,
    pod: &PodView,
    start: &mut usize,
    pick: impl FnOnce(usize) -> usize,
) -> Result<Str, Box<Unfit>> {
    let fitting = feasible(plugins, state, pod, start)?;
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
    start: &mut usize,
) -> Result<Vec<&'s NodeView>, Box<Unfit>> {
    let mut unfit = Unfit::new(state.nodes().len());
    let asked = prefilter(plugins, pod, unfit.nodes)?;
    let fitting = match &asked.only {
        Some(only) => {
            let reason = format!("node(s) didn't satisfy plugin(s) [{}]", only.shown());
            unfit.statuses = NodeStatuses::new(Verdict::NeverFits(Reason(reason.into())));
            unfit.rejected_by.clone_from(&only.plugins);
            let named: Vec<&NodeView> = only
                .names
                .iter()
                .filter_map(|name| state.node(name))
                .collect();
            let turn = |index: usize| named[index];
            search(plugins, &asked, pod, named.len(), turn, start, &mut unfit)
        }
        None => {
            let all = state.nodes();
            let turn = |index: usize| &all[index];
            search(plugins, &asked, pod, all.len(), turn, start, &mut unfit)
        }
    };
    if !fitting.is_empty() {
        return Ok(fitting);
    }
    if unfit.rejected_by.is_empty() {
        let active = asked.active.iter();
        unfit.rejected_by = active
            .map(|(index, _)| plugins.filters[*index].name())
            .collect();
    }
    Err(Box::new(unfit))
}

/// Looks at nodes in turn until enough of them fit.
fn search<'s>(
    plugins: &Plugins,
    asked: &Asked,
    pod: &PodView,
    nodes: usize,
    turn: impl Fn(usize) -> &'s NodeView,
    start: &mut usize,
    unfit: &mut Unfit,
) -> Vec<&'s NodeView> {
    let enough = fitting_max(nodes);
    let mut fitting = Vec::with_capacity(enough);
    let mut looked_at = 0;
    while looked_at < nodes && fitting.len() < enough {
        let node = turn((*start + looked_at) % nodes);
        looked_at += 1;
        if fits(plugins, &asked.active, pod, node, unfit) {
            fitting.push(node);
        }
    }
    if nodes > 0 {
        *start = (*start + looked_at) % nodes;
    }
    fitting
}

/// Of how many nodes that fit the best is chosen: upstream's adaptive `percentageOfNodesToScore`, half of the nodes of a small cluster and a
/// twentieth of those of a large one.
fn fitting_max(nodes: usize) -> usize {
    let percent = 50_usize.saturating_sub(nodes / 125).max(5);
    (nodes * percent / 100).max(FITTING_MIN).min(nodes)
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

impl Only {
    fn shown(&self) -> String {
        let mut plugins = self.plugins.clone();
        plugins.sort_unstable();
        plugins.join(" ")
    }

    /// Why nothing is left, in upstream's words.
    fn empty(&self) -> Option<Reason> {
        let words = match self.plugins.as_slice() {
            _ if !self.names.is_empty() => return None,
            [only] => format!("node(s) didn't satisfy plugin {only}"),
            _ => format!(
                "node(s) didn't satisfy plugin(s) [{}] simultaneously",
                self.shown()
            ),
        };
        Some(Reason(words.into()))
    }
}

fn prefilter(plugins: &Plugins, pod: &PodView, nodes: usize) -> Result<Asked, Box<Unfit>> {
    let mut asked = Asked::default();
    let at_once = |rejected_by, reason| {
        let unfit = Unfit {
            rejected_by,
            ..Unfit::new(nodes)
        };
        Err(Box::new(unfit.at_once(reason)))
    };
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
                if let Some(reason) = only.empty() {
                    return at_once(only.plugins.clone(), reason);
                }
                asked.active.push((index, state));
            }
            Prefilter::Rejected(reason) => return at_once(vec![plugin.name()], reason),
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
        let plugin = &plugins.filters[*index];
        let verdict = plugin.filter(state, pod, node);
        if !matches!(verdict, Verdict::Fits) {
            unfit.statuses.note(&node.facts.name, verdict);
            unfit.blame(plugin.name());
            return false;
        }
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
    let mut scores = Vec::with_capacity(nodes.len());
    for plugin in &plugins.scores {
        let Some(state) = plugin.prescore(pod) else {
            continue;
        };
        scores.clear();
        scores.extend(nodes.iter().map(|node| plugin.score(&state, pod, node)));
        plugin.normalize(&mut scores);
        for (total, score) in totals.iter_mut().zip(&scores) {
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
