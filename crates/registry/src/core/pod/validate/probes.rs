//! Probes and lifecycle hooks.

use crate::rules;
use api::core::v1::{
    Container, ExecAction, GRPCAction, HTTPGetAction, Lifecycle, LifecycleHandler, PodSpec, Probe,
    SleepAction, TCPSocketAction,
};
use meta::{FieldErrors, FieldPath, IntOrString, validation};

const HEADER: &str = "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

/// Hooks and the three probes of a container that may have them.
pub(super) fn check_all(
    errors: &mut FieldErrors,
    path: &FieldPath,
    container: &Container,
    spec: &PodSpec,
) {
    let grace_seconds = spec.termination_grace_period_seconds.unwrap_or(0);
    if let Some(lifecycle) = &container.lifecycle {
        check_lifecycle(errors, &path.child("lifecycle"), lifecycle, grace_seconds);
    }
    if let Some(probe) = &container.liveness_probe {
        check_once(errors, &path.child("livenessProbe"), probe);
    }
    if let Some(probe) = &container.readiness_probe {
        let path = path.child("readinessProbe");
        check(errors, &path, probe);
        if let Some(seconds) = probe.termination_grace_period_seconds {
            let path = path.child("terminationGracePeriodSeconds");
            errors.invalid(&path, seconds, "must not be set for readinessProbes");
        }
    }
    if let Some(probe) = &container.startup_probe {
        check_once(errors, &path.child("startupProbe"), probe);
    }
}

/// A probe that is done when it has succeeded once.
fn check_once(errors: &mut FieldErrors, path: &FieldPath, probe: &Probe) {
    check(errors, path, probe);
    if probe.success_threshold != 1 {
        let path = path.child("successThreshold");
        errors.invalid(&path, probe.success_threshold, "must be 1");
    }
}

fn check(errors: &mut FieldErrors, path: &FieldPath, probe: &Probe) {
    let handler = &probe.probe_handler;
    let handlers = Handlers {
        exec: handler.exec.as_deref(),
        http_get: handler.http_get.as_deref(),
        tcp_socket: handler.tcp_socket.as_deref(),
        grpc: handler.grpc.as_deref(),
        sleep: None,
    };
    handlers.check(errors, path, 0);
    for (name, value) in [
        ("initialDelaySeconds", probe.initial_delay_seconds),
        ("timeoutSeconds", probe.timeout_seconds),
        ("periodSeconds", probe.period_seconds),
        ("successThreshold", probe.success_threshold),
        ("failureThreshold", probe.failure_threshold),
    ] {
        rules::not_negative(errors, &path.child(name), value.into());
    }
    if let Some(seconds) = probe.termination_grace_period_seconds
        && seconds <= 0
    {
        let path = path.child("terminationGracePeriodSeconds");
        errors.invalid(&path, seconds, "must be greater than 0");
    }
}

fn check_lifecycle(
    errors: &mut FieldErrors,
    path: &FieldPath,
    lifecycle: &Lifecycle,
    grace_seconds: i64,
) {
    for (name, handler) in [
        ("postStart", &lifecycle.post_start),
        ("preStop", &lifecycle.pre_stop),
    ] {
        if let Some(handler) = handler {
            Handlers::of(handler).check(errors, &path.child(name), grace_seconds);
        }
    }
}

/// What probes and hooks can do: exactly one of these.
struct Handlers<'h> {
    exec: Option<&'h ExecAction>,
    http_get: Option<&'h HTTPGetAction>,
    tcp_socket: Option<&'h TCPSocketAction>,
    grpc: Option<&'h GRPCAction>,
    sleep: Option<&'h SleepAction>,
}

impl<'h> Handlers<'h> {
    fn of(handler: &'h LifecycleHandler) -> Self {
        Self {
            exec: handler.exec.as_deref(),
            http_get: handler.http_get.as_deref(),
            tcp_socket: handler.tcp_socket.as_deref(),
            grpc: None,
            sleep: handler.sleep.as_deref(),
        }
    }

    fn check(&self, errors: &mut FieldErrors, path: &FieldPath, grace_seconds: i64) {
        let mut count = 0;
        let mut first = |errors: &mut FieldErrors, path: &FieldPath| {
            count += 1;
            if count > 1 {
                errors.forbidden(path, "may not specify more than 1 handler type");
            }
            count == 1
        };
        let at = |name| path.child(name);
        if let Some(exec) = self.exec
            && first(errors, &at("exec"))
            && exec.command.is_empty()
        {
            errors.required(&at("exec").child("command"), "");
        }
        if let Some(get) = self.http_get
            && first(errors, &at("httpGet"))
        {
            check_http(errors, &at("httpGet"), get);
        }
        if let Some(socket) = self.tcp_socket
            && first(errors, &at("tcpSocket"))
        {
            check_port(errors, &at("tcpSocket").child("port"), &socket.port);
        }
        if let Some(grpc) = self.grpc
            && first(errors, &at("grpc"))
        {
            check_port(
                errors,
                &at("grpc").child("port"),
                &IntOrString::Int(grpc.port),
            );
        }
        if let Some(sleep) = self.sleep
            && first(errors, &at("sleep"))
            && !(0..=grace_seconds).contains(&sleep.seconds)
        {
            let words = format!(
                "must be non-negative and less than terminationGracePeriodSeconds ({grace_seconds})"
            );
            errors.invalid(&at("sleep"), sleep.seconds, words);
        }
        if count == 0 {
            errors.required(path, "must specify a handler type");
        }
    }
}

fn check_http(errors: &mut FieldErrors, path: &FieldPath, get: &HTTPGetAction) {
    rules::required(errors, &path.child("path"), &get.path);
    check_port(errors, &path.child("port"), &get.port);
    if get.scheme != "HTTP" && get.scheme != "HTTPS" {
        errors.not_supported(&path.child("scheme"), &get.scheme, &["HTTP", "HTTPS"]);
    }
    for header in &get.http_headers {
        let name = header.name.as_str();
        let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if name.is_empty() || !name.bytes().all(good) {
            errors.invalid(&path.child("httpHeaders"), name, HEADER);
        }
    }
}

/// A number, or the name of a container's port.
fn check_port(errors: &mut FieldErrors, path: &FieldPath, port: &IntOrString) {
    match port {
        IntOrString::Int(number) => {
            rules::each_number(
                errors,
                path,
                (*number).into(),
                validation::port_number(*number),
            );
        }
        IntOrString::String(name) => rules::each(errors, path, name, validation::port_name(name)),
    }
}
