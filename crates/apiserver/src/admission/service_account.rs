//! Pods run as a service account, whose token and the cluster's CA are mounted into them.
mod secrets;
#[cfg(test)]
mod tests;

use super::{Look, Plugin, forbidden};
use crate::authz::uses;
use api::core::v1::{
    ConfigMapProjection, Container, DownwardAPIProjection, DownwardAPIVolumeFile, KeyToPath,
    LocalObjectReference, ObjectFieldSelector, Pod, ProjectedVolumeSource, ServiceAccount,
    ServiceAccountTokenProjection, Volume, VolumeMount, VolumeProjection,
};
use meta::{ApiError, Reason, Str, go_quote, validation};
use resource::{Object, Operation, RequestContext};
use std::sync::Arc;

const MOUNT_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
/// Slightly over an hour: tokens that ask for this are known to be these.
const TOKEN_SECONDS: i64 = 3607;
const MIRROR: &str = "kubernetes.io/config.mirror";

pub(super) struct ServiceAccounts;

impl Plugin for ServiceAccounts {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if look.request.operation != Operation::Create || !look.cx.subresource.is_empty() {
            return Ok(());
        }
        let Some(pod) = object.as_any_mut().downcast_mut::<Pod>() else {
            return Ok(());
        };
        let done = if pod.metadata.annotations.contains_key(MIRROR) {
            check_mirror(pod).map_err(str::to_owned)
        } else {
            fill(look.cx, pod)
        };
        done.map_err(|why| forbidden(look, Some(object), &why))
    }

    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        if look.request.operation != Operation::Update
            || look.cx.subresource != "ephemeralcontainers"
        {
            return Ok(());
        }
        let pod = object.and_then(|object| object.as_any().downcast_ref::<Pod>());
        let Some(pod) = pod else { return Ok(()) };
        let account = account(look.cx, pod).map_err(|why| forbidden(look, object, &why))?;
        // Upstream gives this error no reason.
        secrets::check_ephemeral(&account, pod).map_err(|why| ApiError::new(Reason::Unknown, why))
    }
}

/// Who the pod is, what that brings along, and whether it may use its secrets.
fn fill(cx: &RequestContext, pod: &mut Pod) -> Result<(), String> {
    if pod.spec.service_account_name.is_empty() {
        pod.spec.service_account_name = if pod.spec.service_account.is_empty() {
            "default".into()
        } else {
            pod.spec.service_account.clone()
        };
    }
    pod.spec.service_account = pod.spec.service_account_name.clone();
    let account = account(cx, pod)?;
    let wanted = pod.spec.automount_service_account_token;
    let wanted = wanted.or(account.automount_service_account_token);
    if wanted.unwrap_or(true) {
        mount_token(cx, pod);
    }
    if pod.spec.image_pull_secrets.is_empty() {
        pod.spec.image_pull_secrets = account.image_pull_secrets.clone();
    }
    secrets::check(&account, pod)
}

fn account(cx: &RequestContext, pod: &Pod) -> Result<Arc<ServiceAccount>, String> {
    let (namespace, name) = (&pod.metadata.namespace, &pod.spec.service_account_name);
    if name.is_empty() {
        let pod = &pod.metadata.name;
        return Err(format!(
            "no service account specified for pod {namespace}/{pod}"
        ));
    }
    let found = cx.get(namespace, name);
    found.ok_or_else(|| {
        format!(
            "error looking up service account {namespace}/{name}: {}",
            absent(name)
        )
    })
}

/// Upstream's client does not ask for what cannot stand in a path.
fn absent(name: &str) -> String {
    let quoted = go_quote(name);
    let problems = validation::path_segment(name).join(" ");
    if problems.is_empty() {
        format!("serviceaccount {quoted} not found")
    } else {
        format!("invalid resource name {quoted}: [{problems}]")
    }
}

/// A mirror of a static pod has no identity in the cluster.
fn check_mirror(pod: &Pod) -> Result<(), &'static str> {
    if !pod.spec.service_account_name.is_empty() {
        return Err("a mirror pod may not reference service accounts");
    }
    if uses::any_secret(pod) {
        return Err("a mirror pod may not reference secrets");
    }
    let projected = pod.spec.volumes.iter();
    let projected = projected.filter_map(|volume| volume.volume_source.projected.as_ref());
    let mut sources = projected.flat_map(|projected| projected.sources.iter());
    if sources.any(|source| source.service_account_token.is_some()) {
        return Err("a mirror pod may not use ServiceAccountToken volume projections");
    }
    Ok(())
}

fn mount_token(cx: &RequestContext, pod: &mut Pod) {
    let existing = pod
        .spec
        .volumes
        .iter()
        .map(|volume| &volume.name)
        .find(|name| name.starts_with("kube-api-access-"))
        .cloned();
    let name = existing
        .clone()
        .unwrap_or_else(|| Str::from(format!("kube-api-access-{}", cx.random_suffix(5))));
    let mut mounted = false;
    for container in pod
        .spec
        .init_containers
        .iter_mut()
        .chain(pod.spec.containers.iter_mut())
    {
        mounted |= mount(container, &name);
    }
    if mounted && existing.is_none() {
        pod.spec.volumes.push(volume(name));
    }
}

fn mount(container: &mut Container, volume: &Str) -> bool {
    if container
        .volume_mounts
        .iter()
        .any(|mount| mount.mount_path == MOUNT_PATH)
    {
        return false;
    }
    let mount = VolumeMount {
        name: volume.clone(),
        read_only: true,
        mount_path: MOUNT_PATH.into(),
        ..VolumeMount::default()
    };
    container.volume_mounts.push(mount);
    true
}

fn volume(name: Str) -> Volume {
    let token = ServiceAccountTokenProjection {
        expiration_seconds: Some(TOKEN_SECONDS),
        path: "token".into(),
        ..Default::default()
    };
    let ca = ConfigMapProjection {
        local_object_reference: LocalObjectReference {
            name: "kube-root-ca.crt".into(),
        },
        items: vec![KeyToPath {
            key: "ca.crt".into(),
            path: "ca.crt".into(),
            ..KeyToPath::default()
        }]
        .into(),
        ..ConfigMapProjection::default()
    };
    let field = ObjectFieldSelector {
        api_version: "v1".into(),
        field_path: "metadata.namespace".into(),
    };
    let namespace = DownwardAPIVolumeFile {
        path: "namespace".into(),
        field_ref: Some(Box::new(field)),
        ..Default::default()
    };
    let sources = vec![
        VolumeProjection {
            service_account_token: Some(Box::new(token)),
            ..VolumeProjection::default()
        },
        VolumeProjection {
            config_map: Some(Box::new(ca)),
            ..VolumeProjection::default()
        },
        VolumeProjection {
            downward_api: Some(Box::new(DownwardAPIProjection {
                items: vec![namespace].into(),
            })),
            ..VolumeProjection::default()
        },
    ];
    let projected = ProjectedVolumeSource {
        sources: sources.into(),
        default_mode: Some(0o644),
    };
    let mut volume = Volume {
        name,
        ..Volume::default()
    };
    volume.volume_source.projected = Some(Box::new(projected));
    volume
}
