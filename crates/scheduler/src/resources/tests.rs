use super::Resources;
use api::core::v1::{Container, PodSpec};
use meta::Quantity;

fn container(cpu: &str, sidecar: bool) -> Container {
    let mut container = Container::default();
    container
        .resources
        .requests
        .insert("cpu", cpu.parse::<Quantity>().unwrap());
    container.restart_policy = sidecar.then(|| "Always".into());
    container
}

/// Init containers (a trailing `s` marks a sidecar) and containers, by their CPU -> the pod's, in thousandths.
#[track_caller]
fn check(init: &[&str], main: &[&str], expect: i64) {
    let one = |text: &&str| container(text.trim_end_matches('s'), text.ends_with('s'));
    let mut spec = PodSpec {
        init_containers: init.iter().map(one).collect(),
        ..PodSpec::default()
    };
    for main in main {
        spec.containers.push(one(main));
    }
    assert_eq!(Resources::requested_by(&spec).milli_cpu, expect);
}

#[test]
fn containers_add_up() {
    check(&[], &["100m", "1"], 1100);
}

#[test]
fn init_containers_count_by_their_peak() {
    check(&["2", "500m"], &["1"], 2000);
    check(&["500m"], &["1"], 1000);
}

#[test]
fn sidecars_count_from_their_start_on() {
    check(&["1s", "2"], &["1"], 3000);
    check(&["2", "1s"], &["1500m"], 2500);
}
