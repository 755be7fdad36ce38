//! Volumes whose files are made from objects: secrets, ConfigMaps, the downward API, projections of them.

use super::super::{
    Lenient,
    fields::{self, Target},
};
use crate::rules;
use api::core::v1::{
    ConfigMapVolumeSource, DownwardAPIVolumeFile, DownwardAPIVolumeSource, KeyToPath,
    ProjectedVolumeSource, SecretVolumeSource, ServiceAccountTokenProjection,
};
use meta::{FieldErrors, FieldPath, Str};
use std::collections::HashSet;

const MODE: &str = "must be a number between 0 and 0777 (octal), both inclusive";
const MODE_MAX: i32 = 0o777;
const TOKEN_SECONDS_MIN: i64 = 600;
const TOKEN_SECONDS_MAX: i64 = 1 << 32;
const CONFLICT: &str = "conflicting duplicate paths";

fn mode(errors: &mut FieldErrors, path: &FieldPath, mode: Option<i32>) {
    if let Some(mode) = mode
        && !(0..=MODE_MAX).contains(&mode)
    {
        errors.invalid(path, mode, MODE);
    }
}

pub(super) fn secret(errors: &mut FieldErrors, path: &FieldPath, secret: &SecretVolumeSource) {
    rules::required(errors, &path.child("secretName"), &secret.secret_name);
    mode(errors, &path.child("defaultMode"), secret.default_mode);
    items(errors, path, &secret.items);
}

pub(super) fn config_map(errors: &mut FieldErrors, path: &FieldPath, map: &ConfigMapVolumeSource) {
    let name = &map.local_object_reference.name;
    rules::required(errors, &path.child("name"), name);
    mode(errors, &path.child("defaultMode"), map.default_mode);
    items(errors, path, &map.items);
}

fn items(errors: &mut FieldErrors, path: &FieldPath, items: &[KeyToPath]) {
    for (index, one) in items.iter().enumerate() {
        item(errors, &path.child("items").index(index), one);
    }
}

fn item(errors: &mut FieldErrors, path: &FieldPath, item: &KeyToPath) {
    rules::required(errors, &path.child("key"), &item.key);
    rules::required(errors, &path.child("path"), &item.path);
    rules::unreserved_path(errors, &path.child("path"), &item.path);
    mode(errors, &path.child("mode"), item.mode);
}

pub(super) fn downward_api(
    errors: &mut FieldErrors,
    path: &FieldPath,
    source: &DownwardAPIVolumeSource,
) {
    mode(errors, &path.child("defaultMode"), source.default_mode);
    for file in &source.items {
        downward_file(errors, path, file);
    }
}

/// Upstream names no index here.
fn downward_file(errors: &mut FieldErrors, path: &FieldPath, file: &DownwardAPIVolumeFile) {
    rules::required(errors, &path.child("path"), &file.path);
    rules::unreserved_path(errors, &path.child("path"), &file.path);
    match (&file.field_ref, &file.resource_field_ref) {
        (Some(field), resource) => {
            fields::check_field(errors, &path.child("fieldRef"), field, Target::File);
            if resource.is_some() {
                errors.invalid(
                    path,
                    "resource",
                    "fieldRef and resourceFieldRef can not be specified simultaneously",
                );
            }
        }
        (None, Some(resource)) => {
            let path = path.child("resourceFieldRef");
            fields::check_resource(errors, &path, resource, Target::File);
        }
        (None, None) => {
            errors.required(path, "one of fieldRef and resourceFieldRef is required");
        }
    }
    mode(errors, &path.child("mode"), file.mode);
}

pub(super) fn projected(
    errors: &mut FieldErrors,
    path: &FieldPath,
    projected: &ProjectedVolumeSource,
    lenient: Lenient,
) {
    mode(errors, &path.child("defaultMode"), projected.default_mode);
    let mut taken = Taken {
        path,
        any_token_path: lenient.token_paths,
        paths: HashSet::new(),
    };
    for (index, source) in projected.sources.iter().enumerate() {
        let own = path.child("sources").index(index);
        let mut count = 0;
        if let Some(secret) = &source.secret {
            count += 1;
            let name = &secret.local_object_reference.name;
            taken.items(errors, &own.child("secret"), name, &secret.items);
        }
        if let Some(map) = &source.config_map {
            count += 1;
            let name = &map.local_object_reference.name;
            taken.items(errors, &own.child("configMap"), name, &map.items);
        }
        if let Some(downward) = &source.downward_api {
            count += 1;
            for file in &downward.items {
                downward_file(errors, &own.child("downwardAPI"), file);
                taken.take(errors, &file.path, &file.path);
            }
        }
        if let Some(token) = &source.service_account_token {
            count += 1;
            taken.token(errors, &own.child("serviceAccountToken"), token);
        }
        if count > 1 {
            errors.forbidden(&own, "may not specify more than 1 volume type per source");
        }
    }
}

/// The paths that sources of one projected volume have taken.
struct Taken<'p> {
    path: &'p FieldPath,
    /// Of an object that had a token with a path which is none.
    any_token_path: bool,
    paths: HashSet<Str>,
}

impl Taken<'_> {
    /// `shown` is what upstream prints: not always the path.
    fn take(&mut self, errors: &mut FieldErrors, path: &Str, shown: &Str) {
        if !path.is_empty() && !self.paths.insert(path.clone()) {
            errors.invalid(self.path, shown, CONFLICT);
        }
    }

    fn items(
        &mut self,
        errors: &mut FieldErrors,
        path: &FieldPath,
        name: &Str,
        items: &[KeyToPath],
    ) {
        rules::required(errors, &path.child("name"), name);
        for (index, one) in items.iter().enumerate() {
            item(errors, &path.child("items").index(index), one);
            self.take(errors, &one.path, name);
        }
    }

    fn token(
        &mut self,
        errors: &mut FieldErrors,
        path: &FieldPath,
        token: &ServiceAccountTokenProjection,
    ) {
        let seconds = token.expiration_seconds.unwrap_or(0);
        let expiration = path.child("expirationSeconds");
        if seconds < TOKEN_SECONDS_MIN {
            let words = "may not specify a duration less than 10 minutes";
            errors.invalid(&expiration, seconds, words);
        }
        if seconds > TOKEN_SECONDS_MAX {
            let words = "may not specify a duration larger than 2^32 seconds";
            errors.invalid(&expiration, seconds, words);
        }
        if token.path.is_empty() {
            errors.required(&self.path.child("path"), "");
        } else if !self.any_token_path {
            rules::unreserved_path(errors, &self.path.child("path"), &token.path);
        }
    }
}
