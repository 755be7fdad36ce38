//! What pods name, as several components must know it.

use crate::core::v1::{Container, EnvFromSource, EnvVar, EnvVarSource, Pod, Volume};

/// Environment of containers of every sort.
struct Environment<'a> {
    env: &'a [EnvVar],
    whole: &'a [EnvFromSource],
}

/// Whether a pod pulls with a Secret, mounts it or reads it into variables: one whose name `is_it` takes, which is asked until it does.
#[must_use]
pub fn names_secret(pod: &Pod, is_it: &dyn Fn(&str) -> bool) -> bool {
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

/// Whether a pod mounts a ConfigMap or reads it into variables: one whose name `is_it` takes, which is asked until it does.
#[must_use]
pub fn names_config_map(pod: &Pod, is_it: &dyn Fn(&str) -> bool) -> bool {
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
