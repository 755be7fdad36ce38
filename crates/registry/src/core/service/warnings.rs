//! What of a Service does nothing, or soon will (`pkg/api/service/warnings.go`).

use super::NONE;
use crate::networking::addresses;
use api::core::v1::{Service, ServiceAffinity, ServiceType};
use meta::FieldPath;

const TOPOLOGY_HINTS: &str = "service.kubernetes.io/topology-aware-hints";
const TOPOLOGY_MODE: &str = "service.kubernetes.io/topology-mode";
const PREFER_CLOSE: &str = "PreferClose";

pub(super) fn of(service: &Service) -> Vec<String> {
    let (path, spec) = (FieldPath::new("spec"), &service.spec);
    let external_name = spec.type_ == ServiceType::EXTERNAL_NAME;
    let headless = spec.type_ == ServiceType::CLUSTER_IP && spec.cluster_ip == NONE;
    let exposed = !spec.external_ips.is_empty();
    let mut all = Vec::new();
    if service.metadata.annotations.contains_key(TOPOLOGY_HINTS) {
        all.push(format!(
            "annotation {TOPOLOGY_HINTS} is deprecated, please use {TOPOLOGY_MODE} instead"
        ));
    }
    if !spec.cluster_ip.is_empty() && spec.cluster_ip != NONE {
        all.extend(of_addresses(&path.child("clusterIPs"), &spec.cluster_ips));
    }
    if headless {
        all.extend(of_headless(service));
    }
    all.extend(of_addresses(&path.child("externalIPs"), &spec.external_ips));
    if exposed && !headless && !external_name {
        let words =
            "spec.externalIPs is deprecated and may no longer be implemented in some clusters";
        all.push(words.to_owned());
    }
    if !spec.load_balancer_ip.is_empty() {
        let path = path.child("loadBalancerIP");
        all.extend(addresses::address_warning(&path, &spec.load_balancer_ip));
    }
    let ranges = path.child("loadBalancerSourceRanges");
    for (index, range) in spec.load_balancer_source_ranges.iter().enumerate() {
        all.extend(addresses::range_warnings(&ranges.index(index), range));
    }
    if external_name && exposed {
        all.push("spec.externalIPs is ignored when spec.type is \"ExternalName\"".to_owned());
    }
    if !external_name && !spec.external_name.is_empty() {
        let words = "spec.externalName is ignored when spec.type is not \"ExternalName\"";
        all.push(words.to_owned());
    }
    if spec.traffic_distribution.as_deref() == Some(PREFER_CLOSE) {
        let words =
            "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"";
        all.push(words.to_owned());
    }
    all
}

fn of_addresses(list: &FieldPath, addresses: &[meta::Str]) -> Vec<String> {
    let each = addresses.iter().enumerate();
    each.filter_map(|(index, ip)| addresses::address_warning(&list.index(index), ip))
        .collect()
}

fn of_headless(service: &Service) -> impl Iterator<Item = String> {
    let spec = &service.spec;
    let ignored = [
        ("loadBalancerIP", !spec.load_balancer_ip.is_empty()),
        ("externalIPs", !spec.external_ips.is_empty()),
        (
            "SessionAffinity",
            spec.session_affinity != ServiceAffinity::NONE,
        ),
    ];
    let ignored = ignored.into_iter().filter(|(_, set)| *set);
    ignored.map(|(name, _)| format!("spec.{name} is ignored for headless services"))
}
