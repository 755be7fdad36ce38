//! `sampan kubeconfig`: prints the administrator's kubeconfig.

use super::{data_dir, data_dir_argument};
use cli::{Arguments, CliError, Command, say};

pub(crate) const COMMAND: Command = Command {
    name: "kubeconfig",
    about: "Print the administrator's kubeconfig",
    arguments: |command| command.arg(data_dir_argument()),
    run,
};

fn run(arguments: &Arguments) -> Result<(), CliError> {
    let path = data_dir(arguments).join("kubeconfig");
    let text = std::fs::read_to_string(&path).map_err(|error| {
        let message = format!(
            "cannot read {}: has `sampan up` run with this --data-dir, and by you?",
            path.display()
        );
        CliError::caused_by(message, error)
    })?;
    say(text.trim_end());
    Ok(())
}
