//! An active pod: what is started, in which order, and started again.

use super::{
    Effect, Life, Machine, Now, Probing, Run, Running, Sandbox, Slot, StartError, Started,
    Terminated, Volumes, record,
};
use crate::back_off;
use crate::pods::{self, Role};
use std::time::Duration;

/// How long a failed pull shows as ErrImagePull before it shows as ImagePullBackOff.
const PULL_ERROR_SHOWN: Duration = Duration::from_secs(1);
/// When what is wrong with the configuration may have been put right.
const CONFIG_RETRY: Duration = Duration::from_secs(5);

impl Machine {
    /// Starts whatever an active pod lacks and may have now.
    pub(super) fn advance(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.has_ended() {
            self.life = Life::Ending;
            return self.wind_down(effects);
        }
        if let Volumes::Absent { not_before } = self.volumes
            && not_before.is_none_or(|moment| now.at >= moment)
        {
            self.volumes = Volumes::Mounting;
            effects.push(Effect::MountVolumes);
        }
        self.advance_sandbox(now, effects);
        if self.volumes == Volumes::Mounted && matches!(self.sandbox, Sandbox::Ready(_)) {
            self.run_containers(now, effects);
        }
        self.probe(now, effects);
    }

    fn run_containers(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let pod = std::sync::Arc::clone(&self.pod);
        let mut blocked = false;
        for slot in &mut self.slots {
            let may_run = match slot.role {
                Role::Init => !self.initialized && !blocked,
                Role::Sidecar => self.initialized || !blocked,
                Role::Regular => self.initialized || !blocked,
                Role::Ephemeral => true,
            };
            if may_run {
                slot.advance(&pod, now, effects);
            }
            let done = match slot.role {
                Role::Init => slot
                    .terminated()
                    .is_some_and(|terminated| terminated.exit_code == 0),
                Role::Sidecar => slot.is_started(),
                Role::Regular | Role::Ephemeral => true,
            };
            blocked |= !done && !self.initialized;
            if slot.role == Role::Regular && may_run {
                self.initialized = true;
            }
        }
    }

    /// Whether nothing is left to run: every regular container is done for good, or an init container failed so.
    pub(super) fn has_ended(&self) -> bool {
        let final_exit = |slot: &Slot| match &slot.run {
            Run::Exited(terminated) => {
                !pods::restarts(&self.pod, slot.role, &slot.spec, terminated.exit_code)
            }
            _ => false,
        };
        let failed_init = self.slots.iter().any(|slot| {
            slot.role == Role::Init
                && final_exit(slot)
                && slot.terminated().is_some_and(|t| t.exit_code != 0)
        });
        let mut regular = self.slots.iter().filter(|slot| slot.role == Role::Regular);
        failed_init || regular.all(final_exit)
    }

    pub(super) fn started(
        &mut self,
        name: &str,
        result: Result<Started, StartError>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let Some(slot) = self.slot_mut(name) else {
            return;
        };
        match result {
            Ok(started) => slot.started(started, now, effects),
            Err(error) => slot.failed_to_start(error, now),
        }
    }

    pub(super) fn exited(&mut self, terminated: Terminated) {
        if let Some(slot) = self.slot_by_id(&terminated.id) {
            slot.run = Run::Exited(terminated);
        }
    }
}

