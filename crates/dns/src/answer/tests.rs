//! The names of the Kubernetes DNS specification over a small cluster.

use std::net::IpAddr;

use expect_test::{Expect, expect};
use hickory_proto::rr::{Name, RecordType};
use meta::ObjectKey;

use super::{Zone, answer};
use crate::records::{Endpoint, Port, Records, Service, ServiceKind};

/// Namespaces `default` and `empty`; in `default` the Services that `service` lists.
pub(crate) struct Fixture;

impl Records for Fixture {
    fn has_namespace(&self, namespace: &str) -> bool {
        matches!(namespace, "default" | "empty")
    }

    fn service(&self, namespace: &str, name: &str) -> Option<Service> {
        let web = || vec![port("http", 80), port("https", 443)];
        let (kind, ports) = match (namespace, name) {
            ("default", "web") => (ServiceKind::ClusterIp(vec![ip("10.96.0.7")]), web()),
            ("default", "dual") => (
                ServiceKind::ClusterIp(vec![ip("10.96.0.8"), ip("fd00::8")]),
                web(),
            ),
            ("default", "db") => (ServiceKind::Headless, vec![port("sql", 5432)]),
            ("default", "lonely") => (ServiceKind::Headless, vec![]),
            ("default", "elsewhere") => (ServiceKind::ExternalName("example.com".into()), vec![]),
            ("default", "alias") => (
                ServiceKind::ExternalName("web.default.svc.cluster.local".into()),
                vec![],
            ),
            _ => return None,
        };
        Some(Service { kind, ports })
    }

    fn endpoints(&self, namespace: &str, service: &str) -> Vec<Endpoint> {
        match (namespace, service) {
            ("default", "db") => vec![
                Endpoint {
                    address: ip("10.244.0.3"),
                    hostname: "db-0".into(),
                    ports: vec![port("sql", 5432)],
                },
                Endpoint {
                    address: ip("10.244.0.4"),
                    hostname: "".into(),
                    ports: vec![port("sql", 5432)],
                },
            ],
            ("default", "web") => {
                vec![Endpoint {
                    address: ip("10.244.0.9"),
                    hostname: "".into(),
                    ports: vec![port("http", 8080)],
                }]
            }
            _ => vec![],
        }
    }

    fn service_at(&self, address: IpAddr) -> Option<ObjectKey> {
        (address == ip("10.96.0.7")).then(|| ObjectKey::namespaced("default", "web"))
    }

    fn endpoints_at(&self, address: IpAddr) -> Vec<(ObjectKey, Endpoint)> {
        let endpoints = self
            .endpoints("default", "db")
            .into_iter()
            .filter(|endpoint| endpoint.address == address);
        endpoints
            .map(|endpoint| (ObjectKey::namespaced("default", "db"), endpoint))
            .collect()
    }
}

