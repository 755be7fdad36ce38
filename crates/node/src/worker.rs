//! One pod's worker: runs the machine's effects against the runtime, feeds back what comes of them, and keeps
//! the pod's status in the API.
//!
//! A worker is one task; all that is under way for the pod are futures inside it, so that ending the task ends
//! them. The containers live on: they belong to the runtime.

mod containers;
pub(crate) mod context;
mod hooks;
pub(crate) mod machine;
mod publish;
pub(crate) mod recover;
mod setup;

use api::core::v1::{Pod, PodStatus};
use context::PodContext;
use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use machine::{Effect, Event, Life, Machine, Now, Run, Sandbox};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// How the node reaches a worker, and what others see of the pod.
#[derive(Debug)]
pub(crate) struct Handle {
    /// The newest object; `None` once the API has it no more.
    pub(crate) pod: watch::Sender<Option<Arc<Pod>>>,
    /// Something happened to the pod in the runtime.
    pub(crate) hints: Arc<Notify>,
    pub(crate) view: watch::Receiver<View>,
}

/// The pod as others see it.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) pod: Arc<Pod>,
    pub(crate) status: Arc<PodStatus>,
    pub(crate) sandbox: Option<String>,
    pub(crate) containers: Vec<ContainerView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContainerView {
    pub(crate) name: String,
    /// While it runs.
    pub(crate) running: Option<String>,
    /// How many were made; the newest is `made - 1`.
    pub(crate) made: u32,
    /// Dead, and waiting to be started again.
    pub(crate) backing_off: bool,
    /// Why it waits, before the first was made.
    pub(crate) waiting: String,
    pub(crate) tty: bool,
    pub(crate) stdin: bool,
}

/// What a future of the worker ends with.
#[derive(Debug)]
enum Done {
    Event(Event),
    /// What a look at the runtime has found.
    Found(Vec<Event>),
    Nothing,
    Published(Box<PodStatus>, Result<(), client::Error>),
}

type Work = FuturesUnordered<BoxFuture<'static, Done>>;

/// How long to wait before a status that could not be written is tried again.
const PUBLISH_RETRY: Duration = Duration::from_secs(1);

/// A pod's task.
pub(crate) struct Worker {
    context: Arc<PodContext>,
    machine: Machine,
    work: Work,
    pod: watch::Receiver<Option<Arc<Pod>>>,
    hints: Arc<Notify>,
    view: watch::Sender<View>,
    /// The last status computed, and the last that the API took.
    status: Arc<PodStatus>,
    published: Option<Arc<PodStatus>>,
    publishing: bool,
    retry_at: Option<platform::Monotonic>,
    /// Waits for the status under way to be written.
    delete_object: bool,
    /// The pod had ended before: its status stays as it is.
    frozen: bool,
}

impl Worker {
    /// A worker around `machine`. `frozen` leaves the status alone.
    pub(crate) fn new(context: Arc<PodContext>, machine: Machine, frozen: bool) -> (Self, Handle) {
        let pod = Arc::clone(&machine.pod);
        let status = Arc::new(pod.status.clone());
        let (pod_sender, pod_receiver) = watch::channel(Some(Arc::clone(&pod)));
        let view = View {
            pod,
            status: Arc::clone(&status),
            sandbox: None,
            containers: Vec::new(),
        };
        let (view_sender, view_receiver) = watch::channel(view);
        let hints = Arc::new(Notify::new());
        let handle = Handle {
            pod: pod_sender,
            hints: Arc::clone(&hints),
            view: view_receiver,
        };
        let worker = Self {
            context,
            machine,
            work: Work::new(),
            pod: pod_receiver,
            hints,
            view: view_sender,
            published: None,
            status,
            publishing: false,
            retry_at: None,
            delete_object: false,
            frozen,
        };
        (worker, handle)
    }

