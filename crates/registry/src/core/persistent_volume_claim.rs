//! PersistentVolumeClaim: a wish for storage.

#[cfg(test)]
mod tests;
mod update;
mod validate;

pub(crate) use self::validate::spec as check_spec;
use super::{
    persistent_volume::{CLASS, OLD_CLASS, shown_modes},
    resource_names,
};
use api::core::v1::{
    PersistentVolumeClaim, PersistentVolumeClaimPhase, PersistentVolumeClaimSpec,
    TypedLocalObjectReference, TypedObjectReference,
};
use meta::{FieldErrors, FieldPath};
use resource::{Column, MetadataCheck, Part, RequestContext, Strategy, Subresources};

pub(crate) struct PersistentVolumeClaims;

impl Strategy for PersistentVolumeClaims {
    type Object = PersistentVolumeClaim;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const SHORT_NAMES: &'static [&'static str] = &["pvc"];
    const RETURNS_DELETED_OBJECT: bool = true;
    const COLUMNS: &'static [Column<PersistentVolumeClaim>] = COLUMNS;

    fn subresources(&self) -> Subresources<PersistentVolumeClaim> {
        Subresources::none().status_with(|to, from| to.status = from.status.clone(), StatusPart)
    }

    fn set_defaults(&self, claim: &mut PersistentVolumeClaim) {
        if claim.status.phase.is_empty() {
            claim.status.phase = PersistentVolumeClaimPhase::PENDING.into();
        }
        resource_names::round_up(&mut claim.status.capacity);
        resource_names::round_up(&mut claim.status.allocated_resources);
        set_spec_defaults(&mut claim.spec);
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut PersistentVolumeClaim) {
        new.status.phase = PersistentVolumeClaimPhase::PENDING.into();
        settle_sources(&mut new.spec, None);
    }

    fn prepare_update(
        &self,
        _cx: &RequestContext,
        new: &mut PersistentVolumeClaim,
        old: &PersistentVolumeClaim,
    ) {
        settle_sources(&mut new.spec, Some(&old.spec));
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        claim: &PersistentVolumeClaim,
    ) {
        validate::claim(errors, claim, None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &PersistentVolumeClaim,
        old: &PersistentVolumeClaim,
    ) {
        update::check(errors, new, old);
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        claim: &PersistentVolumeClaim,
    ) -> Vec<String> {
        let mut all = Vec::new();
        if claim.metadata.annotations.contains_key(CLASS) {
            let path = FieldPath::new("metadata.annotations").key(CLASS);
            all.push(format!("{path}: {OLD_CLASS}"));
        }
        all.extend(spec_warnings(&FieldPath::new("spec"), &claim.spec));
        all
    }
}

/// What is odd about the claim that is specified at `path`.
pub(crate) fn spec_warnings(path: &FieldPath, spec: &PersistentVolumeClaimSpec) -> Vec<String> {
    let resources = &spec.resources;
    let lists = [
        ("requests", &resources.requests),
        ("limits", &resources.limits),
    ];
    let mut all = Vec::new();
    for (name, list) in lists {
        let Some(amount) = list.get("storage") else {
            continue;
        };
        if !amount.is_whole() {
            let path = path.child("resources").child(name).key("storage");
            let shown = amount.to_string();
            all.push(format!(
                "{path}: fractional byte value {shown:?} is invalid, must be an integer"
            ));
        }
    }
    all
}

