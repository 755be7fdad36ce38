//! Node ports for one request (`pkg/registry/core/service/storage/alloc.go`).

use super::{
    super::ports,
    counts::{Counts, Scope},
};
use api::core::v1::{Service, ServicePort};
use meta::{ApiError, FieldErrors, FieldPath, ObjectKey};
use resource::RequestContext;
use std::collections::HashMap;

/// Above it lie the ports that dry runs answer: they are nobody's.
const DRY_RUN_BASE: i32 = 32_768;
const DRY_RUN_SEARCH_MAX: i32 = 100;

pub(super) struct Ports<'a> {
    pub(super) range: (u16, u16),
    pub(super) counts: &'a Counts,
    pub(super) cx: &'a RequestContext,
    pub(super) taken: &'a mut HashMap<u16, ObjectKey>,
    pub(super) owner: &'a ObjectKey,
    pub(super) reserved: &'a mut Vec<u16>,
    /// What a dry run would have taken.
    pub(super) tried: Vec<i32>,
}

impl Ports<'_> {
    /// Entries of one number share what any of them asks for.
    pub(super) fn create(&mut self, new: &mut Service) -> Result<(), ApiError> {
        let mut given: HashMap<i32, i32> = HashMap::new();
        for index in 0..new.spec.ports.len() {
            let (number, wanted) = {
                let port = &new.spec.ports[index];
                (port.port, port.node_port)
            };
            if wanted == 0 && !ports::allocates(new) {
                continue;
            }
            let port = match given.get(&number) {
                Some(shared) if wanted == 0 || wanted == *shared => *shared,
                Some(_) => self.this(new, index, wanted)?,
                None => match ports::requested(new, number) {
                    0 => self.any("a nodePort")?,
                    requested => self.this(new, index, requested)?,
                },
            };
            given.entry(number).or_insert(port);
            new.spec.ports[index].node_port = port;
        }
        Ok(())
    }

    /// What is held stays; the rest is asked for or any.
    pub(super) fn update(&mut self, new: &mut Service, old: &Service) -> Result<(), ApiError> {
        let mut held = ports::of_ports(old);
        for index in 0..new.spec.ports.len() {
            let wanted = new.spec.ports[index].node_port;
            if wanted == 0 {
                if ports::allocates(new) {
                    new.spec.ports[index].node_port = self.any("a nodePort")?;
                }
                continue;
            }
            if !held.contains(&wanted) {
                held.push(self.this(new, index, wanted)?);
            }
            let (before, port) = (&new.spec.ports[..index], &new.spec.ports[index]);
            let same = |other: &ServicePort| {
                other.protocol == port.protocol && other.node_port == port.node_port
            };
            if before.iter().any(same) {
                return Err(ports::duplicate(port));
            }
        }
        Ok(())
    }

    /// The node port on which a load balancer asks for a node's health.
    pub(super) fn health_check(&mut self, new: &mut Service) -> Result<(), ApiError> {
        let wanted = new.spec.health_check_node_port;
        new.spec.health_check_node_port = if wanted == 0 {
            self.any("a HealthCheck NodePort 0")?
        } else {
            self.reserve(wanted).map_err(|why| {
                ApiError::internal(format!(
                    "failed to allocate requested HealthCheck NodePort {wanted}: {why}"
                ))
            })?
        };
        Ok(())
    }

    fn this(&mut self, new: &Service, index: usize, wanted: i32) -> Result<i32, ApiError> {
        self.reserve(wanted).map_err(|why| {
            let path = FieldPath::new("spec.ports").index(index).child("nodePort");
            let mut errors = FieldErrors::new();
            errors.invalid(&path, wanted, why);
            ApiError::invalid("", "Service", &new.metadata.name, &errors)
        })
    }

    fn is_taken(&self, port: i32) -> bool {
        let held = u16::try_from(port).is_ok_and(|port| self.taken.contains_key(&port));
        held || self.tried.contains(&port)
    }

    fn reserve(&mut self, wanted: i32) -> Result<i32, String> {
        let reserved = self.try_reserve(wanted);
        if !self.cx.dry_run {
            self.counts.port(Scope::Static, reserved.is_ok());
        }
        reserved
    }

    /// Dry runs do not look whether the port is in the range at all.
    fn try_reserve(&mut self, wanted: i32) -> Result<i32, String> {
        let (first, last) = self.range;
        let within = (i32::from(first)..=i32::from(last)).contains(&wanted);
        if !self.cx.dry_run && !within {
            return Err(format!(
                "provided port is not in the valid range. The range of valid ports is {first}-{last}"
            ));
        }
        if self.is_taken(wanted) {
            return Err("provided port is already allocated".to_owned());
        }
        Ok(self.take(wanted))
    }

    fn any(&mut self, what: &str) -> Result<i32, ApiError> {
        if self.cx.dry_run {
            return Ok(self.any_dry());
        }
        let (first, last) = self.range;
        let room = last - first + 1;
        let start = u16::try_from(self.cx.random() % u64::from(room)).unwrap_or(0);
        let mut all = (0..room).map(|step| i32::from(first + (start + step) % room));
        let free = all.find(|port| !self.is_taken(*port));
        self.counts.port(Scope::Dynamic, free.is_some());
        let free = free.ok_or_else(|| {
            ApiError::internal(format!("failed to allocate {what}: range is full"))
        })?;
        Ok(self.take(free))
    }

    fn any_dry(&mut self) -> i32 {
        let last = self.tried.iter().copied().max();
        let last = last.map_or(DRY_RUN_BASE, |last| last.max(0));
        let free = (last + 1..DRY_RUN_SEARCH_MAX).find(|port| !self.is_taken(*port));
        self.take(free.unwrap_or(last + 1))
    }

    fn take(&mut self, port: i32) -> i32 {
        if self.cx.dry_run {
            self.tried.push(port);
        } else if let Ok(port) = u16::try_from(port) {
            self.taken.insert(port, self.owner.clone());
            self.reserved.push(port);
        }
        port
    }
}
