//! Endpoints: the older list of a Service's addresses.

use crate::{networking::addresses, rules};
use api::core::v1::{EndpointAddress, EndpointPort, EndpointSubset, Endpoints};
use meta::{FieldErrors, FieldPath, validation};
use resource::{Column, MetadataCheck, RequestContext, Strategy, Upstream};
use std::net::IpAddr;

pub(crate) struct EndpointsStrategy;

/// Addresses that the table shows before it says how many more there are.
const SHOWN_MAX: usize = 3;
/// What the controller of Endpoints writes needs no second look.
const MANAGED_BY: &str = "endpoints.kubernetes.io/managed-by";
const CONTROLLER: &str = "endpoint-controller";

impl Strategy for EndpointsStrategy {
    type Object = Endpoints;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const SHORT_NAMES: &'static [&'static str] = &["ep"];
    const SINGULAR: &'static str = "endpoints";
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const DEPRECATION: Option<&'static str> =
        Some("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
    const COLUMNS: &'static [Column<Endpoints>] = &[
        Column::NAME,
        Column::text(
            "Endpoints",
            "The set of all endpoints is the union of all subsets.",
            |endpoints, _| shown(&endpoints.subsets).into(),
        ),
        Column::AGE,
    ];
    const UPSTREAM: Upstream = Upstream {
        place: "services/endpoints",
        ..Upstream::USUAL
    };

    fn set_defaults(&self, endpoints: &mut Endpoints) {
        for port in endpoints
            .subsets
            .iter_mut()
            .flat_map(|subset| subset.ports.iter_mut())
        {
            if port.protocol.is_empty() {
                port.protocol = "TCP".into();
            }
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, endpoints: &Endpoints) {
        check_subsets(errors, endpoints);
    }

    /// Subsets that nobody changes may be as they were once allowed to be.
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Endpoints,
        old: &Endpoints,
    ) {
        if new.subsets != old.subsets {
            check_subsets(errors, new);
        }
    }

    fn warnings_on_create(&self, _cx: &RequestContext, endpoints: &Endpoints) -> Vec<String> {
        let manager = endpoints.metadata.labels.get(MANAGED_BY);
        if manager.is_some_and(|manager| manager == CONTROLLER) {
            return Vec::new();
        }
        let mut all = Vec::new();
        for (index, subset) in endpoints.subsets.iter().enumerate() {
            let path = FieldPath::new("subsets").index(index);
            for (name, list) in [
                ("addresses", &subset.addresses),
                ("notReadyAddresses", &subset.not_ready_addresses),
            ] {
                for (index, address) in list.iter().enumerate() {
                    let path = path.child(name).index(index).child("ip");
                    all.extend(addresses::address_warning(&path, &address.ip));
                }
            }
        }
        all
    }
}

fn check_subsets(errors: &mut FieldErrors, endpoints: &Endpoints) {
    let path = FieldPath::new("subsets");
    for (index, subset) in endpoints.subsets.iter().enumerate() {
        check_subset(errors, &path.index(index), subset);
    }
}

fn check_subset(errors: &mut FieldErrors, path: &FieldPath, subset: &EndpointSubset) {
    if subset.addresses.is_empty() && subset.not_ready_addresses.is_empty() {
        errors.required(path, "must specify `addresses` or `notReadyAddresses`");
    }
    for (name, addresses) in [
        ("addresses", &subset.addresses),
        ("notReadyAddresses", &subset.not_ready_addresses),
    ] {
        for (index, address) in addresses.iter().enumerate() {
            check_address(errors, &path.child(name).index(index), address);
        }
    }
    for (index, port) in subset.ports.iter().enumerate() {
        check_port(
            errors,
            &path.child("ports").index(index),
            port,
            subset.ports.len() > 1,
        );
    }
}

fn check_address(errors: &mut FieldErrors, path: &FieldPath, address: &EndpointAddress) {
    let ip = path.child("ip");
    rules::address(errors, &ip, &address.ip);
    if !address.hostname.is_empty() {
        rules::label(errors, &path.child("hostname"), &address.hostname);
    }
    if let Some(node) = &address.node_name {
        rules::subdomain(errors, &path.child("nodeName"), node);
    }
    check_special(errors, &ip, &address.ip);
}

/// Upstream `ValidateEndpointIP`: an address that can be a Service's backend.
pub(crate) fn check_special(errors: &mut FieldErrors, path: &FieldPath, address: &str) {
    let words = match addresses::parse_sloppy(address) {
        None => Some("must be a valid IP address".to_owned()),
        Some(ip) => special(ip, address),
    };
    if let Some(words) = words {
        errors.invalid(path, address, words);
    }
}

fn special(ip: IpAddr, shown: &str) -> Option<String> {
    let link_local = match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    let local_multicast = match ip {
        IpAddr::V4(ip) => ip.octets()[..3] == [224, 0, 0],
        IpAddr::V6(ip) => ip.segments()[0] & 0xff0f == 0xff02,
    };
    let words = if ip.is_unspecified() {
        return Some(format!("may not be unspecified ({shown})"));
    } else if ip.is_loopback() {
        "may not be in the loopback range (127.0.0.0/8, ::1/128)"
    } else if link_local {
        "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
    } else if local_multicast {
        "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"
    } else {
        return None;
    };
    Some(words.to_owned())
}

fn check_port(errors: &mut FieldErrors, path: &FieldPath, port: &EndpointPort, named: bool) {
    let name = path.child("name");
    if port.name.is_empty() {
        if named {
            errors.required(&name, "");
        }
    } else {
        for words in validation::dns1123_label(&port.name) {
            errors.invalid(&name, &port.name, words);
        }
    }
    for words in validation::port_number(port.port) {
        errors.invalid(&path.child("port"), port.port, words);
    }
    check_protocol(errors, &path.child("protocol"), &port.protocol);
    if let Some(protocol) = &port.app_protocol {
        for words in validation::qualified_name(protocol) {
            errors.invalid(&path.child("appProtocol"), protocol, words);
        }
    }
}

pub(crate) fn check_protocol(errors: &mut FieldErrors, path: &FieldPath, protocol: &meta::Str) {
    const KNOWN: &[&str] = &["SCTP", "TCP", "UDP"];
    if protocol.is_empty() {
        errors.required(path, "");
    } else if !KNOWN.contains(&protocol.as_str()) {
        errors.not_supported(path, protocol, KNOWN);
    }
}

fn shown(subsets: &[EndpointSubset]) -> String {
    let mut all = Vec::new();
    for subset in subsets {
        if subset.ports.is_empty() {
            all.extend(subset.addresses.iter().map(|one| one.ip.to_string()));
        }
        for port in subset.ports.iter() {
            let each = subset.addresses.iter();
            all.extend(each.map(|one| join(&one.ip, port.port)));
        }
    }
    if subsets.is_empty() {
        return "<none>".to_owned();
    }
    let more = all.len().saturating_sub(SHOWN_MAX);
    all.truncate(SHOWN_MAX);
    let list = all.join(",");
    if more > 0 {
        format!("{list} + {more} more...")
    } else {
        list
    }
}

fn join(ip: &str, port: i32) -> String {
    if ip.contains(':') {
        format!("[{ip}]:{port}")
    } else {
        format!("{ip}:{port}")
    }
}

#[cfg(test)]
mod tests;
