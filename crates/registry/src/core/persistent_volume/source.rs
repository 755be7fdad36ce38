//! The storage behind a volume: exactly one of many sorts, in the order in which upstream looks.

use crate::{
    core::{
        csi,
        pod::validate::{
            host_path,
            shared::{self, byte, need},
        },
    },
    rules,
};
use api::core::v1::{
    AzureFilePersistentVolumeSource, CSIPersistentVolumeSource, CinderPersistentVolumeSource,
    GlusterfsPersistentVolumeSource, ISCSIPersistentVolumeSource, LocalVolumeSource,
    PersistentVolumeSource, SecretReference, StorageOSPersistentVolumeSource,
};
use meta::{FieldErrors, FieldPath};

const ISCSI_NAME_BYTES_MAX: usize = 64;
const OLD_22: &str = "deprecated in v1.22, non-functional in v1.25+";
const OLD_28: &str = "deprecated in v1.28, non-functional in v1.31+";

/// Those that no longer work.
pub(super) fn outdated(
    source: &PersistentVolumeSource,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = [
        ("cephfs", source.cephfs.is_some(), OLD_28),
        (
            "photonPersistentDisk",
            source.photon_persistent_disk.is_some(),
            "deprecated in v1.11, non-functional in v1.16+",
        ),
        (
            "scaleIO",
            source.scale_io.is_some(),
            "deprecated in v1.16, non-functional in v1.22+",
        ),
        ("storageOS", source.storageos.is_some(), OLD_22),
        (
            "glusterfs",
            source.glusterfs.is_some(),
            "deprecated in v1.25, non-functional in v1.26+",
        ),
        ("rbd", source.rbd.is_some(), OLD_28),
    ];
    let there = all.into_iter().filter(|(_, there, _)| *there);
    there.map(|(name, _, words)| (name, words))
}

/// Whether there is one already.
struct First<'e> {
    errors: &'e mut FieldErrors,
    path: &'e FieldPath,
    found: bool,
}

impl First<'_> {
    /// `names`: as in errors about a second source, and as in those about its fields.
    fn one<T>(
        &mut self,
        names: (&str, &str),
        source: Option<&T>,
        check: impl FnOnce(&mut FieldErrors, &FieldPath, &T),
    ) {
        let Some(source) = source else { return };
        if self.found {
            let words = "may not specify more than 1 volume type";
            self.errors.forbidden(&self.path.child(names.0), words);
        } else {
            check(self.errors, &self.path.child(names.1), source);
        }
        self.found = true;
    }

    fn same<T>(
        &mut self,
        name: &str,
        source: Option<&T>,
        check: impl FnOnce(&mut FieldErrors, &FieldPath, &T),
    ) {
        self.one((name, name), source, check);
    }
}

/// `volume`: the name of the persistent volume. `affinity`: where a local one misses that it says on which node it is.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    s: &PersistentVolumeSource,
    volume: &str,
    affinity: Option<&FieldPath>,
) {
    let mut first = First {
        errors,
        path,
        found: false,
    };
    early(&mut first, s, volume);
    late(&mut first, s, affinity);
    if !first.found {
        errors.required(path, "must specify a volume type");
    }
}

fn early(first: &mut First<'_>, s: &PersistentVolumeSource, volume: &str) {
    first.same("hostPath", s.host_path.as_deref(), host_path);
    let names = ("gcePersistentDisk", "persistentDisk");
    first.one(names, s.gce_persistent_disk.as_deref(), shared::gce);
    let disk = s.aws_elastic_block_store.as_deref();
    first.same("awsElasticBlockStore", disk, shared::aws);
    first.same("glusterfs", s.glusterfs.as_deref(), glusterfs);
    first.same("flocker", s.flocker.as_deref(), shared::flocker);
    first.same("nfs", s.nfs.as_deref(), shared::nfs);
    first.same("rbd", s.rbd.as_deref(), |errors, path, rbd| {
        if rbd.monitors.is_empty() {
            errors.required(&path.child("monitors"), "");
        }
        need(errors, path, &[("image", &rbd.image)]);
    });
    first.same("quobyte", s.quobyte.as_deref(), shared::quobyte);
    let names = ("cephFS", "cephfs");
    first.one(names, s.cephfs.as_deref(), |errors, path, ceph| {
        if ceph.monitors.is_empty() {
            errors.required(&path.child("monitors"), "");
        }
    });
    first.same("iscsi", s.iscsi.as_deref(), |errors, path, source| {
        iscsi(errors, path, source, volume);
    });
    first.same("cinder", s.cinder.as_deref(), cinder);
    first.same("fc", s.fc.as_deref(), shared::fc);
    if let Some(flex) = &s.flex_volume {
        // Upstream does not say here that there is another.
        let path = first.path.child("flexVolume");
        shared::flex(first.errors, &path, &flex.driver, &flex.options);
        first.found = true;
    }
}

fn late(first: &mut First<'_>, s: &PersistentVolumeSource, affinity: Option<&FieldPath>) {
    first.same("azureFile", s.azure_file.as_deref(), azure_file);
    let disk = s.vsphere_volume.as_deref();
    first.same("vsphereVolume", disk, |errors, path, disk| {
        need(errors, path, &[("volumePath", &disk.volume_path)]);
    });
    let disk = s.photon_persistent_disk.as_deref();
    first.same("photonPersistentDisk", disk, |errors, path, disk| {
        need(errors, path, &[("pdID", &disk.pd_id)]);
    });
    let disk = s.portworx_volume.as_deref();
    first.same("portworxVolume", disk, |errors, path, disk| {
        need(errors, path, &[("volumeID", &disk.volume_id)]);
    });
    first.same("azureDisk", s.azure_disk.as_deref(), shared::azure_disk);
    first.same("scaleIO", s.scale_io.as_deref(), |errors, path, io| {
        let fields = [
            ("gateway", io.gateway.as_str()),
            ("system", &io.system),
            ("volumeName", &io.volume_name),
        ];
        need(errors, path, &fields);
    });
    let disk = s.local.as_deref();
    first.same("local", disk, |errors, path, disk| {
        local(errors, path, disk, affinity);
    });
    first.same("storageos", s.storageos.as_deref(), storageos);
    first.same("csi", s.csi.as_deref(), csi);
}

