//! Containers: making, starting, stopping and removing them.

use std::path::Path;
use std::time::Duration;

use sys::cgroup::Limits;

use super::files::{create_directory, write};
use super::{Embedded, internal};
use crate::cri::v1;
use crate::embedded_paths::{HOSTNAME, PAUSE_PID, RESOLV_CONF, SHM};
use crate::records::{self, ContainerRecord, Exit, SandboxRecord};
use crate::service::{Code, CriError, CriResult};
use crate::shim::protocol::{Call, ContainerState, Reply, Signal, Start};
use crate::spec::{self, Input, Paths};
use v1::{ContainerEventType as Event, NamespaceMode};

/// Of `/etc/passwd` and `/etc/group` in an image.
const ACCOUNTS_BYTES_MAX: u64 = 4 << 20;
/// For a killed process to be gone.
const KILL: Duration = Duration::from_secs(20);
/// For a container to be set up; it takes tens of milliseconds.
const START: Duration = Duration::from_secs(120);

impl Embedded {
    pub(super) fn make_container(&self, request: v1::CreateContainerRequest) -> CriResult<String> {
        let sandbox = self
            .0
            .state
            .lock()
            .sandbox(&request.pod_sandbox_id)?
            .record
            .clone();
        if sandbox.stopped {
            return Err(CriError::new(
                Code::FailedPrecondition,
                "sandbox is not ready",
            ));
        }
        let config = request.config.unwrap_or_default();
        let name = config.image.as_ref().map_or("", |i| i.image.as_str());
        let image = self
            .0
            .store
            .find(name)
            .ok_or_else(|| CriError::not_found("image", name))?;
        let id = self.new_id();
        let log_directory = request
            .sandbox_config
            .map_or_else(|| sandbox.config().log_directory, |c| c.log_directory);
        let mut record = ContainerRecord {
            id: id.clone(),
            sandbox_id: sandbox.id.clone(),
            image_id: image.id.to_string(),
            image_ref: image.reference(),
            created_at: self.now(),
            stop_signal: spec::stop_signal(&config, &image.config),
            log_path: records::log_path(&log_directory, &config.log_path),
            layers: image
                .layers
                .iter()
                .rev()
                .map(image::Store::layer_name)
                .collect(),
            working_directory: spec::working_directory(&config, &image.config),
            config: Some(config),
            ..Default::default()
        };
        match self.write_bundle(&sandbox, &image, &mut record) {
            Ok(()) => {
                self.0.state.lock().containers.insert(id.clone(), record);
                self.emit(&id, Event::ContainerCreatedEvent);
                Ok(id)
            }
            Err(error) => {
                self.0.files.remove_container(&sandbox.id, &id)?;
                Err(error)
            }
        }
    }

    fn write_bundle(
        &self,
        sandbox: &SandboxRecord,
        image: &image::Image,
        record: &mut ContainerRecord,
    ) -> CriResult<()> {
        let config = record.config();
        let context = spec::security_context(&config);
        let read = |path: &str| {
            self.0
                .store
                .read_file(image, Path::new(path), ACCOUNTS_BYTES_MAX)
                .unwrap_or_default()
        };
        let (passwd, group) = (read("etc/passwd"), read("etc/group"));
        let invalid = |e: spec::SpecError| CriError::from_error(Code::InvalidArgument, &e);
        let user =
            spec::resolve_user(&context, &image.config.user, &passwd, &group).map_err(invalid)?;
        record.user = Some(user.status());
        let devices = if context.privileged {
            Ok(spec::host_devices())
        } else {
            spec::lookup_devices(&config.devices)
        };
        let sandbox_config = sandbox.config();
        let input = Input {
            container: &config,
            sandbox: &sandbox_config,
            image: &image.config,
            user: &user,
            paths: &self.paths(sandbox, &record.id),
            available: &self.0.available,
            devices: &devices.map_err(invalid)?,
            shim_pid: sandbox.shim_pid,
            pause_pid: self.pause_pid(sandbox),
            target_pid: self.target_pid(&context)?,
            cgroup: &self.cgroup(sandbox, &record.id),
            hierarchies: &self.0.cgroups.hierarchies(),
            swap: Path::new("/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes").exists(),
        };
        let spec = spec::spec(&input).map_err(invalid)?;
        let bundle = self.0.files.bundle(&sandbox.id, &record.id);
        create_directory(&bundle.join("rootfs"), 0o755)?;
        write(&bundle.join("config.json"), spec.to_string().as_bytes())?;
        let layer = self.0.files.container(&record.id);
        // The upper directory's mode is the root's mode in the container.
        create_directory(&layer.join("upper"), 0o755)?;
        create_directory(&layer.join("work"), 0o755)?;
        if let Some(parent) = Path::new(&record.log_path)
            .parent()
            .filter(|_| !record.log_path.is_empty())
        {
            create_directory(parent, 0o755)?;
        }
        self.0.files.save_container(record)
    }

