//! DeviceClass: a sort of devices that requests name, by selectors and configuration of an administrator.

use super::{claim, fits};
use crate::core::resource_names;
use api::resource::v1::{DeviceClass, DeviceClassSpec};
use meta::{FieldErrors, FieldPath};
use resource::{Generation, MetadataCheck, NameRule, RequestContext, Strategy};

pub(crate) struct DeviceClasses;

impl Strategy for DeviceClasses {
    type Object = DeviceClass;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const RETURNS_DELETED_OBJECT: bool = true;
    const GENERATION: Generation = Generation::Content;
    const NAME_RULE: NameRule = NameRule::LongName;

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, class: &DeviceClass) {
        check(errors, class, None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &DeviceClass,
        old: &DeviceClass,
    ) {
        check(errors, new, Some(&old.spec));
    }
}

/// What is as it was before was good then.
fn check(errors: &mut FieldErrors, class: &DeviceClass, old: Option<&DeviceClassSpec>) {
    let (spec, path) = (&class.spec, FieldPath::new("spec"));
    let stored = old.is_some_and(|old| old.selectors == spec.selectors);
    claim::check_selectors(errors, &path.child("selectors"), &spec.selectors, stored);
    let stored = old.is_some_and(|old| old.config == spec.config);
    let configs = path.child("config");
    if fits(errors, &configs, spec.config.len(), claim::CONFIGS_MAX) {
        for (index, config) in spec.config.iter().enumerate() {
            claim::check_configuration(
                errors,
                &configs.index(index),
                &config.device_configuration,
                stored,
            );
        }
    }
    if let Some(name) = &spec.extended_resource_name
        && !resource_names::is_extended(name)
    {
        let words = "must be a valid extended resource name";
        errors.invalid(&path.child("extendedResourceName"), name, words);
    }
}
