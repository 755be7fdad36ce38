//! Addresses and node ports: which are taken, and by whom. What was taken for a write that did not happen is given back; what is stored is
//! learned from the store itself, so a crash neither leaks nor doubles anything.

mod node_ports;

use self::node_ports::Ports;
use super::{
    NONE,
    addresses::needs_health_check,
    ports,
    validate::{needs_address, needs_node_ports},
};
use api::{
    core::v1::Service,
    networking::v1::{IPAddress, ServiceCIDR},
};
use meta::{ApiError, FieldErrors, FieldPath, ObjectKey};
use resource::{Finish, RequestContext};
use std::{
    collections::HashMap,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
};

/// Where Services get their addresses and node ports from.
#[derive(Clone, Copy, Debug)]
pub struct ServiceNetwork {
    pub address: Ipv4Addr,
    pub prefix: u8,
    pub node_ports: (u16, u16),
}

/// The lower band is left to those who ask for an address of their own (KEP-3070).
const STATIC_BAND_MAX: u32 = 256;
const STATIC_BAND_MIN: u32 = 16;
/// The smallest range that has an address to give.
const PREFIX_MAX: u8 = 30;

#[derive(Debug)]
pub(super) struct Allocator {
    network: ServiceNetwork,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    addresses: HashMap<Ipv4Addr, ObjectKey>,
    ports: HashMap<u16, ObjectKey>,
}

/// What one request took.
#[derive(Default)]
struct Reserved {
    addresses: Vec<Ipv4Addr>,
    ports: Vec<u16>,
}

impl Allocator {
    pub(super) fn new(network: ServiceNetwork) -> Self {
        Self {
            network,
            taken: Mutex::default(),
        }
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
                .take_address(cx, &mut taken, &owner, new, old, &mut reserved)
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

    fn take_address(
        &self,
        cx: &RequestContext,
        taken: &mut Taken,
        owner: &ObjectKey,
        new: &mut Service,
        old: Option<&Service>,
        reserved: &mut Reserved,
    ) -> Result<(), ApiError> {
        let wanted = new.spec.cluster_ip.clone();
        if !needs_address(&new.spec.type_)
            || wanted == NONE
            // An address that is there cannot change: validation says so.
            || old.is_some_and(|old| {
                needs_address(&old.spec.type_) && !old.spec.cluster_ip.is_empty() && !wanted.is_empty()
            })
        {
            return Ok(());
        }
        let address = if wanted.is_empty() && cx.dry_run {
            // Upstream does not look for one that is free either.
            self.network.address
        } else if wanted.is_empty() {
            self.any_address(cx, taken, owner).ok_or_else(|| {
                ApiError::internal("failed to allocate a serviceIP: range is full")
            })?
        } else {
            self.this_address(cx, taken, owner, &wanted)
                .map_err(|why| {
                    let mut errors = FieldErrors::new();
                    errors.invalid(
                        &FieldPath::new("spec").child("clusterIPs"),
                        &new.spec.cluster_ips,
                        format!("failed to allocate IP {wanted}: {why}"),
                    );
                    ApiError::invalid("", "Service", &new.metadata.name, &errors)
                })?
        };
        if !cx.dry_run {
            taken.addresses.insert(address, owner.clone());
            reserved.addresses.push(address);
        }
        new.spec.cluster_ip = address.to_string().into();
        new.spec.cluster_ips = vec![new.spec.cluster_ip.clone()];
        Ok(())
    }

    /// The cluster's own range, then those that were added to it as objects.
    fn ranges(&self, cx: &RequestContext) -> Vec<Range> {
        let own = Range {
            first: self.network.address,
            prefix: self.network.prefix,
        };
        let objects: Vec<ServiceCIDR> = cx.list(None);
        let staying = objects.iter().filter(|object| {
            let metadata = &object.metadata;
            metadata.deletion_timestamp.is_none()
        });
        let added = staying.flat_map(|object| &object.spec.cidrs);
        let added = added.filter_map(|text| Range::parse(text));
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
    ) -> Option<Ipv4Addr> {
        let free = |address: &Ipv4Addr| {
            !taken.addresses.contains_key(address) && !is_reserved(cx, *address, owner)
        };
        let ranges = self.ranges(cx);
        ranges
            .iter()
            .find_map(|range| range.candidates(cx.random()).find(free))
    }

    fn this_address(
        &self,
        cx: &RequestContext,
        taken: &Taken,
        owner: &ObjectKey,
        wanted: &str,
    ) -> Result<Ipv4Addr, String> {
        let address: Option<Ipv4Addr> = wanted.parse().ok();
        let ranges = self.ranges(cx);
        let within =
            address.filter(|address| ranges.iter().any(|range| range.has_service(*address)));
        let Some(address) = within else {
            return Err(self.outside(cx, wanted));
        };
        let is_taken = || taken.addresses.contains_key(&address) || is_reserved(cx, address, owner);
        if !cx.dry_run && is_taken() {
            Err("provided IP is already allocated".to_owned())
        } else {
            Ok(address)
        }
    }

    /// Upstream finds no range for the address, or, in a dry run, asks the wrong one.
    fn outside(&self, cx: &RequestContext, wanted: &str) -> String {
        if !cx.dry_run {
            return "the provided network does not match the current range".to_owned();
        }
        let (address, prefix) = (self.network.address, self.network.prefix);
        format!(
            "the provided IP ({wanted}) is not in the valid range. The range of valid IPs is {address}/{prefix}"
        )
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

/// A range of addresses for Services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    first: Ipv4Addr,
    prefix: u8,
}

impl Range {
    /// Services have IPv4 addresses, and a range of one address or two has none to give; one of all addresses is no range.
    fn parse(text: &str) -> Option<Self> {
        let (first, prefix) = text.split_once('/')?;
        let (first, prefix) = (first.parse().ok()?, prefix.parse().ok()?);
        (1..=PREFIX_MAX)
            .contains(&prefix)
            .then_some(Self { first, prefix })
    }

    /// Without the first address, which is the network's, and the last.
    fn has_service(self, address: Ipv4Addr) -> bool {
        let last = self.first.to_bits() + (self.size() - 1);
        (self.first.to_bits() + 1..last).contains(&address.to_bits())
    }

    const fn size(self) -> u32 {
        1 << (32 - self.prefix as u32)
    }

    /// Every address that can be given, in the order of preference, from a random place on.
    fn candidates(self, random: u64) -> impl Iterator<Item = Ipv4Addr> {
        let last = self.size() - 1;
        let band = (self.size() / 16)
            .clamp(STATIC_BAND_MIN, STATIC_BAND_MAX)
            .min(last);
        let room = last - band;
        let start = u32::try_from(random % u64::from(room.max(1))).unwrap_or(0);
        let upper = (0..room).map(move |step| band + (start + step) % room);
        let offsets = upper.chain(1..band);
        offsets.map(move |offset| Ipv4Addr::from_bits(self.first.to_bits() + offset))
    }
}

/// Whether somebody else keeps an address by an object of its own.
fn is_reserved(cx: &RequestContext, address: Ipv4Addr, owner: &ObjectKey) -> bool {
    let object: Option<IPAddress> = cx.get("", &address.to_string());
    let parent = object.and_then(|object| object.spec.parent_ref);
    parent.is_some_and(|parent| {
        let namespace = owner.namespace.as_deref().unwrap_or_default();
        parent.resource != "services" || parent.namespace != namespace || parent.name != owner.name
    })
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
        addresses: service.spec.cluster_ip.parse().into_iter().collect(),
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
