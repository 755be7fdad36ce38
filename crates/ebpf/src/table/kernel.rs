//! A table in the kernel's maps.
//!
//! Each set of backends has an id of its own. A change writes the new set under a new id, swings the frontend's entry to
//! it, then deletes the old set. A program that read the old entry and misses a slot reads the entry again.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::Path;

use super::wire::{self, Header, Scope, endpoint_bytes, member_bytes, slot_bytes};
use super::{Backend, Frontend, Service, ServiceTable, TableError};
use crate::map::Map;

const SERVICES: &str = "services";
const BACKENDS: &str = "backends";
const MEMBERS: &str = "members";
const CLIENTS: &str = "clients";
const MEMBER: [u8; 4] = 1_u32.to_ne_bytes();

pub struct KernelTable {
    scope: Scope,
    services: Map<8, 16>,
    backends: Map<8, 8>,
    members: Map<12, 4>,
    clients: Map<8, 4>,
    known: BTreeMap<Frontend, Known>,
    last_id: u32,
    used_ids: HashSet<u32>,
}

struct Known {
    id: u32,
    service: Service,
}

impl KernelTable {
    /// Opens one scope of the maps pinned in `maps` with what is in them, and removes what a crash left half-written.
    pub(crate) fn open(maps: &Path, scope: Scope) -> Result<KernelTable, TableError> {
        let failed = |map| move |source| TableError::Open { map, source };
        let mut table = KernelTable {
            scope,
            services: Map::open(maps, SERVICES).map_err(failed(SERVICES))?,
            backends: Map::open(maps, BACKENDS).map_err(failed(BACKENDS))?,
            members: Map::open(maps, MEMBERS).map_err(failed(MEMBERS))?,
            clients: Map::open(maps, CLIENTS).map_err(failed(CLIENTS))?,
            known: BTreeMap::new(),
            last_id: scope.first_id(),
            used_ids: HashSet::new(),
        };
        table.recover()?;
        table.remove_orphans()?;
        Ok(table)
    }

    fn recover(&mut self) -> Result<(), TableError> {
        let read = |source| TableError::Read {
            map: SERVICES,
            source,
        };
        for key in self.services.keys().map_err(read)? {
            let Some(frontend) = wire::frontend_from(&key, self.scope) else {
                continue;
            };
            let Some(value) = self.services.get(&key).map_err(read)? else {
                continue;
            };
            let header = Header::from(&value);
            let slot = |index| {
                self.backends
                    .get(&slot_bytes(header.id, index))
                    .ok()
                    .flatten()
            };
            match header.service(|index| slot(index).map(|bytes| wire::endpoint_from(&bytes))) {
                Some(service) => {
                    self.used_ids.insert(header.id);
                    self.last_id = self.last_id.max(header.id);
                    self.known.insert(
                        frontend,
                        Known {
                            id: header.id,
                            service,
                        },
                    );
                }
                None => self.services.remove(&key).map_err(read)?,
            }
        }
        Ok(())
    }

    fn remove_orphans(&self) -> Result<(), TableError> {
        let failed = |map| move |source| TableError::Read { map, source };
        let orphan = |id: u32| self.scope.owns(id) && !self.used_ids.contains(&id);
        for slot in self.backends.keys().map_err(failed(BACKENDS))? {
            if orphan(wire::slot_from(&slot).0) {
                self.backends.remove(&slot).map_err(failed(BACKENDS))?;
            }
        }
        for member in self.members.keys().map_err(failed(MEMBERS))? {
            if orphan(wire::member_id(&member)) {
                self.members.remove(&member).map_err(failed(MEMBERS))?;
            }
        }
        Ok(())
    }

    fn unused_id(&mut self) -> u32 {
        loop {
            self.last_id = self.scope.first_id() | (self.last_id.wrapping_add(1) & (u32::MAX >> 1));
            if self.used_ids.insert(self.last_id) {
                return self.last_id;
            }
        }
    }

