//! Which Secrets a pod names; pure.

use api::core::v1::{Container, EnvFromSource, EnvVar, Pod, VolumeSource};

/// Those that are pulled with, mounted, or read into variables.
pub(super) fn names(pod: &Pod) -> Vec<&str> {
    let spec = &pod.spec;
    let mut names: Vec<&str> = Vec::new();
    names.extend(
        spec.image_pull_secrets
            .iter()
            .map(|secret| secret.name.as_str()),
    );
    for container in spec.init_containers.iter().chain(&spec.containers) {
        of_container(container, &mut names);
    }
    for container in &spec.ephemeral_containers {
        of_variables(
            &container.ephemeral_container_common.env,
            &container.ephemeral_container_common.env_from,
            &mut names,
        );
    }
    for volume in &spec.volumes {
        of_volume(&volume.volume_source, &mut names);
    }
    names
}

fn of_container<'p>(container: &'p Container, names: &mut Vec<&'p str>) {
    of_variables(&container.env, &container.env_from, names);
}

fn of_variables<'p>(env: &'p [EnvVar], from: &'p [EnvFromSource], names: &mut Vec<&'p str>) {
    for source in from {
        names.extend(
            source
                .secret_ref
                .iter()
                .map(|secret| secret.local_object_reference.name.as_str()),
        );
    }
    for variable in env {
        let source = variable.value_from.as_ref();
        let secret = source.and_then(|source| source.secret_key_ref.as_ref());
        names.extend(secret.map(|secret| secret.local_object_reference.name.as_str()));
    }
}

fn of_volume<'p>(source: &'p VolumeSource, names: &mut Vec<&'p str>) {
    names.extend(source.azure_file.iter().map(|it| it.secret_name.as_str()));
    names.extend(source.secret.iter().map(|it| it.secret_name.as_str()));
    let references = [
        source.cephfs.as_ref().and_then(|it| it.secret_ref.as_ref()),
        source.cinder.as_ref().and_then(|it| it.secret_ref.as_ref()),
        source
            .flex_volume
            .as_ref()
            .and_then(|it| it.secret_ref.as_ref()),
        source.rbd.as_ref().and_then(|it| it.secret_ref.as_ref()),
        source
            .scale_io
            .as_ref()
            .and_then(|it| it.secret_ref.as_ref()),
        source.iscsi.as_ref().and_then(|it| it.secret_ref.as_ref()),
        source
            .storageos
            .as_ref()
            .and_then(|it| it.secret_ref.as_ref()),
        source
            .csi
            .as_ref()
            .and_then(|it| it.node_publish_secret_ref.as_ref()),
    ];
    names.extend(references.into_iter().flatten().map(|it| it.name.as_str()));
    for projection in source.projected.iter().flat_map(|it| &it.sources) {
        names.extend(
            projection
                .secret
                .iter()
                .map(|it| it.local_object_reference.name.as_str()),
        );
    }
}

#[cfg(test)]
mod tests;
