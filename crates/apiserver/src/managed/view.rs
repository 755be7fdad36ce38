//! Managed fields of an object that is written through a view of it, such as its scale.
use super::entries_of;
use crate::endpoint::Endpoint;
use meta::{ManagedFieldsEntry, codec};
use patch::{
    ApplyError, FieldManager, FieldSet, Node, Path, PathElement, SingleVersion, UpdateError,
    VersionError,
    managed::Entry,
    scale::{self, ReplicasPath},
};
use resource::{ErasedView, Object, RequestContext, Served};
use serde_json::Value;

/// The managers of one write through a view. What they own of the view is a field of the object behind it.
pub(crate) struct ThroughView<'a> {
    endpoint: &'a Endpoint,
    cx: &'a RequestContext,
    view: &'a dyn ErasedView,
    view_version: String,
    node: Node<'static>,
    /// A view of nothing.
    zero: Value,
    /// Those of the object.
    parent: Vec<Entry>,
    now: String,
}

impl<'a> ThroughView<'a> {
    /// `None` for a view of which no table tells the fields.
    pub(crate) fn new(
        endpoint: &'a Endpoint,
        cx: &'a RequestContext,
        view: &'a dyn ErasedView,
        object: &Object,
    ) -> Option<Self> {
        let (group, version, kind) = view.kind();
        let info = schema::lookup(group, version, kind)?;
        let view_version = format!("{group}/{version}");
        Some(Self {
            endpoint,
            cx,
            view,
            zero: codec::to_value(&*api::new_message(&view_version, kind)?),
            view_version,
            node: Node::builtin(info),
            parent: entries_of(&**object),
            now: cx.now.to_string(),
        })
    }

    /// What patches must know of the view's fields.
    pub(crate) fn node(&self) -> Node<'static> {
        self.node
    }

    /// The entries of the view as it is.
    pub(crate) fn entries(&self) -> Vec<ManagedFieldsEntry> {
        patch::managed::to_meta(&self.of_view())
    }

    /// The object's entries after an update of the view.
    pub(crate) fn update(&self, before: &Object, wanted: &Object) -> Vec<ManagedFieldsEntry> {
        let (live, value) = (bare(before), bare(wanted));
        let written = self.with(|fields| {
            let of_view = self.of_view();
            fields.update_entries(&live, of_view, &value, None, &self.cx.field_manager)
        });
        self.of_parent(written.unwrap_or_default())
    }

    /// Server-side apply to the view: what becomes of it, and the object's entries then.
    pub(crate) fn apply(
        &self,
        before: &Object,
        applied: &Value,
        force: bool,
    ) -> Result<(Value, Vec<ManagedFieldsEntry>), ApplyError> {
        let mut live = bare(before);
        live["metadata"]["managedFields"] = patch::managed::encode(&self.of_view());
        let manager = &self.cx.field_manager;
        let mut new = self.with(|fields| fields.apply(&live, applied, manager, force))?;
        let entries = new["metadata"]["managedFields"].take();
        let entries = patch::managed::decode(&entries).map_err(ApplyError::Decode)?;
        Ok((new, self.of_parent(entries)))
    }

    /// The same where the object has no struct. Upstream takes a view that nobody manages for such an object too, and cannot convert it.
    pub(crate) fn apply_dynamic(
        &self,
        before: &Object,
        applied: &Value,
        force: bool,
    ) -> Result<(Value, Vec<ManagedFieldsEntry>), ApplyError> {
        if !self.of_view().is_empty() {
            return self.apply(before, applied, force);
        }
        let (version, (_, _, kind)) = (&self.view_version, self.view.kind());
        let why = format!(
            "(/; {version}, Kind={kind}) to proper version: request to convert CR to an invalid group/version: {version}"
        );
        let error = UpdateError::ConvertLive(VersionError(why));
        Err(ApplyError::BeforeFirstApply(error))
    }

    fn with<R>(&self, run: impl FnOnce(&FieldManager<'_>) -> R) -> R {
        let (_, _, kind) = self.view.kind();
        run(&FieldManager {
            api_version: &self.view_version,
            kind,
            subresource: &self.cx.subresource,
            versions: &SingleVersion {
                api_version: &self.view_version,
                node: self.node,
            },
            zero: &self.zero,
            reset_fields: &FieldSet::new(),
            now: &self.now,
        })
    }

    fn of_view(&self) -> Vec<Entry> {
        scale::to_scale(self.parent.clone(), &|version| self.place_in(version))
    }

    fn of_parent(&self, written: Vec<Entry>) -> Vec<ManagedFieldsEntry> {
        let own = &self.endpoint.info().api_version;
        let parent = self.parent.clone();
        let entries = scale::to_parent(parent, written, own, &|version| self.place_in(version));
        patch::managed::to_meta(&entries)
    }

    /// Where the object has what the view shows, in one of its versions.
    fn place_in(&self, api_version: &str) -> ReplicasPath {
        let mut versions = Served::versions_of(self.endpoint.served.resource());
        let Some(served) = versions.find(|v| v.info().api_version == api_version) else {
            return ReplicasPath::Unserved;
        };
        let view = served.view(&self.cx.subresource);
        match view.and_then(|view| view.paths().first().copied()) {
            Some((_, path)) => {
                ReplicasPath::At(Path(path.split('.').map(PathElement::field).collect()))
            }
            None => ReplicasPath::Absent,
        }
    }
}

fn bare(view: &Object) -> Value {
    let mut view = view.clone_object();
    view.metadata_mut().managed_fields = Vec::new();
    codec::to_value(view.as_message())
}
