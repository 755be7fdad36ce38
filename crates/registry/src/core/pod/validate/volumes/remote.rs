//! Volumes of storage systems. In groups, for the order in which upstream looks at the sources of a volume.

use super::{
    Sources, files,
    shared::{self, byte, need},
};
use crate::{core::persistent_volume_claim, rules};
use api::core::v1::{
    CSIVolumeSource, EphemeralVolumeSource, ISCSIVolumeSource, ImageVolumeSource,
    LocalObjectReference, StorageOSVolumeSource, Volume, VolumeSource,
};
use meta::{FieldErrors, FieldPath, validation};

const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];
/// The name of a volume, a colon and the portal of its target.
const PORTAL_BYTES_MAX: usize = 64;
const LONG_PORTAL: &str = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";

fn secret_name(errors: &mut FieldErrors, path: &FieldPath, secret: Option<&LocalObjectReference>) {
    if let Some(secret) = secret {
        need(errors, &path.child("secretRef"), &[("name", &secret.name)]);
    }
}

pub(super) fn early(
    errors: &mut FieldErrors,
    path: &FieldPath,
    volume: &Volume,
    sources: &mut Sources,
) {
    let (at, s) = (|name| path.child(name), &volume.volume_source);
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
    if let Some(iscsi) = &s.iscsi
        && iscsi.initiator_name.is_some()
        && volume.name.len() + 1 + iscsi.target_portal.len() > PORTAL_BYTES_MAX
    {
        errors.invalid(&path.child("name"), &volume.name, LONG_PORTAL);
    }
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
    if let Some(initiator) = &iscsi.initiator_name {
        shared::iscsi_name(errors, &path.child("initiatorname"), initiator);
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
        |errors, _, ceph| {
            if ceph.monitors.is_empty() {
                errors.required(&at("cephfs").child("monitors"), "");
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

pub(super) fn storage_os(
    errors: &mut FieldErrors,
    path: &FieldPath,
    storage: &StorageOSVolumeSource,
) {
    shared::storage_os(
        errors,
        path,
        &storage.volume_name,
        &storage.volume_namespace,
    );
    secret_name(errors, path, storage.secret_ref.as_deref());
}

/// `pod` is the name of the pod, if it is known.
pub(super) fn late(
    errors: &mut FieldErrors,
    path: &FieldPath,
    volume: &Volume,
    sources: &mut Sources,
    pod: Option<&str>,
) {
    let (at, s) = (|name| path.child(name), &volume.volume_source);
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
    let own = s.ephemeral.as_deref();
    sources.one(errors, at("ephemeral"), own, |errors, source, claim| {
        ephemeral(errors, source, claim);
        if let Some(pod) = pod.filter(|_| !volume.name.is_empty()) {
            check_claim_name(errors, path, &volume.name, pod);
        }
    });
}

/// The claim of an ephemeral volume is named after its pod and the volume.
fn check_claim_name(errors: &mut FieldErrors, path: &FieldPath, volume: &str, pod: &str) {
    let name = format!("{pod}-{volume}");
    for words in validation::dns1123_subdomain(&name) {
        let words = format!("PVC name {}: {words}", meta::go_quote(&name));
        errors.invalid(&path.child("name"), volume, words);
    }
}

/// `named`: the image must be.
pub(super) fn image(
    errors: &mut FieldErrors,
    path: &FieldPath,
    image: &ImageVolumeSource,
    named: bool,
) {
    if named {
        need(errors, path, &[("reference", &image.reference)]);
    }
    let policy = &image.pull_policy;
    rules::one_of(errors, &path.child("pullPolicy"), policy, PULL_POLICIES);
}

fn csi(errors: &mut FieldErrors, path: &FieldPath, csi: &CSIVolumeSource) {
    crate::core::csi::check_driver_name(errors, &path.child("driver"), &csi.driver);
    let Some(secret) = &csi.node_publish_secret_ref else {
        return;
    };
    if secret.name.is_empty() {
        let path = path.child("nodePublishSecretRef").child("name");
        return errors.required(&path, "");
    }
    // Upstream's path leaves the reference out.
    rules::subdomain(errors, &path.child("name"), &secret.name);
}

fn ephemeral(errors: &mut FieldErrors, path: &FieldPath, ephemeral: &EphemeralVolumeSource) {
    let path = path.child("volumeClaimTemplate");
    match &ephemeral.volume_claim_template {
        None => errors.required(&path, ""),
        Some(claim) => {
            rules::metadata_to_copy(errors, &path.child("metadata"), &claim.metadata);
            persistent_volume_claim::check_spec(errors, &path.child("spec"), &claim.spec, None);
        }
    }
}
