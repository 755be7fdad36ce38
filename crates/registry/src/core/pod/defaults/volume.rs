//! Defaults of volumes.

use super::container::pull_policy;
use crate::core::persistent_volume_claim;
use api::core::v1::{DownwardAPIVolumeFile, ProjectedVolumeSource, Volume, VolumeSource};

/// rw-r--r--
const FILE_MODE: i32 = 0o644;
const TOKEN_SECONDS: i64 = 3600;

pub(super) fn volume(volume: &mut Volume) {
    let source = &mut volume.volume_source;
    if *source == VolumeSource::default() {
        source.empty_dir = Some(Box::default());
    }
    if let Some(secret) = &mut source.secret {
        secret.default_mode.get_or_insert(FILE_MODE);
    }
    if let Some(map) = &mut source.config_map {
        map.default_mode.get_or_insert(FILE_MODE);
    }
    if let Some(downward) = &mut source.downward_api {
        downward.default_mode.get_or_insert(FILE_MODE);
        downward_items(&mut downward.items);
    }
    source.projected.as_deref_mut().map(projected);
    if let Some(host_path) = &mut source.host_path {
        host_path.type_.get_or_insert_default();
    }
    if let Some(claim) = source
        .ephemeral
        .as_mut()
        .and_then(|ephemeral| ephemeral.volume_claim_template.as_mut())
    {
        persistent_volume_claim::set_spec_defaults(&mut claim.spec);
    }
    if let Some(image) = &mut source.image
        && image.pull_policy.is_empty()
    {
        image.pull_policy = pull_policy(&image.reference).into();
    }
    third_party(source);
}

fn projected(projected: &mut ProjectedVolumeSource) {
    projected.default_mode.get_or_insert(FILE_MODE);
    for source in projected.sources.iter_mut() {
        if let Some(token) = &mut source.service_account_token {
            token.expiration_seconds.get_or_insert(TOKEN_SECONDS);
        }
        if let Some(downward) = &mut source.downward_api {
            downward_items(&mut downward.items);
        }
    }
}

fn downward_items(items: &mut [DownwardAPIVolumeFile]) {
    for item in items {
        if let Some(field) = &mut item.field_ref
            && field.api_version.is_empty()
        {
            field.api_version = "v1".into();
        }
    }
}

/// Volumes of storage systems.
fn third_party(source: &mut VolumeSource) {
    if let Some(iscsi) = &mut source.iscsi
        && iscsi.iscsi_interface.is_empty()
    {
        iscsi.iscsi_interface = "default".into();
    }
    if let Some(rbd) = &mut source.rbd {
        for (field, default) in [
            (&mut rbd.pool, "rbd"),
            (&mut rbd.user, "admin"),
            (&mut rbd.keyring, "/etc/ceph/keyring"),
        ] {
            if field.is_empty() {
                *field = default.into();
            }
        }
    }
    if let Some(disk) = &mut source.azure_disk {
        disk.caching_mode.get_or_insert_with(|| "ReadWrite".into());
        disk.kind.get_or_insert_with(|| "Shared".into());
        disk.fs_type.get_or_insert_with(|| "ext4".into());
        disk.read_only.get_or_insert(false);
    }
    if let Some(scale_io) = &mut source.scale_io {
        for (field, default) in [
            (&mut scale_io.storage_mode, "ThinProvisioned"),
            (&mut scale_io.fs_type, "xfs"),
        ] {
            if field.is_empty() {
                *field = default.into();
            }
        }
    }
}
