//! The decision, free of I/O: which sets to make, scale and delete, and what to report.

use super::{
    conditions::{self, PROGRESSING, deadline_seconds, note_pause},
    revision::{self, REVISION, annotate, next_revision, revision_of},
    scaling::{
        follow_size, grow_new, is_rolling, is_scaling, max_surge, new_set_replicas, shrink_all,
        shrink_old, wanted,
    },
    sets::{Member, actual_of, replicas_of},
    status::{self, View, is_complete, next_check},
    template::{self, HASH_LABEL},
};
use crate::owner::controller_reference;
use api::apps::v1::{Deployment, ReplicaSet};
use meta::{LabelSelector, Str, Time};
use std::{sync::Arc, time::Duration};

pub(super) struct Input<'a> {
    pub(super) deployment: &'a Deployment,
    pub(super) sets: &'a [Arc<ReplicaSet>],
    /// Uids of sets that have a pod which may still run.
    pub(super) sets_with_pods: Vec<Str>,
    pub(super) now: Time,
}

/// What to do, in this order.
#[derive(Debug)]
pub(super) struct Plan {
    /// A new set to create.
    pub(super) create: Option<ReplicaSet>,
    /// Existing sets to write back.
    pub(super) update: Vec<Member>,
    /// Old sets beyond the history limit.
    pub(super) delete: Vec<ReplicaSet>,
    /// The Deployment with its status and revision as they shall be.
    pub(super) deployment: Deployment,
    /// When time alone changes something.
    pub(super) after: Option<Duration>,
}

/// Whether a missing new set is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NewSet {
    Create,
    FindOnly,
}

pub(super) fn plan(input: &Input<'_>) -> Plan {
    let mut rollout = Rollout::begin(input);
    if rollout.deployment.metadata.deletion_timestamp.is_some() {
        rollout.adopt_new(NewSet::FindOnly);
        return rollout.finish(status::counts);
    }
    note_pause(&mut rollout.deployment, rollout.now);
    if rollout.deployment.spec.paused || rollout.is_scaling() {
        return rollout.follow_size();
    }
    if is_rolling(&rollout.deployment) {
        rollout.roll()
    } else {
        rollout.recreate(&input.sets_with_pods)
    }
}

/// A Deployment and its sets while a plan is made.
struct Rollout {
    deployment: Deployment,
    new: Option<Member>,
    old: Vec<Member>,
    delete: Vec<ReplicaSet>,
    now: Time,
}

impl Rollout {
    /// The new set is the oldest whose template is the Deployment's.
    fn begin(input: &Input<'_>) -> Self {
        let mut members: Vec<_> = input.sets.iter().map(|set| Member::existing(set)).collect();
        members.sort_by(|a, b| a.created().cmp(&b.created()));
        let wanted = &input.deployment.spec.template;
        let new = members
            .iter()
            .position(|member| template::equal(&member.now.spec.template, wanted));
        Self {
            deployment: input.deployment.clone(),
            new: new.map(|at| members.remove(at)),
            old: members,
            delete: Vec::new(),
            now: input.now,
        }
    }

    fn is_scaling(&self) -> bool {
        is_scaling(&self.deployment, &mut self.old.iter().chain(&self.new))
    }

    /// The size has changed, or the rollout is paused: no step, only sizes.
    fn follow_size(mut self) -> Plan {
        self.adopt_new(NewSet::FindOnly);
        follow_size(&self.deployment, self.new.as_mut(), &mut self.old);
        if self.deployment.spec.paused {
            self.clean_up();
        }
        self.finish(status::counts)
    }

    fn roll(mut self) -> Plan {
        self.adopt_new(NewSet::Create);
        let new = self.new.as_mut().expect("made where it was missing");
        let stepped = grow_new(&self.deployment, new, &self.old)
            || shrink_old(&self.deployment, new, &mut self.old);
        if !stepped && is_complete(&self.deployment, &self.deployment.status) {
            self.clean_up();
        }
        self.finish(status::rollout)
    }

    fn recreate(mut self, sets_with_pods: &[Str]) -> Plan {
        self.adopt_new(NewSet::FindOnly);
        if shrink_all(&self.deployment, &mut self.old) || self.old_pods_run(sets_with_pods) {
            return self.finish(status::rollout);
        }
        self.adopt_new(NewSet::Create);
        let new = self.new.as_mut().expect("made where it was missing");
        grow_new(&self.deployment, new, &[]);
        if is_complete(&self.deployment, &self.deployment.status) {
            self.clean_up();
        }
        self.finish(status::rollout)
    }

    fn old_pods_run(&self, sets_with_pods: &[Str]) -> bool {
        let is_new = |uid: &Str| {
            self.new
                .as_ref()
                .is_some_and(|new| new.now.metadata.uid == *uid)
        };
        actual_of(&self.old) > 0 || sets_with_pods.iter().any(|uid| !is_new(uid))
    }

