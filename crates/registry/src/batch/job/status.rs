//! The status of a job: counters that only grow, an end that stays. Whoever manages the job is held to it; but what was wrong already and
//! does not change is let be, so that it can be repaired step by step.

use super::{indexed, indexes};
use crate::rules;
use api::batch::v1::{Job, JobStatus, UncountedTerminatedPods};
use meta::{FieldErrors, FieldPath, Str, Verbatim};
use resource::{Part, RequestContext};

const COMPLETE: &str = "Complete";
const FAILED: &str = "Failed";
const FAILURE_TARGET: &str = "FailureTarget";
const SUCCESS_CRITERIA_MET: &str = "SuccessCriteriaMet";
const SUSPENDED: &str = "Suspended";

pub(super) struct Status;

impl Part<Job> for Status {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Job,
        old: &Job,
    ) {
        let path = FieldPath::new("status");
        check_counts(errors, &path, &new.status);
        let check = Check {
            errors,
            path,
            changes: Changes::between(new, old),
            new,
            old,
        };
        check.run();
    }
}

/// Whether a condition is there and true.
pub(super) fn holds(status: &JobStatus, type_: &str) -> bool {
    has(status, type_, "True")
}

fn has(status: &JobStatus, type_: &str, value: &str) -> bool {
    let mut conditions = status.conditions.iter();
    conditions.any(|condition| condition.type_ == type_ && condition.status == value)
}

fn finished(status: &JobStatus) -> bool {
    holds(status, COMPLETE) || holds(status, FAILED)
}

fn check_counts(errors: &mut FieldErrors, path: &FieldPath, status: &JobStatus) {
    let counts = [
        ("active", Some(status.active)),
        ("succeeded", Some(status.succeeded)),
        ("failed", Some(status.failed)),
        ("ready", status.ready),
        ("terminating", status.terminating),
    ];
    for (name, count) in counts {
        rules::not_negative(errors, &path.child(name), count.unwrap_or(0).into());
    }
    let Some(pods) = &status.uncounted_terminated_pods else {
        return;
    };
    let path = path.child("uncountedTerminatedPods");
    let mut seen: Vec<&Str> = Vec::new();
    for (name, uids) in [("succeeded", &pods.succeeded), ("failed", &pods.failed)] {
        for (index, uid) in uids.iter().enumerate() {
            let path = path.child(name).index(index);
            if uid.is_empty() {
                errors.invalid(&path, uid, "must not be empty");
            } else if seen.contains(&uid) {
                errors.duplicate(&path, uid);
            } else {
                seen.push(uid);
            }
        }
    }
}

/// What of a status is another than before: only that is judged.
struct Changes {
    finished: bool,
    complete: bool,
    failed: bool,
    failure_target: bool,
    completed_indexes: bool,
    failed_indexes: bool,
    active: bool,
    start_time: bool,
    completion_time: bool,
    uncounted: bool,
}

impl Changes {
    fn between(new: &Job, old: &Job) -> Self {
        let (new, old) = (&new.status, &old.status);
        let flips = |type_: &str| holds(new, type_) != holds(old, type_);
        Self {
            finished: finished(new) != finished(old),
            complete: flips(COMPLETE),
            failed: flips(FAILED),
            failure_target: flips(FAILURE_TARGET),
            completed_indexes: new.completed_indexes != old.completed_indexes,
            failed_indexes: new.failed_indexes != old.failed_indexes,
            active: new.active != old.active,
            start_time: new.start_time != old.start_time,
            completion_time: new.completion_time != old.completion_time,
            uncounted: new.uncounted_terminated_pods != old.uncounted_terminated_pods,
        }
    }
}

struct Check<'a> {
    errors: &'a mut FieldErrors,
    path: FieldPath,
    changes: Changes,
    new: &'a Job,
    old: &'a Job,
}

