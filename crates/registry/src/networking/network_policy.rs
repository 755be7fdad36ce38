//! NetworkPolicy: who may talk to a pod, and to whom it may talk.

#[cfg(test)]
mod tests;

use super::addresses::{self, Range};
use crate::{rules, selector};
use api::networking::v1::{IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort};
use meta::{FieldErrors, FieldPath, IntOrString, validation};
use resource::{Column, Generation, RequestContext, Strategy};

pub(crate) struct NetworkPolicies;

const TYPES: &[&str] = &["Ingress", "Egress"];
const PROTOCOLS: &[&str] = &["TCP", "UDP", "SCTP"];

impl Strategy for NetworkPolicies {
    type Object = NetworkPolicy;
    const SHORT_NAMES: &'static [&'static str] = &["netpol"];
    const GENERATION: Generation = Generation::AsGiven;
    const COLUMNS: &'static [Column<NetworkPolicy>] = &[
        Column::NAME,
        Column::text(
            "Pod-Selector",
            "The pods that this policy is about.",
            |policy: &NetworkPolicy, _| selector::shown(&policy.spec.pod_selector).into(),
        ),
        Column::AGE,
    ];

    /// A policy is about what comes in, and about what goes out once it says something of that.
    fn set_defaults(&self, policy: &mut NetworkPolicy) {
        let spec = &mut policy.spec;
        let ports = spec.ingress.iter_mut().flat_map(|rule| &mut rule.ports);
        let ports = ports.chain(spec.egress.iter_mut().flat_map(|rule| &mut rule.ports));
        for port in ports {
            port.protocol.get_or_insert_with(|| "TCP".into());
        }
        if spec.policy_types.is_empty() {
            spec.policy_types.push("Ingress".into());
            if !spec.egress.is_empty() {
                spec.policy_types.push("Egress".into());
            }
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, policy: &NetworkPolicy) {
        check(errors, policy, &[]);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &NetworkPolicy,
        old: &NetworkPolicy,
    ) {
        check(errors, new, &ranges(old));
    }

    fn warnings_on_create(&self, _cx: &RequestContext, policy: &NetworkPolicy) -> Vec<String> {
        let (path, spec) = (FieldPath::new("spec"), &policy.spec);
        let mut warnings = Vec::new();
        for (index, rule) in spec.ingress.iter().enumerate() {
            let path = path.child("ingress").index(index).child("from");
            warnings.extend(range_warnings(&path, &rule.from));
        }
        for (index, rule) in spec.egress.iter().enumerate() {
            let path = path.child("egress").index(index).child("to");
            warnings.extend(range_warnings(&path, &rule.to));
        }
        warnings
    }
}

fn range_warnings(path: &FieldPath, peers: &[NetworkPolicyPeer]) -> Vec<String> {
    let mut warnings = Vec::new();
    for (index, peer) in peers.iter().enumerate() {
        let Some(block) = &peer.ip_block else {
            continue;
        };
        let path = path.index(index).child("ipBlock");
        warnings.extend(addresses::range_warnings(&path.child("cidr"), &block.cidr));
        for (index, except) in block.except.iter().enumerate() {
            let path = path.child("except").index(index);
            warnings.extend(addresses::range_warnings(&path, except));
        }
    }
    warnings
}

/// Every range that a policy names.
fn ranges(policy: &NetworkPolicy) -> Vec<&str> {
    let spec = &policy.spec;
    let peers = spec.ingress.iter().flat_map(|rule| &rule.from);
    let peers = peers.chain(spec.egress.iter().flat_map(|rule| &rule.to));
    let blocks = peers.filter_map(|peer| peer.ip_block.as_deref());
    blocks
        .flat_map(|block| std::iter::once(&block.cidr).chain(&block.except))
        .map(|range| range.as_str())
        .collect()
}

