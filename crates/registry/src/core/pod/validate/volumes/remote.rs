//! Volumes of storage systems. In groups, for the order in which upstream looks at the sources of a volume.

use super::{
    Sources, files,
    shared::{self, byte, need},
};
use crate::{core::persistent_volume_claim, rules};
use api::core::v1::{
    CSIVolumeSource, EphemeralVolumeSource, ISCSIVolumeSource, LocalObjectReference, VolumeSource,
};
use meta::{FieldErrors, FieldPath};

const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];

fn secret_name(errors: &mut FieldErrors, path: &FieldPath, secret: Option<&LocalObjectReference>) {
    if let Some(secret) = secret {
        need(errors, &path.child("secretRef"), &[("name", &secret.name)]);
    }
}

pub(super) fn early(
    errors: &mut FieldErrors,
    path: &FieldPath,
    source: &VolumeSource,
    sources: &mut Sources,
) {
    let (at, s) = (|name| path.child(name), source);
    sources.one(
        errors,
        at("gitRepo"),
        s.git_repo.as_deref(),
        |errors, path, git| {
            need(errors, path, &[("repository", &git.repository)]);
            rules::descending_path(errors, &path.child("directory"), &git.directory);
        },
    );
    let disk = s.gce_persistent_disk.as_deref();
    // Upstream's path for what is inside is another.
    sources.one(errors, at("gcePersistentDisk"), disk, |errors, _, disk| {
        shared::gce(errors, &at("persistentDisk"), disk);
    });
    let disk = s.aws_elastic_block_store.as_deref();
    sources.one(errors, at("awsElasticBlockStore"), disk, shared::aws);
    sources.one(errors, at("secret"), s.secret.as_deref(), files::secret);
    sources.one(errors, at("nfs"), s.nfs.as_deref(), shared::nfs);
    sources.one(errors, at("iscsi"), s.iscsi.as_deref(), iscsi);
    sources.one(
        errors,
        at("glusterfs"),
        s.glusterfs.as_deref(),
        |errors, path, gluster| {
            need(
                errors,
                path,
                &[("endpoints", &gluster.endpoints), ("path", &gluster.path)],
            );
        },
    );
    sources.one(errors, at("flocker"), s.flocker.as_deref(), shared::flocker);
}

fn iscsi(errors: &mut FieldErrors, path: &FieldPath, iscsi: &ISCSIVolumeSource) {
    need(errors, path, &[("targetPortal", &iscsi.target_portal)]);
    let name = path.child("iqn");
    if iscsi.iqn.is_empty() {
        errors.required(&name, "");
    } else {
        shared::iscsi_name(errors, &name, &iscsi.iqn);
    }
    byte(errors, &path.child("lun"), iscsi.lun);
    if (iscsi.chap_auth_discovery || iscsi.chap_auth_session) && iscsi.secret_ref.is_none() {
        errors.required(&path.child("secretRef"), "");
    }
}

pub(super) fn block(
    errors: &mut FieldErrors,
    path: &FieldPath,
    source: &VolumeSource,
    sources: &mut Sources,
) {
    let (at, s) = (|name| path.child(name), source);
    let claim = s.persistent_volume_claim.as_deref();
    sources.one(
        errors,
        at("persistentVolumeClaim"),
        claim,
        |errors, path, claim| {
            need(errors, path, &[("claimName", &claim.claim_name)]);
        },
    );
    sources.one(errors, at("rbd"), s.rbd.as_deref(), |errors, path, rbd| {
        if rbd.monitors.is_empty() {
            errors.required(&path.child("monitors"), "");
        }
        need(errors, path, &[("image", &rbd.image)]);
    });
    sources.one(
        errors,
        at("cinder"),
        s.cinder.as_deref(),
        |errors, path, cinder| {
            need(errors, path, &[("volumeID", &cinder.volume_id)]);
            secret_name(errors, path, cinder.secret_ref.as_deref());
        },
    );
    sources.one(
        errors,
        at("cephFS"),
        s.cephfs.as_deref(),
        |errors, path, ceph| {
            if ceph.monitors.is_empty() {
                errors.required(&path.child("monitors"), "");
            }
        },
    );
    sources.one(errors, at("quobyte"), s.quobyte.as_deref(), shared::quobyte);
}

