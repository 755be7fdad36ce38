//! EndpointSlice: a part of a Service's addresses.

use crate::{
    core::endpoints::{check_protocol, special},
    rules,
};
use api::discovery::v1::{Endpoint, EndpointPort, EndpointSlice};
use meta::{FieldErrors, FieldPath, Str, validation};
use resource::{Column, RequestContext, Strategy};
use std::{collections::HashSet, net::IpAddr};

pub(crate) struct EndpointSlices;

const ENDPOINTS_MAX: usize = 1000;
const PORTS_MAX: usize = 20_000;
const ADDRESSES_MAX: usize = 100;
const SHOWN_MAX: usize = 3;
const ADDRESS_TYPES: &[&str] = &["FQDN", "IPv4", "IPv6"];

impl Strategy for EndpointSlices {
    type Object = EndpointSlice;
    const GENERATION: bool = true;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = true;
    const COLUMNS: &'static [Column<EndpointSlice>] = &[
        Column::NAME,
        Column::text(
            "AddressType",
            "The type of the endpoints' addresses.",
            |slice, _| slice.address_type.as_str().into(),
        ),
        Column::text(
            "Ports",
            "The ports that each endpoint exposes.",
            |slice, _| ports(&slice.ports).into(),
        ),
        Column::text("Endpoints", "The endpoints' addresses.", |slice, _| {
            addresses(&slice.endpoints).into()
        }),
        Column::AGE,
    ];

    fn set_defaults(&self, slice: &mut EndpointSlice) {
        for port in &mut *slice.ports {
            port.name.get_or_insert_default();
            port.protocol.get_or_insert_with(|| "TCP".into());
        }
    }

    /// New labels are a new generation too: they say whose slice it is.
    fn prepare_update(&self, _cx: &RequestContext, new: &mut EndpointSlice, old: &EndpointSlice) {
        if new.metadata.labels != old.metadata.labels {
            new.metadata.generation = old.metadata.generation + 1;
        }
    }

    fn canonicalize(&self, slice: &mut EndpointSlice) {
        rules::forget_empty(&mut slice.endpoints);
        rules::forget_empty(&mut slice.ports);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, slice: &EndpointSlice) {
        rules::finalizers(errors, &slice.metadata);
        let kind = FieldPath::new("addressType");
        if slice.address_type.is_empty() {
            errors.required(&kind, "");
        } else if !ADDRESS_TYPES.contains(&slice.address_type.as_str()) {
            errors.not_supported(&kind, &slice.address_type, ADDRESS_TYPES);
        }
        check_ports(errors, &slice.ports);
        check_endpoints(errors, slice);
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &EndpointSlice,
        old: &EndpointSlice,
    ) {
        self.validate(cx, errors, new);
        if new.address_type != old.address_type {
            errors.immutable(&FieldPath::new("addressType"), &new.address_type);
        }
    }
}

fn check_endpoints(errors: &mut FieldErrors, slice: &EndpointSlice) {
    let path = FieldPath::new("endpoints");
    if slice.endpoints.len() > ENDPOINTS_MAX {
        errors.too_many(&path, slice.endpoints.len(), ENDPOINTS_MAX);
        return;
    }
    for (index, endpoint) in slice.endpoints.iter().enumerate() {
        check_endpoint(errors, &path.index(index), endpoint, &slice.address_type);
    }
}

fn check_endpoint(errors: &mut FieldErrors, path: &FieldPath, endpoint: &Endpoint, kind: &Str) {
    let addresses = path.child("addresses");
    if endpoint.addresses.is_empty() {
        errors.required(&addresses, "must contain at least 1 address");
    } else if endpoint.addresses.len() > ADDRESSES_MAX {
        errors.too_many(&addresses, endpoint.addresses.len(), ADDRESSES_MAX);
    }
    for (index, address) in endpoint.addresses.iter().enumerate() {
        check_address(errors, &addresses.index(index), address, kind);
    }
    if let Some(node) = &endpoint.node_name {
        for words in validation::dns1123_subdomain(node) {
            errors.invalid(&path.child("nodeName"), node, words);
        }
    }
    if let Some(hostname) = &endpoint.hostname {
        for words in validation::dns1123_label(hostname) {
            errors.invalid(&path.child("hostname"), hostname, words);
        }
    }
    let Some(hints) = &endpoint.hints else { return };
    for (index, zone) in hints.for_zones.iter().enumerate() {
        let path = path
            .child("hints")
            .child("forZones")
            .index(index)
            .child("name");
        rules::each(
            errors,
            &path,
            &zone.name,
            validation::label_value(&zone.name),
        );
    }
    for (index, node) in hints.for_nodes.iter().enumerate() {
        let path = path
            .child("hints")
            .child("forNodes")
            .index(index)
            .child("name");
        rules::subdomain(errors, &path, &node.name);
    }
}

fn check_address(errors: &mut FieldErrors, path: &FieldPath, address: &Str, kind: &Str) {
    let parsed = address.parse::<IpAddr>();
    match (kind.as_str(), parsed) {
        ("FQDN", _) => {
            for words in validation::fully_qualified_name(address) {
                errors.invalid(path, address, words);
            }
        }
        ("IPv4" | "IPv6", Err(_)) => errors.invalid(
            path,
            address,
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        ),
        ("IPv4", Ok(ip)) if ip.is_ipv6() => {
            errors.invalid(path, address, "must be an IPv4 address")
        }
        ("IPv6", Ok(ip)) if ip.is_ipv4() => {
            errors.invalid(path, address, "must be an IPv6 address")
        }
        (_, Ok(ip)) => {
            if let Some(words) = special(ip) {
                errors.invalid(path, address, words);
            }
        }
        _ => {}
    }
}

fn check_ports(errors: &mut FieldErrors, ports: &[EndpointPort]) {
    let path = FieldPath::new("ports");
    if ports.len() > PORTS_MAX {
        errors.too_many(&path, ports.len(), PORTS_MAX);
        return;
    }
    let mut names = HashSet::new();
    for (index, port) in ports.iter().enumerate() {
        let path = path.index(index);
        let name = port.name.clone().unwrap_or_default();
        if !name.is_empty() {
            for words in validation::dns1123_label(&name) {
                errors.invalid(&path.child("name"), &name, words);
            }
        }
        if !names.insert(name.clone()) {
            errors.duplicate(&path.child("name"), &name);
        }
        check_protocol(
            errors,
            &path.child("protocol"),
            &port.protocol.clone().unwrap_or_default(),
        );
        if let Some(protocol) = &port.app_protocol {
            for words in validation::qualified_name(protocol) {
                errors.invalid(&path.child("appProtocol"), protocol, words);
            }
        }
    }
}

fn ports(ports: &[EndpointPort]) -> String {
    let shown = ports.iter().map(|port| match (port.port, &port.name) {
        (Some(number), _) => number.to_string(),
        (None, Some(name)) => name.to_string(),
        (None, None) => "*".to_owned(),
    });
    abridged(shown.collect(), "<unset>")
}

fn addresses(endpoints: &[Endpoint]) -> String {
    let shown = endpoints
        .iter()
        .flat_map(|endpoint| endpoint.addresses.iter())
        .map(Str::to_string);
    abridged(shown.collect(), "<unset>")
}

fn abridged(mut all: Vec<String>, none: &str) -> String {
    if all.is_empty() {
        return none.to_owned();
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
