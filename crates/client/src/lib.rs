//! Talking to the API: typed client, caches fed by watches, work queue, controllers.
//!
//! Everything that speaks to an API server goes through [`Transport`]: HTTPS by a kubeconfig, or the
//! server of the same process. This crate must not know which one it has, nor name any kind but the
//! Event it records.

pub mod backoff;
pub mod cache;
pub mod controller;
pub mod discovery;
pub mod events;
pub mod expectations;
pub mod kubeconfig;
pub mod queue;
pub mod retry;
pub mod transport;
pub mod watch;

mod api;
mod client;
mod error;
mod metadata;
mod resource;
mod wire;

pub use self::{
    api::{Api, DeleteParams, List, ListParams, Patch, PatchParams, Propagation, WriteParams},
    cache::{Cache, Change, Decode, Index, Selector, SharedCaches, View},
    client::{Client, ListMode},
    error::Error,
    metadata::Metadata,
    queue::Queue,
    resource::{Resource, key_of},
    transport::{Body, BoxFuture, Transport, TransportError},
    watch::{WatchEvent, WatchStream},
};
