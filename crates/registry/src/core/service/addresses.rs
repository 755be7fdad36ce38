//! What of a Service's addresses follows from the rest: the list from the single field, the families, and what an update keeps or drops.

use super::{
    NONE, ServiceNetwork,
    validate::{self, V4, V6, family_of, is_external, needs_address, needs_node_ports},
};
use api::core::v1::{Service, ServiceSpec, ServiceType};
use meta::{ApiError, FieldErrors, FieldPath, Str};
use std::collections::HashMap;

const SINGLE: &str = "SingleStack";
const PREFERRED: &str = "PreferDualStack";
const REQUIRED: &str = "RequireDualStack";

/// Whether it has an address, if only `None`.
pub(super) fn has_address(service: &Service) -> bool {
    service.spec.type_ != ServiceType::EXTERNAL_NAME
}

/// `clusterIP` and `clusterIPs` say the same; older clients know only the first. Upstream `normalizeClusterIPs`.
pub(super) fn normalize(new: &mut Service, old: Option<&Service>) {
    let spec = &mut new.spec;
    let Some(old) = old.map(|old| &old.spec) else {
        if spec.cluster_ips.is_empty() && !spec.cluster_ip.is_empty() {
            spec.cluster_ips = [spec.cluster_ip.clone()].into();
        }
        return;
    };
    if spec.cluster_ip == old.cluster_ip {
        if spec.cluster_ips.is_empty() {
            spec.cluster_ips = old.cluster_ips.clone();
        }
    } else if spec.cluster_ips == old.cluster_ips {
        let given = Some(spec.cluster_ip.clone()).filter(|ip| !ip.is_empty());
        spec.cluster_ips = given.into_iter().collect();
    }
}

/// Whether a load balancer has to ask each node if it has endpoints.
pub(super) fn needs_health_check(spec: &ServiceSpec) -> bool {
    spec.type_ == ServiceType::LOAD_BALANCER && spec.external_traffic_policy == "Local"
}

/// An update that says nothing of what was allocated means what is there. Upstream `patchAllocatedValues`.
pub(super) fn keep_allocated(new: &mut Service, old: &Service) {
    if has_address(new) && has_address(old) {
        let (spec, old) = (&mut new.spec, &old.spec);
        if spec.cluster_ip.is_empty() {
            spec.cluster_ip = old.cluster_ip.clone();
        }
        if spec.cluster_ips.is_empty() {
            spec.cluster_ips = old.cluster_ips.clone();
        }
    }
    let (spec, old) = (&mut new.spec, &old.spec);
    if gets_node_ports(spec) && gets_node_ports(old) {
        keep_node_ports(spec, old);
    }
    if needs_health_check(spec) && needs_health_check(old) && spec.health_check_node_port == 0 {
        spec.health_check_node_port = old.health_check_node_port;
    }
}

/// Load balancers may do without.
fn gets_node_ports(spec: &ServiceSpec) -> bool {
    let wanted = spec.allocate_load_balancer_node_ports != Some(false);
    needs_node_ports(&spec.type_) && (spec.type_ == ServiceType::NODE_PORT || wanted)
}

/// Ports keep their node ports by their names.
fn keep_node_ports(spec: &mut ServiceSpec, old: &ServiceSpec) {
    let used: Vec<i32> = spec.ports.iter().map(|port| port.node_port).collect();
    let named: HashMap<&Str, i32> = old
        .ports
        .iter()
        .map(|port| (&port.name, port.node_port))
        .collect();
    for port in spec.ports.iter_mut().filter(|port| port.node_port == 0) {
        let before = named.get(&port.name).copied().unwrap_or(0);
        if !used.contains(&before) {
            port.node_port = before;
        }
    }
}

