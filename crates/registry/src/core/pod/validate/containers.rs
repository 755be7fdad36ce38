//! Containers and init containers: what all of them share, names, ports, what only one sort may have.

use super::{Scope, mounts, probes, resources, security, variables};
use crate::rules;
use api::core::v1::{Container, ContainerPort};
use meta::{FieldErrors, FieldPath, Str, validation};
use std::collections::HashSet;

const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];
const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];
const MESSAGE_POLICIES: &[&str] = &["File", "FallbackToLogsOnError"];
const ONLY_SIDECARS: &str = "may not be set for init containers without restartPolicy=Always";
const EXIT_CODES_MAX: usize = 255;
const RESTART_RULES_MAX: usize = 20;

/// `spec.containers` and `spec.initContainers`.
pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    check_regular(errors, &path.child("containers"), scope);
    check_init(errors, &path.child("initContainers"), scope);
}

fn check_regular(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    let containers = &scope.spec.containers;
    if containers.is_empty() {
        errors.required(path, "");
        return;
    }
    let mut names = HashSet::new();
    for (index, container) in containers.iter().enumerate() {
        let path = path.index(index);
        check_common(errors, &path, container, scope);
        if !names.insert(&container.name) {
            errors.duplicate(&path.child("name"), &container.name);
        }
        probes::check_all(errors, &path, container, scope.spec);
        check_restart(errors, &path, container);
    }
    check_host_ports(errors, path, containers);
}

fn check_init(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    let mut names: HashSet<&Str> = scope.spec.containers.iter().map(|one| &one.name).collect();
    let containers = &scope.spec.init_containers;
    for (index, container) in containers.iter().enumerate() {
        let own = path.index(index);
        check_common(errors, &own, container, scope);
        if container.restart_policy.is_some() {
            check_restart(errors, &own, container);
        } else {
            check_restart_is_said(errors, &own, container);
        }
        let sidecar = container.restart_policy.as_deref() == Some("Always");
        if names.contains(&container.name) {
            errors.duplicate(&own.child("name"), &container.name);
        } else if !container.name.is_empty() {
            names.insert(&container.name);
        }
        // They run one after the other, so that each has the ports to itself.
        check_host_ports(errors, path, std::slice::from_ref(container));
        if sidecar {
            probes::check_all(errors, &own, container, scope.spec);
        } else {
            check_plain_init(errors, &own, container);
            if !scope.rules.lenient.restarted_init {
                check_vain_restarts(errors, &own.child("resizePolicy"), container);
            }
        }
    }
}

fn check_plain_init(errors: &mut FieldErrors, path: &FieldPath, container: &Container) {
    for (name, set) in [
        ("lifecycle", container.lifecycle.is_some()),
        ("livenessProbe", container.liveness_probe.is_some()),
        ("readinessProbe", container.readiness_probe.is_some()),
        ("startupProbe", container.startup_probe.is_some()),
    ] {
        if set {
            errors.forbidden(&path.child(name), ONLY_SIDECARS);
        }
    }
}

fn check_vain_restarts(errors: &mut FieldErrors, path: &FieldPath, container: &Container) {
    for index in resources::vain_restarts(container) {
        errors.invalid(
            &path.index(index).child("restartPolicy"),
            "RestartContainer",
            "must not be set to 'RestartContainer' for non-sidecar initContainers",
        );
    }
}

/// `validateContainerCommon`.
pub(super) fn check_common(
    errors: &mut FieldErrors,
    path: &FieldPath,
    container: &Container,
    scope: &Scope<'_>,
) {
    let name = path.child("name");
    if container.name.is_empty() {
        errors.required(&name, "");
    } else {
        rules::label(errors, &name, &container.name);
    }
    rules::required(errors, &path.child("image"), &container.image);
    rules::one_of(
        errors,
        &path.child("terminationMessagePolicy"),
        &container.termination_message_policy,
        MESSAGE_POLICIES,
    );
    check_ports(errors, &path.child("ports"), &container.ports);
    variables::check(errors, path, container);
    mounts::check(errors, path, container, &scope.volumes);
    rules::one_of(
        errors,
        &path.child("imagePullPolicy"),
        &container.image_pull_policy,
        PULL_POLICIES,
    );
    resources::check_container(errors, path, container, scope);
    if let Some(context) = &container.security_context {
        security::check(
            errors,
            &path.child("securityContext"),
            context,
            scope.host_users,
        );
    }
}

