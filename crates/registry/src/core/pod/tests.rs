use super::{Pods, quality};
use api::core::v1::{Container, Pod};
use meta::{DeleteOptions, Quantity};
use resource::Strategy;

fn container(image: &str, requests: &[(&str, &str)], limits: &[(&str, &str)]) -> Container {
    let mut container = Container {
        name: "c".into(),
        image: image.into(),
        ..Container::default()
    };
    for (list, amounts) in [
        (&mut container.resources.requests, requests),
        (&mut container.resources.limits, limits),
    ] {
        for (name, amount) in amounts {
            list.insert(*name, amount.parse::<Quantity>().unwrap());
        }
    }
    container
}

#[track_caller]
fn check_class(requests: &[(&str, &str)], limits: &[(&str, &str)], expect: &str) {
    let mut pod = Pod::default();
    pod.spec.containers.push(container("c:1", requests, limits));
    Pods.set_defaults(&mut pod);
    assert_eq!(quality::of(&pod.spec), expect);
}

#[test]
fn classes_follow_requests_and_limits() {
    check_class(&[], &[], "BestEffort");
    check_class(&[("cpu", "1")], &[], "Burstable");
    check_class(&[], &[("cpu", "1"), ("memory", "1Gi")], "Guaranteed");
    check_class(
        &[("cpu", "1")],
        &[("cpu", "1000m"), ("memory", "1Gi")],
        "Guaranteed",
    );
    check_class(
        &[("cpu", "500m")],
        &[("cpu", "1"), ("memory", "1Gi")],
        "Burstable",
    );
}

#[track_caller]
fn check_pull_policy(image: &str, expect: &str) {
    let mut pod = Pod::default();
    pod.spec.containers.push(container(image, &[], &[]));
    Pods.set_defaults(&mut pod);
    assert_eq!(pod.spec.containers[0].image_pull_policy, expect);
}

#[test]
fn latest_is_always_pulled() {
    check_pull_policy("nginx", "Always");
    check_pull_policy("nginx:latest", "Always");
    check_pull_policy("nginx:1", "IfNotPresent");
    check_pull_policy("localhost:5000/nginx", "Always");
    check_pull_policy("nginx@sha256:abc", "IfNotPresent");
    check_pull_policy("nginx:latest@sha256:abc", "IfNotPresent");
    let digest = "0f".repeat(32);
    check_pull_policy(&format!("nginx@sha256:{digest}"), "IfNotPresent");
    check_pull_policy(&format!("nginx:1@sha256:{digest}"), "IfNotPresent");
    check_pull_policy(&format!("nginx:latest@sha256:{digest}"), "Always");
}

#[test]
fn requests_of_pods_follow_from_their_parts() {
    let mut pod = Pod::default();
    pod.spec.termination_grace_period_seconds = Some(-5);
    let limits = &[("hugepages-2Mi", "4Mi")];
    let one = container("c:1", &[("cpu", "200m")], limits);
    pod.spec.containers.push(one.clone());
    pod.spec.containers.push(one);
    let whole = container("c:1", &[], &[("memory", "1Gi")]).resources;
    pod.spec.resources = Some(Box::new(whole));
    Pods.set_defaults(&mut pod);
    let whole = pod.spec.resources.as_ref().unwrap();
    let shown = |name: &str| whole.requests.get(name).map(ToString::to_string);
    assert_eq!(shown("cpu").as_deref(), Some("400m"));
    assert_eq!(shown("memory").as_deref(), Some("1Gi"));
    assert_eq!(shown("hugepages-2Mi").as_deref(), Some("8Mi"));
    assert_eq!(pod.spec.termination_grace_period_seconds, Some(1));
}

#[test]
fn defaults_are_idempotent() {
    let mut once = Pod::default();
    once.spec
        .containers
        .push(container("c", &[], &[("cpu", "1")]));
    Pods.set_defaults(&mut once);
    let mut twice = once.clone();
    Pods.set_defaults(&mut twice);
    assert_eq!(once, twice);
}

