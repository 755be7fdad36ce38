//! Annotations that say something about the pod itself (`ValidatePodSpecificAnnotations` and those that compare them with fields).

use super::{Rules, placement, visit};
use crate::rules;
use api::core::v1::{AppArmorProfile, Pod, PodSpec, SeccompProfile, Toleration};
use meta::{
    FieldErrors, FieldPath, Map, Str,
    codec::{self, Strictness},
};

pub(crate) const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
pub(crate) const MIRROR: &str = "kubernetes.io/config.mirror";
pub(crate) const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
pub(crate) const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";
const TOLERATIONS: &str = "scheduler.alpha.kubernetes.io/tolerations";
const LOCALHOST: &str = "localhost/";
const RUNTIME_DEFAULT: &str = "runtime/default";
const UNCONFINED: &str = "unconfined";

type Annotations = Map<Str, Str>;

/// `path` is that of the annotations.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    annotations: &Annotations,
    spec: &PodSpec,
    rules: &Rules<'_>,
) {
    if let Some(value) = annotations.get(MIRROR)
        && spec.node_name.is_empty()
    {
        let words = "must set spec.nodeName if mirror pod annotation is set";
        errors.invalid(&path.key(MIRROR), value, words);
    }
    check_tolerations(errors, path, annotations);
    if !rules.lenient.deletion_cost && deletion_cost(annotations).is_none() {
        let value = annotations.get(DELETION_COST);
        errors.invalid(&path.key(DELETION_COST), value, "must be a 32bit integer");
    }
    check_seccomp(errors, path, annotations);
    check_app_armor(errors, path, annotations, spec);
}

/// The cost of deleting the pod, 0 unless it says so; none if it is no number.
pub(super) fn deletion_cost(annotations: &Annotations) -> Option<i32> {
    let Some(text) = annotations.get(DELETION_COST) else {
        return Some(0);
    };
    let canonical = !text.starts_with('+') && (text.len() == 1 || !text.starts_with('0'));
    text.parse().ok().filter(|_| canonical)
}

fn check_tolerations(errors: &mut FieldErrors, path: &FieldPath, annotations: &Annotations) {
    let Some(text) = annotations.get(TOLERATIONS).filter(|text| !text.is_empty()) else {
        return;
    };
    let decoded = serde_json::from_str::<Vec<serde_json::Value>>(text);
    let items = match decoded {
        Ok(items) => items,
        Err(error) => return errors.invalid(path, TOLERATIONS, error.to_string()),
    };
    let items = items.iter().filter_map(|item| {
        codec::from_json::<Toleration>(item.to_string().as_bytes(), Strictness::Lenient).ok()
    });
    let tolerations: Vec<Toleration> = items.map(|decoded| decoded.object).collect();
    placement::check_tolerations(errors, &path.child(TOLERATIONS), &tolerations);
}

fn check_seccomp(errors: &mut FieldErrors, path: &FieldPath, annotations: &Annotations) {
    if let Some(profile) = annotations.get(SECCOMP_POD) {
        check_seccomp_profile(errors, &path.child(SECCOMP_POD), profile);
    }
    for (key, profile) in annotations.iter() {
        if key.starts_with(SECCOMP_CONTAINER) {
            check_seccomp_profile(errors, &path.child(key), profile);
        }
    }
}

fn check_seccomp_profile(errors: &mut FieldErrors, path: &FieldPath, profile: &str) {
    match profile.strip_prefix(LOCALHOST) {
        _ if [RUNTIME_DEFAULT, "docker/default", UNCONFINED].contains(&profile) => {}
        Some(file) => rules::descending_path(errors, path, file),
        None => errors.invalid(path, profile, "must be a valid seccomp profile"),
    }
}

fn check_app_armor(
    errors: &mut FieldErrors,
    path: &FieldPath,
    annotations: &Annotations,
    spec: &PodSpec,
) {
    for (key, profile) in annotations.iter() {
        let Some(container) = key.strip_prefix(APP_ARMOR) else {
            continue;
        };
        let known = visit(spec).any(|(_, _, one)| one.name() == container);
        if !known {
            errors.invalid(&path.key(key), container, "container not found");
        }
        let good = ["", RUNTIME_DEFAULT, UNCONFINED].contains(&profile.as_str());
        if !good && !profile.starts_with(LOCALHOST) {
            let words = format!("invalid AppArmor profile name: {}", meta::go_quote(profile));
            errors.invalid(&path.key(key), profile, words);
        }
    }
}

