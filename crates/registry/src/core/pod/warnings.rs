//! What works in a pod but not as its author hopes (`pkg/api/pod/warnings.go`).

use super::validate;
use crate::core::node_labels;
use api::core::v1::{Container, NodeSelectorTerm, PodSpec, Volume};
use meta::{FieldPath, ObjectMeta};
use std::collections::HashSet;

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
const OLD_ANNOTATIONS: &[(&str, &str)] = &[
    (
        "scheduler.alpha.kubernetes.io/critical-pod",
        "non-functional in v1.16+; use the \"priorityClassName\" field instead",
    ),
    (
        "seccomp.security.alpha.kubernetes.io/pod",
        "non-functional in v1.27+; use the \"seccompProfile\" field instead",
    ),
];
const OLD_ANNOTATION_PREFIXES: &[(&str, &str)] = &[
    (
        "container.seccomp.security.alpha.kubernetes.io/",
        "non-functional in v1.27+; use the \"seccompProfile\" field instead",
    ),
    (
        "container.apparmor.security.beta.kubernetes.io/",
        "deprecated since v1.30; use the \"appArmorProfile\" field instead",
    ),
];
const NO_POD: &str = "a null labelSelector results in matching no pod";
const MILLI: i64 = 1000;

/// Warnings about a pod, or about the template at `path`.
pub(crate) fn of(path: &FieldPath, spec: &PodSpec, metadata: &ObjectMeta) -> Vec<String> {
    let mut warnings = Warnings(Vec::new());
    let own = path.child("spec");
    warnings.placement(&own, spec);
    warnings.annotations(&path.child("metadata").child("annotations"), metadata);
    for (index, volume) in spec.volumes.iter().enumerate() {
        warnings.volume(&own.child("volumes").index(index), volume);
    }
    warnings.duplicates(&own, spec);
    if spec
        .termination_grace_period_seconds
        .is_some_and(|seconds| seconds < 0)
    {
        let words = "must be >= 0; negative values are invalid and will be treated as 1";
        warnings.add(&own.child("terminationGracePeriodSeconds"), words);
    }
    for (name, containers) in validate::lists(spec).into_iter().rev() {
        for (index, container) in containers.iter().enumerate() {
            warnings.container(&own.child(name).index(index), container);
        }
    }
    warnings.0
}

/// A name that is more than a host name can be.
pub(crate) fn of_name(name: &str, use_of_it: &str) -> Option<String> {
    let problems = meta::validation::dns1123_label(name);
    let words = problems.join(" ");
    (!problems.is_empty()).then(|| {
        format!(
            "metadata.name: this is used in {use_of_it}, which can result in surprising behavior; a DNS label is recommended: [{words}]"
        )
    })
}

struct Warnings(Vec<String>);

impl Warnings {
    fn add(&mut self, path: &FieldPath, words: &str) {
        self.0.push(format!("{path}: {words}"));
    }

    fn placement(&mut self, path: &FieldPath, spec: &PodSpec) {
        for key in spec.node_selector.keys() {
            if let Some(words) = node_labels::renamed(key) {
                self.add(&path.child("nodeSelector").key(key), words);
            }
        }
        let nodes = spec
            .affinity
            .as_ref()
            .and_then(|affinity| affinity.node_affinity.as_ref());
        if let Some(nodes) = nodes {
            let path = path.child("affinity").child("nodeAffinity");
            let required = nodes
                .required_during_scheduling_ignored_during_execution
                .iter();
            let terms = required.flat_map(|required| required.node_selector_terms.iter());
            for (index, term) in terms.enumerate() {
                let path = path.child(REQUIRED).child("nodeSelectorTerms");
                self.term(&path.index(index), term);
            }
            let preferred = nodes
                .preferred_during_scheduling_ignored_during_execution
                .iter();
            for (index, term) in preferred.enumerate() {
                let path = path.child(PREFERRED).index(index).child("preference");
                self.term(&path, &term.preference);
            }
        }
        for (index, constraint) in spec.topology_spread_constraints.iter().enumerate() {
            let path = path.child("topologySpreadConstraints").index(index);
            let key = &constraint.topology_key;
            if let Some(words) = node_labels::renamed(key) {
                self.add(&path.child("topologyKey"), &format!("{key} is {words}"));
            }
            if constraint.label_selector.is_none() {
                self.add(&path.child("labelSelector"), NO_POD);
            }
        }
    }

