//! A table in the kernel's maps.
//!
//! Each set of backends has an id of its own. A change writes the new set under a new id, swings the frontend's entry to
//! it, then deletes the old set. A program that read the old entry and misses a slot reads the entry again.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::Path;

use aya::maps::{HashMap, Map, MapData, MapError};

use super::wire::{
    self, EndpointBytes, FrontendBytes, Header, MemberBytes, Scope, ServiceBytes, SlotBytes,
    endpoint_bytes, member_bytes, slot_bytes,
};
use super::{Backend, Frontend, Service, ServiceTable, TableError};

pub struct KernelTable {
    scope: Scope,
    services: HashMap<MapData, FrontendBytes, ServiceBytes>,
    backends: HashMap<MapData, SlotBytes, EndpointBytes>,
    members: HashMap<MapData, MemberBytes, u32>,
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
        let mut table = KernelTable {
            scope,
            services: open(maps, "services")?,
            backends: open(maps, "backends")?,
            members: open(maps, "members")?,
            known: BTreeMap::new(),
            last_id: scope.first_id(),
            used_ids: HashSet::new(),
        };
        table.recover()?;
        Ok(table)
    }

    fn recover(&mut self) -> Result<(), TableError> {
        let entries: Vec<_> = self
            .services
            .iter()
            .collect::<Result<_, _>>()
            .map_err(|source| TableError::Read {
                map: "services",
                source: source.into(),
            })?;
        for (key, value) in entries {
            let Some(frontend) = wire::frontend_from(&key, self.scope) else {
                continue;
            };
            let header = Header::from(&value);
            let service = header.service(|index| {
                self.backends
                    .get(&slot_bytes(header.id, index), 0)
                    .ok()
                    .map(|bytes| wire::endpoint_from(&bytes))
            });
            let Some(service) = service else {
                self.services
                    .remove(&key)
                    .map_err(|source| TableError::Write {
                        map: "services",
                        frontend,
                        source: source.into(),
                    })?;
                continue;
            };
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
        self.remove_orphans()
    }

    fn remove_orphans(&mut self) -> Result<(), TableError> {
        let orphan = |id: u32| self.scope.owns(id) && !self.used_ids.contains(&id);
        let slots: Vec<_> = self
            .backends
            .keys()
            .filter_map(Result::ok)
            .filter(|key| orphan(wire::slot_from(key).0))
            .collect();
        let members: Vec<_> = self
            .members
            .keys()
            .filter_map(Result::ok)
            .filter(|key| orphan(wire::member_id(key)))
            .collect();
        for slot in slots {
            absent_is_fine(self.backends.remove(&slot)).map_err(|source| TableError::Read {
                map: "backends",
                source,
            })?;
        }
        for member in members {
            absent_is_fine(self.members.remove(&member)).map_err(|source| TableError::Read {
                map: "members",
                source,
            })?;
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

    fn write_set(
        &mut self,
        id: u32,
        frontend: Frontend,
        service: &Service,
    ) -> Result<(), TableError> {
        let with_members = wire::has_members(&frontend, service);
        for (index, backend) in (0u32..).zip(all_backends(service)) {
            self.backends
                .insert(slot_bytes(id, index), endpoint_bytes(backend), 0)
                .map_err(|source| TableError::Write {
                    map: "backends",
                    frontend,
                    source: source.into(),
                })?;
            if with_members {
                self.members
                    .insert(member_bytes(id, backend), 1, 0)
                    .map_err(|source| TableError::Write {
                        map: "members",
                        frontend,
                        source: source.into(),
                    })?;
            }
        }
        Ok(())
    }

    /// Deletes as much of a set as can be deleted; what stays is unreachable, and the next start removes it.
    fn delete_set(&mut self, id: u32, frontend: Frontend, service: &Service) {
        let with_members = wire::has_members(&frontend, service);
        for (index, backend) in (0u32..).zip(all_backends(service)) {
            let slot = absent_is_fine(self.backends.remove(&slot_bytes(id, index)));
            let member = if with_members {
                absent_is_fine(self.members.remove(&member_bytes(id, backend)))
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
            self.services
                .insert(key, header.bytes(), 0)
                .map_err(|source| TableError::Write {
                    map: "services",
                    frontend,
                    source: source.into(),
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
        let key = wire::frontend_bytes(frontend, self.scope);
        absent_is_fine(self.services.remove(&key)).map_err(|source| TableError::Write {
            map: "services",
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

fn absent_is_fine(result: Result<(), MapError>) -> Result<(), Box<MapError>> {
    match result {
        Err(MapError::KeyNotFound | MapError::ElementNotFound) => Ok(()),
        Err(MapError::SyscallError(error))
            if error.io_error.raw_os_error() == Some(libc::ENOENT) =>
        {
            Ok(())
        }
        other => other.map_err(Box::new),
    }
}

/// Opens a pinned hash map, plain or least-recently-used.
pub(crate) fn open<K: aya::Pod, V: aya::Pod>(
    maps: &Path,
    map: &'static str,
) -> Result<HashMap<MapData, K, V>, TableError> {
    MapData::from_pin(maps.join(map))
        .and_then(Map::from_map_data)
        .and_then(HashMap::try_from)
        .map_err(|source| TableError::Open {
            map,
            source: source.into(),
        })
}
