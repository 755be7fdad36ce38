//! Validation of pods (`pkg/apis/core/validation`).

use api::core::v1::{Pod, PodSpec};
use meta::{FieldErrors, FieldPath};

pub(crate) fn create(errors: &mut FieldErrors, pod: &Pod) {
    spec(errors, &FieldPath::new("spec"), &pod.spec);
}

/// The spec of a pod, or of a template at `path`.
pub(crate) fn spec(errors: &mut FieldErrors, path: &FieldPath, spec: &PodSpec) {
    if spec.containers.is_empty() {
        errors.required(&path.child("containers"), "");
    }
}

pub(super) fn update(errors: &mut FieldErrors, new: &Pod, _old: &Pod) {
    create(errors, new);
}

pub(super) fn status_update(_errors: &mut FieldErrors, _new: &Pod, _old: &Pod) {}

pub(super) fn ephemeral_update(_errors: &mut FieldErrors, _new: &Pod, _old: &Pod) {}
