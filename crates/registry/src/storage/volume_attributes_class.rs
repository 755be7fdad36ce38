//! VolumeAttributesClass: what may be changed of a volume while it is in use.

use super::parameters;
use api::storage::v1::VolumeAttributesClass;
use meta::{FieldErrors, FieldPath};
use resource::{Column, MetadataCheck, RequestContext, Strategy};

pub(crate) struct VolumeAttributesClasses;

impl Strategy for VolumeAttributesClasses {
    type Object = VolumeAttributesClass;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const RETURNS_DELETED_OBJECT: bool = true;
    const SHORT_NAMES: &'static [&'static str] = &["vac"];
    const COLUMNS: &'static [Column<VolumeAttributesClass>] = &[
        Column::NAME,
        Column::text(
            "DriverName",
            "The CSI driver that knows the parameters.",
            |class: &VolumeAttributesClass, _| class.driver_name.as_str().into(),
        ),
        Column::AGE,
    ];

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        class: &VolumeAttributesClass,
    ) {
        let path = FieldPath::new("driverName");
        parameters::check_provisioner(errors, &path, &class.driver_name);
        let path = FieldPath::new("parameters");
        parameters::check(errors, &path, &class.parameters);
        if class.parameters.is_empty() {
            errors.required(&path, "must contain at least one key/value pair");
        }
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &VolumeAttributesClass,
        old: &VolumeAttributesClass,
    ) {
        if new.driver_name != old.driver_name {
            let words = "updates to driverName are forbidden.";
            errors.forbidden(&FieldPath::new("driverName"), words);
        }
        if new.parameters != old.parameters {
            let words = "updates to parameters are forbidden.";
            errors.forbidden(&FieldPath::new("parameters"), words);
        }
        self.validate(cx, errors, new);
    }
}