fn check(errors: &mut FieldErrors, policy: &NetworkPolicy, before: &[&str]) {
    let (path, spec) = (FieldPath::new("spec"), &policy.spec);
    selector::check(errors, &path.child("podSelector"), &spec.pod_selector);
    for (index, rule) in spec.ingress.iter().enumerate() {
        let path = path.child("ingress").index(index);
        check_ports(errors, &path.child("ports"), &rule.ports);
        check_peers(errors, &path.child("from"), &rule.from, before);
    }
    for (index, rule) in spec.egress.iter().enumerate() {
        let path = path.child("egress").index(index);
        check_ports(errors, &path.child("ports"), &rule.ports);
        check_peers(errors, &path.child("to"), &rule.to, before);
    }
    let path = path.child("policyTypes");
    if spec.policy_types.len() > TYPES.len() {
        let words = "may not specify more than two policyTypes";
        return errors.invalid(&path, &spec.policy_types, words);
    }
    for (index, kind) in spec.policy_types.iter().enumerate() {
        rules::optional_one_of(errors, &path.index(index), Some(kind), TYPES);
    }
}

fn check_ports(errors: &mut FieldErrors, path: &FieldPath, ports: &[NetworkPolicyPort]) {
    for (index, port) in ports.iter().enumerate() {
        check_port(errors, &path.index(index), port);
    }
}

fn check_port(errors: &mut FieldErrors, path: &FieldPath, port: &NetworkPolicyPort) {
    let protocol = port.protocol.as_ref();
    rules::optional_one_of(errors, &path.child("protocol"), protocol, PROTOCOLS);
    let (first, last) = (path.child("port"), path.child("endPort"));
    match (&port.port, port.end_port) {
        (Some(IntOrString::Int(number)), end) => {
            let problems = validation::port_number(*number);
            rules::each_number(errors, &first, (*number).into(), problems);
            if let Some(end) = end {
                if end < *number {
                    let words = "must be greater than or equal to `port`";
                    errors.invalid(&last, *number, words);
                }
                let problems = validation::port_number(end);
                rules::each_number(errors, &last, end.into(), problems);
            }
        }
        (Some(IntOrString::String(name)), end) => {
            if let Some(end) = end {
                let words = "may not be specified when `port` is non-numeric";
                errors.invalid(&last, end, words);
            }
            rules::each(errors, &first, name, validation::port_name(name));
        }
        (None, Some(end)) => {
            let words = "may not be specified when `port` is not specified";
            errors.invalid(&last, end, words);
        }
        (None, None) => {}
    }
}

fn check_peers(
    errors: &mut FieldErrors,
    path: &FieldPath,
    peers: &[NetworkPolicyPeer],
    before: &[&str],
) {
    for (index, peer) in peers.iter().enumerate() {
        let path = path.index(index);
        let pods = peer.pod_selector.as_deref();
        let namespaces = peer.namespace_selector.as_deref();
        for (name, one) in [("podSelector", pods), ("namespaceSelector", namespaces)] {
            if let Some(one) = one {
                selector::check(errors, &path.child(name), one);
            }
        }
        if let Some(block) = &peer.ip_block {
            check_block(errors, &path.child("ipBlock"), block, before);
        }
        let selected = pods.is_some() || namespaces.is_some();
        match (&peer.ip_block, selected) {
            (None, false) => errors.required(&path, "must specify a peer"),
            (Some(_), true) => {
                errors.forbidden(&path, "may not specify both ipBlock and another peer");
            }
            _ => {}
        }
    }
}

fn check_block(errors: &mut FieldErrors, path: &FieldPath, block: &IPBlock, before: &[&str]) {
    let cidr = path.child("cidr");
    if block.cidr.is_empty() {
        return errors.required(&cidr, "");
    }
    addresses::legacy_range(errors, &cidr, &block.cidr, before);
    let Some(whole) = Range::parse_sloppy(&block.cidr) else {
        return;
    };
    for (index, except) in block.except.iter().enumerate() {
        let path = path.child("except").index(index);
        addresses::legacy_range(errors, &path, except, before);
        let Some(part) = Range::parse_sloppy(except) else {
            continue;
        };
        if !whole.contains(part.first) || whole.prefix >= part.prefix {
            errors.invalid(&path, except, "must be a strict subset of `cidr`");
        }
    }
}
