//! Pods: making, stopping and removing them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sys::cgroup::Limits;

use super::files::{create_directory, write};
use super::shims::Shim;
use super::{Embedded, Sandbox, internal};
use crate::cri::v1;
use crate::embedded_paths::{HOSTNAME, NETNS, RESOLV_CONF, SHM};
use crate::records::{Exit, SandboxRecord};
use crate::service::{Code, CriError, CriResult, SandboxIdentity};
use crate::shim::protocol::{Call, NewPod, Reply};
use v1::{ContainerEventType as Event, NamespaceMode};

const SHM_BYTES: u64 = 64 << 20;
/// For a shim to kill what runs in its pod.
const STOP: Duration = Duration::from_secs(10);

impl Embedded {
    pub(super) async fn make_sandbox(
        &self,
        request: v1::RunPodSandboxRequest,
    ) -> CriResult<String> {
        let config = request.config.unwrap_or_default();
        if config.metadata.is_none() {
            return Err(CriError::new(
                Code::InvalidArgument,
                "sandbox config has no metadata",
            ));
        }
        check_sysctls(&config)?;
        let mut record = SandboxRecord {
            id: self.new_id(),
            config: Some(config),
            runtime_handler: request.runtime_handler,
            created_at: self.now(),
            ..Default::default()
        };
        match self.begin_sandbox(&mut record).await {
            Ok(shim) => {
                let id = record.id.clone();
                self.adopt(record, shim);
                self.emit(&id, Event::ContainerStartedEvent);
                Ok(id)
            }
            Err(error) => {
                self.undo_sandbox(record).await;
                Err(error)
            }
        }
    }

    async fn begin_sandbox(&self, record: &mut SandboxRecord) -> CriResult<Arc<Shim>> {
        let prepared = record.clone();
        self.blocking("sandbox-files", move |this| this.prepare_files(&prepared))
            .await?;
        let made = self.0.zygote.make(self.new_pod(record)).await?;
        record.shim_pid = made.pid;
        record.shim_start_ticks = made.start_ticks;
        let shim = Shim::connect(&self.0.files.pod(&record.id))?;
        if let Some(netns) = self.netns(record) {
            let addresses = self
                .0
                .config
                .network
                .attach(&netns, &identity(record))
                .await?;
            record.ips = addresses.iter().map(ToString::to_string).collect();
        }
        self.0.files.save_sandbox(record)?;
        Ok(shim)
    }

    fn prepare_files(&self, record: &SandboxRecord) -> CriResult<()> {
        let config = record.config();
        let directory = self.0.files.pod(&record.id);
        create_directory(&directory, 0o711)?;
        create_directory(&directory.join(SHM), 0o755)?;
        if let Some(dns) = &config.dns_config {
            write(&directory.join(RESOLV_CONF), resolv_conf(dns).as_bytes())?;
        }
        if !is_host_network(&config) {
            write(
                &directory.join(HOSTNAME),
                format!("{}\n", config.hostname).as_bytes(),
            )?;
        }
        if !config.log_directory.is_empty() {
            create_directory(config.log_directory.as_ref(), 0o755)?;
        }
        let linux = config.linux.unwrap_or_default();
        if !linux.cgroup_parent.is_empty() {
            let limits = sum(linux.resources.as_ref(), linux.overhead.as_ref());
            self.0
                .cgroups
                .create(&linux.cgroup_parent, &limits)
                .map_err(|e| internal(&e))?;
        }
        Ok(())
    }

    fn new_pod(&self, record: &SandboxRecord) -> NewPod {
        let config = record.config();
        let options = crate::spec::namespace_options(&config);
        let host_ipc = options.ipc() == NamespaceMode::Node;
        let hostname = if is_host_network(&config) {
            String::new()
        } else {
            config.hostname
        };
        NewPod {
            id: record.id.clone(),
            directory: self.0.files.pod(&record.id).to_string_lossy().into_owned(),
            netns: self
                .netns(record)
                .map(|p| p.to_string_lossy().into_owned())
                .unwrap_or_default(),
            host_ipc,
            shared_pid: options.pid() == NamespaceMode::Pod,
            hostname,
            sysctls: config.linux.map(|l| l.sysctls).unwrap_or_default(),
            shm_bytes: if host_ipc { 0 } else { SHM_BYTES },
        }
    }

    /// The sandbox's pinned network namespace; `None` in the host's.
    pub(super) fn netns(&self, record: &SandboxRecord) -> Option<PathBuf> {
        let own = !is_host_network(&record.config());
        own.then(|| self.0.files.pod(&record.id).join(NETNS))
    }

