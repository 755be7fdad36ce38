//! The plugins that come with the scheduler. To add one: write its module, add one line to [`in_tree`].

mod default_binder;
mod node_affinity;
mod node_name;
mod node_ports;
mod node_resources_fit;
mod node_unschedulable;
mod priority_sort;
mod scheduling_gates;
mod taint_toleration;
#[cfg(test)]
mod tests;

use crate::framework::Plugins;

/// The default profile, in upstream's order.
#[must_use]
pub fn in_tree() -> Plugins {
    Plugins::new(priority_sort::PrioritySort)
        .pre_enqueue(scheduling_gates::SchedulingGates)
        .filter(node_unschedulable::NodeUnschedulable)
        .filter(node_name::NodeName)
        .filter(taint_toleration::TaintToleration)
        .filter(node_affinity::NodeAffinity)
        .filter(node_ports::NodePorts)
        .filter(node_resources_fit::NodeResourcesFit)
        .score(taint_toleration::TaintToleration)
        .score(node_affinity::NodeAffinity)
        .score(node_resources_fit::NodeResourcesFit)
        .bind(default_binder::DefaultBinder)
}

/// A profile that asks for room and binds nothing, for tests of the framework.
#[cfg(test)]
pub(crate) fn fit_alone() -> Plugins {
    Plugins::new(priority_sort::PrioritySort).filter(node_resources_fit::NodeResourcesFit)
}
