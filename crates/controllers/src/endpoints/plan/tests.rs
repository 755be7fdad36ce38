//! Endpoints from a Service and its pods.

use super::{Step, plan};
use api::core::v1::{
    Container, ContainerPort, EndpointAddress, Endpoints, Pod, PodCondition, PodIP, Service,
    ServicePort,
};
use expect_test::{Expect, expect};
use meta::{Map, Time};
use std::sync::Arc;

const NOW: Option<Time> = Some(Time::from_unix_seconds(0));

fn service(ports: &[i32]) -> Service {
    let mut service = Service::default();
    service.metadata.name = "web".into();
    service.metadata.namespace = "shop".into();
    service.metadata.labels = Map::from([("team", "a")]);
    service.spec.selector = Map::from([("app", "web")]);
    service.spec.cluster_ip = if ports.is_empty() { "None" } else { "10.0.0.1" }.into();
    let port = |port: &i32| ServicePort {
        name: format!("p{port}").into(),
        port: *port,
        protocol: "TCP".into(),
        target_port: (*port).into(),
        ..ServicePort::default()
    };
    service.spec.ports = ports.iter().map(port).collect();
    service
}

/// `name ip [ready] [going]`.
fn pod(text: &str) -> Arc<Pod> {
    let mut words = text.split(' ');
    let mut pod = Pod::default();
    pod.metadata.name = words.next().unwrap().into();
    pod.metadata.uid = pod.metadata.name.clone();
    for word in words {
        match word {
            "ready" => pod.status.conditions.push(PodCondition {
                type_: "Ready".into(),
                status: "True".into(),
                last_transition_time: Time::from_unix_seconds(0),
                ..PodCondition::default()
            }),
            "going" => pod.metadata.deletion_timestamp = Some(Time::from_unix_seconds(1)),
            ip => pod.status.pod_ips.push(PodIP { ip: ip.into() }),
        }
    }
    Arc::new(pod)
}

fn show(endpoints: &Endpoints) -> String {
    let mut lines = Vec::new();
    for subset in &endpoints.subsets {
        let ips = |addresses: &[EndpointAddress]| {
            addresses
                .iter()
                .map(|address| address.ip.to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let ports: Vec<_> = subset
            .ports
            .iter()
            .map(|port| format!("{}:{}", port.name, port.port))
            .collect();
        lines.push(format!(
            "[{}] on {}; not ready [{}]",
            ips(&subset.addresses),
            ports.join(" "),
            ips(&subset.not_ready_addresses)
        ));
    }
    let texts = endpoints
        .metadata
        .labels
        .iter()
        .chain(&endpoints.metadata.annotations);
    lines.extend(texts.map(|(key, value)| format!("{key}={value}")));
    lines.join("\n")
}

fn check(service: &Service, pods: &[&str], expect: &Expect) {
    let pods: Vec<_> = pods.iter().map(|text| pod(text)).collect();
    let Step::Create(created) = plan(service, &pods, None, NOW) else {
        panic!("nothing was there")
    };
    expect.assert_eq(&show(&created));
    assert_eq!(plan(service, &pods, Some(&created), None), Step::Nothing);
    let mut changed = created;
    changed.subsets.clear();
    changed.metadata.labels.clear();
    let Step::Update(updated) = plan(service, &pods, Some(&changed), None) else {
        panic!("it was changed")
    };
    let annotations = &updated.metadata.annotations;
    assert!(annotations.is_empty(), "it follows nothing new");
}

#[test]
fn subsets_labels_and_annotations() {
    let pods = &[
        "b 10.1.0.2 ready",
        "a 10.1.0.1 ready",
        "c 10.1.0.3",
        "d 10.1.0.4 ready going",
        "e fd00::1 ready",
    ];
    check(
        &service(&[80, 443]),
        pods,
        &expect![[r#"
        [10.1.0.1 10.1.0.2] on p443:443 p80:80; not ready [10.1.0.3]
        endpoints.kubernetes.io/managed-by=endpoint-controller
        team=a
        endpoints.kubernetes.io/last-change-trigger-time=1970-01-01T00:00:00Z"#]],
    );
    check(
        &service(&[]),
        pods,
        &expect![[r#"
        [10.1.0.1 10.1.0.2] on ; not ready [10.1.0.3]
        endpoints.kubernetes.io/managed-by=endpoint-controller
        service.kubernetes.io/headless=
        team=a
        endpoints.kubernetes.io/last-change-trigger-time=1970-01-01T00:00:00Z"#]],
    );
    check(
        &service(&[80]),
        &[],
        &expect![[r#"
        endpoints.kubernetes.io/managed-by=endpoint-controller
        team=a
        endpoints.kubernetes.io/last-change-trigger-time=1970-01-01T00:00:00Z"#]],
    );
    let mut publishing = service(&[80]);
    publishing.spec.publish_not_ready_addresses = true;
    check(
        &publishing,
        pods,
        &expect![[r#"
        [10.1.0.1 10.1.0.2 10.1.0.3 10.1.0.4] on p80:80; not ready []
        endpoints.kubernetes.io/managed-by=endpoint-controller
        team=a
        endpoints.kubernetes.io/last-change-trigger-time=1970-01-01T00:00:00Z"#]],
    );
}

#[test]
fn at_most_a_thousand_addresses() {
    let pods: Vec<_> = (0..1002)
        .map(|n| pod(&format!("p{n:04} 10.1.{}.{} ready", n / 256, n % 256)))
        .collect();
    let Step::Create(created) = plan(&service(&[80]), &pods, None, NOW) else {
        panic!("nothing was there")
    };
    assert_eq!(created.subsets[0].addresses.len(), 1000);
    let over = created
        .metadata
        .annotations
        .get("endpoints.kubernetes.io/over-capacity");
    assert_eq!(over.map(AsRef::as_ref), Some("truncated"));
    assert_eq!(
        plan(&service(&[80]), &pods, Some(&created), None),
        Step::Nothing
    );
}

#[test]
fn ports_that_the_same_addresses_offer_share_a_subset() {
    let mut service = service(&[53, 80, 90]);
    service.spec.ports[1].target_port = "http".into();
    let pods = [("a", 8080), ("b", 8080), ("c", 9090)].map(|(name, port)| {
        let mut pod = Pod::clone(&pod(&format!("{name} 10.1.0.{name} ready")));
        let port = ContainerPort {
            name: "http".into(),
            container_port: port,
            protocol: "TCP".into(),
            ..ContainerPort::default()
        };
        pod.spec.containers = vec![Container {
            ports: [port].into(),
            ..Container::default()
        }]
        .into();
        Arc::new(pod)
    });
    let Step::Create(created) = plan(&service, &pods, None, None) else {
        panic!("nothing was there")
    };
    expect![[r#"
        [10.1.0.a 10.1.0.b 10.1.0.c] on p53:53 p90:90; not ready []
        [10.1.0.a 10.1.0.b] on p80:8080; not ready []
        [10.1.0.c] on p80:9090; not ready []
        endpoints.kubernetes.io/managed-by=endpoint-controller
        team=a"#]]
    .assert_eq(&show(&created));
}