    fn paths(&self, sandbox: &SandboxRecord, container: &str) -> Paths {
        let directory = self.0.files.pod(&sandbox.id);
        let existing = |name: &str| {
            let path = directory.join(name);
            if path.exists() {
                path.to_string_lossy().into_owned()
            } else {
                String::new()
            }
        };
        let host_ipc = spec::namespace_options(&sandbox.config()).ipc() == NamespaceMode::Node;
        Paths {
            rootfs: self
                .0
                .files
                .bundle(&sandbox.id, container)
                .join("rootfs")
                .to_string_lossy()
                .into_owned(),
            shm: if host_ipc {
                String::new()
            } else {
                existing(SHM)
            },
            resolv_conf: existing(RESOLV_CONF),
            hostname: existing(HOSTNAME),
        }
    }

    fn pause_pid(&self, sandbox: &SandboxRecord) -> Option<i32> {
        let path = self.0.files.pod(&sandbox.id).join(PAUSE_PID);
        std::fs::read_to_string(path).ok()?.parse().ok()
    }

    /// The process whose PID namespace a debugging container joins.
    fn target_pid(&self, context: &v1::LinuxContainerSecurityContext) -> CriResult<Option<i32>> {
        let Some(options) = context
            .namespace_options
            .as_ref()
            .filter(|o| o.pid() == NamespaceMode::Target)
        else {
            return Ok(None);
        };
        let state = self.0.state.lock();
        let target = state.container(&options.target_id)?;
        if target.is_running() && target.pid > 0 {
            return Ok(Some(target.pid));
        }
        Err(CriError::new(
            Code::FailedPrecondition,
            format!("container {:?} is not running", options.target_id),
        ))
    }

    pub(super) async fn begin_container(&self, id: &str) -> CriResult<()> {
        let (record, sandbox, shim) = {
            let state = self.0.state.lock();
            let record = state.container(id)?.clone();
            let sandbox = state.sandbox(&record.sandbox_id)?.record.clone();
            (record, sandbox, state.shim_of(id)?)
        };
        if record.state != v1::ContainerState::ContainerCreated as i32 {
            return Err(CriError::new(
                Code::FailedPrecondition,
                format!("container {id:?} was started before"),
            ));
        }
        let start = shim.call(Call::Start(self.start_call(&record, &sandbox)));
        let started = self.0.config.platform.clock.timeout(START, start).await;
        match started.unwrap_or_else(|e| Err(CriError::from_error(Code::DeadlineExceeded, &e))) {
            Ok(reply) => {
                if !reply.warning.is_empty() {
                    self.warn_once("oom_score_adj", &reply.warning);
                }
                self.emit(id, Event::ContainerStartedEvent);
                Ok(())
            }
            Err(error) => {
                let now = self.now();
                self.change(id, |record| record.start_failed(error.message.clone(), now));
                self.emit(id, Event::ContainerStoppedEvent);
                self.drop_cgroup(id);
                Err(error)
            }
        }
    }

