//! CronJob: a Job at times that a schedule gives.

mod schedule;
#[cfg(test)]
mod tests;
mod time_zone;

use super::job;
use crate::{apps::template, core::pod, rules};
use api::batch::v1::{ConcurrencyPolicy, CronJob, CronJobSpec};
use meta::{FieldErrors, FieldPath, Str};
use resource::{Column, Generation, MetadataCheck, Part, RequestContext, Strategy, Subresources};

pub(crate) struct CronJobs;

const SUCCESSFUL_HISTORY: i32 = 3;
const FAILED_HISTORY: i32 = 1;
/// What is left of a label when the controller has appended a time to it.
const NAME_BYTES_MAX: usize = 52;

const CONCURRENCY: &[&str] = &[
    ConcurrencyPolicy::ALLOW,
    ConcurrencyPolicy::FORBID,
    ConcurrencyPolicy::REPLACE,
];
/// The path is as upstream writes it.
const ZONE_WARNING: &str = "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details";
const ZONE_IN_SCHEDULE: &str = "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";

/// Nothing is checked in it.
struct Status;

impl Part<CronJob> for Status {
    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[]
    }
}

impl Strategy for CronJobs {
    type Object = CronJob;
    const SHORT_NAMES: &'static [&'static str] = &["cj"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<CronJob>] = COLUMNS;

    fn subresources(&self) -> Subresources<CronJob> {
        Subresources::none().status_with(
            |to: &mut CronJob, from: &CronJob| to.status = from.status.clone(),
            Status,
        )
    }

    fn set_defaults(&self, cron_job: &mut CronJob) {
        let spec = &mut cron_job.spec;
        if spec.concurrency_policy.is_empty() {
            spec.concurrency_policy = ConcurrencyPolicy::ALLOW.into();
        }
        spec.suspend.get_or_insert(false);
        spec.successful_jobs_history_limit
            .get_or_insert(SUCCESSFUL_HISTORY);
        spec.failed_jobs_history_limit.get_or_insert(FAILED_HISTORY);
        job::set_template_defaults(&mut spec.job_template.spec);
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut CronJob) {
        pod::disabled::drop_fields(&mut new.spec.job_template.spec.template.spec, None);
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut CronJob, old: &CronJob) {
        let held = Some(&old.spec.job_template.spec.template.spec);
        pod::disabled::drop_fields(&mut new.spec.job_template.spec.template.spec, held);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, cron_job: &CronJob) {
        check(errors, &cron_job.spec, None);
        let name = &cron_job.metadata.name;
        if name.len() > NAME_BYTES_MAX {
            let words = format!("must be no more than {NAME_BYTES_MAX} characters");
            errors.invalid(&FieldPath::new("metadata").child("name"), name, words);
        }
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CronJob,
        old: &CronJob,
    ) {
        check(errors, &new.spec, Some(&old.spec));
    }

    fn warnings_on_create(&self, _cx: &RequestContext, cron_job: &CronJob) -> Vec<String> {
        let name = pod::warnings::of_name(&cron_job.metadata.name, "Pod names and hostnames");
        name.into_iter().chain(warnings(&cron_job.spec)).collect()
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        new: &CronJob,
        old: &CronJob,
    ) -> Vec<String> {
        let mut all = Vec::new();
        if new.metadata.generation != old.metadata.generation {
            all = warnings(&new.spec);
        }
        if new.spec.schedule.contains("TZ") {
            all.push(ZONE_WARNING.to_owned());
        }
        all
    }
}

fn warnings(spec: &CronJobSpec) -> Vec<String> {
    let path = FieldPath::new("spec").child("jobTemplate").child("spec");
    job::warnings(&path, &spec.job_template.spec)
}

fn check(errors: &mut FieldErrors, spec: &CronJobSpec, old: Option<&CronJobSpec>) {
    let path = FieldPath::new("spec");
    check_schedule(errors, &path.child("schedule"), spec, old);
    let number = |errors: &mut FieldErrors, name: &str, value: Option<i64>| {
        rules::not_negative(errors, &path.child(name), value.unwrap_or(0));
    };
    let seconds = spec.starting_deadline_seconds;
    number(errors, "startingDeadlineSeconds", seconds);
    if old.is_none_or(|old| old.time_zone != spec.time_zone)
        && let Some(zone) = &spec.time_zone
    {
        time_zone::check(errors, &path.child("timeZone"), zone);
    }
    let policy = &spec.concurrency_policy;
    rules::one_of(
        errors,
        &path.child("concurrencyPolicy"),
        policy,
        CONCURRENCY,
    );
    let template = path.child("jobTemplate").child("spec");
    job::validate_template(errors, &template, &spec.job_template.spec);
    let successful = spec.successful_jobs_history_limit.map(i64::from);
    number(errors, "successfulJobsHistoryLimit", successful);
    let failed = spec.failed_jobs_history_limit.map(i64::from);
    number(errors, "failedJobsHistoryLimit", failed);
}

/// A zone in the schedule is let be where there was one before it was forbidden.
fn check_schedule(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &CronJobSpec,
    old: Option<&CronJobSpec>,
) {
    let schedule = &spec.schedule;
    if schedule.is_empty() {
        return errors.required(path, "");
    }
    if let Err(why) = schedule::check(schedule) {
        errors.invalid(path, schedule, why);
    }
    let tolerated = old.is_some_and(|old| old.schedule.contains("TZ"));
    match schedule.contains("TZ") {
        true if tolerated && spec.time_zone.is_some() => {
            let words = "cannot use both timeZone field and TZ or CRON_TZ in schedule";
            errors.invalid(path, schedule, words);
        }
        true if !tolerated => errors.invalid(path, schedule, ZONE_IN_SCHEDULE),
        _ => {}
    }
}

const COLUMNS: &[Column<CronJob>] = &[
    Column::NAME,
    Column::text(
        "Schedule",
        "The times at which jobs start.",
        |cron_job, _| cron_job.spec.schedule.as_str().into(),
    ),
    Column::text(
        "Timezone",
        "The zone of those times; the controller's own when there is none.",
        |cron_job, _| {
            let zone = cron_job.spec.time_zone.as_ref();
            zone.map_or("<none>", Str::as_str).into()
        },
    ),
    Column {
        type_: "boolean",
        ..Column::text("Suspend", "Whether no more jobs start.", |cron_job, _| {
            match cron_job.spec.suspend {
                None => "<unset>",
                Some(true) => "True",
                Some(false) => "False",
            }
            .into()
        })
    },
    Column::integer("Active", "Jobs that run now.", |cron_job, _| {
        cron_job.status.active.len().into()
    }),
    Column::text(
        "Last Schedule",
        "Time since a job was started.",
        |cron_job, now| match &cron_job.status.last_schedule_time {
            None => "<none>".into(),
            time => now.age(time.as_ref()).into(),
        },
    ),
    Column::AGE,
    Column::text(
        "Containers",
        "Names of each container in the template.",
        |cron_job: &CronJob, _| {
            let template = &cron_job.spec.job_template.spec.template;
            template::names(&template.spec.containers).into()
        },
    )
    .wide(),
    Column::text(
        "Images",
        "Images referenced by each container in the template.",
        |cron_job: &CronJob, _| {
            let template = &cron_job.spec.job_template.spec.template;
            template::images(&template.spec.containers).into()
        },
    )
    .wide(),
    Column::text(
        "Selector",
        "The labels that select the pods.",
        |cron_job: &CronJob, _| {
            template::shown(cron_job.spec.job_template.spec.selector.as_deref()).into()
        },
    )
    .wide(),
];