    /// Runs until nothing of the pod is left, or the node drains.
    pub(crate) async fn run(mut self) {
        let platform = self.context.shared.platform.clone();
        let draining = platform.tasks.draining();
        tokio::pin!(draining);
        let first = Arc::clone(&self.machine.pod);
        self.step(Event::Updated(first));
        while self.machine.life != Life::Gone {
            let wake = self
                .machine
                .next_wake(self.now())
                .into_iter()
                .chain(self.retry_at)
                .min();
            let tick = async {
                match wake {
                    Some(moment) => platform.clock.sleep_until(moment).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                Some(done) = self.work.next(), if !self.work.is_empty() => self.done(done),
                Ok(()) = self.pod.changed() => self.pod_changed(),
                () = self.hints.notified() => self.inspect(),
                () = self.context.changed.notified() => {
                    self.refresh();
                    self.step(Event::ObjectsChanged);
                }
                () = tick => self.step(Event::Tick),
                () = &mut draining => return,
            }
        }
    }

    fn now(&self) -> Now {
        let clock = &self.context.shared.platform.clock;
        Now {
            wall: clock.now(),
            at: clock.monotonic(),
        }
    }

    fn pod_changed(&mut self) {
        let newest = self.pod.borrow_and_update().clone();
        match newest {
            Some(pod) => {
                let old = Arc::clone(&self.machine.pod);
                if old.spec != pod.spec {
                    self.context.update(&pod);
                }
                self.step(Event::Updated(Arc::clone(&pod)));
                let files_may_change = old.spec != pod.spec
                    || old.metadata.labels != pod.metadata.labels
                    || old.metadata.annotations != pod.metadata.annotations;
                if files_may_change {
                    self.refresh();
                }
            }
            None => self.step(Event::Vanished),
        }
    }

    fn done(&mut self, done: Done) {
        match done {
            Done::Event(event) => {
                let started = matches!(event, Event::Started { result: Ok(_), .. });
                self.step(event);
                if started {
                    // An exit before this moment found nobody who knew the container.
                    self.inspect();
                }
            }
            Done::Found(events) => events.into_iter().for_each(|event| self.step(event)),
            Done::Nothing => {}
            Done::Published(status, result) => self.was_published(*status, result),
        }
    }

    fn step(&mut self, event: Event) {
        let now = self.now();
        if self.retry_at.is_some_and(|moment| now.at >= moment) {
            self.retry_at = None;
        }
        let mut effects: VecDeque<_> = self.machine.step(event, now).into();
        if self.machine.life != Life::Active {
            self.context.ending.send_replace(true);
        }
        while let Some(effect) = effects.pop_front() {
            self.start(effect);
        }
        self.publish(now);
    }

    fn start(&mut self, effect: Effect) {
        let work = match effect {
            Effect::DeleteObject => {
                self.delete_object = true;
                None
            }
            Effect::Record {
                container,
                warning,
                reason,
                message,
            } => {
                let slot = container.and_then(|name| self.slot(&name));
                let place = slot.map(|slot| slot.role.field_path(&slot.spec.name));
                self.context.record(place, warning, reason, message);
                None
            }
            effect => self.work_of(effect),
        };
        self.work.extend(work);
    }

    fn slot(&self, name: &str) -> Option<machine::Slot> {
        self.machine
            .slots
            .iter()
            .find(|slot| slot.spec.name == name)
            .cloned()
    }

    fn work_of(&self, effect: Effect) -> Option<BoxFuture<'static, Done>> {
        let context = Arc::clone(&self.context);
        let (pod, ips) = (Arc::clone(&self.machine.pod), self.machine.ips.clone());
        Some(match effect {
            Effect::MountVolumes => Box::pin(setup::mount_volumes(context, pod, ips)),
            Effect::RunSandbox { attempt, dead } => {
                Box::pin(setup::run_sandbox(context, pod, attempt, dead))
            }
            Effect::Start { name, attempt } => {
                let Sandbox::Ready(sandbox) = self.machine.sandbox.clone() else {
                    return None;
                };
                let (slot, target) = (self.slot(&name)?, self.target_of(&name));
                Box::pin(containers::start(
                    context,
                    containers::Start {
                        pod,
                        slot,
                        sandbox,
                        attempt,
                        target,
                    },
                ))
            }
            Effect::Stop {
                name,
                id,
                grace,
                why,
            } => {
                let stop = containers::Stop {
                    pod,
                    slot: self.slot(&name)?,
                    id,
                    grace,
                    why,
                    ips,
                };
                Box::pin(containers::stop(context, stop))
            }
            Effect::Probe { name, id, kind } => {
                Box::pin(hooks::probe(context, self.slot(&name)?.spec, id, kind, ips))
            }
            Effect::RemoveContainer { id, name, attempt } => {
                Box::pin(containers::remove(context, pod, id, name, attempt))
            }
            Effect::StopSandbox { id } => Box::pin(setup::stop_sandbox(context, id)),
            Effect::UnmountVolumes => Box::pin(setup::unmount_volumes(context)),
            Effect::Remove { sandboxes } => Box::pin(setup::remove(context, pod, sandboxes)),
            Effect::DeleteObject | Effect::Record { .. } => return None,
        })
    }

