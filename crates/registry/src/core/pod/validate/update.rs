//! What of a pod may change, and through which of its parts.

use super::{
    Lenient, Rules, annotations, check_image, difference, gated, internal, placement, whole,
};
use api::core::v1::{Container, EphemeralContainer, Pod, PodSpec};
use meta::{FieldErrors, FieldPath};

const UPDATABLE: &str = "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
const DEADLINE: &str = "activeDeadlineSeconds";

/// `ValidatePodUpdate`.
pub(in crate::core::pod) fn update(errors: &mut FieldErrors, new: &Pod, old: &Pod) {
    check_whole(errors, new, old);
    let path = FieldPath::new("spec");
    for (name, new, old) in [
        (
            "containers",
            new.spec.containers.as_slice(),
            old.spec.containers.as_slice(),
        ),
        (
            "initContainers",
            &new.spec.init_containers,
            &old.spec.init_containers,
        ),
    ] {
        if !check_containers(errors, &path.child(name), new, old) {
            return;
        }
    }
    if !check_deadline(errors, &path.child(DEADLINE), &new.spec, &old.spec) {
        return;
    }
    let (added, held) = (&new.spec.tolerations, &old.spec.tolerations);
    placement::check_only_added(errors, &path.child("tolerations"), added, held);
    placement::check_only_opened(errors, &new.spec, &old.spec);
    if new.spec == old.spec {
        return;
    }
    let munged = munged(errors, new, old);
    if munged != old.spec {
        let difference =
            difference::unified(&internal::indented(&old.spec), &internal::indented(&munged));
        let words =
            format!("pod updates may not change fields other than {UPDATABLE}\n{difference}");
        errors.forbidden(&path, words);
    }
}

fn check_whole(errors: &mut FieldErrors, new: &Pod, old: &Pod) {
    let lenient = Lenient::of(&old.spec, &old.metadata);
    whole(errors, new, lenient);
    let rules = Rules {
        pod: Some(&new.metadata),
        lenient,
    };
    annotations::check_update(errors, new, old, &rules);
}

/// Containers stay as many as they are, and have images.
fn check_containers(
    errors: &mut FieldErrors,
    path: &FieldPath,
    new: &[Container],
    old: &[Container],
) -> bool {
    if new.len() != old.len() {
        errors.forbidden(path, "pod updates may not add or remove containers");
        return false;
    }
    for (index, container) in new.iter().enumerate() {
        if container.image.is_empty() {
            errors.required(&path.index(index).child("image"), "");
        }
        check_image(errors, &path.index(index), &container.image);
    }
    true
}

/// A deadline may be set, and may come nearer.
fn check_deadline(
    errors: &mut FieldErrors,
    path: &FieldPath,
    new: &PodSpec,
    old: &PodSpec,
) -> bool {
    match (new.active_deadline_seconds, old.active_deadline_seconds) {
        (Some(new), _) if !(0..=i64::from(i32::MAX)).contains(&new) => {
            errors.invalid(path, new, "must be between 0 and 2147483647, inclusive");
            false
        }
        (Some(new), Some(old)) if old < new => {
            errors.invalid(path, new, "must be less than or equal to previous value");
            false
        }
        (None, Some(_)) => {
            errors.invalid(
                path,
                None::<i64>,
                "must not update from a positive integer to nil value",
            );
            true
        }
        _ => true,
    }
}

/// The new spec with everything that may change as it was.
fn munged(errors: &mut FieldErrors, new: &Pod, old: &Pod) -> PodSpec {
    let mut munged = new.spec.clone();
    keep_images(&mut munged.containers, &old.spec.containers);
    keep_images(&mut munged.init_containers, &old.spec.init_containers);
    munged.active_deadline_seconds = old.spec.active_deadline_seconds;
    munged.scheduling_gates = old.spec.scheduling_gates.clone();
    munged.tolerations = old.spec.tolerations.clone();
    let period = old.spec.termination_grace_period_seconds;
    if period.is_some_and(|old| old < 0) && munged.termination_grace_period_seconds == Some(1) {
        munged.termination_grace_period_seconds = period;
    }
    if !old.spec.scheduling_gates.is_empty() {
        gated::take_back(errors, &mut munged, &old.spec);
    }
    munged
}

fn keep_images(new: &mut [Container], old: &[Container]) {
    for (new, old) in new.iter_mut().zip(old) {
        new.image = old.image.clone();
    }
}

/// Ephemeral containers can be added, never changed or removed (`ValidatePodEphemeralContainersUpdate`).
pub(in crate::core::pod) fn ephemeral_update(errors: &mut FieldErrors, new: &Pod, old: &Pod) {
    if old.metadata.annotations.contains_key(annotations::MIRROR) {
        let words = "static pods do not support ephemeral containers";
        return errors.forbidden(&FieldPath::root(), words);
    }
    check_whole(errors, new, old);
    let path = FieldPath::new("spec").child("ephemeralContainers");
    for held in &old.spec.ephemeral_containers {
        let name = name(held);
        let mut all = new.spec.ephemeral_containers.iter().rev();
        match all.find(|one| self::name(one) == name) {
            None => errors.forbidden(
                &path,
                format!("existing ephemeral containers {name:?} may not be removed\n"),
            ),
            Some(found) if found != held => {
                let (old, new) = (internal::indented(held), internal::indented(found));
                let difference = difference::unified(&old, &new);
                errors.forbidden(
                    &path,
                    format!(
                        "existing ephemeral containers {name:?} may not be changed\n{difference}"
                    ),
                );
            }
            Some(_) => {}
        }
    }
}

fn name(container: &EphemeralContainer) -> &str {
    &container.ephemeral_container_common.name
}
