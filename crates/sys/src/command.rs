//! Other programs, started with a fixed working directory and environment.

use std::ffi::OsStr;
use std::process::Command;

const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// A command in `/` with an environment of `PATH` and `LC_ALL=C` alone.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the place that the lint points at"
)]
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", PATH)
        .env("LC_ALL", "C")
        .current_dir("/");
    command
}
