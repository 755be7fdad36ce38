//! VolumeAttachment: a volume is to be attached to a node, and is.

use crate::{
    core::{
        csi,
        persistent_volume::{Owner, check_spec, default_inline},
        pod,
    },
    rules,
};
use api::storage::v1::{
    VolumeAttachment, VolumeAttachmentSource, VolumeAttachmentStatus, VolumeError,
};
use meta::{FieldErrors, FieldPath, Verbatim};
use resource::{Column, MetadataCheck, Part, RequestContext, Strategy, Subresources};

pub(crate) struct VolumeAttachments;

const METADATA_BYTES_MAX: usize = 256 * 1024;
const MESSAGE_BYTES_MAX: usize = 1024;
const ONE_SOURCE: &str = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

impl Strategy for VolumeAttachments {
    type Object = VolumeAttachment;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const RETURNS_DELETED_OBJECT: bool = true;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const COLUMNS: &'static [Column<VolumeAttachment>] = &[
        Column::NAME,
        Column {
            format: "name",
            ..Column::text(
                "Attacher",
                "The driver that attaches it.",
                |attachment: &VolumeAttachment, _| attachment.spec.attacher.as_str().into(),
            )
        },
        Column::text("PV", "The volume.", |attachment: &VolumeAttachment, _| {
            let name = attachment.spec.source.persistent_volume_name.as_deref();
            name.unwrap_or_default().into()
        }),
        Column::text(
            "Node",
            "The node that it is attached to.",
            |attachment: &VolumeAttachment, _| attachment.spec.node_name.as_str().into(),
        ),
        Column {
            type_: "boolean",
            ..Column::text(
                "Attached",
                "Whether it is attached.",
                |attachment: &VolumeAttachment, _| attachment.status.attached.into(),
            )
        },
        Column::AGE,
    ];

    fn set_defaults(&self, attachment: &mut VolumeAttachment) {
        if let Some(spec) = &mut attachment.spec.source.inline_volume_spec {
            default_inline(spec);
        }
    }

    fn subresources(&self) -> Subresources<VolumeAttachment> {
        Subresources::none().status_with(|to, from| to.status = from.status.clone(), StatusPart)
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &VolumeAttachment) {
        check(errors, new);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &VolumeAttachment,
        old: &VolumeAttachment,
    ) {
        check(errors, new);
        if new.spec != old.spec {
            let shown = pod::validate::internal_form(&new.spec);
            errors.immutable(&FieldPath::new("spec"), Verbatim(&shown));
        }
    }
}

fn check(errors: &mut FieldErrors, attachment: &VolumeAttachment) {
    let (path, spec) = (FieldPath::new("spec"), &attachment.spec);
    csi::check_driver_name(errors, &path.child("attacher"), &spec.attacher);
    check_source(errors, &path.child("source"), &spec.source);
    rules::subdomain(errors, &path.child("nodeName"), &spec.node_name);
    check_status(errors, &attachment.status);
    if let Some(name) = &spec.source.persistent_volume_name {
        let path = path.child("source").child("persistentVolumeName");
        rules::subdomain(errors, &path, name);
    }
}

fn check_source(errors: &mut FieldErrors, path: &FieldPath, source: &VolumeAttachmentSource) {
    match (&source.inline_volume_spec, &source.persistent_volume_name) {
        (None, None) => errors.required(path, ONE_SOURCE),
        (Some(_), Some(_)) => errors.forbidden(path, ONE_SOURCE),
        (None, Some(name)) => {
            if name.is_empty() {
                let words = "must specify non empty persistentVolumeName";
                errors.required(&path.child("persistentVolumeName"), words);
            }
        }
        (Some(spec), None) => {
            check_spec(
                errors,
                &path.child("inlineVolumeSpec"),
                spec,
                Owner::Attachment,
            );
        }
    }
}

fn check_status(errors: &mut FieldErrors, status: &VolumeAttachmentStatus) {
    let path = FieldPath::new("status");
    let metadata = status.attachment_metadata.iter();
    let bytes: usize = metadata.map(|(key, value)| key.len() + value.len()).sum();
    if bytes > METADATA_BYTES_MAX {
        errors.too_long(&path.child("attachmentMetadata"), METADATA_BYTES_MAX);
    }
    check_error(
        errors,
        &path.child("attachError"),
        status.attach_error.as_deref(),
    );
    check_error(
        errors,
        &path.child("detachError"),
        status.detach_error.as_deref(),
    );
}

fn check_error(errors: &mut FieldErrors, path: &FieldPath, error: Option<&VolumeError>) {
    let Some(error) = error else { return };
    if error.message.len() > MESSAGE_BYTES_MAX {
        // Upstream names the other limit.
        errors.too_long(&path.child("message"), METADATA_BYTES_MAX);
    }
    if let Some(code) = error.error_code.filter(|code| *code < 0) {
        let words = "must be between 0 and 2147483647, inclusive";
        errors.invalid(&path.child("errorCode"), code, words);
    }
}

/// Attachers write the status; the rules are the same.
struct StatusPart;

impl Part<VolumeAttachment> for StatusPart {
    fn prepare_update(
        &self,
        _cx: &RequestContext,
        new: &mut VolumeAttachment,
        old: &VolumeAttachment,
    ) {
        rules::keep_metadata(&mut new.metadata, &old.metadata);
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &VolumeAttachment,
        old: &VolumeAttachment,
    ) {
        VolumeAttachments.validate_update(cx, errors, new, old);
    }

    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[MetadataCheck::Whole]
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "metadata"]
    }
}
