//! What kubelets may: upstream's Node authorizer. Rules that all nodes share, narrowed to the node itself and to what its pods use.
//!
//! A scan of the node's pods stands where upstream keeps a graph: a node has about a hundred.
pub(crate) mod uses;

use super::{Attributes, Decision, Verdict, rules};
use crate::{
    bootstrap,
    cache::{Caches, Entry, Field, FieldRequirement, Filter, cache_key},
};
use api::{
    core::v1::{PersistentVolume, Pod},
    rbac::v1::PolicyRule,
    resource::v1::ResourceSlice,
    storage::v1::VolumeAttachment,
};
use meta::{Kind, Str};
use resource::User;
use std::sync::Arc;

const LEASES: &str = "kube-node-lease";

/// Whether a user is of the group of nodes.
pub(super) fn is_node(user: &User) -> bool {
    user.in_group("system:nodes") && user.name.starts_with("system:node:")
}

pub(super) struct NodeAuthorizer {
    caches: Arc<Caches>,
    /// What every node may, for kinds that are not subdivided.
    shared: Vec<PolicyRule>,
}

/// `Ok` allows, `Err` has no opinion and says why.
type Opinion = Result<(), String>;

impl NodeAuthorizer {
    pub(super) fn new(caches: Arc<Caches>) -> Self {
        Self {
            caches,
            shared: bootstrap::node_rules(),
        }
    }

    pub(super) fn authorize(&self, user: &User, asked: &Attributes<'_>) -> Verdict {
        if !is_node(user) {
            return Verdict::no_opinion();
        }
        let opinion = match user.name.strip_prefix("system:node:") {
            Some("") | None => Err(format!(
                "unknown node for user {}",
                meta::go_quote(&user.name)
            )),
            Some(node) => self.opinion(node, asked),
        };
        match opinion {
            Ok(()) => Verdict::allow(),
            Err(reason) => Verdict::new(Decision::NoOpinion, reason),
        }
    }

    fn opinion(&self, node: &str, asked: &Attributes<'_>) -> Opinion {
        match (asked.group, asked.resource) {
            ("", "secrets") => self.read_namespaced(node, asked, |pod, name| {
                uses::secret(pod, name) || self.volume_secret(pod, name)
            }),
            ("", "configmaps") => self.read_namespaced(node, asked, uses::config_map),
            ("", "persistentvolumeclaims") if asked.subresource == "status" => {
                only(
                    asked,
                    &["update", "patch"],
                    "can only get/update/patch this type",
                )?;
                self.related(node, asked, uses::claim)
            }
            ("", "persistentvolumeclaims") => self.get(node, asked, uses::claim),
            ("", "persistentvolumes") => {
                may_get(asked)?;
                self.volume(node, asked)
            }
            ("resource.k8s.io", "resourceclaims") => self.get(node, asked, uses::resource_claim),
            ("storage.k8s.io", "volumeattachments") => {
                may_get(asked)?;
                let attachment: Option<VolumeAttachment> = self.read("", asked.name);
                let own = attachment.is_some_and(|found| found.spec.node_name == node);
                named(asked).and(own.then_some(()).ok_or_else(|| unrelated(node)))
            }
            ("", "serviceaccounts") => self.account(node, asked),
            ("coordination.k8s.io", "leases") => lease(node, asked),
            ("storage.k8s.io", "csinodes") => csi_node(node, asked),
            ("resource.k8s.io", "resourceslices") => self.slice(node, asked),
            ("", "nodes") => own_node(node, asked),
            ("", "pods") => self.pod(node, asked),
            _ if self.shared.iter().any(|rule| rules::allows(rule, asked)) => Ok(()),
            _ => Err(String::new()),
        }
    }

    fn read_namespaced(
        &self,
        node: &str,
        asked: &Attributes<'_>,
        uses: impl Fn(&Pod, &str) -> bool,
    ) -> Opinion {
        only(
            asked,
            &["get", "list", "watch"],
            "can only read resources of this type",
        )?;
        if !asked.subresource.is_empty() {
            return Err("cannot read subresource".into());
        }
        if asked.namespace.is_empty() {
            return Err("can only read namespaced object of this type".into());
        }
        self.related(node, asked, uses)
    }

