//! Amounts of what nodes offer and pods ask for, in plain integers.

use api::core::v1::{Container, PodSpec};
use meta::{Map, Quantity, Str};

#[cfg(test)]
mod tests;

/// CPU in thousandths, everything else in units or bytes. Extended resources are few, so a list serves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    pub milli_cpu: i64,
    pub memory: i64,
    pub ephemeral_storage: i64,
    pub others: Vec<(Str, i64)>,
}

impl Resources {
    /// Reads a resource list; `pods` is not among the amounts, it is a count of its own.
    #[must_use]
    pub fn from_list(list: &Map<Str, Quantity>) -> Self {
        let mut res = Self::default();
        for (name, quantity) in list.iter() {
            match name.as_str() {
                "cpu" => res.milli_cpu = quantity.milli_value(),
                "memory" => res.memory = quantity.value(),
                "ephemeral-storage" => res.ephemeral_storage = quantity.value(),
                "pods" => {}
                _ => res.others.push((name.clone(), quantity.value())),
            }
        }
        res
    }

    /// What a pod asks for: the larger of what its containers ask for together and the peak while it initializes, with its overhead
    /// (upstream `k8s.io/component-helpers/resource`; sidecars count from their start on). Requests of the pod as a whole take precedence.
    #[must_use]
    pub fn requested_by(spec: &PodSpec) -> Self {
        let mut running = Self::default();
        for container in spec.containers.iter() {
            running.add(&Self::of_container(container));
        }
        let (sidecars, peak) = Self::initializing(&spec.init_containers);
        running.add(&sidecars);
        running.raise(&peak);
        if let Some(whole) = &spec.resources {
            running.replace(&Self::from_list(&whole.requests));
        }
        running.add(&Self::from_list(&spec.overhead));
        running
    }

    /// What the sidecars ask for together, and the most that any moment of initialization needs.
    fn initializing(containers: &[Container]) -> (Self, Self) {
        let (mut sidecars, mut peak) = (Self::default(), Self::default());
        for container in containers {
            let mut moment = Self::of_container(container);
            if container.restart_policy.as_deref() == Some("Always") {
                sidecars.add(&moment);
                moment = sidecars.clone();
            } else {
                moment.add(&sidecars);
            }
            peak.raise(&moment);
        }
        (sidecars, peak)
    }

    fn of_container(container: &Container) -> Self {
        Self::from_list(&container.resources.requests)
    }

    pub fn add(&mut self, other: &Self) {
        self.combine(other, i64::saturating_add);
    }

    pub fn subtract(&mut self, other: &Self) {
        self.combine(other, i64::saturating_sub);
    }

    /// Every amount becomes at least the other's.
    fn raise(&mut self, other: &Self) {
        self.combine(other, i64::max);
    }

    /// Every amount that the other states replaces ours.
    fn replace(&mut self, other: &Self) {
        self.combine(
            other,
            |ours, theirs| if theirs == 0 { ours } else { theirs },
        );
    }

    fn combine(&mut self, other: &Self, with: fn(i64, i64) -> i64) {
        self.milli_cpu = with(self.milli_cpu, other.milli_cpu);
        self.memory = with(self.memory, other.memory);
        self.ephemeral_storage = with(self.ephemeral_storage, other.ephemeral_storage);
        for (name, amount) in &other.others {
            match self.others.iter_mut().find(|(ours, _)| ours == name) {
                Some((_, ours)) => *ours = with(*ours, *amount),
                None => self.others.push((name.clone(), with(0, *amount))),
            }
        }
    }

    /// The amount of an extended resource; none is zero.
    #[must_use]
    pub fn other(&self, name: &str) -> i64 {
        self.others
            .iter()
            .find(|(ours, _)| ours == name)
            .map_or(0, |(_, amount)| *amount)
    }
}
