//! One container: image, configuration, creation, start; stop and its last words.

use super::context::PodContext;
use super::machine::{Event, SandboxInfo, Slot, StartError, Started, Terminated, timestamp};
use super::{Done, hooks, setup};
use crate::env::{self, Environment};
use crate::images::{self, Present};
use crate::volumes::sub_path;
use crate::{resources, sandbox, security};
use api::core::v1::{Container, Pod, VolumeMount};
use jiff::Timestamp;
use runtime::cri::v1;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What kubelet leaves a container after its preStop hook, at least.
const GRACE_AFTER_HOOK_MIN: Duration = Duration::from_secs(2);
/// Bytes of a termination message.
const MESSAGE_BYTES_MAX: usize = 4096;
/// Bytes of a log that stand in for a termination message.
const MESSAGE_FROM_LOG_BYTES_MAX: usize = 2048;

/// A container to start.
pub(super) struct Start {
    pub(super) pod: Arc<Pod>,
    pub(super) slot: Slot,
    pub(super) sandbox: SandboxInfo,
    pub(super) attempt: u32,
    pub(super) target: Option<String>,
}

impl Start {
    fn record(&self, context: &PodContext, warning: bool, reason: &str, message: String) {
        let place = self.slot.role.field_path(&self.slot.spec.name);
        context.record(Some(place), warning, reason, message);
    }
}

/// A container to stop.
pub(super) struct Stop {
    pub(super) pod: Arc<Pod>,
    pub(super) slot: Slot,
    pub(super) id: String,
    pub(super) grace: Duration,
    pub(super) why: String,
    pub(super) ips: Vec<String>,
}

pub(super) async fn start(context: Arc<PodContext>, start: Start) -> Done {
    let name = start.slot.spec.name.to_string();
    let result = try_start(&context, &start).await;
    Done::Event(Event::Started { name, result })
}

fn config_error(reason: &'static str, message: String) -> StartError {
    StartError {
        reason,
        message,
        pull: false,
        died: None,
    }
}

async fn try_start(context: &Arc<PodContext>, start: &Start) -> Result<Started, StartError> {
    let (shared, container) = (&context.shared, &start.slot.spec);
    let record =
        |warning, reason: &'static str, message| start.record(context, warning, reason, message);
    let secrets = context.pull_secrets(&start.pod);
    let clock = &shared.platform.clock;
    let mut ending = context.ending.subscribe();
    let image = tokio::select! {
        image = images::ensure(&shared.runtime, clock, container, &secrets, &record) => image?,
        _ = ending.wait_for(|ending| *ending) => return Err(config_error("", String::new())),
    };
    if image.is_new {
        shared.node_changed.notify_one();
    }
    let id = create(context, start, &image).await?;
    let request = v1::StartContainerRequest {
        container_id: id.clone(),
    };
    if let Err(error) = shared.runtime.start_container(request).await {
        record(true, "Failed", format!("Error: {}", error.message));
        let died = inspect(context, &start.pod, container, start.attempt, &id).await;
        return Err(StartError {
            died,
            ..config_error("RunContainerError", error.message)
        });
    }
    record(false, "Started", "Container started".to_owned());
    let started_at = clock.now();
    post_start(context, start, &id).await?;
    Ok(Started {
        id,
        image_id: image.reference,
        started_at,
    })
}

async fn create(
    context: &Arc<PodContext>,
    start: &Start,
    image: &Present,
) -> Result<String, StartError> {
    let failed = |reason, message: String| {
        start.record(context, true, "Failed", format!("Error: {message}"));
        config_error(reason, message)
    };
    let config = configure(context, start, image).await;
    let config = config.map_err(|message| failed("CreateContainerConfigError", message))?;
    let request = v1::CreateContainerRequest {
        pod_sandbox_id: start.sandbox.id.clone(),
        config: Some(config),
        sandbox_config: Some(sandbox::config(&start.pod, &context.surroundings(), 0)),
    };
    let created = context.shared.runtime.create_container(request).await;
    let created = created.map_err(|error| failed("CreateContainerError", error.message))?;
    start.record(context, false, "Created", "Container created".to_owned());
    Ok(created.container_id)
}

