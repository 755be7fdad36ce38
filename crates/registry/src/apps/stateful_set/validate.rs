//! Validation of stateful sets (`pkg/apis/apps/validation`).

use crate::{
    apps::template,
    core::{persistent_volume_claim, pod},
    rules, selector,
};
use api::{
    apps::v1::{
        PersistentVolumeClaimRetentionPolicyType, PodManagementPolicyType,
        RollingUpdateStatefulSetStrategy, StatefulSetSpec, StatefulSetUpdateStrategy,
        StatefulSetUpdateStrategyType,
    },
    core::v1::{PersistentVolumeClaimVolumeSource, PodTemplateSpec, Volume},
};
use meta::{FieldErrors, FieldPath, Json, Str, Verbatim, labels::Selector};

/// What of a spec is looked at.
#[derive(Clone, Copy, PartialEq)]
enum Scope {
    New,
    /// Claims and the service's name cannot change: what they became once is let be.
    Changed,
    /// Beside an old spec that would not pass today, the template is let be too.
    ChangedFromInvalid,
}

pub(super) fn create(errors: &mut FieldErrors, new: &StatefulSetSpec) {
    spec(errors, new, Scope::New);
}

fn spec(errors: &mut FieldErrors, spec: &StatefulSetSpec, scope: Scope) {
    let path = FieldPath::new("spec");
    check_management(errors, &path.child("podManagementPolicy"), spec);
    check_strategy(errors, &path.child("updateStrategy"), &spec.update_strategy);
    let retention = path.child("persistentVolumeClaimRetentionPolicy");
    check_retention(errors, &retention, spec);
    if scope == Scope::New {
        check_claims(errors, &path.child("volumeClaimTemplates"), spec);
    }
    let replicas = spec.replicas.unwrap_or(0).into();
    rules::not_negative(errors, &path.child("replicas"), replicas);
    let ready = spec.min_ready_seconds.into();
    rules::not_negative(errors, &path.child("minReadySeconds"), ready);
    if let Some(ordinals) = &spec.ordinals {
        let start = ordinals.start.into();
        rules::not_negative(errors, &path.child("ordinals.start"), start);
    }
    if !spec.service_name.is_empty() && scope == Scope::New {
        rules::label(errors, &path.child("serviceName"), &spec.service_name);
    }
    check_selector(errors, &path, spec, scope);
    let at = path.child("template").child("spec");
    template::check_kept_running(errors, &at, &spec.template.spec, "StatefulSet");
}

fn check_claims(errors: &mut FieldErrors, path: &FieldPath, spec: &StatefulSetSpec) {
    for (index, claim) in spec.volume_claim_templates.iter().enumerate() {
        let path = path.index(index).child("spec");
        persistent_volume_claim::check_spec(errors, &path, &claim.spec, None);
    }
}

fn check_management(errors: &mut FieldErrors, path: &FieldPath, spec: &StatefulSetSpec) {
    let policy = &spec.pod_management_policy;
    match policy.as_str() {
        "" => errors.required(path, ""),
        PodManagementPolicyType::ORDERED_READY | PodManagementPolicyType::PARALLEL => {}
        _ => errors.invalid(path, policy, "must be 'OrderedReady' or 'Parallel'"),
    }
}

fn check_strategy(
    errors: &mut FieldErrors,
    path: &FieldPath,
    strategy: &StatefulSetUpdateStrategy,
) {
    let rolling = path.child("rollingUpdate");
    match (strategy.type_.as_str(), &strategy.rolling_update) {
        ("", _) => errors.required(path, ""),
        (StatefulSetUpdateStrategyType::ON_DELETE, Some(update)) => {
            let words = "only allowed for updateStrategy 'RollingUpdate'";
            let shown = shown_rolling(update);
            errors.invalid(&rolling, Verbatim(&shown), words);
        }
        (StatefulSetUpdateStrategyType::ROLLING_UPDATE, Some(update)) => {
            check_rolling(errors, &rolling, update);
        }
        (
            StatefulSetUpdateStrategyType::ON_DELETE
            | StatefulSetUpdateStrategyType::ROLLING_UPDATE,
            None,
        ) => {}
        (type_, update) => {
            let update = update
                .as_deref()
                .map_or_else(|| "null".to_owned(), shown_rolling);
            let type_ = meta::go_quote(type_);
            let shown = format!("{{\"Type\":{type_},\"RollingUpdate\":{update}}}");
            let words = "must be 'RollingUpdate' or 'OnDelete'";
            errors.invalid(path, Verbatim(&shown), words);
        }
    }
}

/// As upstream prints it: its internal partition is a number, never nil.
fn shown_rolling(update: &RollingUpdateStatefulSetStrategy) -> String {
    let mut update = update.clone();
    update.partition.get_or_insert(0);
    pod::validate::internal_form(&update)
}

