//! Addresses and node ports: which are taken, and by whom. What was taken for a write that did not happen is given back; what is stored is
//! learned from the store itself, so a crash neither leaks nor doubles anything.

mod counts;
mod node_ports;

use self::{
    counts::{Counts, Scope},
    node_ports::Ports,
};
use super::{
    NONE, ServiceNetwork,
    addresses::{has_address, needs_health_check, prefers_the_same},
    network::{self, Hosts},
    ports,
    validate::needs_node_ports,
};
use crate::networking::addresses::{Range, parse_sloppy};
use api::{
    core::v1::Service,
    networking::v1::{IPAddress, ServiceCIDR},
};
use meta::{ApiError, FieldErrors, FieldPath, ObjectKey, Str};
use resource::{Finish, RequestContext};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};
use telemetry::metrics::Registry;

/// What tells the objects of addresses that Services have.
const LABEL_MANAGED_BY: &str = "ipaddress.kubernetes.io/managed-by";
const ALLOCATOR: &str = "ipallocator.k8s.io";

#[derive(Debug)]
pub(super) struct Allocator {
    network: ServiceNetwork,
    taken: Mutex<Taken>,
    counts: Counts,
}

#[derive(Debug, Default)]
struct Taken {
    addresses: HashMap<IpAddr, ObjectKey>,
    ports: HashMap<u16, ObjectKey>,
    /// Those that have given an address.
    ranges: Vec<Range>,
}

/// What one request took.
#[derive(Default)]
struct Reserved {
    addresses: Vec<IpAddr>,
    ports: Vec<u16>,
}

impl Allocator {
    /// What it gives and has left is told in `metrics`.
    pub(super) fn counted(network: ServiceNetwork, metrics: &Registry) -> Arc<Self> {
        let allocator = Arc::new(Self {
            network,
            taken: Mutex::default(),
            counts: Counts::new(metrics),
        });
        counts::show(&allocator, metrics);
        allocator
    }

    pub(super) const fn network(&self) -> &ServiceNetwork {
        &self.network
    }

    /// Takes what `new` needs and `old` does not have, and writes it into `new`.
    ///
    /// # Errors
    /// 422 for an address or port that was asked for and cannot be had; 500 when none is left.
    pub(super) fn allocate(
        self: &Arc<Self>,
        cx: &RequestContext,
        new: &mut Service,
        old: Option<&Service>,
    ) -> Result<Finish, ApiError> {
        let owner = key(new, &cx.namespace);
        let mut reserved = Reserved::default();
        let outcome = {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            let outcome = self
                .take_addresses(cx, &mut taken, &owner, new, old, &mut reserved)
                .and_then(|()| self.take_ports(cx, &mut taken, &owner, new, old, &mut reserved));
            if outcome.is_err() {
                taken.give_back(&reserved, &owner);
            }
            outcome
        };
        outcome?;
        let allocator = Arc::clone(self);
        Ok(Box::new(move |committed| {
            if !committed {
                allocator
                    .taken
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .give_back(&reserved, &owner);
            }
        }))
    }

    /// One for each family that has none yet (upstream `allocClusterIPs` and `updateClusterIPs`). What an update drops is given back
    /// when it is seen to be stored.
    fn take_addresses(
        &self,
        cx: &RequestContext,
        taken: &mut Taken,
        owner: &ObjectKey,
        new: &mut Service,
        old: Option<&Service>,
        reserved: &mut Reserved,
    ) -> Result<(), ApiError> {
        let Some(first) = first_without(new, old) else {
            return Ok(());
        };
        let spec = &mut new.spec;
        while spec.cluster_ips.len() < spec.ip_families.len() {
            spec.cluster_ips.push(Str::default());
        }
        let mut given = spec.cluster_ips.clone();
        for (index, given) in given.iter_mut().enumerate().skip(first) {
            let (range, address) = self.take_address(cx, taken, owner, new, index)?;
            if !cx.dry_run {
                taken.addresses.insert(address, owner.clone());
                if !taken.ranges.contains(&range) {
                    taken.ranges.push(range);
                }
                reserved.addresses.push(address);
            }
            if given.is_empty() {
                *given = address.to_string().into();
            }
        }
        new.spec.cluster_ips = given;
        new.spec.cluster_ip = new.spec.cluster_ips.first().cloned().unwrap_or_default();
        Ok(())
    }

