//! The ReplicaSets of a Deployment while a plan is made: what they were, and what they shall be.

use api::apps::v1::ReplicaSet;

/// One set; `now` is changed by the plan, and written once if it differs from `was`.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// `None`: it is to be created.
    pub(super) was: Option<ReplicaSet>,
    pub(super) now: ReplicaSet,
}

impl Member {
    pub(super) fn existing(set: &ReplicaSet) -> Self {
        Self {
            was: Some(set.clone()),
            now: set.clone(),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.now.metadata.name
    }

    /// `spec.replicas`.
    pub(super) fn replicas(&self) -> i32 {
        self.now.spec.replicas.unwrap_or(1)
    }

    pub(super) fn is_active(&self) -> bool {
        self.replicas() > 0
    }

    pub(super) fn created(&self) -> (i64, &str) {
        (
            self.now.metadata.creation_timestamp.unix_seconds(),
            self.name(),
        )
    }

    /// Replicas before and after, where they differ.
    pub(super) fn scaled(&self) -> Option<(i32, i32)> {
        let before = self
            .was
            .as_ref()
            .map_or(0, |was| was.spec.replicas.unwrap_or(1));
        (before != self.replicas()).then_some((before, self.replicas()))
    }

    pub(super) fn is_changed(&self) -> bool {
        self.was.as_ref().is_some_and(|was| {
            self.scaled().is_some()
                || was.metadata.annotations != self.now.metadata.annotations
                || was.spec.min_ready_seconds != self.now.spec.min_ready_seconds
        })
    }
}

/// Sum of `spec.replicas`.
pub(super) fn replicas_of<'a>(members: impl IntoIterator<Item = &'a Member>) -> i32 {
    members.into_iter().map(Member::replicas).sum()
}

/// Sum of `status.availableReplicas`.
pub(super) fn available_of<'a>(members: impl IntoIterator<Item = &'a Member>) -> i32 {
    members
        .into_iter()
        .map(|member| member.now.status.available_replicas)
        .sum()
}

/// Sum of `status.replicas`: pods that are really there.
pub(super) fn actual_of<'a>(members: impl IntoIterator<Item = &'a Member>) -> i32 {
    members
        .into_iter()
        .map(|member| member.now.status.replicas)
        .sum()
}