    fn get(
        &self,
        node: &str,
        asked: &Attributes<'_>,
        uses: impl Fn(&Pod, &str) -> bool,
    ) -> Opinion {
        may_get(asked)?;
        self.related(node, asked, uses)
    }

    /// A pod of the node uses what is asked for. Mirror pods give no rights: the node makes them itself.
    fn related(
        &self,
        node: &str,
        asked: &Attributes<'_>,
        uses: impl Fn(&Pod, &str) -> bool,
    ) -> Opinion {
        named(asked)?;
        let found = self.pods(node, asked.namespace).any(|pod| {
            let mirror = "kubernetes.io/config.mirror";
            !pod.metadata.annotations.contains_key(mirror) && uses(&pod, asked.name)
        });
        found.then_some(()).ok_or_else(|| unrelated(node))
    }

    fn volume(&self, node: &str, asked: &Attributes<'_>) -> Opinion {
        named(asked)?;
        let volume: Option<PersistentVolume> = self.read("", asked.name);
        let claim = volume.and_then(|volume| volume.spec.claim_ref);
        let used = claim.is_some_and(|claim| {
            self.pods(node, &claim.namespace)
                .any(|pod| uses::claim(&pod, &claim.name))
        });
        used.then_some(()).ok_or_else(|| unrelated(node))
    }

    /// Whether a volume that one of the pod's claims is bound to needs the secret on the node.
    fn volume_secret(&self, pod: &Pod, secret: &str) -> bool {
        let Some(cache) = self.caches.of("", PersistentVolume::PLURAL) else {
            return false;
        };
        let namespace = &pod.metadata.namespace;
        let claims = uses::claims(pod);
        if claims.is_empty() {
            return false;
        }
        let entries = cache.snapshot(&Filter::default(), None, None, 0).entries;
        let volumes = entries
            .iter()
            .filter_map(|entry| typed::<PersistentVolume>(&self.caches, entry));
        let mut bound = volumes.filter(|volume| {
            let claim = volume.spec.claim_ref.as_deref();
            claim.is_some_and(|of| of.namespace == *namespace && claims.contains(&of.name))
        });
        bound.any(|volume| uses::volume_secret(&volume, namespace, secret))
    }

    fn account(&self, node: &str, asked: &Attributes<'_>) -> Opinion {
        let words = "can only create tokens for individual service accounts";
        match (asked.verb, asked.subresource) {
            ("get", "") => {}
            ("create", "token") if !asked.name.is_empty() => {}
            ("create", sub) if sub != "token" && !asked.name.is_empty() => {
                return Err("can only create token subresource of serviceaccount".into());
            }
            _ => return Err(words.into()),
        }
        self.related(node, asked, |pod, name| {
            pod.spec.service_account_name == name
        })
    }

    fn slice(&self, node: &str, asked: &Attributes<'_>) -> Opinion {
        if !asked.subresource.is_empty() {
            return Err("cannot authorize ResourceSlice subresources".into());
        }
        match asked.verb {
            "create" => Ok(()),
            "get" | "update" | "patch" | "delete" => {
                named(asked)?;
                let slice: Option<ResourceSlice> = self.read("", asked.name);
                let own = slice.is_some_and(|slice| slice.spec.node_name.as_deref() == Some(node));
                own.then_some(()).ok_or_else(|| unrelated(node))
            }
            "watch" | "list" | "deletecollection" if asked.selectors.demands("spec.nodeName", node) => Ok(()),
            "watch" | "list" | "deletecollection" => Err(
                "can only list/watch/deletecollection resourceslices with nodeName field selector".into(),
            ),
            _ => Err(
                "only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection".into(),
            ),
        }
    }

    fn pod(&self, node: &str, asked: &Attributes<'_>) -> Opinion {
        match (asked.subresource, asked.verb) {
            ("", "create" | "delete") | ("status", "update" | "patch") | ("eviction", "create") => {
                Ok(())
            }
            ("", "get") => self.own_pod(node, asked),
            ("", "list" | "watch") if asked.selectors.demands("spec.nodeName", node) => Ok(()),
            ("", "list" | "watch") if !asked.name.is_empty() => self.own_pod(node, asked),
            ("", "list" | "watch") => {
                Err("can only list/watch pods with spec.nodeName field selector".into())
            }
            _ => Err(String::new()),
        }
    }

