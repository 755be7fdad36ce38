//! Services in clusters of one family of addresses and of two: objects of ranges and addresses follow, over restarts too.
use crate::kit::{Answer, Kit, kinds_of_services, start_over};
use apiserver::Bootstrap;
use platform::Platform;
use serde_json::{Value, json};
use std::{path::Path, sync::Arc, time::Duration};

const SERVICES: &str = "/api/v1/namespaces/default/services";
const ADDRESSES: &str = "/apis/networking.k8s.io/v1/ipaddresses";
const RANGE: &str = "/apis/networking.k8s.io/v1/servicecidrs/kubernetes";
const MERGE: &str = "application/merge-patch+json";

pub(crate) async fn cluster(platform: Platform, ranges: &'static [&'static str]) -> Kit {
    let store = store::Embedded::open(&platform, Path::new("data"), store::Options::server());
    let store = store.await.unwrap();
    over(platform.group("first"), store, ranges).await
}

async fn over(
    platform: Platform,
    store: Arc<dyn store::Store>,
    ranges: &'static [&'static str],
) -> Kit {
    let kit = start_over(platform, store, kinds_of_services(ranges), |config| {
        config.bootstrap = Bootstrap {
            enabled: true,
            service_cidrs: ranges.iter().map(|range| (*range).to_owned()).collect(),
            ..config.bootstrap.clone()
        };
    })
    .await;
    kit.server.ready().await;
    kit
}

/// Runs a scenario in a cluster of these ranges.
fn run<F: Future<Output = ()>>(ranges: &'static [&'static str], scenario: impl FnOnce(Kit) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        scenario(cluster(platform, ranges).await).await;
    });
}

/// The same store behind a server that starts anew.
pub(crate) async fn restarted(
    platform: &Platform,
    kit: Kit,
    ranges: &'static [&'static str],
) -> Kit {
    kit.server.drain(Duration::from_secs(10)).await.unwrap();
    let platform = platform.group("again");
    over(platform, kit.store, ranges).await
}

fn service(name: &str, policy: &str, ips: &[&str]) -> Value {
    json!({"metadata": {"name": name}, "spec": {
        "ports": [{"port": 80}], "selector": {"app": "a"}, "ipFamilyPolicy": policy,
        "clusterIP": ips.first(), "clusterIPs": ips,
    }})
}

impl Kit {
    async fn service(&self, name: &str, policy: &str, ips: &[&str]) -> Answer {
        self.post(SERVICES, service(name, policy, ips)).await
    }

    /// Addresses that are kept by objects, each with whose it is.
    async fn kept(&self) -> Vec<String> {
        self.platform.clock.sleep(Duration::from_millis(100)).await;
        let list = self.get(ADDRESSES).await.expect(200);
        let items = list["items"].as_array().unwrap().iter();
        let show = |item: &Value| {
            let (name, parent) = (&item["metadata"]["name"], &item["spec"]["parentRef"]);
            let family = &item["metadata"]["labels"]["ipaddress.kubernetes.io/ip-family"];
            let parts = [name, family, &parent["namespace"], &parent["name"]];
            parts.map(|part| part.as_str().unwrap_or("-")).join(" ")
        };
        items.map(show).collect()
    }
}

pub(crate) const ONE: &[&str] = &["10.96.0.0/24"];
const BOTH: &[&str] = &["10.96.0.0/24", "fd00:10:96::/120"];

#[test]
fn addresses_of_both_families_are_kept_and_let_go() {
    run(BOTH, |kit| async move {
        let range = kit.get(RANGE).await.expect(200);
        assert_eq!(range["spec"]["cidrs"], json!(BOTH));
        let ips = ["10.96.0.9", "fd00:10:96::9"];
        let made = kit.service("a", "RequireDualStack", &ips).await.expect(201);
        assert_eq!(made["spec"]["ipFamilies"], json!(["IPv4", "IPv6"]));
        let own = "10.96.0.1 IPv4 default kubernetes";
        let (four, six) = ("10.96.0.9 IPv4 default a", "fd00:10:96::9 IPv6 default a");
        assert_eq!(kit.kept().await, [own, four, six]);
        let single = json!({"spec": {"ipFamilyPolicy": "SingleStack"}});
        let path = format!("{SERVICES}/a");
        let changed = kit.patch(&path, MERGE, single).await.expect(200);
        assert_eq!(changed["spec"]["clusterIPs"], json!(["10.96.0.9"]));
        assert_eq!(changed["spec"]["ipFamilies"], json!(["IPv4"]));
        assert_eq!(kit.kept().await, [own, four]);
        let both = json!({"spec": {"ipFamilyPolicy": "PreferDualStack"}});
        let changed = kit.patch(&path, MERGE, both).await.expect(200);
        assert_eq!(
            changed["spec"]["clusterIPs"].as_array().map(Vec::len),
            Some(2)
        );
        assert_eq!(kit.kept().await.len(), 3);
        kit.delete(&path, Value::Null).await.expect(200);
        assert_eq!(kit.kept().await, [own]);
    });
}

