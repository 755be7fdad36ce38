//! A table in memory that remembers every change: for tests and simulation.

use std::collections::BTreeMap;

use super::{Frontend, Service, ServiceTable, TableError};

/// What a writer did, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Set(Frontend, Service),
    Removed(Frontend),
}

#[derive(Debug, Default)]
pub struct RecordingTable {
    entries: BTreeMap<Frontend, Service>,
    changes: Vec<Change>,
}

impl RecordingTable {
    /// The changes since the last call.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }
}

impl ServiceTable for RecordingTable {
    fn set(&mut self, frontend: Frontend, service: &Service) -> Result<(), TableError> {
        if self.entries.get(&frontend) != Some(service) {
            self.entries.insert(frontend, service.clone());
            self.changes.push(Change::Set(frontend, service.clone()));
        }
        Ok(())
    }

    fn remove(&mut self, frontend: &Frontend) -> Result<(), TableError> {
        if self.entries.remove(frontend).is_some() {
            self.changes.push(Change::Removed(*frontend));
        }
        Ok(())
    }

    fn frontends(&self) -> Vec<Frontend> {
        self.entries.keys().copied().collect()
    }

    fn get(&self, frontend: &Frontend) -> Option<&Service> {
        self.entries.get(frontend)
    }
}