    fn take_address(
        &self,
        cx: &RequestContext,
        taken: &Taken,
        owner: &ObjectKey,
        new: &Service,
        index: usize,
    ) -> Result<(Range, IpAddr), ApiError> {
        let spec = &new.spec;
        let (family, wanted) = (&spec.ip_families[index], &spec.cluster_ips[index]);
        let Some(own) = self.network.own(family) else {
            // Upstream breaks the connection: a Service that gives up its address may name a family that the cluster has not.
            let mut errors = FieldErrors::new();
            let path = FieldPath::new("spec.ipFamilies").index(index);
            errors.invalid(&path, family, "not configured on this cluster");
            let name = &new.metadata.name;
            return Err(ApiError::invalid("", "Service", name, &errors));
        };
        if wanted.is_empty() && cx.dry_run {
            // Upstream does not look for one that is free either.
            return Ok((own, own.first));
        }
        if wanted.is_empty() {
            let found = self.any_address(cx, taken, owner, own);
            let range = found.map_or(own, |(range, _)| range);
            self.counts.address(range, Scope::Dynamic, found.is_some());
            return found.ok_or_else(|| {
                ApiError::internal("failed to allocate a serviceIP: range is full")
            });
        }
        self.this_address(cx, taken, owner, own, wanted)
            .map_err(|why| {
                let mut errors = FieldErrors::new();
                errors.invalid(
                    &FieldPath::new("spec").child("clusterIPs"),
                    &spec.cluster_ips,
                    format!("failed to allocate IP {wanted}: {why}"),
                );
                ApiError::invalid("", "Service", &new.metadata.name, &errors)
            })
    }

    /// The cluster's own range, then those of its family that were added to it as objects.
    fn ranges(&self, cx: &RequestContext, own: Range) -> Vec<Range> {
        let objects: Vec<Arc<ServiceCIDR>> = cx.list(None);
        let staying = objects.iter().filter(|object| gives_addresses(object));
        let added = staying.flat_map(|object| &object.spec.cidrs);
        let added = added.filter_map(|text| Range::parse_sloppy(text));
        let added = added.filter(|range| network::family(*range) == network::family(own));
        std::iter::once(own)
            .chain(added.filter(|range| *range != own))
            .collect()
    }

    /// A random free address above the static band; once that is full, one within the band.
    fn any_address(
        &self,
        cx: &RequestContext,
        taken: &Taken,
        owner: &ObjectKey,
        own: Range,
    ) -> Option<(Range, IpAddr)> {
        let free = |address: &IpAddr| {
            !taken.addresses.contains_key(address) && !is_reserved(cx, *address, owner)
        };
        let ranges = self.ranges(cx, own);
        ranges.into_iter().find_map(|range| {
            let hosts = Hosts::of(range)?;
            let mut candidates = hosts.candidates([cx.random(), cx.random()]);
            Some((range, candidates.find(free)?))
        })
    }

    fn this_address(
        &self,
        cx: &RequestContext,
        taken: &Taken,
        owner: &ObjectKey,
        own: Range,
        wanted: &str,
    ) -> Result<(Range, IpAddr), String> {
        let holds = |range: Range, address: &IpAddr| {
            Hosts::of(range).is_some_and(|hosts| hosts.contains(*address))
        };
        let address = parse_sloppy(wanted);
        if cx.dry_run {
            // Upstream asks one range only, and not whether the address is taken.
            let address = address.filter(|address| holds(own, address));
            return address.map(|address| (own, address)).ok_or_else(|| {
                format!("the provided IP ({wanted}) is not in the valid range. The range of valid IPs is {own}")
            });
        }
        let ranges = self.ranges(cx, own).into_iter();
        let found = address.and_then(|address| {
            let mut holding = ranges.filter(|range| holds(*range, &address));
            Some((holding.next()?, address))
        });
        let Some((range, address)) = found else {
            return Err("the provided network does not match the current range".to_owned());
        };
        let free = !taken.addresses.contains_key(&address) && !is_reserved(cx, address, owner);
        self.counts.address(range, Scope::Static, free);
        if !free {
            return Err("provided IP is already allocated".to_owned());
        }
        Ok((range, address))
    }