pub(super) fn middle(
    errors: &mut FieldErrors,
    path: &FieldPath,
    source: &VolumeSource,
    sources: &mut Sources,
) {
    let (at, s) = (|name| path.child(name), source);
    sources.one(errors, at("fc"), s.fc.as_deref(), shared::fc);
    sources.one(
        errors,
        at("flexVolume"),
        s.flex_volume.as_deref(),
        |errors, path, flex| shared::flex(errors, path, &flex.driver, &flex.options),
    );
    sources.one(
        errors,
        at("configMap"),
        s.config_map.as_deref(),
        files::config_map,
    );
    sources.one(
        errors,
        at("azureFile"),
        s.azure_file.as_deref(),
        |errors, path, azure| {
            let fields = [
                ("secretName", &*azure.secret_name),
                ("shareName", &azure.share_name),
            ];
            need(errors, path, &fields);
        },
    );
    let disk = s.vsphere_volume.as_deref();
    sources.one(errors, at("vsphereVolume"), disk, |errors, path, disk| {
        need(errors, path, &[("volumePath", &disk.volume_path)]);
    });
    let disk = s.photon_persistent_disk.as_deref();
    sources.one(
        errors,
        at("photonPersistentDisk"),
        disk,
        |errors, path, disk| {
            need(errors, path, &[("pdID", &disk.pd_id)]);
        },
    );
    let disk = s.portworx_volume.as_deref();
    sources.one(errors, at("portworxVolume"), disk, |errors, path, disk| {
        need(errors, path, &[("volumeID", &disk.volume_id)]);
    });
    sources.one(
        errors,
        at("azureDisk"),
        s.azure_disk.as_deref(),
        shared::azure_disk,
    );
}

pub(super) fn late(
    errors: &mut FieldErrors,
    path: &FieldPath,
    source: &VolumeSource,
    sources: &mut Sources,
) {
    let (at, s) = (|name| path.child(name), source);
    sources.one(
        errors,
        at("storageos"),
        s.storageos.as_deref(),
        |errors, path, storage| {
            need(errors, path, &[("volumeName", &storage.volume_name)]);
            secret_name(errors, path, storage.secret_ref.as_deref());
        },
    );
    sources.one(
        errors,
        at("projected"),
        s.projected.as_deref(),
        files::projected,
    );
    sources.one(
        errors,
        at("scaleIO"),
        s.scale_io.as_deref(),
        |errors, path, io| {
            let fields = [
                ("gateway", &*io.gateway),
                ("system", &io.system),
                ("volumeName", &io.volume_name),
            ];
            need(errors, path, &fields);
        },
    );
    sources.one(errors, at("csi"), s.csi.as_deref(), csi);
    sources.one(errors, at("ephemeral"), s.ephemeral.as_deref(), ephemeral);
    sources.one(
        errors,
        at("image"),
        s.image.as_deref(),
        |errors, path, image| {
            need(errors, path, &[("reference", &image.reference)]);
            let policy = &image.pull_policy;
            rules::one_of(errors, &path.child("pullPolicy"), policy, PULL_POLICIES);
        },
    );
}

fn csi(errors: &mut FieldErrors, path: &FieldPath, csi: &CSIVolumeSource) {
    crate::core::csi::check_driver_name(errors, &path.child("driver"), &csi.driver);
    if let Some(secret) = &csi.node_publish_secret_ref {
        need(
            errors,
            &path.child("nodePublishSecretRef"),
            &[("name", &secret.name)],
        );
    }
}

fn ephemeral(errors: &mut FieldErrors, path: &FieldPath, ephemeral: &EphemeralVolumeSource) {
    let path = path.child("volumeClaimTemplate");
    match &ephemeral.volume_claim_template {
        None => errors.required(&path, ""),
        Some(claim) => {
            persistent_volume_claim::check_spec(errors, &path.child("spec"), &claim.spec, None);
        }
    }
}