impl Slot {
    /// Starts the container if it is not there and may be.
    fn advance(&mut self, pod: &api::core::v1::Pod, now: Now, effects: &mut Vec<Effect>) {
        match &self.run {
            Run::Waiting {
                reason: "ErrImagePull",
                until: Some(moment),
                message,
            } if now.at >= *moment => {
                let message = format!(
                    "Back-off pulling image \"{}\": ErrImagePull: {message}",
                    self.spec.image
                );
                let short = format!("Back-off pulling image \"{}\"", self.spec.image);
                let until = self
                    .pull
                    .until(now.at, back_off::PULL)
                    .map(|(until, _)| until);
                effects.push(record(Some(self), false, "BackOff", short));
                effects.push(record(
                    Some(self),
                    true,
                    "Failed",
                    "Error: ImagePullBackOff".to_owned(),
                ));
                self.run = Run::Waiting {
                    reason: "ImagePullBackOff",
                    message,
                    until,
                };
            }
            Run::Waiting { until, .. } if until.is_none_or(|moment| now.at >= moment) => {
                self.start(effects)
            }
            Run::BackingOff { last, until, .. } if now.at >= *until => {
                let last = last.clone();
                self.crash.raise(last.seen_at, now.at, back_off::CRASH);
                self.start_again(last, effects);
            }
            Run::Exited(last) if pods::restarts(pod, self.role, &self.spec, last.exit_code) => {
                let last = last.clone();
                match self
                    .crash
                    .until(last.seen_at, back_off::CRASH)
                    .filter(|(until, _)| now.at < *until)
                {
                    Some((until, delay)) => self.back_off(pod, last, until, delay, effects),
                    None => {
                        self.crash.raise(last.seen_at, now.at, back_off::CRASH);
                        self.start_again(last, effects);
                    }
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, effects: &mut Vec<Effect>) {
        let attempt = self.made;
        self.run = Run::Starting;
        effects.push(Effect::Start {
            name: self.spec.name.to_string(),
            attempt,
        });
    }

    fn start_again(&mut self, last: Terminated, effects: &mut Vec<Effect>) {
        if let Some(older) = self.last.replace(last) {
            self.stale.push((older.id, self.made.saturating_sub(2)));
        }
        self.start(effects);
    }

    fn back_off(
        &mut self,
        pod: &api::core::v1::Pod,
        last: Terminated,
        until: platform::Monotonic,
        delay: Duration,
        effects: &mut Vec<Effect>,
    ) {
        let (name, pod) = (&self.spec.name, pods::full_name(pod));
        let event = format!("Back-off restarting failed container {name} in pod {pod}");
        effects.push(record(Some(self), true, "BackOff", event));
        let delay = meta::Duration::from(delay);
        let message = format!("back-off {delay} restarting failed container={name} pod={pod}");
        self.run = Run::BackingOff {
            last,
            until,
            message,
        };
    }

    fn started(&mut self, started: Started, now: Now, effects: &mut Vec<Effect>) {
        self.made += 1;
        for (id, attempt) in self.stale.drain(..) {
            effects.push(Effect::RemoveContainer {
                id,
                name: self.spec.name.to_string(),
                attempt,
            });
        }
        self.run = Run::Running(Box::new(Running {
            id: started.id,
            image_id: started.image_id,
            started_at: started.started_at,
            stopping: None,
            probing: Probing::new(&self.spec, now.at),
        }));
    }

    fn failed_to_start(&mut self, error: StartError, now: Now) {
        if let Some(died) = error.died {
            self.made += 1;
            self.run = Run::Exited(died);
            return;
        }
        let until = if error.pull {
            let delay = self.pull.raise(now.at, now.at, back_off::PULL);
            now.at + PULL_ERROR_SHOWN.min(delay)
        } else {
            now.at + CONFIG_RETRY
        };
        self.run = Run::Waiting {
            reason: error.reason,
            message: error.message,
            until: Some(until),
        };
    }

    /// Stops the container, unless a stop as short is under way.
    pub(super) fn stop(&mut self, grace: Duration, why: &str, effects: &mut Vec<Effect>) {
        let Run::Running(running) = &mut self.run else {
            return;
        };
        if running.stopping.is_some_and(|under_way| under_way <= grace) {
            return;
        }
        running.stopping = Some(grace);
        let (name, id) = (self.spec.name.to_string(), running.id.clone());
        effects.push(Effect::Stop {
            name,
            id,
            grace,
            why: why.to_owned(),
        });
    }
}
