//! What `kubectl get persistentvolumes` prints.

use api::core::v1::PersistentVolume;
use meta::Str;
use resource::Column;

pub(super) const COLUMNS: &[Column<PersistentVolume>] = &[
    Column::NAME,
    Column::text(
        "Capacity",
        "How much fits.",
        |volume: &PersistentVolume, _| {
            let room = volume.spec.capacity.get("storage").cloned();
            room.unwrap_or_default().to_string().into()
        },
    ),
    Column::text(
        "Access Modes",
        "How it can be mounted.",
        |volume: &PersistentVolume, _| modes(&volume.spec.access_modes).into(),
    ),
    Column::text(
        "Reclaim Policy",
        "What happens once it is released.",
        |volume: &PersistentVolume, _| volume.spec.persistent_volume_reclaim_policy.as_str().into(),
    ),
    Column::text(
        "Status",
        "Whether it is free, taken or released.",
        |volume: &PersistentVolume, _| {
            if volume.metadata.deletion_timestamp.is_some() {
                "Terminating".into()
            } else {
                volume.status.phase.as_str().into()
            }
        },
    ),
    Column::text(
        "Claim",
        "The claim that has it.",
        |volume: &PersistentVolume, _| match &volume.spec.claim_ref {
            Some(claim) => format!("{}/{}", claim.namespace, claim.name).into(),
            None => "".into(),
        },
    ),
    Column::text(
        "StorageClass",
        "Its class.",
        |volume: &PersistentVolume, _| {
            let old = volume.metadata.annotations.get(super::CLASS);
            old.unwrap_or(&volume.spec.storage_class_name)
                .as_str()
                .into()
        },
    ),
    Column::text(
        "VolumeAttributesClass",
        "The class of what can be changed of it.",
        |volume: &PersistentVolume, _| {
            let class = volume.spec.volume_attributes_class_name.as_deref();
            class.unwrap_or("<unset>").into()
        },
    ),
    Column::text(
        "Reason",
        "Why it is in its phase.",
        |volume: &PersistentVolume, _| volume.status.reason.as_str().into(),
    ),
    Column::AGE,
    Column::text(
        "VolumeMode",
        "Whether it is a file system or a block device.",
        |volume: &PersistentVolume, _| {
            let mode = volume.spec.volume_mode.as_deref();
            mode.unwrap_or("<unset>").into()
        },
    )
    .wide(),
];

/// In short, always in the same order.
pub(crate) fn modes(modes: &[Str]) -> String {
    const SHORT: &[(&str, &str)] = &[
        ("ReadWriteOnce", "RWO"),
        ("ReadOnlyMany", "ROX"),
        ("ReadWriteMany", "RWX"),
        ("ReadWriteOncePod", "RWOP"),
    ];
    let there = SHORT
        .iter()
        .filter(|(long, _)| modes.iter().any(|mode| mode == *long));
    let there: Vec<&str> = there.map(|(_, short)| *short).collect();
    there.join(",")
}
