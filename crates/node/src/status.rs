//! A pod's status, computed from its machine: phase, conditions, container statuses. Pure.

mod conditions;
#[cfg(test)]
mod tests;

use crate::pods::Role;
use crate::resources;
use crate::worker::machine::{Life, Machine, Run, Running, Slot, Terminated};
use api::core::v1::{
    ContainerState, ContainerStateRunning, ContainerStateTerminated, ContainerStateWaiting,
    ContainerStatus, HostIP, PodIP, PodStatus, VolumeMountStatus,
};
use jiff::Timestamp;
use meta::{Str, Time};

/// What the node adds.
#[derive(Clone, Debug)]
pub(crate) struct Host<'a> {
    pub(crate) ips: &'a [String],
    /// The scheme of container ids.
    pub(crate) runtime_name: &'a str,
}

/// The status that says what `machine` is. Transition times come from `previous` where nothing changed.
pub(crate) fn compute(
    machine: &Machine,
    previous: &PodStatus,
    host: &Host<'_>,
    now: Timestamp,
) -> PodStatus {
    let of_role = |roles: &[Role]| -> Vec<ContainerStatus> {
        let slots = machine
            .slots
            .iter()
            .filter(|slot| roles.contains(&slot.role));
        slots.map(|slot| container(machine, slot, host)).collect()
    };
    let phase = phase(machine);
    let mut status = PodStatus {
        observed_generation: machine.pod.metadata.generation,
        phase: phase.into(),
        host_ip: first(host.ips),
        host_ips: host.ips.iter().map(|ip| HostIP { ip: ip.into() }).collect(),
        start_time: Some(time(machine.start_time)),
        init_container_statuses: of_role(&[Role::Init, Role::Sidecar]).into(),
        container_statuses: of_role(&[Role::Regular]).into(),
        ephemeral_container_statuses: of_role(&[Role::Ephemeral]).into(),
        qos_class: resources::qos_class(&machine.pod).into(),
        ..PodStatus::default()
    };
    let ips = if machine.pod.spec.host_network {
        host.ips
    } else {
        &machine.ips
    };
    status.pod_ip = first(ips);
    status.pod_ips = ips.iter().map(|ip| PodIP { ip: ip.into() }).collect();
    if let Some(failure) = &machine.failure {
        status.reason = failure.reason.as_str().into();
        status.message = failure.message.as_str().into();
    }
    status.conditions = conditions::compute(machine, phase, previous, now).into();
    status
}

fn first(list: &[String]) -> Str {
    list.first().map(Str::from).unwrap_or_default()
}

/// The API's form of a moment: whole seconds.
pub(crate) fn time(moment: Timestamp) -> Time {
    Time::from_system_time(
        std::time::UNIX_EPOCH
            + std::time::Duration::from_secs(u64::try_from(moment.as_second()).unwrap_or(0)),
    )
}

/// Upstream's `getPhase`, for what the machine knows.
pub(crate) fn phase(machine: &Machine) -> &'static str {
    let busy = |slot: &Slot| matches!(slot.run, Run::Running(_) | Run::Starting);
    let anything_runs = machine.slots.iter().any(busy);
    if machine.life != Life::Active && !anything_runs {
        return ended_phase(machine);
    }
    if !machine.initialized {
        return "Pending";
    }
    let never_ran = |slot: &Slot| slot.role == Role::Regular && slot.made == 0;
    if machine.slots.iter().any(never_ran) {
        "Pending"
    } else {
        "Running"
    }
}

fn ended_phase(machine: &Machine) -> &'static str {
    let mut counted = machine
        .slots
        .iter()
        .filter(|slot| matches!(slot.role, Role::Regular | Role::Init));
    let succeeded = |slot: &Slot| {
        slot.terminated()
            .is_some_and(|terminated| terminated.exit_code == 0)
    };
    if machine.failure.is_none() && counted.all(succeeded) {
        "Succeeded"
    } else {
        "Failed"
    }
}

fn container(machine: &Machine, slot: &Slot, host: &Host<'_>) -> ContainerStatus {
    let spec = &slot.spec;
    let (id, image_id) = match &slot.run {
        Run::Running(running) => (running.id.as_str(), running.image_id.as_str()),
        _ => slot
            .terminated()
            .or(slot.last.as_ref())
            .map_or(("", ""), |t| (t.id.as_str(), t.image_id.as_str())),
    };
    let ready = match slot.role {
        Role::Init => slot
            .terminated()
            .is_some_and(|terminated| terminated.exit_code == 0),
        _ => slot.is_ready(),
    };
    ContainerStatus {
        name: spec.name.clone(),
        state: state(machine, slot, host),
        last_state: last_state(slot, host),
        ready: ready
            && matches!(
                machine.life,
                Life::Active | Life::Deleting { .. } | Life::Ending
            ),
        restart_count: i32::try_from(slot.made.saturating_sub(1)).unwrap_or(i32::MAX),
        image: spec.image.clone(),
        image_id: image_id.into(),
        container_id: container_id(host, id),
        started: Some(slot.is_started()),
        allocated_resources: spec.resources.requests.clone(),
        resources: (!spec.resources.requests.is_empty() || !spec.resources.limits.is_empty())
            .then(|| Box::new(spec.resources.clone())),
        volume_mounts: mounts(slot).into(),
        ..ContainerStatus::default()
    }
}

