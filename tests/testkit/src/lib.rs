//! A machine of its own for a test, a cluster on it, and kubectl: everything real, in network namespaces that the test makes and removes.

#![expect(
    clippy::disallowed_methods,
    reason = "tests run programs and look at the clock"
)]
#![expect(clippy::missing_panics_doc, reason = "a test that cannot go on panics")]

mod cluster;
mod leftovers;
mod machine;
mod registry;

pub use self::{
    cluster::{Cluster, Options, binary},
    leftovers::Leftovers,
    machine::Machine,
    registry::{Registry, example},
};

use std::{
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

/// Runs a command to its end and returns its standard output; panics with everything it said where it fails.
#[track_caller]
pub fn run(command: &mut Command) -> String {
    let output = output(command);
    assert!(
        output.status.success(),
        "{command:?} failed with {}:\n{}{}",
        output.status,
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// Runs a command that must fail and returns what it said on standard error.
#[track_caller]
pub fn refused(command: &mut Command) -> String {
    let output = output(command);
    assert!(
        !output.status.success(),
        "{command:?} was expected to fail, and said:\n{}",
        text(&output.stdout)
    );
    text(&output.stderr)
}

#[track_caller]
pub fn output(command: &mut Command) -> Output {
    command
        .output()
        .unwrap_or_else(|error| panic!("{command:?} did not start: {error}"))
}

#[must_use]
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Looks again and again until `look` finds something. What is tested must not poll; a test from outside can do nothing else.
#[track_caller]
pub fn eventually<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            Instant::now() < deadline,
            "{what} did not happen within {limit:?}"
        );
        thread::sleep(Duration::from_millis(50));
    }
}

/// Whether this process may make namespaces. Where it may not, says so: the caller returns.
#[must_use]
#[expect(
    clippy::print_stdout,
    reason = "a skipped test says that it was skipped"
)]
pub fn is_root(test: &str) -> bool {
    let root = run(Command::new("id").arg("-u")).trim() == "0";
    if !root {
        println!("{test}: skipped: it needs root");
    }
    root
}