fn check_rolling(
    errors: &mut FieldErrors,
    path: &FieldPath,
    update: &RollingUpdateStatefulSetStrategy,
) {
    let partition = update.partition.unwrap_or(0).into();
    rules::not_negative(errors, &path.child("partition"), partition);
    if let Some(share) = &update.max_unavailable {
        let path = path.child("maxUnavailable");
        rules::share(errors, &path, share);
        if rules::amount(share) == 0 {
            errors.invalid(&path, share, "cannot be 0");
        }
        rules::at_most_all(errors, &path, share);
    }
}

fn check_retention(errors: &mut FieldErrors, path: &FieldPath, spec: &StatefulSetSpec) {
    let known = [
        PersistentVolumeClaimRetentionPolicyType::RETAIN,
        PersistentVolumeClaimRetentionPolicyType::DELETE,
    ];
    if let Some(policy) = &spec.persistent_volume_claim_retention_policy {
        let fields = [
            ("whenDeleted", &policy.when_deleted),
            ("whenScaled", &policy.when_scaled),
        ];
        for (name, value) in fields {
            rules::optional_one_of(errors, &path.child(name), Some(value), &known);
        }
    }
}

fn check_selector(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &StatefulSetSpec,
    scope: Scope,
) {
    let own = path.child("selector");
    let wanted = spec.selector.as_deref();
    match wanted {
        None => errors.required(&own, ""),
        Some(wanted) => {
            selector::check(errors, &own, wanted);
            if wanted.match_labels.is_empty() && wanted.match_expressions.is_empty() {
                let words = "empty selector is invalid for statefulset";
                errors.invalid(&own, Json(wanted), words);
            }
        }
    }
    match Selector::from_label_selector(wanted) {
        Err(_) => errors.invalid(&own, wanted.map(|wanted| Json(wanted)), ""),
        Ok(parsed) => {
            let (path, labels) = (path.child("template"), &spec.template.metadata.labels);
            if !parsed.is_everything() && !parsed.matches(labels) {
                template::mismatch(errors, &path.child("metadata").child("labels"), labels);
            }
            if scope != Scope::ChangedFromInvalid {
                template::check_pods(errors, &path, &as_run(spec));
            }
            // Upstream looks at the metadata once more.
            pod::validate::template_metadata(errors, &path, &spec.template);
        }
    }
}

/// The template as its pods will be: a volume for each claim, before those of other names; the host names are the controller's.
fn as_run(spec: &StatefulSetSpec) -> PodTemplateSpec {
    let mut template = spec.template.clone();
    template.spec.subdomain = Str::default();
    template.spec.hostname = Str::default();
    let mut volumes: Vec<Volume> = Vec::new();
    for claim in spec.volume_claim_templates.iter() {
        let name = &claim.metadata.name;
        if volumes.iter().all(|volume| volume.name != *name) {
            volumes.push(volume_of(name));
        }
    }
    let claims = volumes.len();
    for volume in template.spec.volumes.iter() {
        if volumes[..claims]
            .iter()
            .all(|claim| claim.name != volume.name)
        {
            volumes.push(volume.clone());
        }
    }
    template.spec.volumes = volumes.into();
    template
}

fn volume_of(claim: &Str) -> Volume {
    let mut volume = Volume {
        name: claim.clone(),
        ..Volume::default()
    };
    let source = PersistentVolumeClaimVolumeSource {
        claim_name: claim.clone(),
        ..PersistentVolumeClaimVolumeSource::default()
    };
    volume.volume_source.persistent_volume_claim = Some(Box::new(source));
    volume
}

/// Little of a set may change.
pub(super) fn update(errors: &mut FieldErrors, new: &StatefulSetSpec, old: &StatefulSetSpec) {
    let mut before = FieldErrors::new();
    spec(&mut before, old, Scope::Changed);
    let scope = match before.is_empty() {
        true => Scope::Changed,
        false => Scope::ChangedFromInvalid,
    };
    spec(errors, new, scope);
    let mut allowed = old.clone();
    allowed.replicas = new.replicas;
    allowed.template.clone_from(&new.template);
    allowed.update_strategy.clone_from(&new.update_strategy);
    allowed.min_ready_seconds = new.min_ready_seconds;
    allowed.ordinals.clone_from(&new.ordinals);
    allowed.revision_history_limit = new.revision_history_limit;
    allowed
        .persistent_volume_claim_retention_policy
        .clone_from(&new.persistent_volume_claim_retention_policy);
    if allowed != *new {
        let words = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
        errors.forbidden(&FieldPath::new("spec"), words);
    }
}
