//! Volume mounts and devices of a container.

use super::volumes::Valid;
use crate::rules;
use api::core::v1::{Container, VolumeMount};
use meta::{FieldErrors, FieldPath};
use std::collections::HashSet;

/// `volumeMounts` and `volumeDevices` of the container at `path`.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    container: &Container,
    volumes: &Valid<'_>,
) {
    check_mounts(errors, &path.child("volumeMounts"), container, volumes);
    check_devices(errors, &path.child("volumeDevices"), container, volumes);
}

fn check_mounts(
    errors: &mut FieldErrors,
    path: &FieldPath,
    container: &Container,
    volumes: &Valid<'_>,
) {
    let mut points = HashSet::new();
    for (index, mount) in container.volume_mounts.iter().enumerate() {
        let own = path.index(index);
        let (name, point) = (own.child("name"), own.child("mountPath"));
        rules::required(errors, &name, &mount.name);
        if volumes.get(&mount.name).is_none() {
            errors.not_found(&name, &mount.name);
        }
        rules::required(errors, &point, &mount.mount_path);
        if !points.insert(&mount.mount_path) {
            errors.invalid(&point, &mount.mount_path, "must be unique");
        }
        let devices = &container.volume_devices;
        if devices.iter().any(|device| device.name == mount.name) {
            errors.invalid(
                &name,
                &mount.name,
                "must not already exist in volumeDevices",
            );
        }
        if devices
            .iter()
            .any(|device| device.device_path == mount.mount_path)
        {
            let words = "must not already exist as a path in volumeDevices";
            errors.invalid(&point, &mount.mount_path, words);
        }
        check_sub_path(errors, path, &own, mount);
        check_propagation(errors, path, mount, container);
        check_recursive(errors, &path.child("recursiveReadOnly"), mount);
    }
}

/// Upstream names some of these fields without the index of their mount.
fn check_sub_path(
    errors: &mut FieldErrors,
    path: &FieldPath,
    own: &FieldPath,
    mount: &VolumeMount,
) {
    if !mount.sub_path.is_empty() {
        rules::descending_path(errors, &path.child("subPath"), &mount.sub_path);
    }
    if !mount.sub_path_expr.is_empty() {
        if !mount.sub_path.is_empty() {
            errors.invalid(
                &own.child("subPathExpr"),
                &mount.sub_path_expr,
                "subPathExpr and subPath are mutually exclusive",
            );
        }
        rules::descending_path(errors, &path.child("subPathExpr"), &mount.sub_path_expr);
    }
}

fn check_propagation(
    errors: &mut FieldErrors,
    path: &FieldPath,
    mount: &VolumeMount,
    container: &Container,
) {
    let Some(propagation) = &mount.mount_propagation else {
        return;
    };
    let path = path.child("mountPropagation");
    let known = &["Bidirectional", "HostToContainer", "None"];
    rules::optional_one_of(errors, &path, Some(propagation), known);
    let privileged = container
        .security_context
        .as_ref()
        .and_then(|context| context.privileged);
    if propagation == "Bidirectional" && privileged != Some(true) {
        errors.forbidden(
            &path,
            "Bidirectional mount propagation is available only to privileged containers",
        );
    }
}

fn check_recursive(errors: &mut FieldErrors, path: &FieldPath, mount: &VolumeMount) {
    match mount.recursive_read_only.as_deref() {
        None | Some("Disabled") => {}
        Some("Enabled" | "IfPossible") => {
            if !mount.read_only {
                errors.forbidden(path, "may only be specified when readOnly is true");
            }
            let propagation = mount.mount_propagation.as_deref();
            if propagation.is_some_and(|propagation| propagation != "None") {
                errors.forbidden(
                    path,
                    "may only be specified when mountPropagation is None or not specified",
                );
            }
        }
        Some(other) => {
            errors.not_supported(path, other, &["Disabled", "Enabled", "IfPossible"]);
        }
    }
}

fn check_devices(
    errors: &mut FieldErrors,
    path: &FieldPath,
    container: &Container,
    volumes: &Valid<'_>,
) {
    let (mut names, mut paths) = (HashSet::new(), HashSet::new());
    for (index, device) in container.volume_devices.iter().enumerate() {
        let own = path.index(index);
        let (name, place) = (own.child("name"), own.child("devicePath"));
        rules::required(errors, &name, &device.name);
        if !device.name.is_empty() && !names.insert(&device.name) {
            errors.invalid(&name, &device.name, "must be unique");
        }
        match volumes.get(&device.name) {
            None => errors.not_found(&name, &device.name),
            Some(source)
                if source.persistent_volume_claim.is_none() && source.ephemeral.is_none() =>
            {
                let words = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
                errors.invalid(&name, &device.name, words);
            }
            Some(_) => {}
        }
        rules::required(errors, &place, &device.device_path);
        if paths.contains(&device.device_path) {
            errors.invalid(&place, &device.device_path, "must be unique");
        }
        if device.device_path.split('/').any(|part| part == "..") {
            errors.invalid(
                &place,
                &device.device_path,
                "can not contain backsteps ('..')",
            );
        } else {
            paths.insert(&device.device_path);
        }
        let mounts = &container.volume_mounts;
        if mounts.iter().any(|mount| mount.name == device.name) {
            errors.invalid(
                &name,
                &device.name,
                "must not already exist in volumeMounts",
            );
        }
        if mounts
            .iter()
            .any(|mount| mount.mount_path == device.device_path)
        {
            let words = "must not already exist as a path in volumeMounts";
            errors.invalid(&place, &device.device_path, words);
        }
    }
}
