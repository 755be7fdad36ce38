//! Takes fields from their owners when others change them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::{Conflict, FieldManager, UpdateError};
use crate::field_set::FieldSet;
use crate::managed::{ManagerId, Owned, Owners};
use crate::typed;

/// Fields that identify an object or that the server alone writes: nobody owns them.
static NEVER_OWNED: LazyLock<FieldSet> = LazyLock::new(|| {
    FieldSet::of(&[
        &["apiVersion"],
        &["kind"],
        &["metadata"],
        &["metadata", "name"],
        &["metadata", "namespace"],
        &["metadata", "creationTimestamp"],
        &["metadata", "selfLink"],
        &["metadata", "uid"],
        &["metadata", "clusterName"],
        &["metadata", "generation"],
        &["metadata", "managedFields"],
        &["metadata", "resourceVersion"],
    ])
});

/// What differs between two objects in one version.
struct Changes {
    /// Added or modified.
    changed: FieldSet,
    removed: FieldSet,
}

/// What a change costs the owners.
pub(super) struct Losses {
    /// Everything that changed, in the request's version: the writer is to own it.
    changed: FieldSet,
    /// By owner: what others changed, and what is gone.
    lost: BTreeMap<ManagerId, (FieldSet, FieldSet)>,
}

/// Takes what changed from whoever owned it, and returns it.
pub(super) fn update(
    fields: &FieldManager<'_>,
    live: &Value,
    new: &Value,
    owners: &mut Owners,
) -> Result<FieldSet, UpdateError> {
    reconcile(fields, owners);
    Ok(losses(fields, live, new, owners, None)?.inflict(owners))
}

/// Finds what each owner but `applier` loses by a change. Forgets owners whose version is not served.
pub(super) fn losses(
    fields: &FieldManager<'_>,
    live: &Value,
    new: &Value,
    owners: &mut Owners,
    applier: Option<&ManagerId>,
) -> Result<Losses, UpdateError> {
    let own = changes(fields, fields.api_version, live, new)?
        .ok_or_else(|| UpdateError::NoSchema(fields.api_version.into()))?;
    let mut others = BTreeMap::new();
    let mut lost = BTreeMap::new();
    let mut forgotten = Vec::new();
    for (id, owned) in &owners.0 {
        if Some(id) == applier {
            continue;
        }
        let version = &owned.api_version;
        if version != fields.api_version && !others.contains_key(version) {
            others.insert(version.clone(), changes(fields, version, live, new)?);
        }
        let changes = match others.get(version) {
            None => &own,
            Some(Some(changes)) => changes,
            Some(None) => {
                forgotten.push(id.clone());
                continue;
            }
        };
        let conflict = owned.fields.intersection(&changes.changed);
        let gone = owned.fields.intersection(&changes.removed);
        if !conflict.is_empty() || !gone.is_empty() {
            lost.insert(id.clone(), (conflict, gone));
        }
    }
    owners.0.retain(|id, _| !forgotten.contains(id));
    Ok(Losses {
        changed: own.changed,
        lost,
    })
}

impl Losses {
    /// The losses to others' changes, which an apply without force may not inflict.
    pub(super) fn conflicts(&self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for (manager, (conflict, _)) in &self.lost {
            conflict.for_each(|path| {
                conflicts.push(Conflict {
                    manager: manager.clone(),
                    path: path.clone(),
                });
            });
        }
        conflicts
    }

    /// Takes them. Owners of nothing are forgotten.
    pub(super) fn inflict(self, owners: &mut Owners) -> FieldSet {
        for (id, (conflict, gone)) in self.lost {
            if let Some(owned) = owners.0.get_mut(&id) {
                owned.fields = owned.fields.difference(&conflict).difference(&gone);
            }
        }
        owners.0.retain(|_, owned| !owned.fields.is_empty());
        self.changed
    }
}

/// What differs in a version; `None` for one that is not served any more.
fn changes(
    fields: &FieldManager<'_>,
    api_version: &str,
    live: &Value,
    new: &Value,
) -> Result<Option<Changes>, UpdateError> {
    let Some(node) = fields.versions.node(api_version) else {
        return Ok(None);
    };
    let compared = if api_version == fields.api_version {
        typed::compare(node, live, new)
    } else {
        let convert = |object| {
            let converted = fields.versions.convert(object, api_version);
            converted.map_err(UpdateError::Convert)
        };
        typed::compare(node, &convert(live)?, &convert(new)?)
    };
    let compared = compared.map_err(UpdateError::Compare)?;
    let changed = compared.modified.union(compared.added);
    Ok(Some(Changes {
        changed: fields.ownable(changed),
        removed: fields.ownable(compared.removed),
    }))
}

/// Follows schemas that changed since the sets were written.
pub(super) fn reconcile(fields: &FieldManager<'_>, owners: &mut Owners) {
    owners.0.retain(|_, owned| {
        let Some(node) = fields.versions.node(&owned.api_version) else {
            return false;
        };
        if let Some(reconciled) = typed::reconcile(node, &owned.fields) {
            owned.fields = reconciled;
        }
        true
    });
}

/// Adds what a writer changed to what it owns. Its time moves when it changed anything.
pub(super) fn assign(
    fields: &FieldManager<'_>,
    id: ManagerId,
    changed: FieldSet,
    owners: &mut Owners,
) {
    let changed = without_never_owned(changed);
    if changed.is_empty() {
        return;
    }
    let before = owners.0.remove(&id).map(|owned| owned.fields);
    let owned = Owned {
        api_version: fields.api_version.into(),
        time: Some(fields.now.into()),
        fields: changed.union(before.unwrap_or_default()),
    };
    owners.0.insert(id, owned);
}

/// What is left of a set when nobody owns what identifies an object.
pub(super) fn without_never_owned(mut set: FieldSet) -> FieldSet {
    set.remove(&NEVER_OWNED);
    set
}
