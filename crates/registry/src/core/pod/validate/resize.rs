//! Changes of resources in place (`ValidatePodResize`).

use super::{Lenient, annotations, whole};
use crate::core::pod::quality;
use api::core::v1::{Container, Pod, PodSpec, ResourceRequirements};
use meta::{FieldErrors, FieldPath};

const CLASS_KEPT: &str = "Pod QOS Class may not change as a result of resizing";
const ONLY_COMPUTE: &str = "only cpu and memory resources are mutable";
const MUTABLE: [&str; 2] = ["cpu", "memory"];

pub(in crate::core::pod) fn resize(errors: &mut FieldErrors, new: &Pod, old: &Pod) {
    whole(errors, new, Lenient::of(&old.spec, &old.metadata));
    let refusal = if old.metadata.annotations.contains_key(annotations::MIRROR) {
        Some("static pods cannot be resized")
    } else if old.spec.os.as_ref().is_some_and(|os| os.name == "windows") {
        Some("windows pods cannot be resized")
    } else {
        None
    };
    if let Some(words) = refusal {
        *errors = FieldErrors::new();
        return errors.forbidden(&FieldPath::root(), words);
    }
    let mut munged = new.spec.clone();
    check_pod(errors, new, old, &mut munged);
    if !check_order(errors, &new.spec, &old.spec) {
        return;
    }
    check_kept(errors, new, old);
    check_containers(errors, &mut munged, &old.spec);
    check_init_containers(errors, &mut munged, &old.spec);
    if errors.is_empty() && munged != old.spec {
        errors.forbidden(&FieldPath::new("spec"), ONLY_COMPUTE);
    }
}

/// What is said of the pod as a whole.
fn check_pod(errors: &mut FieldErrors, new: &Pod, old: &Pod, munged: &mut PodSpec) {
    let path = FieldPath::new("spec");
    let class = match old.status.qos_class.as_str() {
        "" => quality::of(&old.spec),
        class => class,
    };
    if class != quality::of(&new.spec) {
        errors.invalid(&path, &new.status.qos_class, CLASS_KEPT);
    }
    // The first container that runs tells what its node knows.
    let mut statuses = old.status.container_statuses.iter();
    let running = statuses.find(|status| status.state.running.is_some());
    if running.is_some_and(|status| status.resources.is_none()) {
        let words = "Pod running on node without support for resize";
        errors.forbidden(&path, words);
    }
    check_pod_level(errors, &path, munged, &old.spec);
    if !old
        .status
        .node_allocatable_resource_claim_statuses
        .is_empty()
    {
        let words = "pods with node allocatable resource claims cannot be resized";
        errors.forbidden(&path, words);
    }
}

/// The resources of the pod itself. Takes back what may change of them.
fn check_pod_level(errors: &mut FieldErrors, path: &FieldPath, new: &mut PodSpec, old: &PodSpec) {
    let set = |spec: &PodSpec| {
        let own = spec.resources.as_ref();
        own.is_some_and(|own| !own.requests.is_empty() || !own.limits.is_empty())
    };
    if !set(old) && !set(new) {
        return;
    }
    let own = path.child("resources");
    let nothing = ResourceRequirements::default();
    let held = old.resources.as_deref().unwrap_or(&nothing);
    let Some(wanted) = &mut new.resources else {
        return errors.forbidden(&own, "pod-level resources cannot be removed");
    };
    for (name, held, wanted) in [
        ("requests", &held.requests, &wanted.requests),
        ("limits", &held.limits, &wanted.limits),
    ] {
        if held.keys().any(|key| !wanted.contains_key(key)) {
            let words = format!("pod-level resource {name} cannot be removed");
            errors.forbidden(&own.child(name), words);
        }
    }
    restore(wanted, held);
    if old.resources.is_none() && **wanted == nothing {
        new.resources = None;
    }
    if new.resources != old.resources {
        let words = "only cpu and memory resources are mutable at pod-level";
        errors.forbidden(path, words);
    }
}

