//! Pods run as a service account, whose token and the cluster's CA are mounted into them.
use super::{Look, Plugin};
use api::core::v1::{
    ConfigMapProjection, Container, DownwardAPIProjection, DownwardAPIVolumeFile, KeyToPath,
    LocalObjectReference, ObjectFieldSelector, Pod, ProjectedVolumeSource, ServiceAccount,
    ServiceAccountTokenProjection, Volume, VolumeMount, VolumeProjection,
};
use meta::{ApiError, Str};
use resource::{Object, Operation};

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
        if pod.metadata.annotations.contains_key(MIRROR) {
            return mirror(pod);
        }
        if pod.spec.service_account_name.is_empty() {
            pod.spec.service_account_name = if pod.spec.service_account.is_empty() {
                "default".into()
            } else {
                pod.spec.service_account.clone()
            };
        }
        pod.spec.service_account = pod.spec.service_account_name.clone();
        let name = pod.spec.service_account_name.clone();
        let account: Option<ServiceAccount> = look.cx.get(&pod.metadata.namespace, &name);
        let account = account.ok_or_else(|| {
            let namespace = &pod.metadata.namespace;
            let why = format!("error looking up service account {namespace}/{name}: serviceaccount {:?} not found", name.as_str());
            ApiError::forbidden("", "pods", &pod.metadata.name, &why)
        })?;
        if pod.spec.image_pull_secrets.is_empty() {
            pod.spec.image_pull_secrets = account.image_pull_secrets.clone();
        }
        let wanted = pod
            .spec
            .automount_service_account_token
            .or(account.automount_service_account_token)
            .unwrap_or(true);
        if wanted {
            mount_token(look, pod);
        }
        Ok(())
    }
}

/// A mirror of a static pod has no identity in the cluster.
fn mirror(pod: &Pod) -> Result<(), ApiError> {
    let why = if !pod.spec.service_account_name.is_empty() {
        "a mirror pod may not reference service accounts"
    } else {
        return Ok(());
    };
    Err(ApiError::forbidden("", "pods", &pod.metadata.name, why))
}

fn mount_token(look: &Look<'_>, pod: &mut Pod) {
    let existing = pod
        .spec
        .volumes
        .iter()
        .map(|volume| &volume.name)
        .find(|name| name.starts_with("kube-api-access-"))
        .cloned();
    let name = existing
        .clone()
        .unwrap_or_else(|| Str::from(format!("kube-api-access-{}", look.cx.random_suffix(5))));
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
