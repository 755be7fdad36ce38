//! EndpointSlice: a part of a Service's addresses.

#[cfg(test)]
mod tests;

use crate::{core::endpoints::check_special, networking::addresses, rules, selector};
use api::discovery::v1::{Endpoint, EndpointHints, EndpointPort, EndpointSlice};
use meta::{FieldErrors, FieldPath, Str, validation};
use resource::{Column, Generation, MetadataCheck, RequestContext, Strategy};
use std::collections::HashSet;

pub(crate) struct EndpointSlices;

const ENDPOINTS_MAX: usize = 1000;
const PORTS_MAX: usize = 20_000;
const ADDRESSES_MAX: usize = 100;
/// Of zones, and of nodes.
const HINTS_MAX: usize = 8;
const TOPOLOGY_LABELS_MAX: usize = 16;
const SHOWN_MAX: usize = 3;
const HOSTNAME: &str = "kubernetes.io/hostname";
const MANAGED_BY: &str = "endpointslice.kubernetes.io/managed-by";
const CONTROLLERS: &[&str] = &[
    "endpointslice-controller.k8s.io",
    "endpointslicemirroring-controller.k8s.io",
];
const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];
const ADDRESS_TYPES: &[&str] = &["FQDN", "IPv4", "IPv6"];

impl Strategy for EndpointSlices {
    type Object = EndpointSlice;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const GENERATION: Generation = Generation::Content;
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

    fn prepare_create(&self, _cx: &RequestContext, new: &mut EndpointSlice) {
        drop_topology(new, None);
    }

    /// New labels are a new generation too: they say whose slice it is. So is topology that is not kept.
    fn prepare_update(&self, _cx: &RequestContext, new: &mut EndpointSlice, old: &EndpointSlice) {
        self.canonicalize(new);
        let moved = new.endpoints != old.endpoints;
        if moved || new.metadata.labels != old.metadata.labels {
            new.metadata.generation = old.metadata.generation + 1;
        }
        if moved {
            drop_topology(new, Some(old));
        }
    }

    fn canonicalize(&self, slice: &mut EndpointSlice) {
        rules::forget_empty(&mut slice.endpoints);
        rules::forget_empty(&mut slice.ports);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, slice: &EndpointSlice) {
        check(errors, slice);
        check_endpoints(errors, slice);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &EndpointSlice,
        old: &EndpointSlice,
    ) {
        check(errors, new);
        // What older releases took may stay.
        if new.endpoints != old.endpoints {
            check_endpoints(errors, new);
        }
        if new.address_type != old.address_type {
            errors.immutable(&FieldPath::new("addressType"), &new.address_type);
        }
    }

    fn warnings_on_create(&self, _cx: &RequestContext, slice: &EndpointSlice) -> Vec<String> {
        let mut warnings = Vec::new();
        if slice.address_type == "FQDN" {
            warnings.push("spec.addressType: FQDN endpoints are deprecated".to_owned());
        }
        warnings.extend(address_warnings(slice));
        warnings
    }

    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        new: &EndpointSlice,
        _old: &EndpointSlice,
    ) -> Vec<String> {
        address_warnings(new)
    }
}

/// Clients of v1 do not write the field of older releases. The name of a node that stood there before is kept.
fn drop_topology(new: &mut EndpointSlice, old: Option<&EndpointSlice>) {
    let before = old.iter().flat_map(|old| old.endpoints.iter());
    let before: HashSet<&Str> = before
        .filter_map(|one| one.deprecated_topology.get(HOSTNAME))
        .filter(|name| validation::dns1123_subdomain(name).is_empty())
        .collect();
    for endpoint in &mut *new.endpoints {
        let topology = std::mem::take(&mut endpoint.deprecated_topology);
        let name = topology.get(HOSTNAME).filter(|name| before.contains(name));
        if endpoint.node_name.is_none() {
            endpoint.node_name = name.cloned();
        }
    }
}

/// Upstream's own controllers write addresses in one form only.
fn address_warnings(slice: &EndpointSlice) -> Vec<String> {
    let manager = slice.metadata.labels.get(MANAGED_BY);
    if manager.is_some_and(|manager| CONTROLLERS.contains(&manager.as_str())) {
        return Vec::new();
    }
    let mut warnings = Vec::new();
    for (index, endpoint) in slice.endpoints.iter().enumerate() {
        let path = FieldPath::new("endpoints").index(index).child("addresses");
        for (index, address) in endpoint.addresses.iter().enumerate() {
            warnings.extend(addresses::address_warning(&path.index(index), address));
        }
    }
    warnings
}

/// All but the endpoints.
fn check(errors: &mut FieldErrors, slice: &EndpointSlice) {
    let kind = FieldPath::new("addressType");
    rules::one_of(errors, &kind, &slice.address_type, ADDRESS_TYPES);
    check_ports(errors, &slice.ports);
}

