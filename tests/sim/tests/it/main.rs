//! What the controllers make of a cluster, seen through the API.
#![expect(clippy::unwrap_used, reason = "tests")]

mod admission_policies;
mod allocation;
mod certificates;
mod collection;
mod custom_resources;
mod disruptions;
mod faults;
mod fresh;
mod idle;
mod nodes;
mod protection;
mod published;
mod quotas;
mod services;
mod tokens;
mod unused_tokens;
mod workloads;
mod writer;
