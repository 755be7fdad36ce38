//! What `kubectl get pods` prints (`pkg/printers/internalversion`): the STATUS column tells the most telling thing about the containers.

use api::core::v1::{ContainerStatus, Pod, PodPhase};
use meta::{Str, Time, v1::TableRowCondition};
use resource::{Cell, Column, Now};

const READY: &str = "The number of containers that are ready, of those that should be.";
const STATUS: &str = "The aggregate status of the containers in this pod.";
const RESTARTS: &str = "The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.";

/// Filled by [`cells`], since most cells share the walk over the container statuses.
pub(super) const COLUMNS: &[Column<Pod>] = &[
    Column::NAME,
    Column::text("Ready", READY, |pod, now| cells(pod, now).swap_remove(1)),
    Column::text("Status", STATUS, |pod, now| cells(pod, now).swap_remove(2)),
    Column::text("Restarts", RESTARTS, |pod, now| {
        cells(pod, now).swap_remove(3)
    }),
    Column::AGE,
    Column::text("IP", "The pod's address.", |pod: &Pod, now: &Now| {
        cells(pod, now).swap_remove(5)
    })
    .wide(),
    Column::text(
        "Node",
        "The node that the pod is bound to.",
        |pod: &Pod, now: &Now| cells(pod, now).swap_remove(6),
    )
    .wide(),
    Column::text(
        "Nominated Node",
        "The node that the pod may get once room is made there.",
        |pod: &Pod, now: &Now| cells(pod, now).swap_remove(7),
    )
    .wide(),
    Column::text(
        "Readiness Gates",
        "The readiness gates that hold, of those that should.",
        |pod: &Pod, now: &Now| cells(pod, now).swap_remove(8),
    )
    .wide(),
];

/// A pod that has ended is done, however it ended.
pub(super) fn row_conditions(pod: &Pod) -> Vec<TableRowCondition> {
    let message = match pod.status.phase.as_str() {
        PodPhase::SUCCEEDED => "The pod has completed successfully.",
        PodPhase::FAILED => "The pod failed.",
        _ => return Vec::new(),
    };
    vec![TableRowCondition {
        type_: "Completed".into(),
        status: "True".into(),
        reason: pod.status.phase.clone(),
        message: message.into(),
    }]
}

pub(super) fn cells(pod: &Pod, now: &Now) -> Vec<Cell> {
    let tally = Tally::of(pod);
    let or_none = |text: &Str| {
        if text.is_empty() {
            "<none>".to_owned()
        } else {
            text.to_string()
        }
    };
    let ip = pod
        .status
        .pod_ips
        .first()
        .map_or(&pod.status.pod_ip, |first| &first.ip);
    vec![
        pod.metadata.name.as_str().into(),
        format!("{}/{}", tally.ready, tally.total).into(),
        tally.status.into(),
        restarts(tally.restarts, tally.last_restart, now).into(),
        now.age(Some(&pod.metadata.creation_timestamp)).into(),
        or_none(ip).into(),
        or_none(&pod.spec.node_name).into(),
        or_none(&pod.status.nominated_node_name).into(),
        gates(pod).into(),
    ]
}

fn restarts(count: i32, last: Option<Time>, now: &Now) -> String {
    match last {
        Some(last) if count > 0 => format!("{count} ({} ago)", now.age(Some(&last))),
        _ => count.to_string(),
    }
}

fn gates(pod: &Pod) -> String {
    let all = &pod.spec.readiness_gates;
    if all.is_empty() {
        return "<none>".to_owned();
    }
    let holds = |kind: &Str| {
        pod.status
            .conditions
            .iter()
            .any(|condition| condition.type_ == *kind && condition.status == "True")
    };
    format!(
        "{}/{}",
        all.iter()
            .filter(|gate| holds(&gate.condition_type))
            .count(),
        all.len()
    )
}

struct Tally {
    ready: usize,
    total: usize,
    status: String,
    restarts: i32,
    last_restart: Option<Time>,
}

