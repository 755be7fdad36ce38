//! `sampan kubeconfig`: prints the administrator's kubeconfig.

use super::{config, define};
use crate::kubeconfig::{of_data_dir, unreadable};
use cli::{Arguments, CliError, Command, say};

pub(crate) const COMMAND: Command = Command {
    name: "kubeconfig",
    about: "Print the administrator's kubeconfig",
    arguments: define,
    run,
};

fn run(arguments: &Arguments) -> Result<(), CliError> {
    let path = of_data_dir(&config(arguments)?.data_dir);
    let text = std::fs::read_to_string(&path)
        .map_err(|error| CliError::caused_by(unreadable(&path, &error), error))?;
    say(text.trim_end());
    Ok(())
}