fn port(name: &str, number: u16) -> Port {
    Port {
        name: name.into(),
        protocol: "tcp".into(),
        number,
    }
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

pub(crate) fn zone() -> Zone {
    Zone {
        domain: Name::from_ascii("cluster.local.").unwrap(),
        name_server: vec![ip("10.96.0.10")],
    }
}

fn check(kind: RecordType, name: &str, expect: &Expect) {
    let name = Name::from_ascii(name).unwrap();
    let text = match answer(&zone(), &Fixture, &name, kind, 1) {
        None => "forward".to_owned(),
        Some(answer) => {
            let mut lines = vec![format!("{:?}", answer.code)];
            lines.extend(answer.answers.iter().map(ToString::to_string));
            lines.extend(
                answer
                    .additionals
                    .iter()
                    .map(|record| format!("+ {record}")),
            );
            lines.extend(
                answer
                    .authority
                    .iter()
                    .map(|record| format!("- {} {}", record.name(), record.ttl())),
            );
            lines.extend(answer.follow.iter().map(|name| format!("follow {name}")));
            lines.join("\n")
        }
    };
    expect.assert_eq(&text);
}

#[test]
fn cluster_ip() {
    check(
        RecordType::A,
        "web.default.svc.cluster.local.",
        &expect![[r#"
        NoError
        web.default.svc.cluster.local. 30 IN A 10.96.0.7"#]],
    );
    check(
        RecordType::A,
        "WEB.default.svc.Cluster.Local.",
        &expect![[r#"
        NoError
        WEB.default.svc.Cluster.Local. 30 IN A 10.96.0.7"#]],
    );
    check(
        RecordType::AAAA,
        "web.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            - cluster.local. 5"#]],
    );
    check(
        RecordType::AAAA,
        "dual.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            dual.default.svc.cluster.local. 30 IN AAAA fd00::8"#]],
    );
    check(
        RecordType::A,
        "_http._tcp.web.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            _http._tcp.web.default.svc.cluster.local. 30 IN A 10.96.0.7"#]],
    );
}

#[test]
fn srv() {
    check(
        RecordType::SRV,
        "_http._tcp.web.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            _http._tcp.web.default.svc.cluster.local. 30 IN SRV 0 100 80 web.default.svc.cluster.local.
            + web.default.svc.cluster.local. 30 IN A 10.96.0.7"#]],
    );
    check(
        RecordType::SRV,
        "web.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            web.default.svc.cluster.local. 30 IN SRV 0 50 80 web.default.svc.cluster.local.
            web.default.svc.cluster.local. 30 IN SRV 0 50 443 web.default.svc.cluster.local.
            + web.default.svc.cluster.local. 30 IN A 10.96.0.7"#]],
    );
    check(
        RecordType::SRV,
        "_sql._tcp.db.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            _sql._tcp.db.default.svc.cluster.local. 30 IN SRV 0 50 5432 db-0.db.default.svc.cluster.local.
            _sql._tcp.db.default.svc.cluster.local. 30 IN SRV 0 50 5432 10-244-0-4.db.default.svc.cluster.local.
            + db-0.db.default.svc.cluster.local. 30 IN A 10.244.0.3
            + 10-244-0-4.db.default.svc.cluster.local. 30 IN A 10.244.0.4"#]],
    );
    check(
        RecordType::SRV,
        "_sql._udp.db.default.svc.cluster.local.",
        &expect![[r#"
            NXDomain
            - cluster.local. 5"#]],
    );
}

#[test]
fn headless() {
    check(
        RecordType::A,
        "db.default.svc.cluster.local.",
        &expect![[r#"
        NoError
        db.default.svc.cluster.local. 30 IN A 10.244.0.3
        db.default.svc.cluster.local. 30 IN A 10.244.0.4"#]],
    );
    check(
        RecordType::A,
        "db-0.db.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            db-0.db.default.svc.cluster.local. 30 IN A 10.244.0.3"#]],
    );
    check(
        RecordType::A,
        "10-244-0-4.db.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            10-244-0-4.db.default.svc.cluster.local. 30 IN A 10.244.0.4"#]],
    );
    check(
        RecordType::A,
        "db-7.db.default.svc.cluster.local.",
        &expect![[r#"
            NXDomain
            - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "lonely.default.svc.cluster.local.",
        &expect![[r#"
            NXDomain
            - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "10-244-0-9.web.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            10-244-0-9.web.default.svc.cluster.local. 30 IN A 10.244.0.9"#]],
    );
}

#[test]
fn external_names() {
    check(
        RecordType::A,
        "elsewhere.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            elsewhere.default.svc.cluster.local. 30 IN CNAME example.com.
            follow example.com."#]],
    );
    check(
        RecordType::CNAME,
        "elsewhere.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            elsewhere.default.svc.cluster.local. 30 IN CNAME example.com."#]],
    );
    check(
        RecordType::MX,
        "elsewhere.default.svc.cluster.local.",
        &expect![[r#"
            NoError
            - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "x.elsewhere.default.svc.cluster.local.",
        &expect![[r#"
            NXDomain
            - cluster.local. 5"#]],
    );
}

#[test]
fn pods() {
    check(
        RecordType::A,
        "10-244-0-3.default.pod.cluster.local.",
        &expect![[r#"
            NoError
            10-244-0-3.default.pod.cluster.local. 30 IN A 10.244.0.3"#]],
    );
    check(
        RecordType::AAAA,
        "fd00--3.default.pod.cluster.local.",
        &expect![[r#"
            NoError
            fd00--3.default.pod.cluster.local. 30 IN AAAA fd00::3"#]],
    );
    check(
        RecordType::A,
        "nonsense.default.pod.cluster.local.",
        &expect![[r#"
            NXDomain
            - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "10-244-0-3.nowhere.pod.cluster.local.",
        &expect![[r#"
            NXDomain
            - cluster.local. 5"#]],
    );
}

#[test]
fn what_is_there_and_what_is_not() {
    check(
        RecordType::A,
        "cluster.local.",
        &expect![[r#"
        NoError
        - cluster.local. 5"#]],
    );
    check(
        RecordType::SOA,
        "cluster.local.",
        &expect![[r#"
        NoError
        cluster.local. 5 IN SOA ns.dns.cluster.local. hostmaster.cluster.local. 1 7200 1800 86400 5"#]],
    );
    check(
        RecordType::NS,
        "cluster.local.",
        &expect![[r#"
        NoError
        cluster.local. 30 IN NS ns.dns.cluster.local.
        + ns.dns.cluster.local. 30 IN A 10.96.0.10"#]],
    );
    check(
        RecordType::A,
        "ns.dns.cluster.local.",
        &expect![[r#"
        NoError
        ns.dns.cluster.local. 30 IN A 10.96.0.10"#]],
    );
    check(
        RecordType::TXT,
        "dns-version.cluster.local.",
        &expect![[r#"
        NoError
        dns-version.cluster.local. 28800 IN TXT 1.1.0"#]],
    );
}

#[test]
fn names_between_and_names_beside() {
    check(
        RecordType::A,
        "svc.cluster.local.",
        &expect![[r#"
        NoError
        - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "empty.svc.cluster.local.",
        &expect![[r#"
        NoError
        - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "nowhere.svc.cluster.local.",
        &expect![[r#"
        NXDomain
        - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "missing.default.svc.cluster.local.",
        &expect![[r#"
            NXDomain
            - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "a.b.c.d.e.svc.cluster.local.",
        &expect![[r#"
        NXDomain
        - cluster.local. 5"#]],
    );
    check(
        RecordType::A,
        "www.cluster.local.",
        &expect![[r#"
        NXDomain
        - cluster.local. 5"#]],
    );
}

#[test]
fn addresses_back_to_names() {
    check(
        RecordType::PTR,
        "7.0.96.10.in-addr.arpa.",
        &expect![[r#"
        NoError
        7.0.96.10.in-addr.arpa. 30 IN PTR web.default.svc.cluster.local."#]],
    );
    check(
        RecordType::PTR,
        "3.0.244.10.in-addr.arpa.",
        &expect![[r#"
        NoError
        3.0.244.10.in-addr.arpa. 30 IN PTR db-0.db.default.svc.cluster.local."#]],
    );
    check(
        RecordType::PTR,
        "4.0.244.10.in-addr.arpa.",
        &expect![[r#"
        NoError
        4.0.244.10.in-addr.arpa. 30 IN PTR 10-244-0-4.db.default.svc.cluster.local."#]],
    );
    check(
        RecordType::A,
        "4.0.244.10.in-addr.arpa.",
        &expect![[r#"
        NoError
        - cluster.local. 5"#]],
    );
    check(
        RecordType::PTR,
        "1.1.1.10.in-addr.arpa.",
        &expect!["forward"],
    );
    check(RecordType::PTR, "244.10.in-addr.arpa.", &expect!["forward"]);
}

#[test]
fn other_names_are_forwarded() {
    check(RecordType::A, "example.com.", &expect!["forward"]);
    check(
        RecordType::A,
        "web.default.svc.cluster.local.example.com.",
        &expect!["forward"],
    );
}
