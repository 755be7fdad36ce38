//! StatefulSet: numbered pods, each with its own name and storage.

#[cfg(test)]
mod tests;
mod validate;

use super::template;
use crate::{
    core::{persistent_volume_claim, pod, resource_names},
    rules,
};
use api::{
    apps::v1::{
        PersistentVolumeClaimRetentionPolicyType, PodManagementPolicyType, StatefulSet,
        StatefulSetUpdateStrategyType,
    },
    autoscaling::v1::Scale,
    core::v1::PersistentVolumeClaim,
};
use meta::{FieldErrors, FieldPath};
use resource::{Column, Generation, NameRule, Part, RequestContext, Strategy, Subresources};

pub(crate) struct StatefulSets;

const REVISION_HISTORY: i32 = 10;

impl Strategy for StatefulSets {
    type Object = StatefulSet;
    const SHORT_NAMES: &'static [&'static str] = &["sts"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const NAME_RULE: NameRule = NameRule::Label;
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<StatefulSet>] = COLUMNS;

    fn subresources(&self) -> Subresources<StatefulSet> {
        let copy = |to: &mut StatefulSet, from: &StatefulSet| to.status = from.status.clone();
        Subresources::none()
            .status_with(copy, Status)
            .view("scale", template::ScaleView)
    }

    fn set_defaults(&self, set: &mut StatefulSet) {
        let spec = &mut set.spec;
        if spec.pod_management_policy.is_empty() {
            spec.pod_management_policy = PodManagementPolicyType::ORDERED_READY.into();
        }
        let strategy = &mut spec.update_strategy;
        if strategy.type_.is_empty() {
            strategy.type_ = StatefulSetUpdateStrategyType::ROLLING_UPDATE.into();
            strategy.rolling_update.get_or_insert_default();
        }
        if let Some(rolling) = &mut strategy.rolling_update
            && strategy.type_ == StatefulSetUpdateStrategyType::ROLLING_UPDATE
        {
            rolling.partition.get_or_insert(0);
        }
        let retention = spec
            .persistent_volume_claim_retention_policy
            .get_or_insert_default();
        for policy in [&mut retention.when_deleted, &mut retention.when_scaled] {
            if policy.is_empty() {
                *policy = PersistentVolumeClaimRetentionPolicyType::RETAIN.into();
            }
        }
        spec.replicas.get_or_insert(1);
        spec.revision_history_limit.get_or_insert(REVISION_HISTORY);
        spec.volume_claim_templates
            .iter_mut()
            .for_each(set_claim_defaults);
        pod::defaults::spec(&mut spec.template.spec);
    }

    fn prepare_create(&self, _cx: &RequestContext, set: &mut StatefulSet) {
        forget_unavailable(set);
        pod::disabled::drop_fields(&mut set.spec.template.spec, None);
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut StatefulSet, old: &StatefulSet) {
        let held = Some(&old.spec.template.spec);
        pod::disabled::drop_fields(&mut new.spec.template.spec, held);
        let rolling = old.spec.update_strategy.rolling_update.as_ref();
        if rolling.is_none_or(|rolling| rolling.max_unavailable.is_none()) {
            forget_unavailable(new);
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, set: &StatefulSet) {
        validate::create(errors, &set.spec);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &StatefulSet,
        old: &StatefulSet,
    ) {
        validate::update(errors, &new.spec, &old.spec);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, set: &StatefulSet) -> Vec<String> {
        let mut warnings = template_warnings(set);
        let claims = FieldPath::new("spec").child("volumeClaimTemplates");
        warnings.extend(other_warnings(set, |index| claims.index(index)));
        warnings
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        new: &StatefulSet,
        old: &StatefulSet,
    ) -> Vec<String> {
        let mut warnings = Vec::new();
        if new.metadata.generation != old.metadata.generation {
            warnings = template_warnings(new);
        }
        // So upstream writes the path here.
        let claims = FieldPath::new("spec").child("volumeClaimTemplates");
        let path = |index| claims.index(index).child("Spec");
        warnings.extend(other_warnings(new, path));
        warnings
    }
}

