//! Job: pods that run to an end, so many of them, so many at once.

mod columns;
mod indexes;
mod policies;
mod status;
#[cfg(test)]
mod tests;
mod update;
mod validate;

pub(super) use self::validate::template as validate_template;

use crate::core::pod;
use api::batch::v1::{CompletionMode, Job, JobSpec};
use meta::{DeleteOptions, FieldErrors, FieldPath, Str};
use resource::{
    Column, GarbageCollection, Generation, MetadataCheck, RequestContext, Strategy, Subresources,
};

pub(crate) struct Jobs;

const BACKOFF_LIMIT: i32 = 6;
/// Above these, an indexed job's list of indexes may get too long to be tracked.
const COMPLETIONS_SOFT_LIMIT: i32 = 100_000;
const PARALLELISM_SOFT_LIMIT: i32 = 10_000;

/// Labels that a job gives its pods: the name with its prefix, and the one from before there were prefixes.
const UID_LABELS: [&str; 2] = ["controller-uid", "batch.kubernetes.io/controller-uid"];
const NAME_LABELS: [&str; 2] = ["job-name", "batch.kubernetes.io/job-name"];

impl Strategy for Jobs {
    type Object = Job;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<Job>] = columns::COLUMNS;
    const FIELD_LABELS: &'static [&'static str] = &["status.successful"];
    const GARBAGE_COLLECTION: GarbageCollection = GarbageCollection::Orphan;

    fn warnings_on_delete(&self, options: &DeleteOptions) -> Vec<String> {
        if options.propagation_policy.is_some() || options.orphan_dependents.is_some() {
            return Vec::new();
        }
        let words = "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning";
        vec![words.into()]
    }

    fn subresources(&self) -> Subresources<Job> {
        let copy = |to: &mut Job, from: &Job| to.status = from.status.clone();
        Subresources::none().status_with(copy, status::Status)
    }

    fn set_defaults(&self, job: &mut Job) {
        set_defaults(&mut job.spec);
        set_template_defaults(&mut job.spec);
        let labels = &job.spec.template.metadata.labels;
        if job.metadata.labels.is_empty() && !labels.is_empty() {
            job.metadata.labels = labels.clone();
        }
    }

    fn prepare_create(&self, cx: &RequestContext, job: &mut Job) {
        if job.spec.manual_selector != Some(true) {
            let labels = &job.spec.template.metadata.labels;
            let are_the_pods = cx.labels_are_defaults() && !labels.is_nil();
            generate_selector(job);
            if are_the_pods {
                job.metadata.labels = job.spec.template.metadata.labels.clone();
            }
        }
        pod::disabled::drop_fields(&mut job.spec.template.spec, None);
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut Job, old: &Job) {
        let held = Some(&old.spec.template.spec);
        pod::disabled::drop_fields(&mut new.spec.template.spec, held);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, job: &Job) {
        validate::job(errors, job, true);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Job,
        old: &Job,
    ) {
        update::check(errors, new, old);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, job: &Job) -> Vec<String> {
        let name = pod::warnings::of_name(&job.metadata.name, "Pod names and hostnames");
        let others = warnings(&FieldPath::new("spec"), &job.spec);
        name.into_iter().chain(others).collect()
    }

    fn warnings_on_update(&self, _cx: &RequestContext, new: &Job, old: &Job) -> Vec<String> {
        if new.spec == old.spec {
            return Vec::new();
        }
        warnings(&FieldPath::new("spec"), &new.spec)
    }

    /// What was generated becomes labels of the job too, as when upstream reads what it has just written.
    fn canonicalize(&self, job: &mut Job) {
        self.set_defaults(job);
    }

    fn selectable_field(&self, job: &Job, _label: &str) -> Str {
        job.status.succeeded.to_string().into()
    }
}

fn set_defaults(spec: &mut JobSpec) {
    if spec.completions.is_none() && spec.parallelism.is_none() {
        spec.completions = Some(1);
    }
    spec.parallelism.get_or_insert(1);
    let limit = match spec.backoff_limit_per_index {
        Some(_) => i32::MAX,
        None => BACKOFF_LIMIT,
    };
    spec.backoff_limit.get_or_insert(limit);
    spec.completion_mode
        .get_or_insert_with(|| CompletionMode::NON_INDEXED.into());
    spec.suspend.get_or_insert(false);
    spec.manual_selector.get_or_insert(false);
    let replacement = if spec.pod_failure_policy.is_some() {
        "Failed"
    } else {
        "TerminatingOrFailed"
    };
    spec.pod_replacement_policy
        .get_or_insert_with(|| replacement.into());
}

/// The defaults that jobs in templates have, too.
pub(super) fn set_template_defaults(spec: &mut JobSpec) {
    let rules = spec
        .pod_failure_policy
        .iter_mut()
        .flat_map(|policy| policy.rules.iter_mut());
    for pattern in rules.flat_map(|rule| rule.on_pod_conditions.iter_mut()) {
        if pattern.status.is_empty() {
            pattern.status = "True".into();
        }
    }
    pod::defaults::spec(&mut spec.template.spec);
}

/// Pods are told apart by the job's uid, unless the client takes care of that.
fn generate_selector(job: &mut Job) {
    let (name, uid) = (job.metadata.name.clone(), job.metadata.uid.clone());
    let labels = &mut job.spec.template.metadata.labels;
    for (keys, value) in [(NAME_LABELS, name), (UID_LABELS, uid.clone())] {
        for key in keys {
            labels.get_or_insert_with(key, || value.clone());
        }
    }
    let selector = job.spec.selector.get_or_insert_default();
    selector
        .match_labels
        .get_or_insert_with(UID_LABELS[1], || uid);
}

pub(super) fn warnings(path: &FieldPath, spec: &JobSpec) -> Vec<String> {
    let mut warnings = Vec::new();
    if indexed(spec)
        && spec.completions.unwrap_or(0) > COMPLETIONS_SOFT_LIMIT
        && spec.parallelism.unwrap_or(0) > PARALLELISM_SOFT_LIMIT
    {
        let words = "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
        warnings.push(words.to_owned());
    }
    let template = &spec.template;
    let path = path.child("template");
    warnings.extend(pod::warnings::of(&path, &template.spec, &template.metadata));
    warnings
}

fn indexed(spec: &JobSpec) -> bool {
    spec.completion_mode
        .as_ref()
        .is_some_and(|mode| mode == CompletionMode::INDEXED)
}
