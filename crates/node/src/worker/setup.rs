//! Volumes and sandbox: made before the containers, undone after them.

use super::Done;
use super::context::PodContext;
use super::machine::{Event, SandboxInfo};
use crate::volumes::payload::{self, TokenKey};
use crate::{sandbox, volumes};
use api::authentication::v1::{BoundObjectReference, TokenRequest, TokenRequestSpec};
use api::core::v1::{Pod, ServiceAccount};
use meta::ObjectKey;
use runtime::cri::v1;
use std::sync::Arc;
use std::time::Duration;

/// How long ConfigMaps and Secrets may take to arrive before a mount is given up for now.
const OBJECTS_TIMEOUT: Duration = Duration::from_secs(30);
/// Before another attempt at what has to succeed.
const RETRY: Duration = Duration::from_secs(1);

pub(super) async fn mount_volumes(
    context: Arc<PodContext>,
    pod: Arc<Pod>,
    ips: Vec<String>,
) -> Done {
    Done::Event(Event::VolumesMounted(mount(&context, &pod, &ips).await))
}

async fn mount(context: &Arc<PodContext>, pod: &Arc<Pod>, ips: &[String]) -> Result<(), String> {
    let objects = context.objects();
    let clock = &context.shared.platform.clock;
    if clock
        .timeout(OBJECTS_TIMEOUT, objects.synced())
        .await
        .is_err()
    {
        return Err("timed out waiting for ConfigMaps and Secrets of the pod".to_owned());
    }
    issue_tokens(context, pod).await?;
    let issued = context.issued.lock().await;
    let prepared = volumes::prepare(
        pod,
        &context.dir,
        &context.facts(pod, ips),
        &*objects,
        &issued.tokens,
    )?;
    drop(issued);
    let mounted = prepared.clone();
    let work = context
        .shared
        .platform
        .tasks
        .spawn_blocking("mount volumes", move || volumes::mount(&mounted));
    work.await.map_err(|error| error.to_string())??;
    context.set_volumes(prepared);
    Ok(())
}

/// Asks for every token that is missing or past 80 % of its life, and sees to the next time.
async fn issue_tokens(context: &Arc<PodContext>, pod: &Pod) -> Result<(), String> {
    let wanted = payload::tokens(pod);
    let clock = context.shared.platform.clock.clone();
    let mut issued = context.issued.lock().await;
    let fresh = issued.renew_at.is_some_and(|moment| clock.now() < moment);
    if wanted.is_empty() || (fresh && wanted.iter().all(|key| issued.tokens.contains_key(key))) {
        return Ok(());
    }
    let mut renew_after = Duration::MAX;
    for key in wanted {
        let (token, life) = request_token(context, pod, &key).await?;
        issued.tokens.insert(key, token);
        renew_after = renew_after.min(life.mul_f64(0.8));
    }
    issued.renew_at = jiff::SignedDuration::try_from(renew_after)
        .ok()
        .and_then(|after| clock.now().checked_add(after).ok());
    let changed = Arc::downgrade(&context.changed);
    let sleep = clock.sleep(renew_after);
    let draining = context.shared.platform.tasks.draining();
    let renewal = async move {
        tokio::select! {
            () = sleep => {}
            () = draining => return,
        }
        if let Some(changed) = changed.upgrade() {
            changed.notify_one();
        }
    };
    drop(
        context
            .shared
            .platform
            .tasks
            .spawn("token renewal", renewal),
    );
    Ok(())
}

async fn request_token(
    context: &PodContext,
    pod: &Pod,
    key: &TokenKey,
) -> Result<(String, Duration), String> {
    let account = &pod.spec.service_account_name;
    let request = TokenRequest {
        spec: TokenRequestSpec {
            audiences: if key.audience.is_empty() {
                vec![]
            } else {
                vec![key.audience.as_str().into()]
            }
            .into(),
            expiration_seconds: Some(key.expiration_seconds),
            bound_object_ref: Some(Box::new(BoundObjectReference {
                kind: "Pod".into(),
                api_version: "v1".into(),
                name: pod.metadata.name.clone(),
                uid: pod.metadata.uid.clone(),
            })),
        },
        ..TokenRequest::default()
    };
    let accounts = context.shared.client.of::<ServiceAccount>();
    let place = ObjectKey::namespaced(pod.metadata.namespace.clone(), account.clone());
    let answer: TokenRequest = accounts
        .create_subresource(&place, "token", &request)
        .await
        .map_err(|error| format!("failed to fetch token: {error}"))?;
    let now = context.shared.platform.clock.now();
    let expires = super::machine::timestamp(answer.status.expiration_timestamp.to_system_time());
    let life = Duration::try_from(expires.duration_since(now)).unwrap_or_default();
    Ok((
        answer.status.token.to_string(),
        life.max(Duration::from_secs(60)),
    ))
}

/// Brings files up to date. What cannot be made now stays as it was.
pub(super) async fn refresh_volumes(
    context: Arc<PodContext>,
    pod: Arc<Pod>,
    ips: Vec<String>,
) -> Done {
    if let Err(error) = refresh(&context, &pod, &ips).await {
        tracing::debug!(pod = %pod.metadata.name, error, "volumes stay as they were");
    }
    Done::Nothing
}

