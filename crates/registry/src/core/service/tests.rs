mod families;

use super::{ServiceNetwork, Services};
use crate::networking::addresses::Range;
use api::core::v1::{Service, ServicePort};
use meta::FieldErrors;
use resource::{Finish, NoReader, RequestContext, SharedObject, Strategy, User, Verb};
use std::sync::Arc;
use telemetry::metrics::Registry;

fn services(prefix: u8) -> Services {
    of_ranges(&[&format!("10.96.0.0/{prefix}")])
}

fn of_ranges(ranges: &[&str]) -> Services {
    let mut ranges = ranges
        .iter()
        .map(|range| Range::parse_sloppy(range).unwrap());
    counted(ranges.next().unwrap(), ranges.next(), &Registry::new())
}

fn counted(range: Range, second_range: Option<Range>, metrics: &Registry) -> Services {
    let network = ServiceNetwork {
        range,
        second_range,
        node_ports: (30000, 30002),
    };
    Services::new(network, metrics)
}

fn cx() -> RequestContext {
    RequestContext::new(
        User::default(),
        Verb::Create,
        meta::Time::from_unix_seconds(0),
        7,
        Arc::new(NoReader),
    )
}

fn service(name: &str, kind: &str, ports: &[(i32, &str, i32)]) -> Service {
    let mut service = Service::default();
    service.metadata.name = name.into();
    service.metadata.namespace = "default".into();
    service.spec.type_ = kind.into();
    service.spec.ports = ports
        .iter()
        .map(|(port, protocol, node_port)| ServicePort {
            name: format!("{}-{port}", protocol.to_lowercase()).into(),
            port: *port,
            protocol: (*protocol).into(),
            node_port: *node_port,
            ..ServicePort::default()
        })
        .collect();
    service.spec.selector.insert("app", "web".into());
    service
}

/// Passes a Service through everything that a create does.
fn create(services: &Services, mut new: Service) -> Result<(Service, Finish), String> {
    services.set_defaults(&mut new);
    services.prepare_create(&cx(), &mut new);
    let finish = services
        .begin_create(&cx(), &mut new)
        .map_err(|error| error.to_status().message.to_string())?;
    let mut errors = FieldErrors::new();
    services.validate(&cx(), &mut errors, &new);
    assert_eq!(errors.aggregate(), "[]");
    Ok((new, finish.expect("a Service takes something")))
}

#[test]
fn addresses_are_distinct_and_come_back() {
    let services = services(28);
    let mut held = Vec::new();
    for index in 0..14 {
        let (new, finish) = create(
            &services,
            service(&format!("s{index}"), "ClusterIP", &[(80, "TCP", 0)]),
        )
        .unwrap();
        assert!(
            held.iter()
                .all(|other: &Service| other.spec.cluster_ip != new.spec.cluster_ip)
        );
        finish(true);
        services.observed(None, Some(&new));
        held.push(new);
    }
    let full = create(&services, service("full", "ClusterIP", &[(80, "TCP", 0)]))
        .map(drop)
        .unwrap_err();
    assert!(full.contains("range is full"), "{full}");
    services.observed(held.first(), None);
    let (again, _) = create(&services, service("again", "ClusterIP", &[(80, "TCP", 0)])).unwrap();
    assert_eq!(again.spec.cluster_ip, held[0].spec.cluster_ip);
}

#[test]
fn what_was_not_written_is_given_back() {
    let services = services(16);
    let mut wanted = service("a", "ClusterIP", &[(80, "TCP", 0)]);
    wanted.spec.cluster_ip = "10.96.0.10".into();
    let (_, finish) = create(&services, wanted.clone()).unwrap();
    let taken = create(
        &services,
        Service {
            metadata: service("b", "", &[]).metadata,
            ..wanted.clone()
        },
    )
    .map(drop)
    .unwrap_err();
    assert!(
        taken.contains("failed to allocate IP 10.96.0.10: provided IP is already allocated"),
        "{taken}"
    );
    finish(false);
    assert!(create(&services, wanted).is_ok());
}

#[test]
fn addresses_outside_of_the_network_are_refused() {
    let mut wanted = service("a", "ClusterIP", &[(80, "TCP", 0)]);
    wanted.spec.cluster_ip = "1.2.3.4".into();
    let said = create(&services(16), wanted).map(drop).unwrap_err();
    let words =
        "failed to allocate IP 1.2.3.4: the provided network does not match the current range";
    assert!(said.contains(words), "{said}");
}

