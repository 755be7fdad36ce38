//! Processes as the kernel accounts for them.

use std::{collections::HashSet, fs, io, iter::Sum};

/// Clock ticks a second in /proc/PID/stat: fixed at 100 for user space on every Linux architecture.
const TICKS_A_SECOND: f64 = 100.0;

/// What processes use.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// Proportional set size.
    pub(crate) memory_mb: f64,
    pub(crate) cpu_s: f64,
    pub(crate) written_kb: f64,
}

impl Sum for Usage {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            memory_mb: sum.memory_mb + one.memory_mb,
            cpu_s: sum.cpu_s + one.cpu_s,
            written_kb: sum.written_kb + one.written_kb,
        })
    }
}

/// The children of a process, their children, and so on.
pub(crate) fn descendants(root: u32) -> HashSet<u32> {
    let processes: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect();
    let mut found = HashSet::new();
    loop {
        let more: Vec<u32> = processes
            .iter()
            .filter(|(pid, ppid)| (*ppid == root || found.contains(ppid)) && !found.contains(pid))
            .map(|(pid, _)| *pid)
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// What one process uses: nothing when it has ended.
pub(crate) fn usage(pid: u32) -> Usage {
    try_usage(pid).unwrap_or_default()
}

/// The name that it gave itself; empty when it has ended.
pub(crate) fn name(pid: u32) -> String {
    let text = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    text.trim_end().to_owned()
}

fn try_usage(pid: u32) -> io::Result<Usage> {
    let stat = stat(pid).ok_or(io::ErrorKind::NotFound)?;
    let ticks = |field: usize| {
        stat.get(field)
            .and_then(|text| text.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    Ok(Usage {
        memory_mb: number(pid, "smaps_rollup", "Pss:")? / 1024.0,
        cpu_s: (ticks(11) + ticks(12)) / TICKS_A_SECOND,
        written_kb: number(pid, "io", "write_bytes:")? / 1024.0,
    })
}

fn parent(pid: u32) -> Option<u32> {
    stat(pid)?.get(1)?.parse().ok()
}

/// The fields of /proc/PID/stat after the command's name: state, parent, …
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    Some(
        text.rsplit_once(") ")?
            .1
            .split(' ')
            .map(str::to_owned)
            .collect(),
    )
}

/// The number after `key` in /proc/PID/`file`.
fn number(pid: u32, file: &str, key: &str) -> io::Result<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/{file}"))?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(key))
        .unwrap_or("0");
    Ok(line
        .split_whitespace()
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or(0.0))
}
