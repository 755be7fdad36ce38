//! What the containers of a pod take together (`k8s.io/component-helpers/resource`).

use api::core::v1::{PodSpec, ResourceRequirements};
use meta::{Map, Quantity, Str};

pub(super) type Amounts = Map<Str, Quantity>;

/// The sum of what runs at once: containers beside sidecars, or an init container beside the sidecars started before it, whichever takes more.
pub(super) fn together(
    spec: &PodSpec,
    pick: impl Fn(&ResourceRequirements) -> &Amounts,
) -> Amounts {
    let mut all = Amounts::default();
    for container in &spec.containers {
        add(&mut all, pick(&container.resources));
    }
    let mut sidecars = Amounts::default();
    let mut most = Amounts::default();
    for container in &spec.init_containers {
        let own = pick(&container.resources);
        let restarts = container.restart_policy.as_deref() == Some("Always");
        if restarts {
            add(&mut all, own);
            add(&mut sidecars, own);
            raise(&mut most, &sidecars);
        } else {
            let mut now = sidecars.clone();
            add(&mut now, own);
            raise(&mut most, &now);
        }
    }
    raise(&mut all, &most);
    all
}

fn add(to: &mut Amounts, amounts: &Amounts) {
    for (name, amount) in amounts.iter() {
        match to.get_mut(name) {
            Some(held) => held.add(amount),
            None => {
                to.insert(name.clone(), *amount);
            }
        }
    }
}

fn raise(to: &mut Amounts, amounts: &Amounts) {
    for (name, amount) in amounts.iter() {
        match to.get_mut(name) {
            Some(held) if *held >= *amount => {}
            Some(held) => *held = *amount,
            None => {
                to.insert(name.clone(), *amount);
            }
        }
    }
}
