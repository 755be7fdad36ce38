//! What this machine is and has: read once at the start.

use crate::agent::Config;
use meta::{Map, Quantity, QuantityFormat, Str};
use std::path::Path;

/// The machine, as node status shows it.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) memory_bytes: i64,
    pub(crate) capacity: Map<Str, Quantity>,
    pub(crate) allocatable: Map<Str, Quantity>,
    pub(crate) machine_id: String,
    pub(crate) system_uuid: String,
    pub(crate) boot_id: String,
    pub(crate) kernel_version: String,
    pub(crate) os_image: String,
}

impl Facts {
    /// Reads /proc, /sys and /etc; what cannot be read is empty or zero.
    pub(crate) fn read(config: &Config) -> Self {
        let text = |path: &str| {
            std::fs::read_to_string(path)
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let memory_bytes = memory_bytes(&text("/proc/meminfo"));
        let cpus = std::thread::available_parallelism()
            .map_or(1, |count| i64::try_from(count.get()).unwrap_or(1));
        let disk = disk_bytes(&config.root_dir);
        let reserved = config.reserved;
        let pods = i64::from(config.max_pods);
        let amounts = |cpu_milli: i64, memory: i64, disk: i64| {
            let bytes = |amount: i64| Quantity::new(amount.max(0), QuantityFormat::BinarySi);
            Map::from([
                (
                    "cpu",
                    Quantity::from_milli(cpu_milli.max(0), QuantityFormat::DecimalSi),
                ),
                ("ephemeral-storage", bytes(disk)),
                ("memory", bytes(memory)),
                ("pods", Quantity::new(pods, QuantityFormat::DecimalSi)),
            ])
        };
        Self {
            memory_bytes,
            capacity: amounts(cpus * 1000, memory_bytes, disk),
            allocatable: amounts(
                cpus * 1000 - reserved.cpu_milli,
                memory_bytes - reserved.memory_bytes,
                disk - reserved.ephemeral_bytes,
            ),
            machine_id: text("/etc/machine-id"),
            system_uuid: text("/sys/class/dmi/id/product_uuid"),
            boot_id: text("/proc/sys/kernel/random/boot_id"),
            kernel_version: text("/proc/sys/kernel/osrelease"),
            os_image: os_image(&text("/etc/os-release")),
        }
    }
}

fn memory_bytes(meminfo: &str) -> i64 {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = line
        .and_then(|line| line.split_whitespace().next())
        .and_then(|number| number.parse::<i64>().ok());
    kib.unwrap_or(0) * 1024
}

fn disk_bytes(path: &Path) -> i64 {
    let existing = path
        .ancestors()
        .find(|path| path.exists())
        .unwrap_or(Path::new("/"));
    let Ok(stat) = nix::sys::statvfs::statvfs(existing) else {
        return 0;
    };
    i64::try_from(stat.blocks().saturating_mul(stat.fragment_size())).unwrap_or(i64::MAX)
}

fn os_image(release: &str) -> String {
    let line = release
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="));
    line.unwrap_or("Linux").trim_matches('"').to_owned()
}

/// `runtime.GOARCH` of this machine.
pub(crate) const fn architecture() -> &'static str {
    if cfg!(target_arch = "aarch64") {
        "arm64"
    } else {
        "amd64"
    }
}
