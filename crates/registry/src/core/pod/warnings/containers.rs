//! What is said of containers: their annotations, resources, variables and ports.

use super::{OLD_SECCOMP, Warnings};
use crate::core::pod::validate::{APP_ARMOR, AnyContainer, SECCOMP_CONTAINER, visit};
use api::core::v1::{ContainerPort, PodSpec};
use meta::{FieldPath, ObjectMeta};
use std::collections::{HashMap, HashSet};

const OLD_APP_ARMOR: &str = "deprecated since v1.30; use the \"appArmorProfile\" field instead";

impl Warnings {
    /// `path` is that of the pod or of the template.
    pub(super) fn containers(&mut self, path: &FieldPath, spec: &PodSpec, metadata: &ObjectMeta) {
        let own = path.child("spec");
        for (list, index, container) in visit(spec) {
            self.annotations(path, spec, metadata, container);
            self.resources(&own.child(list).index(index).child("resources"), container);
            self.variables(&own.child(list).index(index).child("env"), container);
        }
        self.ports(&own, spec);
        self.port_names(&own, spec);
    }

    /// Annotations that have become fields. What those of AppArmor say of pods is said when they are copied.
    fn annotations(
        &mut self,
        path: &FieldPath,
        spec: &PodSpec,
        metadata: &ObjectMeta,
        container: AnyContainer<'_>,
    ) {
        let annotations = path.child("metadata").child("annotations");
        let context = container.security_context();
        let key = format!("{SECCOMP_CONTAINER}{}", container.name());
        if context.is_none_or(|context| context.seccomp_profile.is_none())
            && metadata.annotations.contains_key(key.as_str())
        {
            self.add(&annotations.key(&key), OLD_SECCOMP);
        }
        let of_pod = spec.security_context.as_ref();
        let key = format!("{APP_ARMOR}{}", container.name());
        if *path != FieldPath::default()
            && context.is_none_or(|context| context.app_armor_profile.is_none())
            && of_pod.is_none_or(|context| context.app_armor_profile.is_none())
            && metadata.annotations.contains_key(key.as_str())
        {
            self.add(&annotations.key(&key), OLD_APP_ARMOR);
        }
    }

    fn resources(&mut self, path: &FieldPath, container: AnyContainer<'_>) {
        let resources = container.resources();
        for name in ["memory", "ephemeral-storage"] {
            self.fraction(&path.child("limits"), &resources.limits, name);
            self.fraction(&path.child("requests"), &resources.requests, name);
        }
    }

    fn variables(&mut self, path: &FieldPath, container: AnyContainer<'_>) {
        let mut seen = HashSet::new();
        for (index, variable) in container.env().iter().enumerate() {
            if seen.insert(&variable.name) {
                continue;
            }
            let reference = format!("$({})", variable.name);
            let value = variable.value.as_str();
            if variable.value_from.is_some() || value == reference || !value.contains(&reference) {
                let words = format!(
                    "hides previous definition of {:?}, which may be dropped when using apply",
                    variable.name.as_str()
                );
                self.add(&path.index(index), &words);
            }
        }
    }

    /// Ports that more than one container has.
    fn ports(&mut self, path: &FieldPath, spec: &PodSpec) {
        let mut all: HashMap<(i32, &str), Vec<(FieldPath, &ContainerPort)>> = HashMap::new();
        for (path, port) in each(path, spec) {
            if !port.host_ip.is_empty() && port.host_port == 0 {
                let words = format!(
                    "hostIP set without hostPort: {{Name:{} HostPort:{} ContainerPort:{} Protocol:{} HostIP:{}}}",
                    port.name, port.host_port, port.container_port, port.protocol, port.host_ip
                );
                self.add(&path, &words);
            }
            let others = all
                .entry((port.container_port, &port.protocol))
                .or_default();
            for (other_path, other) in others.iter() {
                if let Some(words) = conflict(port, other) {
                    let words = format!("{words} port definition with {other_path}");
                    self.add(&path, &words);
                }
            }
            others.push((path, port));
        }
    }

    fn port_names(&mut self, path: &FieldPath, spec: &PodSpec) {
        let mut all: HashMap<&str, FieldPath> = HashMap::new();
        for (path, port) in each(path, spec).filter(|(_, port)| !port.name.is_empty()) {
            let name = port.name.as_str();
            if let Some(first) = all.get(name) {
                let words = format!(
                    "duplicate port name {name:?} with {first}, services and probes that select ports by name will use {first}"
                );
                self.add(&path, &words);
            } else {
                all.insert(name, path);
            }
        }
    }
}

fn each<'p>(
    path: &'p FieldPath,
    spec: &'p PodSpec,
) -> impl Iterator<Item = (FieldPath, &'p ContainerPort)> {
    visit(spec).flat_map(move |(list, index, container)| {
        let path = path.child(list).index(index).child("ports");
        let ports = container.ports().iter().enumerate();
        ports.map(move |(index, port)| (path.index(index), port))
    })
}

fn conflict(port: &ContainerPort, other: &ContainerPort) -> Option<&'static str> {
    let same = port.host_port == other.host_port;
    if same && port.host_ip == other.host_ip {
        Some("duplicate")
    } else if port.host_port == 0 || other.host_port == 0 {
        Some("overlapping")
    } else {
        let one = port.host_ip.is_empty() != other.host_ip.is_empty();
        (same && one).then_some("dangerously ambiguous")
    }
}
