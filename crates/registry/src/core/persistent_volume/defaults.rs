//! Defaults of persistent volumes.

use crate::core::resource_names;
use api::core::v1::{
    PersistentVolume, PersistentVolumePhase, PersistentVolumeSource, PersistentVolumeSpec,
};
use meta::Str;

pub(super) fn volume(volume: &mut PersistentVolume) {
    if volume.status.phase.is_empty() {
        volume.status.phase = PersistentVolumePhase::PENDING.into();
    }
    let spec = &mut volume.spec;
    fill([(&mut spec.persistent_volume_reclaim_policy, "Retain")]);
    spec.volume_mode.get_or_insert_with(|| "Filesystem".into());
    inline(spec);
}

/// Those of a spec wherever it stands.
pub(crate) fn inline(spec: &mut PersistentVolumeSpec) {
    resource_names::round_up(&mut spec.capacity);
    source(&mut spec.persistent_volume_source);
}

fn fill<const N: usize>(fields: [(&mut Str, &str); N]) {
    for (field, default) in fields {
        if field.is_empty() {
            *field = default.into();
        }
    }
}

fn source(source: &mut PersistentVolumeSource) {
    if let Some(host_path) = &mut source.host_path {
        host_path.type_.get_or_insert_default();
    }
    if let Some(iscsi) = &mut source.iscsi {
        fill([(&mut iscsi.iscsi_interface, "default")]);
    }
    if let Some(rbd) = &mut source.rbd {
        fill([
            (&mut rbd.pool, "rbd"),
            (&mut rbd.user, "admin"),
            (&mut rbd.keyring, "/etc/ceph/keyring"),
        ]);
    }
    if let Some(disk) = &mut source.azure_disk {
        disk.caching_mode.get_or_insert_with(|| "ReadWrite".into());
        disk.kind.get_or_insert_with(|| "Shared".into());
        disk.fs_type.get_or_insert_with(|| "ext4".into());
        disk.read_only.get_or_insert(false);
    }
    if let Some(scale_io) = &mut source.scale_io {
        fill([
            (&mut scale_io.storage_mode, "ThinProvisioned"),
            (&mut scale_io.fs_type, "xfs"),
        ]);
    }
}