/// `ValidatePodSpecificAnnotationUpdates`.
pub(super) fn check_update(errors: &mut FieldErrors, new: &Pod, old: &Pod, rules: &Rules<'_>) {
    let path = FieldPath::new("metadata").child("annotations");
    let (added, held) = (&new.metadata.annotations, &old.metadata.annotations);
    for (key, value) in held.iter() {
        if added.get(key) == Some(value) {
            continue;
        }
        if key.starts_with(APP_ARMOR) {
            let words = "may not remove or update AppArmor annotations";
            errors.forbidden(&path.key(key), words);
        }
        if key == MIRROR {
            let words = "may not remove or update mirror pod annotation";
            errors.forbidden(&path.key(key), words);
        }
    }
    for key in added.keys().filter(|key| !held.contains_key(*key)) {
        if key.starts_with(APP_ARMOR) {
            errors.forbidden(&path.key(key), "may not add AppArmor annotations");
        }
        if key == MIRROR {
            errors.forbidden(&path.key(key), "may not add mirror pod annotation");
        }
    }
    check(errors, &path, added, &new.spec, rules);
}

/// Annotations and fields say the same of seccomp and AppArmor. `path` is that of the spec.
pub(super) fn check_agreement(
    errors: &mut FieldErrors,
    path: &FieldPath,
    annotations: &Annotations,
    spec: &PodSpec,
) {
    let whole = spec.security_context.as_ref();
    if let Some(profile) = whole.and_then(|context| context.seccomp_profile.as_ref())
        && let Some(annotation) = annotations.get(SECCOMP_POD)
    {
        let path = path.child("securityContext").child("seccompProfile");
        compare_seccomp(errors, &path, annotation, profile);
    }
    for (list, index, container) in visit(spec) {
        let own = container.security_context();
        let profile = own.and_then(|context| context.seccomp_profile.as_ref());
        let key = format!("{SECCOMP_CONTAINER}{}", container.name());
        if let (Some(profile), Some(annotation)) = (profile, annotations.get(key.as_str())) {
            let path = path.child(list).index(index).child("securityContext");
            compare_seccomp(errors, &path.child("seccompProfile"), annotation, profile);
        }
    }
    if spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        return;
    }
    let of_pod = whole.and_then(|context| context.app_armor_profile.as_ref());
    for (list, index, container) in visit(spec) {
        let own = container.security_context();
        let own = own.and_then(|context| context.app_armor_profile.as_ref());
        let key = format!("{APP_ARMOR}{}", container.name());
        if let (Some(profile), Some(annotation)) = (own.or(of_pod), annotations.get(key.as_str())) {
            let path = path.child(list).index(index).child("securityContext");
            compare_app_armor(errors, &path.child("appArmorProfile"), annotation, profile);
        }
    }
}

fn compare_seccomp(
    errors: &mut FieldErrors,
    path: &FieldPath,
    annotation: &str,
    profile: &SeccompProfile,
) {
    let same = match profile.type_.as_str() {
        "Unconfined" => annotation == UNCONFINED,
        "RuntimeDefault" => [RUNTIME_DEFAULT, "docker/default"].contains(&annotation),
        "Localhost" => {
            let file = annotation.strip_prefix(LOCALHOST);
            if file.is_some() && file != profile.localhost_profile.as_deref() {
                let words = "seccomp profile in annotation and field must match";
                errors.forbidden(&path.child("localhostProfile"), words);
            }
            file.is_some()
        }
        _ => true,
    };
    if !same {
        let words = "seccomp type in annotation and field must match";
        errors.forbidden(&path.child("type"), words);
    }
}

fn compare_app_armor(
    errors: &mut FieldErrors,
    path: &FieldPath,
    annotation: &str,
    profile: &AppArmorProfile,
) {
    let same = match profile.type_.as_str() {
        "Unconfined" => annotation == UNCONFINED,
        "RuntimeDefault" => annotation == RUNTIME_DEFAULT,
        "Localhost" => {
            let file = annotation.strip_prefix(LOCALHOST);
            if file.is_some() && file != profile.localhost_profile.as_deref() {
                let words = "apparmor profile in annotation and field must match";
                errors.forbidden(&path.child("localhostProfile"), words);
            }
            file.is_some()
        }
        _ => true,
    };
    if !same {
        let words = "apparmor type in annotation and field must match";
        errors.forbidden(&path.child("type"), words);
    }
}

/// The field that an annotation stands for, when it is a profile.
pub(crate) fn app_armor_field(annotation: &str) -> Option<AppArmorProfile> {
    let of = |type_: &str, file: Option<&str>| AppArmorProfile {
        type_: type_.into(),
        localhost_profile: file.map(Str::from),
    };
    match annotation.strip_prefix(LOCALHOST) {
        Some("") => None,
        Some(file) => Some(of("Localhost", Some(file))),
        None if annotation == UNCONFINED => Some(of("Unconfined", None)),
        None if annotation == RUNTIME_DEFAULT => Some(of("RuntimeDefault", None)),
        None => None,
    }
}
