//! A whole control plane in one thread and virtual time: store, API server, controllers, scheduler, nodes that
//! pretend. A seed decides the order of everything, so that a run repeats exactly.

mod faults;
mod node;
mod transport;
mod world;

pub use self::{
    faults::{Faults, Network, Rates},
    node::FakeNode,
    world::{World, simulate},
};