    fn write_set(&self, id: u32, frontend: Frontend, service: &Service) -> Result<(), TableError> {
        let failed = |map| {
            move |source| TableError::Write {
                map,
                frontend,
                source,
            }
        };
        let with_members = wire::has_members(&frontend, service);
        for (index, backend) in (0u32..).zip(all_backends(service)) {
            let slot = slot_bytes(id, index);
            self.backends
                .insert(&slot, &endpoint_bytes(backend))
                .map_err(failed(BACKENDS))?;
            if with_members {
                self.members
                    .insert(&member_bytes(id, backend), &MEMBER)
                    .map_err(failed(MEMBERS))?;
            }
        }
        Ok(())
    }

    /// Deletes as much of a set as can be deleted; what stays is unreachable, and the next start removes it.
    fn delete_set(&mut self, id: u32, frontend: Frontend, service: &Service) {
        let with_members = wire::has_members(&frontend, service);
        for (index, backend) in (0u32..).zip(all_backends(service)) {
            let slot = self.backends.remove(&slot_bytes(id, index));
            let member = if with_members {
                self.members.remove(&member_bytes(id, backend))
            } else {
                Ok(())
            };
            if let Err(error) = slot.and(member) {
                tracing::warn!(%frontend, %error, "failed to delete an old backend from the kernel's maps");
            }
        }
        self.used_ids.remove(&id);
    }
}

impl ServiceTable for KernelTable {
    fn set(&mut self, frontend: Frontend, service: &Service) -> Result<(), TableError> {
        if self
            .known
            .get(&frontend)
            .is_some_and(|known| known.service == *service)
        {
            return Ok(());
        }
        let count = all_backends(service).count();
        let id = self.unused_id();
        let Some(header) =
            wire::header(id, &frontend, service).filter(|_| count <= usize::from(u16::MAX))
        else {
            self.used_ids.remove(&id);
            return Err(TableError::TooManyBackends { frontend, count });
        };
        let key = wire::frontend_bytes(&frontend, self.scope);
        let written = self.write_set(id, frontend, service).and_then(|()| {
            let inserted = self.services.insert(&key, &header.bytes());
            inserted.map_err(|source| TableError::Write {
                map: SERVICES,
                frontend,
                source,
            })
        });
        if let Err(error) = written {
            self.delete_set(id, frontend, service);
            return Err(error);
        }
        if let Some(old) = self.known.insert(
            frontend,
            Known {
                id,
                service: service.clone(),
            },
        ) {
            self.delete_set(old.id, frontend, &old.service);
        }
        Ok(())
    }

    fn remove(&mut self, frontend: &Frontend) -> Result<(), TableError> {
        if !self.known.contains_key(frontend) {
            return Ok(());
        }
        let removed = self
            .services
            .remove(&wire::frontend_bytes(frontend, self.scope));
        removed.map_err(|source| TableError::Write {
            map: SERVICES,
            frontend: *frontend,
            source,
        })?;
        if let Some(old) = self.known.remove(frontend) {
            self.delete_set(old.id, *frontend, &old.service);
        }
        Ok(())
    }

    fn frontends(&self) -> Vec<Frontend> {
        self.known.keys().copied().collect()
    }

    fn get(&self, frontend: &Frontend) -> Option<&Service> {
        self.known.get(frontend).map(|known| &known.service)
    }

    fn admit(&mut self, cookie: u64) -> Result<(), TableError> {
        let failed = |source| TableError::Clients {
            map: CLIENTS,
            source,
        };
        self.clients
            .insert(&cookie.to_ne_bytes(), &MEMBER)
            .map_err(failed)
    }

    fn retain_admitted(&mut self, cookies: &[u64]) -> Result<(), TableError> {
        let failed = |source| TableError::Clients {
            map: CLIENTS,
            source,
        };
        for key in self.clients.keys().map_err(failed)? {
            if !cookies.contains(&u64::from_ne_bytes(key)) {
                self.clients.remove(&key).map_err(failed)?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for KernelTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KernelTable")
            .field("scope", &self.scope)
            .field("frontends", &self.known.len())
            .finish_non_exhaustive()
    }
}

fn all_backends(service: &Service) -> impl Iterator<Item = &Backend> {
    service.backends.iter().chain(service.external_backends())
}
