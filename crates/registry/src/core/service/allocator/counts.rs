//! How often addresses and node ports are given, and how many are left. Names, labels and help are upstream's `ipallocator` and
//! `portallocator`.

use super::{Allocator, Taken};
use crate::{core::service::network::Hosts, networking::addresses::Range};
use std::sync::{Arc, PoisonError};
use telemetry::metrics::{Counter, Family, Registry};

#[derive(Debug)]
pub(super) struct Counts {
    addresses: Family<Counter>,
    address_errors: Family<Counter>,
    ports: Family<Counter>,
    port_errors: Family<Counter>,
}

/// Whether somebody asked for this one or for any.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    Static,
    Dynamic,
}

impl Scope {
    const fn label(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Dynamic => "dynamic",
        }
    }
}

impl Counts {
    pub(super) fn new(metrics: &Registry) -> Self {
        const ADDRESS: &[&str] = &["cidr", "scope"];
        Self {
            addresses: metrics.counter(
                "kube_apiserver_clusterip_allocator_allocation_total",
                "[ALPHA] Number of Cluster IPs allocations",
                ADDRESS,
            ),
            address_errors: metrics.counter(
                "kube_apiserver_clusterip_allocator_allocation_errors_total",
                "[ALPHA] Number of errors trying to allocate Cluster IPs",
                ADDRESS,
            ),
            ports: metrics.counter(
                "kube_apiserver_nodeport_allocator_allocation_total",
                "[ALPHA] Number of NodePort allocations",
                &["scope"],
            ),
            port_errors: metrics.counter(
                "kube_apiserver_nodeport_allocator_allocation_errors_total",
                "[ALPHA] Number of errors trying to allocate NodePort",
                &["scope"],
            ),
        }
    }

    pub(super) fn address(&self, range: Range, scope: Scope, given: bool) {
        let family = if given {
            &self.addresses
        } else {
            &self.address_errors
        };
        family
            .with(&[&range.to_string(), scope.label()])
            .increment();
    }

    pub(super) fn port(&self, scope: Scope, given: bool) {
        let family = if given {
            &self.ports
        } else {
            &self.port_errors
        };
        family.with(&[scope.label()]).increment();
    }
}

/// Shows what is taken and what is left whenever it is asked for.
pub(super) fn show(allocator: &Arc<Allocator>, metrics: &Registry) {
    let of_ranges = |value: fn(&Hosts, usize) -> f64| {
        let allocator = Arc::clone(allocator);
        move |show: &mut dyn FnMut(&[&str], f64)| {
            for (range, hosts, taken) in allocator.ranges_taken() {
                show(&[&range.to_string()], value(&hosts, taken));
            }
        }
    };
    metrics.gauges_from(
        "kube_apiserver_clusterip_allocator_allocated_ips",
        "[ALPHA] Gauge measuring the number of allocated IPs for Services",
        &["cidr"],
        of_ranges(|_, taken| float(taken as u128)),
    );
    metrics.gauges_from(
        "kube_apiserver_clusterip_allocator_available_ips",
        "[ALPHA] Gauge measuring the number of available IPs for Services",
        &["cidr"],
        of_ranges(|hosts, taken| float(hosts.count() - taken as u128)),
    );
    let of_ports = |value: fn(usize, usize) -> usize| {
        let allocator = Arc::clone(allocator);
        move || {
            let (taken, all) = allocator.ports_taken();
            float(value(taken, all) as u128)
        }
    };
    metrics.gauge_from(
        "kube_apiserver_nodeport_allocator_allocated_ports",
        "[ALPHA] Gauge measuring the number of allocated NodePorts for Services",
        of_ports(|taken, _| taken),
    );
    metrics.gauge_from(
        "kube_apiserver_nodeport_allocator_available_ports",
        "[ALPHA] Gauge measuring the number of available NodePorts for Services",
        of_ports(|taken, all| all - taken),
    );
}

impl Allocator {
    /// The cluster's own ranges and those that have given an address, with how many of theirs are taken.
    fn ranges_taken(&self) -> Vec<(Range, Hosts, usize)> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let given = taken.ranges.iter().copied();
        let own = self.network.ranges();
        let ranges =
            own.chain(given.filter(|range| self.network.ranges().all(|own| own != *range)));
        let with_hosts = ranges.filter_map(|range| Some((range, Hosts::of(range)?)));
        with_hosts
            .map(|(range, hosts)| (range, hosts, taken.of(&hosts)))
            .collect()
    }

    /// How many node ports of the range are taken, and how many it has.
    fn ports_taken(&self) -> (usize, usize) {
        let (first, last) = self.network.node_ports;
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_range = taken
            .ports
            .keys()
            .filter(|port| (first..=last).contains(port));
        (of_range.count(), usize::from(last - first) + 1)
    }
}

impl Taken {
    fn of(&self, hosts: &Hosts) -> usize {
        let addresses = self.addresses.keys();
        addresses
            .filter(|address| hosts.contains(**address))
            .count()
    }
}

#[expect(clippy::cast_precision_loss, reason = "the format knows only floats")]
const fn float(count: u128) -> f64 {
    count as f64
}
