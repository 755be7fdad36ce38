//! A pod's life as a state machine: `step(event) -> effects`. No I/O, no clock: moments come with the event.
//!
//! After every event the whole state is looked at and whatever is due and not under way becomes an effect, so
//! that no order of events is special.

mod containers;
mod ending;
mod probing;
mod sandbox;
#[cfg(test)]
mod tests;

use crate::back_off::{self, BackOff};
use crate::pods::{self, Role};
use crate::probes;
use api::core::v1::{Container, Pod};
use jiff::Timestamp;
use platform::Monotonic;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use probing::{ProbeKind, Probing};

/// What is left to the containers of a pod whose object is gone from the API, as a forced deletion leaves it:
/// upstream's least grace.
const VANISHED_GRACE: Duration = Duration::from_secs(1);

/// The two clocks at the moment of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Now {
    pub(crate) wall: Timestamp,
    pub(crate) at: Monotonic,
}

/// What the pod is up to as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    Active,
    /// It ends by itself: all containers are done, or a deadline passed. The object stays.
    Ending,
    /// The API wants it gone, or has forgotten it.
    Deleting {
        grace: Duration,
    },
    /// Ended by itself; nothing is left but dead containers with their logs.
    Finished,
    /// The object is being deleted.
    DeletingObject,
    /// What is left on the node is being removed.
    Removing,
    /// Nothing is left.
    Gone,
}

/// Why the pod failed as a whole: `status.reason` and `status.message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) reason: String,
    pub(crate) message: String,
}

/// A running sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SandboxInfo {
    pub(crate) id: String,
    pub(crate) ips: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sandbox {
    Absent {
        not_before: Option<Monotonic>,
    },
    Starting,
    Ready(SandboxInfo),
    Stopping(SandboxInfo),
    /// With the id of what can be removed.
    Stopped(Option<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Volumes {
    Absent { not_before: Option<Monotonic> },
    Mounting,
    Mounted,
    Unmounting,
    Unmounted,
}

/// A dead container, as its status shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terminated {
    pub(crate) id: String,
    pub(crate) image_id: String,
    pub(crate) exit_code: i32,
    pub(crate) reason: String,
    pub(crate) message: String,
    pub(crate) started_at: Timestamp,
    pub(crate) finished_at: Timestamp,
    /// When we learnt of it.
    pub(crate) seen_at: Monotonic,
}

/// A running container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Running {
    pub(crate) id: String,
    pub(crate) image_id: String,
    pub(crate) started_at: Timestamp,
    /// The grace of the stop that is under way.
    pub(crate) stopping: Option<Duration>,
    /// Started, startup probe passed, ready.
    pub(crate) probing: Probing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// Not started, or not started again: why, and until when not to try.
    Waiting {
        reason: &'static str,
        message: String,
        until: Option<Monotonic>,
    },
    /// An image is being pulled, or a container created or started.
    Starting,
    Running(Box<Running>),
    Exited(Terminated),
    /// Exited, and to be started again at `until`.
    BackingOff {
        last: Terminated,
        until: Monotonic,
        message: String,
    },
}

impl Run {
    /// Nothing has happened yet.
    pub(super) const WAITING: Self = Self::Waiting {
        reason: "",
        message: String::new(),
        until: None,
    };
}

/// A container of the pod.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) role: Role,
    pub(crate) spec: Arc<Container>,
    pub(crate) run: Run,
    /// The life before the present one.
    pub(crate) last: Option<Terminated>,
    /// Containers made so far; the newest has attempt `made - 1`.
    pub(crate) made: u32,
    /// Dead containers older than `last`, to be removed.
    stale: Vec<(String, u32)>,
    crash: BackOff,
    pull: BackOff,
}

/// Why a container could not be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StartError {
    /// As `state.waiting.reason` shows it.
    pub(crate) reason: &'static str,
    pub(crate) message: String,
    /// The pull itself failed: the next attempt waits for the pull's back-off.
    pub(crate) pull: bool,
    /// The container was made and died at its start.
    pub(crate) died: Option<Terminated>,
}

/// A started container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Started {
    pub(crate) id: String,
    pub(crate) image_id: String,
    pub(crate) started_at: Timestamp,
}

/// What can happen to a pod.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// The object as the API has it.
    Updated(Arc<Pod>),
    /// The API has it no more.
    Vanished,
    /// A ConfigMap or Secret that the pod refers to has changed.
    ObjectsChanged,
    VolumesMounted(Result<(), String>),
    SandboxStarted(Result<SandboxInfo, String>),
    /// The sandbox with this id has ended by itself, and with it what ran in it.
    SandboxLost {
        id: String,
        exited: Vec<Terminated>,
    },
    SandboxStopped(Result<(), String>),
    VolumesUnmounted(Result<(), String>),
    Started {
        name: String,
        result: Result<Started, StartError>,
    },
    Exited(Terminated),
    Probed {
        id: String,
        kind: ProbeKind,
        outcome: Result<(), probes::Failure>,
    },
    ObjectDeleted(Result<(), String>),
    Removed,
    /// A moment that [`Machine::next_wake`] named has come.
    Tick,
}

