//! The server's process and all that belongs to it, as the kernel accounts for them.

use super::Plan;
use crate::{
    processes::{self, Usage},
    target::PerfError,
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::{Child, Command};

const PORT: &str = "16943";

#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    binary: PathBuf,
    data: PathBuf,
}

impl Server {
    pub(super) fn start(plan: &Plan, dir: &Path) -> Result<Self, PerfError> {
        adopt_orphans()?;
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

    /// All that the server has started, shims that are nobody's children any more among them: [`adopt_orphans`] makes them ours.
    #[expect(
        clippy::unused_self,
        reason = "there is nothing to account for without a server"
    )]
    pub(super) fn usage(&self) -> Usage {
        processes::descendants(std::process::id())
            .into_iter()
            .map(processes::usage)
            .sum()
    }

    /// The memory of each shim.
    #[expect(
        clippy::unused_self,
        reason = "there is nothing to account for without a server"
    )]
    pub(super) fn shims_mb(&self) -> Vec<f64> {
        processes::descendants(std::process::id())
            .into_iter()
            .filter(|pid| processes::name(*pid) == "sampan-shim")
            .map(|pid| processes::usage(pid).memory_mb)
            .collect()
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

/// What the server leaves behind becomes a child of this process, not of init: so that it is told from what other servers left.
fn adopt_orphans() -> Result<(), PerfError> {
    nix::sys::prctl::set_child_subreaper(true)
        .map_err(|error| failed("failed to become a subreaper", error.into()))
}
