//! What a cluster can leave on a machine: mounts, cgroups, links, packet filter rules, BPF objects, processes.

use crate::{Machine, output, text};
use std::{collections::BTreeSet, fs, path::Path, process::Command};

/// What was there at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftovers(BTreeSet<String>);

impl Leftovers {
    #[must_use]
    pub fn look(machine: &Machine) -> Self {
        let mut found = BTreeSet::new();
        let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        found.extend(
            mounts
                .lines()
                .filter(|line| line.contains("sampan"))
                .map(|line| format!("mount {line}")),
        );
        for root in [
            "/sys/fs/cgroup",
            "/sys/fs/cgroup/memory",
            "/sys/fs/cgroup/pids",
            "/sys/fs/cgroup/unified",
        ] {
            let matching = names(Path::new(root))
                .into_iter()
                .filter(|name| name.contains("kubepods") || name.contains("sampan"));
            found.extend(matching.map(|name| format!("cgroup {root}/{name}")));
        }
        found.extend(
            names(Path::new("/sys/fs/bpf"))
                .into_iter()
                .map(|name| format!("bpf {name}")),
        );
        found.extend(
            lines(machine.command("ip").args(["-brief", "link"]))
                .map(|line| format!("link {}", word(&line))),
        );
        found.extend(
            lines(
                machine
                    .command("ip")
                    .args(["route", "show", "table", "all"]),
            )
            .filter(|l| !l.contains("fe80") && !l.contains("multicast") && !l.contains("ff00"))
            .map(|line| format!("route {line}")),
        );
        found.extend(
            lines(machine.command("nft").args(["list", "ruleset"]))
                .map(|line| format!("rule {line}")),
        );
        found.extend(
            lines(Command::new("pgrep").args(["-a", "-f", "sampan-shim"]))
                .map(|line| format!("process {line}")),
        );
        Self(found)
    }

    /// What is here and was not there before.
    #[must_use]
    pub fn since(&self, before: &Self) -> Vec<String> {
        self.0.difference(&before.0).cloned().collect()
    }
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn lines(command: &mut Command) -> impl Iterator<Item = String> {
    let output = output(command);
    text(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

fn word(line: &str) -> &str {
    line.split(['@', ' ']).next().unwrap_or_default()
}
