//! The commands beside `up`: each looks at a data directory, and at the cluster in it if that runs.

pub(crate) mod image;
pub(crate) mod kubeconfig;
pub(crate) mod reset;
pub(crate) mod status;

use crate::config::{Config, arguments};
use clap::ArgMatches;
use cli::CliError;

const DATA_DIR: &str = "data-dir";

/// `--config` and `--data-dir`, as `up` has them.
fn define(command: clap::Command) -> clap::Command {
    arguments::define(command, &[DATA_DIR])
}

/// The settings that `up` would have: the data directory may stand in the configuration file.
fn config(arguments: &ArgMatches) -> Result<Config, CliError> {
    arguments::config(arguments).map_err(|error| CliError::new(error.to_string()))
}
