//! Managed fields of every write, through the `patch` crate: what is typed here becomes the JSON values it works on.
mod versions;
mod view;

pub(crate) use view::ThroughView;

use crate::{endpoint::Endpoint, shared::Api};
use meta::{ApiError, KindObject, ManagedFieldsEntry, Str, Time, codec};
use patch::{FieldManager, FieldSet, Node, SingleVersion, managed::Entry};
use resource::{Object, RequestContext};
use serde_json::Value;
use versions::{AllVersions, Conversions};

/// The managed-fields machinery of one endpoint: a resource or one of its subresources.
pub(crate) struct Manager<'a> {
    endpoint: &'a Endpoint,
    subresource: &'a str,
    reset: FieldSet,
    now: String,
}

impl<'a> Manager<'a> {
    pub(crate) fn new(endpoint: &'a Endpoint, subresource: &'a str, now: Time) -> Self {
        let part = endpoint.cache.resource.part(subresource);
        let reset = match part {
            Some(part) => field_set(part.reset_fields().iter().copied()),
            None => field_set(endpoint.info().reset_fields.iter().map(Str::as_str)),
        };
        Self {
            endpoint,
            subresource,
            reset,
            now: now.to_string(),
        }
    }

    /// Writes the `managedFields` of a create or update into `new`. `old` is the stored object as requests work on it; `reset` is for who
    /// sent an empty list.
    ///
    /// # Errors
    /// None that a client can cause.
    pub(crate) async fn update(
        &self,
        api: &Api,
        old: Option<&Object>,
        new: &mut Object,
        manager: &str,
        reset: Reset,
    ) -> Result<(), ApiError> {
        let live_entries = old.map(|old| entries_of(&**old)).unwrap_or_default();
        let sent = std::mem::take(&mut new.metadata_mut().managed_fields);
        let kept = old.is_some_and(|old| old.metadata().managed_fields == sent);
        let sent = match reset {
            Reset::Yes => Some(Vec::new()),
            Reset::No if kept => None,
            Reset::No => sent_entries(&sent),
        };
        if !old.is_none_or(|old| self.fits(old)) || !self.fits(new) {
            // Upstream leaves nothing where it cannot compute anything.
            return Ok(());
        }
        if old.is_none() && sent.is_none() {
            self.create(new, manager);
            return Ok(());
        }
        let api_version = &self.endpoint.info().api_version;
        let mut written = live_entries.iter().chain(sent.iter().flatten());
        let one_version = written.all(|entry| entry.api_version == *api_version);
        let (live, value) = self.values(old, new, one_version);
        let live = live.as_ref().unwrap_or(self.endpoint.zero());
        let computed = if one_version {
            self.with(&Conversions::default(), |fields| {
                fields.update_entries(live, live_entries, &value, sent, manager)
            })
        } else {
            let computed = self.settled(api, |fields| {
                fields.update_entries(live, live_entries.clone(), &value, sent.clone(), manager)
            });
            computed.await?
        };
        new.metadata_mut().managed_fields = patch::managed::to_meta(&computed.unwrap_or_default());
        Ok(())
    }

    /// Whether an object has the shape that its kind declares. A struct always has; of others, validation may not have said so yet, and
    /// lets some values pass.
    fn fits(&self, object: &Object) -> bool {
        let info = self.endpoint.info();
        !info.dynamic || {
            let value = codec::to_value(self.endpoint.served.shown(object).as_message());
            let node = self.endpoint.node(info);
            patch::typed::validate(node, &value, patch::typed::Duplicates::Allowed).is_ok()
        }
    }

    /// Of a create whose sender says nothing of managers.
    fn create(&self, new: &mut Object, manager: &str) {
        let computed = self.with(&Conversions::default(), |fields| {
            let shown = self.endpoint.served.shown(new);
            fields.create_entries(shown.as_message(), manager)
        });
        new.metadata_mut().managed_fields = patch::managed::to_meta(&computed.unwrap_or_default());
    }

    /// Server-side apply: the whole object with its `managedFields`.
    pub(crate) async fn apply(
        &self,
        api: &Api,
        old: Option<&Object>,
        applied: &Value,
        manager: &str,
        force: bool,
    ) -> Result<Result<Value, patch::ApplyError>, ApiError> {
        let live = old.map(|old| codec::to_value(self.endpoint.served.shown(old).as_message()));
        self.settled(api, |fields| {
            let live = live.as_ref().unwrap_or(self.endpoint.zero());
            fields.apply(live, applied, manager, force)
        })
        .await
    }

