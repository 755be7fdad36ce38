//! PersistentVolumeClaimResize: a claim grows only when it is bound and its class allows it.
use super::{Look, Plugin, forbidden, storage_class::OLD_CLASS};
use api::{
    core::v1::{PersistentVolumeClaim, PersistentVolumeClaimPhase},
    storage::v1::StorageClass,
};
use meta::{ApiError, Quantity, Str};
use resource::{Object, Operation, RequestContext};
use std::sync::Arc;

pub(super) struct PersistentVolumeClaimResize;

impl Plugin for PersistentVolumeClaimResize {
    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        if look.request.operation != Operation::Update || !look.cx.subresource.is_empty() {
            return Ok(());
        }
        let claim = |object: Option<&Object>| {
            object.and_then(|object| {
                object
                    .as_any()
                    .downcast_ref::<PersistentVolumeClaim>()
                    .cloned()
            })
        };
        let (Some(new), Some(old)) = (claim(object), claim(look.request.old)) else {
            return Ok(());
        };
        check(look.cx, &new, &old).map_err(|why| forbidden(look, object, why))
    }
}

fn check(
    cx: &RequestContext,
    new: &PersistentVolumeClaim,
    old: &PersistentVolumeClaim,
) -> Result<(), &'static str> {
    if size(new) <= size(old) {
        return Ok(());
    }
    if old.status.phase != PersistentVolumeClaimPhase::BOUND {
        return Err("Only bound persistent volume claims can be expanded");
    }
    let class = class(new).filter(|name| !name.is_empty() && Some(name) == class(old).as_ref());
    let class: Option<Arc<StorageClass>> = class.and_then(|name| cx.get("", &name));
    if class.is_some_and(|class| class.allow_volume_expansion == Some(true)) {
        return Ok(());
    }
    Err(
        "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
    )
}

fn size(claim: &PersistentVolumeClaim) -> Quantity {
    let size = claim.spec.resources.requests.get("storage");
    size.copied().unwrap_or_default()
}

fn class(claim: &PersistentVolumeClaim) -> Option<Str> {
    let old = claim.metadata.annotations.get(OLD_CLASS);
    old.or(claim.spec.storage_class_name.as_ref()).cloned()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::admission::testing::{context, decoded};
    use api::core::v1::PersistentVolumeClaim;
    use serde_json::json;

    fn claim(size: &str, class: &str, phase: &str) -> PersistentVolumeClaim {
        let spec = json!({"storageClassName": class, "resources": {"requests": {"storage": size}}});
        let document = json!({"spec": spec, "status": {"phase": phase}});
        meta::codec::from_value(&document).unwrap().object
    }

    #[test]
    fn who_may_grow() {
        let class = |name: &str, allow: bool| {
            let document = json!({"metadata": {"name": name}, "provisioner": "p", "allowVolumeExpansion": allow});
            decoded::<api::storage::v1::StorageClass>(&document)
        };
        let cx = context(vec![class("grows", true), class("stays", false)]);
        let refused = Err(
            "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
        );
        for (size, class, phase, expect) in [
            ("1Gi", "stays", "Bound", Ok(())),
            ("2Gi", "grows", "Bound", Ok(())),
            ("2Gi", "stays", "Bound", refused),
            ("2Gi", "missing", "Bound", refused),
            (
                "2Gi",
                "grows",
                "Pending",
                Err("Only bound persistent volume claims can be expanded"),
            ),
        ] {
            let (new, old) = (claim(size, class, phase), claim("1Gi", class, phase));
            assert_eq!(check(&cx, &new, &old), expect, "{size} {class} {phase}");
        }
    }
}