/// What the new type has no use for goes, if the client left it as it was. Upstream `dropTypeDependentFields`.
pub(super) fn drop_unneeded(new: &mut Service, old: &Service) {
    let lost_address = has_address(old) && !has_address(new);
    let lost_outside = is_external(old) && !is_external(new);
    let balanced = new.spec.type_ == ServiceType::LOAD_BALANCER;
    let lost_balancer = old.spec.type_ == ServiceType::LOAD_BALANCER && !balanced;
    let (spec, old) = (&mut new.spec, &old.spec);
    if lost_address {
        if spec.cluster_ip == old.cluster_ip && spec.cluster_ips == old.cluster_ips {
            spec.cluster_ip = Default::default();
            spec.cluster_ips.clear();
        }
        if spec.ip_families == old.ip_families {
            spec.ip_families.clear();
        }
        if spec.ip_family_policy == old.ip_family_policy {
            spec.ip_family_policy = None;
        }
    }
    if needs_node_ports(&old.type_) && !needs_node_ports(&spec.type_) {
        drop_node_ports(spec, old);
    }
    if needs_health_check(old)
        && !needs_health_check(spec)
        && spec.health_check_node_port == old.health_check_node_port
    {
        spec.health_check_node_port = 0;
    }
    if lost_balancer {
        if spec.allocate_load_balancer_node_ports == old.allocate_load_balancer_node_ports {
            spec.allocate_load_balancer_node_ports = None;
        }
        if spec.load_balancer_class == old.load_balancer_class {
            spec.load_balancer_class = None;
        }
    }
    if lost_outside && spec.external_traffic_policy == old.external_traffic_policy {
        spec.external_traffic_policy = Default::default();
    }
    if !balanced {
        new.status.load_balancer = Default::default();
    }
}

/// None is new: ports may have come, gone or changed places.
fn drop_node_ports(spec: &mut ServiceSpec, old: &ServiceSpec) {
    let known = |port: i32| port == 0 || old.ports.iter().any(|old| old.node_port == port);
    if spec.ports.iter().all(|port| known(port.node_port)) {
        spec.ports.iter_mut().for_each(|port| port.node_port = 0);
    }
}

/// Checks what allocation relies on and fills in policy and families. Upstream `initIPFamilyFields`.
///
/// # Errors
/// 422 with every field that is wrong.
pub(super) fn set_families(
    network: &ServiceNetwork,
    new: &mut Service,
    old: Option<&Service>,
) -> Result<(), ApiError> {
    if !has_address(new) || old.is_some_and(|old| prefers_the_same(new, old)) {
        return Ok(());
    }
    if new.spec.ip_family_policy.is_none() {
        let before = old.and_then(|old| old.spec.ip_family_policy.clone());
        let policy = if is_open(&new.spec) { REQUIRED } else { SINGLE };
        new.spec.ip_family_policy = Some(before.unwrap_or_else(|| policy.into()));
    }
    checked(new, |errors, new| validate::addresses(errors, new, old))?;
    checked(new, |errors, new| {
        if let Some(old) = old {
            check_second(errors, &mut new.spec, &old.spec);
        }
        check_single(errors, &new.spec);
        infer_families(network, errors, &mut new.spec);
    })?;
    let open = is_open(&new.spec);
    if !open {
        checked(new, |errors, new| {
            check_configured(network, errors, &new.spec)
        })?;
    }
    if new.spec.ip_families.is_empty() {
        new.spec.ip_families = [network.family().into()].into();
    }
    if open || network.is_dual() {
        add_second_family(&mut new.spec);
    }
    Ok(())
}

fn checked(
    new: &mut Service,
    check: impl FnOnce(&mut FieldErrors, &mut Service),
) -> Result<(), ApiError> {
    let mut errors = FieldErrors::new();
    check(&mut errors, new);
    if errors.is_empty() {
        return Ok(());
    }
    let name = &new.metadata.name;
    Err(ApiError::invalid("", "Service", name, &errors))
}

fn policy_path() -> FieldPath {
    FieldPath::new("spec.ipFamilyPolicy")
}

