//! Control groups that only remember what was asked of them.

use std::collections::BTreeMap;

use parking_lot::Mutex;

use super::{Cgroups, Layout, Limits, Usage};
use crate::SysError;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    Create(String, Limits),
    Update(String, Limits),
    Remove(String),
    Kill(String),
}

/// The recording fake.
#[derive(Debug, Default)]
pub struct FakeCgroups(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    groups: BTreeMap<String, Limits>,
    recorded: Vec<Recorded>,
}

impl FakeCgroups {
    /// What was asked so far, and forgets it.
    #[must_use]
    pub fn take(&self) -> Vec<Recorded> {
        std::mem::take(&mut self.0.lock().recorded)
    }
}

impl Cgroups for FakeCgroups {
    fn layout(&self) -> Layout {
        Layout::V2
    }

    fn create(&self, path: &str, limits: &Limits) -> Result<(), SysError> {
        let mut state = self.0.lock();
        state
            .recorded
            .push(Recorded::Create(path.to_owned(), limits.clone()));
        state.groups.insert(path.to_owned(), limits.clone());
        Ok(())
    }

    fn update(&self, path: &str, limits: &Limits) -> Result<(), SysError> {
        let mut state = self.0.lock();
        state
            .recorded
            .push(Recorded::Update(path.to_owned(), limits.clone()));
        match state.groups.get_mut(path) {
            Some(group) => {
                *group = limits.clone();
                Ok(())
            }
            None => Err(SysError::path(
                "update",
                path.as_ref(),
                std::io::ErrorKind::NotFound,
            )),
        }
    }

    fn remove(&self, path: &str) -> Result<(), SysError> {
        let mut state = self.0.lock();
        state.recorded.push(Recorded::Remove(path.to_owned()));
        state
            .groups
            .retain(|group, _| group != path && !group.starts_with(&format!("{path}/")));
        Ok(())
    }

    fn remove_empty_above(&self, _: &str) {}

    fn processes(&self, _: &str) -> Vec<i32> {
        Vec::new()
    }

    fn kill(&self, path: &str) {
        self.0.lock().recorded.push(Recorded::Kill(path.to_owned()));
    }

    fn usage(&self, path: &str) -> Result<Usage, SysError> {
        if self.exists(path) {
            Ok(Usage::default())
        } else {
            Err(SysError::path(
                "read",
                path.as_ref(),
                std::io::ErrorKind::NotFound,
            ))
        }
    }

    fn oom_kills(&self, _: &str) -> u64 {
        0
    }

    fn hierarchies(&self) -> Vec<std::path::PathBuf> {
        Vec::new()
    }

    fn exists(&self, path: &str) -> bool {
        self.0.lock().groups.contains_key(path)
    }
}
