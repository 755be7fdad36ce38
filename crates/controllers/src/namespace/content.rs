//! Deletes everything in a namespace, and says what is left.

use client::{
    Api, Client, DeleteParams, ListParams, Metadata, Propagation, Resource,
    discovery::{Discovered, discover},
    key_of,
};
use meta::Str;
use std::collections::BTreeMap;

/// How long content with finalizers is given before the next look, as upstream estimates it.
const FINALIZER_SECONDS: u64 = 15;

/// What came of emptying a namespace.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Emptied {
    /// Why resources could not be found; in words.
    pub(super) undiscovered: Option<String>,
    /// Deletions that failed.
    pub(super) failures: Vec<String>,
    /// Instances left, by `resource.group`.
    pub(super) remaining: BTreeMap<String, usize>,
    /// Instances left with a finalizer, by finalizer.
    pub(super) finalizers: BTreeMap<Str, usize>,
    /// Time until what is left should be gone; `None` when nothing is.
    pub(super) wait_seconds: Option<u64>,
}

pub(super) struct Content {
    client: Client,
}

impl Content {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Pods first, and nothing else while one is left (KEP-5080): network policies and secrets outlive them.
    pub(super) async fn empty(&self, namespace: &str) -> Emptied {
        let mut emptied = Emptied::default();
        let found = match discover(&self.client).await {
            Ok(found) => found,
            Err(error) => {
                emptied.undiscovered = Some(error.to_string());
                return emptied;
            }
        };
        emptied.undiscovered = undiscovered(&found.stale);
        let deletable = |found: &Discovered| {
            found.resource.namespaced && found.can("delete") && found.can("list")
        };
        let resources = found.resources.into_iter().filter(deletable);
        let (pods, others): (Vec<_>, Vec<_>) =
            resources.partition(|found| is_pods(&found.resource));
        for found in pods {
            self.empty_resource(namespace, &found, &mut emptied).await;
        }
        if emptied.remaining.is_empty() {
            for found in others {
                self.empty_resource(namespace, &found, &mut emptied).await;
            }
        }
        emptied
    }

    async fn empty_resource(&self, namespace: &str, found: &Discovered, emptied: &mut Emptied) {
        let api = self.client.resource::<Metadata>(found.resource.clone());
        if let Err(error) = delete_all(&api, namespace, found).await {
            emptied.failures.push(error.to_string());
        }
        match api.list(Some(namespace), &ListParams::default()).await {
            Ok(left) => emptied.count(namespace, &found.resource, &left.items),
            Err(error) if error.is_not_found() || error.is_method_not_allowed() => {}
            Err(error) => emptied.failures.push(error.to_string()),
        }
    }
}

impl Emptied {
    pub(super) fn count(&mut self, namespace: &str, resource: &Resource, left: &[Metadata]) {
        if left.is_empty() {
            return;
        }
        self.remaining.insert(
            format!("{}.{}", resource.plural, resource.group),
            left.len(),
        );
        let finalizers = left.iter().flat_map(|object| &object.metadata.finalizers);
        for finalizer in finalizers {
            *self.finalizers.entry(finalizer.clone()).or_default() += 1;
        }
        let graces = left
            .iter()
            .filter_map(|object| object.metadata.deletion_grace_period_seconds);
        let longest = graces
            .filter_map(|seconds| u64::try_from(seconds).ok())
            .max();
        let wait = if is_pods(resource) { longest } else { None };
        let is_kept = left
            .iter()
            .any(|object| !object.metadata.finalizers.is_empty());
        if wait.is_none() && !is_kept {
            let Resource {
                group,
                version,
                plural,
                ..
            } = resource;
            self.failures.push(format!(
                "unexpected items still remain in namespace: {namespace} for gvr: {group}/{version}, Resource={plural}"
            ));
        }
        let wait = wait.unwrap_or(FINALIZER_SECONDS);
        self.wait_seconds = self.wait_seconds.max(Some(wait));
    }
}

/// What client-go says of group versions whose servers do not answer.
fn undiscovered(stale: &[String]) -> Option<String> {
    let each = stale
        .iter()
        .map(|version| format!("{version}: stale GroupVersion discovery: {version}"));
    let each: Vec<_> = each.collect();
    (!each.is_empty()).then(|| {
        format!(
            "Discovery failed for some groups, {} failing: unable to retrieve the complete list of server APIs: {}",
            each.len(),
            each.join(", ")
        )
    })
}

fn is_pods(resource: &Resource) -> bool {
    resource.group.is_empty() && resource.plural == "pods"
}

/// One request where the resource has the verb, else one for each object.
async fn delete_all(
    api: &Api<Metadata>,
    namespace: &str,
    found: &Discovered,
) -> Result<(), client::Error> {
    let background = DeleteParams {
        propagation: Some(Propagation::Background),
        ..DeleteParams::default()
    };
    let everything = ListParams::default();
    if found.can("deletecollection") {
        let deleted = api
            .delete_collection(Some(namespace), &everything, &background)
            .await;
        if !matches!(&deleted, Err(error) if error.is_method_not_allowed() || error.is_not_found())
        {
            return deleted;
        }
    }
    for object in api.list(Some(namespace), &everything).await?.items {
        match api.delete(&key_of(&object.metadata), &background).await {
            Err(error) if !error.is_not_found() && !error.is_method_not_allowed() => {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