    /// Gives the new set its annotations and the Deployment its revision; makes the set where that is asked for.
    fn adopt_new(&mut self, missing: NewSet) {
        let revision = next_revision(&self.old);
        let message = match &mut self.new {
            Some(new) => {
                annotate(&self.deployment, &mut new.now, revision);
                new.now.spec.min_ready_seconds = self.deployment.spec.min_ready_seconds;
                let own = revision_of(&new.now.metadata.annotations);
                set_revision(&mut self.deployment, own);
                let found = format!("Found new replica set \"{}\"", new.name());
                self.note_missing_progress("FoundNewReplicaSet", found);
                return;
            }
            None if missing == NewSet::FindOnly => return,
            None => {
                let new = self.make_new(revision);
                let message = format!("Created new replica set \"{}\"", new.metadata.name);
                self.new = Some(Member {
                    was: None,
                    now: new,
                });
                message
            }
        };
        set_revision(&mut self.deployment, revision);
        if deadline_seconds(&self.deployment).is_some() {
            let condition = conditions::new(
                PROGRESSING,
                "True",
                "NewReplicaSetCreated",
                message,
                self.now,
            );
            conditions::set(&mut self.deployment.status, condition);
        }
    }

    fn note_missing_progress(&mut self, reason: &'static str, message: String) {
        let has = conditions::get(&self.deployment.status, PROGRESSING).is_some();
        if deadline_seconds(&self.deployment).is_some() && !has {
            let condition = conditions::new(PROGRESSING, "True", reason, message, self.now);
            conditions::set(&mut self.deployment.status, condition);
        }
    }

    fn make_new(&self, revision: i64) -> ReplicaSet {
        let deployment = &self.deployment;
        let template = &deployment.spec.template;
        let hash = Str::from(template::hash(template, deployment.status.collision_count));
        let mut set = ReplicaSet::default();
        set.metadata.name = Str::from(format!("{}-{hash}", deployment.metadata.name));
        set.metadata.namespace = deployment.metadata.namespace.clone();
        set.metadata.owner_references = vec![controller_reference(deployment)];
        set.spec.min_ready_seconds = deployment.spec.min_ready_seconds;
        set.spec.template = template.clone();
        set.spec
            .template
            .metadata
            .labels
            .insert(HASH_LABEL, hash.clone());
        set.metadata.labels = set.spec.template.metadata.labels.clone();
        set.spec.selector = deployment
            .spec
            .selector
            .as_ref()
            .map(|selector| with_hash(selector, hash));
        let size = new_set_replicas(deployment, replicas_of(&self.old), 0);
        set.spec.replicas = Some(size);
        annotate(deployment, &mut set, revision);
        let wanted = wanted(deployment);
        revision::set_desired(&mut set, wanted, wanted + max_surge(deployment));
        set
    }

    /// Drops old, empty sets beyond `revisionHistoryLimit`, lowest revision first.
    fn clean_up(&mut self) {
        let Some(limit) = self.deployment.spec.revision_history_limit else {
            return;
        };
        let limit = usize::try_from(limit).unwrap_or(0);
        let alive = |member: &&Member| member.now.metadata.deletion_timestamp.is_none();
        let mut old: Vec<_> = self.old.iter().filter(alive).collect();
        let surplus = old.len().saturating_sub(limit);
        old.sort_by_key(|member| revision_of(&member.now.metadata.annotations));
        let empty = |member: &&Member| {
            let set = &member.now;
            let observed = set.metadata.generation <= set.status.observed_generation;
            set.status.replicas == 0 && member.replicas() == 0 && observed
        };
        let gone = old.into_iter().take(surplus).filter(empty);
        self.delete = gone.map(|member| member.now.clone()).collect();
    }

    fn finish(
        mut self,
        report: fn(&Deployment, View<'_>, Time) -> api::apps::v1::DeploymentStatus,
    ) -> Plan {
        let view = View {
            new: self.new.as_ref(),
            old: &self.old,
        };
        let status = report(&self.deployment, view, self.now);
        let after = next_check(&self.deployment, &status, self.now);
        self.deployment.status = status;
        let (create, new) = match self.new {
            Some(Member { was: None, now }) => (Some(now), None),
            existing => (None, existing),
        };
        let update = new
            .into_iter()
            .chain(self.old)
            .filter(Member::is_changed)
            .collect();
        Plan {
            create,
            update,
            delete: self.delete,
            deployment: self.deployment,
            after,
        }
    }
}

fn set_revision(deployment: &mut Deployment, revision: i64) {
    deployment
        .metadata
        .annotations
        .insert(REVISION, Str::from(revision.to_string()));
}

fn with_hash(selector: &LabelSelector, hash: Str) -> Box<LabelSelector> {
    let mut selector = selector.clone();
    selector.match_labels.insert(HASH_LABEL, hash);
    Box::new(selector)
}

#[cfg(test)]
mod tests;
