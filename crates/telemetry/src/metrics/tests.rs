//! Families and how they are rendered.

use super::{Registry, SERIES_MAX, Sets};
use expect_test::expect;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

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
    registry.gauge_from("process_open_fds", "Open files.", || 12.0);
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
        apiserver_request_total{code="200",verb="GET"} 3
        apiserver_request_total{code="404",verb="a\"b\\c\n"} 1
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
    assert!(value("process_network_receive_bytes_total ") >= 0.0);
    assert!(value("process_virtual_memory_max_bytes ") > 1e6);
}

#[test]
fn families_are_counted_by_their_stability() {
    let registry = Registry::new();
    let [old, new] = ["old", "new"].map(|name| (name, "[ALPHA] What it is."));
    registry.counter(old.0, old.1, &[]).with(&[]).increment();
    registry.count_families("registered_metrics_total", "[BETA] How many.");
    drop(registry.gauge(new.0, new.1, &["label"]));
    drop(registry.gauge("gone", "[STABLE] (Deprecated since 1.34.0) Gone.", &[]));
    drop(registry.gauge("process", "Of a client library.", &[]));
    expect![[r#"
        # HELP old [ALPHA] What it is.
        # TYPE old counter
        old 1
        # HELP registered_metrics_total [BETA] How many.
        # TYPE registered_metrics_total counter
        registered_metrics_total{deprecated_version="",stability_level="ALPHA"} 2
        registered_metrics_total{deprecated_version="",stability_level="BETA"} 1
        registered_metrics_total{deprecated_version="1.34.0",stability_level="STABLE"} 1
    "#]]
    .assert_eq(&registry.render());
}

#[test]
fn counts_begin_anew_and_gauges_stay() {
    let registry = Registry::new();
    let count = registry.counter("a_total", "Count.", &[]).with(&[]);
    let seconds = registry.histogram("b_seconds", "Time.", &[], &[1e6]);
    let open = registry.gauge("c_open", "Open.", &[]).with(&[]);
    count.add(1_500_000);
    seconds.with(&[]).observe(2.0);
    open.set(3);
    assert!(registry.render().contains("a_total 1.5e+06\n"));
    registry.reset();
    expect![[r#"
        # HELP a_total Count.
        # TYPE a_total counter
        a_total 0
        # HELP b_seconds Time.
        # TYPE b_seconds histogram
        b_seconds_bucket{le="1e+06"} 0
        b_seconds_bucket{le="+Inf"} 0
        b_seconds_sum 0
        b_seconds_count 0
        # HELP c_open Open.
        # TYPE c_open gauge
        c_open 3
    "#]]
    .assert_eq(&registry.render());
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

#[test]
fn gauges_are_asked_when_they_are_shown() {
    let registry = Registry::new();
    let level = Arc::new(AtomicU64::new(1));
    let asked = Arc::clone(&level);
    registry.gauges_from("level", "Levels.", &["of"], move |show| {
        let level = asked.load(Ordering::Relaxed);
        (0..level).for_each(|index| show(&[&format!("tank {index}")], 0.5));
    });
    let lines = |registry: &Registry| registry.render().lines().count();
    assert_eq!(lines(&registry), 3);
    level.store(2, Ordering::Relaxed);
    expect![[r#"
        # HELP level Levels.
        # TYPE level gauge
        level{of="tank 0"} 0.5
        level{of="tank 1"} 0.5
    "#]]
    .assert_eq(&registry.render());
    level.store(0, Ordering::Relaxed);
    assert_eq!(lines(&registry), 0);
}
