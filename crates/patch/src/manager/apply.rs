//! Server-side apply.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde_json::Value;

use super::{ApplyError, FieldManager, UpdateError, last_applied, update};
use crate::field_set::FieldSet;
use crate::managed::{self, ManagerId, Operation, Owned, Owners};
use crate::node::Node;
use crate::typed::{self, Duplicates};

/// Owns what was there before anybody tracked it.
const BEFORE_FIRST_APPLY: &str = "before-first-apply";

impl FieldManager<'_> {
    /// Applies a configuration: lays it over `live` ([`FieldManager::zero`] when there is no object),
    /// takes away what the manager applied before and nobody else applies, and hands its fields over.
    ///
    /// The result has its `managedFields`. It still is to be decoded, defaulted and validated.
    ///
    /// # Errors
    /// Conflicts without `force`; a configuration of another kind or version or with
    /// `managedFields`; what does not fit the schema.
    pub fn apply(
        &self,
        live: &Value,
        applied: &Value,
        manager: &str,
        force: bool,
    ) -> Result<Value, ApplyError> {
        self.check_type(applied)?;
        let owners = managed::decode(managed::of(live)).map_err(ApplyError::Decode)?;
        let owners = Owners::from_entries(owners);
        let first = self.apply_to(live, applied, owners.clone(), manager, force);
        let (mut object, owners) = match first {
            Err(ApplyError::Conflicts(conflicts)) if manager == last_applied::MANAGER => {
                last_applied::only_foreign(self, live, conflicts)?;
                self.apply_to(live, applied, owners, manager, true)?
            }
            other => other?,
        };
        if manager == last_applied::MANAGER {
            last_applied::refresh(&mut object, applied);
        }
        managed::put(&mut object, &owners.into_entries());
        Ok(object)
    }

    fn check_type(&self, applied: &Value) -> Result<(), ApplyError> {
        let of = |field: &str| applied[field].as_str().unwrap_or_default();
        if of("apiVersion") != self.api_version || of("kind") != self.kind {
            return Err(ApplyError::ObjectType(kind_text(applied)));
        }
        Ok(())
    }

    fn apply_to(
        &self,
        live: &Value,
        applied: &Value,
        mut owners: Owners,
        manager: &str,
        force: bool,
    ) -> Result<(Value, Owners), ApplyError> {
        if owners.is_empty() {
            owners = self
                .track_update(self.zero, live, owners, BEFORE_FIRST_APPLY)
                .map_err(ApplyError::BeforeFirstApply)?;
        }
        if !managed::of(applied).is_null() {
            return Err(ApplyError::ManagedFields);
        }
        let id = self.id(manager, Operation::Apply);
        let changed = self.merge_and_prune(live, applied, &mut owners, &id, force)?;
        if let Some(owned) = owners.0.get_mut(&id) {
            owned.fields = update::without_never_owned(std::mem::take(&mut owned.fields));
            if changed.is_some() {
                owned.time = Some(self.now.into());
            }
            if owned.fields.is_empty() {
                owners.0.remove(&id);
            }
        }
        Ok((changed.unwrap_or_else(|| live.clone()), owners))
    }

    /// The new object, or `None` when it equals the live one.
    fn merge_and_prune(
        &self,
        live: &Value,
        applied: &Value,
        owners: &mut Owners,
        id: &ManagerId,
        force: bool,
    ) -> Result<Option<Value>, ApplyError> {
        let no_schema = || ApplyError::Update(UpdateError::NoSchema(self.api_version.into()));
        let node = self.versions.node(self.api_version).ok_or_else(no_schema)?;
        check(node, live, applied)?;
        update::reconcile(self, owners);
        let merged = typed::merge(node, live, applied).map_err(ApplyError::Merge)?;
        let set = typed::field_set_of(node, applied).map_err(ApplyError::FieldSet)?;
        let set = self.ownable(set);
        let last = owners.0.remove(id);
        // Without a field less than last time, nothing is to go.
        let shrinks = last.as_ref().filter(|last| {
            last.api_version != self.api_version || !last.fields.difference(&set).is_empty()
        });
        let owned = Owned {
            api_version: self.api_version.into(),
            time: last.as_ref().and_then(|last| last.time.clone()),
            fields: set,
        };
        owners.0.insert(id.clone(), owned);
        let new = match shrinks {
            Some(last) => prune(self, merged, owners, last)
                .map_err(|error| ApplyError::Prune(Box::new(error)))?,
            None => merged,
        };
        let losses =
            update::losses(self, live, &new, owners, Some(id)).map_err(ApplyError::Update)?;
        let conflicts = if force {
            Vec::new()
        } else {
            losses.conflicts()
        };
        if !conflicts.is_empty() {
            return Err(ApplyError::Conflicts(conflicts));
        }
        losses.inflict(owners);
        // The order of a list's items counts, though nobody owns it.
        Ok((new != *live).then_some(new))
    }
}

