//! What a pod's spec says, in the form the node works with. Pure.

use api::core::v1::{Container, EphemeralContainer, Pod};
use meta::Str;
use std::sync::Arc;
use std::time::Duration;

/// Which list of the spec a container stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Init,
    /// An init container with `restartPolicy: Always`: started in its turn, then kept running (KEP-753).
    Sidecar,
    Regular,
    Ephemeral,
}

impl Role {
    /// The path of a container's events, as upstream's `spec.containers{name}`.
    pub(crate) fn field_path(self, name: &str) -> String {
        let list = match self {
            Self::Init | Self::Sidecar => "initContainers",
            Self::Regular => "containers",
            Self::Ephemeral => "ephemeralContainers",
        };
        format!("spec.{list}{{{name}}}")
    }
}

/// All containers of a pod in the order in which they start.
pub(crate) fn containers(pod: &Pod) -> Vec<(Role, Arc<Container>)> {
    let init = pod.spec.init_containers.iter().map(|container| {
        let sidecar = container.restart_policy.as_deref() == Some("Always");
        (
            if sidecar { Role::Sidecar } else { Role::Init },
            Arc::new(container.clone()),
        )
    });
    let regular = pod
        .spec
        .containers
        .iter()
        .map(|c| (Role::Regular, Arc::new(c.clone())));
    let ephemeral = pod
        .spec
        .ephemeral_containers
        .iter()
        .map(|c| (Role::Ephemeral, Arc::new(as_container(c))));
    init.chain(regular).chain(ephemeral).collect()
}

fn as_container(ephemeral: &EphemeralContainer) -> Container {
    let common = ephemeral.ephemeral_container_common.clone();
    Container {
        name: common.name,
        image: common.image,
        command: common.command,
        args: common.args,
        working_dir: common.working_dir,
        env_from: common.env_from,
        env: common.env,
        resources: common.resources,
        volume_mounts: common.volume_mounts,
        termination_message_path: common.termination_message_path,
        termination_message_policy: common.termination_message_policy,
        image_pull_policy: common.image_pull_policy,
        security_context: common.security_context,
        stdin: common.stdin,
        stdin_once: common.stdin_once,
        tty: common.tty,
        ..Container::default()
    }
}

/// `name_namespace(uid)`: how upstream's messages name a pod.
pub(crate) fn full_name(pod: &Pod) -> String {
    let metadata = &pod.metadata;
    format!("{}_{}({})", metadata.name, metadata.namespace, metadata.uid)
}

/// Whether `container` is started again after it exited with `code` (KEP-5307 rules, then policies).
pub(crate) fn restarts(pod: &Pod, role: Role, container: &Container, code: i32) -> bool {
    match role {
        Role::Sidecar => return true,
        Role::Ephemeral => return false,
        Role::Init | Role::Regular => {}
    }
    let matching = container.restart_policy_rules.iter().find(|rule| {
        rule.exit_codes
            .as_ref()
            .is_some_and(|codes| match codes.operator.as_str() {
                "In" => codes.values.contains(&code),
                "NotIn" => !codes.values.contains(&code),
                _ => false,
            })
    });
    if matching.is_some_and(|rule| rule.action == "Restart") {
        return true;
    }
    let policy = container
        .restart_policy
        .as_ref()
        .unwrap_or(&pod.spec.restart_policy);
    match policy.as_str() {
        "Never" => false,
        "OnFailure" => code != 0,
        // A finished init container is not run again, whatever the policy.
        _ => role == Role::Regular || code != 0,
    }
}

/// Seconds between the stop signal and the kill when a pod ends, as the API or the spec says.
pub(crate) fn grace(pod: &Pod) -> Duration {
    let spec = pod.spec.termination_grace_period_seconds;
    let seconds = pod
        .metadata
        .deletion_grace_period_seconds
        .or(spec)
        .unwrap_or(30);
    Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}

/// Whether the API wants the pod gone.
pub(crate) fn is_deleting(pod: &Pod) -> bool {
    pod.metadata.deletion_timestamp.is_some()
}

/// Whether the pod has ended for good, as its status says.
pub(crate) fn is_terminal(pod: &Pod) -> bool {
    pod.status.phase == "Succeeded" || pod.status.phase == "Failed"
}

/// The uid under which the runtime knows the pod.
pub(crate) fn uid(pod: &Pod) -> Str {
    pod.metadata.uid.clone()
}
