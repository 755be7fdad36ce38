//! A machine from what the runtime has: nothing restarts because the node agent did.

use super::containers::terminated;
use super::machine::{
    Life, Machine, Now, Probing, Run, Running, Sandbox, SandboxInfo, Slot, timestamp,
};
use super::setup::addresses;
use crate::pods::{self, Role};
use crate::sandbox;
use api::core::v1::{ContainerStatus, Pod};
use runtime::cri::v1;
use std::sync::Arc;

/// What the runtime has of one pod.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) sandboxes: Vec<v1::PodSandboxStatus>,
    pub(crate) containers: Vec<v1::ContainerStatus>,
}

impl Found {
    pub(crate) fn is_empty(&self) -> bool {
        self.sandboxes.is_empty() && self.containers.is_empty()
    }
}

/// A pod that the node ran before, and whether its status is to be left alone.
pub(crate) fn machine(pod: Arc<Pod>, found: &Found, now: Now) -> (Machine, bool) {
    let terminal = pods::is_terminal(&pod);
    let mut machine = Machine::new(pod, now);
    let newest = found
        .sandboxes
        .iter()
        .max_by_key(|status| attempt_of(status));
    if let Some(status) = newest {
        machine.sandboxes_made = attempt_of(status) + 1;
        machine.ips = addresses(status);
        if status.state == v1::PodSandboxState::SandboxReady as i32 {
            let info = SandboxInfo {
                id: status.id.clone(),
                ips: machine.ips.clone(),
            };
            machine.sandbox = Sandbox::Ready(info);
        }
    }
    let alive = matches!(machine.sandbox, Sandbox::Ready(_));
    let pod = Arc::clone(&machine.pod);
    for slot in &mut machine.slots {
        adopt(slot, &pod, &found.containers, alive || terminal, now);
    }
    let has_regular = machine
        .slots
        .iter()
        .any(|slot| slot.role == Role::Regular && slot.made > 0);
    machine.initialized = has_regular && (alive || terminal);
    let stays = match &machine.sandbox {
        Sandbox::Ready(info) => Some(&info.id),
        _ => newest.map(|status| &status.id).filter(|_| terminal),
    };
    let sandboxes = found.sandboxes.iter().map(|status| &status.id);
    machine.dead_sandboxes = sandboxes.filter(|id| Some(*id) != stays).cloned().collect();
    if terminal {
        machine.life = Life::Ending;
        if !alive {
            machine.sandbox = Sandbox::Stopped(newest.map(|status| status.id.clone()));
        }
    }
    (machine, terminal)
}

fn attempt_of(status: &v1::PodSandboxStatus) -> u32 {
    status
        .metadata
        .as_ref()
        .map_or(0, |metadata| metadata.attempt)
}

/// `alive` is false after the machine's restart: init containers then run again.
fn adopt(slot: &mut Slot, pod: &Pod, containers: &[v1::ContainerStatus], alive: bool, now: Now) {
    let name = slot.spec.name.as_str();
    let own = |status: &&v1::ContainerStatus| {
        status
            .labels
            .get(sandbox::CONTAINER_NAME)
            .is_some_and(|n| n == name)
    };
    let mut own: Vec<_> = containers.iter().filter(own).collect();
    let attempt = |status: &v1::ContainerStatus| {
        status
            .metadata
            .as_ref()
            .map_or(0, |metadata| metadata.attempt)
    };
    own.sort_by_key(|status| std::cmp::Reverse(attempt(status)));
    let mut own = own
        .into_iter()
        .filter(|status| status.state != v1::ContainerState::ContainerCreated as i32);
    let Some(newest) = own.next() else { return };
    slot.made = attempt(newest) + 1;
    slot.last = own.next().map(|status| terminated(status, now.at));
    if newest.state == v1::ContainerState::ContainerRunning as i32 {
        slot.run = Run::Running(Box::new(running(slot, pod, newest, now)));
        return;
    }
    let dead = terminated(newest, now.at);
    if alive {
        slot.run = Run::Exited(dead);
    } else {
        slot.last = Some(dead);
    }
}

fn running(slot: &Slot, pod: &Pod, status: &v1::ContainerStatus, now: Now) -> Running {
    let known = |list: &[ContainerStatus]| {
        list.iter()
            .find(|known| known.name == slot.spec.name)
            .cloned()
    };
    let before = known(&pod.status.container_statuses)
        .or_else(|| known(&pod.status.init_container_statuses));
    let mut probing = Probing::new(&slot.spec, now.at);
    if let Some(before) = before {
        probing.assume(before.started == Some(true), before.ready);
    }
    let nanos = u64::try_from(status.started_at).unwrap_or(0);
    Running {
        id: status.id.clone(),
        image_id: status.image_ref.clone(),
        started_at: timestamp(std::time::UNIX_EPOCH + std::time::Duration::from_nanos(nanos)),
        stopping: None,
        probing,
    }
}
