//! Validation of volumes, and of the specs that VolumeAttachments carry inline.

use super::{MOUNT_OPTIONS, source};
use crate::{
    core::{
        pod::validate::{check_node_term, indented, internal_form, unified},
        resource_names,
    },
    rules,
};
use api::core::v1::{
    NodeSelectorTerm, PersistentVolume, PersistentVolumeSource, PersistentVolumeSpec,
    VolumeNodeAffinity,
};
use meta::{FieldErrors, FieldPath, Map, Quantity, Str, Verbatim};

const MODES: &[&str] = &[
    "ReadOnlyMany",
    "ReadWriteMany",
    "ReadWriteOnce",
    "ReadWriteOncePod",
];
const ALONE: &str = "ReadWriteOncePod";
const POLICIES: &[&str] = &["Delete", "Recycle", "Retain"];
const VOLUME_MODES: &[&str] = &["Block", "Filesystem"];
const POSITIVE: &str = "must be greater than zero";

/// Whose spec it is.
#[derive(Clone, Copy)]
pub(crate) enum Owner<'v> {
    Volume {
        name: &'v str,
        /// Values of node labels that were wrong before may stay so.
        lenient_labels: bool,
    },
    Attachment,
}

pub(super) fn whole(
    errors: &mut FieldErrors,
    new: &PersistentVolume,
    old: Option<&PersistentVolume>,
) {
    volume(errors, new, old);
    mount_options(errors, new);
}

fn volume(errors: &mut FieldErrors, new: &PersistentVolume, old: Option<&PersistentVolume>) {
    let owner = Owner::Volume {
        name: &new.metadata.name,
        lenient_labels: old.is_some_and(|old| has_bad_label_values(&old.spec)),
    };
    spec(errors, &FieldPath::new("spec"), &new.spec, owner);
}

fn mount_options(errors: &mut FieldErrors, new: &PersistentVolume) {
    let options = new.metadata.annotations.contains_key(MOUNT_OPTIONS);
    if options && !takes_mount_options(&new.spec.persistent_volume_source) {
        let path = FieldPath::new("metadata.annotations").child(MOUNT_OPTIONS);
        let words = "may not specify mount options for this volume type";
        errors.forbidden(&path, words);
    }
}

fn has_bad_label_values(spec: &PersistentVolumeSpec) -> bool {
    let problems = |values_are_labels| {
        let mut errors = FieldErrors::new();
        for term in terms(spec) {
            check_node_term(&mut errors, &FieldPath::root(), term, values_are_labels);
        }
        errors.len()
    };
    problems(true) > problems(false)
}

fn terms(spec: &PersistentVolumeSpec) -> impl Iterator<Item = &NodeSelectorTerm> {
    let required = spec.node_affinity.iter();
    let required = required.filter_map(|affinity| affinity.required.as_deref());
    required.flat_map(|selector| selector.node_selector_terms.iter())
}

fn takes_mount_options(source: &PersistentVolumeSource) -> bool {
    source.gce_persistent_disk.is_some()
        || source.aws_elastic_block_store.is_some()
        || source.glusterfs.is_some()
        || source.nfs.is_some()
        || source.rbd.is_some()
        || source.quobyte.is_some()
        || source.iscsi.is_some()
        || source.cinder.is_some()
        || source.cephfs.is_some()
        || source.azure_file.is_some()
        || source.azure_disk.is_some()
        || source.vsphere_volume.is_some()
        || source.photon_persistent_disk.is_some()
}

/// How a volume can be mounted, or a claim wants it to be.
pub(crate) fn check_modes(errors: &mut FieldErrors, path: &FieldPath, modes: &[Str]) {
    for mode in modes {
        rules::optional_one_of(errors, path, Some(mode), MODES);
    }
    let others = |mode: &Str| mode != ALONE && MODES.contains(&mode.as_str());
    if modes.iter().any(|mode| mode == ALONE) && modes.iter().any(others) {
        let words = "may not use ReadWriteOncePod with other access modes";
        errors.forbidden(path, words);
    }
}

pub(crate) fn check_volume_mode(errors: &mut FieldErrors, path: &FieldPath, mode: Option<&Str>) {
    rules::optional_one_of(errors, path, mode, VOLUME_MODES);
}