async fn refresh(context: &Arc<PodContext>, pod: &Arc<Pod>, ips: &[String]) -> Result<(), String> {
    let objects = context.objects();
    objects.synced().await;
    issue_tokens(context, pod).await?;
    let issued = context.issued.lock().await;
    let prepared = volumes::prepare(
        pod,
        &context.dir,
        &context.facts(pod, ips),
        &*objects,
        &issued.tokens,
    )?;
    if *context.volumes() == prepared {
        return Ok(());
    }
    let refreshed = prepared.clone();
    // Under the lock of the tokens, so that two refreshes do not write at once.
    let work = context
        .shared
        .platform
        .tasks
        .spawn_blocking("refresh volumes", move || volumes::refresh(&refreshed));
    work.await.map_err(|error| error.to_string())??;
    context.set_volumes(prepared);
    Ok(())
}

pub(super) async fn run_sandbox(
    context: Arc<PodContext>,
    pod: Arc<Pod>,
    attempt: u32,
    dead: Vec<String>,
) -> Done {
    remove_sandboxes(&context, dead).await;
    Done::Event(Event::SandboxStarted(
        sandbox(&context, &pod, attempt).await,
    ))
}

async fn sandbox(context: &PodContext, pod: &Pod, attempt: u32) -> Result<SandboxInfo, String> {
    let around = context.surroundings();
    let config = sandbox::config(pod, &around, attempt);
    make_dir(&config.log_directory).await?;
    make_dir(&context.dir.path().to_string_lossy()).await?;
    let request = v1::RunPodSandboxRequest {
        config: Some(config),
        runtime_handler: pod
            .spec
            .runtime_class_name
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
    };
    let runtime = &context.shared.runtime;
    let id = runtime
        .run_pod_sandbox(request)
        .await
        .map_err(|error| error.message)?
        .pod_sandbox_id;
    let request = v1::PodSandboxStatusRequest {
        pod_sandbox_id: id.clone(),
        verbose: false,
    };
    let answer = runtime
        .pod_sandbox_status(request)
        .await
        .map_err(|error| error.message)?;
    let ips = answer
        .status
        .map(|status| addresses(&status))
        .unwrap_or_default();
    let host_file = match pod.spec.host_network {
        true => tokio::fs::read_to_string("/etc/hosts")
            .await
            .unwrap_or_default(),
        false => String::new(),
    };
    let hosts = sandbox::hosts_file(pod, &around, &ips, &host_file);
    let path = context.dir.etc_hosts();
    tokio::fs::write(&path, hosts)
        .await
        .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(SandboxInfo { id, ips })
}

/// The addresses of a sandbox, first the one that counts.
pub(super) fn addresses(status: &v1::PodSandboxStatus) -> Vec<String> {
    let Some(network) = &status.network else {
        return Vec::new();
    };
    let more = network.additional_ips.iter().map(|ip| ip.ip.clone());
    std::iter::once(network.ip.clone())
        .chain(more)
        .filter(|ip| !ip.is_empty())
        .collect()
}

pub(super) async fn make_dir(path: &str) -> Result<(), String> {
    tokio::fs::create_dir_all(path)
        .await
        .map_err(|error| format!("cannot make {path}: {error}"))
}

pub(super) async fn stop_sandbox(context: Arc<PodContext>, id: String) -> Done {
    let request = v1::StopPodSandboxRequest { pod_sandbox_id: id };
    while let Err(error) = context
        .shared
        .runtime
        .stop_pod_sandbox(request.clone())
        .await
    {
        if error.is_not_found() {
            break;
        }
        context.record(
            None,
            true,
            "FailedKillPod",
            format!("error killing pod: {}", error.message),
        );
        context.shared.platform.clock.sleep(RETRY * 5).await;
    }
    Done::Event(Event::SandboxStopped(Ok(())))
}

pub(super) async fn unmount_volumes(context: Arc<PodContext>) -> Done {
    let dir = context.dir.clone();
    let work = context
        .shared
        .platform
        .tasks
        .spawn_blocking("unmount volumes", move || volumes::unmount(&dir));
    let result = work.await.unwrap_or_else(|error| Err(error.to_string()));
    Done::Event(Event::VolumesUnmounted(result))
}

async fn remove_sandboxes(context: &PodContext, ids: Vec<String>) {
    for id in ids {
        let request = v1::RemovePodSandboxRequest { pod_sandbox_id: id };
        if let Err(error) = context.shared.runtime.remove_pod_sandbox(request).await {
            tracing::warn!(%error, "a sandbox could not be removed; the next start tries again");
        }
    }
}

/// Whether the runtime has a sandbox no more, or only its remains.
pub(super) async fn is_lost(context: &PodContext, id: &str) -> bool {
    let request = v1::PodSandboxStatusRequest {
        pod_sandbox_id: id.to_owned(),
        verbose: false,
    };
    match context.shared.runtime.pod_sandbox_status(request).await {
        Ok(answer) => answer
            .status
            .is_some_and(|status| status.state != v1::PodSandboxState::SandboxReady as i32),
        Err(error) => error.is_not_found(),
    }
}

pub(super) async fn remove(
    context: Arc<PodContext>,
    pod: Arc<Pod>,
    sandboxes: Vec<String>,
) -> Done {
    remove_sandboxes(&context, sandboxes).await;
    let (dir, logs) = (
        context.dir.clone(),
        context
            .shared
            .config
            .log_dir
            .join(sandbox::log_directory(&pod)),
    );
    let work = context
        .shared
        .platform
        .tasks
        .spawn_blocking("remove pod", move || {
            // Logs of a pod that never ran do not exist.
            let _ = std::fs::remove_dir_all(logs);
            volumes::remove(&dir)
        });
    let result = work.await.unwrap_or_else(|error| Err(error.to_string()));
    if let Err(error) = &result {
        tracing::warn!(
            error,
            "a pod's directory could not be removed; the next start tries again"
        );
    }
    Done::Event(Event::Removed)
}
