//! What works in a pod but not as its author hopes (`pkg/api/pod/warnings.go`).

mod containers;
mod paths;
#[cfg(test)]
mod tests;

use super::validate::SECCOMP_POD;
use crate::{core::node_labels, networking::addresses::address_warning};
use api::core::v1::{NodeSelectorTerm, PodAffinityTerm, PodSpec, Volume, WeightedPodAffinityTerm};
use meta::{FieldPath, Map, ObjectMeta, Quantity, Str};
use std::collections::HashSet;

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
const OLD_ANNOTATIONS: &[(&str, &str)] = &[
    (
        "scheduler.alpha.kubernetes.io/critical-pod",
        "non-functional in v1.16+; use the \"priorityClassName\" field instead",
    ),
    ("security.alpha.kubernetes.io/sysctls", OLD_SYSCTLS),
    ("security.alpha.kubernetes.io/unsafe-sysctls", OLD_SYSCTLS),
];
const OLD_SYSCTLS: &str = "non-functional in v1.11+; use the \"sysctls\" field instead";
const OLD_SECCOMP: &str = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
const NO_POD: &str = "a null labelSelector results in matching no pod";

/// Warnings about a pod, or about the template at `path`.
pub(crate) fn of(path: &FieldPath, spec: &PodSpec, metadata: &ObjectMeta) -> Vec<String> {
    let mut warnings = Warnings(Vec::new());
    let own = path.child("spec");
    let annotations = path.child("metadata").child("annotations");
    warnings.placement(&own, spec);
    for (key, words) in OLD_ANNOTATIONS {
        if metadata.annotations.contains_key(*key) {
            warnings.add(&annotations.key(key), words);
        }
    }
    for (index, volume) in spec.volumes.iter().enumerate() {
        warnings.volume(&own.child("volumes").index(index), volume);
    }
    warnings.0.extend(paths::of(&spec.volumes));
    warnings.duplicates(&own, spec);
    let overhead = own.child("overhead");
    for resource in ["memory", "ephemeral-storage"] {
        warnings.fraction(&overhead, &spec.overhead, resource);
    }
    let context = spec.security_context.as_ref();
    if context.is_none_or(|context| context.seccomp_profile.is_none())
        && metadata.annotations.contains_key(SECCOMP_POD)
    {
        warnings.add(&annotations.key(SECCOMP_POD), OLD_SECCOMP);
    }
    warnings.containers(path, spec, metadata);
    let period = spec.termination_grace_period_seconds;
    if period.is_some_and(|seconds| seconds < 0) {
        let words = "must be >= 0; negative values are invalid and will be treated as 1";
        warnings.add(&own.child("terminationGracePeriodSeconds"), words);
    }
    warnings.affinity(&own.child("affinity"), spec);
    warnings.addresses(&own, spec);
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
                self.term(&path.index(index), term, false);
            }
            let preferred = nodes
                .preferred_during_scheduling_ignored_during_execution
                .iter();
            for (index, term) in preferred.enumerate() {
                let path = path.child(PREFERRED).index(index).child("preference");
                self.term(&path, &term.preference, true);
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

    fn term(&mut self, path: &FieldPath, term: &NodeSelectorTerm, with_values: bool) {
        let path = path.child("matchExpressions");
        for (index, requirement) in term.match_expressions.iter().enumerate() {
            let path = path.index(index);
            if let Some(words) = node_labels::renamed(&requirement.key) {
                let words = format!("{} is {words}", requirement.key);
                self.add(&path.child("key"), &words);
            }
            for (index, value) in requirement.values.iter().enumerate() {
                let path = path.child("values").index(index);
                for problem in meta::validation::label_value(value) {
                    if with_values {
                        self.add(&path, &format!("{value} is invalid, {problem}"));
                    }
                }
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
            if name == "cephfs" {
                self.claim(path, volume);
            }
            if set {
                self.add(&path.child(name), words);
            }
        }
    }

    /// The claim that is made for the pod.
    fn claim(&mut self, path: &FieldPath, volume: &Volume) {
        let made = volume.volume_source.ephemeral.as_ref();
        let Some(template) = made.and_then(|made| made.volume_claim_template.as_ref()) else {
            return;
        };
        let path = path.child("ephemeral").child("volumeClaimTemplate");
        let path = path.child("spec").child("resources");
        let resources = &template.spec.resources;
        self.fraction(&path.child("requests"), &resources.requests, "storage");
        self.fraction(&path.child("limits"), &resources.limits, "storage");
    }

    /// Parts of a byte. `path` is that of the list.
    fn fraction(&mut self, path: &FieldPath, list: &Map<Str, Quantity>, resource: &str) {
        if let Some(amount) = list.get(resource)
            && !amount.is_whole()
        {
            let shown = amount.to_string();
            let words = format!("fractional byte value {shown:?} is invalid, must be an integer");
            self.add(&path.key(resource), &words);
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
        let path = path.child("imagePullSecrets");
        let mut seen = HashSet::new();
        for (index, secret) in spec.image_pull_secrets.iter().enumerate() {
            let name = secret.name.as_str();
            if !seen.insert(name) {
                let path = path.index(index).child("name");
                self.add(&path, &format!("duplicate name {name:?}"));
            }
        }
        for (index, secret) in spec.image_pull_secrets.iter().enumerate() {
            let name = secret.name.as_str();
            if name.is_empty() {
                let path = path.index(index).child("name");
                self.add(&path, &format!("invalid empty name {name:?}"));
            }
        }
    }

    /// Terms that select no pod.
    fn affinity(&mut self, path: &FieldPath, spec: &PodSpec) {
        let Some(affinity) = &spec.affinity else {
            return;
        };
        if let Some(pods) = &affinity.pod_affinity {
            let required = &pods.required_during_scheduling_ignored_during_execution;
            let preferred = &pods.preferred_during_scheduling_ignored_during_execution;
            self.terms(&path.child("podAffinity"), required, preferred);
        }
        if let Some(pods) = &affinity.pod_anti_affinity {
            let required = &pods.required_during_scheduling_ignored_during_execution;
            let preferred = &pods.preferred_during_scheduling_ignored_during_execution;
            self.terms(&path.child("podAntiAffinity"), required, preferred);
        }
    }

    fn terms(
        &mut self,
        path: &FieldPath,
        required: &[PodAffinityTerm],
        preferred: &[WeightedPodAffinityTerm],
    ) {
        for (index, term) in required.iter().enumerate() {
            if term.label_selector.is_none() {
                let path = path.child(REQUIRED).index(index);
                self.add(&path.child("labelSelector"), NO_POD);
            }
        }
        for (index, term) in preferred.iter().enumerate() {
            if term.pod_affinity_term.label_selector.is_none() {
                let path = path.child(PREFERRED).index(index).child("podAffinityTerm");
                self.add(&path.child("labelSelector"), NO_POD);
            }
        }
    }

    /// Addresses that are not in their usual form.
    fn addresses(&mut self, path: &FieldPath, spec: &PodSpec) {
        let servers = spec
            .dns_config
            .iter()
            .flat_map(|config| &config.nameservers);
        let own = path.child("dnsConfig").child("nameservers");
        for (index, server) in servers.enumerate() {
            self.0.extend(address_warning(&own.index(index), server));
        }
        for (index, alias) in spec.host_aliases.iter().enumerate() {
            let path = path.child("hostAliases").index(index).child("ip");
            self.0.extend(address_warning(&path, &alias.ip));
        }
    }
}