/// Upstream `ValidatePersistentVolumeSpec`.
pub(crate) fn spec(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &PersistentVolumeSpec,
    owner: Owner<'_>,
) {
    if let Owner::Attachment = owner {
        before_inline(errors, path, spec);
    }
    let modes = path.child("accessModes");
    if spec.access_modes.is_empty() {
        errors.required(&modes, "");
    }
    check_modes(errors, &modes, &spec.access_modes);
    match owner {
        Owner::Volume { lenient_labels, .. } => of_volume(errors, path, spec, lenient_labels),
        Owner::Attachment => of_inline(errors, path, spec),
    }
    let name = match owner {
        Owner::Volume { name, .. } => name,
        Owner::Attachment => "",
    };
    let source = &spec.persistent_volume_source;
    let affinity = path.child("nodeAffinity");
    let missing = spec.node_affinity.is_none().then_some(&affinity);
    source::check(errors, path, source, name, missing);
    let root = source
        .host_path
        .as_ref()
        .is_some_and(|host| is_root(&host.path));
    if root && spec.persistent_volume_reclaim_policy == "Recycle" {
        let words = "may not be 'recycle' for a hostPath mount of '/'";
        errors.forbidden(&path.child("persistentVolumeReclaimPolicy"), words);
    }
    match owner {
        Owner::Volume { .. } => after_volume(errors, path, spec),
        Owner::Attachment => after_inline(errors, path, spec),
    }
}

fn is_root(path: &str) -> bool {
    let mut depth = 0_usize;
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => depth = depth.saturating_sub(1),
            _ => depth += 1,
        }
    }
    path.starts_with('/') && depth == 0
}

fn of_volume(
    errors: &mut FieldErrors,
    path: &FieldPath,
    spec: &PersistentVolumeSpec,
    lenient_labels: bool,
) {
    check_capacity(errors, &path.child("capacity"), &spec.capacity);
    let policy = &spec.persistent_volume_reclaim_policy;
    if !policy.is_empty() {
        let path = path.child("persistentVolumeReclaimPolicy");
        rules::one_of(errors, &path, policy, POLICIES);
    }
    if let Some(affinity) = &spec.node_affinity {
        let path = path.child("nodeAffinity").child("required");
        check_affinity(errors, &path, affinity, lenient_labels);
    }
}

fn check_capacity(errors: &mut FieldErrors, path: &FieldPath, capacity: &Map<Str, Quantity>) {
    if capacity.is_empty() {
        errors.required(path, "");
        errors.not_supported(path, capacity, &["storage"]);
        return;
    }
    if !capacity.contains_key("storage") || capacity.len() > 1 {
        errors.not_supported(path, capacity, &["storage"]);
    }
    for (name, amount) in capacity.iter() {
        check_amount(errors, &path.key(name), amount);
    }
}

fn check_amount(errors: &mut FieldErrors, path: &FieldPath, amount: &Quantity) {
    if amount.sign() < 0 {
        let words = "must be a valid resource quantity";
        errors.invalid(path, amount.value(), words);
    }
    if amount.sign() <= 0 {
        errors.invalid(path, amount, POSITIVE);
    }
}

/// Of claims: more than nothing.
pub(crate) fn check_positive(errors: &mut FieldErrors, path: &FieldPath, amount: &Quantity) {
    if amount.sign() <= 0 {
        errors.invalid(path, amount, POSITIVE);
    } else {
        resource_names::check_amount(errors, path, "storage", amount);
    }
}

fn check_affinity(
    errors: &mut FieldErrors,
    path: &FieldPath,
    affinity: &VolumeNodeAffinity,
    lenient_labels: bool,
) {
    let Some(required) = &affinity.required else {
        return errors.required(path, "must specify required node constraints");
    };
    let path = path.child("nodeSelectorTerms");
    if required.node_selector_terms.is_empty() {
        errors.required(&path, "must have at least one node selector term");
    }
    for (index, term) in required.node_selector_terms.iter().enumerate() {
        check_node_term(errors, &path.index(index), term, !lenient_labels);
    }
}

fn after_volume(errors: &mut FieldErrors, path: &FieldPath, spec: &PersistentVolumeSpec) {
    if !spec.storage_class_name.is_empty() {
        let path = path.child("storageClassName");
        rules::subdomain(errors, &path, &spec.storage_class_name);
    }
    let mode = spec.volume_mode.as_ref();
    check_volume_mode(errors, &path.child("volumeMode"), mode);
    let Some(class) = &spec.volume_attributes_class_name else {
        return;
    };
    let at = path.child("volumeAttributesClassName");
    if class.is_empty() {
        errors.required(&at, "an empty string is disallowed");
    } else {
        rules::subdomain(errors, &at, class);
    }
    if spec.persistent_volume_source.csi.is_none() {
        let words = "has to be specified when using volumeAttributesClassName";
        errors.required(&path.child("csi"), words);
    }
}

const INLINE: &str = "may not be specified in the context of inline volumes";

