//! The binary. Everything is elsewhere: commands in `cli` and `distro`, the shim in `runtime`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Requests allocate small and free soon, watches free on another thread: what glibc's allocator is slow at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    distro::run_if_shim();
    let commands: Vec<cli::Command> = cli::COMMANDS
        .iter()
        .chain(distro::COMMANDS)
        .copied()
        .collect();
    cli::run(&commands)
}
