//! ControllerRevision: a template as it was once, kept by the controller that rolls it out.

#[cfg(test)]
mod tests;

use crate::rules;
use api::apps::v1::ControllerRevision;
use meta::{FieldErrors, FieldPath, Json, RawJson};
use resource::{Column, MetadataCheck, RequestContext, Strategy};

pub(crate) struct ControllerRevisions;

impl Strategy for ControllerRevisions {
    type Object = ControllerRevision;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const COLUMNS: &'static [Column<ControllerRevision>] = &[
        Column::NAME,
        Column::text(
            "Controller",
            "What the revision is one of.",
            |revision, _| controller(revision).into(),
        ),
        Column::text(
            "Revision",
            "Its number; later ones are higher.",
            |revision, _| revision.revision.into(),
        ),
        Column::AGE,
    ];

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &ControllerRevision) {
        check(errors, new);
        check_data(errors, &new.data);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ControllerRevision,
        old: &ControllerRevision,
    ) {
        check(errors, new);
        if new.data != old.data {
            errors.immutable(&FieldPath::new("data"), Json(&new.data));
        }
    }
}

fn check(errors: &mut FieldErrors, revision: &ControllerRevision) {
    rules::not_negative(errors, &FieldPath::new("revision"), revision.revision);
}

fn check_data(errors: &mut FieldErrors, data: &RawJson) {
    let path = FieldPath::new("data");
    if data.is_nil() {
        errors.required(&path, "data is mandatory");
    } else if !is_object(data) {
        errors.required(&path, "data must be a valid JSON object");
    }
}

/// A template is one, and so is a patch that makes one.
fn is_object(data: &RawJson) -> bool {
    data.as_bytes().trim_ascii_start().starts_with(b"{")
}

/// `daemonset.apps/agent`.
fn controller(revision: &ControllerRevision) -> String {
    let mut owners = revision.metadata.owner_references.iter();
    let Some(owner) = owners.find(|owner| owner.controller == Some(true)) else {
        return "<none>".to_owned();
    };
    let kind = owner.kind.to_lowercase();
    match owner.api_version.rsplit_once('/') {
        None => format!("{kind}/{}", owner.name),
        Some((group, _)) => format!("{kind}.{}/{}", group.to_lowercase(), owner.name),
    }
}