fn check_ports(errors: &mut FieldErrors, path: &FieldPath, ports: &[ContainerPort]) {
    let mut names = HashSet::new();
    for (index, port) in ports.iter().enumerate() {
        let path = path.index(index);
        let name = path.child("name");
        if !port.name.is_empty() {
            let problems = validation::port_name(&port.name);
            if problems.is_empty() && !names.insert(&port.name) {
                errors.duplicate(&name, &port.name);
            }
            rules::each(errors, &name, &port.name, problems);
        }
        if port.container_port == 0 {
            errors.required(&path.child("containerPort"), "");
        } else {
            check_port_number(errors, &path.child("containerPort"), port.container_port);
        }
        if port.host_port != 0 {
            check_port_number(errors, &path.child("hostPort"), port.host_port);
        }
        rules::one_of(errors, &path.child("protocol"), &port.protocol, PROTOCOLS);
    }
}

fn check_port_number(errors: &mut FieldErrors, path: &FieldPath, port: i32) {
    rules::each_number(errors, path, port.into(), validation::port_number(port));
}

/// Two containers cannot have the same port of the host.
fn check_host_ports(errors: &mut FieldErrors, path: &FieldPath, containers: &[Container]) {
    let mut taken = HashSet::new();
    for (index, container) in containers.iter().enumerate() {
        let ports = path.index(index).child("ports");
        for (index, port) in container.ports.iter().enumerate() {
            let claim = format!("{}/{}/{}", port.protocol, port.host_ip, port.host_port);
            if port.host_port != 0 && !taken.insert(claim.clone()) {
                errors.duplicate(&ports.index(index).child("hostPort"), &claim);
            }
        }
    }
}

/// With the host's network a container's port is the host's. A template may leave that to the defaults of its pods.
pub(super) fn check_host_network(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    let spec = scope.spec;
    if !spec.host_network {
        return;
    }
    let is_pod = scope.rules.pod.is_some();
    for (index, container) in spec.containers.iter().enumerate() {
        let ports = path.index(index).child("ports");
        for (index, port) in container.ports.iter().enumerate() {
            if (is_pod || port.host_port != 0) && port.host_port != port.container_port {
                errors.invalid(
                    &ports.index(index).child("hostPort"),
                    port.host_port,
                    "must match `containerPort` when `hostNetwork` is true",
                );
            }
        }
    }
}

/// Rules need a policy beside them.
fn check_restart_is_said(errors: &mut FieldErrors, path: &FieldPath, container: &Container) {
    if !container.restart_policy_rules.is_empty() && container.restart_policy.is_none() {
        let words = "must specify restartPolicy when restart rules are used";
        errors.required(&path.child("restartPolicy"), words);
    }
}

/// A container's own restart policy and its rules by exit code.
fn check_restart(errors: &mut FieldErrors, path: &FieldPath, container: &Container) {
    let policy = path.child("restartPolicy");
    rules::optional_one_of(
        errors,
        &policy,
        container.restart_policy.as_ref(),
        &["Always", "Never", "OnFailure"],
    );
    check_restart_is_said(errors, path, container);
    let all = &container.restart_policy_rules;
    let path = path.child("restartPolicyRules");
    if all.len() > RESTART_RULES_MAX {
        errors.too_many(&path, all.len(), RESTART_RULES_MAX);
    }
    for (index, rule) in all.iter().enumerate() {
        let path = path.index(index);
        let actions = &["Restart", "RestartAllContainers"];
        let action = Some(&rule.action);
        rules::optional_one_of(errors, &path.child("action"), action, actions);
        let codes = path.child("exitCodes");
        let Some(exit) = &rule.exit_codes else {
            errors.required(&codes, "must be specified");
            continue;
        };
        let operator = Some(&exit.operator);
        let operators = &["In", "NotIn"];
        rules::optional_one_of(errors, &codes.child("operator"), operator, operators);
        let count = exit.values.len();
        if count > EXIT_CODES_MAX {
            errors.too_many(&codes.child("values"), count, EXIT_CODES_MAX);
        }
    }
}
