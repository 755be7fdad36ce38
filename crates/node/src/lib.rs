//! Pod workers, probes, volumes, node status, streaming.
//!
//! The node reaches the API through `client` alone and containers through `runtime`'s CRI traits alone. Each pod
//! has one worker: a pure state machine (`worker::machine`) whose effects the worker carries out. It knows neither
//! the API server nor the scheduler nor how a pod gets its network.

mod admission;
mod agent;
mod back_off;
mod env;
mod fields;
mod images;
mod logs;
mod machine_facts;
mod objects;
mod pods;
mod probes;
mod resources;
mod sandbox;
mod security;
mod status;
pub mod streaming;
mod volumes;
mod worker;

pub use agent::{Config, Deps, NodeAgent, Reserved};
pub use resources::pod_groups;

/// Unmounts and removes what a node keeps in `root_dir` (volumes, hosts files). No agent may run. Idempotent.
///
/// # Errors
/// When something there is busy or cannot be removed.
pub fn reset(root_dir: &std::path::Path) -> std::io::Result<()> {
    sys::mount::unmount_below(root_dir).map_err(std::io::Error::other)?;
    match std::fs::remove_dir_all(root_dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
