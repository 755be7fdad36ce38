//! [`Command`]: one row of the table of commands, and what turns the table into a parser.

use std::{error::Error, process::ExitCode};

pub type Arguments = clap::ArgMatches;

/// What a person reads when a command fails: one sentence that says what to do, and the causes below it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct CliError {
    pub message: String,
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl CliError {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    pub fn caused_by(
        message: impl Into<String>,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self {
            message: message.into(),
            source: Some(source.into()),
        }
    }
}

/// An error that has been told: its words, and those of its causes.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Told {
    message: String,
    #[source]
    source: Option<Box<Told>>,
}

impl CliError {
    /// An error and its causes, without those that the words above them hold already.
    pub fn of(error: &(dyn Error + 'static)) -> Self {
        let mut words = vec![error.to_string()];
        let causes = std::iter::successors(error.source(), |&cause| cause.source());
        for cause in causes.map(|cause| cause.to_string()) {
            if words.last().is_some_and(|above| !above.contains(&cause)) {
                words.push(cause);
            }
        }
        let causes = words.split_off(1);
        let source = causes.into_iter().rev().fold(None, |source, message| {
            Some(Box::new(Told { message, source }))
        });
        Self {
            message: words.remove(0),
            source: source.map(|told| told as Box<dyn Error + Send + Sync>),
        }
    }
}

/// One command of `sampan`.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    pub name: &'static str,
    pub about: &'static str,
    /// Adds the command's own arguments and flags.
    pub arguments: fn(clap::Command) -> clap::Command,
    pub run: fn(&Arguments) -> Result<(), CliError>,
}

/// The parser of the whole command line, for the given commands in alphabetical order.
#[must_use]
pub fn root(commands: &[Command]) -> clap::Command {
    let mut commands = commands.to_vec();
    commands.sort_by_key(|command| command.name);
    let parser = clap::Command::new("sampan")
        .about("A whole Kubernetes in one small, fast binary")
        .version(version())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(110);
    commands.iter().fold(parser, |parser, command| {
        parser.subcommand((command.arguments)(
            clap::Command::new(command.name).about(command.about),
        ))
    })
}

/// Parses the process's arguments and runs the command they name. Errors go to standard error, causes one a line.
pub fn run(commands: &[Command]) -> ExitCode {
    let commands = crate::completion::TABLE.get_or_init(|| commands.to_vec());
    let matches = root(commands).get_matches();
    let (name, arguments) = matches
        .subcommand()
        .expect("the parser requires a subcommand");
    let command = commands
        .iter()
        .find(|command| command.name == name)
        .expect("the parser knows only the table's commands");
    match (command.run)(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            crate::terminal::complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Sampan's own version; the Kubernetes version that it serves is in [`crate::version`].
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
