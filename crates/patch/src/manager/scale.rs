//! Managed fields of the `scale` subresource: `spec.replicas` of a Scale is a field of its parent.

use std::collections::BTreeMap;

use crate::field_set::FieldSet;
use crate::managed::{Entry, Owned, Owners};
use crate::path::Path;

const SCALE_VERSION: &str = "autoscaling/v1";

/// Where the parent keeps its replicas in a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplicasPath {
    /// The version is not served: its managers are forgotten.
    Unserved,
    /// It has no scale subresource.
    Absent,
    /// There.
    At(Path),
}

/// The parent's entries as a Scale has them: those that own the replicas.
pub fn to_scale(parent: Vec<Entry>, replicas: &dyn Fn(&str) -> ReplicasPath) -> Vec<Entry> {
    let mut owners = Owners::default();
    for (id, owned) in Owners::from_entries(parent).0 {
        let ReplicasPath::At(path) = replicas(&owned.api_version) else {
            continue;
        };
        if owned.fields.has(&path.0) {
            let owned = Owned {
                api_version: SCALE_VERSION.into(),
                time: owned.time,
                fields: spec_replicas(),
            };
            owners.0.insert(id, owned);
        }
    }
    owners.into_entries()
}

/// Lays the entries of a written Scale over those of its parent, which is written in `api_version`.
pub fn to_parent(
    parent: Vec<Entry>,
    scale: Vec<Entry>,
    api_version: &str,
    replicas: &dyn Fn(&str) -> ReplicasPath,
) -> Vec<Entry> {
    let mut of_scale = Owners::from_entries(scale).0;
    let parent = Owners::from_entries(parent).0;
    let times: BTreeMap<_, _> = parent
        .iter()
        .map(|(id, owned)| (id.clone(), owned.time.clone()))
        .collect();
    let mut owners = Owners::default();
    for (id, mut owned) in parent {
        match replicas(&owned.api_version) {
            ReplicasPath::Unserved => continue,
            ReplicasPath::At(path)
                if owned.fields.has(&path.0) && of_scale.remove(&id).is_none() =>
            {
                owned.fields = owned.fields.difference(&only(&path));
            }
            ReplicasPath::At(_) | ReplicasPath::Absent => {}
        }
        if !owned.fields.is_empty() {
            owners.0.insert(id, owned);
        }
    }
    let ReplicasPath::At(path) = replicas(api_version) else {
        return owners.into_entries();
    };
    of_scale.retain(|_, owned| !owned.fields.intersection(&spec_replicas()).is_empty());
    for id in of_scale.into_keys() {
        let owned = Owned {
            api_version: api_version.into(),
            // Upstream looks the time up among the parent's managers: a new one has none.
            time: times.get(&id).cloned().flatten(),
            fields: only(&path),
        };
        owners.0.insert(id, owned);
    }
    owners.into_entries()
}

fn only(path: &Path) -> FieldSet {
    let mut set = FieldSet::new();
    set.insert(&path.0);
    set
}

fn spec_replicas() -> FieldSet {
    FieldSet::of(&[&["spec", "replicas"]])
}
