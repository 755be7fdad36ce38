//! The sandbox of an active pod: made, and made again where it has ended by itself.

use super::{Effect, Life, Machine, Now, Run, Sandbox, SandboxInfo, Terminated, record};
use crate::back_off;
use crate::pods::Role;

impl Machine {
    /// Asks for a sandbox if there is none and there may be one now.
    pub(super) fn advance_sandbox(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if let Sandbox::Absent { not_before } = self.sandbox
            && not_before.is_none_or(|moment| now.at >= moment)
        {
            self.sandbox = Sandbox::Starting;
            effects.push(Effect::RunSandbox {
                attempt: self.sandboxes_made,
                dead: std::mem::take(&mut self.dead_sandboxes),
            });
            self.sandboxes_made += 1;
        }
    }

    pub(super) fn sandbox_started(
        &mut self,
        result: Result<SandboxInfo, String>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        self.sandbox = match result {
            Ok(info) => {
                self.ips.clone_from(&info.ips);
                Sandbox::Ready(info)
            }
            Err(message) => {
                let message = format!("Failed to create pod sandbox: {message}");
                effects.push(record(None, true, "FailedCreatePodSandBox", message));
                let delay = self.setup.raise(now.at, now.at, back_off::SETUP);
                Sandbox::Absent {
                    not_before: Some(now.at + delay),
                }
            }
        };
    }

    /// The pod begins again in a new sandbox, init containers first; one whose containers are not started again ends.
    pub(super) fn sandbox_lost(
        &mut self,
        id: &str,
        exited: Vec<Terminated>,
        effects: &mut Vec<Effect>,
    ) {
        exited.into_iter().for_each(|dead| self.exited(dead));
        let is_ours = matches!(&self.sandbox, Sandbox::Ready(info) if info.id == id);
        if !is_ours || self.life != Life::Active || self.has_ended() {
            return;
        }
        let message = "Pod sandbox changed, it will be killed and re-created.".to_owned();
        effects.push(record(None, false, "SandboxChanged", message));
        self.dead_sandboxes.push(id.to_owned());
        self.sandbox = Sandbox::Absent { not_before: None };
        self.initialized = false;
        for slot in self.slots.iter_mut().filter(|slot| slot.role == Role::Init) {
            if let Run::Exited(last) = &slot.run {
                slot.last = Some(last.clone());
                slot.run = Run::WAITING;
            }
        }
    }
}