#[test]
fn one_node_port_serves_two_protocols_of_one_port() {
    let (new, _) = create(
        &services(16),
        service("dns", "NodePort", &[(53, "UDP", 0), (53, "TCP", 0)]),
    )
    .unwrap();
    assert_eq!(new.spec.ports[0].node_port, new.spec.ports[1].node_port);
}

#[test]
fn node_ports_run_out_and_are_named() {
    let services = services(16);
    let (first, finish) =
        create(&services, service("a", "NodePort", &[(80, "TCP", 30001)])).unwrap();
    finish(true);
    assert_eq!(first.spec.ports[0].node_port, 30001);
    let taken = create(&services, service("b", "NodePort", &[(80, "TCP", 30001)]))
        .map(drop)
        .unwrap_err();
    assert!(
        taken.contains(
            "spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated"
        ),
        "{taken}"
    );
    let outside = create(&services, service("b", "NodePort", &[(80, "TCP", 80)]))
        .map(drop)
        .unwrap_err();
    assert!(
        outside.contains(
            "provided port is not in the valid range. The range of valid ports is 30000-30002"
        ),
        "{outside}"
    );
}

#[test]
fn an_update_keeps_what_it_does_not_mention() {
    let services = services(16);
    let (old, finish) = create(&services, service("a", "NodePort", &[(80, "TCP", 0)])).unwrap();
    finish(true);
    let mut new = service("a", "NodePort", &[(80, "TCP", 0)]);
    services.set_defaults(&mut new);
    drop(services.begin_update(&cx(), &mut new, &old).unwrap());
    assert_eq!(
        (&new.spec.cluster_ip, new.spec.ports[0].node_port),
        (&old.spec.cluster_ip, old.spec.ports[0].node_port)
    );
    new.spec.type_ = "ClusterIP".into();
    drop(services.begin_update(&cx(), &mut new, &old).unwrap());
    assert_eq!(
        (
            new.spec.ports[0].node_port,
            new.spec.external_traffic_policy.as_str()
        ),
        (0, "")
    );
}

#[test]
fn a_local_load_balancer_gets_a_port_for_health_checks() {
    let services = services(24);
    let mut new = service("lb", "LoadBalancer", &[(80, "TCP", 30000)]);
    new.spec.external_traffic_policy = "Local".into();
    let (created, finish) = create(&services, new).unwrap();
    finish(true);
    assert!([30001, 30002].contains(&created.spec.health_check_node_port));
    let mut changed = created.clone();
    changed.spec.external_traffic_policy = "Cluster".into();
    drop(
        services
            .begin_update(&cx(), &mut changed, &created)
            .unwrap(),
    );
    assert_eq!(changed.spec.health_check_node_port, 0);
}

/// Why an update of a Service is refused.
#[track_caller]
fn check_update(change: impl FnOnce(&mut Service), expect: &str) {
    let services = services(24);
    let (old, finish) = create(&services, service("web", "ClusterIP", &[(80, "TCP", 0)])).unwrap();
    finish(true);
    let mut new = old.clone();
    change(&mut new);
    services.set_defaults(&mut new);
    services.prepare_update(&cx(), &mut new, &old);
    let mut errors = FieldErrors::new();
    match services.begin_update(&cx(), &mut new, &old) {
        Err(error) => assert_eq!(error.to_status().message, expect),
        Ok(_) => {
            services.validate_update(&cx(), &mut errors, &new, &old);
            assert_eq!(errors.aggregate(), expect);
        }
    }
}