fn check(node: Node<'_>, live: &Value, applied: &Value) -> Result<(), ApplyError> {
    typed::validate(node, applied, Duplicates::Refused).map_err(|errors| {
        let object = object_text(applied);
        ApplyError::Patch { object, errors }
    })?;
    typed::validate(node, live, Duplicates::Allowed).map_err(|errors| {
        let object = object_text(live);
        ApplyError::Live { object, errors }
    })
}

/// Takes away what the applier applied last time and not this time, unless somebody else owns it.
fn prune(
    fields: &FieldManager<'_>,
    merged: Value,
    owners: &Owners,
    last: &Owned,
) -> Result<Value, ApplyError> {
    let Some(node) = fields.versions.node(&last.api_version) else {
        return Ok(merged);
    };
    if last.fields.is_empty() {
        return Ok(merged);
    }
    let merged = convert(fields, merged, &last.api_version)?;
    let last_named = last.fields.with_named_fields(node);
    let pruned = typed::remove_items(node, &merged, &last_named);
    let pruned = add_back_owned(fields, &merged, pruned, owners, &last.api_version)?;
    let pruned = convert(fields, pruned, &last.api_version)?;
    // Of what is gone now, only what the applier owned is to go: nobody may own the rest.
    let gone = named_fields_of(node, &merged)?.difference(&named_fields_of(node, &pruned)?);
    let pruned = typed::remove_items(node, &merged, &gone.intersection(&last_named));
    convert(fields, pruned, fields.api_version)
}

/// Puts back what others, or this very apply, claim to own: in the version of the removal first, so
/// that conversions find what they need.
fn add_back_owned(
    fields: &FieldManager<'_>,
    merged: &Value,
    pruned: Value,
    owners: &Owners,
    pruned_version: &CompactString,
) -> Result<Value, ApplyError> {
    let mut by_version: BTreeMap<_, FieldSet> = BTreeMap::new();
    for owned in owners.0.values() {
        let set = by_version.entry(owned.api_version.clone()).or_default();
        *set = std::mem::take(set).union(owned.fields.clone());
    }
    let first = by_version.remove_entry(pruned_version);
    let mut pruned = pruned;
    for (version, owned) in first.into_iter().chain(by_version) {
        let Some(node) = fields.versions.node(&version) else {
            continue;
        };
        let merged = convert(fields, merged.clone(), &version)?;
        let kept = convert(fields, pruned, &version)?;
        let kept = named_fields_of(node, &kept)?.union(owned.with_named_fields(node));
        let gone = named_fields_of(node, &merged)?.difference(&kept);
        pruned = typed::remove_items(node, &merged, &gone);
    }
    Ok(pruned)
}

fn named_fields_of(node: Node<'_>, object: &Value) -> Result<FieldSet, ApplyError> {
    let set = typed::field_set_of(node, object).map_err(ApplyError::FieldSet)?;
    Ok(set.with_named_fields(node))
}

fn convert(
    fields: &FieldManager<'_>,
    object: Value,
    api_version: &str,
) -> Result<Value, ApplyError> {
    if object["apiVersion"].as_str().unwrap_or(fields.api_version) == api_version {
        return Ok(object);
    }
    fields
        .versions
        .convert(&object, api_version)
        .map_err(|error| ApplyError::Update(UpdateError::Convert(error)))
}

/// `apps/v1, Kind=Deployment`, and `/v1, Kind=Pod`.
fn kind_text(object: &Value) -> String {
    let of = |field: &str| object[field].as_str().unwrap_or_default();
    let api_version = of("apiVersion");
    let version = match api_version.matches('/').count() {
        0 => format!("/{api_version}"),
        1 => api_version.to_owned(),
        // No version that upstream can read: it does not look at the kind then.
        _ => return "/, Kind=".to_owned(),
    };
    format!("{version}, Kind={}", of("kind"))
}

fn object_text(object: &Value) -> String {
    let of = |field: &str| object["metadata"][field].as_str().unwrap_or_default();
    format!("{}/{}; {}", of("namespace"), of("name"), kind_text(object))
}
