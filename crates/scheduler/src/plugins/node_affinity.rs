//! NodeAffinity: node selectors and required node affinity decide, preferred node affinity scores.

use crate::{
    framework::{ClusterEvent, Filter, Prefilter, Reason, Score, ScorePlugin, Verdict},
    pod::PodView,
    state::{NodeFacts, NodeView},
};
use api::core::v1::{NodeSelectorRequirement, NodeSelectorTerm, PreferredSchedulingTerm};
use meta::Str;

pub(super) struct NodeAffinity;

const MISMATCH: Reason = Reason::new("node(s) didn't match Pod's node affinity/selector");

impl Filter for NodeAffinity {
    const NAME: &'static str = "NodeAffinity";
    const RETRY_ON: &'static [ClusterEvent] = &[
        ClusterEvent::NodeAdded,
        ClusterEvent::NodeLabelsChanged,
        ClusterEvent::PodUpdated,
    ];
    type State = ();

    fn prefilter(&self, pod: &PodView) -> Prefilter<()> {
        let demands = pod.demands();
        let terms = required(pod);
        if demands.node_selector.is_empty() && terms.is_none() {
            return Prefilter::Skip;
        }
        match terms.and_then(named_nodes) {
            Some(names) => Prefilter::OnlyNodes(names, ()),
            None => Prefilter::AllNodes(()),
        }
    }

    fn filter(&self, (): &(), pod: &PodView, node: &NodeView) -> Verdict {
        let selected = pod
            .demands()
            .node_selector
            .iter()
            .all(|(key, value)| node.facts.labels.get(key.as_str()) == Some(value));
        let matched =
            required(pod).is_none_or(|terms| terms.iter().any(|term| matches(term, &node.facts)));
        if selected && matched {
            Verdict::Fits
        } else {
            Verdict::NeverFits(MISMATCH)
        }
    }
}

impl ScorePlugin for NodeAffinity {
    const NAME: &'static str = "NodeAffinity";
    const WEIGHT: i64 = 2;
    type State = ();

    fn prescore(&self, pod: &PodView) -> Option<()> {
        (!preferred(pod).is_empty()).then_some(())
    }

    fn score(&self, (): &(), pod: &PodView, node: &NodeView) -> i64 {
        let wanted = preferred(pod)
            .iter()
            .filter(|term| matches(&term.preference, &node.facts));
        wanted.map(|term| i64::from(term.weight)).sum()
    }

    fn normalize(&self, scores: &mut [i64]) {
        let most = scores.iter().copied().max().unwrap_or(0);
        for score in scores {
            *score = if most == 0 {
                0
            } else {
                Score::MAX.0 * *score / most
            };
        }
    }
}

fn required(pod: &PodView) -> Option<&[NodeSelectorTerm]> {
    let selector = pod
        .demands()
        .node_affinity
        .as_ref()?
        .required_during_scheduling_ignored_during_execution
        .as_ref()?;
    Some(&selector.node_selector_terms)
}

fn preferred(pod: &PodView) -> &[PreferredSchedulingTerm] {
    pod.demands()
        .node_affinity
        .as_ref()
        .map_or(&[], |affinity| {
            &affinity.preferred_during_scheduling_ignored_during_execution
        })
}

/// The nodes that the terms name, if every term names some through `metadata.name`.
fn named_nodes(terms: &[NodeSelectorTerm]) -> Option<Vec<Str>> {
    let mut names = Vec::new();
    for term in terms {
        let field = term
            .match_fields
            .iter()
            .find(|field| field.key == "metadata.name" && field.operator == "In")?;
        names.extend(field.values.iter().cloned());
    }
    names.sort();
    names.dedup();
    Some(names)
}

/// An empty term matches nothing; within a term everything must match.
fn matches(term: &NodeSelectorTerm, node: &NodeFacts) -> bool {
    if term.match_expressions.is_empty() && term.match_fields.is_empty() {
        return false;
    }
    let fields = term
        .match_fields
        .iter()
        .all(|field| field.key == "metadata.name" && holds(field, Some(&node.name)));
    fields
        && term
            .match_expressions
            .iter()
            .all(|expression| holds(expression, node.labels.get(expression.key.as_str())))
}

fn holds(requirement: &NodeSelectorRequirement, value: Option<&Str>) -> bool {
    let listed = |value: &Str| requirement.values.contains(value);
    let number = |text: &str| text.parse::<i64>().ok();
    let compared = |with: fn(i64, i64) -> bool| {
        let limit = requirement.values.first().and_then(|limit| number(limit));
        value
            .and_then(|value| number(value))
            .zip(limit)
            .is_some_and(|(value, limit)| with(value, limit))
    };
    match requirement.operator.as_str() {
        "In" => value.is_some_and(listed),
        "NotIn" => !value.is_some_and(listed),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        "Gt" => compared(|value, limit| value > limit),
        "Lt" => compared(|value, limit| value < limit),
        _ => false,
    }
}
