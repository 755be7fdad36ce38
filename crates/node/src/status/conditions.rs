//! The conditions that a node sets: PodReadyToStartContainers, Initialized, Ready, ContainersReady.

use super::time;
use crate::pods::Role;
use crate::worker::machine::{Machine, Sandbox, Slot};
use api::core::v1::{PodCondition, PodStatus};
use jiff::Timestamp;
use meta::Str;

/// A condition's value, reason and message.
struct Verdict {
    status: bool,
    reason: &'static str,
    message: String,
}

impl Verdict {
    fn yes() -> Self {
        Self {
            status: true,
            reason: "",
            message: String::new(),
        }
    }

    fn no(reason: &'static str, message: String) -> Self {
        Self {
            status: false,
            reason,
            message,
        }
    }
}

pub(super) fn compute(
    machine: &Machine,
    phase: &str,
    previous: &PodStatus,
    now: Timestamp,
) -> Vec<PodCondition> {
    let containers_ready = containers_ready(machine, phase);
    let ready = ready(machine, &containers_ready);
    let sandbox = match machine.sandbox {
        Sandbox::Ready(_) | Sandbox::Stopping(_) => Verdict::yes(),
        _ => Verdict::no("", String::new()),
    };
    let all = [
        ("PodReadyToStartContainers", sandbox),
        ("Initialized", initialized(machine, phase)),
        ("Ready", ready),
        ("ContainersReady", containers_ready),
    ];
    all.into_iter()
        .map(|(name, verdict)| condition(machine, name, verdict, previous, now))
        .collect()
}

fn condition(
    machine: &Machine,
    name: &str,
    verdict: Verdict,
    previous: &PodStatus,
    now: Timestamp,
) -> PodCondition {
    let status = if verdict.status { "True" } else { "False" };
    let before = previous
        .conditions
        .iter()
        .find(|condition| condition.type_ == name);
    let unchanged = before.filter(|before| before.status == status);
    PodCondition {
        type_: name.into(),
        observed_generation: machine.pod.metadata.generation,
        status: status.into(),
        last_transition_time: unchanged
            .map_or_else(|| time(now), |before| before.last_transition_time),
        reason: verdict.reason.into(),
        message: verdict.message.into(),
        ..PodCondition::default()
    }
}

fn names<'a>(slots: impl Iterator<Item = &'a Slot>) -> String {
    slots
        .map(|slot| slot.spec.name.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn initialized(machine: &Machine, phase: &str) -> Verdict {
    if phase == "Succeeded" {
        return Verdict {
            reason: "PodCompleted",
            ..Verdict::yes()
        };
    }
    let incomplete = |slot: &&Slot| match slot.role {
        Role::Init => slot
            .terminated()
            .is_none_or(|terminated| terminated.exit_code != 0),
        Role::Sidecar => !slot.is_started(),
        Role::Regular | Role::Ephemeral => false,
    };
    let missing = names(machine.slots.iter().filter(incomplete));
    if machine.initialized || missing.is_empty() {
        return Verdict::yes();
    }
    Verdict::no(
        "ContainersNotInitialized",
        format!("containers with incomplete status: [{missing}]"),
    )
}

fn containers_ready(machine: &Machine, phase: &str) -> Verdict {
    match phase {
        "Succeeded" => return Verdict::no("PodCompleted", String::new()),
        "Failed" => return Verdict::no("PodFailed", String::new()),
        _ => {}
    }
    let counted = |slot: &&Slot| matches!(slot.role, Role::Regular | Role::Sidecar);
    let unready = names(
        machine
            .slots
            .iter()
            .filter(counted)
            .filter(|slot| !slot.is_ready()),
    );
    if unready.is_empty() {
        return Verdict::yes();
    }
    Verdict::no(
        "ContainersNotReady",
        format!("containers with unready status: [{unready}]"),
    )
}

fn ready(machine: &Machine, containers: &Verdict) -> Verdict {
    if !containers.status {
        return Verdict::no(containers.reason, containers.message.clone());
    }
    let holds = |name: &Str| {
        let conditions = &machine.pod.status.conditions;
        conditions
            .iter()
            .any(|condition| condition.type_ == *name && condition.status == "True")
    };
    let known = |name: &Str| {
        machine
            .pod
            .status
            .conditions
            .iter()
            .any(|condition| condition.type_ == *name)
    };
    let gates = machine
        .pod
        .spec
        .readiness_gates
        .iter()
        .map(|gate| &gate.condition_type);
    let sentences: Vec<String> = gates
        .filter(|name| !holds(name))
        .map(|name| match known(name) {
            true => {
                format!("the status of pod readiness gate \"{name}\" is not \"True\", but False")
            }
            false => {
                format!("corresponding condition of pod readiness gate \"{name}\" does not exist.")
            }
        })
        .collect();
    if sentences.is_empty() {
        return Verdict::yes();
    }
    Verdict::no("ReadinessGatesNotReady", sentences.join(", "))
}
