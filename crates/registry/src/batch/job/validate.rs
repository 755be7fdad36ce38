//! Validation of jobs and of the jobs in templates (`pkg/apis/batch/validation`).

use super::{NAME_LABELS, UID_LABELS, indexed, policies};
use crate::{
    apps::template::{check_pods, mismatch},
    core::pod,
    rules, selector,
};
use api::batch::v1::{CompletionMode, Job, JobSpec};
use meta::{FieldErrors, FieldPath, Map, Str, Verbatim, labels::Selector, validation};

const PARALLELISM_INDEXED_MAX: i32 = 100_000;
const FAILED_INDEXES_MAX: i32 = 100_000;
/// Above so many completions with a limit an index, less may run and fail.
const COMPLETIONS_HIGH: i32 = 100_000;
const PARALLELISM_HIGH_MAX: i32 = 10_000;
const FAILED_INDEXES_HIGH_MAX: i32 = 10_000;
const MANAGED_BY_BYTES_MAX: usize = 63;

const REPLACEMENTS: &[&str] = &["Failed", "TerminatingOrFailed"];
const ON_FAILURE: &str = "OnFailure";
const NEVER: &str = "Never";

/// A whole job. `prefixed`: its pods must have the labels with prefixes, which jobs of old releases lack.
pub(super) fn job(errors: &mut FieldErrors, job: &Job, prefixed: bool) {
    generated(errors, job, prefixed);
    spec(errors, &FieldPath::new("spec"), &job.spec);
    if let Some(completions) = job
        .spec
        .completions
        .filter(|n| *n > 0 && indexed(&job.spec))
    {
        let name = &job.metadata.name;
        let last = format!("{name}-{}", completions - 1);
        if !validation::dns1123_label(&last).is_empty() {
            let words = format!("will not able to create pod with invalid DNS label: {last}");
            errors.invalid(&FieldPath::new("metadata").child("name"), name, words);
        }
    }
}

/// What the server has generated must be there, and no other values.
fn generated(errors: &mut FieldErrors, job: &Job, prefixed: bool) {
    let Some(selector) = job.spec.selector.as_deref() else {
        return;
    };
    if job.spec.manual_selector == Some(true) {
        return;
    }
    let (uid, name) = (&job.metadata.uid, &job.metadata.name);
    if uid.is_empty() {
        errors.required(&FieldPath::new("metadata").child("uid"), "");
    }
    let mut expected = Map::default();
    let kinds = if prefixed { 2 } else { 1 };
    for index in 0..kinds {
        for (key, value) in [(UID_LABELS[index], uid), (NAME_LABELS[index], name)] {
            has_label(errors, job, key, value);
            expected.insert(key, value.clone());
        }
    }
    let matches = Selector::from_label_selector(Some(selector));
    if matches.is_ok_and(|selector| !selector.matches(&expected)) {
        let path = FieldPath::new("spec").child("selector");
        errors.invalid(&path, meta::Json(selector), "`selector` not auto-generated");
    }
}

fn has_label(errors: &mut FieldErrors, job: &Job, key: &str, expected: &Str) {
    let path = FieldPath::new("spec").child("template").child("metadata");
    let (path, labels) = (
        path.child("labels").key(key),
        &job.spec.template.metadata.labels,
    );
    let words = format!("must be '{expected}'");
    match labels.get(key) {
        None => errors.required(&path, words),
        Some(value) if value != expected => errors.invalid(&path, labels, words),
        Some(_) => {}
    }
}

pub(super) fn spec(errors: &mut FieldErrors, path: &FieldPath, spec: &JobSpec) {
    common(errors, path, spec);
    let own = path.child("selector");
    match spec.selector.as_deref() {
        None => errors.required(&own, ""),
        Some(one) => selector::check(errors, &own, one),
    }
    let labels = &spec.template.metadata.labels;
    let parsed = Selector::from_label_selector(spec.selector.as_deref());
    if parsed.is_ok_and(|selector| !selector.matches(labels)) {
        let path = path.child("template").child("metadata").child("labels");
        mismatch(errors, &path, labels);
    }
}

/// A job in a template, whose selector is generated later.
pub(in crate::batch) fn template(errors: &mut FieldErrors, path: &FieldPath, spec: &JobSpec) {
    common(errors, path, spec);
    if let Some(selector) = spec.selector.as_deref() {
        let words = "`selector` will be auto-generated";
        errors.invalid(&path.child("selector"), meta::Json(selector), words);
    }
    if spec.manual_selector == Some(true) {
        errors.not_supported(&path.child("manualSelector"), true, &["nil", "false"]);
    }
}

