//! A machine for one test: a network namespace with one address, and another namespace beside it that plays the outside world.

use crate::run;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const INSIDE: &str = "198.18.77.2";
const OUTSIDE: &str = "198.18.77.1";

/// Two connected network namespaces; both are removed when this is dropped.
#[derive(Debug)]
pub struct Machine {
    inside: String,
    outside: String,
}

impl Machine {
    /// The machine's own address, as the outside sees it (RFC 2544's test range).
    pub const ADDRESS: &str = INSIDE;

    #[must_use]
    pub fn new(name: &str) -> Self {
        let machine = Self {
            inside: format!("sampan-{name}-in"),
            outside: format!("sampan-{name}-out"),
        };
        machine.remove();
        let (inside, outside) = (&machine.inside, &machine.outside);
        fs::create_dir_all(machine.cgroup())
            .unwrap_or_else(|error| panic!("no cgroup for the machine: {error}"));
        ip(&["netns", "add", inside]);
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
            ip(&["-n", namespace, "link", "set", "lo", "up"]);
            ip(&["-n", namespace, "link", "set", "eth0", "up"]);
        }
        ip(&["-n", inside, "route", "add", "default", "via", OUTSIDE]);
        machine
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
        unified_root().join(format!("machine-{}", self.inside))
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
