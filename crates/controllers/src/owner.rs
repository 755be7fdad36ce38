//! Owner references: made, compared, and the patches that set and clear them.

use meta::{Kind, ObjectMeta, OwnerReference, Str};
use serde_json::{Value, json};

/// The reference by which `owner` controls what it makes.
pub(crate) fn controller_reference<K: Kind>(owner: &K) -> OwnerReference {
    let metadata = Kind::metadata(owner);
    OwnerReference {
        api_version: Str::const_new(K::API_VERSION),
        kind: Str::const_new(K::KIND),
        name: metadata.name.clone(),
        uid: metadata.uid.clone(),
        controller: Some(true),
        block_owner_deletion: Some(true),
    }
}

pub(crate) fn controller_of(metadata: &ObjectMeta) -> Option<&OwnerReference> {
    metadata
        .owner_references
        .iter()
        .find(|owner| owner.controller == Some(true))
}

/// Whether `metadata` is controlled by the object with this uid.
pub(crate) fn is_controlled_by(metadata: &ObjectMeta, uid: &str) -> bool {
    controller_of(metadata).is_some_and(|owner| owner.uid == uid)
}

/// Strategic merge: `owner` becomes the controller of the object `uid`.
pub(crate) fn adopt_patch(owner: &OwnerReference, uid: &str) -> Value {
    json!({"metadata": {"uid": uid, "ownerReferences": [{
        "apiVersion": owner.api_version.as_str(),
        "kind": owner.kind.as_str(),
        "name": owner.name.as_str(),
        "uid": owner.uid.as_str(),
        "controller": true,
        "blockOwnerDeletion": true,
    }]}})
}

/// Strategic merge: the owner `owner_uid` is no longer one of the object `uid`.
pub(crate) fn release_patch(owner_uid: &str, uid: &str) -> Value {
    json!({"metadata": {"uid": uid, "ownerReferences": [{"$patch": "delete", "uid": owner_uid}]}})
}
