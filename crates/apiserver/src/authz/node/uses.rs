//! What a pod makes its node need: upstream's `VisitPodSecretNames` and its siblings.
use api::{
    core::v1::{PersistentVolume, Pod, SecretReference, Volume},
    pods::{names_config_map, names_secret},
};
use meta::Str;

pub(super) fn secret(pod: &Pod, name: &str) -> bool {
    names_secret(pod, &|secret| secret == name)
}

/// Whether a pod needs any secret at all.
pub(crate) fn any_secret(pod: &Pod) -> bool {
    names_secret(pod, &|secret| !secret.is_empty())
}

pub(super) fn config_map(pod: &Pod, name: &str) -> bool {
    names_config_map(pod, &|config| config == name)
}

/// Whether a pod needs any ConfigMap at all.
pub(crate) fn any_config_map(pod: &Pod) -> bool {
    names_config_map(pod, &|config| !config.is_empty())
}

/// Names of the claims that a pod mounts, with those made for it.
pub(super) fn claims(pod: &Pod) -> Vec<Str> {
    let name = |volume: &Volume| {
        let source = &volume.volume_source;
        match (&source.persistent_volume_claim, &source.ephemeral) {
            (Some(claim), _) => Some(claim.claim_name.clone()),
            (None, Some(_)) => Some(Str::from(format!("{}-{}", pod.metadata.name, volume.name))),
            (None, None) => None,
        }
    };
    pod.spec.volumes.iter().filter_map(name).collect()
}

pub(super) fn claim(pod: &Pod, name: &str) -> bool {
    claims(pod).iter().any(|claim| claim == name)
}

pub(super) fn resource_claim(pod: &Pod, name: &str) -> bool {
    let direct = pod.spec.resource_claims.iter().any(|claim| {
        let made = pod
            .status
            .resource_claim_statuses
            .iter()
            .find(|status| status.name == claim.name)
            .and_then(|status| status.resource_claim_name.as_deref());
        claim.resource_claim_name.as_deref().or(made) == Some(name)
    });
    let extended = pod.status.extended_resource_claim_status.as_ref();
    direct || extended.is_some_and(|status| status.resource_claim_name == name)
}

/// Whether mounting a volume takes a secret of this namespace.
pub(super) fn volume_secret(volume: &PersistentVolume, namespace: &str, name: &str) -> bool {
    let source = &volume.spec.persistent_volume_source;
    let csi = source.csi.iter().flat_map(|csi| {
        [
            csi.node_stage_secret_ref.as_deref(),
            csi.node_publish_secret_ref.as_deref(),
            csi.node_expand_secret_ref.as_deref(),
        ]
    });
    let others = [
        source.cephfs.as_ref().and_then(|s| s.secret_ref.as_deref()),
        source.cinder.as_ref().and_then(|s| s.secret_ref.as_deref()),
        source
            .flex_volume
            .as_ref()
            .and_then(|s| s.secret_ref.as_deref()),
        source.iscsi.as_ref().and_then(|s| s.secret_ref.as_deref()),
        source.rbd.as_ref().and_then(|s| s.secret_ref.as_deref()),
        source
            .scale_io
            .as_ref()
            .and_then(|s| s.secret_ref.as_deref()),
    ];
    let claim = volume.spec.claim_ref.as_deref();
    let home = |given: &str| match given {
        "" => claim.map_or("", |claim| claim.namespace.as_str()) == namespace,
        given => given == namespace,
    };
    let is = |secret: &SecretReference| secret.name == name && home(&secret.namespace);
    csi.chain(others).flatten().any(is)
        || source.azure_file.as_ref().is_some_and(|file| {
            file.secret_name == name && home(file.secret_namespace.as_deref().unwrap_or(""))
        })
        || source.storageos.as_ref().is_some_and(|storage| {
            let secret = storage.secret_ref.as_ref();
            secret.is_some_and(|secret| secret.name == name && home(&secret.namespace))
        })
}