const COLUMNS: &[Column<PersistentVolumeClaim>] = &[
    Column::NAME,
    Column::text(
        "Status",
        "Whether it has a volume.",
        |claim: &PersistentVolumeClaim, _| {
            if claim.metadata.deletion_timestamp.is_some() {
                "Terminating".into()
            } else {
                claim.status.phase.as_str().into()
            }
        },
    ),
    Column::text(
        "Volume",
        "The volume that it has.",
        |claim: &PersistentVolumeClaim, _| claim.spec.volume_name.as_str().into(),
    ),
    Column::text(
        "Capacity",
        "How much fits in that.",
        |claim: &PersistentVolumeClaim, _| {
            if claim.spec.volume_name.is_empty() {
                return "".into();
            }
            let room = claim.status.capacity.get("storage").cloned();
            room.unwrap_or_default().to_string().into()
        },
    ),
    Column::text(
        "Access Modes",
        "How that can be mounted.",
        |claim: &PersistentVolumeClaim, _| {
            if claim.spec.volume_name.is_empty() {
                return "".into();
            }
            shown_modes(&claim.status.access_modes).into()
        },
    ),
    Column::text(
        "StorageClass",
        "Its class.",
        |claim: &PersistentVolumeClaim, _| {
            let old = claim.metadata.annotations.get(CLASS);
            let class = old.or(claim.spec.storage_class_name.as_ref());
            class.map_or("", |class| class.as_str()).into()
        },
    ),
    Column::text(
        "VolumeAttributesClass",
        "The class of what can be changed of the volume.",
        |claim: &PersistentVolumeClaim, _| {
            let class = claim.spec.volume_attributes_class_name.as_deref();
            class.unwrap_or("<unset>").into()
        },
    ),
    Column::AGE,
    Column::text(
        "VolumeMode",
        "Whether it wants a file system or a block device.",
        |claim: &PersistentVolumeClaim, _| {
            let mode = claim.spec.volume_mode.as_deref();
            mode.unwrap_or("<unset>").into()
        },
    )
    .wide(),
];

/// What claims and templates of claims get.
pub(crate) fn set_spec_defaults(spec: &mut PersistentVolumeClaimSpec) {
    spec.volume_mode.get_or_insert_with(|| "Filesystem".into());
    resource_names::round_up(&mut spec.resources.limits);
    resource_names::round_up(&mut spec.resources.requests);
}

/// Two fields say from what the volume is filled; both end up saying it. The older one takes claims and snapshots alone: anything else in
/// it alone is dropped, as it always was.
fn settle_sources(spec: &mut PersistentVolumeClaimSpec, old: Option<&PersistentVolumeClaimSpec>) {
    let foreign = |spec: &PersistentVolumeClaimSpec| {
        let source = spec.data_source_ref.as_ref();
        source.is_some_and(|source| source.namespace.as_ref().is_some_and(|one| !one.is_empty()))
    };
    // Sources of other namespaces are not served yet (CrossNamespaceVolumeDataSource).
    if foreign(spec) && old.is_none_or(|old| old.data_source_ref.is_none()) {
        spec.data_source_ref = None;
    }
    let had = old.is_some_and(|old| old.data_source.is_some() || old.data_source_ref.is_some());
    if !had && spec.data_source_ref.is_none() && !spec.data_source.as_deref().is_some_and(is_known)
    {
        spec.data_source = None;
    }
    match (&spec.data_source, &spec.data_source_ref) {
        (Some(source), None) => {
            let same = TypedObjectReference {
                api_group: source.api_group.clone(),
                kind: source.kind.clone(),
                name: source.name.clone(),
                namespace: None,
            };
            spec.data_source_ref = Some(Box::new(same));
        }
        (None, Some(source)) if !foreign(spec) => {
            let same = TypedLocalObjectReference {
                api_group: source.api_group.clone(),
                kind: source.kind.clone(),
                name: source.name.clone(),
            };
            spec.data_source = Some(Box::new(same));
        }
        _ => {}
    }
}

fn is_known(source: &TypedLocalObjectReference) -> bool {
    let group = source.api_group.as_deref().unwrap_or_default();
    matches!(
        (group, source.kind.as_str()),
        ("", "PersistentVolumeClaim") | ("snapshot.storage.k8s.io", "VolumeSnapshot")
    )
}

struct StatusPart;

impl Part<PersistentVolumeClaim> for StatusPart {
    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &PersistentVolumeClaim,
        _old: &PersistentVolumeClaim,
    ) {
        update::check_status(errors, new);
    }
}
