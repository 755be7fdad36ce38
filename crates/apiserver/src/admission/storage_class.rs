//! DefaultStorageClass: a claim that names no class gets the default one, the newest if there are several.
use super::{Look, Plugin};
use api::{core::v1::PersistentVolumeClaim, storage::v1::StorageClass};
use meta::{ApiError, ObjectMeta, Str};
use resource::{Object, Operation, RequestContext};
use std::cmp::Reverse;
use std::sync::Arc;

pub(super) struct DefaultStorageClass;

/// Names the class of claims and volumes, from before the field.
pub(super) const OLD_CLASS: &str = "volume.beta.kubernetes.io/storage-class";
const MARKS: &[&str] = &[
    "storageclass.kubernetes.io/is-default-class",
    "storageclass.beta.kubernetes.io/is-default-class",
];

impl Plugin for DefaultStorageClass {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if look.request.operation != Operation::Create || !look.cx.subresource.is_empty() {
            return Ok(());
        }
        if let Some(claim) = object.as_any_mut().downcast_mut() {
            fill(look.cx, claim);
        }
        Ok(())
    }
}

fn fill(cx: &RequestContext, claim: &mut PersistentVolumeClaim) {
    let annotated = claim.metadata.annotations.contains_key(OLD_CLASS);
    if claim.spec.storage_class_name.is_some() || annotated {
        return;
    }
    let classes: Vec<Arc<StorageClass>> = cx.list(None);
    let marked = newest_default(classes.iter().map(|class| &class.metadata), MARKS);
    claim.spec.storage_class_name = marked;
}

/// The name of the newest object that is marked as the default; of equally old ones the first by name.
pub(super) fn newest_default<'m>(
    all: impl Iterator<Item = &'m ObjectMeta>,
    marks: &[&str],
) -> Option<Str> {
    let is_default = |metadata: &&ObjectMeta| {
        let mark = |mark: &&str| {
            metadata
                .annotations
                .get(*mark)
                .is_some_and(|on| on == "true")
        };
        marks.iter().any(mark)
    };
    let marked = all.filter(is_default);
    let first = marked.min_by_key(|metadata| {
        let made = metadata.creation_timestamp.unix_seconds();
        (Reverse(made), metadata.name.clone())
    });
    first.map(|metadata| metadata.name.clone())
}

#[cfg(test)]
mod tests {
    use super::fill;
    use crate::admission::testing::{context, decoded};
    use serde_json::json;

    #[test]
    fn the_newest_default_class_is_taken() {
        let class = |name: &str, made: &str, default: &str| {
            let annotations = json!({"storageclass.kubernetes.io/is-default-class": default});
            decoded::<api::storage::v1::StorageClass>(
                &json!({"metadata": {"name": name, "creationTimestamp": made, "annotations": annotations}, "provisioner": "p"}),
            )
        };
        let cx = context(vec![
            class("old", "2026-01-01T00:00:00Z", "true"),
            class("new", "2026-02-01T00:00:00Z", "true"),
            class("other", "2026-03-01T00:00:00Z", "false"),
        ]);
        for (claim, expect) in [
            (json!({"spec": {}}), Some("new")),
            (json!({"spec": {"storageClassName": ""}}), Some("")),
            (
                json!({"metadata": {"annotations": {"volume.beta.kubernetes.io/storage-class": "x"}}}),
                None,
            ),
        ] {
            let mut claim = meta::codec::from_value(&claim).unwrap().object;
            fill(&cx, &mut claim);
            assert_eq!(claim.spec.storage_class_name.as_deref(), expect);
        }
    }
}
