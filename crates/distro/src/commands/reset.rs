//! `sampan reset`: stops every pod and removes the cluster, so that the machine is as it was.

use super::{config, define};
use clap::{Arg, ArgAction};
use cli::{Arguments, CliError, Command, say};
use platform::{Disk, DiskError};
use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

const YES: &str = "yes";
const VERSION: &str = "version";

pub(crate) const COMMAND: Command = Command {
    name: "reset",
    about: "Stop every pod and remove the cluster: its data, and all that it left in the kernel",
    arguments: |command| {
        let yes = Arg::new(YES)
            .long(YES)
            .short('y')
            .action(ArgAction::SetTrue)
            .help("Do not ask");
        define(command).arg(yes)
    },
    run,
};

fn run(arguments: &Arguments) -> Result<(), CliError> {
    let path = config(arguments)?.data_dir;
    if !path.exists() {
        say(&format!("there is nothing in {}", path.display()));
        return Ok(());
    }
    if !path.join(VERSION).exists() {
        return Err(CliError::new(format!(
            "{} is not a data directory of sampan: nothing was removed",
            path.display()
        )));
    }
    if crate::machine::was_node(&path) && !nix::unistd::geteuid().is_root() {
        return Err(CliError::new(
            "a node ran here, and what it left only root can remove: run `sudo sampan reset`",
        ));
    }
    if !arguments.get_flag(YES) && !confirmed(&path)? {
        return Err(CliError::new("nothing was removed"));
    }
    let _lock = Disk::real()
        .open_dir(&path.join("store"))
        .map_err(|error| match error {
            DiskError::Locked { .. } => {
                CliError::new("the cluster is running: stop `sampan up` first")
            }
            error => CliError::caused_by("failed to lock the store", error),
        })?;
    crate::machine::reset(&path)
        .map_err(|error| CliError::caused_by("failed to remove what the node left", error))?;
    crate::kubeconfig::forget(&path)
        .map_err(|error| CliError::caused_by("failed to remove the kubeconfig", error))?;
    let removed = remove(&path).map_err(|error| {
        CliError::caused_by(format!("failed to remove {}", path.display()), error)
    })?;
    say(&match removed {
        Removed::All => format!("removed {}", path.display()),
        Removed::Content => format!("emptied {}", path.display()),
    });
    Ok(())
}

/// The file that says what the directory is goes last, so that a reset which was cut off can be done again.
fn remove(path: &Path) -> io::Result<Removed> {
    let (last, rest): (Vec<_>, Vec<_>) = fs::read_dir(path)?
        .collect::<io::Result<Vec<_>>>()?
        .into_iter()
        .partition(|entry| entry.file_name() == VERSION);
    for entry in rest.iter().chain(&last) {
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    match fs::remove_dir(path) {
        Ok(()) => Ok(Removed::All),
        Err(error) if STAYS.contains(&error.kind()) => Ok(Removed::Content),
        Err(error) => Err(error),
    }
}

enum Removed {
    All,
    Content,
}

/// A disk that is mounted there, a link to a directory elsewhere, a directory that somebody made for us: those are not ours.
const STAYS: [ErrorKind; 3] = [
    ErrorKind::ResourceBusy,
    ErrorKind::NotADirectory,
    ErrorKind::PermissionDenied,
];

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