fn check_endpoints(errors: &mut FieldErrors, slice: &EndpointSlice) {
    let path = FieldPath::new("endpoints");
    if slice.endpoints.len() > ENDPOINTS_MAX {
        errors.too_many(&path, slice.endpoints.len(), ENDPOINTS_MAX);
        return;
    }
    for (index, endpoint) in slice.endpoints.iter().enumerate() {
        let path = path.index(index);
        check_addresses(errors, &path, endpoint, &slice.address_type);
        check_endpoint(errors, &path, endpoint);
    }
}

fn check_addresses(errors: &mut FieldErrors, path: &FieldPath, endpoint: &Endpoint, kind: &Str) {
    let path = path.child("addresses");
    if endpoint.addresses.is_empty() {
        errors.required(&path, "must contain at least 1 address");
    } else if endpoint.addresses.len() > ADDRESSES_MAX {
        errors.too_many(&path, endpoint.addresses.len(), ADDRESSES_MAX);
    }
    for (index, address) in endpoint.addresses.iter().enumerate() {
        match kind.as_str() {
            "IPv4" | "IPv6" => check_address(errors, &path, index, address, kind),
            "FQDN" => check_domain(errors, &path.index(index), address),
            _ => {}
        }
    }
}

fn check_endpoint(errors: &mut FieldErrors, path: &FieldPath, endpoint: &Endpoint) {
    if let Some(node) = &endpoint.node_name {
        rules::subdomain(errors, &path.child("nodeName"), node);
    }
    let topology = path.child("deprecatedTopology");
    let labels = &endpoint.deprecated_topology;
    if labels.len() > TOPOLOGY_LABELS_MAX {
        errors.too_many(&topology, labels.len(), TOPOLOGY_LABELS_MAX);
    }
    selector::check_labels(errors, &topology, labels);
    if let Some(hostname) = &endpoint.hostname {
        rules::label(errors, &path.child("hostname"), hostname);
    }
    if let Some(hints) = &endpoint.hints {
        check_hints(errors, &path.child("hints"), hints);
    }
}

/// Too many zones, and the nodes are not looked at.
fn check_hints(errors: &mut FieldErrors, path: &FieldPath, hints: &EndpointHints) {
    let zones: Vec<&Str> = hints.for_zones.iter().map(|zone| &zone.name).collect();
    let nodes: Vec<&Str> = hints.for_nodes.iter().map(|node| &node.name).collect();
    let path_of_zones = path.child("forZones");
    check_hint(errors, &path_of_zones, &zones, validation::label_value);
    if zones.len() <= HINTS_MAX {
        let path = path.child("forNodes");
        check_hint(errors, &path, &nodes, validation::dns1123_subdomain);
    }
}

fn check_hint(
    errors: &mut FieldErrors,
    path: &FieldPath,
    names: &[&Str],
    problems: fn(&str) -> Vec<String>,
) {
    if names.len() > HINTS_MAX {
        return errors.too_many(path, names.len(), HINTS_MAX);
    }
    for (index, name) in names.iter().enumerate() {
        let path = path.index(index).child("name");
        if names[..index].contains(name) {
            errors.duplicate(&path, *name);
        }
        rules::each(errors, &path, name, problems(name));
    }
}

/// `path`: of the list. New addresses of IPv6 are in canonical form.
fn check_address(
    errors: &mut FieldErrors,
    path: &FieldPath,
    index: usize,
    address: &str,
    kind: &Str,
) {
    let (at, wrong) = (path.index(index), errors.len());
    if kind == "IPv4" {
        addresses::legacy_address(errors, &at, address, &[]);
    } else {
        rules::each(errors, &at, address, addresses::strict_problems(address));
    }
    let Some(ip) = addresses::parse_sloppy(address).filter(|_| errors.len() == wrong) else {
        return;
    };
    if ip.is_ipv4() != (kind == "IPv4") {
        errors.invalid(path, address, format!("must be an {kind} address"));
    }
    check_special(errors, &at, address);
}

/// Upstream `IsFullyQualifiedDomainName`: two labels at least, and a dot behind them if need be.
fn check_domain(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if name.is_empty() {
        return errors.required(path, "");
    }
    let name = name.strip_suffix('.').unwrap_or(name);
    let problems = validation::dns1123_subdomain(name);
    if !problems.is_empty() {
        return errors.invalid(path, name, problems.join(","));
    }
    if !name.contains('.') {
        let words = "should be a domain with at least two segments separated by dots";
        return errors.invalid(path, name, words);
    }
    for label in name.split('.') {
        let problems = validation::dns1123_label(label);
        if !problems.is_empty() {
            return errors.invalid(path, label, problems.join(","));
        }
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
        let protocol = port.protocol.as_ref();
        rules::optional_one_of(errors, &path.child("protocol"), protocol, PROTOCOLS);
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
