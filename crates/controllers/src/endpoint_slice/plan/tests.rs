//! Slices from lines of Services and pods.

use super::{Input, Plan, plan};
use crate::endpoint_slice::slice;
use api::{
    core::v1::{Container, ContainerPort, Node, Pod, PodCondition, PodIP, Service, ServicePort},
    discovery::v1::{Endpoint, EndpointSlice},
};
use expect_test::{Expect, expect};
use meta::{IntOrString, Map, Str, Time};
use std::sync::Arc;

/// `[headless] [publish] [dual] [going] [port=NAME:TARGET]…`.
fn service(text: &str) -> Service {
    let mut service = Service::default();
    service.metadata.name = "web".into();
    service.metadata.namespace = "shop".into();
    service.metadata.uid = "uid-web".into();
    service.metadata.labels = Map::from([("team", "a")]);
    service.spec.selector = Map::from([("app", "web")]);
    service.spec.cluster_ip = "10.0.0.1".into();
    service.spec.ip_families = ["IPv4".into()].into();
    for word in text.split(' ') {
        match word {
            "headless" => service.spec.cluster_ip = "None".into(),
            "publish" => service.spec.publish_not_ready_addresses = true,
            "dual" => service.spec.ip_families.push("IPv6".into()),
            "going" => service.metadata.deletion_timestamp = Some(Time::from_unix_seconds(1)),
            _ => service
                .spec
                .ports
                .extend(word.strip_prefix("port=").map(port)),
        }
    }
    service
}

fn port(text: &str) -> ServicePort {
    let (name, target) = text.split_once(':').unwrap();
    let target = target
        .parse::<i32>()
        .map_or_else(|_| IntOrString::from(target), IntOrString::from);
    ServicePort {
        name: name.into(),
        protocol: "TCP".into(),
        port: 80,
        target_port: target,
        ..ServicePort::default()
    }
}

/// `name ip [ip6] [ready] [going] [http=8080] [node=n] [host=h]`.
fn pod(text: &str) -> Arc<Pod> {
    let mut words = text.split(' ');
    let mut pod = Pod::default();
    pod.metadata.name = words.next().unwrap().into();
    pod.metadata.namespace = "shop".into();
    pod.metadata.uid = Str::from(format!("uid-{}", pod.metadata.name));
    let mut container = Container::default();
    for word in words {
        match word.split_once('=') {
            Some(("node", node)) => pod.spec.node_name = node.into(),
            Some(("host", host)) => {
                pod.spec.hostname = host.into();
                pod.spec.subdomain = "web".into();
            }
            Some((name, number)) => container.ports.push(ContainerPort {
                name: name.into(),
                container_port: number.parse().unwrap(),
                protocol: "TCP".into(),
                ..ContainerPort::default()
            }),
            None if word == "ready" => pod.status.conditions.push(PodCondition {
                type_: "Ready".into(),
                status: "True".into(),
                ..PodCondition::default()
            }),
            None if word == "going" => {
                pod.metadata.deletion_timestamp = Some(Time::from_unix_seconds(1))
            }
            None => pod.status.pod_ips.push(PodIP { ip: word.into() }),
        }
    }
    pod.spec.containers.push(container);
    Arc::new(pod)
}

fn node(name: &str) -> Option<Arc<Node>> {
    let mut node = Node::default();
    node.metadata.name = name.into();
    node.metadata.labels = Map::from([("topology.kubernetes.io/zone", format!("zone-{name}"))]);
    (name != "gone").then(|| Arc::new(node))
}

fn make(service: &Service, pods: &[Arc<Pod>], slices: &[Arc<EndpointSlice>]) -> Plan {
    plan(&Input {
        service,
        pods,
        node: &node,
        slices,
        trigger: Some(Time::from_unix_seconds(0)),
    })
}

/// Carries a plan out, naming new slices `s0`, `s1` and so on.
fn carry_out(slices: &mut Vec<Arc<EndpointSlice>>, plan: Plan) {
    slices.retain(|slice| {
        let name = &slice.metadata.name;
        !plan
            .delete
            .iter()
            .chain(&[])
            .any(|gone| gone.metadata.name == *name)
            && !plan.update.iter().any(|new| new.metadata.name == *name)
    });
    slices.extend(plan.update.into_iter().map(Arc::new));
    for mut slice in plan.create {
        let free = (0..).map(|n| Str::from(format!("s{n}")));
        slice.metadata.name = { free }
            .find(|name| !slices.iter().any(|slice| slice.metadata.name == *name))
            .unwrap();
        slices.push(Arc::new(slice));
    }
    slices.sort_by(|a, b| a.metadata.name.cmp(&b.metadata.name));
}

fn show_endpoint(endpoint: &Endpoint) -> String {
    let mut words = vec![endpoint.addresses.join(",")];
    let conditions = &endpoint.conditions;
    let flags = [
        ("ready", conditions.ready),
        ("serving", conditions.serving),
        ("terminating", conditions.terminating),
    ];
    words.extend(
        flags
            .iter()
            .filter(|(_, flag)| *flag == Some(true))
            .map(|(name, _)| (*name).to_owned()),
    );
    let named = [
        ("host", &endpoint.hostname),
        ("node", &endpoint.node_name),
        ("zone", &endpoint.zone),
    ];
    words.extend(
        named
            .iter()
            .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}={value}"))),
    );
    words.join(" ")
}

