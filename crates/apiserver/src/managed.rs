//! Managed fields of every write, through the `patch` crate: what is typed here becomes the JSON values it works on.
use crate::endpoint::Endpoint;
use meta::{
    KindObject, ManagedFieldsEntry, Time,
    codec::{self, Strictness},
};
use patch::{FieldManager, FieldSet, Node, VersionError, Versions, managed::Entry};
use resource::{Encoding, Object, ResourceInfo, Served};
use serde_json::Value;

/// The managed-fields machinery of one endpoint: a resource or one of its subresources.
pub(crate) struct Manager<'a> {
    endpoint: &'a Endpoint,
    subresource: &'a str,
    reset: FieldSet,
    now: String,
}

impl<'a> Manager<'a> {
    pub(crate) fn new(endpoint: &'a Endpoint, subresource: &'a str, now: Time) -> Self {
        let reset = match endpoint.cache.resource.part(subresource) {
            Some(part) => field_set(part.reset_fields()),
            None => field_set(&endpoint.info().reset_fields),
        };
        Self {
            endpoint,
            subresource,
            reset,
            now: now.to_string(),
        }
    }

    /// Writes the `managedFields` of a create or update into `new`. `old` is the stored object.
    pub(crate) fn update(&self, old: Option<&Object>, new: &mut Object, manager: &str) {
        let live_entries = old.map(|old| entries_of(&**old)).unwrap_or_default();
        let sent = std::mem::take(&mut new.metadata_mut().managed_fields);
        let kept = old.is_some_and(|old| old.metadata().managed_fields == sent);
        let sent = (!kept && !sent.is_empty()).then(|| decoded_entries(&sent));
        let written: Vec<&Entry> = live_entries.iter().chain(sent.iter().flatten()).collect();
        let (live, value) = self.values(old, new, &written);
        let computed = self.with(|fields| {
            let live = live.as_ref().unwrap_or(self.endpoint.zero());
            fields.update_entries(live, live_entries.clone(), &value, sent.clone(), manager)
        });
        let entries = computed.unwrap_or(live_entries);
        new.metadata_mut().managed_fields = patch::managed::to_meta(&entries);
        if let Some(old) = old {
            keep_times_if_unchanged(&**old, new);
        }
    }

    /// Server-side apply: the whole object with its `managedFields`.
    pub(crate) fn apply(
        &self,
        old: Option<&Object>,
        applied: &Value,
        manager: &str,
        force: bool,
    ) -> Result<Value, patch::ApplyError> {
        let live = old.map(|old| codec::to_value(self.endpoint.served.shown(old).as_message()));
        self.with(|fields| {
            let live = live.as_ref().unwrap_or(self.endpoint.zero());
            fields.apply(live, applied, manager, force)
        })
    }

    fn with<R>(&self, run: impl FnOnce(&FieldManager<'_>) -> R) -> R {
        let info = self.endpoint.info();
        run(&FieldManager {
            api_version: info.api_version,
            kind: info.kind,
            subresource: self.subresource,
            versions: &AllVersions(&self.endpoint.served),
            zero: self.endpoint.zero(),
            reset_fields: &self.reset,
            now: &self.now,
        })
    }

    /// What ownership is computed from, the stored object (`None` where there is none) and the new one: what differs between them, where
    /// `written` knows no other version, into which only whole objects can be converted.
    fn values(
        &self,
        old: Option<&Object>,
        new: &Object,
        written: &[&Entry],
    ) -> (Option<Value>, Value) {
        let served = &self.endpoint.served;
        let new = served.shown(new);
        let Some(old) = old else {
            return (None, codec::to_value(new.as_message()));
        };
        let api_version = self.endpoint.info().api_version;
        if written.iter().all(|entry| entry.api_version == api_version) {
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

/// The versions of one kind, as managers may have written in any of them.
#[derive(Debug)]
struct AllVersions<'a>(&'a Served);

impl AllVersions<'_> {
    fn find(&self, api_version: &str) -> Option<Served> {
        Served::versions_of(self.0.resource()).find(|v| v.info().api_version == api_version)
    }
}

impl Versions for AllVersions<'_> {
    fn node(&self, api_version: &str) -> Option<Node<'_>> {
        if self.0.info().api_version == api_version {
            return Some(node_of(self.0.info()));
        }
        self.find(api_version).map(|served| node_of(served.info()))
    }

    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, VersionError> {
        let from = object["apiVersion"].as_str().unwrap_or_default();
        if from == api_version {
            return Ok(object.clone());
        }
        let unknown = |version: &str| VersionError(format!("version {version} is not served"));
        let source = self.find(from).ok_or_else(|| unknown(from))?;
        let target = self.find(api_version).ok_or_else(|| unknown(api_version))?;
        let json = object.to_string();
        let decoded = source.decode(json.as_bytes(), Encoding::Json, Strictness::Lenient);
        let stored = decoded.map_err(|error| VersionError(error.to_string()))?;
        Ok(codec::to_value(target.shown(&stored.object).as_message()))
    }
}

/// The schema of a kind as patches see it.
pub(crate) fn node_of(info: &ResourceInfo) -> Node<'static> {
    schema::lookup(info.group, info.version, info.kind).map_or_else(Node::untyped, Node::builtin)
}

/// When nothing but times changed, the old times stay: so that a write without effect stays without effect.
pub(crate) fn keep_times_if_unchanged(old: &dyn KindObject, new: &mut Object) {
    let (old, new) = (
        &old.metadata().managed_fields,
        &mut new.metadata_mut().managed_fields,
    );
    for entry in new.iter_mut() {
        if let Some(before) = old.iter().find(|before| same(before, entry)) {
            entry.time = before.time;
        }
    }
}

/// Whether two entries differ in nothing but their times.
fn same(a: &ManagedFieldsEntry, b: &ManagedFieldsEntry) -> bool {
    let ManagedFieldsEntry {
        manager,
        operation,
        api_version,
        time: _,
        fields_type,
        fields_v1,
        subresource,
    } = a;
    *manager == b.manager
        && *operation == b.operation
        && *api_version == b.api_version
        && *fields_type == b.fields_type
        && *fields_v1 == b.fields_v1
        && *subresource == b.subresource
}

fn field_set(paths: &[&str]) -> FieldSet {
    let split: Vec<Vec<&str>> = paths.iter().map(|path| path.split('.').collect()).collect();
    let slices: Vec<&[&str]> = split.iter().map(Vec::as_slice).collect();
    FieldSet::of(&slices)
}

fn entries_of(object: &dyn KindObject) -> Vec<Entry> {
    decoded_entries(&object.metadata().managed_fields)
}

fn decoded_entries(managed_fields: &[ManagedFieldsEntry]) -> Vec<Entry> {
    patch::managed::from_meta(managed_fields).unwrap_or_default()
}