fn common(errors: &mut FieldErrors, path: &FieldPath, spec: &JobSpec) {
    let numbers = [
        ("parallelism", spec.parallelism.map(i64::from)),
        ("completions", spec.completions.map(i64::from)),
        ("activeDeadlineSeconds", spec.active_deadline_seconds),
        ("backoffLimit", spec.backoff_limit.map(i64::from)),
        (
            "ttlSecondsAfterFinished",
            spec.ttl_seconds_after_finished.map(i64::from),
        ),
        (
            "backoffLimitPerIndex",
            spec.backoff_limit_per_index.map(i64::from),
        ),
        ("maxFailedIndexes", spec.max_failed_indexes.map(i64::from)),
    ];
    for (name, number) in numbers {
        rules::not_negative(errors, &path.child(name), number.unwrap_or(0));
    }
    if spec.max_failed_indexes.is_some() && spec.backoff_limit_per_index.is_none() {
        let words = "when maxFailedIndexes is specified";
        errors.required(&path.child("backoffLimitPerIndex"), words);
    }
    if let Some(manager) = &spec.managed_by {
        check_manager(errors, &path.child("managedBy"), manager);
    }
    check_mode(errors, path, spec);
    if let Some(policy) = &spec.pod_failure_policy {
        policies::failure(errors, &path.child("podFailurePolicy"), spec, policy);
    }
    if let Some(policy) = &spec.success_policy {
        let path = path.child("successPolicy");
        if indexed(spec) {
            policies::success(errors, &path, spec, policy);
        } else {
            let shown = pod::validate::internal_form(&**policy);
            errors.invalid(&path, Verbatim(&shown), "requires indexed completion mode");
        }
    }
    if let Some(policy) = &spec.pod_replacement_policy {
        let with_failure = spec.pod_failure_policy.is_some();
        let known = if with_failure {
            &REPLACEMENTS[..1]
        } else {
            REPLACEMENTS
        };
        rules::optional_one_of(
            errors,
            &path.child("podReplacementPolicy"),
            Some(policy),
            known,
        );
    }
    check_pods(errors, &path.child("template"), &spec.template);
    let path = path.child("template").child("spec").child("restartPolicy");
    check_restart(errors, &path, spec);
}

fn check_manager(errors: &mut FieldErrors, path: &FieldPath, manager: &Str) {
    rules::domain_prefixed_path(errors, path, manager);
    if manager.len() > MANAGED_BY_BYTES_MAX {
        errors.too_long(path, MANAGED_BY_BYTES_MAX);
    }
}

fn check_mode(errors: &mut FieldErrors, path: &FieldPath, spec: &JobSpec) {
    let known = [CompletionMode::NON_INDEXED, CompletionMode::INDEXED];
    let mode = spec.completion_mode.as_ref();
    rules::optional_one_of(errors, &path.child("completionMode"), mode, &known);
    if indexed(spec) {
        check_indexed(errors, path, spec);
    }
    if mode.is_none_or(|mode| mode == CompletionMode::NON_INDEXED) {
        let limits = [
            ("backoffLimitPerIndex", spec.backoff_limit_per_index),
            ("maxFailedIndexes", spec.max_failed_indexes),
        ];
        for (name, limit) in limits {
            if let Some(limit) = limit {
                errors.invalid(&path.child(name), limit, "requires indexed completion mode");
            }
        }
    }
}

fn check_indexed(errors: &mut FieldErrors, path: &FieldPath, spec: &JobSpec) {
    let (parallelism, failed) = (path.child("parallelism"), path.child("maxFailedIndexes"));
    if spec.completions.is_none() {
        let words = "when completion mode is Indexed";
        errors.required(&path.child("completions"), words);
    }
    if let Some(count) = spec.parallelism.filter(|n| *n > PARALLELISM_INDEXED_MAX) {
        let words = format!(
            "must be less than or equal to {PARALLELISM_INDEXED_MAX} when completion mode is Indexed"
        );
        errors.invalid(&parallelism, count, words);
    }
    if let (Some(count), Some(completions)) = (spec.max_failed_indexes, spec.completions)
        && count > completions
    {
        let words = "must be less than or equal to completions";
        errors.invalid(&failed, count, words);
    }
    if let Some(count) = spec.max_failed_indexes.filter(|n| *n > FAILED_INDEXES_MAX) {
        let words = format!("must be less than or equal to {FAILED_INDEXES_MAX}");
        errors.invalid(&failed, count, words);
    }
    let many = spec.completions.is_some_and(|n| n > COMPLETIONS_HIGH);
    if !many || spec.backoff_limit_per_index.is_none() {
        return;
    }
    if spec.max_failed_indexes.is_none() {
        let words = format!("must be specified when completions is above {COMPLETIONS_HIGH}");
        errors.required(&failed, words);
    }
    let limits = [
        (&parallelism, spec.parallelism, PARALLELISM_HIGH_MAX),
        (&failed, spec.max_failed_indexes, FAILED_INDEXES_HIGH_MAX),
    ];
    for (path, count, max) in limits {
        if let Some(count) = count.filter(|n| *n > max) {
            let words = format!(
                "must be less than or equal to {max} when completions are above {COMPLETIONS_HIGH} and used with backoff limit per index"
            );
            errors.invalid(path, count, words);
        }
    }
}

/// Pods of a job end: the default of pods is none of theirs.
fn check_restart(errors: &mut FieldErrors, path: &FieldPath, spec: &JobSpec) {
    let policy = &spec.template.spec.restart_policy;
    if policy.is_empty() || policy == "Always" {
        let words = "valid values: \"OnFailure\", \"Never\"";
        errors.required(path, words);
    } else if policy != ON_FAILURE && policy != NEVER {
        errors.not_supported(path, policy, &[ON_FAILURE, NEVER]);
    } else if spec.pod_failure_policy.is_some() && policy != NEVER {
        let words = "only \"Never\" is supported when podFailurePolicy is specified";
        errors.invalid(path, policy, words);
    }
}
