//! How many pods there should be, as those want that control the pods there are.

use crate::owner::controller_of;
use api::{
    apps::v1::{Deployment, ReplicaSet, StatefulSet},
    core::v1::{Pod, ReplicationController},
    policy::v1::PodDisruptionBudgetSpec,
};
use client::{Cache, Client, Error, Resource};
use http::Method;
use meta::{Kind, ObjectKey, ObjectMeta, OwnerReference, Str};
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What counts as the whole of a budget.
pub(super) struct Expected {
    pub(super) count: i32,
    /// Pods without a controller are there, and not counted.
    pub(super) unmanaged: bool,
}

impl Expected {
    /// The pods that are there, whoever controls them. A budget that asks for nothing expects none.
    pub(super) fn there(spec: &PodDisruptionBudgetSpec, pods: &[Arc<Pod>]) -> Self {
        let count = if spec.min_available.is_some() {
            i32::try_from(pods.len()).unwrap_or(i32::MAX)
        } else {
            0
        };
        Self {
            count,
            unmanaged: false,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Upstream's words.
    #[error("{0}")]
    Said(String),
    #[error("{0}")]
    Api(#[from] Error),
}

/// Where controllers of pods are looked up.
pub(super) struct Owners {
    pub(super) replica_sets: Cache<ReplicaSet>,
    pub(super) deployments: Cache<Deployment>,
    pub(super) stateful_sets: Cache<StatefulSet>,
    pub(super) replication_controllers: Cache<ReplicationController>,
    /// Reads the scale of all other kinds.
    pub(super) client: Client,
}

/// Uid and wanted replicas of a controller.
type Scale = (Str, i32);

impl Owners {
    /// The sum over all who control one of `pods`.
    pub(super) async fn expected(&self, pods: &[Arc<Pod>]) -> Result<Expected, Failure> {
        let mut scales: BTreeMap<Str, i32> = BTreeMap::new();
        let (mut seen, mut unmanaged) = (BTreeSet::new(), false);
        for pod in pods {
            let Some(owner) = controller_of(&pod.metadata) else {
                unmanaged = true;
                continue;
            };
            if !seen.insert(&owner.uid) {
                continue;
            }
            let (group, version) = group_version(owner)?;
            let key = beside(&pod.metadata, owner);
            let found = match self.known(group, owner, &key) {
                Some(scale) => Some(scale),
                None => self.scale(group, version, owner, &key).await?,
            };
            let Some((uid, scale)) = found else {
                let name = pod.metadata.name.as_str();
                let words = format!("found no controllers for pod {name:?}");
                return Err(Failure::Said(words));
            };
            scales.insert(uid, scale);
        }
        let count = scales.values().copied().fold(0, i32::saturating_add);
        Ok(Expected { count, unmanaged })
    }

    /// Of the kinds that are in caches. A ReplicaSet of a Deployment stands for the Deployment.
    fn known(&self, group: &str, owner: &OwnerReference, key: &ObjectKey) -> Option<Scale> {
        match (group, owner.kind.as_str()) {
            ("apps" | "extensions", "ReplicaSet") => {
                let set = same(self.replica_sets.get(key), owner)?;
                match controller_of(&set.metadata) {
                    Some(above) if above.kind == Deployment::KIND => {
                        let (group, _) = group_version(above).ok()?;
                        let known = matches!(group, "apps" | "extensions");
                        let key = beside(&set.metadata, above);
                        let deployment = self.deployments.get(&key).filter(|_| known);
                        let deployment = same(deployment, above)?;
                        Some(scale_of(&*deployment, deployment.spec.replicas))
                    }
                    _ => Some(scale_of(&*set, set.spec.replicas)),
                }
            }
            ("apps", "StatefulSet") => {
                let set = same(self.stateful_sets.get(key), owner)?;
                Some(scale_of(&*set, set.spec.replicas))
            }
            ("", "ReplicationController") => {
                let controller = same(self.replication_controllers.get(key), owner)?;
                Some(scale_of(&*controller, controller.spec.replicas))
            }
            _ => None,
        }
    }

    /// Of any other kind, as its subresource `scale` says; `None` when the object is gone, or is another.
    async fn scale(
        &self,
        group: &str,
        version: &str,
        owner: &OwnerReference,
        key: &ObjectKey,
    ) -> Result<Option<Scale>, Failure> {
        let mut resource = Resource {
            group: group.into(),
            version: version.into(),
            kind: owner.kind.clone(),
            plural: Str::default(),
            namespaced: true,
        };
        let served = self.served(&resource).await?;
        let Some(plural) = served.plural(&owner.kind) else {
            return Err(Failure::Said(format!(
                "no matches for kind {:?} in version {:?}",
                owner.kind.as_str(),
                owner.api_version.as_str()
            )));
        };
        resource.plural = plural.into();
        let path = resource.path(key.namespace.as_deref(), Some(&key.name), "scale");
        match self.get::<ScaleObject>(&path).await {
            Ok(scale) => {
                let is_same = owner.uid == scale.metadata.uid;
                Ok(is_same.then(|| (owner.uid.clone(), scale.spec.replicas)))
            }
            Err(error) if error.is_not_found() && served.has_scale(plural) => Ok(None),
            Err(error) if error.is_not_found() => {
                let dot = if group.is_empty() { "" } else { "." };
                Err(Failure::Said(format!(
                    "{plural}{dot}{group} does not implement the scale subresource"
                )))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The resources of a group version; none when there is no such.
    async fn served(&self, resource: &Resource) -> Result<Served, Failure> {
        let is_plain = |text: &str| {
            let mut bytes = text.bytes();
            bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        };
        if !is_plain(&resource.group) || !is_plain(&resource.version) {
            return Ok(Served::default());
        }
        let prefix = if resource.group.is_empty() {
            "/api"
        } else {
            "/apis"
        };
        let path = format!("{prefix}/{}", resource.api_version());
        match self.get(&path).await {
            Ok(served) => Ok(served),
            Err(error) if error.is_not_found() => Ok(Served::default()),
            Err(error) => Err(error.into()),
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        let accept = "application/json";
        let bytes = self.client.fetch(Method::GET, path, accept, None).await?;
        serde_json::from_slice(&bytes).map_err(|error| Error::Decode {
            what: path.to_owned(),
            message: error.to_string(),
        })
    }
}

fn group_version(owner: &OwnerReference) -> Result<(&str, &str), Failure> {
    let text = owner.api_version.as_str();
    let (group, version) = text.split_once('/').unwrap_or(("", text));
    if version.contains('/') {
        let words = format!("unexpected GroupVersion string: {text}");
        return Err(Failure::Said(words));
    }
    Ok((group, version))
}

/// Owners are in the namespace of what they own.
fn beside(owned: &ObjectMeta, owner: &OwnerReference) -> ObjectKey {
    ObjectKey::namespaced(owned.namespace.clone(), owner.name.clone())
}

/// The object, unless another than `owner` has its name.
fn same<K: Kind>(object: Option<Arc<K>>, owner: &OwnerReference) -> Option<Arc<K>> {
    object.filter(|object| Kind::metadata(&**object).uid == owner.uid)
}

/// Objects that are stored have their replicas, by default one.
fn scale_of<K: Kind>(object: &K, replicas: Option<i32>) -> Scale {
    (Kind::metadata(object).uid.clone(), replicas.unwrap_or(1))
}

/// An `APIResourceList`.
#[derive(Default, Deserialize)]
struct Served {
    #[serde(default)]
    resources: Vec<ServedResource>,
}

#[derive(Deserialize)]
struct ServedResource {
    name: String,
    kind: String,
}

impl Served {
    fn plural(&self, kind: &str) -> Option<&str> {
        let mut names = self.resources.iter();
        names
            .find(|one| one.kind == kind && !one.name.contains('/'))
            .map(|one| one.name.as_str())
    }

    fn has_scale(&self, plural: &str) -> bool {
        let mut all = self.resources.iter();
        all.any(|one| one.kind == "Scale" && one.name.strip_suffix("/scale") == Some(plural))
    }
}

/// What is read of an `autoscaling/v1` Scale.
#[derive(Deserialize)]
struct ScaleObject {
    metadata: ScaleMetadata,
    #[serde(default)]
    spec: ScaleSpec,
}

#[derive(Deserialize)]
struct ScaleMetadata {
    #[serde(default)]
    uid: String,
}

#[derive(Default, Deserialize)]
struct ScaleSpec {
    #[serde(default)]
    replicas: i32,
}