impl Check<'_> {
    fn run(mut self) {
        self.ends();
        self.completion_time();
        self.finished();
        self.indexes();
        self.success_criteria();
        self.transitions();
    }

    fn conditions(&mut self, wrong: bool, words: &str) {
        if wrong {
            let path = self.path.child("conditions");
            self.errors.invalid_whole(&path, words);
        }
    }

    fn now(&self, type_: &str) -> bool {
        holds(&self.new.status, type_)
    }

    fn before(&self, type_: &str) -> bool {
        holds(&self.old.status, type_)
    }

    fn ends(&mut self) {
        let changes = &self.changes;
        let (both, target) = (
            changes.complete || changes.failed,
            changes.complete || changes.failure_target,
        );
        let complete = self.now(COMPLETE);
        let (failed, failing) = (self.now(FAILED), self.now(FAILURE_TARGET));
        self.conditions(
            both && complete && failed,
            "cannot set Complete=True and Failed=true conditions",
        );
        self.conditions(
            target && complete && failing,
            "cannot set Complete=True and FailureTarget=true conditions",
        );
    }

    fn completion_time(&mut self) {
        let (path, complete) = (self.path.child("completionTime"), self.now(COMPLETE));
        let status = &self.new.status;
        let changes = &self.changes;
        if changes.complete || changes.completion_time {
            match status.completion_time {
                Some(time) if !complete => self.errors.invalid(
                    &path,
                    time,
                    "cannot set completionTime when there is no Complete=True condition",
                ),
                None if complete => self
                    .errors
                    .required(&path, "completionTime is required for Complete jobs"),
                _ => {}
            }
        }
        if (changes.start_time || changes.completion_time)
            && let (Some(start), Some(end)) = (status.start_time, status.completion_time)
            && end < start
        {
            let words = "must be equal to or after `startTime`";
            self.errors.invalid(&path, end, words);
        }
        let target = self.changes.failed || self.changes.failed_indexes;
        let (failed, failing) = (self.now(FAILED), self.now(FAILURE_TARGET));
        self.conditions(
            target && failed && !failing,
            "cannot set Failed=True condition without the FailureTarget=true condition",
        );
        let met = self.now(SUCCESS_CRITERIA_MET);
        let judged = self.changes.complete || met != self.before(SUCCESS_CRITERIA_MET);
        self.conditions(
            judged && complete && !met,
            "cannot set Complete=True condition without the SuccessCriteriaMet=true condition",
        );
    }

    fn finished(&mut self) {
        let (status, changes, path) = (&self.new.status, &self.changes, &self.path);
        if !finished(status) {
            return;
        }
        if (changes.finished || changes.active) && status.active > 0 {
            let words = "active>0 is invalid for finished job";
            self.errors
                .invalid(&path.child("active"), status.active, words);
        }
        // Such a job is complete without ever having started.
        let spec = &self.new.spec;
        let empty = spec.suspend == Some(true) && spec.completions == Some(0);
        let judged = (changes.finished || changes.start_time) && !empty;
        if judged && status.start_time.is_none() {
            let words = "startTime is required for finished job";
            self.errors.required(&path.child("startTime"), words);
        }
        let uncounted = status.uncounted_terminated_pods.as_deref();
        let some = |pods: &&UncountedTerminatedPods| pods.succeeded.len() + pods.failed.len() > 0;
        if (changes.finished || changes.uncounted)
            && let Some(pods) = uncounted.filter(some)
        {
            let shown = crate::core::pod::validate::internal_form(pods);
            self.errors.invalid(
                &path.child("uncountedTerminatedPods"),
                Verbatim(&shown),
                "must be empty for finished job",
            );
        }
    }

    fn indexes(&mut self) {
        let (status, spec, changes) = (&self.new.status, &self.new.spec, &self.changes);
        let (completed, failed) = (
            self.path.child("completedIndexes"),
            self.path.child("failedIndexes"),
        );
        if let (true, Some(completions)) = (changes.completed_indexes, spec.completions)
            && let Err(why) = indexes::count(&status.completed_indexes, completions)
        {
            let words = format!("error parsing completedIndexes: {why}");
            self.errors
                .invalid(&completed, &status.completed_indexes, words);
        }
        let own = spec
            .completions
            .filter(|_| spec.backoff_limit_per_index.is_some());
        if let (true, Some(completions), Some(list)) =
            (changes.failed_indexes, own, &status.failed_indexes)
            && let Err(why) = indexes::count(list, completions)
        {
            let words = format!("error parsing failedIndexes: {why}");
            self.errors.invalid(&failed, list, words);
        }
        if changes.completed_indexes && !status.completed_indexes.is_empty() && !indexed(spec) {
            let words = "cannot set non-empty completedIndexes when non-indexed completion mode";
            self.errors
                .invalid(&completed, &status.completed_indexes, words);
        }
        let Some(list) = &status.failed_indexes else {
            return self.waiting();
        };
        if changes.failed_indexes && spec.backoff_limit_per_index.is_none() {
            let words = "cannot set non-null failedIndexes when backoffLimitPerIndex is null";
            self.errors.invalid(&failed, list, words);
        }
        if (changes.failed_indexes || changes.completed_indexes)
            && let Some(completions) = spec.completions
            && let Some(index) = indexes::overlap(&status.completed_indexes, list, completions)
        {
            let words = format!("failedIndexes and completedIndexes overlap at index: {index}");
            self.errors.invalid(&failed, list, words);
        }
        self.waiting();
    }

    /// Pods that still end, or that are ready.
    fn waiting(&mut self) {
        let (status, path) = (&self.new.status, &self.path);
        let was = &self.old.status;
        let ending = status.terminating.filter(|count| *count > 0);
        let judged = self.changes.finished || status.terminating != was.terminating;
        if let Some(count) = ending.filter(|_| judged && finished(status)) {
            let words = "terminating>0 is invalid for finished job";
            self.errors
                .invalid(&path.child("terminating"), count, words);
        }
        let judged = self.changes.active || status.ready != was.ready;
        if let Some(count) = status
            .ready
            .filter(|count| judged && *count > status.active)
        {
            let words = "cannot set more ready pods than active";
            self.errors.invalid(&path.child("ready"), count, words);
        }
    }

    fn success_criteria(&mut self) {
        let (met, complete) = (self.now(SUCCESS_CRITERIA_MET), self.now(COMPLETE));
        let (failed, failing) = (self.now(FAILED), self.now(FAILURE_TARGET));
        self.conditions(
            met && failed,
            "cannot set SuccessCriteriaMet=True and Failed=true conditions",
        );
        self.conditions(
            met && failing,
            "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions",
        );
        self.conditions(
            self.new.spec.success_policy.is_some() && !met && complete,
            "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True",
        );
    }

    fn transitions(&mut self) {
        for type_ in [FAILED, COMPLETE, FAILURE_TARGET] {
            let words = format!("cannot disable the terminal {type_}=True condition");
            self.conditions(self.before(type_) && !self.now(type_), &words);
        }
        let (new, old) = (&self.new.status, &self.old.status);
        if new.failed < old.failed {
            let words = "cannot decrease the failed counter";
            self.errors
                .invalid(&self.path.child("failed"), new.failed, words);
        }
        let spec = &self.new.spec;
        let elastic = indexed(spec) && spec.completions == spec.parallelism;
        if !elastic && new.succeeded < old.succeeded {
            let words = "cannot decrease the succeeded counter";
            self.errors
                .invalid(&self.path.child("succeeded"), new.succeeded, words);
        }
        if let (Some(now), Some(before)) = (new.completion_time, old.completion_time)
            && now != before
        {
            let path = self.path.child("completionTime");
            self.errors.immutable(&path, now);
        }
        let moved = old.start_time.is_some() && new.start_time != old.start_time;
        let resumes = self.before(SUSPENDED) && has(new, SUSPENDED, "False");
        if moved && !resumes && spec.suspend != Some(true) {
            let path = self.path.child("startTime");
            let words = "field is immutable for unsuspended job once set";
            match new.start_time {
                Some(now) => self.errors.invalid(&path, now, words),
                None => self.errors.invalid(&path, Verbatim("null"), words),
            }
        }
        let (met, was_met) = (
            self.now(SUCCESS_CRITERIA_MET),
            self.before(SUCCESS_CRITERIA_MET),
        );
        self.conditions(
            was_met && !met,
            "cannot disable the SuccessCriteriaMet=True condition",
        );
        self.conditions(
            self.before(COMPLETE) && !was_met && met,
            "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions",
        );
    }
}
