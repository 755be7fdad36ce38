//! The binary. Everything is elsewhere: commands in `cli` and `distro`, the shim in `runtime`.

use std::process::ExitCode;

fn main() -> ExitCode {
    distro::run_if_shim();
    let commands: Vec<cli::Command> = cli::COMMANDS
        .iter()
        .chain(distro::COMMANDS)
        .copied()
        .collect();
    cli::run(&commands)
}
