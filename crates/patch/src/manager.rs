//! Who owns what after a write: server-side apply, and the bookkeeping of every other write.
//!
//! The order of the steps is that of upstream's chain of managers: kubectl's annotation, the manager
//! for what was there before the first apply, the cap on managers, times, fields that nobody owns,
//! and structured-merge-diff's updater inside.

mod apply;
mod error;
mod last_applied;
pub mod scale;
mod update;

pub use error::{ApplyError, Cause, Conflict, UpdateError, VersionError};

use meta::{
    Dynamic,
    codec::{self, Message},
};
use serde_json::Value;
use std::any::Any;

use crate::field_set::FieldSet;
use crate::managed::{self, Entry, ManagerId, Operation, Owners};
use crate::node::Node;
use crate::typed;

/// Computes `managedFields` for one endpoint: a kind in a version, or a subresource of it.
#[derive(Clone, Copy, Debug)]
pub struct FieldManager<'a> {
    /// Group and version of the request: `apps/v1`.
    pub api_version: &'a str,
    /// `Deployment`.
    pub kind: &'a str,
    /// Empty for the main resource.
    pub subresource: &'a str,
    /// The kind's versions.
    pub versions: &'a dyn Versions,
    /// The zero object of the kind as its codec writes it, `{"metadata":{},"spec":{"containers":null},
    /// "status":{}}` for a pod. It is the `live` of a create. Nobody owns what is in it.
    pub zero: &'a Value,
    /// What this endpoint resets and therefore never owns: `status` for the main resource of a kind
    /// that has the subresource, everything else for the subresource.
    pub reset_fields: &'a FieldSet,
    /// The time of the write: RFC 3339 in UTC, whole seconds.
    pub now: &'a str,
}

/// The versions of a kind: managers may have written in others than the request's.
pub trait Versions: std::fmt::Debug {
    /// The schema in a version; `None` when it is not served any more. Its managers are forgotten then.
    fn node(&self, api_version: &str) -> Option<Node<'_>>;

    /// The object, which carries its own `apiVersion`, in another version.
    ///
    /// # Errors
    /// The object cannot be converted.
    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, VersionError>;
}

/// [`Versions`] of a kind with one.
#[derive(Clone, Copy, Debug)]
pub struct SingleVersion<'a> {
    /// `apps/v1`.
    pub api_version: &'a str,
    /// Its schema.
    pub node: Node<'a>,
}

impl Versions for SingleVersion<'_> {
    fn node(&self, api_version: &str) -> Option<Node<'_>> {
        (self.api_version == api_version).then_some(self.node)
    }

    fn convert(&self, object: &Value, _api_version: &str) -> Result<Value, VersionError> {
        Ok(object.clone())
    }
}

impl FieldManager<'_> {
    /// Computes the `managedFields` of `new` after a create (`live` is [`FieldManager::zero`]), an update
    /// or a patch other than apply.
    ///
    /// `new` may come with `managedFields`: a client that sends an empty list, or one empty entry,
    /// wants them forgotten. Never fails: where upstream would log an error, `new` is left without.
    pub fn update(&self, live: &Value, new: &mut Value, manager: &str) {
        let sent = managed::take(new);
        let entries = self
            .owners_before(live, sent.as_ref())
            .and_then(|owners| self.owners_after_update(live, new, owners, manager));
        if let Ok(owners) = entries {
            managed::put(new, &owners.into_entries());
        }
    }

    /// [`FieldManager::update`] for callers that keep `managedFields` apart: entries in, entries out.
    /// `sent` is what the client sent, `None` for nothing; the values' own `managedFields` are ignored.
    ///
    /// # Errors
    /// As described by the error; the object is then without entries.
    pub fn update_entries(
        &self,
        live: &Value,
        live_entries: Vec<Entry>,
        new: &Value,
        sent: Option<Vec<Entry>>,
        manager: &str,
    ) -> Result<Vec<Entry>, UpdateError> {
        let owners = match sent {
            Some(sent) if self.subresource.is_empty() => Owners::from_entries(sent),
            _ => Owners::from_entries(live_entries),
        };
        let owners = self.owners_after_update(live, new, owners, manager)?;
        Ok(owners.into_entries())
    }

    /// [`FieldManager::update_entries`] of a create without `managedFields` of its own, for the struct itself.
    ///
    /// # Errors
    /// As there; the object is then without entries.
    pub fn create_entries(
        &self,
        new: &dyn Message,
        manager: &str,
    ) -> Result<Vec<Entry>, UpdateError> {
        if (new as &dyn Any).is::<Dynamic>() {
            // It is a tree already.
            let new = codec::to_value(new);
            return self.update_entries(self.zero, Vec::new(), &new, None, manager);
        }
        let node = self.versions.node(self.api_version);
        let node = node.ok_or_else(|| UpdateError::NoSchema(self.api_version.into()))?;
        let created = typed::created(node, self.zero, new).map_err(UpdateError::Compare)?;
        let mut owners = Owners::default();
        let id = self.id(manager, Operation::Update);
        update::assign(self, id, self.ownable(created), &mut owners);
        Ok(owners.into_entries())
    }

    /// What the managers owned before: from the request when it says so, else from the live object.
    fn owners_before(&self, live: &Value, sent: Option<&Value>) -> Result<Owners, UpdateError> {
        let decoded = |value: &Value| managed::decode(value).map(Owners::from_entries);
        let of_live = || decoded(managed::of(live)).unwrap_or_default();
        let Some(sent) = sent.filter(|_| self.subresource.is_empty()) else {
            return Ok(of_live());
        };
        if is_reset(sent) {
            return Ok(Owners::default());
        }
        Ok(match decoded(sent) {
            Ok(owners) if !owners.is_empty() => owners,
            _ => of_live(),
        })
    }

    fn owners_after_update(
        &self,
        live: &Value,
        new: &Value,
        owners: Owners,
        manager: &str,
    ) -> Result<Owners, UpdateError> {
        if owners.is_empty()
            && live["metadata"]["uid"]
                .as_str()
                .is_some_and(|uid| !uid.is_empty())
        {
            // Somebody switched the bookkeeping of this object off.
            return Ok(owners);
        }
        self.track_update(live, new, owners, manager)
    }

    /// Assigns what changed to the manager, whoever owned it.
    fn track_update(
        &self,
        live: &Value,
        new: &Value,
        mut owners: Owners,
        manager: &str,
    ) -> Result<Owners, UpdateError> {
        let id = self.id(manager, Operation::Update);
        let changed = update::update(self, live, new, &mut owners)?;
        update::assign(self, id, changed, &mut owners);
        owners.cap_updates();
        Ok(owners)
    }

    /// Without what the endpoint resets.
    fn ownable(&self, set: FieldSet) -> FieldSet {
        set.without(self.reset_fields)
    }

    fn id(&self, manager: &str, operation: Operation) -> ManagerId {
        let manager = if manager.is_empty() {
            "unknown"
        } else {
            manager
        };
        ManagerId::new(manager, operation, self.api_version, self.subresource)
    }
}

/// Whether a client asks to forget all managers: an empty list, or one empty entry.
fn is_reset(sent: &Value) -> bool {
    let empty = |entry: &Value| {
        entry
            .as_object()
            .is_some_and(|fields| fields.values().all(Value::is_null))
    };
    match sent.as_array().map(Vec::as_slice) {
        Some([]) => true,
        Some([only]) => empty(only),
        _ => false,
    }
}
