//! Sources that volumes of pods and persistent volumes have alike.

use crate::rules;
use api::core::v1::{
    AWSElasticBlockStoreVolumeSource, AzureDiskVolumeSource, FCVolumeSource, FlockerVolumeSource,
    GCEPersistentDiskVolumeSource, NFSVolumeSource, QuobyteVolumeSource,
};
use meta::{FieldErrors, FieldPath, Map, Str, validation};

const PARTITION_MAX: i32 = 255;
const TENANT_BYTES_MAX: usize = 64;
const SHARED_KINDS: &[&str] = &["Dedicated", "Managed", "Shared"];
const MANAGED_URI: &str = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const BLOB_URI: &str =
    "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

/// Fields that must not be empty.
pub(crate) fn need(errors: &mut FieldErrors, path: &FieldPath, fields: &[(&str, &str)]) {
    for (name, value) in fields {
        rules::required(errors, &path.child(name), value);
    }
}

/// StorageOS names volumes and their namespaces as Kubernetes does.
pub(crate) fn storage_os(
    errors: &mut FieldErrors,
    path: &FieldPath,
    volume: &str,
    namespace: &str,
) {
    let name = path.child("volumeName");
    if volume.is_empty() {
        errors.required(&name, "");
    } else {
        rules::label(errors, &name, volume);
    }
    if !namespace.is_empty() {
        rules::label(errors, &path.child("volumeNamespace"), namespace);
    }
}

/// A unit.
pub(crate) fn byte(errors: &mut FieldErrors, path: &FieldPath, value: i32) {
    let problems = validation::in_range(value, 0, PARTITION_MAX);
    rules::each_number(errors, path, value.into(), problems);
}

/// Upstream says 1, and takes 0, which is none.
fn partition(errors: &mut FieldErrors, path: &FieldPath, value: i32) {
    if value != 0 {
        let problems = validation::in_range(value, 1, PARTITION_MAX);
        rules::each_number(errors, path, value.into(), problems);
    }
}

pub(crate) fn gce(
    errors: &mut FieldErrors,
    path: &FieldPath,
    disk: &GCEPersistentDiskVolumeSource,
) {
    need(errors, path, &[("pdName", &disk.pd_name)]);
    partition(errors, &path.child("partition"), disk.partition);
}

pub(crate) fn aws(
    errors: &mut FieldErrors,
    path: &FieldPath,
    disk: &AWSElasticBlockStoreVolumeSource,
) {
    need(errors, path, &[("volumeID", &disk.volume_id)]);
    partition(errors, &path.child("partition"), disk.partition);
}

pub(crate) fn nfs(errors: &mut FieldErrors, path: &FieldPath, nfs: &NFSVolumeSource) {
    need(
        errors,
        path,
        &[("server", &nfs.server), ("path", &nfs.path)],
    );
    if !nfs.path.starts_with('/') {
        errors.invalid(&path.child("path"), &nfs.path, "must be an absolute path");
    }
}

/// The name of a target or an initiator.
pub(crate) fn iscsi_name(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if !["iqn", "eui", "naa"]
        .iter()
        .any(|start| name.starts_with(start))
    {
        let words = "must be valid format starting with iqn, eui, or naa";
        errors.invalid(path, name, words);
    } else if !is_iscsi_name(name) {
        errors.invalid(path, name, "must be valid format");
    }
}

pub(crate) fn is_iscsi_name(name: &str) -> bool {
    is_iqn(name) || is_number(name, "eui", 16) || is_number(name, "naa", 32)
}

/// `iqn.2001-04.com.example:storage.disk1`
fn is_iqn(name: &str) -> bool {
    let rest = name.strip_prefix("iqn.").unwrap_or_default();
    let Some((date, rest)) = rest.split_once('.') else {
        return false;
    };
    let date = date.as_bytes();
    let dated = date.len() == 7
        && date[4] == b'-'
        && date
            .iter()
            .enumerate()
            .all(|(at, byte)| at == 4 || byte.is_ascii_digit());
    let Some((authority, unique)) = rest.split_once(':') else {
        return false;
    };
    let named = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let allowed = |c: char| !c.is_ascii_whitespace() && !",;*&$|".contains(c);
    dated
        && !authority.is_empty()
        && authority.chars().all(named)
        && !unique.is_empty()
        && unique.chars().all(allowed)
}

