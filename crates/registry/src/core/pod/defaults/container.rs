//! Defaults of containers: ports, variables, probes, hooks, pull policy.

use crate::core::resource_names;
use api::core::v1::{
    Container, ContainerPort, EnvVar, EphemeralContainerCommon, HTTPGetAction, Lifecycle, Probe,
    PullPolicy,
};

const TERMINATION_MESSAGE_PATH: &str = "/dev/termination-log";

pub(super) fn container(container: &mut Container) {
    resource_names::round_up(&mut container.resources.limits);
    resource_names::round_up(&mut container.resources.requests);
    if container.image_pull_policy.is_empty() {
        container.image_pull_policy = pull_policy(&container.image).into();
    }
    if container.termination_message_path.is_empty() {
        container.termination_message_path = TERMINATION_MESSAGE_PATH.into();
    }
    if container.termination_message_policy.is_empty() {
        container.termination_message_policy = "File".into();
    }
    ports(&mut container.ports);
    variables(&mut container.env);
    for slot in [
        &mut container.liveness_probe,
        &mut container.readiness_probe,
        &mut container.startup_probe,
    ] {
        slot.as_deref_mut().map(probe);
    }
    container.lifecycle.as_deref_mut().map(lifecycle);
}

pub(super) fn ephemeral(container: &mut EphemeralContainerCommon) {
    resource_names::round_up(&mut container.resources.limits);
    resource_names::round_up(&mut container.resources.requests);
    if container.image_pull_policy.is_empty() {
        container.image_pull_policy = pull_policy(&container.image).into();
    }
    if container.termination_message_path.is_empty() {
        container.termination_message_path = TERMINATION_MESSAGE_PATH.into();
    }
    if container.termination_message_policy.is_empty() {
        container.termination_message_policy = "File".into();
    }
    ports(&mut container.ports);
    variables(&mut container.env);
    for slot in [
        &mut container.liveness_probe,
        &mut container.readiness_probe,
        &mut container.startup_probe,
    ] {
        slot.as_deref_mut().map(probe);
    }
    container.lifecycle.as_deref_mut().map(lifecycle);
}

/// Always for `latest`, said or implied where there is no digest; else IfNotPresent. What is no reference has no tag either.
pub(super) fn pull_policy(image: &str) -> &'static str {
    let (tagged, implied) = match image.split_once('@') {
        Some((tagged, digest)) if is_digest(digest) => (tagged, ""),
        Some(_) => return PullPolicy::IF_NOT_PRESENT,
        None => (image, "latest"),
    };
    let (name, tag) = match tagged.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, tag),
        _ => (tagged, implied),
    };
    if tag == "latest" && is_name(name) {
        PullPolicy::ALWAYS
    } else {
        PullPolicy::IF_NOT_PRESENT
    }
}

fn is_digest(text: &str) -> bool {
    let (algorithm, digits) = text.split_once(':').unwrap_or_default();
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return false,
    };
    digits.len() == length
        && digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The longest name of a repository, registry included.
const NAME_BYTES_MAX: usize = 255;

/// Whether it names a repository: an optional registry, and lower-case components.
fn is_name(name: &str) -> bool {
    let (registry, path) = match name.split_once('/') {
        Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => (first, rest),
        _ => ("docker.io/library", name),
    };
    let edge = |byte: Option<u8>| {
        byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let inner = |byte: u8| edge(Some(byte)) || b"._-".contains(&byte);
    let component = |text: &str| {
        edge(text.bytes().next()) && edge(text.bytes().last()) && text.bytes().all(inner)
    };
    registry.len() + path.len() < NAME_BYTES_MAX && path.split('/').all(component)
}

fn ports(ports: &mut [ContainerPort]) {
    for port in ports {
        if port.protocol.is_empty() {
            port.protocol = "TCP".into();
        }
    }
}

fn variables(variables: &mut [EnvVar]) {
    for variable in variables {
        if let Some(field) = variable
            .value_from
            .as_mut()
            .and_then(|from| from.field_ref.as_mut())
            && field.api_version.is_empty()
        {
            field.api_version = "v1".into();
        }
        if let Some(key) = variable
            .value_from
            .as_mut()
            .and_then(|from| from.file_key_ref.as_mut())
        {
            key.optional.get_or_insert(false);
        }
    }
}

fn probe(probe: &mut Probe) {
    for (number, default) in [
        (&mut probe.timeout_seconds, 1),
        (&mut probe.period_seconds, 10),
        (&mut probe.success_threshold, 1),
        (&mut probe.failure_threshold, 3),
    ] {
        if *number == 0 {
            *number = default;
        }
    }
    probe.probe_handler.http_get.as_deref_mut().map(http);
    if let Some(grpc) = &mut probe.probe_handler.grpc {
        grpc.service.get_or_insert_default();
    }
}

fn lifecycle(lifecycle: &mut Lifecycle) {
    for handler in [&mut lifecycle.post_start, &mut lifecycle.pre_stop]
        .into_iter()
        .flatten()
    {
        handler.http_get.as_deref_mut().map(http);
    }
}

fn http(get: &mut HTTPGetAction) {
    if get.path.is_empty() {
        get.path = "/".into();
    }
    if get.scheme.is_empty() {
        get.scheme = "HTTP".into();
    }
}