/// Node, phase and what the request asks for -> the grace period.
#[track_caller]
fn check_grace(node: &str, phase: &str, asked: Option<i64>, expect: i64) {
    let mut pod = Pod::default();
    pod.spec.node_name = node.into();
    pod.status.phase = phase.into();
    Pods.set_defaults(&mut pod);
    let mut options = DeleteOptions {
        grace_period_seconds: asked,
        ..DeleteOptions::default()
    };
    let cx = resource::RequestContext::new(
        resource::User::default(),
        resource::Verb::Delete,
        meta::Time::from_unix_seconds(0),
        1,
        std::sync::Arc::new(resource::NoReader),
    );
    assert!(Pods.check_graceful_delete(&cx, &pod, &mut options));
    assert_eq!(options.grace_period_seconds, Some(expect));
}

#[test]
fn only_a_running_pod_gets_time_to_stop() {
    check_grace("n", "Running", None, 30);
    check_grace("n", "Running", Some(5), 5);
    check_grace("n", "Running", Some(0), 0);
    check_grace("n", "Running", Some(-3), 1);
    check_grace("", "Pending", None, 0);
    check_grace("n", "Succeeded", None, 0);
}

/// `podIP` and `podIPs` as they were sent -> as they are.
#[track_caller]
fn check_addresses(one: &str, all: &[&str], expect: (&str, &[&str])) {
    let mut pod = Pod::default();
    pod.status.pod_ip = one.into();
    let ip = |ip: &&str| api::core::v1::PodIP { ip: (*ip).into() };
    pod.status.pod_ips = all.iter().map(ip).collect();
    Pods.set_defaults(&mut pod);
    let ips: Vec<&str> = pod
        .status
        .pod_ips
        .iter()
        .map(|one| one.ip.as_str())
        .collect();
    assert_eq!((pod.status.pod_ip.as_str(), ips.as_slice()), expect);
}

#[test]
fn old_and_new_addresses_agree() {
    check_addresses("", &[], ("", &[]));
    check_addresses("10.0.0.1", &[], ("10.0.0.1", &["10.0.0.1"]));
    check_addresses("", &["10.0.0.1"], ("10.0.0.1", &["10.0.0.1"]));
    let both = &["10.0.0.1", "fd00::1"];
    check_addresses("10.0.0.1", both, ("10.0.0.1", both));
    check_addresses("10.0.0.2", both, ("10.0.0.2", &["10.0.0.2"]));
}

#[test]
fn reported_amounts_are_rounded_up() {
    let mut pod = Pod::default();
    let amount = || "0.1m".parse::<Quantity>().unwrap();
    pod.status.allocated_resources.insert("cpu", amount());
    Pods.set_defaults(&mut pod);
    let (_, rounded) = pod.status.allocated_resources.iter().next().unwrap();
    assert_eq!(rounded.to_string(), "1m");
}

#[test]
fn an_empty_list_for_the_whole_pod_hides_what_its_containers_have() {
    let pod = |whole: serde_json::Value| -> Pod {
        let limits = serde_json::json!({"cpu": "1", "memory": "1Mi"});
        let container = serde_json::json!({"name": "c", "resources": {"limits": limits}});
        let mut spec = serde_json::json!({"containers": [container]});
        if !whole.is_null() {
            spec["resources"] = whole;
        }
        let document = serde_json::json!({ "spec": spec });
        meta::codec::from_value(&document).unwrap().object
    };
    let class = |whole| super::quality::of(&pod(whole).spec);
    assert_eq!(class(serde_json::Value::Null), "Guaranteed");
    assert_eq!(class(serde_json::json!({})), "BestEffort");
    let asked = serde_json::json!({"requests": {"cpu": "1"}});
    assert_eq!(class(asked), "Burstable");
}