impl Tally {
    fn of(pod: &Pod) -> Self {
        let sidecars = pod
            .spec
            .init_containers
            .iter()
            .filter(|container| is_sidecar(pod, &container.name))
            .count();
        let reason = &pod.status.reason;
        let mut tally = Self {
            ready: 0,
            total: pod.spec.containers.len() + sidecars,
            status: if reason.is_empty() {
                pod.status.phase.to_string()
            } else {
                reason.to_string()
            },
            restarts: 0,
            last_restart: None,
        };
        if pod
            .status
            .conditions
            .iter()
            .any(|c| c.type_ == "PodScheduled" && c.reason == "SchedulingGated")
        {
            tally.status = "SchedulingGated".to_owned();
        }
        let initializing = tally.initializing(pod);
        if !initializing || initialized(pod) {
            tally.restarted_sidecars(pod);
            tally.running(pod);
        }
        tally.deleting(pod);
        tally
    }

    /// Looks at init containers; true when one of them decides the status.
    fn initializing(&mut self, pod: &Pod) -> bool {
        for (index, status) in pod.status.init_container_statuses.iter().enumerate() {
            self.restarts += status.restart_count;
            self.note_restart(status);
            let sidecar = is_sidecar(pod, &status.name);
            let terminated = status.state.terminated.as_deref();
            if terminated.is_some_and(|end| end.exit_code == 0) {
                continue;
            }
            if sidecar && status.started == Some(true) {
                self.ready += usize::from(status.ready);
                continue;
            }
            self.status = match (terminated, status.state.waiting.as_deref()) {
                (Some(end), _) if !end.reason.is_empty() => format!("Init:{}", end.reason),
                (Some(end), _) if end.signal != 0 => format!("Init:Signal:{}", end.signal),
                (Some(end), _) => format!("Init:ExitCode:{}", end.exit_code),
                (_, Some(waiting))
                    if !waiting.reason.is_empty() && waiting.reason != "PodInitializing" =>
                {
                    format!("Init:{}", waiting.reason)
                }
                _ => format!("Init:{index}/{}", pod.spec.init_containers.len()),
            };
            return true;
        }
        false
    }

    /// Once the pod runs, of its init containers only sidecars count.
    fn restarted_sidecars(&mut self, pod: &Pod) {
        (self.restarts, self.last_restart) = (0, None);
        for status in &pod.status.init_container_statuses {
            if is_sidecar(pod, &status.name) {
                self.restarts += status.restart_count;
                self.note_restart(status);
            }
        }
    }

    fn running(&mut self, pod: &Pod) {
        let mut has_running = false;
        for status in pod.status.container_statuses.iter().rev() {
            self.restarts += status.restart_count;
            self.note_restart(status);
            let (waiting, terminated) = (
                status.state.waiting.as_deref(),
                status.state.terminated.as_deref(),
            );
            match (waiting, terminated) {
                (Some(waiting), _) if !waiting.reason.is_empty() => {
                    self.status = waiting.reason.to_string()
                }
                (_, Some(end)) if !end.reason.is_empty() => self.status = end.reason.to_string(),
                (_, Some(end)) if end.signal != 0 => self.status = format!("Signal:{}", end.signal),
                (_, Some(end)) => self.status = format!("ExitCode:{}", end.exit_code),
                _ if status.ready && status.state.running.is_some() => {
                    has_running = true;
                    self.ready += 1;
                }
                _ => {}
            }
        }
        if self.status == "Completed" && has_running {
            let ready = pod
                .status
                .conditions
                .iter()
                .any(|condition| condition.type_ == "Ready" && condition.status == "True");
            self.status = if ready { PodPhase::RUNNING } else { "NotReady" }.to_owned();
        }
    }

    fn deleting(&mut self, pod: &Pod) {
        if pod.metadata.deletion_timestamp.is_none() {
            return;
        }
        if pod.status.reason == "NodeLost" {
            self.status = "Unknown".to_owned();
        } else if pod.status.phase != PodPhase::SUCCEEDED && pod.status.phase != PodPhase::FAILED {
            self.status = "Terminating".to_owned();
        }
    }

    fn note_restart(&mut self, status: &ContainerStatus) {
        if let Some(end) = &status.last_state.terminated
            && !end.finished_at.is_zero()
        {
            self.last_restart = self.last_restart.max(Some(end.finished_at));
        }
    }
}

fn is_sidecar(pod: &Pod, name: &str) -> bool {
    pod.spec.init_containers.iter().any(|container| {
        container.name == name && container.restart_policy.as_deref() == Some("Always")
    })
}

fn initialized(pod: &Pod) -> bool {
    pod.status
        .conditions
        .iter()
        .any(|condition| condition.type_ == "Initialized" && condition.status == "True")
}