/// What is to be done, by the worker, at once and beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    MountVolumes,
    /// Removes the dead sandboxes of the pod, then makes a new one.
    RunSandbox {
        attempt: u32,
        dead: Vec<String>,
    },
    Start {
        name: String,
        attempt: u32,
    },
    Stop {
        name: String,
        id: String,
        grace: Duration,
        why: String,
    },
    Probe {
        name: String,
        id: String,
        kind: ProbeKind,
    },
    RemoveContainer {
        id: String,
        name: String,
        attempt: u32,
    },
    StopSandbox {
        id: String,
    },
    UnmountVolumes,
    /// Publishes the last status, then deletes the object.
    DeleteObject,
    /// Removes sandboxes, containers, logs and directories.
    Remove {
        sandboxes: Vec<String>,
    },
    /// Records an Event, about a container or the pod.
    Record {
        container: Option<String>,
        warning: bool,
        reason: &'static str,
        message: String,
    },
}

/// One pod on this node.
#[derive(Clone, Debug)]
pub(crate) struct Machine {
    pub(crate) pod: Arc<Pod>,
    pub(crate) life: Life,
    pub(crate) failure: Option<Failure>,
    pub(crate) sandbox: Sandbox,
    pub(crate) volumes: Volumes,
    pub(crate) slots: Vec<Slot>,
    /// All init containers are done; sidecars are started.
    pub(crate) initialized: bool,
    /// When the node took the pod.
    pub(crate) start_time: Timestamp,
    /// The sandbox's last address outlives it in the status.
    pub(crate) ips: Vec<String>,
    pub(crate) sandboxes_made: u32,
    /// Sandboxes that have ended by themselves and are still to be removed.
    pub(crate) dead_sandboxes: Vec<String>,
    /// The object is gone from the API.
    vanished: bool,
    setup: BackOff,
    mounts: BackOff,
    deletions: BackOff,
    deletion_due: Option<Monotonic>,
}

impl Machine {
    /// A pod that the node has not seen before.
    pub(crate) fn new(pod: Arc<Pod>, now: Now) -> Self {
        let slots = pods::containers(&pod)
            .into_iter()
            .map(|(role, spec)| Slot::new(role, spec))
            .collect();
        let start_time = pod
            .status
            .start_time
            .map(|time| timestamp(time.to_system_time()));
        Self {
            pod,
            life: Life::Active,
            failure: None,
            sandbox: Sandbox::Absent { not_before: None },
            volumes: Volumes::Absent { not_before: None },
            slots,
            initialized: false,
            start_time: start_time.unwrap_or(now.wall),
            ips: Vec::new(),
            sandboxes_made: 0,
            dead_sandboxes: Vec::new(),
            vanished: false,
            setup: BackOff::default(),
            mounts: BackOff::default(),
            deletions: BackOff::default(),
            deletion_due: None,
        }
    }

    /// A pod that the node does not take: it fails at once.
    pub(crate) fn rejected(pod: Arc<Pod>, failure: Failure, now: Now) -> Self {
        let mut machine = Self::new(pod, now);
        machine.failure = Some(failure);
        machine.life = Life::Ending;
        machine
    }

    /// Applies `event` and decides.
    pub(crate) fn step(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.apply(event, now, &mut effects);
        self.check_deadline(now, &mut effects);
        match self.life {
            Life::Active => self.advance(now, &mut effects),
            Life::Ending | Life::Deleting { .. } => self.wind_down(&mut effects),
            Life::DeletingObject => self.retry_deletion(now, &mut effects),
            Life::Finished | Life::Removing | Life::Gone => {}
        }
        effects
    }

    fn apply(&mut self, event: Event, now: Now, effects: &mut Vec<Effect>) {
        match event {
            Event::Updated(pod) => self.update(pod, effects),
            Event::Vanished => {
                self.vanished = true;
                self.delete(VANISHED_GRACE, effects);
            }
            Event::ObjectsChanged => self.objects_changed(),
            Event::VolumesMounted(result) => self.volumes_mounted(result, now, effects),
            Event::SandboxStarted(result) => self.sandbox_started(result, now, effects),
            Event::SandboxLost { id, exited } => self.sandbox_lost(&id, exited, effects),
            Event::Started { name, result } => self.started(&name, result, now, effects),
            Event::Exited(terminated) => self.exited(terminated),
            Event::Probed { id, kind, outcome } => self.probed(&id, kind, outcome, now, effects),
            Event::SandboxStopped(result) => self.sandbox_stopped(result),
            Event::VolumesUnmounted(result) => self.volumes_unmounted(result),
            Event::ObjectDeleted(result) => self.object_deleted(result, now, effects),
            Event::Removed => self.life = Life::Gone,
            Event::Tick => {}
        }
    }

