//! The command line: a table of commands, and how they speak to a person. To add a command: write its module, add one line to the table
//! that `sampan` passes in (commands that need components stand in `distro`), or to [`COMMANDS`].

mod api_check;
mod command;
mod completion;
mod terminal;
mod version;

pub use self::{
    command::{Arguments, CliError, Command, root, run},
    terminal::{Bar, Steps, say, table},
    version::KUBERNETES,
};

/// The commands that need no component.
pub const COMMANDS: &[Command] = &[api_check::COMMAND, completion::COMMAND, version::COMMAND];
