//! Probes and lifecycle hooks of a container, carried out.

use super::Done;
use super::context::PodContext;
use super::machine::{Event, ProbeKind};
use crate::probes::{self, Action, Failure};
use api::core::v1::{Container, LifecycleHandler, ProbeHandler};
use std::sync::Arc;
use std::time::Duration;

pub(super) async fn probe(
    context: Arc<PodContext>,
    container: Arc<Container>,
    id: String,
    kind: ProbeKind,
    ips: Vec<String>,
) -> Done {
    let Some(probe) = kind.of(&container) else {
        return Done::Nothing;
    };
    let timeout = Duration::from_secs(u64::try_from(probe.timeout_seconds.max(1)).unwrap_or(1));
    let outcome = match probe_action(&context, &probe.probe_handler, &container, &id, &ips) {
        Ok(action) => {
            let shared = &context.shared;
            probes::run(&action, &*shared.runtime, &shared.platform.clock, timeout).await
        }
        Err(message) => Err(Failure::Errored(message)),
    };
    Done::Event(Event::Probed { id, kind, outcome })
}

/// The pod's address; the node's for a pod on the host's network.
fn host(context: &PodContext, ips: &[String]) -> String {
    ips.first()
        .cloned()
        .or_else(|| context.shared.host_ips().first().cloned())
        .unwrap_or_default()
}

fn probe_action(
    context: &PodContext,
    handler: &ProbeHandler,
    container: &Container,
    id: &str,
    ips: &[String],
) -> Result<Action, String> {
    let host = host(context, ips);
    if let Some(exec) = &handler.exec {
        let command = exec.command.iter().map(ToString::to_string).collect();
        return Ok(Action::Exec {
            container_id: id.to_owned(),
            command,
        });
    }
    if let Some(http) = &handler.http_get {
        return probes::http(http, container, &host);
    }
    if let Some(tcp) = &handler.tcp_socket {
        let host = if tcp.host.is_empty() {
            host
        } else {
            tcp.host.to_string()
        };
        return Ok(Action::Tcp {
            host,
            port: probes::port(container, &tcp.port)?,
        });
    }
    if let Some(grpc) = &handler.grpc {
        let port =
            u16::try_from(grpc.port).map_err(|_| format!("invalid port number: {}", grpc.port))?;
        let service = grpc
            .service
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        return Ok(Action::Grpc {
            host,
            port,
            service,
        });
    }
    Err("missing probe handler".to_owned())
}

/// Runs the postStart hook, if there is one, to its end.
pub(super) async fn post_start(
    context: &PodContext,
    container: &Container,
    id: &str,
    ips: &[String],
) -> Result<(), String> {
    let hook = container
        .lifecycle
        .as_ref()
        .and_then(|lifecycle| lifecycle.post_start.as_deref());
    let Some(hook) = hook else { return Ok(()) };
    // Upstream lets it take as long as it takes; a day is no limit but a bound.
    run(
        context,
        hook,
        container,
        id,
        ips,
        Duration::from_secs(24 * 3600),
    )
    .await
}

/// Runs the preStop hook, if there is one, for at most `grace`.
pub(super) async fn pre_stop(
    context: &PodContext,
    container: &Container,
    id: &str,
    ips: &[String],
    grace: Duration,
) -> Result<(), String> {
    let hook = container
        .lifecycle
        .as_ref()
        .and_then(|lifecycle| lifecycle.pre_stop.as_deref());
    let Some(hook) = hook else { return Ok(()) };
    run(context, hook, container, id, ips, grace).await
}

async fn run(
    context: &PodContext,
    hook: &LifecycleHandler,
    container: &Container,
    id: &str,
    ips: &[String],
    limit: Duration,
) -> Result<(), String> {
    let shared = &context.shared;
    if let Some(sleep) = &hook.sleep {
        let wanted = Duration::from_secs(u64::try_from(sleep.seconds).unwrap_or(0));
        shared.platform.clock.sleep(wanted.min(limit)).await;
        return Ok(());
    }
    let action = match (&hook.exec, &hook.http_get) {
        (Some(exec), _) => {
            let command = exec.command.iter().map(ToString::to_string).collect();
            Action::Exec {
                container_id: id.to_owned(),
                command,
            }
        }
        (None, Some(http)) => probes::http(http, container, &host(context, ips))?,
        (None, None) => return Err("invalid handler: the hook has no action".to_owned()),
    };
    probes::run(&action, &*shared.runtime, &shared.platform.clock, limit)
        .await
        .map_err(|(Failure::Failed(output) | Failure::Errored(output))| output)
}