/// The same containers in the same order; false if not.
fn check_order(errors: &mut FieldErrors, new: &PodSpec, old: &PodSpec) -> bool {
    let before = errors.len();
    let path = FieldPath::new("spec");
    for (name, new, old) in lists(new, old) {
        let path = path.child(name);
        if new.len() != old.len() {
            let words = format!("{name} may not be added or removed on resize");
            errors.forbidden(&path, words);
            continue;
        }
        for (index, (new, old)) in new.iter().zip(old).enumerate() {
            if new.name != old.name {
                let words = format!("{name} may not be renamed or reordered on resize");
                errors.forbidden(&path.index(index).child("name"), words);
            }
        }
    }
    errors.len() == before
}

type Pairs<'p> = [(&'static str, &'p [Container], &'p [Container]); 2];

fn lists<'p>(new: &'p PodSpec, old: &'p PodSpec) -> Pairs<'p> {
    [
        ("containers", &new.containers, &old.containers),
        ("initContainers", &new.init_containers, &old.init_containers),
    ]
}

/// What a container has, it keeps some of.
fn check_kept(errors: &mut FieldErrors, new: &Pod, old: &Pod) {
    for (name, new, old) in lists(&new.spec, &old.spec).into_iter().rev() {
        let path = FieldPath::new("spec").child(name);
        for (index, (new, old)) in new.iter().zip(old).enumerate() {
            let path = path.index(index).child("resources");
            let (new, old) = (&new.resources, &old.resources);
            for (name, new, old) in [
                ("requests", &new.requests, &old.requests),
                ("limits", &new.limits, &old.limits),
            ] {
                if old.keys().any(|key| !new.contains_key(key)) {
                    let words = format!("resource {name} cannot be removed");
                    errors.forbidden(&path.child(name), words);
                }
            }
        }
    }
}

/// Takes back what may change: CPU and memory.
fn restore(new: &mut ResourceRequirements, old: &ResourceRequirements) {
    for (new, old) in [
        (&mut new.requests, &old.requests),
        (&mut new.limits, &old.limits),
    ] {
        for name in MUTABLE {
            match old.get(name) {
                Some(amount) => {
                    new.insert(name, *amount);
                }
                None => {
                    new.remove(name);
                }
            }
        }
    }
}

fn check_containers(errors: &mut FieldErrors, munged: &mut PodSpec, old: &PodSpec) {
    for (new, old) in munged.containers.iter_mut().zip(&old.containers) {
        restore(&mut new.resources, &old.resources);
        // Claims are not compared: they are taken for none.
        new.resources.claims = Default::default();
        if new != old {
            errors.forbidden(&FieldPath::new("spec"), ONLY_COMPUTE);
        }
    }
}

fn check_init_containers(errors: &mut FieldErrors, munged: &mut PodSpec, old: &PodSpec) {
    let path = FieldPath::new("spec").child("initContainers");
    let all = munged.init_containers.iter_mut().zip(&old.init_containers);
    for (index, (new, old)) in all.enumerate() {
        let path = path.index(index);
        let changed = new != old;
        restore(&mut new.resources, &old.resources);
        new.resources.claims = Default::default();
        if new != old {
            let words = "only cpu and memory resources for init or sidecar containers are mutable";
            errors.forbidden(&path, words);
        }
        let sidecar = old.restart_policy.as_deref() == Some("Always");
        let policies = new.resize_policy.iter();
        let restarts = policies.filter(|policy| policy.restart_policy == "RestartContainer");
        for _ in restarts.take_while(|_| changed && !sidecar) {
            let words = "non-sidecar init containers with a resize policy of RestartContainer cannot be resized";
            errors.forbidden(&path, words);
        }
        new.resources = old.resources.clone();
        new.resize_policy = old.resize_policy.clone();
    }
}