fn mounts(slot: &Slot) -> Vec<VolumeMountStatus> {
    let status = |mount: &api::core::v1::VolumeMount| VolumeMountStatus {
        name: mount.name.clone(),
        mount_path: mount.mount_path.clone(),
        read_only: mount.read_only,
        recursive_read_only: mount.read_only.then(|| "Disabled".into()),
        ..VolumeMountStatus::default()
    };
    slot.spec.volume_mounts.iter().map(status).collect()
}

fn container_id(host: &Host<'_>, id: &str) -> Str {
    if id.is_empty() {
        Str::default()
    } else {
        format!("{}://{id}", host.runtime_name).into()
    }
}

fn state(machine: &Machine, slot: &Slot, host: &Host<'_>) -> ContainerState {
    match (&slot.run, &slot.last) {
        (Run::Running(running), _) => running_state(running),
        (Run::Exited(terminated), _) | (Run::Starting, Some(terminated)) => {
            terminated_state(terminated, host)
        }
        (Run::BackingOff { message, .. }, _) => waiting("CrashLoopBackOff", message),
        (
            Run::Waiting {
                reason, message, ..
            },
            _,
        ) if !reason.is_empty() => waiting(reason, message),
        (Run::Waiting { .. } | Run::Starting, _) => waiting(initial_reason(machine, slot), ""),
    }
}

/// Before anything has happened to a container.
fn initial_reason(machine: &Machine, slot: &Slot) -> &'static str {
    let has_init = machine
        .slots
        .iter()
        .any(|slot| matches!(slot.role, Role::Init | Role::Sidecar));
    let its_turn = matches!(slot.run, Run::Starting) || slot.role == Role::Ephemeral;
    if has_init && !machine.initialized && !its_turn {
        "PodInitializing"
    } else {
        "ContainerCreating"
    }
}

fn last_state(slot: &Slot, host: &Host<'_>) -> ContainerState {
    match (&slot.run, &slot.last) {
        (Run::BackingOff { last, .. }, _) => terminated_state(last, host),
        (Run::Starting, Some(_)) | (_, None) => ContainerState::default(),
        (_, Some(last)) => terminated_state(last, host),
    }
}

fn waiting(reason: &str, message: &str) -> ContainerState {
    let waiting = ContainerStateWaiting {
        reason: reason.into(),
        message: message.into(),
    };
    ContainerState {
        waiting: Some(Box::new(waiting)),
        ..ContainerState::default()
    }
}

fn running_state(running: &Running) -> ContainerState {
    let running = ContainerStateRunning {
        started_at: time(running.started_at),
    };
    ContainerState {
        running: Some(Box::new(running)),
        ..ContainerState::default()
    }
}

fn terminated_state(terminated: &Terminated, host: &Host<'_>) -> ContainerState {
    let terminated = ContainerStateTerminated {
        exit_code: terminated.exit_code,
        reason: terminated.reason.as_str().into(),
        message: terminated.message.as_str().into(),
        started_at: time(terminated.started_at),
        finished_at: time(terminated.finished_at),
        container_id: container_id(host, &terminated.id),
        ..ContainerStateTerminated::default()
    };
    ContainerState {
        terminated: Some(Box::new(terminated)),
        ..ContainerState::default()
    }
}

/// The status as a strategic merge patch: what the node owns replaces what was there, other conditions stay.
pub(crate) fn patch(machine: &Machine, status: &PodStatus) -> serde_json::Value {
    const OWNED: [&str; 12] = [
        "message",
        "reason",
        "hostIP",
        "podIP",
        "startTime",
        "initContainerStatuses",
        "containerStatuses",
        "ephemeralContainerStatuses",
        "observedGeneration",
        "qosClass",
        "phase",
        "conditions",
    ];
    let mut value = meta::codec::to_value(status);
    if let Some(fields) = value.as_object_mut() {
        for name in OWNED {
            fields.entry(name).or_insert(serde_json::Value::Null);
        }
        // Conditions are merged one by one: what one no longer says has to be taken away.
        let conditions = fields
            .get_mut("conditions")
            .and_then(|list| list.as_array_mut());
        for condition in conditions.into_iter().flatten() {
            if let Some(condition) = condition.as_object_mut() {
                for name in ["reason", "message"] {
                    condition.entry(name).or_insert(serde_json::Value::Null);
                }
            }
        }
        for list in ["podIPs", "hostIPs"] {
            let addresses = fields.entry(list).or_insert_with(|| serde_json::json!([]));
            if let Some(addresses) = addresses.as_array_mut() {
                addresses.push(serde_json::json!({"$patch": "replace"}));
            }
        }
    }
    serde_json::json!({"metadata": {"uid": machine.pod.metadata.uid.as_str()}, "status": value})
}
