//! `/debug/api_priority_and_fairness/…`: levels, queues and requests as tables with commas. Columns are upstream's
//! `apf_controller_debug.go`. Requests that began at once are of no queue (-1), and only those that waited have details.
use super::{
    Flows,
    level::Level,
    queue_set::{Details, Origin},
    work::Work,
};
use crate::{body::Body, query, status};
use http::{Response, StatusCode};
use jiff::Timestamp;
use platform::{Clock, Monotonic};
use std::{fmt::Write, iter::once, sync::Arc};

/// As Go prints a time that is not set.
const NEVER: &str = "0001-01-01T00:00:00Z";

type Row = Vec<String>;

/// `None` where there is no such table.
pub(crate) fn serve(flows: &Flows, table: &str, query: &str) -> Option<Response<Body>> {
    let levels = flows.sequence.read().levels.clone();
    let rows = match table {
        "dump_priority_levels" => priority_levels(&levels),
        "dump_queues" => queues(&levels),
        "dump_requests" => {
            let details = query::first(query, "includeRequestDetails");
            let detailed = details.is_some_and(|given| !given.is_empty());
            requests(&levels, &flows.platform.clock, detailed)
        }
        _ => return None,
    };
    Some(status::text(StatusCode::OK, aligned(&rows)))
}

fn row<const N: usize>(columns: [&str; N]) -> Row {
    columns.map(str::to_owned).into()
}

fn priority_levels(levels: &[Arc<Level>]) -> Vec<Row> {
    let head = row([
        "PriorityLevelName",
        "ActiveQueues",
        "IsIdle",
        "IsQuiescing",
        "WaitingRequests",
        "ExecutingRequests",
        "DispatchedRequests",
        "RejectedRequests",
        "TimedoutRequests",
        "CancelledRequests",
    ]);
    let of = |level: &Arc<Level>| {
        let quiescing = level.plan.lock().quiescing;
        let set = level.set();
        let active = set.queues.iter().filter(|queue| !queue.waiting.is_empty());
        vec![
            level.name.to_string(),
            active.count().to_string(),
            set.is_idle().to_string(),
            quiescing.to_string(),
            set.waiting.to_string(),
            set.running.count().to_string(),
            set.totals.dispatched.to_string(),
            set.totals.rejected.to_string(),
            // Upstream counts those whose time is up as cancelled.
            "0".to_owned(),
            set.totals.cancelled.to_string(),
        ]
    };
    once(head).chain(levels.iter().map(of)).collect()
}

fn queues(levels: &[Arc<Level>]) -> Vec<Row> {
    let mut rows = vec![row([
        "PriorityLevelName",
        "Index",
        "PendingRequests",
        "ExecutingRequests",
        "SeatsInUse",
        "NextDispatchR",
        "InitialSeatsSum",
        "MaxSeatsSum",
        "TotalWorkSum",
    ])];
    for level in levels {
        let set = level.set();
        let of = |(index, queue): (usize, &super::queue_set::Queue<_>)| {
            let works = || queue.waiting.iter().map(|waiting| waiting.work);
            vec![
                level.name.to_string(),
                index.to_string(),
                queue.waiting.len().to_string(),
                queue.executing.to_string(),
                queue.seats_in_use.to_string(),
                seat_seconds(queue.meter),
                works()
                    .map(|work| work.initial_seats)
                    .sum::<u32>()
                    .to_string(),
                works().map(|work| work.seats()).sum::<u32>().to_string(),
                seat_seconds(works().map(|work| work.seat_seconds()).sum()),
            ]
        };
        rows.extend(set.queues.iter().enumerate().map(of));
    }
    rows
}

fn seat_seconds(work: f64) -> String {
    format!("{:.8}ss", work.max(0.0))
}

/// A request's place, and what it is.
struct Shown<'a> {
    queue: Option<usize>,
    index: Option<usize>,
    origin: &'a Origin,
    work: Work,
    arrived: Monotonic,
    began: Option<Monotonic>,
}

fn requests(levels: &[Arc<Level>], clock: &Clock, detailed: bool) -> Vec<Row> {
    let mut head = row([
        "PriorityLevelName",
        "FlowSchemaName",
        "QueueIndex",
        "RequestIndexInQueue",
        "FlowDistingsher",
        "ArriveTime",
        "InitialSeats",
        "FinalSeats",
        "AdditionalLatency",
        "StartTime",
    ]);
    if detailed {
        head.extend(row([
            "UserName",
            "Verb",
            "APIPath",
            "Namespace",
            "Name",
            "APIVersion",
            "Resource",
            "SubResource",
        ]));
    }
    let (now, wall) = (clock.monotonic(), clock.now());
    let at = |moment: Monotonic| wall - now.since(moment);
    let mut rows = vec![head];
    for level in levels {
        let set = level.set();
        for (queue, waiting) in set.queues.iter().enumerate() {
            let waiting = waiting.waiting.iter().enumerate();
            rows.extend(waiting.map(|(index, waiting)| {
                let shown = Shown {
                    queue: Some(queue),
                    index: Some(index),
                    origin: &waiting.origin,
                    work: waiting.work,
                    arrived: waiting.arrived,
                    began: None,
                };
                shown.row(&level.name, &at, detailed)
            }));
        }
        rows.extend(set.running.iter().map(|running| {
            let shown = Shown {
                queue: running.queue,
                index: None,
                origin: &running.origin,
                work: running.work,
                arrived: running.arrived,
                began: Some(running.began),
            };
            shown.row(&level.name, &at, detailed)
        }));
    }
    rows
}

impl Shown<'_> {
    fn row(&self, level: &str, at: &dyn Fn(Monotonic) -> Timestamp, detailed: bool) -> Row {
        let place = |index: Option<usize>| index.map_or("-1".to_owned(), |it| it.to_string());
        let began = self.began.map_or(NEVER.to_owned(), |it| at(it).to_string());
        let mut row = vec![
            level.to_owned(),
            self.origin.schema.to_string(),
            place(self.queue),
            place(self.index),
            self.origin.distinguisher.to_string(),
            at(self.arrived).to_string(),
            self.work.initial_seats.to_string(),
            self.work.final_seats.to_string(),
            go_duration(self.work.lingering),
            began,
        ];
        if detailed {
            let Details(details) = self.origin.details.as_deref().cloned().unwrap_or_default();
            row.extend(details);
        }
        row
    }
}

/// As Go's `tabwriter` with cells of at least eight letters: all but the last of a row are filled up to their column's width.
fn aligned(rows: &[Row]) -> String {
    const WIDTH_MIN: usize = 8;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.chars().count() + 2).max();
        widest.unwrap_or(0).max(WIDTH_MIN)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        for (index, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = if index + 1 == row.len() {
                writeln!(out, "{cell}")
            } else {
                write!(out, "{:<width$}", format!("{cell},"))
            };
        }
    }
    out
}

fn go_duration(duration: std::time::Duration) -> String {
    let nanos = i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    meta::Duration::from_nanos(nanos).to_string()
}