    fn take_ports(
        &self,
        cx: &RequestContext,
        taken: &mut Taken,
        owner: &ObjectKey,
        new: &mut Service,
        old: Option<&Service>,
        reserved: &mut Reserved,
    ) -> Result<(), ApiError> {
        let mut ports = Ports {
            range: self.network.node_ports,
            counts: &self.counts,
            cx,
            taken: &mut taken.ports,
            owner,
            reserved: &mut reserved.ports,
            tried: Vec::new(),
        };
        if needs_node_ports(&new.spec.type_) {
            match old {
                None => ports.create(new)?,
                Some(old) => ports.update(new, old)?,
            }
        }
        let had = old.is_some_and(|old| needs_health_check(&old.spec));
        if needs_health_check(&new.spec) && !had {
            ports.health_check(new)?;
        }
        Ok(())
    }

    /// Learns from the store.
    pub(super) fn observed(&self, old: Option<&Service>, new: Option<&Service>) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = old {
            taken.give_back(&held_by(old), &key(old, ""));
        }
        if let Some(new) = new {
            let (held, owner) = (held_by(new), key(new, ""));
            taken.addresses.extend(
                held.addresses
                    .into_iter()
                    .map(|address| (address, owner.clone())),
            );
            taken
                .ports
                .extend(held.ports.into_iter().map(|port| (port, owner.clone())));
        }
    }
}

/// The place of the first family that has no address yet; `None` where nothing is to be given.
fn first_without(new: &Service, old: Option<&Service>) -> Option<usize> {
    let is_headless = |service: &Service| {
        service
            .spec
            .cluster_ips
            .first()
            .is_some_and(|ip| ip == NONE)
    };
    if !has_address(new) {
        return None;
    }
    let Some(old) = old.filter(|old| has_address(old)) else {
        return (!is_headless(new)).then_some(0);
    };
    let (families, before) = (new.spec.ip_families.len(), old.spec.ip_families.len());
    let upgraded = before == 1 && families == 2;
    (upgraded && !is_headless(old) && !prefers_the_same(new, old)).then_some(1)
}

/// A range that is going, or is said not to be ready, gives none.
fn gives_addresses(range: &ServiceCIDR) -> bool {
    let conditions = &range.status.conditions;
    let ready = conditions
        .iter()
        .find(|condition| condition.type_ == "Ready");
    range.metadata.deletion_timestamp.is_none()
        && ready.is_none_or(|condition| condition.status == "True")
}

/// Whether somebody else keeps an address by an object of its own. An object that was made for a Service follows it, and may be late.
fn is_reserved(cx: &RequestContext, address: IpAddr, owner: &ObjectKey) -> bool {
    let object: Option<Arc<IPAddress>> = cx.get("", &address.to_string());
    let Some(object) = object else { return false };
    let by = object.metadata.labels.get(LABEL_MANAGED_BY);
    let ours = by.is_some_and(|by| by == ALLOCATOR);
    let Some(parent) = &object.spec.parent_ref else {
        return false;
    };
    if parent.resource != "services" {
        return true;
    }
    let namespace = owner.namespace.as_deref().unwrap_or_default();
    let same = parent.namespace == namespace && parent.name == owner.name;
    let holds = || {
        let service: Option<Arc<Service>> = cx.get(&parent.namespace, &parent.name);
        service.is_some_and(|service| held_by(&service).addresses.contains(&address))
    };
    !same && (!ours || holds())
}

impl Taken {
    /// Only what is still the owner's.
    fn give_back(&mut self, reserved: &Reserved, owner: &ObjectKey) {
        for address in &reserved.addresses {
            if self.addresses.get(address) == Some(owner) {
                self.addresses.remove(address);
            }
        }
        for port in &reserved.ports {
            if self.ports.get(port) == Some(owner) {
                self.ports.remove(port);
            }
        }
    }
}

fn held_by(service: &Service) -> Reserved {
    Reserved {
        addresses: service
            .spec
            .cluster_ips
            .iter()
            .filter_map(|ip| parse_sloppy(ip))
            .collect(),
        ports: ports::node_ports(service),
    }
}

fn key(service: &Service, namespace: &str) -> ObjectKey {
    let own = &service.metadata.namespace;
    ObjectKey::namespaced(
        if own.is_empty() {
            namespace
        } else {
            own.as_str()
        },
        service.metadata.name.clone(),
    )
}
