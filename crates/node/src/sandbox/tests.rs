//! DNS, names and the hosts file.

use super::*;
use expect_test::{Expect, expect};

fn check(spec: &serde_json::Value, expected: Expect) {
    let value =
        serde_json::json!({"metadata": {"name": "p", "namespace": "ns", "uid": "u"}, "spec": spec});
    let pod = meta::codec::from_value::<Pod>(&value).unwrap().object;
    let host = Resolver::parse("# x\nnameserver 9.9.9.9\nsearch example.org\noptions edns0\n");
    let around = Surroundings {
        cluster_domain: "cluster.local",
        cluster_dns: &[IpAddr::from([10, 96, 0, 10])],
        host: &host,
        hostname: "node",
        cgroup_root: "/machine",
        log_dir: Path::new("/logs"),
    };
    let config = config(&pod, &around, 0);
    let cgroup = config.linux.unwrap().cgroup_parent;
    assert_eq!(cgroup, "/machine/kubepods/besteffort/podu");
    let dns = config.dns_config.unwrap();
    let hosts = hosts_file(&pod, &around, &["10.0.0.1".to_owned()], "HOST\n");
    let last: Vec<&str> = hosts.lines().skip(7).collect();
    expected.assert_eq(&format!(
        "{} | {} | {} | {} | {}",
        config.hostname,
        dns.servers.join(" "),
        dns.searches.join(" "),
        dns.options.join(" "),
        last.join(";"),
    ));
}

#[test]
fn names_and_resolvers() {
    check(
        &serde_json::json!({"dnsPolicy": "ClusterFirst"}),
        expect![
            "p | 10.96.0.10 | ns.svc.cluster.local svc.cluster.local cluster.local example.org | ndots:5 | 10.0.0.1	p"
        ],
    );
    check(
        &serde_json::json!({"dnsPolicy": "Default", "hostname": "h", "subdomain": "s"}),
        expect!["h | 9.9.9.9 | example.org | edns0 | 10.0.0.1	h.s.ns.svc.cluster.local	h"],
    );
    check(
        &serde_json::json!({"dnsPolicy": "None", "dnsConfig": {"nameservers": ["1.1.1.1"], "options": [{"name": "ndots", "value": "2"}]},
        "hostAliases": [{"ip": "1.2.3.4", "hostnames": ["a", "b"]}]}),
        expect![
            "p | 1.1.1.1 |  | ndots:2 | 10.0.0.1	p;;# Entries added by HostAliases.;1.2.3.4	a	b"
        ],
    );
    check(
        &serde_json::json!({"dnsPolicy": "ClusterFirst", "hostNetwork": true}),
        expect!["node | 9.9.9.9 | example.org | edns0 | "],
    );
}