fn glusterfs(
    errors: &mut FieldErrors,
    path: &FieldPath,
    gluster: &GlusterfsPersistentVolumeSource,
) {
    let fields = [
        ("endpoints", gluster.endpoints.as_str()),
        ("path", &gluster.path),
    ];
    need(errors, path, &fields);
    let path = path.child("endpointsNamespace");
    match &gluster.endpoints_namespace {
        Some(namespace) if namespace.is_empty() => {
            let words = "if the endpointnamespace is set, it must be a valid namespace name";
            errors.invalid(&path, namespace, words);
        }
        Some(namespace) => rules::label(errors, &path, namespace),
        None => {}
    }
}

fn iscsi(
    errors: &mut FieldErrors,
    path: &FieldPath,
    iscsi: &ISCSIPersistentVolumeSource,
    volume: &str,
) {
    let portal = &iscsi.target_portal;
    need(errors, path, &[("targetPortal", portal)]);
    if iscsi.initiator_name.is_some() && volume.len() + 1 + portal.len() > ISCSI_NAME_BYTES_MAX {
        let words = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
        errors.invalid(&path.child("targetportal"), portal, words);
    }
    let name = path.child("iqn");
    if iscsi.iqn.is_empty() {
        errors.required(&name, "");
    } else {
        iscsi_name(errors, &name, &iscsi.iqn);
    }
    byte(errors, &path.child("lun"), iscsi.lun);
    let secret = path.child("secretRef");
    match &iscsi.secret_ref {
        None if iscsi.chap_auth_discovery || iscsi.chap_auth_session => {
            errors.required(&secret, "");
        }
        None => {}
        Some(reference) => need(errors, &secret, &[("name", &reference.name)]),
    }
    if let Some(initiator) = &iscsi.initiator_name {
        iscsi_name(errors, &path.child("initiatorname"), initiator);
    }
}

/// In fewer words than of pods.
fn iscsi_name(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if !shared::is_iscsi_name(name) {
        errors.invalid(path, name, "must be valid format");
    }
}

fn cinder(errors: &mut FieldErrors, path: &FieldPath, cinder: &CinderPersistentVolumeSource) {
    need(errors, path, &[("volumeID", &cinder.volume_id)]);
    if let Some(secret) = &cinder.secret_ref {
        let fields = [
            ("name", secret.name.as_str()),
            ("namespace", &secret.namespace),
        ];
        need(errors, &path.child("secretRef"), &fields);
    }
}

fn azure_file(errors: &mut FieldErrors, path: &FieldPath, azure: &AzureFilePersistentVolumeSource) {
    let fields = [
        ("secretName", azure.secret_name.as_str()),
        ("shareName", &azure.share_name),
    ];
    need(errors, path, &fields);
    if let Some(namespace) = &azure.secret_namespace {
        need(errors, path, &[("secretNamespace", namespace)]);
    }
}

fn local(
    errors: &mut FieldErrors,
    path: &FieldPath,
    local: &LocalVolumeSource,
    affinity: Option<&FieldPath>,
) {
    let path = path.child("path");
    rules::required(errors, &path, &local.path);
    rules::no_backsteps(errors, &path, &local.path);
    if let Some(missing) = affinity {
        errors.required(missing, "Local volume requires node affinity");
    }
}

fn storageos(
    errors: &mut FieldErrors,
    path: &FieldPath,
    storage: &StorageOSPersistentVolumeSource,
) {
    shared::storage_os(
        errors,
        path,
        &storage.volume_name,
        &storage.volume_namespace,
    );
    if let Some(secret) = &storage.secret_ref {
        let fields = [
            ("name", secret.name.as_str()),
            ("namespace", &secret.namespace),
        ];
        need(errors, &path.child("secretRef"), &fields);
    }
}

fn csi(errors: &mut FieldErrors, path: &FieldPath, csi: &CSIPersistentVolumeSource) {
    csi::check_driver_name(errors, &path.child("driver"), &csi.driver);
    need(errors, path, &[("volumeHandle", &csi.volume_handle)]);
    for (name, secret) in [
        (
            "controllerPublishSecretRef",
            &csi.controller_publish_secret_ref,
        ),
        (
            "controllerExpandSecretRef",
            &csi.controller_expand_secret_ref,
        ),
        ("nodePublishSecretRef", &csi.node_publish_secret_ref),
        ("nodeExpandSecretRef", &csi.node_expand_secret_ref),
    ] {
        if let Some(secret) = secret {
            check_secret(errors, &path.child(name), secret);
        }
    }
}

fn check_secret(errors: &mut FieldErrors, path: &FieldPath, secret: &SecretReference) {
    let (name, namespace) = (path.child("name"), path.child("namespace"));
    if secret.name.is_empty() {
        errors.required(&name, "");
    } else {
        rules::subdomain(errors, &name, &secret.name);
    }
    if secret.namespace.is_empty() {
        errors.required(&namespace, "");
    } else {
        rules::label(errors, &namespace, &secret.namespace);
    }
}
