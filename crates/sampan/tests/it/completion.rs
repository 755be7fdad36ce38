//! Completion scripts: each shell takes its own, and bash completes with it what a person would type.

use super::said;
use std::{io::Write, process::Command};

/// Commands and flags that any shell's script must know.
const KNOWN: &[&str] = &["control-plane-only", "kubeconfig", "image", "reset"];

#[test]
fn every_shell_has_a_script_of_every_command_and_flag() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = said(&["completion", shell]);
        for word in KNOWN {
            assert!(script.contains(word), "{shell}: {word} is missing");
        }
    }
}

#[test]
fn bash_completes() {
    check("sampan sta", "status");
    check("sampan image rem", "remove");
    check("sampan up --control-", "--control-plane-only");
    check("sampan kubeconfig --da", "--data-dir");
}

/// What bash offers for the last word of `line`.
#[track_caller]
fn check(line: &str, expect: &str) {
    let mut script = tempfile::NamedTempFile::new().unwrap();
    script
        .write_all(said(&["completion", "bash"]).as_bytes())
        .unwrap();
    let words: Vec<&str> = line.split(' ').collect();
    let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
    let complete = format!(
        "source {}; COMP_WORDS=({line}); COMP_CWORD={}; COMP_LINE='{line}'; COMP_POINT={}; \
         _sampan sampan '{last}' '{before}'; echo \"${{COMPREPLY[*]}}\"",
        script.path().display(),
        words.len() - 1,
        line.len(),
    );
    let output = Command::new("bash")
        .args(["-c", &complete])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), expect);
}