    /// The container whose processes an ephemeral container asked to see.
    fn target_of(&self, name: &str) -> Option<String> {
        let ephemeral = self.machine.pod.spec.ephemeral_containers.iter();
        let mut ephemeral =
            ephemeral.filter(|container| container.ephemeral_container_common.name == name);
        let target = &ephemeral.next()?.target_container_name;
        let slot = self
            .machine
            .slots
            .iter()
            .find(|slot| slot.spec.name == *target)?;
        match &slot.run {
            Run::Running(running) => Some(running.id.clone()),
            _ => None,
        }
    }

    /// Looks at every container that is thought to run, then at the sandbox: the runtime is the truth.
    fn inspect(&mut self) {
        let (context, pod) = (Arc::clone(&self.context), Arc::clone(&self.machine.pod));
        let running = self.machine.slots.iter().filter_map(|slot| {
            let Run::Running(running) = &slot.run else {
                return None;
            };
            let attempt = slot.made.saturating_sub(1);
            Some((Arc::clone(&slot.spec), running.id.clone(), attempt))
        });
        let running: Vec<_> = running.collect();
        let sandbox = match &self.machine.sandbox {
            Sandbox::Ready(info) => Some(info.id.clone()),
            _ => None,
        };
        self.work.push(Box::pin(async move {
            let mut exited = Vec::new();
            for (spec, id, attempt) in running {
                exited.extend(containers::inspect(&context, &pod, &spec, attempt, &id).await);
            }
            match sandbox {
                Some(id) if setup::is_lost(&context, &id).await => {
                    Done::Found(vec![Event::SandboxLost { id, exited }])
                }
                _ => Done::Found(exited.into_iter().map(Event::Exited).collect()),
            }
        }));
    }

    /// Brings config volumes up to date.
    fn refresh(&mut self) {
        if self.machine.life == Life::Active && self.machine.volumes == machine::Volumes::Mounted {
            let (context, pod) = (Arc::clone(&self.context), Arc::clone(&self.machine.pod));
            self.work.push(Box::pin(setup::refresh_volumes(
                context,
                pod,
                self.machine.ips.clone(),
            )));
        }
    }

    fn publish_view(&self) {
        let containers = self.machine.slots.iter().map(|slot| ContainerView {
            name: slot.spec.name.to_string(),
            running: match &slot.run {
                Run::Running(running) => Some(running.id.clone()),
                _ => None,
            },
            made: slot.made,
            backing_off: matches!(slot.run, Run::BackingOff { .. }),
            waiting: match &slot.run {
                Run::Waiting { reason, .. } if !reason.is_empty() => (*reason).to_owned(),
                _ => "ContainerCreating".to_owned(),
            },
            tty: slot.spec.tty,
            stdin: slot.spec.stdin,
        });
        let sandbox = match &self.machine.sandbox {
            Sandbox::Ready(info) => Some(info.id.clone()),
            _ => None,
        };
        let view = View {
            pod: Arc::clone(&self.machine.pod),
            status: Arc::clone(&self.status),
            sandbox,
            containers: containers.collect(),
        };
        self.view.send_replace(view);
    }
}
