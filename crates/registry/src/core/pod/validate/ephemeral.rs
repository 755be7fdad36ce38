//! Ephemeral containers: they have neither ports nor probes nor resources of their own.

use super::{Scope, containers};
use api::core::v1::{Container, EphemeralContainerCommon};
use meta::{FieldErrors, FieldPath, Str};
use std::collections::HashSet;

const FORBIDDEN: &str = "cannot be set for an Ephemeral Container";

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    let spec = scope.spec;
    let others: HashSet<&Str> = spec
        .containers
        .iter()
        .chain(&spec.init_containers)
        .map(|one| &one.name)
        .collect();
    let mut names = others.clone();
    for (index, ephemeral) in spec.ephemeral_containers.iter().enumerate() {
        let path = path.index(index);
        let container = as_container(&ephemeral.ephemeral_container_common);
        containers::check_common(errors, &path, &container, scope);
        super::check_image(errors, &path, &container.image);
        let name = &ephemeral.ephemeral_container_common.name;
        if !names.insert(name) {
            errors.duplicate(&path.child("name"), name);
        }
        let target = &ephemeral.target_container_name;
        if !target.is_empty() && !others.contains(target) {
            errors.not_found(&path.child("targetContainerName"), target);
        }
        check_unset(errors, &path, &container);
    }
}

fn check_unset(errors: &mut FieldErrors, path: &FieldPath, container: &Container) {
    let resources = &container.resources;
    let has_resources =
        !resources.limits.is_nil() || !resources.requests.is_nil() || !resources.claims.is_nil();
    for (name, set) in [
        ("ports", !container.ports.is_nil()),
        ("resources", has_resources),
        ("resizePolicy", !container.resize_policy.is_nil()),
        ("restartPolicy", container.restart_policy.is_some()),
        (
            "restartPolicyRules",
            !container.restart_policy_rules.is_nil(),
        ),
        ("livenessProbe", container.liveness_probe.is_some()),
        ("readinessProbe", container.readiness_probe.is_some()),
        ("startupProbe", container.startup_probe.is_some()),
        ("lifecycle", container.lifecycle.is_some()),
    ] {
        if set {
            errors.forbidden(&path.child(name), FORBIDDEN);
        }
    }
    for (index, mount) in container.volume_mounts.iter().enumerate() {
        let path = path.child("volumeMounts").index(index);
        for (name, value) in [
            ("subPath", &mount.sub_path),
            ("subPathExpr", &mount.sub_path_expr),
        ] {
            if !value.is_empty() {
                errors.forbidden(&path.child(name), FORBIDDEN);
            }
        }
    }
}

/// The fields of an ephemeral container are those of a container.
pub(super) fn as_container(common: &EphemeralContainerCommon) -> Container {
    let common = common.clone();
    Container {
        name: common.name,
        image: common.image,
        command: common.command,
        args: common.args,
        working_dir: common.working_dir,
        ports: common.ports,
        env_from: common.env_from,
        env: common.env,
        resources: common.resources,
        resize_policy: common.resize_policy,
        restart_policy: common.restart_policy,
        restart_policy_rules: common.restart_policy_rules,
        volume_mounts: common.volume_mounts,
        volume_devices: common.volume_devices,
        liveness_probe: common.liveness_probe,
        readiness_probe: common.readiness_probe,
        startup_probe: common.startup_probe,
        lifecycle: common.lifecycle,
        termination_message_path: common.termination_message_path,
        termination_message_policy: common.termination_message_policy,
        image_pull_policy: common.image_pull_policy,
        security_context: common.security_context,
        stdin: common.stdin,
        stdin_once: common.stdin_once,
        tty: common.tty,
    }
}
