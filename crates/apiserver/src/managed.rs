//! Managed fields of every write, through the `patch` crate: what is typed here becomes the JSON values it works on.
use crate::cache::ResourceCache;
use meta::{KindObject, ManagedFieldsEntry, Time, codec};
use patch::{FieldManager, FieldSet, Node, SingleVersion, managed::Entry};
use resource::{Object, ResourceInfo};
use serde_json::Value;

/// The managed-fields machinery of one endpoint: a resource or one of its subresources.
pub(crate) struct Manager<'a> {
    info: &'a ResourceInfo,
    subresource: &'a str,
    zero: &'a Value,
    reset: FieldSet,
    now: String,
}

impl<'a> Manager<'a> {
    pub(crate) fn new(cache: &'a ResourceCache, subresource: &'a str, now: Time) -> Self {
        let info = cache.resource.info();
        let reset = match cache.resource.part(subresource) {
            Some(part) => field_set(part.reset_fields()),
            None => field_set(&info.reset_fields),
        };
        Self {
            info,
            subresource,
            zero: cache.zero(),
            reset,
            now: now.to_string(),
        }
    }

    /// Writes the `managedFields` of a create or update into `new`. `old` is the stored object.
    pub(crate) fn update(&self, old: Option<&Object>, new: &mut Object, manager: &str) {
        let live_entries = old.map(|old| entries_of(&**old)).unwrap_or_default();
        let sent = (!new.metadata().managed_fields.is_empty()).then(|| entries_of(&**new));
        let live = old.map(bare_value);
        new.metadata_mut().managed_fields = Vec::new();
        let value = codec::to_value(new.as_message());
        let computed = self.with(|fields| {
            let live = live.as_ref().unwrap_or(self.zero);
            fields.update_entries(live, live_entries.clone(), &value, sent, manager)
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
        let live = old.map(|old| codec::to_value(old.as_message()));
        self.with(|fields| {
            fields.apply(live.as_ref().unwrap_or(self.zero), applied, manager, force)
        })
    }

    fn with<R>(&self, run: impl FnOnce(&FieldManager<'_>) -> R) -> R {
        let versions = SingleVersion {
            api_version: self.info.api_version,
            node: node_of(self.info),
        };
        run(&FieldManager {
            api_version: self.info.api_version,
            kind: self.info.kind,
            subresource: self.subresource,
            versions: &versions,
            zero: self.zero,
            reset_fields: &self.reset,
            now: &self.now,
        })
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
    let same = |a: &ManagedFieldsEntry, b: &ManagedFieldsEntry| {
        ManagedFieldsEntry {
            time: None,
            ..a.clone()
        } == ManagedFieldsEntry {
            time: None,
            ..b.clone()
        }
    };
    for entry in new.iter_mut() {
        if let Some(before) = old.iter().find(|before| same(before, entry)) {
            entry.time = before.time;
        }
    }
}

fn bare_value(object: &Object) -> Value {
    let mut copy = object.clone_object();
    copy.metadata_mut().managed_fields = Vec::new();
    codec::to_value(copy.as_message())
}

fn field_set(paths: &[&str]) -> FieldSet {
    let split: Vec<Vec<&str>> = paths.iter().map(|path| path.split('.').collect()).collect();
    let slices: Vec<&[&str]> = split.iter().map(Vec::as_slice).collect();
    FieldSet::of(&slices)
}

fn entries_of(object: &dyn KindObject) -> Vec<Entry> {
    patch::managed::from_meta(&object.metadata().managed_fields).unwrap_or_default()
}
