//! `sampan completion SHELL`: prints a completion script.

use crate::{Arguments, CliError, Command, command::root};
use clap::{Arg, value_parser};
use clap_complete::Shell;
use std::sync::OnceLock;

pub(crate) const COMMAND: Command = Command {
    name: "completion",
    about: "Print a completion script for a shell, to be sourced",
    arguments: |command| {
        command.arg(
            Arg::new("shell")
                .value_name("SHELL")
                .help("For bash: source <(sampan completion bash)")
                .required(true)
                .value_parser(value_parser!(Shell)),
        )
    },
    run,
};

/// The table that the script is made from: `main` sets it once, since it alone knows every command.
pub(crate) static TABLE: OnceLock<Vec<Command>> = OnceLock::new();

fn run(arguments: &Arguments) -> Result<(), CliError> {
    let shell = *arguments
        .get_one::<Shell>("shell")
        .expect("clap requires the shell");
    let table = TABLE.get().map_or(crate::COMMANDS, Vec::as_slice);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut root(table), "sampan", &mut script);
    crate::terminal::say(String::from_utf8_lossy(&script).trim_end());
    Ok(())
}