    /// Runs what may need objects in other versions. Where a webhook makes these, it is run again with what the webhook has made, until
    /// nothing is missing.
    async fn settled<R>(
        &self,
        api: &Api,
        run: impl Fn(&FieldManager<'_>) -> R,
    ) -> Result<R, ApiError> {
        /// A manager's version takes two: what was there, and what is wanted.
        const ROUNDS_MAX: usize = 256;
        let mut conversions = Conversions::default();
        for _ in 0..ROUNDS_MAX {
            let result = self.with(&conversions, &run);
            if !conversions.make_missing(api, self.endpoint).await {
                return Ok(result);
            }
        }
        Err(ApiError::internal("too many versions of managed fields"))
    }

    fn with<R>(&self, conversions: &Conversions, run: impl FnOnce(&FieldManager<'_>) -> R) -> R {
        let info = self.endpoint.info();
        run(&FieldManager {
            api_version: &info.api_version,
            kind: &info.kind,
            subresource: self.subresource,
            versions: &AllVersions {
                endpoint: self.endpoint,
                conversions,
            },
            zero: self.endpoint.zero(),
            reset_fields: &self.reset,
            now: &self.now,
        })
    }

    /// What ownership is computed from, the stored object (`None` where there is none) and the new one: what differs between them, where
    /// managers know no other version, into which only whole objects can be converted.
    fn values(
        &self,
        old: Option<&Object>,
        new: &Object,
        one_version: bool,
    ) -> (Option<Value>, Value) {
        let served = &self.endpoint.served;
        let new = served.shown(new);
        let Some(old) = old else {
            return (None, codec::to_value(new.as_message()));
        };
        if one_version {
            let shown = served.shown(old);
            let without = &["metadata", "managedFields"];
            let (mut live, value) =
                codec::difference(shown.as_message(), new.as_message(), without);
            // It tells that the object is stored.
            live["metadata"]["uid"] = old.metadata().uid.as_str().into();
            return (Some(live), value);
        }
        let mut bare = old.clone_object();
        bare.metadata_mut().managed_fields = Vec::new();
        let live = codec::to_value(served.shown(&bare).as_message());
        (Some(live), codec::to_value(new.as_message()))
    }
}

/// Writes the `managedFields` of what a client sends and no store keeps: reviews, requests for tokens.
pub(crate) fn of_unstored(cx: &RequestContext, object: &mut Object) {
    let own = object.group_version_kind();
    let api_version = own.api_version();
    let (Some(info), Some(zero)) = (
        schema::lookup(&own.group, &own.version, &own.kind),
        api::new_message(&api_version, &own.kind),
    ) else {
        return;
    };
    let sent = sent_entries(&object.metadata().managed_fields);
    object.metadata_mut().managed_fields = Vec::new();
    let zero = codec::to_value(&*zero);
    let fields = FieldManager {
        api_version: &api_version,
        kind: &own.kind,
        subresource: &cx.subresource,
        versions: &SingleVersion {
            api_version: &api_version,
            node: Node::builtin(info),
        },
        zero: &zero,
        reset_fields: &FieldSet::new(),
        now: &cx.now.to_string(),
    };
    let value = codec::to_value(object.as_message());
    let computed = fields.update_entries(&zero, Vec::new(), &value, sent, &cx.field_manager);
    object.metadata_mut().managed_fields = patch::managed::to_meta(&computed.unwrap_or_default());
}

/// Whether a client sent an empty list of managers, which asks to forget all: a struct cannot tell it from none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reset {
    No,
    Yes,
}

impl Reset {
    /// Looks into an object as JSON.
    pub(crate) fn in_json(json: &[u8]) -> Self {
        const NAME: &[u8] = b"\"managedFields\"";
        let may = memchr::memmem::find_iter(json, NAME).any(|at| {
            let rest = json[at + NAME.len()..].iter();
            let mut rest = rest.filter(|byte| !byte.is_ascii_whitespace());
            rest.by_ref().take(3).eq(b":[]")
        });
        if !may {
            return Self::No;
        }
        let object: Value = serde_json::from_slice(json).unwrap_or_default();
        let sent = object["metadata"]["managedFields"].as_array();
        if sent.is_some_and(Vec::is_empty) {
            Self::Yes
        } else {
            Self::No
        }
    }
}

/// What a client says of managers: `None` for nothing, and for what cannot be read; nobody for one empty entry.
fn sent_entries(sent: &[ManagedFieldsEntry]) -> Option<Vec<Entry>> {
    if let [only] = sent
        && *only == ManagedFieldsEntry::default()
    {
        return Some(Vec::new());
    }
    let decoded = patch::managed::from_meta(sent).ok()?;
    (!decoded.is_empty()).then_some(decoded)
}

fn field_set<'a>(paths: impl Iterator<Item = &'a str>) -> FieldSet {
    let split: Vec<Vec<&str>> = paths.map(|path| path.split('.').collect()).collect();
    let slices: Vec<&[&str]> = split.iter().map(Vec::as_slice).collect();
    FieldSet::of(&slices)
}

fn entries_of(object: &dyn KindObject) -> Vec<Entry> {
    decoded_entries(&object.metadata().managed_fields)
}

fn decoded_entries(managed_fields: &[ManagedFieldsEntry]) -> Vec<Entry> {
    patch::managed::from_meta(managed_fields).unwrap_or_default()
}

#[cfg(test)]
mod tests;