/// The object of an address follows its Service, and is not asked whether the address is free.
#[test]
fn an_address_is_free_as_soon_as_its_service_is_gone() {
    run(BOTH, |kit| async move {
        let ips = ["fd00:10:96::9", "10.96.0.9"];
        for round in ["a", "b", "c"] {
            kit.service(round, "PreferDualStack", &ips)
                .await
                .expect(201);
            let taken = kit.service("other", "SingleStack", &ips[..1]).await;
            assert_eq!(
                taken.message(422),
                "Service \"other\" is invalid: spec.clusterIPs: Invalid value: [\"fd00:10:96::9\"]: failed to allocate IP fd00:10:96::9: provided IP is already allocated"
            );
            let path = format!("{SERVICES}/{round}");
            kit.delete(&path, Value::Null).await.expect(200);
        }
        assert_eq!(kit.kept().await.len(), 1);
    });
}

#[test]
fn somebody_elses_addresses_are_not_given() {
    run(BOTH, |kit| async move {
        let kept = json!({"metadata": {"name": "fd00:10:96::9"}, "spec": {"parentRef": {
            "group": "gateway.networking.k8s.io", "resource": "gateways", "namespace": "default", "name": "g"}}});
        kit.post(ADDRESSES, kept).await.expect(201);
        let taken = kit
            .service("a", "PreferDualStack", &["fd00:10:96::9"])
            .await;
        let words = taken.message(422);
        assert!(
            words.ends_with("provided IP is already allocated"),
            "{words}"
        );
    });
}

/// Ranges of objects are used when the cluster's own is full, each for its family.
#[test]
fn further_ranges_serve_their_family() {
    run(&["10.96.0.0/30", "fd00:10:96::/127"], |kit| async move {
        let full = kit.service("a", "RequireDualStack", &[]).await.expect(201);
        assert_eq!(
            full["spec"]["clusterIPs"],
            json!(["10.96.0.2", "fd00:10:96::1"])
        );
        let refused = kit.service("b", "PreferDualStack", &[]).await;
        assert_eq!(
            refused.message(500),
            "Internal error occurred: failed to allocate a serviceIP: range is full"
        );
        let more = json!({"metadata": {"name": "more"}, "spec": {"cidrs": ["10.97.0.0/30", "fd00:10:97::/126"]}});
        kit.post("/apis/networking.k8s.io/v1/servicecidrs", more)
            .await
            .expect(201);
        let made = kit
            .service("b", "PreferDualStack", &["fd00:10:97::2"])
            .await
            .expect(201);
        let ips = &made["spec"]["clusterIPs"];
        assert_eq!(ips[0], "fd00:10:97::2");
        assert!(ips[1].as_str().unwrap().starts_with("10.97.0."), "{ips}");
    });
}

#[test]
fn a_cluster_gains_a_second_family_at_a_restart() {
    platform::simulated::run(7, |platform: Platform| async move {
        let kit = cluster(platform.clone(), ONE).await;
        let made = kit
            .service("a", "PreferDualStack", &["10.96.0.9"])
            .await
            .expect(201);
        assert_eq!(made["spec"]["clusterIPs"], json!(["10.96.0.9"]));
        kit.service("b", "SingleStack", &["10.96.0.10"])
            .await
            .expect(201);
        let kit = restarted(&platform, kit, BOTH).await;
        let range = kit.get(RANGE).await.expect(200);
        assert_eq!(range["spec"]["cidrs"], json!(BOTH));
        assert_eq!(range["status"]["conditions"][0]["status"], "True");
        // What preferred two families stays with what it was given until somebody asks.
        let path = format!("{SERVICES}/a");
        let label = json!({"metadata": {"labels": {"x": "y"}}});
        let same = kit.patch(&path, MERGE, label).await.expect(200);
        assert_eq!(same["spec"]["clusterIPs"], json!(["10.96.0.9"]));
        let taken = kit.service("c", "SingleStack", &["10.96.0.10"]).await;
        assert_eq!(taken.code, 422, "{}", taken.text);
        let asked = json!({"spec": {"ipFamilyPolicy": "RequireDualStack"}});
        let dual = kit.patch(&path, MERGE, asked).await.expect(200);
        assert_eq!(dual["spec"]["ipFamilies"], json!(["IPv4", "IPv6"]));
        // Back to one family: what has two addresses is served, and nothing new gets them.
        let kit = restarted(&platform, kit, ONE).await;
        let range = kit.get(RANGE).await.expect(200);
        assert_eq!(range["spec"]["cidrs"], json!(BOTH));
        assert_eq!(kit.get(&path).await.expect(200)["spec"], dual["spec"]);
        let refused = kit.service("d", "RequireDualStack", &[]).await;
        assert_eq!(
            refused.message(422),
            "Service \"d\" is invalid: spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services"
        );
        kit.delete(&path, Value::Null).await.expect(200);
        assert_eq!(kit.kept().await.len(), 2);
    });
}