#[test]
fn what_a_service_was_given_stays() {
    check_update(|_| {}, "[]");
    check_update(
        |service| {
            service.spec.cluster_ip = "10.96.0.99".into();
            service.spec.cluster_ips = ["10.96.0.99".into()].into();
        },
        "spec.clusterIPs[0]: Invalid value: [\"10.96.0.99\"]: may not change once set",
    );
    check_update(
        |service| service.spec.ip_families = ["IPv6".into()].into(),
        "Service \"web\" is invalid: spec.clusterIPs[0]: Invalid value: \"10.96.0.68\": expected an IPv6 value as indicated by `ipFamilies[0]`",
    );
    check_update(
        |service| service.spec.load_balancer_class = Some("example.com/lb".into()),
        "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
    );
    check_update(
        |service| service.spec.health_check_node_port = 30002,
        "spec.healthCheckNodePort: Invalid value: 30002: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    );
}

/// A second range, and an address that somebody keeps.
struct Objects;

impl resource::Reader for Objects {
    fn get(&self, _group: &str, resource: &str, key: &meta::ObjectKey) -> Option<SharedObject> {
        if resource != "ipaddresses" || key.name != "10.97.0.5" {
            return None;
        }
        let mut address = api::networking::v1::IPAddress::default();
        let parent = api::networking::v1::ParentReference {
            resource: "gateways".into(),
            name: "g".into(),
            ..Default::default()
        };
        address.spec.parent_ref = Some(Box::new(parent));
        Some(Arc::new(address))
    }

    fn list(&self, _group: &str, resource: &str, _namespace: Option<&str>) -> Vec<SharedObject> {
        if resource != "servicecidrs" {
            return Vec::new();
        }
        let mut range = api::networking::v1::ServiceCIDR::default();
        range.spec.cidrs = ["10.97.0.0/24".into()].into();
        vec![Arc::new(range)]
    }
}

#[test]
fn a_second_range_and_reserved_addresses() {
    let services = services(28);
    let now = meta::Time::from_unix_seconds(0);
    let cx = RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(Objects));
    let make = |name: &str, address: &str| {
        let mut new = service(name, "ClusterIP", &[(80, "TCP", 0)]);
        new.spec.cluster_ip = address.into();
        services.set_defaults(&mut new);
        services.prepare_create(&cx, &mut new);
        let finish = services.begin_create(&cx, &mut new);
        let finish = finish.map_err(|error| error.to_status().message.to_string())?;
        finish.expect("a Service takes something")(true);
        Ok::<_, String>(new.spec.cluster_ip)
    };
    assert_eq!(make("a", "10.97.0.4").unwrap(), "10.97.0.4");
    let kept = make("b", "10.97.0.5").unwrap_err();
    assert!(kept.contains("provided IP is already allocated"), "{kept}");
    let outside = make("c", "10.98.0.1").unwrap_err();
    assert!(
        outside.contains("the provided network does not match the current range"),
        "{outside}"
    );
    // The first range has 14 addresses; then come those of the second.
    let given: Vec<_> = (0..15)
        .map(|n| make(&format!("s{n}"), "").unwrap())
        .collect();
    let of_second = given
        .iter()
        .filter(|address| address.starts_with("10.97.0."));
    assert_eq!(of_second.count(), 1);
}

#[test]
fn node_ports_are_shared_by_entries_of_one_number() {
    let services = services(24);
    let given = |ports: &[(i32, &str, i32)]| {
        let created = create(&services, service("a", "NodePort", ports));
        created.map(|(service, finish)| {
            finish(false);
            let ports = service.spec.ports.iter();
            ports.map(|port| port.node_port).collect::<Vec<_>>()
        })
    };
    assert_eq!(
        given(&[(80, "TCP", 0), (80, "UDP", 30001)]).unwrap(),
        [30001, 30001]
    );
    assert_eq!(
        given(&[(80, "TCP", 30002), (80, "UDP", 30001)]).unwrap(),
        [30002, 30001]
    );
    assert_eq!(
        given(&[(80, "TCP", 30001), (81, "UDP", 30001)]).unwrap_err(),
        "Service \"a\" is invalid: spec.ports[1].nodePort: Invalid value: 30001: provided port is already allocated"
    );
    assert_eq!(
        given(&[(80, "TCP", -1)]).unwrap_err(),
        "Service \"a\" is invalid: spec.ports[0].nodePort: Invalid value: -1: provided port is not in the valid range. The range of valid ports is 30000-30002"
    );
}

/// As upstream: a dry run answers numbers that are nobody's, and does not look at ranges of ports.
#[test]
fn dry_runs_take_nothing() {
    let services = services(28);
    let mut cx = cx();
    cx.dry_run = true;
    let run = |ports: &[(i32, &str, i32)], address: &str| {
        let mut new = service("a", "NodePort", ports);
        new.spec.cluster_ip = address.into();
        services.set_defaults(&mut new);
        let finish = services.begin_create(&cx, &mut new);
        let finish = finish.map_err(|error| error.to_status().message.to_string())?;
        finish.expect("a Service takes something")(false);
        let ports: Vec<i32> = new.spec.ports.iter().map(|port| port.node_port).collect();
        Ok::<_, String>((new.spec.cluster_ip.to_string(), ports))
    };
    let expect = ("10.96.0.0".to_owned(), vec![32769, 32770]);
    assert_eq!(run(&[(80, "TCP", 0), (81, "TCP", 0)], "").unwrap(), expect);
    assert_eq!(run(&[(80, "TCP", -1)], "").unwrap().1, [-1]);
    assert_eq!(
        run(&[(80, "TCP", 0)], "10.97.0.1").unwrap_err(),
        "Service \"a\" is invalid: spec.clusterIPs: Invalid value: [\"10.97.0.1\"]: failed to allocate IP 10.97.0.1: the provided IP (10.97.0.1) is not in the valid range. The range of valid IPs is 10.96.0.0/28"
    );
}