/// Runs the hook; where it fails, the container is killed.
async fn post_start(context: &Arc<PodContext>, start: &Start, id: &str) -> Result<(), StartError> {
    let container = &start.slot.spec;
    let Err(message) = hooks::post_start(context, container, id, &start.sandbox.ips).await else {
        return Ok(());
    };
    start.record(
        context,
        true,
        "FailedPostStartHook",
        // Upstream keeps what the hook said out of the event: it may be secret.
        "PostStartHook failed".to_owned(),
    );
    start.record(context, false, "Killing", "FailedPostStartHook".to_owned());
    let grace = i64::try_from(crate::pods::grace(&start.pod).as_secs()).unwrap_or(i64::MAX);
    let request = v1::StopContainerRequest {
        container_id: id.to_owned(),
        timeout: grace,
    };
    // What matters is whether it has ended, not what the runtime said.
    let _ = context.shared.runtime.stop_container(request).await;
    match inspect(context, &start.pod, container, start.attempt, id).await {
        Some(died) => Err(StartError {
            died: Some(died),
            ..config_error("PostStartHookError", message)
        }),
        None => Ok(()),
    }
}

/// An error is the message of CreateContainerConfigError.
async fn configure(
    context: &Arc<PodContext>,
    start: &Start,
    image: &Present,
) -> Result<v1::ContainerConfig, String> {
    let (shared, pod, container) = (&context.shared, &start.pod, &start.slot.spec);
    let objects = context.objects();
    objects.synced().await;
    shared.services.synced().await;
    let facts = context.facts(pod, &start.sandbox.ips);
    let services = shared.services.list(None);
    let environment = env::environment(pod, container, &facts, &*objects, &services)?;
    let security_context =
        security::container(pod, container, &image.user, start.target.as_deref())?;
    let log_path = format!("{}/{}.log", container.name, start.attempt);
    let logs = shared
        .config
        .log_dir
        .join(sandbox::log_directory(pod))
        .join(&*container.name);
    setup::make_dir(&logs.to_string_lossy()).await?;
    let expand = |words: &[meta::Str]| {
        words
            .iter()
            .map(|word| env::expand(word, &environment, &Environment::new()))
            .collect()
    };
    let mounts = mounts(context, start, &environment).await?;
    Ok(v1::ContainerConfig {
        metadata: Some(v1::ContainerMetadata {
            name: container.name.to_string(),
            attempt: start.attempt,
        }),
        image: Some(v1::ImageSpec {
            image: image.id.clone(),
            user_specified_image: container.image.to_string(),
            ..v1::ImageSpec::default()
        }),
        command: expand(&container.command),
        args: expand(&container.args),
        working_dir: container.working_dir.to_string(),
        mounts,
        labels: sandbox::labels(pod, Some(&container.name)),
        log_path,
        stdin: container.stdin,
        stdin_once: container.stdin_once,
        tty: container.tty,
        stop_signal: stop_signal(container),
        linux: Some(v1::LinuxContainerConfig {
            resources: Some(resources::container(
                pod,
                container,
                shared.machine.memory_bytes,
            )),
            security_context: Some(security_context),
        }),
        envs: environment
            .into_iter()
            .map(|(key, value)| v1::KeyValue {
                key,
                value: value.into_bytes(),
            })
            .collect(),
        ..v1::ContainerConfig::default()
    })
}

fn stop_signal(container: &Container) -> i32 {
    let signal = container
        .lifecycle
        .as_ref()
        .and_then(|lifecycle| lifecycle.stop_signal.as_ref());
    signal
        .and_then(|name| v1::Signal::from_str_name(name))
        .unwrap_or(v1::Signal::RuntimeDefault) as i32
}

async fn mounts(
    context: &Arc<PodContext>,
    start: &Start,
    environment: &Environment,
) -> Result<Vec<v1::Mount>, String> {
    let container = &start.slot.spec;
    let mut mounts = Vec::new();
    for (index, mount) in container.volume_mounts.iter().enumerate() {
        mounts.push(volume_mount(context, start, environment, index, mount).await?);
    }
    let plain = |container_path: &str, host: PathBuf| v1::Mount {
        container_path: container_path.to_owned(),
        host_path: host.to_string_lossy().into_owned(),
        ..v1::Mount::default()
    };
    if !container
        .volume_mounts
        .iter()
        .any(|mount| mount.mount_path == "/etc/hosts")
    {
        mounts.push(plain("/etc/hosts", context.dir.etc_hosts()));
    }
    if !container.termination_message_path.is_empty() {
        let host = context
            .dir
            .termination_message(&container.name, start.attempt);
        make_world_writable(&host).await?;
        mounts.push(plain(&container.termination_message_path, host));
    }
    Ok(mounts)
}