fn before_inline(errors: &mut FieldErrors, path: &FieldPath, spec: &PersistentVolumeSpec) {
    if spec.claim_ref.is_some() {
        errors.forbidden(&path.child("claimRef"), INLINE);
    }
    if !spec.capacity.is_empty() {
        errors.forbidden(&path.child("capacity"), INLINE);
    }
    if spec.persistent_volume_source.csi.is_none() {
        let words = "has to be specified in the context of inline volumes";
        errors.required(&path.child("csi"), words);
    }
}

fn of_inline(errors: &mut FieldErrors, path: &FieldPath, spec: &PersistentVolumeSpec) {
    let policy = &spec.persistent_volume_reclaim_policy;
    if !policy.is_empty() && policy != "Retain" {
        let path = path.child("persistentVolumeReclaimPolicy");
        let words = "may only be Retain in the context of inline volumes";
        errors.forbidden(&path, words);
    }
    if spec.node_affinity.is_some() {
        errors.forbidden(&path.child("nodeAffinity"), INLINE);
    }
}

fn after_inline(errors: &mut FieldErrors, path: &FieldPath, spec: &PersistentVolumeSpec) {
    if !spec.storage_class_name.is_empty() {
        errors.forbidden(&path.child("storageClassName"), INLINE);
    }
    if spec
        .volume_mode
        .as_ref()
        .is_some_and(|mode| mode != "Filesystem")
    {
        let words =
            "may not specify volumeMode other than Filesystem in the context of inline volumes";
        errors.forbidden(&path.child("volumeMode"), words);
    }
}

/// What a volume is made of never changes.
pub(super) fn update(errors: &mut FieldErrors, new: &PersistentVolume, old: &PersistentVolume) {
    // Upstream looks at the spec twice.
    whole(errors, new, Some(old));
    volume(errors, new, Some(old));
    let (new, old) = (&new.spec, &old.spec);
    let (mut source, before) = (
        new.persistent_volume_source.clone(),
        &old.persistent_volume_source,
    );
    if let (Some(csi), Some(before)) = (&mut source.csi, &before.csi)
        && before.controller_expand_secret_ref.is_none()
    {
        csi.controller_expand_secret_ref = None;
    }
    if source != *before {
        let difference = unified(&indented(before), &indented(&source));
        let words =
            format!("spec.persistentvolumesource is immutable after creation\n{difference}");
        errors.forbidden(&FieldPath::new("spec.persistentvolumesource"), words);
    }
    if new.volume_mode != old.volume_mode {
        errors.immutable(&FieldPath::new("volumeMode"), &new.volume_mode);
    }
    if old.node_affinity.is_some() && !same_affinity(new, old) {
        let shown = new.node_affinity.as_deref();
        let shown = shown.map_or("null".to_owned(), |affinity| internal_form(affinity));
        let words = "field is immutable, except for updating from beta label to GA";
        errors.invalid(&FieldPath::new("nodeAffinity"), Verbatim(&shown), words);
    }
    let class = |spec: &PersistentVolumeSpec| spec.volume_attributes_class_name.is_some();
    if class(old) && !class(new) {
        let path = FieldPath::new("spec.volumeAttributesClassName");
        let words = "update from non-nil value to nil is forbidden";
        errors.forbidden(&path, words);
    }
}

/// Old names of labels may be replaced by their new ones.
fn same_affinity(new: &PersistentVolumeSpec, old: &PersistentVolumeSpec) -> bool {
    const RENAMED: &[(&str, &str)] = &[
        (
            "failure-domain.beta.kubernetes.io/zone",
            "topology.kubernetes.io/zone",
        ),
        (
            "failure-domain.beta.kubernetes.io/region",
            "topology.kubernetes.io/region",
        ),
        (
            "beta.kubernetes.io/instance-type",
            "node.kubernetes.io/instance-type",
        ),
        ("beta.kubernetes.io/os", "kubernetes.io/os"),
        ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    ];
    if new.node_affinity.is_none() || terms(new).count() != terms(old).count() {
        return false;
    }
    let follow = |old: &NodeSelectorTerm, new: &NodeSelectorTerm| {
        let mut term = old.clone();
        let pairs = term
            .match_expressions
            .iter_mut()
            .zip(&new.match_expressions);
        for (before, now) in pairs {
            let renamed = RENAMED.iter().find(|(from, _)| before.key == *from);
            // Upstream looks labels without a new name up too, and finds an empty one.
            if now.key == renamed.map_or("", |(_, to)| to) {
                before.key = now.key.clone();
            }
        }
        term
    };
    terms(old)
        .zip(terms(new))
        .all(|(old, new)| follow(old, new) == *new)
}