fn show(slices: &[Arc<EndpointSlice>]) -> String {
    let show = |slice: &Arc<EndpointSlice>| {
        let port = |port: &api::discovery::v1::EndpointPort| {
            format!(
                "{}:{}",
                port.name.as_deref().unwrap_or_default(),
                port.port.unwrap_or_default()
            )
        };
        let ports: Vec<_> = slice.ports.iter().map(port).collect();
        let mut lines = vec![format!(
            "{} {} [{}]",
            slice.metadata.name,
            slice.address_type,
            ports.join(" ")
        )];
        lines.extend(
            slice
                .endpoints
                .iter()
                .map(|endpoint| format!("  {}", show_endpoint(endpoint))),
        );
        lines.join("\n")
    };
    slices.iter().map(show).collect::<Vec<_>>().join("\n")
}

fn check(service_text: &str, pods: &[&str], expect: &Expect) {
    let service = service(service_text);
    let pods: Vec<_> = pods.iter().map(|text| pod(text)).collect();
    let mut slices = Vec::new();
    let plan = make(&service, &pods, &slices);
    carry_out(&mut slices, plan);
    expect.assert_eq(&show(&slices));
    let again = make(&service, &pods, &slices);
    assert!(
        again.create.is_empty() && again.update.is_empty() && again.delete.is_empty(),
        "{again:?}"
    );
}

#[test]
fn conditions_and_names() {
    let pods = &[
        "a 10.1.0.1 ready node=n1 host=a-0",
        "b 10.1.0.2 node=n2",
        "c 10.1.0.3 ready going",
        "d 10.1.0.4 fd00::4 ready",
        "e 10.1.0.5 ready node=gone",
    ];
    check(
        "port=http:80",
        pods,
        &expect![[r#"
        s0 IPv4 [http:80]
          10.1.0.1 ready serving host=a-0 node=n1 zone=zone-n1
          10.1.0.2 node=n2 zone=zone-n2
          10.1.0.3 serving terminating
          10.1.0.4 ready serving"#]],
    );
    check(
        "headless publish",
        pods,
        &expect![[r#"
        s0 IPv4 []
          10.1.0.1 ready serving host=a-0 node=n1 zone=zone-n1
          10.1.0.2 ready node=n2 zone=zone-n2
          10.1.0.3 ready serving terminating
          10.1.0.4 ready serving
          10.1.0.5 ready serving node=gone"#]],
    );
    check(
        "dual port=http:80",
        &pods[3..4],
        &expect![[r#"
        s0 IPv4 [http:80]
          10.1.0.4 ready serving
        s1 IPv6 [http:80]
          fd00::4 ready serving"#]],
    );
}

#[test]
fn ports_by_name_split_slices() {
    let pods = &[
        "a 10.1.0.1 ready http=8080",
        "b 10.1.0.2 ready http=9090",
        "c 10.1.0.3 ready",
    ];
    check(
        "port=http:http port=metrics:9000",
        pods,
        &expect![[r#"
        s0 IPv4 [http:8080 metrics:9000]
          10.1.0.1 ready serving
        s1 IPv4 [http:9090 metrics:9000]
          10.1.0.2 ready serving
        s2 IPv4 [metrics:9000]
          10.1.0.3 ready serving"#]],
    );
}

#[test]
fn without_pods_there_is_a_placeholder() {
    check("port=http:80", &[], &expect!["s0 IPv4 []"]);
}

#[test]
fn a_missing_node_is_told() {
    let plan = make(
        &service("port=http:80"),
        &[pod("a 10.1.0.1 ready node=gone")],
        &[],
    );
    assert_eq!(plan.missing_node.as_deref(), Some("gone"));
}

/// Numbers of slices created, updated and deleted, and the sizes of all slices then.
fn step(slices: &mut Vec<Arc<EndpointSlice>>, pods: std::ops::Range<u32>) -> String {
    let pods: Vec<_> = pods
        .map(|n| pod(&format!("p{n:03} 10.1.{}.{} ready", n / 100, n % 100 + 100)))
        .collect();
    let plan = make(&service("port=http:80"), &pods, slices);
    let counts = format!(
        "+{} ~{} -{}",
        plan.create.len(),
        plan.update.len(),
        plan.delete.len()
    );
    carry_out(slices, plan);
    let sizes: Vec<_> = slices.iter().map(|slice| slice.endpoints.len()).collect();
    format!("{counts} {sizes:?}")
}

#[test]
fn few_slices_change() {
    let mut slices = Vec::new();
    assert_eq!(step(&mut slices, 0..250), "+3 ~0 -0 [100, 100, 50]");
    assert_eq!(step(&mut slices, 0..260), "+0 ~1 -0 [100, 100, 60]");
    assert_eq!(step(&mut slices, 0..310), "+1 ~0 -0 [100, 100, 60, 50]");
    assert_eq!(step(&mut slices, 100..310), "+0 ~0 -1 [100, 60, 50]");
    assert_eq!(step(&mut slices, 150..350), "+0 ~1 -0 [90, 60, 50]");
    assert_eq!(step(&mut slices, 0..0), "+0 ~1 -2 [0]");
    assert_eq!(step(&mut slices, 0..1), "+0 ~1 -0 [1]");
}

#[test]
fn labels_and_owner() {
    let service = service("headless");
    let created = &make(&service, &[], &[]).create[0];
    let labels: Vec<_> = created
        .metadata
        .labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    expect![[r#"
        endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io
        kubernetes.io/service-name=web
        service.kubernetes.io/headless=
        team=a"#]]
    .assert_eq(&labels.join("\n"));
    assert!(slice::belongs_to(created, &service));
    assert_eq!(created.metadata.generate_name, "web-");
    assert_eq!(
        created
            .metadata
            .annotations
            .get("endpoints.kubernetes.io/last-change-trigger-time")
            .map(Str::as_str),
        Some("1970-01-01T00:00:00Z")
    );
}

#[test]
fn nothing_new_for_a_service_that_goes() {
    let plan = make(
        &service("going port=http:80"),
        &[pod("a 10.1.0.1 ready")],
        &[],
    );
    assert!(plan.create.is_empty());
}
