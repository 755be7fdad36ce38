//! ConfigMap: data for pods, in files or variables.

#[cfg(test)]
mod tests;

use api::core::v1::ConfigMap;
use meta::{FieldErrors, FieldPath, validation};
use resource::{Column, MetadataCheck, RequestContext, Strategy};

/// The most that all keys and values of a ConfigMap or a Secret may have.
pub(super) const DATA_BYTES_MAX: usize = 1024 * 1024;

pub(crate) struct ConfigMaps;

impl Strategy for ConfigMaps {
    type Object = ConfigMap;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const SHORT_NAMES: &'static [&'static str] = &["cm"];
    const COLUMNS: &'static [Column<ConfigMap>] = &[
        Column::NAME,
        Column::text("Data", "Data contains the configuration data.", |map, _| {
            (map.data.len() + map.binary_data.len()).into()
        }),
        Column::AGE,
    ];

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, map: &ConfigMap) {
        let mut bytes = 0;
        for (key, value) in map.data.iter() {
            let path = FieldPath::new("data").key(key);
            check_key(errors, &path, key);
            if map.binary_data.contains_key(key) {
                errors.invalid(&path, key, "duplicate of key present in binaryData");
            }
            bytes += value.len();
        }
        for (key, value) in map.binary_data.iter() {
            check_key(errors, &FieldPath::new("binaryData").key(key), key);
            bytes += value.len();
        }
        if bytes > DATA_BYTES_MAX {
            // Upstream's path is one without a name.
            errors.too_long(&FieldPath::new("[]"), DATA_BYTES_MAX);
        }
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ConfigMap,
        old: &ConfigMap,
    ) {
        if old.immutable == Some(true) {
            let frozen = "field is immutable when `immutable` is set";
            if new.immutable != Some(true) {
                errors.forbidden(&FieldPath::new("immutable"), frozen);
            }
            if new.data != old.data {
                errors.forbidden(&FieldPath::new("data"), frozen);
            }
            if new.binary_data != old.binary_data {
                errors.forbidden(&FieldPath::new("binaryData"), frozen);
            }
        }
        self.validate(cx, errors, new);
    }
}

/// Keys of ConfigMaps and Secrets become file names and variables.
pub(super) fn check_key(errors: &mut FieldErrors, path: &FieldPath, key: &str) {
    for words in validation::config_map_key(key) {
        errors.invalid(path, key, words);
    }
}
