//! Environment variables and where their values come from.

use super::{
    Scope, ephemeral,
    fields::{self, Target},
};
use crate::rules;
use api::core::v1::{Container, EnvVarSource, FileKeySelector};
use meta::{FieldErrors, FieldPath, Str, validation};

/// `env` and `envFrom` of the container at `path`.
pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, container: &Container) {
    let env = path.child("env");
    for (index, variable) in container.env.iter().enumerate() {
        let path = env.index(index);
        if variable.name.is_empty() {
            errors.required(&path.child("name"), "");
        } else {
            check_name(errors, &path.child("name"), &variable.name);
        }
        if let Some(from) = &variable.value_from {
            check_source(errors, &path.child("valueFrom"), from, &variable.value);
        }
    }
    check_sources(errors, &path.child("envFrom"), container);
}

fn check_name(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    rules::each(errors, path, name, validation::env_var_name(name));
}

fn check_source(errors: &mut FieldErrors, path: &FieldPath, from: &EnvVarSource, value: &Str) {
    let mut sources = 0;
    if let Some(field) = &from.field_ref {
        sources += 1;
        fields::check_field(errors, &path.child("fieldRef"), field, Target::Variable);
    }
    if let Some(resource) = &from.resource_field_ref {
        sources += 1;
        let path = path.child("resourceFieldRef");
        fields::check_resource(errors, &path, resource, Target::Variable);
    }
    if let Some(key) = &from.config_map_key_ref {
        sources += 1;
        let path = path.child("configMapKeyRef");
        check_key(errors, &path, &key.local_object_reference.name, &key.key);
    }
    if let Some(key) = &from.secret_key_ref {
        sources += 1;
        let path = path.child("secretKeyRef");
        check_key(errors, &path, &key.local_object_reference.name, &key.key);
    }
    if let Some(key) = &from.file_key_ref {
        sources += 1;
        check_file_key(errors, &path.child("fileKeyRef"), key);
    }
    if sources == 0 {
        errors.invalid(
            path,
            "",
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`",
        );
    } else if !value.is_empty() {
        errors.invalid(path, "", "may not be specified when `value` is not empty");
    } else if sources > 1 {
        errors.invalid(
            path,
            "",
            "may not have more than one field specified at a time",
        );
    }
}

fn check_key(errors: &mut FieldErrors, path: &FieldPath, name: &Str, key: &Str) {
    rules::subdomain(errors, &path.child("name"), name);
    if key.is_empty() {
        errors.required(&path.child("key"), "");
    } else {
        rules::each(
            errors,
            &path.child("key"),
            key,
            validation::config_map_key(key),
        );
    }
}

/// The whole ConfigMap or Secret of this name.
fn check_reference(errors: &mut FieldErrors, path: &FieldPath, name: &Str) {
    if name.is_empty() {
        errors.required(path, "");
    } else {
        rules::subdomain(errors, path, name);
    }
}

fn check_file_key(errors: &mut FieldErrors, path: &FieldPath, key: &FileKeySelector) {
    if key.key.is_empty() {
        errors.required(&path.child("key"), "");
    } else {
        check_name(errors, &path.child("key"), &key.key);
    }
    if key.volume_name.is_empty() {
        errors.required(&path.child("volumeName"), "");
    } else {
        rules::label(errors, &path.child("volumeName"), &key.volume_name);
    }
    if key.path.is_empty() {
        errors.required(&path.child("path"), "");
    } else {
        rules::no_backsteps(errors, &path.child("path"), &key.path);
    }
}

fn check_sources(errors: &mut FieldErrors, path: &FieldPath, container: &Container) {
    for (index, from) in container.env_from.iter().enumerate() {
        let own = path.index(index);
        if !from.prefix.is_empty() {
            check_name(errors, &own.child("prefix"), &from.prefix);
        }
        let map = from.config_map_ref.as_ref();
        let secret = from.secret_ref.as_ref();
        let references = [
            (
                "configMapRef",
                map.map(|map| &map.local_object_reference.name),
            ),
            (
                "secretRef",
                secret.map(|secret| &secret.local_object_reference.name),
            ),
        ];
        for (name, reference) in references {
            if let Some(reference) = reference {
                check_reference(errors, &own.child(name).child("name"), reference);
            }
        }
        match (map, secret) {
            (None, None) => errors.invalid(
                path,
                "",
                "must specify one of: `configMapRef` or `secretRef`",
            ),
            (Some(_), Some(_)) => errors.invalid(
                path,
                "",
                "may not have more than one field specified at a time",
            ),
            _ => {}
        }
    }
}

/// Files of variables stand in volumes of the pod. Upstream looks last.
pub(super) fn check_file_volumes(errors: &mut FieldErrors, path: &FieldPath, scope: &Scope<'_>) {
    let spec = scope.spec;
    let debug = spec.ephemeral_containers.iter();
    let debug: Vec<Container> = debug
        .map(|one| ephemeral::as_container(&one.ephemeral_container_common))
        .collect();
    for (name, containers) in [
        ("initContainers", spec.init_containers.as_slice()),
        ("containers", spec.containers.as_slice()),
        ("ephemeralContainers", debug.as_slice()),
    ] {
        for (index, container) in containers.iter().enumerate() {
            let path = path.child(name).index(index).child("env");
            for (index, variable) in container.env.iter().enumerate() {
                let key = variable
                    .value_from
                    .as_ref()
                    .and_then(|from| from.file_key_ref.as_ref());
                let Some(key) = key else { continue };
                let path = path.index(index).child("valueFrom").child("fileKeyRef");
                check_file_volume(errors, &path.child("volumeName"), &key.volume_name, scope);
            }
        }
    }
}

fn check_file_volume(errors: &mut FieldErrors, path: &FieldPath, name: &Str, scope: &Scope<'_>) {
    match scope
        .spec
        .volumes
        .iter()
        .find(|volume| volume.name == *name)
    {
        None => errors.not_found(path, name),
        Some(volume) if volume.volume_source.empty_dir.is_none() => {
            errors.invalid(path, name, "referenced volume must be of type emptyDir")
        }
        Some(_) => {}
    }
}
