//! `sampan reset`: stops every pod and removes the cluster, so that the machine is as it was.

use super::{data_dir, data_dir_argument};
use clap::{Arg, ArgAction};
use cli::{Arguments, CliError, Command, say};
use platform::Disk;
use std::{io, path::Path};

const YES: &str = "yes";

pub(crate) const COMMAND: Command = Command {
    name: "reset",
    about: "Stop every pod and remove the cluster: its data, and all that it left in the kernel",
    arguments: |command| {
        let yes = Arg::new(YES)
            .long(YES)
            .action(ArgAction::SetTrue)
            .help("Do not ask");
        command.arg(data_dir_argument()).arg(yes)
    },
    run,
};

fn run(arguments: &Arguments) -> Result<(), CliError> {
    let path = data_dir(arguments);
    if !path.exists() {
        say(&format!("there is nothing in {}", path.display()));
        return Ok(());
    }
    if !path.join("version").exists() {
        return Err(CliError::new(format!(
            "{} is not a data directory of sampan: nothing was removed",
            path.display()
        )));
    }
    if !arguments.get_flag(YES) && !confirmed(&path)? {
        return Err(CliError::new("nothing was removed"));
    }
    let _lock = Disk::real()
        .open_dir(&path.join("store"))
        .map_err(|error| {
            CliError::caused_by("the cluster is running: stop `sampan up` first", error)
        })?;
    crate::machine::reset(&path)
        .map_err(|error| CliError::caused_by("failed to remove what the node left", error))?;
    std::fs::remove_dir_all(&path).map_err(|error| {
        CliError::caused_by(format!("failed to remove {}", path.display()), error)
    })?;
    say(&format!("removed {}", path.display()));
    Ok(())
}

fn confirmed(path: &Path) -> Result<bool, CliError> {
    say(&format!(
        "This stops every pod and removes {} for good. Type yes to go on:",
        path.display()
    ));
    let mut answer = String::new();
    io::stdin()
        .read_line(&mut answer)
        .map_err(|error| CliError::caused_by("no answer", error))?;
    Ok(answer.trim() == "yes")
}
