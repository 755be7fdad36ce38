//! Assigns pods to nodes: the scheduling framework, one module per plugin, and the loop that owns the cluster's picture.
//!
//! Everything CPU-bound is synchronous and sees one picture ([`state::State`]) that changes only between cycles; binding is asynchronous.

mod agent;
mod core;
mod cycle;
pub mod framework;
mod plugins;
mod pod;
mod queue;
mod report;
mod resources;
mod state;

pub use self::{
    agent::{Config, start},
    core::{Core, Placement, Step, Unscheduled},
    plugins::in_tree,
    pod::{Demands, HostPort, PodView},
    resources::Resources,
    state::{NodeFacts, NodeView, State},
};