async fn make_world_writable(path: &std::path::Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let describe = |error: std::io::Error| format!("cannot make {}: {error}", path.display());
    if let Some(parent) = path.parent() {
        tokio::fs::create_dir_all(parent).await.map_err(describe)?;
    }
    tokio::fs::write(path, b"").await.map_err(describe)?;
    tokio::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666))
        .await
        .map_err(describe)
}

async fn volume_mount(
    context: &Arc<PodContext>,
    start: &Start,
    environment: &Environment,
    index: usize,
    mount: &VolumeMount,
) -> Result<v1::Mount, String> {
    let container = &start.slot.spec;
    let volumes = context.volumes();
    let volume = volumes.iter().find(|volume| mount.name == volume.name);
    let volume = volume
        .ok_or_else(|| format!("volume \"{}\" of the container is not mounted", mount.name))?;
    let sub = match mount.sub_path_expr.is_empty() {
        true => mount.sub_path.to_string(),
        false => env::expand(&mount.sub_path_expr, environment, &Environment::new()),
    };
    let mut host = volume.path.clone();
    if !sub.is_empty() {
        let target = context
            .dir
            .sub_paths()
            .join(&volume.name)
            .join(&*container.name)
            .join(index.to_string());
        let (place, bound) = (host.clone(), target.clone());
        let tasks = &context.shared.platform.tasks;
        let work = tasks.spawn_blocking("bind subPath", move || {
            sub_path::bind(&place, sub.as_ref(), &bound)
        });
        work.await.map_err(|error| error.to_string())??;
        host = target;
    }
    let propagation = match mount.mount_propagation.as_deref() {
        Some("HostToContainer") => v1::MountPropagation::PropagationHostToContainer,
        Some("Bidirectional") => v1::MountPropagation::PropagationBidirectional,
        _ => v1::MountPropagation::PropagationPrivate,
    };
    Ok(v1::Mount {
        container_path: absolute(&mount.mount_path),
        host_path: host.to_string_lossy().into_owned(),
        readonly: mount.read_only,
        propagation: propagation as i32,
        recursive_read_only: matches!(mount.recursive_read_only.as_deref(), Some("Enabled")),
        ..v1::Mount::default()
    })
}

fn absolute(path: &str) -> String {
    if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}

pub(super) async fn stop(context: Arc<PodContext>, stop: Stop) -> Done {
    let (container, shared) = (&stop.slot.spec, &context.shared);
    let clock = &shared.platform.clock;
    let message = if stop.why.is_empty() {
        format!("Stopping container {}", container.name)
    } else {
        stop.why.clone()
    };
    let place = stop.slot.role.field_path(&container.name);
    context.record(Some(place.clone()), false, "Killing", message);
    let began = clock.monotonic();
    let mut grace = stop.grace;
    if container
        .lifecycle
        .as_ref()
        .is_some_and(|lifecycle| lifecycle.pre_stop.is_some())
        && !grace.is_zero()
    {
        if hooks::pre_stop(&context, container, &stop.id, &stop.ips, grace)
            .await
            .is_err()
        {
            let message = "PreStopHook failed".to_owned();
            context.record(Some(place), true, "FailedPreStopHook", message);
        }
        grace = grace
            .saturating_sub(clock.monotonic().since(began))
            .max(GRACE_AFTER_HOOK_MIN);
    }
    let request = v1::StopContainerRequest {
        container_id: stop.id.clone(),
        timeout: i64::try_from(grace.as_secs()).unwrap_or(i64::MAX),
    };
    let attempt = stop.slot.made.saturating_sub(1);
    loop {
        let stopped = shared.runtime.stop_container(request.clone()).await;
        if let Some(terminated) = inspect(&context, &stop.pod, container, attempt, &stop.id).await {
            return Done::Event(Event::Exited(terminated));
        }
        tracing::warn!(container = %stop.id, ?stopped, "a container does not stop");
        clock.sleep(Duration::from_secs(2)).await;
    }
}

