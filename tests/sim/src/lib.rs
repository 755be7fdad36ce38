//! A whole control plane in one thread and virtual time: store, API server, controllers, scheduler, nodes that
//! pretend. The control plane can crash and be started again. A seed decides the order of everything, so that a run repeats exactly.

mod authority;
mod faults;
mod ledger;
mod node;
mod observer;
mod plane;
mod server;
mod transport;
mod world;

pub use self::{
    faults::{Faults, Network, Rates},
    ledger::Ledger,
    node::FakeNode,
    observer::Observer,
    world::{World, simulate},
};