/// Services that take what there is do not change with the cluster.
pub(super) fn prefers_the_same(new: &Service, old: &Service) -> bool {
    let (new, old) = (&new.spec, &old.spec);
    let preferred = |policy: Option<&str>| policy.is_none_or(|policy| policy == PREFERRED);
    new.ip_family_policy.is_some()
        && needs_address(&new.type_)
        && new.type_ == old.type_
        && preferred(new.ip_family_policy.as_deref())
        && preferred(old.ip_family_policy.as_deref())
        && new.cluster_ips == old.cluster_ips
        && new.ip_families == old.ip_families
}

/// Without a selector and without an address nothing confines the endpoints to one family.
fn is_open(spec: &ServiceSpec) -> bool {
    spec.cluster_ip == NONE && spec.selector.is_empty()
}

fn is_single(spec: &ServiceSpec) -> bool {
    spec.ip_family_policy.as_deref() == Some(SINGLE)
}

/// The policy says whether the second address and family may go.
fn check_second(errors: &mut FieldErrors, spec: &mut ServiceSpec, old: &ServiceSpec) {
    if is_single(spec) {
        if spec.cluster_ips == old.cluster_ips {
            spec.cluster_ips.truncate(1);
        }
        if spec.ip_families == old.ip_families {
            spec.ip_families.truncate(1);
        }
        return;
    }
    let fewer = |now: &[Str], before: &[Str]| !now.is_empty() && now.len() < before.len();
    for (reduced, what) in [
        (fewer(&spec.cluster_ips, &old.cluster_ips), "cluster IP"),
        (fewer(&spec.ip_families, &old.ip_families), "IP family"),
    ] {
        if reduced {
            let words = format!("must be 'SingleStack' to release the secondary {what}");
            errors.invalid(&policy_path(), &spec.ip_family_policy, words);
        }
    }
}

fn check_single(errors: &mut FieldErrors, spec: &ServiceSpec) {
    if !is_single(spec) {
        return;
    }
    for (list, what) in [
        (&spec.cluster_ips, "cluster IPs"),
        (&spec.ip_families, "IP families"),
    ] {
        if list.len() == 2 {
            let words = format!(
                "must be 'RequireDualStack' or 'PreferDualStack' when multiple {what} are specified"
            );
            errors.invalid(&policy_path(), &spec.ip_family_policy, words);
        }
    }
}

/// An address says its family.
fn infer_families(network: &ServiceNetwork, errors: &mut FieldErrors, spec: &mut ServiceSpec) {
    for (index, ip) in spec.cluster_ips.iter().enumerate() {
        if ip == NONE {
            break;
        }
        if index < spec.ip_families.len() {
            continue;
        }
        let family = family_of(ip);
        if network.has_family(family) {
            spec.ip_families.push(family.into());
        } else {
            let path = FieldPath::new("spec.clusterIPs").index(index);
            let words = format!("{family} is not configured on this cluster");
            errors.invalid(&path, &spec.cluster_ips, words);
        }
    }
}

fn add_second_family(spec: &mut ServiceSpec) {
    if !is_single(spec) && spec.ip_families.len() == 1 {
        let other = if spec.ip_families[0] == V4 { V6 } else { V4 };
        spec.ip_families.push(other.into());
    }
}

fn check_configured(network: &ServiceNetwork, errors: &mut FieldErrors, spec: &ServiceSpec) {
    if spec.ip_family_policy.as_deref() == Some(REQUIRED) && !network.is_dual() {
        let words = "this cluster is not configured for dual-stack services";
        errors.invalid(&policy_path(), &spec.ip_family_policy, words);
    }
    for (index, family) in spec.ip_families.iter().enumerate() {
        if !network.has_family(family) {
            let path = FieldPath::new("spec.ipFamilies").index(index);
            errors.invalid(&path, family, "not configured on this cluster");
        }
    }
}
