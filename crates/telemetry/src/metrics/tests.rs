//! Families and how they are rendered.

use super::{Registry, SERIES_MAX, Sets};
use expect_test::expect;
use std::time::Duration;

#[test]
fn families_render_in_order_with_escaped_labels() {
    let registry = Registry::new();
    let requests = registry.counter(
        "apiserver_request_total",
        "Requests by verb and code.",
        &["verb", "code"],
    );
    let inflight = registry.gauge(
        "apiserver_current_inflight_requests",
        "Requests being served\nnow.",
        &[],
    );
    registry.gauge_from("process_open_fds", "Open files.", || 12);
    requests.with(&["GET", "200"]).add(2);
    requests.with(&["GET", "200"]).increment();
    requests.with(&["a\"b\\c\n", "404"]).increment();
    inflight.with(&[]).set(5);
    inflight.with(&[]).add(-1);
    expect![[r##"
        # HELP apiserver_current_inflight_requests Requests being served\nnow.
        # TYPE apiserver_current_inflight_requests gauge
        apiserver_current_inflight_requests 4
        # HELP apiserver_request_total Requests by verb and code.
        # TYPE apiserver_request_total counter
        apiserver_request_total{verb="GET",code="200"} 3
        apiserver_request_total{verb="a\"b\\c\n",code="404"} 1
        # HELP process_open_fds Open files.
        # TYPE process_open_fds gauge
        process_open_fds 12
    "##]]
    .assert_eq(&registry.render());
    requests.remove(&["GET", "200"]);
    assert!(!registry.render().contains("\"GET\""));
}

#[test]
fn histograms_are_cumulative() {
    let registry = Registry::new();
    let seconds = registry.histogram(
        "request_duration_seconds",
        "Latency.",
        &["verb"],
        &[0.1, 1.0],
    );
    let get = seconds.with(&["GET"]);
    for milliseconds in [50, 100, 500, 2000] {
        get.observe_duration(Duration::from_millis(milliseconds));
    }
    assert_eq!(get.count(), 4);
    expect![[r#"
        # HELP request_duration_seconds Latency.
        # TYPE request_duration_seconds histogram
        request_duration_seconds_bucket{verb="GET",le="0.1"} 2
        request_duration_seconds_bucket{verb="GET",le="1"} 3
        request_duration_seconds_bucket{verb="GET",le="+Inf"} 4
        request_duration_seconds_sum{verb="GET"} 2.65
        request_duration_seconds_count{verb="GET"} 4
    "#]]
    .assert_eq(&registry.render());
}

#[test]
fn series_are_bounded() {
    let registry = Registry::new();
    let requests = registry.counter("requests_total", "Requests.", &["path"]);
    for index in 0..SERIES_MAX + 10 {
        requests.with(&[&index.to_string()]).increment();
    }
    assert_eq!(
        requests.with(&["new"]).get(),
        10,
        "the rest share one series"
    );
    assert_eq!(registry.render().lines().count(), SERIES_MAX + 3);
}

#[test]
fn the_process_is_measured() {
    let registry = Registry::new();
    super::process::register(&registry, Duration::from_millis(1_500));
    let text = registry.render();
    let value = |name: &str| -> f64 {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        line.split(' ').nth(1).unwrap().parse().unwrap()
    };
    assert_eq!(value("process_start_time_seconds "), 1.5);
    assert!(value("process_open_fds ") >= 3.0);
    assert!(value("process_max_fds ") >= value("process_open_fds "));
    assert!(value("process_resident_memory_bytes ") > 100_000.0);
    assert!(value("process_virtual_memory_bytes ") > value("process_resident_memory_bytes "));
    assert!(value("process_cpu_seconds_total ") >= 0.0);
    assert!(text.contains("# TYPE process_cpu_seconds_total counter"));
}

#[test]
fn a_set_is_made_once_for_its_values() {
    let registry = Registry::new();
    let requests = registry.counter("requests_total", "Requests.", &["verb"]);
    let bytes = registry.counter("bytes_total", "Bytes.", &["verb"]);
    let sets = Sets::new();
    let mut made = 0;
    for verb in ["GET", "PUT", "GET"] {
        let make = || {
            made += 1;
            (requests.with(&[verb]), bytes.with(&[verb]))
        };
        sets.count(&[verb], make, |(requests, bytes)| {
            requests.increment();
            bytes.add(10);
        });
    }
    assert_eq!(made, 2);
    assert_eq!(requests.with(&["GET"]).get(), 2);
    assert_eq!(bytes.with(&["GET"]).get(), 20);
    assert_eq!(bytes.with(&["PUT"]).get(), 10);
}

#[test]
fn a_batch_counts_as_its_values_would() {
    let registry = Registry::new();
    let bounds: &[f64] = &[1.0, 10.0];
    let one = registry.histogram("one_bytes", "Bytes.", &[], bounds);
    let all = registry.histogram("all_bytes", "Bytes.", &[], bounds);
    let values = [0.5, 1.0, 7.0, 70.0];
    let (one, all) = (one.with(&[]), all.with(&[]));
    values.iter().for_each(|value| one.observe(*value));
    let mut batch = all.batch();
    values.iter().for_each(|value| batch.observe(*value));
    assert_eq!(all.count(), 0);
    drop(batch);
    let text = registry.render();
    let lines = |name: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.strip_prefix(name));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(lines("one_bytes"), lines("all_bytes"));
    assert_eq!(lines("all_bytes").len(), 5);
}
