//! What of a Service's addresses follows from the rest: the list from the single field, the families, and what an update keeps or drops.

use super::{
    NONE,
    validate::{self, needs_address, needs_node_ports},
};
use api::core::v1::{Service, ServiceSpec, ServiceType};
use meta::{ApiError, FieldErrors};

/// `clusterIP` and `clusterIPs` say the same; older clients know only the first.
pub(super) fn normalize(new: &mut Service, old: Option<&Service>) {
    let spec = &mut new.spec;
    let Some(old) = old.map(|old| &old.spec) else {
        if spec.cluster_ips.is_empty() && !spec.cluster_ip.is_empty() {
            spec.cluster_ips = vec![spec.cluster_ip.clone()];
        }
        return;
    };
    let (single_changed, list_changed) = (
        spec.cluster_ip != old.cluster_ip,
        spec.cluster_ips != old.cluster_ips,
    );
    if single_changed && !list_changed {
        spec.cluster_ips = if spec.cluster_ip.is_empty() {
            Vec::new()
        } else {
            vec![spec.cluster_ip.clone()]
        };
    }
}

/// Whether a load balancer has to ask each node if it has endpoints.
pub(super) fn needs_health_check(spec: &ServiceSpec) -> bool {
    spec.type_ == ServiceType::LOAD_BALANCER && spec.external_traffic_policy == "Local"
}

/// An update that says nothing of what was allocated means what is there.
pub(super) fn keep_allocated(new: &mut Service, old: &Service) {
    let (spec, old) = (&mut new.spec, &old.spec);
    if needs_address(&spec.type_) && needs_address(&old.type_) {
        if spec.cluster_ip.is_empty() {
            spec.cluster_ip = old.cluster_ip.clone();
        }
        if spec.cluster_ips.is_empty() && spec.cluster_ip == old.cluster_ip {
            spec.cluster_ips = old.cluster_ips.clone();
        }
        if spec.ip_families.is_empty() {
            spec.ip_families = old.ip_families.clone();
        }
        if spec.ip_family_policy.is_none() {
            spec.ip_family_policy = old.ip_family_policy.clone();
        }
    }
    if needs_health_check(spec) && needs_health_check(old) && spec.health_check_node_port == 0 {
        spec.health_check_node_port = old.health_check_node_port;
    }
    if needs_node_ports(&spec.type_) && needs_node_ports(&old.type_) {
        let taken: Vec<i32> = spec.ports.iter().map(|port| port.node_port).collect();
        for port in spec.ports.iter_mut().filter(|port| port.node_port == 0) {
            let same = old
                .ports
                .iter()
                .find(|other| other.port == port.port && other.protocol == port.protocol);
            if let Some(same) = same.filter(|same| !taken.contains(&same.node_port)) {
                port.node_port = same.node_port;
            }
        }
    }
}

/// What the new type has no use for goes, if the client left it as it was.
pub(super) fn drop_unneeded(new: &mut Service, old: &Service) {
    let (spec, old) = (&mut new.spec, &old.spec);
    let unneeded = needs_health_check(old) && !needs_health_check(spec);
    if unneeded && spec.health_check_node_port == old.health_check_node_port {
        spec.health_check_node_port = 0;
    }
    if spec.type_ == old.type_ {
        return;
    }
    if needs_address(&old.type_) && !needs_address(&spec.type_) {
        if spec.cluster_ip == old.cluster_ip {
            spec.cluster_ip = Default::default();
            spec.cluster_ips.clear();
        }
        if spec.ip_families == old.ip_families {
            spec.ip_families.clear();
        }
        if spec.ip_family_policy == old.ip_family_policy {
            spec.ip_family_policy = None;
        }
        spec.internal_traffic_policy = None;
    }
    if needs_node_ports(&old.type_) && !needs_node_ports(&spec.type_) {
        let same = spec
            .ports
            .iter()
            .map(|port| port.node_port)
            .eq(old.ports.iter().map(|port| port.node_port));
        if same {
            spec.ports.iter_mut().for_each(|port| port.node_port = 0);
        }
        if spec.external_traffic_policy == old.external_traffic_policy
            && spec.external_ips.is_empty()
        {
            spec.external_traffic_policy = Default::default();
        }
    }
    if old.type_ == ServiceType::LOAD_BALANCER {
        if spec.allocate_load_balancer_node_ports == old.allocate_load_balancer_node_ports {
            spec.allocate_load_balancer_node_ports = None;
        }
        if spec.load_balancer_class == old.load_balancer_class {
            spec.load_balancer_class = None;
        }
    }
}

/// What allocation relies on, checked before it.
///
/// # Errors
/// 422 with every field that is wrong.
pub(super) fn prevalidate(new: &Service) -> Result<(), ApiError> {
    let mut errors = FieldErrors::new();
    validate::addresses(&mut errors, new);
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid(
            "",
            "Service",
            &new.metadata.name,
            &errors,
        ))
    }
}

/// The cluster speaks IPv4.
pub(super) fn set_families(service: &mut Service) {
    let spec = &mut service.spec;
    if spec.type_ == ServiceType::EXTERNAL_NAME {
        return;
    }
    // Without a selector and without an address nothing confines the endpoints to one family.
    if spec.cluster_ip == NONE && spec.selector.is_empty() {
        let policy = spec
            .ip_family_policy
            .get_or_insert_with(|| "RequireDualStack".into())
            .clone();
        if spec.ip_families.is_empty() {
            spec.ip_families = vec!["IPv4".into()];
        }
        if policy != "SingleStack" && spec.ip_families.len() == 1 {
            let other = if spec.ip_families[0] == "IPv4" {
                "IPv6"
            } else {
                "IPv4"
            };
            spec.ip_families.push(other.into());
        }
        return;
    }
    spec.ip_family_policy
        .get_or_insert_with(|| "SingleStack".into());
    if spec.ip_families.is_empty() {
        spec.ip_families = vec!["IPv4".into()];
    }
}