    /// Takes a sandbox into the tables and listens to its shim.
    pub(super) fn adopt(&self, record: SandboxRecord, shim: Arc<Shim>) {
        let id = record.id.clone();
        let sandbox = Sandbox::new(record, Some(Arc::clone(&shim)));
        self.0.state.lock().sandboxes.insert(id.clone(), sandbox);
        let name = id.clone();
        // The runtime can be dropped while its pods live: the task must not keep it.
        let inner = Arc::downgrade(&self.0);
        let tasks = &self.0.config.platform.tasks;
        let draining = tasks.draining();
        let reader = tasks.spawn("shim", async move {
            let apply = |reply: &Reply| {
                if let Some(inner) = inner.upgrade() {
                    Embedded(inner).apply(reply);
                }
            };
            tokio::select! {
                biased;
                // The server goes, the shim stays: there is nothing to conclude from the end of the conversation.
                () = draining => return,
                () = shim.read(apply) => {}
            }
            if let Some(inner) = inner.upgrade() {
                Embedded(inner).shim_gone(&id);
            }
        });
        if let Some(sandbox) = self.0.state.lock().sandboxes.get_mut(&name) {
            sandbox.reader = Some(reader);
        }
    }

    /// A shim that ends without being told has died, and with it all that we could know of its containers.
    fn shim_gone(&self, id: &str) {
        let mut state = self.0.state.lock();
        let Some(sandbox) = state.sandboxes.get_mut(id) else {
            return;
        };
        sandbox.shim = None;
        if sandbox.record.stopped || sandbox.stopping.try_lock().is_err() {
            return;
        }
        drop(state);
        tracing::warn!(sandbox = id, "the shim of a pod has died");
        let id = id.to_owned();
        let this = self.clone();
        let _detached = self
            .0
            .config
            .platform
            .tasks
            .spawn("lost-pod", async move { this.lost(&id).await });
    }

    /// Ends what a dead shim has left behind.
    pub(super) async fn lost(&self, id: &str) {
        if let Err(error) = self.stop_sandbox(id).await {
            tracing::warn!(sandbox = id, %error, "failed to clean up after a dead shim");
        }
    }

    pub(super) async fn stop_sandbox(&self, id: &str) -> CriResult<()> {
        let stopping = match self.0.state.lock().sandboxes.get(id) {
            Some(sandbox) => Arc::clone(&sandbox.stopping),
            None => return Ok(()),
        };
        let _one_at_a_time = stopping.lock().await;
        let (record, shim) = {
            let state = self.0.state.lock();
            let Some(sandbox) = state.sandboxes.get(id).filter(|s| !s.record.stopped) else {
                return Ok(());
            };
            (sandbox.record.clone(), sandbox.shim.clone())
        };
        if let Some(shim) = shim {
            // A shim that does not answer is killed below.
            let stop = self
                .0
                .config
                .platform
                .clock
                .timeout(STOP, shim.call(Call::Stop(true)));
            let _answer = stop.await;
        }
        self.end_processes(&record).await?;
        if let Some(netns) = self.netns(&record) {
            self.0
                .config
                .network
                .detach(&netns, &identity(&record))
                .await?;
        }
        let id = id.to_owned();
        self.blocking("sandbox-stop", move |this| this.finish_stop(&id))
            .await
    }

    /// Whatever the shim has not ended: by its cgroups, and the shim itself.
    async fn end_processes(&self, record: &SandboxRecord) -> CriResult<()> {
        let record = record.clone();
        self.blocking("sandbox-kill", move |this| {
            let cgroups: Vec<String> = {
                let state = this.0.state.lock();
                state
                    .containers_of(&record.id)
                    .map(|c| this.cgroup(&record, &c.id))
                    .collect()
            };
            for cgroup in cgroups {
                this.0.cgroups.kill(&cgroup);
            }
            if sys::process::start_ticks(record.shim_pid)
                .is_some_and(|ticks| ticks == record.shim_start_ticks)
            {
                // It has ended meanwhile, or ends now.
                let _gone = sys::process::signal(record.shim_pid, libc::SIGKILL);
            }
            Ok(())
        })
        .await
    }

    fn finish_stop(&self, id: &str) -> CriResult<()> {
        let directory = self.0.files.pod(id);
        sys::namespace::unpin(&directory.join(NETNS)).map_err(|e| internal(&e))?;
        sys::mount::unmount_below(&directory).map_err(|e| internal(&e))?;
        let now = self.now();
        let running: Vec<String> = {
            let mut state = self.0.state.lock();
            let Some(sandbox) = state.sandboxes.get_mut(id) else {
                return Ok(());
            };
            sandbox.record.stopped = true;
            sandbox.shim = None;
            self.0.files.save_sandbox(&sandbox.record)?;
            state
                .containers_of(id)
                .filter(|c| c.is_running())
                .map(|c| c.id.clone())
                .collect()
        };
        for container in running {
            self.container_exited(
                &container,
                &Exit {
                    code: 137,
                    oom_killed: false,
                    finished_at: now,
                },
            );
        }
        self.emit(id, Event::ContainerStoppedEvent);
        Ok(())
    }

    pub(super) async fn remove_sandbox(&self, id: &str) -> CriResult<()> {
        self.stop_sandbox(id).await?;
        let containers: Vec<String> = self
            .0
            .state
            .lock()
            .containers_of(id)
            .map(|c| c.id.clone())
            .collect();
        for container in containers {
            self.delete_container(&container).await?;
        }
        let id = id.to_owned();
        self.blocking("sandbox-remove", move |this| {
            let Some(record) = this
                .0
                .state
                .lock()
                .sandboxes
                .get(&id)
                .map(|s| s.record.clone())
            else {
                return Ok(());
            };
            this.remove_pod_cgroup(&record)?;
            this.0.files.remove_sandbox(&id)?;
            this.0.state.lock().sandboxes.remove(&id);
            this.emit(&id, Event::ContainerDeletedEvent);
            Ok(())
        })
        .await
    }

