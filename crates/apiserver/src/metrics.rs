//! Counters under upstream's names, in the Prometheus text form.
use parking_lot::Mutex;
use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Upper bounds of `apiserver_request_duration_seconds`, in seconds.
const BUCKETS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0,
];
/// Series kept; requests for more resources than that are counted together.
const SERIES_MAX: usize = 2_000;

#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: Mutex<BTreeMap<(&'static str, String, u16), Series>>,
    panics: AtomicU64,
}

#[derive(Debug, Default)]
struct Series {
    count: u64,
    seconds: f64,
    buckets: [u64; BUCKETS.len()],
}

impl Metrics {
    pub(crate) fn panicked(&self) {
        self.panics.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn answered(&self, verb: &'static str, resource: &str, code: u16, took: Duration) {
        let mut requests = self.requests.lock();
        let full = requests.len() >= SERIES_MAX;
        let resource = if full {
            String::new()
        } else {
            resource.to_owned()
        };
        let series = requests.entry((verb, resource, code)).or_default();
        let seconds = took.as_secs_f64();
        series.count += 1;
        series.seconds += seconds;
        let first = BUCKETS.partition_point(|bound| *bound < seconds);
        if let Some(bucket) = series.buckets.get_mut(first) {
            *bucket += 1;
        }
    }

    pub(crate) fn render(&self) -> String {
        let mut out = String::from("# TYPE apiserver_request_total counter\n");
        let requests = self.requests.lock();
        for ((verb, resource, code), series) in requests.iter() {
            let verb = verb.to_uppercase();
            let _ = writeln!(
                out,
                "apiserver_request_total{{code=\"{code}\",resource=\"{resource}\",verb=\"{verb}\"}} {}",
                series.count
            );
        }
        out.push_str("# TYPE apiserver_request_duration_seconds histogram\n");
        for ((verb, resource, code), series) in requests.iter() {
            let labels = format!(
                "code=\"{code}\",resource=\"{resource}\",verb=\"{}\"",
                verb.to_uppercase()
            );
            let mut total = 0;
            for (bound, count) in BUCKETS.iter().zip(&series.buckets) {
                total += count;
                let _ = writeln!(
                    out,
                    "apiserver_request_duration_seconds_bucket{{{labels},le=\"{bound}\"}} {total}"
                );
            }
            let _ = writeln!(
                out,
                "apiserver_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}} {}",
                series.count
            );
            let _ = writeln!(
                out,
                "apiserver_request_duration_seconds_sum{{{labels}}} {}",
                series.seconds
            );
            let _ = writeln!(
                out,
                "apiserver_request_duration_seconds_count{{{labels}}} {}",
                series.count
            );
        }
        let _ = writeln!(
            out,
            "# TYPE apiserver_panics_total counter\napiserver_panics_total {}",
            self.panics.load(Ordering::Relaxed)
        );
        out
    }
}
