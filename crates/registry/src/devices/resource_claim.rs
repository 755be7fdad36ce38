//! ResourceClaim: devices that a pod asks for, and those it was given.

use super::{allocation, claim, taints};
use crate::{core::pod::validate::internal_form, rules};
use api::resource::v1::ResourceClaim;
use meta::{FieldErrors, FieldPath};
use resource::{Column, MetadataCheck, Part, RequestContext, Strategy, Subresources, Upstream};

pub(crate) struct ResourceClaims;

impl Strategy for ResourceClaims {
    type Object = ResourceClaim;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const RETURNS_DELETED_OBJECT: bool = true;
    const UPSTREAM: Upstream = Upstream {
        status_in_tables: false,
        ..Upstream::USUAL
    };
    const COLUMNS: &'static [Column<ResourceClaim>] = &[
        Column::NAME,
        Column::text(
            "State",
            "Whether devices are allocated and reserved.",
            |claim, _| state(claim).into(),
        ),
        Column::AGE,
    ];

    fn subresources(&self) -> Subresources<ResourceClaim> {
        let copy = |to: &mut ResourceClaim, from: &ResourceClaim| to.status = from.status.clone();
        Subresources::none().status_with(copy, Status)
    }

    fn set_defaults(&self, object: &mut ResourceClaim) {
        claim::set_defaults(&mut object.spec.devices);
        if let Some(allocation) = &mut object.status.allocation {
            for result in allocation.devices.results.iter_mut() {
                taints::set_defaults(&mut result.tolerations);
            }
        }
    }

    fn validate(&self, cx: &RequestContext, errors: &mut FieldErrors, new: &ResourceClaim) {
        let devices = &new.spec.devices;
        let asked = claim::admin_requests(devices);
        claim::check_admin(cx, errors, &new.metadata.namespace, asked);
        claim::check(errors, &FieldPath::new("spec").child("devices"), devices);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ResourceClaim,
        old: &ResourceClaim,
    ) {
        if new.spec != old.spec {
            let shown = internal_form(&new.spec);
            errors.immutable(&FieldPath::new("spec"), meta::Verbatim(&shown));
        }
    }
}

fn state(claim: &ResourceClaim) -> String {
    let deleted = claim.metadata.deletion_timestamp.is_some();
    let allocated = claim.status.allocation.is_some();
    let reserved = allocated && !claim.status.reserved_for.is_empty();
    let words = [
        ("deleted", deleted),
        ("pending", !deleted && !allocated),
        ("allocated", allocated),
        ("reserved", reserved),
    ];
    let said = words.iter().filter(|(_, holds)| *holds);
    said.map(|(word, _)| *word).collect::<Vec<_>>().join(",")
}

struct Status;

impl Part<ResourceClaim> for Status {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut ResourceClaim, old: &ResourceClaim) {
        rules::keep_metadata(&mut new.metadata, &old.metadata);
        allocation::drop_deallocated(&mut new.status, &old.status);
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ResourceClaim,
        old: &ResourceClaim,
    ) {
        if allocation::admin_results(&old.status).next().is_none() {
            let asked = allocation::admin_results(&new.status);
            claim::check_admin(cx, errors, &new.metadata.namespace, asked);
        }
        allocation::check_status(errors, &FieldPath::new("status"), new, old);
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "metadata"]
    }
}

#[cfg(test)]
mod tests;
