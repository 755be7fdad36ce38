//! The binary as a person meets it: what it says of itself, and what it completes.

#![expect(clippy::disallowed_methods, reason = "what is tested is a program")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod completion;
mod help;

use std::process::{Command, Output};

/// Runs the binary, away from the terminal and the configuration of whoever tests.
fn sampan(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sampan"))
        .args(arguments)
        .env_remove("COLUMNS")
        .output()
        .unwrap()
}

#[track_caller]
fn said(arguments: &[&str]) -> String {
    let output = sampan(arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_version_says_which_kubernetes_it_is() {
    let version = said(&["version"]);
    assert!(
        version.starts_with("sampan ") && version.contains("(Kubernetes v1.36."),
        "{version}"
    );
}

#[test]
fn a_command_that_is_not_there_is_refused_and_a_near_one_named() {
    let output = sampan(&["statsu"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(error.contains("status"), "{error}");
}
