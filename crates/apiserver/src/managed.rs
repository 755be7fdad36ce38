//! Managed fields of every write, through the `patch` crate: what is typed here becomes the JSON values it works on.
use crate::endpoint::Endpoint;
use meta::{
    KindObject, ManagedFieldsEntry, Str, Time,
    codec::{self, Strictness},
};
use patch::{
    FieldManager, FieldSet, Node, Path, PathElement, SingleVersion, VersionError, Versions,
    managed::Entry,
    scale::{self, ReplicasPath},
};
use resource::{Encoding, ErasedView, Object, RequestContext, Served};
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

    /// Writes the `managedFields` of a create or update into `new`. `old` is the stored object.
    pub(crate) fn update(&self, old: Option<&Object>, new: &mut Object, manager: &str) {
        let live_entries = old.map(|old| entries_of(&**old)).unwrap_or_default();
        let sent = std::mem::take(&mut new.metadata_mut().managed_fields);
        let kept = old.is_some_and(|old| old.metadata().managed_fields == sent);
        let sent = (!kept && !sent.is_empty()).then(|| decoded_entries(&sent));
        if old.is_none() && sent.is_none() {
            return self.create(new, manager);
        }
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

    /// Of a create whose sender says nothing of managers.
    fn create(&self, new: &mut Object, manager: &str) {
        let computed = self.with(|fields| {
            let shown = self.endpoint.served.shown(new);
            fields.create_entries(shown.as_message(), manager)
        });
        new.metadata_mut().managed_fields = patch::managed::to_meta(&computed.unwrap_or_default());
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
            api_version: &info.api_version,
            kind: &info.kind,
            subresource: self.subresource,
            versions: &AllVersions(self.endpoint),
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
        let api_version = &self.endpoint.info().api_version;
        if written
            .iter()
            .all(|entry| entry.api_version == *api_version)
        {
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
    let sent = (!object.metadata().managed_fields.is_empty()).then(|| entries_of(&**object));
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

/// Writes the `managedFields` of an object that is written through a view, such as its scale, into `new`. `before` is the view of the
/// stored object, `wanted` the one that is written.
pub(crate) fn through_view(
    endpoint: &Endpoint,
    view: &dyn ErasedView,
    cx: &RequestContext,
    (before, wanted): (&Object, &Object),
    new: &mut Object,
) {
    let (group, version, kind) = view.kind();
    let Some(info) = schema::lookup(group, version, kind) else {
        return;
    };
    let of_version = |api_version: &str| {
        let mut versions = Served::versions_of(endpoint.served.resource());
        let Some(served) = versions.find(|v| v.info().api_version == api_version) else {
            return ReplicasPath::Unserved;
        };
        let view = served.view(&cx.subresource);
        match view.and_then(|view| view.paths().first().copied()) {
            Some((_, path)) => {
                ReplicasPath::At(Path(path.split('.').map(PathElement::field).collect()))
            }
            None => ReplicasPath::Absent,
        }
    };
    let bare = |view: &Object| {
        let mut view = view.clone_object();
        view.metadata_mut().managed_fields = Vec::new();
        codec::to_value(view.as_message())
    };
    let view_version = format!("{group}/{version}");
    let fields = FieldManager {
        api_version: &view_version,
        kind,
        subresource: &cx.subresource,
        versions: &SingleVersion {
            api_version: &view_version,
            node: Node::builtin(info),
        },
        zero: &Value::Null,
        reset_fields: &FieldSet::new(),
        now: &cx.now.to_string(),
    };
    let parent = entries_of(&**new);
    let of_view = scale::to_scale(parent.clone(), &of_version);
    let (live, value) = (bare(before), bare(wanted));
    let Ok(written) = fields.update_entries(&live, of_view, &value, None, &cx.field_manager) else {
        return;
    };
    let own = &endpoint.info().api_version;
    let entries = scale::to_parent(parent, written, own, &of_version);
    new.metadata_mut().managed_fields = patch::managed::to_meta(&entries);
}

/// The versions of one kind, as managers may have written in any of them.
#[derive(Debug)]
struct AllVersions<'a>(&'a Endpoint);

impl AllVersions<'_> {
    fn find(&self, api_version: &str) -> Option<Served> {
        Served::versions_of(self.0.served.resource()).find(|v| v.info().api_version == api_version)
    }
}

impl Versions for AllVersions<'_> {
    fn node(&self, api_version: &str) -> Option<Node<'_>> {
        if self.0.info().api_version == api_version {
            return Some(self.0.node(self.0.info()));
        }
        let served = self.find(api_version)?;
        Some(self.0.node(served.info()))
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
