//! ResourceClaimTemplate: claims that are made for each pod that names it.

use super::claim;
use crate::{core::pod::validate::internal_form, rules};
use api::resource::v1::ResourceClaimTemplate;
use meta::{FieldErrors, FieldPath, ObjectMeta};
use resource::{RequestContext, Strategy};

pub(crate) struct ResourceClaimTemplates;

impl Strategy for ResourceClaimTemplates {
    type Object = ResourceClaimTemplate;

    fn set_defaults(&self, template: &mut ResourceClaimTemplate) {
        claim::set_defaults(&mut template.spec.spec.devices);
    }

    fn validate(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        template: &ResourceClaimTemplate,
    ) {
        let devices = &template.spec.spec.devices;
        let asked = claim::admin_requests(devices);
        claim::check_admin(cx, errors, &template.metadata.namespace, asked);
        rules::finalizers(errors, &template.metadata);
        let path = FieldPath::new("spec");
        check_metadata(errors, &path.child("metadata"), &template.spec.metadata);
        claim::check(errors, &path.child("spec").child("devices"), devices);
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ResourceClaimTemplate,
        old: &ResourceClaimTemplate,
    ) {
        let asked = claim::admin_requests(&new.spec.spec.devices);
        claim::check_admin(cx, errors, &new.metadata.namespace, asked);
        if new.spec != old.spec {
            let shown = internal_form(&new.spec);
            errors.immutable(&FieldPath::new("spec"), meta::Verbatim(&shown));
        }
    }
}

/// Labels and annotations are copied into the claim, and nothing else of the metadata.
fn check_metadata(errors: &mut FieldErrors, path: &FieldPath, metadata: &ObjectMeta) {
    crate::selector::check_labels(errors, &path.child("labels"), &metadata.labels);
    for key in metadata.annotations.keys() {
        let problems = meta::validation::qualified_name(&key.to_lowercase());
        rules::each(errors, &path.child("annotations"), key, problems);
    }
    let set = [
        ("name", !metadata.name.is_empty()),
        ("generateName", !metadata.generate_name.is_empty()),
        ("namespace", !metadata.namespace.is_empty()),
        ("selfLink", !metadata.self_link.is_empty()),
        ("uID", !metadata.uid.is_empty()),
        ("resourceVersion", !metadata.resource_version.is_empty()),
        ("generation", metadata.generation != 0),
        ("creationTimestamp", !metadata.creation_timestamp.is_zero()),
        ("deletionTimestamp", metadata.deletion_timestamp.is_some()),
        (
            "deletionGracePeriodSeconds",
            metadata.deletion_grace_period_seconds.is_some(),
        ),
        ("ownerReferences", !metadata.owner_references.is_empty()),
        ("finalizers", !metadata.finalizers.is_empty()),
        ("managedFields", !metadata.managed_fields.is_empty()),
    ];
    for (name, _) in set.into_iter().filter(|(_, set)| *set) {
        errors.forbidden(&path.child(name), "cannot be set");
    }
}
