//! What `kubectl get jobs` prints.

use crate::apps::template;
use api::batch::v1::Job;
use resource::{Column, human_duration};

pub(super) const COLUMNS: &[Column<Job>] = &[
    Column::NAME,
    Column::text("Status", "Where the job stands.", |job, _| {
        state(job).into()
    }),
    Column::text(
        "Completions",
        "Pods that succeeded, of those that have to.",
        |job, _| completions(job).into(),
    ),
    Column::text(
        "Duration",
        "Time from the start to the end, or to now.",
        |job, now| {
            let (Some(start), end) = (job.status.start_time, job.status.completion_time) else {
                return "".into();
            };
            let end = end.unwrap_or(now.0).unix_seconds();
            human_duration(end - start.unix_seconds()).into()
        },
    ),
    Column::AGE,
    Column::text(
        "Containers",
        "Names of each container in the template.",
        |job: &Job, _| template::names(&job.spec.template.spec.containers).into(),
    )
    .wide(),
    Column::text(
        "Images",
        "Images referenced by each container in the template.",
        |job: &Job, _| template::images(&job.spec.template.spec.containers).into(),
    )
    .wide(),
    Column::text(
        "Selector",
        "The labels that select the pods.",
        |job: &Job, _| template::shown(job.spec.selector.as_deref()).into(),
    )
    .wide(),
];

fn state(job: &Job) -> &'static str {
    let holds = |type_: &str| super::status::holds(&job.status, type_);
    match () {
        () if holds("Complete") => "Complete",
        () if holds("Failed") => "Failed",
        () if job.metadata.deletion_timestamp.is_some() => "Terminating",
        () if holds("Suspended") => "Suspended",
        () if holds("FailureTarget") => "FailureTarget",
        () if holds("SuccessCriteriaMet") => "SuccessCriteriaMet",
        () => "Running",
    }
}

fn completions(job: &Job) -> String {
    let succeeded = job.status.succeeded;
    match (job.spec.completions, job.spec.parallelism.unwrap_or(0)) {
        (Some(wanted), _) => format!("{succeeded}/{wanted}"),
        (None, parallelism) if parallelism > 1 => format!("{succeeded}/1 of {parallelism}"),
        (None, _) => format!("{succeeded}/1"),
    }
}
