//! What a cluster can leave on a machine: cgroups, links, routes, packet filter rules, processes. Mounts and what else has the
//! cluster's own name, [`crate::Cluster::reset`] looks for: other clusters may run on the same kernel.

use crate::{Machine, output, text};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What was there at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftovers(BTreeSet<String>);

impl Leftovers {
    #[must_use]
    pub fn look(machine: &Machine) -> Self {
        let mut found = BTreeSet::new();
        // Pods of a machine are below its own group in each hierarchy.
        let own = machine
            .cgroup()
            .file_name()
            .map(PathBuf::from)
            .unwrap_or_default();
        for root in [
            "/sys/fs/cgroup",
            "/sys/fs/cgroup/memory",
            "/sys/fs/cgroup/pids",
            "/sys/fs/cgroup/unified",
        ] {
            let groups = names(&Path::new(root).join(&own)).into_iter();
            found.extend(groups.map(|name| format!("cgroup {root}/{}/{name}", own.display())));
        }
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
            shims(&machine.cgroup())
                .into_iter()
                .map(|pid| format!("process {pid}")),
        );
        Self(found)
    }

    /// What is here and was not there before.
    #[must_use]
    pub fn since(&self, before: &Self) -> Vec<String> {
        self.0.difference(&before.0).cloned().collect()
    }
}

/// Shims of pods, which are in their machine's group as their server was.
fn shims(group: &Path) -> Vec<String> {
    let members = fs::read_to_string(group.join("cgroup.procs")).unwrap_or_default();
    let is_shim = |pid: &&str| {
        fs::read(format!("/proc/{pid}/cmdline"))
            .is_ok_and(|line| text(&line).contains("sampan-shim"))
    };
    members.lines().filter(is_shim).map(str::to_owned).collect()
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
