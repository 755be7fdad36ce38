//! ResourceClaimTemplate: claims that are made for each pod that names it.

use super::claim;
use crate::{core::pod::validate::internal_form, rules};
use api::resource::v1::ResourceClaimTemplate;
use meta::{FieldErrors, FieldPath};
use resource::{MetadataCheck, RequestContext, Strategy};

pub(crate) struct ResourceClaimTemplates;

impl Strategy for ResourceClaimTemplates {
    type Object = ResourceClaimTemplate;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const RETURNS_DELETED_OBJECT: bool = true;

    fn set_defaults(&self, template: &mut ResourceClaimTemplate) {
        claim::set_defaults(&mut template.spec.spec.devices);
    }

    fn validate(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        template: &ResourceClaimTemplate,
    ) {
        let asked = claim::admin_requests(&template.spec.spec.devices);
        claim::check_admin(cx, errors, &template.metadata.namespace, asked);
        check(errors, template);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ResourceClaimTemplate,
        old: &ResourceClaimTemplate,
    ) {
        check(errors, new);
        if new.spec != old.spec {
            let shown = internal_form(&new.spec);
            errors.immutable(&FieldPath::new("spec"), meta::Verbatim(&shown));
        }
    }
}

fn check(errors: &mut FieldErrors, template: &ResourceClaimTemplate) {
    let path = FieldPath::new("spec");
    rules::metadata_to_copy(errors, &path.child("metadata"), &template.spec.metadata);
    let devices = &template.spec.spec.devices;
    claim::check(errors, &path.child("spec").child("devices"), devices);
}
