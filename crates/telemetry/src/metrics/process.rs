//! What `/proc` says of this process, under the names that Prometheus' client libraries use.

use super::Registry;
use std::{fs, time::Duration};

/// Clock ticks a second in `/proc`: the kernel's `USER_HZ`, the same on every architecture that we run on.
const TICKS_PER_SECOND: f64 = 100.0;

/// Registers `process_*`. `started` is how long after the epoch the process began. Where `/proc` cannot be read, zeros are shown.
pub fn register(registry: &Registry, started: Duration) {
    registry.value_from(
        "process_cpu_seconds_total",
        "Total user and system CPU time spent in seconds.",
        "counter",
        || (stat(11) + stat(12)) / TICKS_PER_SECOND,
    );
    registry.value_from(
        "process_open_fds",
        "Number of open file descriptors.",
        "gauge",
        || fs::read_dir("/proc/self/fd").map_or(0.0, |files| count(files.count())),
    );
    registry.value_from(
        "process_max_fds",
        "Maximum number of open file descriptors.",
        "gauge",
        || limit("Max open files"),
    );
    registry.value_from(
        "process_resident_memory_bytes",
        "Resident memory size in bytes.",
        "gauge",
        || status_bytes("VmRSS:"),
    );
    registry.value_from(
        "process_virtual_memory_bytes",
        "Virtual memory size in bytes.",
        "gauge",
        || stat(20),
    );
    registry.value_from(
        "process_virtual_memory_max_bytes",
        "Maximum amount of virtual memory available in bytes.",
        "gauge",
        || limit("Max address space"),
    );
    registry.value_from(
        "process_network_receive_bytes_total",
        "Number of bytes received by the process over the network.",
        "counter",
        || network("InOctets"),
    );
    registry.value_from(
        "process_network_transmit_bytes_total",
        "Number of bytes sent by the process over the network.",
        "counter",
        || network("OutOctets"),
    );
    register_start(registry, started);
}

/// Registers `process_start_time_seconds` alone.
pub fn register_start(registry: &Registry, started: Duration) {
    registry.value_from(
        "process_start_time_seconds",
        "[ALPHA] Start time of the process since unix epoch in seconds.",
        "gauge",
        move || started.as_secs_f64(),
    );
}

/// A field of `/proc/self/stat`, counted from the state, which follows the name in parentheses.
fn stat(index: usize) -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let field = after_name.split(' ').nth(index);
    field.and_then(|field| field.parse().ok()).unwrap_or(0.0)
}

/// A line of `/proc/self/status` in kB.
fn status_bytes(name: &str) -> f64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}

/// The soft limit; without one, the largest number there is.
#[expect(
    clippy::cast_precision_loss,
    reason = "no limit is as large as a float can tell"
)]
fn limit(name: &str) -> f64 {
    let text = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    match line.and_then(|line| line.split_whitespace().next()) {
        Some("unlimited") => u64::MAX as f64,
        soft => soft.and_then(|soft| soft.parse().ok()).unwrap_or(0.0),
    }
}

/// A field of the network namespace's IP counters: a line of names, then one of numbers.
fn network(name: &str) -> f64 {
    let text = fs::read_to_string("/proc/self/net/netstat").unwrap_or_default();
    let mut lines = text.lines().filter_map(|line| line.strip_prefix("IpExt: "));
    let (Some(names), Some(numbers)) = (lines.next(), lines.next()) else {
        return 0.0;
    };
    let index = names.split(' ').position(|known| known == name);
    let number = index.and_then(|index| numbers.split(' ').nth(index)?.parse().ok());
    number.unwrap_or(0.0)
}

fn count(files: usize) -> f64 {
    f64::from(u32::try_from(files).unwrap_or(u32::MAX))
}
