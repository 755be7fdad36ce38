//! Taking up pods that outlived their server, and taking everything down.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use sys::cgroup::{Cgroups, HostCgroups};

use super::files::{Files, children, remove, remove_mounted};
use super::sandboxes::identity;
use super::shims::Shim;
use super::{Embedded, Sandbox, internal};
use crate::cri::v1;
use crate::records::{ContainerRecord, Exit, SandboxRecord};
use crate::service::CriResult;
use crate::shim::protocol::Call;

/// For a shim to say what it holds; one that does not is as good as dead.
const ANSWER: Duration = Duration::from_secs(30);

impl Embedded {
    pub(super) async fn recover(&self) -> CriResult<()> {
        let (sandboxes, containers) = self
            .blocking("recover-records", |this| {
                Ok((this.0.files.sandboxes(), this.0.files.containers()))
            })
            .await?;
        let known: BTreeSet<&str> = sandboxes.iter().map(|s| s.id.as_str()).collect();
        let (containers, orphans): (Vec<_>, Vec<_>) = containers
            .into_iter()
            .partition(|c| known.contains(c.sandbox_id.as_str()));
        for orphan in orphans {
            tracing::debug!(
                container = orphan.id,
                "container without a sandbox is removed"
            );
        }
        self.0.state.lock().containers =
            containers.into_iter().map(|c| (c.id.clone(), c)).collect();
        let mut living = Vec::new();
        for record in sandboxes {
            if let Some(identity) = self.recover_sandbox(record).await {
                living.push(identity);
            }
        }
        self.0.config.network.recover(&living).await?;
        self.blocking("recover-garbage", |this| {
            this.remove_garbage()?;
            this.collect_layers()
        })
        .await
    }

    /// One sandbox back into the tables; its network identity when it lives.
    async fn recover_sandbox(
        &self,
        record: SandboxRecord,
    ) -> Option<(crate::SandboxIdentity, Vec<std::net::IpAddr>)> {
        let id = record.id.clone();
        let alive = !record.stopped
            && record.shim_start_ticks > 0
            && sys::process::start_ticks(record.shim_pid) == Some(record.shim_start_ticks);
        let shim = if alive {
            Shim::connect(&self.0.files.pod(&id)).ok()
        } else {
            None
        };
        let network = (
            identity(&record),
            record.ips.iter().filter_map(|ip| ip.parse().ok()).collect(),
        );
        let stopped = record.stopped;
        if let Some(shim) = shim {
            self.adopt(record, std::sync::Arc::clone(&shim));
            let state = self
                .0
                .config
                .platform
                .clock
                .timeout(ANSWER, shim.call(Call::State(true)));
            if let Ok(Ok(reply)) = state.await {
                self.end_unknown(
                    &id,
                    &reply.containers.iter().map(|c| c.id.as_str()).collect(),
                );
                return Some(network);
            }
        } else {
            let sandbox = Sandbox::new(record, None);
            self.0.state.lock().sandboxes.insert(id.clone(), sandbox);
        }
        if !stopped {
            self.lost(&id).await;
        }
        None
    }

    /// Containers that were running by our records, but that their shim does not know: the start was cut off.
    fn end_unknown(&self, sandbox: &str, known: &BTreeSet<&str>) {
        let unknown: Vec<String> = {
            let state = self.0.state.lock();
            let of = state.containers_of(sandbox);
            of.filter(|c| c.is_running() && !known.contains(c.id.as_str()))
                .map(|c| c.id.clone())
                .collect()
        };
        let now = self.now();
        for id in unknown {
            self.container_exited(
                &id,
                &Exit {
                    code: 137,
                    oom_killed: false,
                    finished_at: now,
                },
            );
        }
    }

    fn remove_garbage(&self) -> CriResult<()> {
        let state = self.0.state.lock();
        let sandboxes: Vec<String> = state.sandboxes.keys().cloned().collect();
        let containers: Vec<String> = state.containers.keys().cloned().collect();
        drop(state);
        let sandboxes: Vec<&str> = sandboxes.iter().map(String::as_str).collect();
        let containers: Vec<&str> = containers.iter().map(String::as_str).collect();
        self.0.files.remove_unknown(&sandboxes, &containers)
    }

    /// Layers that neither an image nor a container needs.
    pub(super) fn collect_layers(&self) -> CriResult<()> {
        let in_use: BTreeSet<String> = self
            .0
            .state
            .lock()
            .containers
            .values()
            .flat_map(|c| c.layers.iter().cloned())
            .collect();
        self.0
            .store
            .collect(&in_use)
            .map(drop)
            .map_err(|e| internal(&e))
    }
}

/// Takes every pod of these directories down, running or not, and removes all that belongs to the runtime but the
/// images. Needs no running server, and no server may be running. Network interfaces outside the pods' namespaces
/// are for the network to remove.
///
/// # Errors
/// What could not be removed.
pub fn reset(data_dir: &Path, run_dir: &Path) -> CriResult<()> {
    let files = Files::open(data_dir, run_dir)?;
    let cgroups = HostCgroups::detect().map_err(|e| internal(&e))?;
    let containers = files.containers();
    // One pod that resists must not keep the others.
    let mut failed = Ok(());
    for sandbox in files.sandboxes() {
        let mine: Vec<&ContainerRecord> = containers
            .iter()
            .filter(|c| c.sandbox_id == sandbox.id)
            .collect();
        failed = failed.and(take_down(&files, &cgroups, &sandbox, &mine));
    }
    for path in children(&files.pods()) {
        failed = failed.and(remove_mounted(&path));
    }
    failed?;
    for directory in [
        data_dir.join("sandboxes"),
        data_dir.join("containers"),
        files.pods(),
    ] {
        remove(&directory)?;
    }
    Ok(())
}

fn take_down(
    files: &Files,
    cgroups: &dyn Cgroups,
    sandbox: &SandboxRecord,
    containers: &[&ContainerRecord],
) -> CriResult<()> {
    let parent = sandbox
        .config()
        .linux
        .map(|l: v1::LinuxPodSandboxConfig| l.cgroup_parent)
        .unwrap_or_default();
    let parent = if parent.is_empty() {
        "/sampan".to_owned()
    } else {
        parent
    };
    let groups: Vec<String> = containers
        .iter()
        .map(|c| format!("{}/{}", parent.trim_end_matches('/'), c.id))
        .collect();
    if sys::process::start_ticks(sandbox.shim_pid) == Some(sandbox.shim_start_ticks) {
        sys::process::kill_and_wait([sandbox.shim_pid]);
    }
    for group in &groups {
        cgroups.kill(group);
    }
    sys::namespace::unpin(&files.pod(&sandbox.id).join(crate::embedded_paths::NETNS))
        .map_err(|e| internal(&e))?;
    for group in &groups {
        cgroups.remove(group).map_err(|e| internal(&e))?;
    }
    cgroups.remove(&parent).map_err(|e| internal(&e))?;
    cgroups.remove_empty_above(&parent);
    files.remove_sandbox(&sandbox.id)
}
