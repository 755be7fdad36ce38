//! The composition root: the only crate that sees every component. Configuration, keys, start order, shutdown order.

mod access;
mod commands;
mod config;
mod control_plane;
mod data_dir;
mod files;
mod identity;
mod kubeconfig;
mod machine;
mod pki;
mod tls;
mod transport;
mod up;

pub use self::config::{Config, ConfigError, FLAGS, Flag};

/// The commands that need components; `cli::COMMANDS` are the others.
pub const COMMANDS: &[cli::Command] = &[
    commands::image::COMMAND,
    commands::kubeconfig::COMMAND,
    commands::reset::COMMAND,
    commands::status::COMMAND,
    up::COMMAND,
];

/// To be called first in `main`: a pod's shim is this same binary, and never returns from here.
pub fn run_if_shim() {
    runtime::shim::run_if_shim();
}
