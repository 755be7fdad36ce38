//! The server's process and all that belongs to it, as the kernel accounts for them.

use super::Plan;
use crate::target::PerfError;
use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::{Child, Command};

/// Clock ticks a second in /proc/PID/stat: fixed at 100 for user space on every Linux architecture.
const TICKS_A_SECOND: f64 = 100.0;
const PORT: &str = "16943";

#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    binary: PathBuf,
    data: PathBuf,
}

/// Sums over the server, its descendants and its shims.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    pub(super) memory_mb: f64,
    pub(super) cpu_s: f64,
    pub(super) written_kb: f64,
}

impl Server {
    pub(super) fn start(plan: &Plan, dir: &Path) -> Result<Self, PerfError> {
        let data = dir.join("sampan");
        let mut command = Command::new(&plan.binary);
        command
            .arg("up")
            .arg("--data-dir")
            .arg(&data)
            .args(["--port", PORT])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true);
        if plan.control_plane_only {
            command.arg("--control-plane-only");
        }
        let child = command.spawn().map_err(|source| {
            failed(
                &format!("failed to start {}", plan.binary.display()),
                source,
            )
        })?;
        Ok(Self {
            child,
            binary: plan.binary.clone(),
            data,
        })
    }

    pub(super) fn usage(&self) -> Result<Usage, PerfError> {
        let root = self
            .child
            .id()
            .ok_or_else(|| PerfError::Unexpected("the server has ended".to_owned()))?;
        let mut sum = Usage::default();
        for pid in family(root, &self.data) {
            // A process may end between the listing and the look: then it no longer counts.
            if let Ok(one) = usage_of(pid) {
                sum.memory_mb += one.memory_mb;
                sum.cpu_s += one.cpu_s;
                sum.written_kb += one.written_kb;
            }
        }
        Ok(sum)
    }

    /// Asks the server to stop and waits until it has.
    pub(super) async fn stop(&mut self) -> Result<(), PerfError> {
        if let Some(pid) = self.child.id() {
            let kill = Command::new("kill").arg(pid.to_string()).status().await;
            kill.map_err(|source| failed("failed to signal the server", source))?;
        }
        self.child
            .wait()
            .await
            .map(drop)
            .map_err(|source| failed("failed to wait for the server", source))
    }

    pub(super) async fn reset(&self) -> Result<(), PerfError> {
        let reset = Command::new(&self.binary)
            .arg("reset")
            .arg("--data-dir")
            .arg(&self.data)
            .arg("--yes")
            .stdout(Stdio::null())
            .status()
            .await;
        reset
            .map(drop)
            .map_err(|source| failed("failed to reset", source))
    }
}

fn failed(what: &str, source: io::Error) -> PerfError {
    PerfError::Process {
        what: what.to_owned(),
        source,
    }
}

pub(super) fn megabytes(path: &Path) -> Result<f64, PerfError> {
    let meta = fs::metadata(path)
        .map_err(|source| failed(&format!("failed to look at {}", path.display()), source))?;
    #[expect(clippy::cast_precision_loss, reason = "a size in megabytes")]
    Ok(meta.len() as f64 / 1e6)
}

/// The process, its descendants, and those that carry its data directory on their command line (shims are nobody's children).
fn family(root: u32, data: &Path) -> HashSet<u32> {
    let processes: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect();
    let data = data.display().to_string();
    let mut res: HashSet<u32> = processes
        .iter()
        .map(|(pid, _)| *pid)
        .filter(|pid| *pid == root || is_shim(*pid, &data))
        .collect();
    loop {
        let more: Vec<u32> = processes
            .iter()
            .filter(|(pid, ppid)| res.contains(ppid) && !res.contains(pid))
            .map(|(pid, _)| *pid)
            .collect();
        if more.is_empty() {
            return res;
        }
        res.extend(more);
    }
}

fn is_shim(pid: u32, data: &str) -> bool {
    let Ok(line) = fs::read(format!("/proc/{pid}/cmdline")) else {
        return false;
    };
    let line = String::from_utf8_lossy(&line);
    line.contains("sampan-shim") && line.contains(data)
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

fn usage_of(pid: u32) -> io::Result<Usage> {
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