fn is_number(name: &str, prefix: &str, length: usize) -> bool {
    // Any character stands between the prefix and the number.
    let rest = name.strip_prefix(prefix).and_then(|rest| rest.get(1..));
    rest.is_some_and(|rest| {
        rest.len() == length && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

pub(crate) fn flocker(errors: &mut FieldErrors, path: &FieldPath, flocker: &FlockerVolumeSource) {
    let (name, uuid) = (&flocker.dataset_name, &flocker.dataset_uuid);
    if name.is_empty() && uuid.is_empty() {
        errors.required(path, "one of datasetName and datasetUUID is required");
    }
    if !name.is_empty() && !uuid.is_empty() {
        let words = "datasetName and datasetUUID can not be specified simultaneously";
        errors.invalid(path, "resource", words);
    }
    if name.contains('/') {
        errors.invalid(&path.child("datasetName"), name, "must not contain '/'");
    }
}

pub(crate) fn fc(errors: &mut FieldErrors, path: &FieldPath, fc: &FCVolumeSource) {
    let at = path.child("targetWWNs");
    match (fc.target_wwns.is_empty(), fc.wwids.is_empty()) {
        (true, true) => {
            let words = "must specify either targetWWNs or wwids, but not both";
            errors.required(&at, words);
        }
        (false, false) => {
            let words = "targetWWNs and wwids can not be specified simultaneously";
            errors.invalid(&at, &fc.target_wwns, words);
        }
        _ => {}
    }
    if fc.target_wwns.is_empty() {
        return;
    }
    match fc.lun {
        None => errors.required(
            &path.child("lun"),
            "lun is required if targetWWNs is specified",
        ),
        Some(lun) => byte(errors, &path.child("lun"), lun),
    }
}

/// Whether it is a host and a port, the host in brackets if it has colons.
fn has_port(pair: &str) -> bool {
    let Some((host, port)) = pair.rsplit_once(':') else {
        return false;
    };
    let brackets = |text: &str| text.contains(['[', ']']);
    match host.strip_prefix('[').map(|host| host.strip_suffix(']')) {
        Some(inner) => inner.is_some_and(|inner| !brackets(inner)) && !brackets(port),
        None => !host.contains(':') && !brackets(host) && !brackets(port),
    }
}

pub(crate) fn quobyte(errors: &mut FieldErrors, path: &FieldPath, quobyte: &QuobyteVolumeSource) {
    let registry = path.child("registry");
    let words = "must be a host:port pair or multiple pairs separated by commas";
    if quobyte.registry.is_empty() {
        errors.required(&registry, words);
    } else if quobyte.tenant.len() > TENANT_BYTES_MAX {
        let words = "must be a UUID and may not exceed a length of 64 characters";
        errors.required(&path.child("tenant"), words);
    } else {
        for _ in quobyte.registry.split(',').filter(|pair| !has_port(pair)) {
            errors.invalid(&registry, &quobyte.registry, words);
        }
    }
    need(errors, path, &[("volume", &quobyte.volume)]);
}

pub(crate) fn azure_disk(errors: &mut FieldErrors, path: &FieldPath, disk: &AzureDiskVolumeSource) {
    need(
        errors,
        path,
        &[("diskName", &disk.disk_name), ("diskURI", &disk.disk_uri)],
    );
    let caching = ["None", "ReadOnly", "ReadWrite"];
    let mode = disk.caching_mode.as_ref();
    rules::optional_one_of(errors, &path.child("cachingMode"), mode, &caching);
    let kind = disk.kind.as_ref();
    rules::optional_one_of(errors, &path.child("kind"), kind, SHARED_KINDS);
    let (start, shape) = match kind.map(Str::as_str) {
        None => return,
        Some("Managed") => ("/subscriptions/", MANAGED_URI),
        Some(_) => ("https://", BLOB_URI),
    };
    if !disk.disk_uri.starts_with(start) {
        errors.not_supported(&path.child("diskURI"), &disk.disk_uri, &[shape]);
    }
}

/// Options of drivers that Kubernetes does not know.
pub(crate) fn flex(
    errors: &mut FieldErrors,
    path: &FieldPath,
    driver: &str,
    options: &Map<Str, Str>,
) {
    need(errors, path, &[("driver", driver)]);
    for key in options.keys() {
        let domain = key
            .split_once('/')
            .map_or(key.as_str(), |(domain, _)| domain);
        let domain = format!(".{}", domain.to_lowercase());
        if domain.ends_with(".kubernetes.io") || domain.ends_with(".k8s.io") {
            let words = "kubernetes.io and k8s.io namespaces are reserved";
            errors.invalid(&path.child("options").key(key), key, words);
        }
    }
}