    fn start_call(&self, record: &ContainerRecord, sandbox: &SandboxRecord) -> Start {
        let config = record.config();
        let (uid, gid) = record.owner();
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let layer = self.0.files.container(&record.id);
        let resources = config.linux.as_ref().and_then(|l| l.resources.as_ref());
        let bidirectional = v1::MountPropagation::PropagationBidirectional;
        Start {
            container_id: record.id.clone(),
            bundle: text(&self.0.files.bundle(&sandbox.id, &record.id)),
            log_path: record.log_path.clone(),
            tty: config.tty,
            stdin: config.stdin,
            stdin_once: config.stdin_once,
            oom_score_adj: resources
                .map(|r| r.oom_score_adj)
                .filter(|score| *score != 0),
            layers_directory: text(&self.0.store.layers_directory()),
            layers: record.layers.clone(),
            upper: text(&layer.join("upper")),
            work: text(&layer.join("work")),
            cgroup: self.cgroup(sandbox, &record.id),
            log_bytes_max: self.0.config.log_bytes_max,
            log_files_max: self.0.config.log_files_max,
            working_directory: record.working_directory.clone(),
            shared_mounts: config
                .mounts
                .iter()
                .any(|m| m.propagation() == bidirectional),
            uid,
            gid,
        }
    }

    /// What a shim says about its containers, in its order.
    pub(super) fn apply(&self, reply: &Reply) {
        for container in &reply.containers {
            if container.exited {
                let exit = Exit {
                    code: container.exit_code,
                    oom_killed: container.oom_killed,
                    finished_at: container.finished_at,
                };
                self.container_started(container);
                self.container_exited(&container.id, &exit);
            } else {
                self.container_started(container);
            }
        }
    }

    fn container_started(&self, state: &ContainerState) {
        self.change(&state.id, |record| {
            if record.state == v1::ContainerState::ContainerCreated as i32 {
                record.state = v1::ContainerState::ContainerRunning as i32;
                record.started_at = state.started_at;
                record.pid = state.pid;
            }
        });
    }

    pub(super) fn container_exited(&self, id: &str, exit: &Exit) {
        let mut was_running = false;
        self.change(id, |record| {
            was_running = !record.is_exited();
            if was_running {
                record.exited(exit);
            }
        });
        if was_running {
            self.emit(id, Event::ContainerStoppedEvent);
            self.drop_cgroup(id);
        }
    }

    /// Changes a record in memory and on disk, and wakes whoever waits for it.
    fn change(&self, id: &str, change: impl FnOnce(&mut ContainerRecord)) {
        let mut state = self.0.state.lock();
        let Some(record) = state.containers.get_mut(id) else {
            return;
        };
        let before = record.clone();
        change(record);
        if *record == before {
            return;
        }
        let record = record.clone();
        if let Some(sandbox) = state.sandboxes.get(&record.sandbox_id) {
            sandbox.changed.send_modify(|count| *count += 1);
        }
        drop(state);
        if let Err(error) = self.0.files.save_container(&record) {
            tracing::warn!(container = id, %error, "failed to save the state of a container");
        }
    }

    /// Usage is of no more interest, and empty groups cost the kernel memory. Removal of the container tries again.
    fn drop_cgroup(&self, id: &str) {
        let cgroup = {
            let state = self.0.state.lock();
            let sandbox = state
                .container(id)
                .and_then(|c| state.sandbox(&c.sandbox_id));
            sandbox.map(|s| self.cgroup(&s.record, id))
        };
        let Ok(cgroup) = cgroup else { return };
        let cgroups = std::sync::Arc::clone(&self.0.cgroups);
        let _detached = self.0.config.platform.tasks.spawn_blocking("cgroup-remove", move || {
            if let Err(error) = cgroups.remove(&cgroup) {
                tracing::debug!(cgroup, %error, "failed to remove the cgroup of an ended container");
            }
        });
    }

    pub(super) async fn end_container(&self, id: &str, grace: Duration) -> CriResult<()> {
        let signal = {
            let state = self.0.state.lock();
            let Some(record) = state.containers.get(id).filter(|c| c.is_running()) else {
                return Ok(());
            };
            record.stop_signal
        };
        if !grace.is_zero() {
            self.signal(id, signal).await?;
            if self
                .0
                .config
                .platform
                .clock
                .timeout(grace, self.wait_exit(id))
                .await
                .is_ok()
            {
                return Ok(());
            }
        }
        self.signal(id, libc::SIGKILL).await?;
        let killed = self
            .0
            .config
            .platform
            .clock
            .timeout(KILL, self.wait_exit(id))
            .await;
        killed.map_err(|e| CriError::from_error(Code::DeadlineExceeded, &e))
    }

