//! What kubelets may: the rules of the role `system:node`, narrowed to the node itself and to the pods bound to it.
//!
//! A scan of the node's pods stands where upstream keeps a graph: a node has about a hundred.
use super::{Attributes, rbac::Rbac, rules};
use crate::cache::{Caches, Entry, Field, FieldRequirement, Filter};
use api::core::v1::{Pod, PodSpec, Volume};
use meta::Str;
use resource::User;
use std::sync::Arc;

/// The node that a user is.
pub(super) fn name(user: &User) -> Option<&str> {
    user.in_group("system:nodes")
        .then(|| user.name.strip_prefix("system:node:"))
        .flatten()
        .filter(|name| !name.is_empty())
}

pub(super) fn allows(caches: &Caches, rbac: &Rbac, node: &str, asked: &Attributes<'_>) -> bool {
    let Some(role) = rbac.rules_of_role("", "system:node") else {
        return false;
    };
    role.iter().any(|rule| rules::allows(rule, asked)) && is_own(caches, node, asked)
}

/// Whether what is asked for belongs to the node. Kinds that all nodes share are everyone's.
fn is_own(caches: &Caches, node: &str, asked: &Attributes<'_>) -> bool {
    let reads = matches!(asked.verb, "get" | "list" | "watch");
    match (asked.group, asked.resource) {
        ("", "secrets") => {
            reads
                && names(asked)
                && any_pod(caches, node, asked.namespace, |pod| {
                    uses_secret(&pod.spec, asked.name)
                })
        }
        ("", "configmaps") => {
            reads
                && names(asked)
                && any_pod(caches, node, asked.namespace, |pod| {
                    uses_config(&pod.spec, asked.name)
                })
        }
        ("", "persistentvolumeclaims") => {
            names(asked)
                && any_pod(caches, node, asked.namespace, |pod| {
                    uses_claim(&pod.spec, asked.name)
                })
        }
        ("", "serviceaccounts") if asked.subresource == "token" => {
            any_pod(caches, node, asked.namespace, |pod| {
                pod.spec.service_account_name == asked.name
            })
        }
        ("", "nodes") => {
            asked.verb == "create" || asked.name == node || (reads && asked.name.is_empty())
        }
        ("", "pods") if reads || asked.verb == "create" => {
            asked.name.is_empty() || pod_is_on(caches, node, asked) || asked.verb == "create"
        }
        ("", "pods") => pod_is_on(caches, node, asked),
        ("coordination.k8s.io", "leases") => {
            asked.namespace == "kube-node-lease" && (asked.name == node || asked.verb == "create")
        }
        ("storage.k8s.io", "csinodes") => asked.verb == "create" || asked.name == node,
        _ => true,
    }
}

fn names(asked: &Attributes<'_>) -> bool {
    !asked.name.is_empty()
}

fn pod_is_on(caches: &Caches, node: &str, asked: &Attributes<'_>) -> bool {
    let Some(cache) = caches.of("", "pods") else {
        return false;
    };
    let pod = cache.get(&crate::cache::cache_key(asked.namespace, asked.name));
    pod.and_then(|entry| decoded(caches, &entry))
        .is_some_and(|pod| pod.spec.node_name == node)
}

fn any_pod(caches: &Caches, node: &str, namespace: &str, fits: impl Fn(&Pod) -> bool) -> bool {
    let Some(cache) = caches.of("", "pods") else {
        return false;
    };
    let mut filter = Filter::in_namespace(namespace);
    if let Some(index) = cache
        .resource
        .info()
        .field_labels
        .iter()
        .position(|label| *label == "spec.nodeName")
    {
        let requirement = FieldRequirement {
            field: Field::Selectable(index),
            equal: true,
            value: Str::from(node),
        };
        filter.fields.push(requirement);
    }
    let entries = cache.snapshot(&filter, None, None, 0).entries;
    entries
        .iter()
        .filter_map(|entry| decoded(caches, entry))
        .any(|pod| pod.spec.node_name == node && fits(&pod))
}

fn decoded(caches: &Caches, entry: &Arc<Entry>) -> Option<Pod> {
    caches
        .of("", "pods")?
        .decode(entry)?
        .into_any()
        .downcast()
        .ok()
        .map(|boxed| *boxed)
}

fn sources(spec: &PodSpec) -> impl Iterator<Item = &Volume> {
    spec.volumes.iter()
}

fn uses_secret(spec: &PodSpec, name: &str) -> bool {
    let in_volumes = sources(spec).any(|volume| {
        let source = &volume.volume_source;
        let plain = source
            .secret
            .as_ref()
            .is_some_and(|secret| secret.secret_name == name);
        let projected = source.projected.iter().flat_map(|p| p.sources.iter());
        plain
            || projected
                .filter_map(|p| p.secret.as_ref())
                .any(|secret| secret.local_object_reference.name == name)
    });
    in_volumes
        || spec
            .image_pull_secrets
            .iter()
            .any(|secret| secret.name == name)
        || from_env(spec, name, true)
}

fn uses_config(spec: &PodSpec, name: &str) -> bool {
    let in_volumes = sources(spec).any(|volume| {
        let source = &volume.volume_source;
        let plain = source
            .config_map
            .as_ref()
            .is_some_and(|config| config.local_object_reference.name == name);
        let projected = source.projected.iter().flat_map(|p| p.sources.iter());
        plain
            || projected
                .filter_map(|p| p.config_map.as_ref())
                .any(|config| config.local_object_reference.name == name)
    });
    in_volumes || from_env(spec, name, false)
}

fn uses_claim(spec: &PodSpec, name: &str) -> bool {
    sources(spec).any(|volume| {
        volume
            .volume_source
            .persistent_volume_claim
            .as_ref()
            .is_some_and(|claim| claim.claim_name == name)
    })
}

fn from_env(spec: &PodSpec, name: &str, secret: bool) -> bool {
    spec.init_containers
        .iter()
        .chain(spec.containers.iter())
        .any(|container| {
            let whole = container.env_from.iter().any(|source| match secret {
                true => source
                    .secret_ref
                    .as_ref()
                    .is_some_and(|r| r.local_object_reference.name == name),
                false => source
                    .config_map_ref
                    .as_ref()
                    .is_some_and(|r| r.local_object_reference.name == name),
            });
            whole
                || container
                    .env
                    .iter()
                    .filter_map(|env| env.value_from.as_ref())
                    .any(|source| match secret {
                        true => source
                            .secret_key_ref
                            .as_ref()
                            .is_some_and(|r| r.local_object_reference.name == name),
                        false => source
                            .config_map_key_ref
                            .as_ref()
                            .is_some_and(|r| r.local_object_reference.name == name),
                    })
        })
}