    /// Takes the newest object: new ephemeral containers, a deletion, a shorter grace.
    fn update(&mut self, pod: Arc<Pod>, effects: &mut Vec<Effect>) {
        for (role, spec) in pods::containers(&pod) {
            match self
                .slots
                .iter_mut()
                .find(|slot| slot.spec.name == spec.name)
            {
                Some(slot) => slot.spec = spec,
                None => self.slots.push(Slot::new(role, spec)),
            }
        }
        self.pod = pod;
        if pods::is_deleting(&self.pod) {
            self.delete(pods::grace(&self.pod), effects);
        }
    }

    /// What failed for want of an object is tried again at once.
    fn objects_changed(&mut self) {
        if let Volumes::Absent { not_before } = &mut self.volumes {
            *not_before = None;
        }
        for slot in &mut self.slots {
            if let Run::Waiting {
                reason: "CreateContainerConfigError",
                until,
                ..
            } = &mut slot.run
            {
                *until = None;
            }
        }
    }

    fn volumes_mounted(&mut self, result: Result<(), String>, now: Now, effects: &mut Vec<Effect>) {
        if self.volumes != Volumes::Mounting {
            return;
        }
        self.volumes = match result {
            Ok(()) => Volumes::Mounted,
            Err(message) => {
                effects.push(record(None, true, "FailedMount", message));
                let delay = self.mounts.raise(now.at, now.at, back_off::SETUP);
                Volumes::Absent {
                    not_before: Some(now.at + delay),
                }
            }
        };
    }

    /// `activeDeadlineSeconds`.
    fn check_deadline(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let Some(deadline) = self.deadline().filter(|_| self.life == Life::Active) else {
            return;
        };
        if now.wall < deadline {
            return;
        }
        let message = "Pod was active on the node longer than the specified deadline".to_owned();
        effects.push(record(None, false, "DeadlineExceeded", message.clone()));
        self.failure = Some(Failure {
            reason: "DeadlineExceeded".to_owned(),
            message,
        });
        self.life = Life::Ending;
    }

    fn deadline(&self) -> Option<Timestamp> {
        let seconds = self.pod.spec.active_deadline_seconds?;
        self.start_time
            .checked_add(jiff::SignedDuration::from_secs(seconds))
            .ok()
    }

    /// When a [`Event::Tick`] is due, if nothing else happens.
    pub(crate) fn next_wake(&self, now: Now) -> Option<Monotonic> {
        if !matches!(self.life, Life::Active) {
            return self
                .deletion_due
                .filter(|_| self.life == Life::DeletingObject);
        }
        let volumes = match self.volumes {
            Volumes::Absent { not_before } => not_before,
            _ => None,
        };
        let sandbox = match self.sandbox {
            Sandbox::Absent { not_before } => not_before,
            _ => None,
        };
        let deadline = self.deadline().map(|deadline| {
            let left = deadline.duration_since(now.wall);
            now.at + Duration::try_from(left).unwrap_or_default()
        });
        let slots = self.slots.iter().filter_map(Slot::next_wake);
        slots.chain(volumes).chain(sandbox).chain(deadline).min()
    }

    fn slot_mut(&mut self, name: &str) -> Option<&mut Slot> {
        self.slots.iter_mut().find(|slot| slot.spec.name == name)
    }

    fn slot_by_id(&mut self, id: &str) -> Option<&mut Slot> {
        self.slots
            .iter_mut()
            .find(|slot| matches!(&slot.run, Run::Running(running) if running.id == id))
    }
}

impl Slot {
    fn new(role: Role, spec: Arc<Container>) -> Self {
        Self {
            role,
            spec,
            run: Run::WAITING,
            last: None,
            made: 0,
            stale: Vec::new(),
            crash: BackOff::default(),
            pull: BackOff::default(),
        }
    }

    /// Running, and past its startup probe.
    pub(crate) fn is_started(&self) -> bool {
        matches!(&self.run, Run::Running(running) if running.probing.started())
    }

    /// Running, started, and past its readiness probe.
    pub(crate) fn is_ready(&self) -> bool {
        matches!(&self.run, Run::Running(running) if running.probing.ready())
    }

    /// The terminated state, whether or not it will be started again.
    pub(crate) fn terminated(&self) -> Option<&Terminated> {
        match &self.run {
            Run::Exited(terminated)
            | Run::BackingOff {
                last: terminated, ..
            } => Some(terminated),
            _ => None,
        }
    }

    fn next_wake(&self) -> Option<Monotonic> {
        match &self.run {
            Run::Waiting { until, .. } => *until,
            Run::BackingOff { until, .. } => Some(*until),
            Run::Running(running) if running.stopping.is_none() => running.probing.next_wake(),
            _ => None,
        }
    }
}

/// An Event to record.
fn record(
    container: Option<&Slot>,
    warning: bool,
    reason: &'static str,
    message: String,
) -> Effect {
    let container = container.map(|slot| slot.spec.name.to_string());
    Effect::Record {
        container,
        warning,
        reason,
        message,
    }
}

/// jiff's form of a system time; out of its range is the epoch.
pub(crate) fn timestamp(time: std::time::SystemTime) -> Timestamp {
    Timestamp::try_from(time).unwrap_or(Timestamp::UNIX_EPOCH)
}
