//! `sampan version`: this binary's version and the Kubernetes version it serves.

use crate::{Command, command, terminal};

/// The reference for behaviour; `/version` answers the same.
pub const KUBERNETES: &str = "v1.36.2";

pub(crate) const COMMAND: Command = Command {
    name: "version",
    about: "Print Sampan's version and the Kubernetes version that it serves",
    arguments: |command| command,
    run: |_| {
        terminal::say(&format!(
            "sampan {} (Kubernetes {KUBERNETES})",
            command::version()
        ));
        Ok(())
    },
};