/// The field belongs to a feature that is off in this release (`MaxUnavailableStatefulSet`).
fn forget_unavailable(set: &mut StatefulSet) {
    if let Some(rolling) = &mut set.spec.update_strategy.rolling_update {
        rolling.max_unavailable = None;
    }
}

fn set_claim_defaults(claim: &mut PersistentVolumeClaim) {
    if claim.status.phase.is_empty() {
        claim.status.phase = "Pending".into();
    }
    resource_names::round_up(&mut claim.status.capacity);
    persistent_volume_claim::set_spec_defaults(&mut claim.spec);
}

fn template_warnings(set: &StatefulSet) -> Vec<String> {
    let template = &set.spec.template;
    let path = FieldPath::new("spec").child("template");
    pod::warnings::of(&path, &template.spec, &template.metadata)
}

/// `path` is that of a claim by its index.
fn other_warnings(set: &StatefulSet, path: impl Fn(usize) -> FieldPath) -> Vec<String> {
    let claims = set.spec.volume_claim_templates.iter().enumerate();
    let mut warnings: Vec<String> = claims
        .flat_map(|(index, claim)| {
            persistent_volume_claim::spec_warnings(&path(index), &claim.spec)
        })
        .collect();
    let limit = set.spec.revision_history_limit;
    if limit.is_some_and(|limit| limit < 0) {
        let words = "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended";
        warnings.push(words.to_owned());
    }
    warnings
}

struct Status;

impl Part<StatefulSet> for Status {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &StatefulSet,
        old: &StatefulSet,
    ) {
        let (path, status) = (FieldPath::new("status"), &new.status);
        let counts = [
            ("replicas", status.replicas),
            ("readyReplicas", status.ready_replicas),
            ("currentReplicas", status.current_replicas),
            ("updatedReplicas", status.updated_replicas),
            ("availableReplicas", status.available_replicas),
        ];
        for (name, count) in counts {
            rules::not_negative(errors, &path.child(name), count.into());
        }
        let seen = status.observed_generation;
        rules::not_negative(errors, &path.child("observedGeneration"), seen);
        if let Some(count) = status.collision_count {
            rules::not_negative(errors, &path.child("collisionCount"), count.into());
        }
        for (name, count) in &counts[1..] {
            if *count > status.replicas {
                let words = "cannot be greater than status.replicas";
                errors.invalid(&path.child(name), *count, words);
            }
        }
        if status.available_replicas > status.ready_replicas {
            let words = "cannot be greater than status.readyReplicas";
            let path = path.child("availableReplicas");
            errors.invalid(&path, status.available_replicas, words);
        }
        let was = old.status.collision_count;
        template::check_collisions_kept(errors, &path, status.collision_count, was);
    }
}

impl template::Scaled for StatefulSet {
    fn scale(&self) -> Scale {
        template::scale(
            self.spec.replicas,
            self.status.replicas,
            self.spec.selector.as_deref(),
        )
    }

    fn replicas_mut(&mut self) -> &mut Option<i32> {
        &mut self.spec.replicas
    }
}

const COLUMNS: &[Column<StatefulSet>] = &[
    Column::NAME,
    Column::text(
        "Ready",
        "Pods that are ready, of those wanted.",
        |set, _| {
            let wanted = set.spec.replicas.unwrap_or(0);
            format!("{}/{wanted}", set.status.ready_replicas).into()
        },
    ),
    Column::AGE,
    Column::text(
        "Containers",
        "Names of each container in the template.",
        |set: &StatefulSet, _| template::names(&set.spec.template.spec.containers).into(),
    )
    .wide(),
    Column::text(
        "Images",
        "Images referenced by each container in the template.",
        |set: &StatefulSet, _| template::images(&set.spec.template.spec.containers).into(),
    )
    .wide(),
];
