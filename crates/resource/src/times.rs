//! Times of managers: a write that changes nothing else leaves them as they were, and so stays without effect.
use crate::Object;
use meta::{ManagedFieldsEntry, codec};

/// Takes new times back when everything else is as it was. Whoever writes another value into a field of theirs gets a new time.
pub(crate) fn keep_if_unchanged(new: &mut Object, old: &Object) {
    let (before, after) = (
        &old.metadata().managed_fields,
        &new.metadata().managed_fields,
    );
    let pairs = || before.iter().zip(after.iter());
    if before.len() != after.len()
        || pairs().all(|(before, after)| before.time == after.time)
        || !pairs().all(|(before, after)| same_but_time(before, after))
    {
        return;
    }
    let metadata = new.metadata_mut();
    let written = std::mem::replace(&mut metadata.managed_fields, before.clone());
    metadata.resource_version = old.metadata().resource_version.clone();
    let (lost, gained) = codec::difference(old.as_message(), new.as_message(), &[]);
    let none = |tree: &serde_json::Value| tree.as_object().is_none_or(serde_json::Map::is_empty);
    if !none(&lost) || !none(&gained) {
        new.metadata_mut().managed_fields = written;
    }
}

fn same_but_time(a: &ManagedFieldsEntry, b: &ManagedFieldsEntry) -> bool {
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
