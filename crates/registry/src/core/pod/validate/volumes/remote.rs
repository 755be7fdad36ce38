//! Volumes of storage systems. In groups, for the order in which upstream looks at the sources of a volume.

use super::{Sources, files};
use crate::rules;
use api::core::v1::{
    AzureDiskVolumeSource, CSIVolumeSource, EphemeralVolumeSource, FCVolumeSource,
    FlockerVolumeSource, ISCSIVolumeSource, LocalObjectReference, QuobyteVolumeSource,
    VolumeSource,
};
use meta::{FieldErrors, FieldPath, validation};

const PARTITION_MAX: i32 = 255;
const PULL_POLICIES: &[&str] = &["Always", "IfNotPresent", "Never"];

fn need(errors: &mut FieldErrors, path: &FieldPath, fields: &[(&str, &str)]) {
    for (name, value) in fields {
        rules::required(errors, &path.child(name), value);
    }
}

fn byte(errors: &mut FieldErrors, path: &FieldPath, value: i32) {
    let problems = validation::in_range(value, 0, PARTITION_MAX);
    rules::each_number(errors, path, value.into(), problems);
}

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
    sources.one(
        errors,
        at("gcePersistentDisk"),
        disk,
        |errors, path, disk| {
            need(errors, path, &[("pdName", &disk.pd_name)]);
            byte(errors, &path.child("partition"), disk.partition);
        },
    );
    let disk = s.aws_elastic_block_store.as_deref();
    sources.one(
        errors,
        at("awsElasticBlockStore"),
        disk,
        |errors, path, disk| {
            need(errors, path, &[("volumeID", &disk.volume_id)]);
            byte(errors, &path.child("partition"), disk.partition);
        },
    );
    sources.one(errors, at("secret"), s.secret.as_deref(), files::secret);
    sources.one(errors, at("nfs"), s.nfs.as_deref(), |errors, path, nfs| {
        need(
            errors,
            path,
            &[("server", &nfs.server), ("path", &nfs.path)],
        );
        if !nfs.path.starts_with('/') {
            errors.invalid(&path.child("path"), &nfs.path, "must be an absolute path");
        }
    });
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
    sources.one(errors, at("flocker"), s.flocker.as_deref(), flocker);
}

fn iscsi(errors: &mut FieldErrors, path: &FieldPath, iscsi: &ISCSIVolumeSource) {
    need(errors, path, &[("targetPortal", &iscsi.target_portal)]);
    let name = path.child("iqn");
    if iscsi.iqn.is_empty() {
        errors.required(&name, "");
    } else if !["iqn", "eui", "naa"]
        .iter()
        .any(|prefix| iscsi.iqn.starts_with(prefix))
    {
        let words = "must be valid format starting with iqn, eui, or naa";
        errors.invalid(&name, &iscsi.iqn, words);
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
    sources.one(errors, at("quobyte"), s.quobyte.as_deref(), quobyte);
}

fn quobyte(errors: &mut FieldErrors, path: &FieldPath, quobyte: &QuobyteVolumeSource) {
    let registry = path.child("registry");
    if quobyte.registry.is_empty() {
        let words = "must be a host:port pair or multiple pairs separated by commas";
        errors.required(&registry, words);
    } else if quobyte.registry.split(',').any(|pair| !pair.contains(':')) {
        let words = "must be a host:port pair or multiple pairs separated by commas";
        errors.invalid(&registry, &quobyte.registry, words);
    }
    need(errors, path, &[("volume", &quobyte.volume)]);
}

pub(super) fn middle(
    errors: &mut FieldErrors,
    path: &FieldPath,
    source: &VolumeSource,
    sources: &mut Sources,
) {
    let (at, s) = (|name| path.child(name), source);
    sources.one(errors, at("fc"), s.fc.as_deref(), fc);
    sources.one(
        errors,
        at("flexVolume"),
        s.flex_volume.as_deref(),
        |errors, path, flex| {
            need(errors, path, &[("driver", &flex.driver)]);
        },
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
    sources.one(errors, at("azureDisk"), s.azure_disk.as_deref(), azure_disk);
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

fn flocker(errors: &mut FieldErrors, path: &FieldPath, flocker: &FlockerVolumeSource) {
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

fn fc(errors: &mut FieldErrors, path: &FieldPath, fc: &FCVolumeSource) {
    if fc.target_wwns.is_empty() && fc.wwids.is_empty() {
        let words = "must specify either targetWWNs or wwids, but not both";
        errors.required(&path.child("targetWWNs"), words);
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

fn azure_disk(errors: &mut FieldErrors, path: &FieldPath, disk: &AzureDiskVolumeSource) {
    need(
        errors,
        path,
        &[("diskName", &disk.disk_name), ("diskURI", &disk.disk_uri)],
    );
    let caching = ["None", "ReadOnly", "ReadWrite"];
    let mode = disk.caching_mode.as_ref();
    rules::optional_one_of(errors, &path.child("cachingMode"), mode, &caching);
}

fn csi(errors: &mut FieldErrors, path: &FieldPath, csi: &CSIVolumeSource) {
    let driver = path.child("driver");
    if csi.driver.is_empty() {
        errors.required(&driver, "");
    } else {
        rules::subdomain(errors, &driver, &csi.driver.to_lowercase());
    }
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
            let spec = path.child("spec");
            if claim.spec.access_modes.is_empty() {
                errors.required(
                    &spec.child("accessModes"),
                    "at least 1 access mode is required",
                );
            }
            if !claim.spec.resources.requests.contains_key("storage") {
                let path = spec.child("resources").key("storage");
                errors.required(&path, "");
            }
        }
    }
}