    /// A container whose shim is gone has ended or ends by the clean-up.
    async fn signal(&self, id: &str, signal: i32) -> CriResult<()> {
        let Ok(shim) = self.0.state.lock().shim_of(id) else {
            return Ok(());
        };
        let call = Signal {
            container_id: id.to_owned(),
            signal,
        };
        match shim.call(Call::Signal(call)).await {
            Err(error) if error.code == Code::Unavailable => Ok(()),
            result => result.map(drop),
        }
    }

    /// Completes when the container does not run (any more).
    pub(super) async fn wait_exit(&self, id: &str) {
        let changed = {
            let state = self.0.state.lock();
            state
                .container(id)
                .and_then(|c| state.sandbox(&c.sandbox_id))
                .map(|s| s.changed.subscribe())
        };
        let Ok(mut changed) = changed else { return };
        while self
            .0
            .state
            .lock()
            .containers
            .get(id)
            .is_some_and(ContainerRecord::is_running)
        {
            if changed.changed().await.is_err() {
                return;
            }
        }
    }

    pub(super) async fn delete_container(&self, id: &str) -> CriResult<()> {
        self.end_container(id, Duration::ZERO).await?;
        let shim = self.0.state.lock().shim_of(id);
        if let Ok(shim) = shim {
            // A shim that is gone has nothing to forget.
            let _gone = shim.call(Call::Forget(id.to_owned())).await;
        }
        let id = id.to_owned();
        self.blocking("container-remove", move |this| this.forget_container(&id))
            .await
    }

    fn forget_container(&self, id: &str) -> CriResult<()> {
        let found = {
            let state = self.0.state.lock();
            let record = state.containers.get(id).cloned();
            record.map(|c| {
                (
                    state.sandboxes.get(&c.sandbox_id).map(|s| s.record.clone()),
                    c,
                )
            })
        };
        let Some((sandbox, record)) = found else {
            return Ok(());
        };
        if let Some(sandbox) = sandbox {
            let cgroup = self.cgroup(&sandbox, id);
            // In a PID namespace of the whole pod, what its first process has started may live on.
            self.0.cgroups.kill(&cgroup);
            self.0.cgroups.remove(&cgroup).map_err(|e| internal(&e))?;
        }
        self.0.files.remove_container(&record.sandbox_id, id)?;
        let now = self.now();
        let mut state = self.0.state.lock();
        state.containers.remove(id);
        let sandbox = state.sandboxes.get(&record.sandbox_id).map(|s| &s.record);
        let others = state.containers_of(&record.sandbox_id);
        let event = records::event(id, Event::ContainerDeletedEvent, now, sandbox, others);
        drop(state);
        self.0.events.send(event);
        Ok(())
    }

    pub(super) fn update_resources(
        &self,
        id: &str,
        resources: v1::LinuxContainerResources,
    ) -> CriResult<()> {
        let cgroup = {
            let state = self.0.state.lock();
            let record = state.container(id)?;
            record.is_running().then(|| {
                state
                    .sandbox(&record.sandbox_id)
                    .map(|s| self.cgroup(&s.record, id))
            })
        };
        if let Some(cgroup) = cgroup {
            self.0
                .cgroups
                .update(&cgroup?, &limits(&resources))
                .map_err(|e| internal(&e))?;
        }
        self.change(id, |record| {
            record
                .config
                .get_or_insert_default()
                .linux
                .get_or_insert_default()
                .resources = Some(resources);
        });
        Ok(())
    }
}

/// 0 and empty are "not set" in CRI.
pub(super) fn limits(resources: &v1::LinuxContainerResources) -> Limits {
    let positive = |value: i64| u64::try_from(value).ok().filter(|v| *v > 0);
    let set = |value: i64| (value != 0).then_some(value);
    let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    Limits {
        cpu_shares: positive(resources.cpu_shares),
        cpu_quota_us: set(resources.cpu_quota),
        cpu_period_us: positive(resources.cpu_period),
        memory_bytes: set(resources.memory_limit_in_bytes),
        memory_swap_bytes: set(resources.memory_swap_limit_in_bytes),
        pids: resources
            .unified
            .get("pids.max")
            .and_then(|v| v.parse().ok()),
        cpuset_cpus: text(&resources.cpuset_cpus),
        cpuset_mems: text(&resources.cpuset_mems),
        hugepages: resources
            .hugepage_limits
            .iter()
            .map(|h| (h.page_size.clone(), h.limit))
            .collect(),
    }
}
