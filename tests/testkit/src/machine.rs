//! A machine for one test: a network namespace with one address, and another namespace beside it that plays the outside world.
//!
//! Its names hold the number of the test's process, so that runs beside each other on one kernel do not meet.

use crate::{output, run};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

const INSIDE: &str = "198.18.77.2";
const OUTSIDE: &str = "198.18.77.1";
const PREFIX: &str = "sampan-";

/// Two connected network namespaces; both are removed when this is dropped.
#[derive(Debug)]
pub struct Machine {
    inside: String,
    outside: String,
    cgroup: String,
}

impl Machine {
    /// The machine's own address, as the outside sees it (RFC 2544's test range).
    pub const ADDRESS: &str = INSIDE;

    #[must_use]
    pub fn new(name: &str) -> Self {
        let machine = Self::offline(name);
        let (inside, outside) = (&machine.inside, &machine.outside);
        ip(&["netns", "add", outside]);
        ip(&[
            "-n", inside, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns",
            outside,
        ]);
        for (namespace, address) in [(inside, INSIDE), (outside, OUTSIDE)] {
            ip(&[
                "-n",
                namespace,
                "address",
                "add",
                &format!("{address}/24"),
                "dev",
                "eth0",
            ]);
            ip(&["-n", namespace, "link", "set", "eth0", "up"]);
        }
        ip(&["-n", outside, "link", "set", "lo", "up"]);
        ip(&["-n", inside, "route", "add", "default", "via", OUTSIDE]);
        machine
    }

    /// A machine with loopback and nothing else, as a laptop on the road.
    #[must_use]
    pub fn offline(name: &str) -> Self {
        remove_abandoned();
        let own = format!("{PREFIX}{name}-{}", process::id());
        let machine = Self {
            inside: format!("{own}-in"),
            outside: format!("{own}-out"),
            cgroup: own,
        };
        machine.remove();
        fs::create_dir_all(machine.cgroup())
            .unwrap_or_else(|error| panic!("no cgroup for the machine: {error}"));
        ip(&["netns", "add", &machine.inside]);
        ip(&["-n", &machine.inside, "link", "set", "lo", "up"]);
        machine
    }

    /// Gives the machine an address on an interface of its own, or takes it away again with `del`.
    pub fn address(&self, add_or_del: &str, address: &str) {
        let interface = ["-n", &self.inside, "link"];
        if !output(Command::new("ip").args(interface).arg("show").arg("late0"))
            .status
            .success()
        {
            let veth = ["add", "late0", "type", "veth", "peer", "name", "late1"];
            run(Command::new("ip").args(interface).args(veth));
            run(Command::new("ip")
                .args(interface)
                .args(["set", "late1", "up"]));
            run(Command::new("ip")
                .args(interface)
                .args(["set", "late0", "up"]));
        }
        ip(&[
            "-n",
            &self.inside,
            "address",
            add_or_del,
            address,
            "dev",
            "late0",
        ]);
    }

    /// A command on the machine. `nsenter` and not `ip netns exec`, which would hide the cgroups.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let mut command = enter(&self.inside, "sh");
        let join = format!(
            "echo $$ > {}/cgroup.procs && exec \"$@\"",
            self.cgroup().display()
        );
        command.args(["-c", &join, "sh", program]);
        command
    }

    /// The group of the unified hierarchy that the machine's processes are in: Services are seen there and not in the outside world,
    /// which shares the kernel.
    #[must_use]
    pub fn cgroup(&self) -> PathBuf {
        unified_root().join(&self.cgroup)
    }

    /// A command in the outside world.
    #[must_use]
    pub fn outside(&self, program: &str) -> Command {
        enter(&self.outside, program)
    }

    fn remove(&self) {
        for namespace in [&self.inside, &self.outside] {
            let _ = Command::new("ip")
                .args(["netns", "delete", namespace])
                .output();
        }
        // A group goes when its last process has gone.
        let _ = fs::remove_dir(self.cgroup());
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Network namespaces of tests that were killed: their names end in `-PID-in` or `-PID-out`.
fn remove_abandoned() {
    for entry in fs::read_dir("/run/netns").into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let pid = name
            .rsplit('-')
            .nth(1)
            .and_then(|pid| pid.parse::<u32>().ok());
        let abandoned = pid.is_some_and(|pid| !Path::new(&format!("/proc/{pid}")).exists());
        if name.starts_with(PREFIX) && abandoned {
            let _ = Command::new("ip").args(["netns", "delete", &name]).output();
        }
    }
}

fn enter(namespace: &str, program: &str) -> Command {
    let mut command = Command::new("nsenter");
    command
        .arg(format!("--net=/run/netns/{namespace}"))
        .arg(program);
    command
}

fn ip(arguments: &[&str]) {
    run(Command::new("ip").args(arguments));
}

/// The root of cgroup v2, also beside v1.
fn unified_root() -> &'static Path {
    let hybrid = Path::new("/sys/fs/cgroup/unified");
    if hybrid.is_dir() {
        hybrid
    } else {
        Path::new("/sys/fs/cgroup")
    }
}