    /// The pod's cgroup goes with its last sandbox: a newer one of the same pod uses it too.
    fn remove_pod_cgroup(&self, record: &SandboxRecord) -> CriResult<()> {
        let parent = cgroup_parent(record);
        let is_shared = {
            let state = self.0.state.lock();
            state
                .sandboxes
                .values()
                .any(|s| s.record.id != record.id && cgroup_parent(&s.record) == parent)
        };
        if parent.is_empty() || is_shared {
            return Ok(());
        }
        match self.0.cgroups.remove(&parent) {
            Err(e) if e.io_kind() != Some(std::io::ErrorKind::ResourceBusy) => Err(internal(&e)),
            _ => Ok(()),
        }
    }

    async fn undo_sandbox(&self, record: SandboxRecord) {
        if let Some(netns) = self.netns(&record) {
            let _best_effort = self
                .0
                .config
                .network
                .detach(&netns, &identity(&record))
                .await;
        }
        let undone = self.blocking("sandbox-undo", move |this| {
            if record.shim_pid > 0 {
                let _gone = sys::process::signal(record.shim_pid, libc::SIGKILL);
            }
            sys::namespace::unpin(&this.0.files.pod(&record.id).join(NETNS))
                .map_err(|e| internal(&e))?;
            this.remove_pod_cgroup(&record)?;
            this.0.files.remove_sandbox(&record.id)
        });
        if let Err(error) = undone.await {
            tracing::warn!(%error, "failed to clean up after a sandbox that could not be made");
        }
    }

    /// A container's cgroup, relative to every hierarchy.
    pub(super) fn cgroup(&self, sandbox: &SandboxRecord, container: &str) -> String {
        let parent = cgroup_parent(sandbox);
        let parent = if parent.is_empty() {
            "/sampan"
        } else {
            parent.trim_end_matches('/')
        };
        format!("{parent}/{container}")
    }
}

pub(super) fn identity(record: &SandboxRecord) -> SandboxIdentity {
    let config = record.config();
    let metadata = config.metadata.unwrap_or_default();
    SandboxIdentity {
        id: record.id.clone(),
        namespace: metadata.namespace,
        name: metadata.name,
        uid: metadata.uid,
        port_mappings: config.port_mappings,
        annotations: config.annotations,
    }
}

pub(super) fn is_host_network(config: &v1::PodSandboxConfig) -> bool {
    crate::spec::namespace_options(config).network() == NamespaceMode::Node
}

fn cgroup_parent(record: &SandboxRecord) -> String {
    record
        .config
        .as_ref()
        .and_then(|c| c.linux.as_ref())
        .map(|l| l.cgroup_parent.clone())
        .unwrap_or_default()
}

/// Only what lies in the pod's own namespaces may be set (the kernel would set the rest for the whole machine).
fn check_sysctls(config: &v1::PodSandboxConfig) -> CriResult<()> {
    let options = crate::spec::namespace_options(config);
    let ipc = ["kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."];
    for name in config.linux.iter().flat_map(|l| l.sysctls.keys()) {
        let name = name.replace('/', ".");
        let in_network = name.starts_with("net.") && options.network() != NamespaceMode::Node;
        let in_ipc =
            ipc.iter().any(|p| name.starts_with(p)) && options.ipc() != NamespaceMode::Node;
        if name.contains("..") || !(in_network || in_ipc) {
            let message = format!("sysctl {name:?} is not in a namespace of the pod");
            return Err(CriError::new(Code::InvalidArgument, message));
        }
    }
    Ok(())
}

fn resolv_conf(dns: &v1::DnsConfig) -> String {
    let mut lines = Vec::new();
    if !dns.searches.is_empty() {
        lines.push(format!("search {}\n", dns.searches.join(" ")));
    }
    lines.extend(
        dns.servers
            .iter()
            .map(|server| format!("nameserver {server}\n")),
    );
    if !dns.options.is_empty() {
        lines.push(format!("options {}\n", dns.options.join(" ")));
    }
    lines.concat()
}

/// The pod's limits: its containers' together and its overhead.
fn sum(
    resources: Option<&v1::LinuxContainerResources>,
    overhead: Option<&v1::LinuxContainerResources>,
) -> Limits {
    let Some(resources) = resources else {
        return Limits::default();
    };
    let mut limits = super::containers::limits(resources);
    if let Some(overhead) = overhead {
        let add = |value: Option<i64>, more: i64| {
            value
                .filter(|v| *v > 0)
                .map(|v| v.saturating_add(more.max(0)))
        };
        limits.memory_bytes = add(limits.memory_bytes, overhead.memory_limit_in_bytes);
        limits.cpu_quota_us = add(limits.cpu_quota_us, overhead.cpu_quota);
    }
    limits
}