/// Passes a Service through what an update does before it is validated.
fn update(services: &Services, old: &Service, mut new: Service) -> Result<Service, String> {
    services.set_defaults(&mut new);
    let finish = services.begin_update(&cx(), &mut new, old);
    let finish = finish.map_err(|error| error.to_status().message.to_string())?;
    finish.expect("a Service takes something")(false);
    Ok(new)
}

#[test]
fn a_load_balancer_that_wants_no_node_ports_does_not_keep_them() {
    let services = services(28);
    let ports = [(80, "TCP", 0)];
    let (old, _) = create(&services, service("a", "NodePort", &ports)).unwrap();
    assert_ne!(old.spec.ports[0].node_port, 0);
    for wanted in [None, Some(false)] {
        let mut new = service("a", "LoadBalancer", &ports);
        new.spec.allocate_load_balancer_node_ports = wanted;
        let new = update(&services, &old, new).unwrap();
        let kept = new.spec.ports[0].node_port == old.spec.ports[0].node_port;
        assert_eq!(kept, wanted.is_none());
    }
}

#[test]
fn a_family_that_the_cluster_has_not_is_refused() {
    let services = services(28);
    let (old, _) = create(&services, service("a", "ClusterIP", &[(80, "TCP", 0)])).unwrap();
    let mut new = service("a", "ClusterIP", &[(80, "TCP", 0)]);
    new.spec.cluster_ip = "None".into();
    new.spec.selector = Default::default();
    new.spec.ip_family_policy = Some("RequireDualStack".into());
    assert_eq!(
        update(&services, &old, new).unwrap_err(),
        "Service \"a\" is invalid: spec.ipFamilies[1]: Invalid value: \"IPv6\": not configured on this cluster"
    );
}

#[test]
fn external_names_have_no_policy_of_traffic_within() {
    let mut service = service("a", "ExternalName", &[]);
    service.spec.internal_traffic_policy = Some("Cluster".into());
    services(28).canonicalize(&mut service);
    assert_eq!(service.spec.internal_traffic_policy, None);
}

#[test]
fn what_is_given_is_counted() {
    let metrics = Registry::new();
    let services = counted(Range::parse_sloppy("10.96.0.0/28").unwrap(), None, &metrics);
    let (any, finish) = create(&services, service("a", "NodePort", &[(80, "TCP", 0)])).unwrap();
    finish(true);
    services.observed(None, Some(&any));
    let mut same = service("b", "NodePort", &[(80, "TCP", 30002)]);
    same.spec.cluster_ip = any.spec.cluster_ip.clone();
    assert!(create(&services, same.clone()).is_err());
    same.spec.cluster_ip = "10.1.0.1".into();
    assert!(create(&services, same.clone()).is_err());
    same.spec.cluster_ip = meta::Str::default();
    same.spec.ports[0].node_port = 80;
    assert!(create(&services, same).is_err());
    let text = metrics.render();
    let told = text.lines().filter(|line| !line.starts_with('#'));
    let told: Vec<&str> = told
        .filter_map(|line| line.strip_prefix("kube_apiserver_"))
        .collect();
    expect_test::expect![[r#"
        clusterip_allocator_allocated_ips{cidr="10.96.0.0/28"} 1
        clusterip_allocator_allocation_errors_total{cidr="10.96.0.0/28",scope="static"} 1
        clusterip_allocator_allocation_total{cidr="10.96.0.0/28",scope="dynamic"} 2
        clusterip_allocator_available_ips{cidr="10.96.0.0/28"} 13
        nodeport_allocator_allocated_ports 1
        nodeport_allocator_allocation_errors_total{scope="static"} 1
        nodeport_allocator_allocation_total{scope="dynamic"} 1
        nodeport_allocator_available_ports 2"#]]
    .assert_eq(&told.join("\n"));
}
