//! What a pod asks for as a whole: upstream `component-helpers/resource.PodRequests` and `PodLimits`.
use crate::Amounts;
use api::core::v1::{Container, PodSpec};

/// Requests and limits of all containers, at the time when they are highest, with what stands at the pod itself and its overhead.
#[must_use]
pub fn of_pod(spec: &PodSpec) -> (Amounts, Amounts) {
    let mut requests = of_containers(spec, |container| &container.resources.requests);
    let mut limits = of_containers(spec, |container| &container.resources.limits);
    if let Some(whole) = &spec.resources {
        put(&mut requests, &whole.requests);
        put(&mut limits, &whole.limits);
    }
    add(&mut requests, &spec.overhead);
    for (name, amount) in spec.overhead.iter() {
        if let Some(limit) = limits.get_mut(name).filter(|limit| !limit.is_zero()) {
            limit.add(amount);
        }
    }
    (requests, limits)
}

/// Sidecars run on; other init containers run one by one before the containers, each beside the sidecars before it.
fn of_containers(spec: &PodSpec, amounts: fn(&Container) -> &Amounts) -> Amounts {
    let mut running = Amounts::default();
    for container in spec.containers.iter() {
        add(&mut running, amounts(container));
    }
    let (mut sidecars, mut peak) = (Amounts::default(), Amounts::default());
    for container in spec.init_containers.iter() {
        let mut now = sidecars.clone();
        add(&mut now, amounts(container));
        if container.restart_policy.as_deref() == Some("Always") {
            add(&mut running, amounts(container));
            sidecars = now.clone();
        }
        raise(&mut peak, &now);
    }
    raise(&mut running, &peak);
    running
}

fn add(to: &mut Amounts, more: &Amounts) {
    for (name, amount) in more.iter() {
        match to.get_mut(name) {
            Some(sum) => sum.add(amount),
            None => drop(to.insert(name.clone(), *amount)),
        }
    }
}

fn raise(to: &mut Amounts, other: &Amounts) {
    for (name, amount) in other.iter() {
        if to.get(name).is_none_or(|now| now < amount) {
            to.insert(name.clone(), *amount);
        }
    }
}

fn put(to: &mut Amounts, other: &Amounts) {
    for (name, amount) in other.iter() {
        to.insert(name.clone(), *amount);
    }
}

#[cfg(test)]
mod tests {
    use super::of_pod;
    use api::core::v1::Pod;
    use serde_json::json;

    #[test]
    fn the_highest_moment_counts() {
        let asks =
            |name: &str, cpu: &str| json!({"name": name, "resources": {"requests": {"cpu": cpu}}});
        let mut sidecar = asks("s", "1");
        sidecar["restartPolicy"] = "Always".into();
        let spec = json!({
            "containers": [asks("a", "1"), asks("b", "2")],
            "initContainers": [sidecar, asks("i", "5")],
            "overhead": {"cpu": "500m"},
        });
        let pod: Pod = meta::codec::from_value(&json!({"spec": spec}))
            .unwrap()
            .object;
        let (requests, limits) = of_pod(&pod.spec);
        assert_eq!(requests.get("cpu").unwrap().to_string(), "6500m");
        assert!(limits.is_empty());
    }
}