    fn term(&mut self, path: &FieldPath, term: &NodeSelectorTerm) {
        for (index, requirement) in term.match_expressions.iter().enumerate() {
            if let Some(words) = node_labels::renamed(&requirement.key) {
                let path = path.child("matchExpressions").index(index).child("key");
                self.add(&path, &format!("{} is {words}", requirement.key));
            }
        }
    }

    fn annotations(&mut self, path: &FieldPath, metadata: &ObjectMeta) {
        for key in metadata.annotations.keys() {
            let exact = OLD_ANNOTATIONS.iter().find(|(old, _)| key == *old);
            let prefix = OLD_ANNOTATION_PREFIXES
                .iter()
                .find(|(old, _)| key.starts_with(old));
            if let Some((_, words)) = exact.or(prefix) {
                self.add(&path.key(key), words);
            }
        }
    }

    fn volume(&mut self, path: &FieldPath, volume: &Volume) {
        let source = &volume.volume_source;
        let old_22 = "deprecated in v1.22, non-functional in v1.25+";
        let old_28 = "deprecated in v1.28, non-functional in v1.31+";
        for (name, set, words) in [
            (
                "photonPersistentDisk",
                source.photon_persistent_disk.is_some(),
                "deprecated in v1.11, non-functional in v1.16+",
            ),
            (
                "gitRepo",
                source.git_repo.is_some(),
                "deprecated in v1.11, and disabled by default in v1.33+",
            ),
            (
                "scaleIO",
                source.scale_io.is_some(),
                "deprecated in v1.16, non-functional in v1.22+",
            ),
            ("flocker", source.flocker.is_some(), old_22),
            ("storageOS", source.storageos.is_some(), old_22),
            ("quobyte", source.quobyte.is_some(), old_22),
            (
                "glusterfs",
                source.glusterfs.is_some(),
                "deprecated in v1.25, non-functional in v1.26+",
            ),
            ("cephfs", source.cephfs.is_some(), old_28),
            ("rbd", source.rbd.is_some(), old_28),
        ] {
            if set {
                self.add(&path.child(name), words);
            }
        }
    }

    /// Host aliases and pull secrets that stand twice.
    fn duplicates(&mut self, path: &FieldPath, spec: &PodSpec) {
        let mut seen = HashSet::new();
        for (index, alias) in spec.host_aliases.iter().enumerate() {
            if !seen.insert(&alias.ip) {
                let path = path.child("hostAliases").index(index).child("ip");
                self.add(&path, &format!("duplicate ip {:?}", alias.ip.as_str()));
            }
        }
        let mut seen = HashSet::new();
        for (index, secret) in spec.image_pull_secrets.iter().enumerate() {
            let path = path.child("imagePullSecrets").index(index).child("name");
            let name = secret.name.as_str();
            if name.is_empty() {
                self.add(&path, &format!("invalid empty name {name:?}"));
            } else if !seen.insert(name) {
                self.add(&path, &format!("duplicate name {name:?}"));
            }
        }
    }

    fn container(&mut self, path: &FieldPath, container: &Container) {
        self.fractions(&path.child("resources"), container);
        let mut seen = HashSet::new();
        for (index, variable) in container.env.iter().enumerate() {
            if seen.insert(&variable.name) {
                continue;
            }
            let refers = variable.value.contains(&format!("$({})", variable.name));
            if variable.value_from.is_some() || !variable.value.is_empty() && !refers {
                let words = format!(
                    "hides previous definition of {:?}, which may be dropped when using apply",
                    variable.name.as_str()
                );
                self.add(&path.child("env").index(index), &words);
            }
        }
    }

    /// Parts of a byte.
    fn fractions(&mut self, path: &FieldPath, container: &Container) {
        let resources = &container.resources;
        for resource in ["memory", "ephemeral-storage"] {
            for (name, list) in [
                ("limits", &resources.limits),
                ("requests", &resources.requests),
            ] {
                let Some(amount) = list.get(resource) else {
                    continue;
                };
                if amount.milli_value() % MILLI != 0 {
                    let words = format!(
                        "fractional byte value {:?} is invalid, must be an integer",
                        amount.to_string()
                    );
                    self.add(&path.child(name).key(resource), &words);
                }
            }
        }
    }
}
