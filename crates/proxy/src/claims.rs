//! Who claims which frontend. Two Services may name the same external address and port: the one that sorts first has it,
//! and the other gets it when the first is gone. Pure.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use ebpf::{Frontend, Service};
use meta::ObjectKey;

/// What is to be done to the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    Set(Frontend, Service),
    Remove(Frontend),
}

impl Difference {
    pub fn frontend(&self) -> Frontend {
        match self {
            Difference::Set(frontend, _) | Difference::Remove(frontend) => *frontend,
        }
    }
}

#[derive(Debug, Default)]
pub struct Claims {
    claimed: BTreeMap<Frontend, BTreeMap<ObjectKey, Service>>,
    frontends: BTreeMap<ObjectKey, Vec<Frontend>>,
}

impl Claims {
    /// Replaces all that the Service `key` claims (nothing, when it is gone) and returns what changes in the tables.
    pub fn replace(
        &mut self,
        key: &ObjectKey,
        wanted: Vec<(Frontend, Service)>,
    ) -> Vec<Difference> {
        let mut touched = self.frontends.remove(key).unwrap_or_default();
        touched.extend(wanted.iter().map(|(frontend, _)| *frontend));
        touched.sort_unstable();
        touched.dedup();
        let before: Vec<Option<Service>> = touched
            .iter()
            .map(|frontend| self.get(frontend).cloned())
            .collect();
        for frontend in &touched {
            if let Some(claims) = self.claimed.get_mut(frontend) {
                claims.remove(key);
            }
        }
        if !wanted.is_empty() {
            self.frontends.insert(
                key.clone(),
                wanted.iter().map(|(frontend, _)| *frontend).collect(),
            );
        }
        for (frontend, service) in wanted {
            self.claimed
                .entry(frontend)
                .or_default()
                .insert(key.clone(), service);
        }
        let differences = touched
            .iter()
            .zip(before)
            .filter_map(|(frontend, before)| self.difference(frontend, before));
        let differences = differences.collect();
        for frontend in &touched {
            if self.claimed.get(frontend).is_some_and(BTreeMap::is_empty) {
                self.claimed.remove(frontend);
            }
        }
        differences
    }

    /// What belongs behind `frontend`; `None` when no Service claims it.
    pub fn get(&self, frontend: &Frontend) -> Option<&Service> {
        self.claimed.get(frontend)?.values().next()
    }

    /// All frontends with what belongs behind each.
    pub fn contents(&self) -> BTreeMap<Frontend, Service> {
        self.claimed
            .keys()
            .filter_map(|frontend| Some((*frontend, self.get(frontend)?.clone())))
            .collect()
    }

    fn difference(&self, frontend: &Frontend, before: Option<Service>) -> Option<Difference> {
        match self.get(frontend) {
            now if now == before.as_ref() => None,
            Some(service) => Some(Difference::Set(*frontend, service.clone())),
            None => Some(Difference::Remove(*frontend)),
        }
    }
}
