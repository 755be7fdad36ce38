//! PersistentVolume: storage of the cluster, which a claim may take.

mod columns;
mod defaults;
mod source;
#[cfg(test)]
mod tests;
mod validate;

pub(crate) use self::{
    columns::modes as shown_modes,
    defaults::inline as default_inline,
    validate::{Owner, check_modes, check_positive, check_volume_mode, spec as check_spec},
};
use super::node_labels;
use api::core::v1::{PersistentVolume, PersistentVolumePhase};
use meta::{FieldErrors, FieldPath};
use resource::{Column, MetadataCheck, Part, RequestContext, Strategy, Subresources};

pub(crate) struct PersistentVolumes;

/// Named the class before `storageClassName` did.
pub(crate) const CLASS: &str = "volume.beta.kubernetes.io/storage-class";
pub(crate) const OLD_CLASS: &str =
    "deprecated since v1.8; use \"storageClassName\" attribute instead";
const MOUNT_OPTIONS: &str = "volume.beta.kubernetes.io/mount-options";

impl Strategy for PersistentVolumes {
    type Object = PersistentVolume;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Whole];
    const SHORT_NAMES: &'static [&'static str] = &["pv"];
    const RETURNS_DELETED_OBJECT: bool = true;
    const COLUMNS: &'static [Column<PersistentVolume>] = columns::COLUMNS;

    fn subresources(&self) -> Subresources<PersistentVolume> {
        Subresources::none().status_with(|to, from| to.status = from.status.clone(), StatusPart)
    }

    fn set_defaults(&self, volume: &mut PersistentVolume) {
        defaults::volume(volume);
    }

    fn prepare_create(&self, cx: &RequestContext, new: &mut PersistentVolume) {
        new.status.phase = PersistentVolumePhase::PENDING.into();
        new.status.last_phase_transition_time = Some(cx.now);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &PersistentVolume) {
        validate::whole(errors, new, None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &PersistentVolume,
        old: &PersistentVolume,
    ) {
        validate::update(errors, new, old);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, new: &PersistentVolume) -> Vec<String> {
        warnings(new)
    }
}

fn warnings(volume: &PersistentVolume) -> Vec<String> {
    let mut all = Vec::new();
    let (annotations, spec) = (
        FieldPath::new("metadata.annotations"),
        FieldPath::new("spec"),
    );
    let has = |key: &str| volume.metadata.annotations.contains_key(key);
    if has(CLASS) {
        all.push(format!("{}: {OLD_CLASS}", annotations.key(CLASS)));
    }
    if has(MOUNT_OPTIONS) {
        let words = "deprecated since v1.31; use \"mountOptions\" attribute instead";
        all.push(format!("{}: {words}", annotations.key(MOUNT_OPTIONS)));
    }
    if volume.spec.persistent_volume_reclaim_policy == "Recycle" {
        let words = "The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.";
        all.push(format!(
            "{}: {words}",
            spec.child("persistentVolumeReclaimPolicy")
        ));
    }
    let required = volume.spec.node_affinity.iter();
    let required = required.filter_map(|affinity| affinity.required.as_deref());
    let terms = required.flat_map(|selector| selector.node_selector_terms.iter());
    for (index, term) in terms.enumerate() {
        let path = spec
            .child("nodeAffinity.required.nodeSelectorTerms")
            .index(index);
        for (index, requirement) in term.match_expressions.iter().enumerate() {
            if let Some(words) = node_labels::renamed(&requirement.key) {
                let path = path.child("matchExpressions").index(index).child("key");
                all.push(format!("{path}: {} is {words}", requirement.key));
            }
        }
    }
    let source = &volume.spec.persistent_volume_source;
    all.extend(
        source::outdated(source).map(|(name, words)| format!("{}: {words}", spec.child(name))),
    );
    all
}

/// The time of the last change of phase is kept here, unless the client says it.
struct StatusPart;

impl Part<PersistentVolume> for StatusPart {
    fn prepare_update(
        &self,
        cx: &RequestContext,
        new: &mut PersistentVolume,
        old: &PersistentVolume,
    ) {
        let (new, old) = (&mut new.status, &old.status);
        let (said, before) = (
            new.last_phase_transition_time,
            old.last_phase_transition_time,
        );
        if new.phase == old.phase {
            new.last_phase_transition_time = said.or(before);
        } else if said.is_none() || said == before {
            new.last_phase_transition_time = Some(cx.now);
        }
    }
}
