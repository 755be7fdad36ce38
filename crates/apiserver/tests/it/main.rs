//! The whole server in one process, over the real store on a simulated disk, with toy kinds, and with all kinds against upstream's records.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

mod again;
mod aggregation;
mod apply;
mod audit;
mod autoscaling;
mod backend;
mod bad_input;
mod bounds;
mod certificates;
mod collections;
mod compare;
mod conversion;
mod custom;
mod documents;
mod flows;
mod full;
mod kit;
mod life;
mod lists;
mod metrics;
mod mutating_policies;
mod operations;
mod patches;
mod permissions;
mod policies;
mod proxy;
mod reasons;
mod services;
mod shapes;
mod sockets;
mod tokens;
mod validating_policies;
mod watches;
mod webhooks;
mod writes;