    fn own_pod(&self, node: &str, asked: &Attributes<'_>) -> Opinion {
        named(asked)?;
        let pod: Option<Pod> = self.read(asked.namespace, asked.name);
        let own = pod.is_some_and(|pod| pod.spec.node_name == node);
        own.then_some(()).ok_or_else(|| unrelated(node))
    }

    fn read<K: Kind>(&self, namespace: &str, name: &str) -> Option<K> {
        let cache = self.caches.of(K::GROUP, K::PLURAL)?;
        let entry = cache.get(&cache_key(namespace, name))?;
        typed(&self.caches, &entry)
    }

    /// The node's pods in a namespace.
    fn pods(&self, node: &str, namespace: &str) -> impl Iterator<Item = Pod> {
        let mut filter = Filter::in_namespace(namespace);
        let cache = self.caches.of("", "pods");
        let index = cache.as_ref().and_then(|cache| {
            let labels = &cache.resource.info().field_labels;
            labels.iter().position(|label| *label == "spec.nodeName")
        });
        filter.fields.extend(index.map(|index| FieldRequirement {
            field: Field::Selectable(index),
            equal: true,
            value: Str::from(node),
        }));
        let entries = cache.map(|cache| cache.snapshot(&filter, None, None, 0).entries);
        let node = Str::from(node);
        entries
            .into_iter()
            .flatten()
            .filter_map(|entry| typed::<Pod>(&self.caches, &entry))
            .filter(move |pod| pod.spec.node_name == node)
    }
}

fn typed<K: Kind>(caches: &Caches, entry: &Entry) -> Option<K> {
    let object = caches.of(K::GROUP, K::PLURAL)?.decode(entry)?;
    object.into_any().downcast().ok().map(|boxed| *boxed)
}

fn unrelated(node: &str) -> String {
    format!("no relationship found between node '{node}' and this object")
}

fn only(asked: &Attributes<'_>, verbs: &[&str], words: &str) -> Opinion {
    verbs
        .contains(&asked.verb)
        .then_some(())
        .ok_or_else(|| words.to_owned())
}

fn named(asked: &Attributes<'_>) -> Opinion {
    (!asked.name.is_empty())
        .then_some(())
        .ok_or_else(|| "No Object name found".to_owned())
}

fn may_get(asked: &Attributes<'_>) -> Opinion {
    only(
        asked,
        &["get"],
        "can only get individual resources of this type",
    )?;
    let whole = asked.subresource.is_empty();
    whole
        .then_some(())
        .ok_or_else(|| "cannot get subresource".to_owned())
}

fn lease(node: &str, asked: &Attributes<'_>) -> Opinion {
    let words = "can only get, create, update, patch, or delete a node lease";
    only(
        asked,
        &["get", "create", "update", "patch", "delete"],
        words,
    )?;
    if asked.namespace != LEASES {
        return Err(format!(
            "can only access leases in the {LEASES:?} system namespace"
        ));
    }
    if asked.verb != "create" && asked.name != node {
        return Err("can only access node lease with the same name as the requesting node".into());
    }
    Ok(())
}

fn csi_node(node: &str, asked: &Attributes<'_>) -> Opinion {
    let words = "can only get, create, update, patch, or delete a CSINode";
    only(
        asked,
        &["get", "create", "update", "patch", "delete"],
        words,
    )?;
    if !asked.subresource.is_empty() {
        return Err("cannot authorize CSINode subresources".into());
    }
    if asked.verb != "create" && asked.name != node {
        return Err("can only access CSINode with the same name as the requesting node".into());
    }
    Ok(())
}

/// Admission keeps nodes from writing others' objects: here the new object is not known.
fn own_node(node: &str, asked: &Attributes<'_>) -> Opinion {
    match (asked.subresource, asked.verb) {
        ("", "create" | "update" | "patch") | ("status", "update" | "patch") => Ok(()),
        ("", "get" | "list" | "watch") => match asked.name {
            name if name == node => Ok(()),
            "" => Err(format!(
                "node '{node}' cannot read all nodes, only its own Node object"
            )),
            name => Err(format!(
                "node '{node}' cannot read '{name}', only its own Node object"
            )),
        },
        _ => Err(String::new()),
    }
}
