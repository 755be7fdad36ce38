//! The quality-of-service class of a pod (`pkg/apis/core/v1/helper/qos`).

use api::core::v1::{PodQOSClass, PodSpec};
use meta::{Map, Quantity, Str};

/// Guaranteed when every container has equal requests and limits of CPU and memory, BestEffort when none has any, else Burstable.
pub(super) fn of(spec: &PodSpec) -> &'static str {
    // Also when the pod as a whole has an empty list: as upstream, what its containers have does not count then.
    if let Some(whole) = &spec.resources {
        return class([(&whole.requests, &whole.limits)].into_iter());
    }
    let containers = spec.containers.iter().chain(spec.init_containers.iter());
    class(containers.map(|container| (&container.resources.requests, &container.resources.limits)))
}

type List = Map<Str, Quantity>;

fn class<'r>(resources: impl Iterator<Item = (&'r List, &'r List)>) -> &'static str {
    let (mut any, mut guaranteed) = (false, true);
    for (requests, limits) in resources {
        for name in ["cpu", "memory"] {
            let set = |list: &'r List| list.get(name).filter(|amount| !amount.is_zero());
            any |= set(requests).is_some() || set(limits).is_some();
            guaranteed &= set(limits).is_some()
                && set(requests).is_none_or(|request| Some(request) == set(limits));
        }
    }
    match (any, guaranteed) {
        (false, _) => PodQOSClass::BEST_EFFORT,
        (true, true) => PodQOSClass::GUARANTEED,
        (true, false) => PodQOSClass::BURSTABLE,
    }
}