/// How the container ended, if it has; one that the runtime does not know has ended unseen.
pub(super) async fn inspect(
    context: &PodContext,
    pod: &Pod,
    container: &Container,
    attempt: u32,
    id: &str,
) -> Option<Terminated> {
    let request = v1::ContainerStatusRequest {
        container_id: id.to_owned(),
        verbose: false,
    };
    let shared = &context.shared;
    let seen_at = shared.platform.clock.monotonic();
    let status = match shared.runtime.container_status(request).await {
        Ok(answer) => answer.status?,
        Err(error) if error.is_not_found() => {
            return Some(unknown(id, shared.platform.clock.now(), seen_at));
        }
        Err(error) => {
            tracing::warn!(%error, container = id, "a container's status is not known");
            return None;
        }
    };
    if status.state != v1::ContainerState::ContainerExited as i32 {
        return None;
    }
    let mut terminated = terminated(&status, seen_at);
    let message = last_words(context, pod, container, attempt, &status).await;
    if !message.is_empty() {
        terminated.message = message;
    }
    Some(terminated)
}

/// What CRI says of a dead container.
pub(super) fn terminated(status: &v1::ContainerStatus, seen_at: platform::Monotonic) -> Terminated {
    let moment =
        |nanos: i64| Timestamp::from_nanosecond(i128::from(nanos)).unwrap_or(Timestamp::UNIX_EPOCH);
    let reason = match (status.reason.as_str(), status.exit_code) {
        ("", 0) => "Completed",
        ("", _) => "Error",
        (reason, _) => reason,
    };
    Terminated {
        id: status.id.clone(),
        image_id: status.image_ref.clone(),
        exit_code: status.exit_code,
        reason: reason.to_owned(),
        message: status.message.clone(),
        started_at: moment(status.started_at),
        finished_at: moment(status.finished_at),
        seen_at,
    }
}

fn unknown(id: &str, now: Timestamp, seen_at: platform::Monotonic) -> Terminated {
    Terminated {
        id: id.to_owned(),
        image_id: String::new(),
        exit_code: 137,
        reason: "ContainerStatusUnknown".to_owned(),
        message: "The container could not be located when the pod was terminated".to_owned(),
        started_at: timestamp(std::time::UNIX_EPOCH),
        finished_at: now,
        seen_at,
    }
}

/// terminationMessagePath, or the end of the log if the policy says so.
async fn last_words(
    context: &PodContext,
    pod: &Pod,
    container: &Container,
    attempt: u32,
    status: &v1::ContainerStatus,
) -> String {
    let path = context.dir.termination_message(&container.name, attempt);
    let written = tokio::fs::read(&path).await.unwrap_or_default();
    if !written.is_empty() {
        let begin = written.len().saturating_sub(MESSAGE_BYTES_MAX);
        return String::from_utf8_lossy(&written[begin..]).into_owned();
    }
    if container.termination_message_policy != "FallbackToLogsOnError" || status.exit_code == 0 {
        return String::new();
    }
    let log = context
        .shared
        .config
        .log_dir
        .join(sandbox::log_directory(pod));
    let log = log.join(&*container.name).join(format!("{attempt}.log"));
    crate::logs::last_lines(&log, 80, MESSAGE_FROM_LOG_BYTES_MAX).await
}

pub(super) async fn remove(
    context: Arc<PodContext>,
    pod: Arc<Pod>,
    id: String,
    name: String,
    attempt: u32,
) -> Done {
    let request = v1::RemoveContainerRequest { container_id: id };
    if let Err(error) = context.shared.runtime.remove_container(request).await {
        tracing::warn!(%error, "a dead container could not be removed; it goes with its pod");
    }
    let log = context
        .shared
        .config
        .log_dir
        .join(sandbox::log_directory(&pod))
        .join(&name)
        .join(format!("{attempt}.log"));
    // It may have none.
    let _ = tokio::fs::remove_file(log).await;
    let _ = tokio::fs::remove_file(context.dir.termination_message(&name, attempt)).await;
    Done::Nothing
}
