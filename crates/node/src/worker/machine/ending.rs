//! The end: containers, sidecars, sandbox, volumes, object, remains, in this order.

use super::{Effect, Life, Machine, Now, Run, Sandbox, Volumes};
use crate::back_off::Limits;
use crate::pods::{self, Role};
use std::time::Duration;

/// Between attempts to delete the object.
const DELETION: Limits = Limits {
    first: Duration::from_millis(100),
    last: Duration::from_secs(30),
};

impl Machine {
    /// The API wants the pod gone within `grace`.
    pub(super) fn delete(&mut self, grace: Duration, effects: &mut Vec<Effect>) {
        match &mut self.life {
            Life::Active | Life::Ending => self.life = Life::Deleting { grace },
            Life::Deleting { grace: under_way } => *under_way = grace.min(*under_way),
            Life::Finished => self.delete_object(effects),
            Life::DeletingObject if self.vanished => self.remove(effects),
            Life::DeletingObject | Life::Removing | Life::Gone => {}
        }
    }

    /// Takes the next steps towards nothing.
    pub(super) fn wind_down(&mut self, effects: &mut Vec<Effect>) {
        if !self.stop_containers(effects) || !self.stop_sandbox(effects) || !self.unmount(effects) {
            return;
        }
        match self.life {
            Life::Deleting { .. } => self.delete_object(effects),
            _ => self.life = Life::Finished,
        }
        if self.life == Life::Finished && pods::is_deleting(&self.pod) {
            self.delete_object(effects);
        }
    }

    /// Stops what runs: sidecars after all others, in reverse order. `true` once nothing runs.
    fn stop_containers(&mut self, effects: &mut Vec<Effect>) -> bool {
        let grace = match self.life {
            Life::Deleting { grace } => grace,
            _ => pods::grace(&self.pod),
        };
        let busy = |run: &Run| matches!(run, Run::Running(_) | Run::Starting);
        let mut others_busy = false;
        for slot in self
            .slots
            .iter_mut()
            .filter(|slot| slot.role != Role::Sidecar)
        {
            slot.stop(grace, "", effects);
            others_busy |= busy(&slot.run);
        }
        if others_busy {
            return false;
        }
        for slot in self
            .slots
            .iter_mut()
            .rev()
            .filter(|slot| slot.role == Role::Sidecar)
        {
            if busy(&slot.run) {
                slot.stop(grace, "", effects);
                return false;
            }
        }
        true
    }

    fn stop_sandbox(&mut self, effects: &mut Vec<Effect>) -> bool {
        match &self.sandbox {
            Sandbox::Ready(info) => {
                effects.push(Effect::StopSandbox {
                    id: info.id.clone(),
                });
                self.sandbox = Sandbox::Stopping(info.clone());
                false
            }
            Sandbox::Absent { .. } => {
                self.sandbox = Sandbox::Stopped(None);
                true
            }
            Sandbox::Starting | Sandbox::Stopping(_) => false,
            Sandbox::Stopped(_) => true,
        }
    }

    fn unmount(&mut self, effects: &mut Vec<Effect>) -> bool {
        match self.volumes {
            // A failed mount may have left some.
            Volumes::Mounted
            | Volumes::Absent {
                not_before: Some(_),
            } => {
                effects.push(Effect::UnmountVolumes);
                self.volumes = Volumes::Unmounting;
                false
            }
            Volumes::Absent { not_before: None } => {
                self.volumes = Volumes::Unmounted;
                true
            }
            Volumes::Mounting | Volumes::Unmounting => false,
            Volumes::Unmounted => true,
        }
    }

    pub(super) fn sandbox_stopped(&mut self, result: Result<(), String>) {
        let Sandbox::Stopping(info) = &self.sandbox else {
            return;
        };
        // A failed stop is tried again: stopping is idempotent.
        self.sandbox = match result {
            Ok(()) => Sandbox::Stopped(Some(info.id.clone())),
            Err(_) => Sandbox::Ready(info.clone()),
        };
    }

    pub(super) fn volumes_unmounted(&mut self, result: Result<(), String>) {
        if let Err(error) = result {
            // What stays mounted is tried again when the remains are removed, and at the next start.
            tracing::warn!(pod = %pods::full_name(&self.pod), error, "volumes could not be unmounted");
        }
        self.volumes = Volumes::Unmounted;
    }

    fn delete_object(&mut self, effects: &mut Vec<Effect>) {
        if self.vanished {
            return self.remove(effects);
        }
        self.life = Life::DeletingObject;
        self.deletion_due = None;
        effects.push(Effect::DeleteObject);
    }

    pub(super) fn object_deleted(
        &mut self,
        result: Result<(), String>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        if self.life != Life::DeletingObject {
            return;
        }
        match result {
            Ok(()) => self.remove(effects),
            Err(_) => {
                let delay = self.deletions.raise(now.at, now.at, DELETION);
                self.deletion_due = Some(now.at + delay);
            }
        }
    }

    pub(super) fn retry_deletion(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.deletion_due.is_some_and(|due| now.at >= due) {
            self.delete_object(effects);
        }
    }

    fn remove(&mut self, effects: &mut Vec<Effect>) {
        self.life = Life::Removing;
        let mut sandboxes = std::mem::take(&mut self.dead_sandboxes);
        if let Sandbox::Stopped(Some(id)) = &self.sandbox {
            sandboxes.push(id.clone());
        }
        effects.push(Effect::Remove { sandboxes });
    }
}
