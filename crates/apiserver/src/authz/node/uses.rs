//! What a pod makes its node need: upstream's `VisitPodSecretNames` and its siblings.
use api::core::v1::{
    Container, EnvFromSource, EnvVar, EnvVarSource, PersistentVolume, Pod, SecretReference, Volume,
};
use meta::Str;

/// Environment of containers of every sort.
struct Environment<'a> {
    env: &'a [EnvVar],
    whole: &'a [EnvFromSource],
}

pub(super) fn secret(pod: &Pod, name: &str) -> bool {
    secrets(pod, &|secret| secret == name)
}

/// Whether a pod needs any secret at all.
pub(crate) fn any_secret(pod: &Pod) -> bool {
    secrets(pod, &|secret| !secret.is_empty())
}

fn secrets(pod: &Pod, is_it: &dyn Fn(&str) -> bool) -> bool {
    pod.spec
        .image_pull_secrets
        .iter()
        .any(|secret| is_it(&secret.name))
        || environments(pod).any(|environment| {
            let whole = |source: &EnvFromSource| {
                source
                    .secret_ref
                    .as_ref()
                    .is_some_and(|r| is_it(&r.local_object_reference.name))
            };
            let one = |source: &EnvVarSource| {
                source
                    .secret_key_ref
                    .as_ref()
                    .is_some_and(|r| is_it(&r.local_object_reference.name))
            };
            environment.names(whole, one)
        })
        || pod
            .spec
            .volumes
            .iter()
            .any(|volume| in_secret_volume(volume, is_it))
}

fn in_secret_volume(volume: &Volume, is_it: &dyn Fn(&str) -> bool) -> bool {
    let source = &volume.volume_source;
    let projected = source.projected.iter().flat_map(|p| p.sources.iter());
    let of_drivers = [
        source.cephfs.as_ref().and_then(|s| s.secret_ref.as_ref()),
        source.cinder.as_ref().and_then(|s| s.secret_ref.as_ref()),
        source
            .flex_volume
            .as_ref()
            .and_then(|s| s.secret_ref.as_ref()),
        source.iscsi.as_ref().and_then(|s| s.secret_ref.as_ref()),
        source.rbd.as_ref().and_then(|s| s.secret_ref.as_ref()),
        source.scale_io.as_ref().and_then(|s| s.secret_ref.as_ref()),
        source
            .storageos
            .as_ref()
            .and_then(|s| s.secret_ref.as_ref()),
        source
            .csi
            .as_ref()
            .and_then(|s| s.node_publish_secret_ref.as_ref()),
    ];
    source
        .secret
        .as_ref()
        .is_some_and(|s| is_it(&s.secret_name))
        || source
            .azure_file
            .as_ref()
            .is_some_and(|s| is_it(&s.secret_name))
        || projected
            .filter_map(|source| source.secret.as_ref())
            .any(|secret| is_it(&secret.local_object_reference.name))
        || of_drivers
            .into_iter()
            .flatten()
            .any(|secret| is_it(&secret.name))
}

pub(super) fn config_map(pod: &Pod, name: &str) -> bool {
    config_maps(pod, &|config| config == name)
}

/// Whether a pod needs any ConfigMap at all.
pub(crate) fn any_config_map(pod: &Pod) -> bool {
    config_maps(pod, &|config| !config.is_empty())
}

fn config_maps(pod: &Pod, is_it: &dyn Fn(&str) -> bool) -> bool {
    let in_volume = |volume: &Volume| {
        let source = &volume.volume_source;
        let projected = source.projected.iter().flat_map(|p| p.sources.iter());
        source
            .config_map
            .as_ref()
            .is_some_and(|config| is_it(&config.local_object_reference.name))
            || projected
                .filter_map(|source| source.config_map.as_ref())
                .any(|config| is_it(&config.local_object_reference.name))
    };
    pod.spec.volumes.iter().any(in_volume)
        || environments(pod).any(|environment| {
            let whole = |source: &EnvFromSource| {
                source
                    .config_map_ref
                    .as_ref()
                    .is_some_and(|r| is_it(&r.local_object_reference.name))
            };
            let one = |source: &EnvVarSource| {
                source
                    .config_map_key_ref
                    .as_ref()
                    .is_some_and(|r| is_it(&r.local_object_reference.name))
            };
            environment.names(whole, one)
        })
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

impl Environment<'_> {
    fn names(
        &self,
        whole: impl Fn(&EnvFromSource) -> bool,
        one: impl Fn(&EnvVarSource) -> bool,
    ) -> bool {
        self.whole.iter().any(whole)
            || self
                .env
                .iter()
                .filter_map(|env| env.value_from.as_deref())
                .any(one)
    }
}

fn of_container(container: &Container) -> Environment<'_> {
    Environment {
        env: &container.env,
        whole: &container.env_from,
    }
}

fn environments(pod: &Pod) -> impl Iterator<Item = Environment<'_>> {
    let plain = pod.spec.init_containers.iter().chain(&pod.spec.containers);
    let ephemeral = pod.spec.ephemeral_containers.iter().map(|container| {
        let common = &container.ephemeral_container_common;
        Environment {
            env: &common.env,
            whole: &common.env_from,
        }
    });
    plain.map(of_container).chain(ephemeral)
}
