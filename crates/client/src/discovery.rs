//! Which resources a server has: the aggregated discovery document (KEP-3352), reduced to one version each.

use crate::{Client, Error, Resource};
use http::Method;
use meta::Str;
use serde::Deserialize;
use std::collections::BTreeSet;

const ACCEPT: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/// A resource in its group's preferred version that has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Discovered {
    pub resource: Resource,
    pub verbs: Vec<Str>,
}

impl Discovered {
    #[must_use]
    pub fn can(&self, verb: &str) -> bool {
        self.verbs.iter().any(|known| known == verb)
    }
}

/// What was found, and which group versions could not say what they have (`metrics.k8s.io/v1beta1`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// Sorted.
    pub resources: Vec<Discovered>,
    pub stale: Vec<String>,
}

/// Asks the server for all its resources, without subresources.
///
/// # Errors
/// Whatever a request can end in.
pub async fn discover(client: &Client) -> Result<Discovery, Error> {
    let mut discovery = Discovery::default();
    for path in ["/api", "/apis"] {
        let bytes = client.fetch(Method::GET, path, ACCEPT, None).await?;
        let list: List = serde_json::from_slice(&bytes).map_err(|error| Error::Decode {
            what: path.to_owned(),
            message: error.to_string(),
        })?;
        list.items
            .into_iter()
            .for_each(|group| collect(group, &mut discovery));
    }
    discovery.resources.sort();
    Ok(discovery)
}

#[derive(Deserialize)]
struct List {
    #[serde(default)]
    items: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    versions: Vec<Version>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    /// The group; the core group has none.
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Version {
    version: String,
    #[serde(default)]
    freshness: String,
    #[serde(default)]
    resources: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    resource: String,
    #[serde(default)]
    response_kind: Option<ResponseKind>,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    verbs: Vec<String>,
}

#[derive(Deserialize)]
struct ResponseKind {
    #[serde(default)]
    kind: String,
}

/// Versions come in order of preference.
fn collect(group: Group, discovery: &mut Discovery) {
    let mut seen = BTreeSet::new();
    for version in group.versions {
        if version.freshness == "Stale" {
            discovery
                .stale
                .push(format!("{}/{}", group.metadata.name, version.version));
        }
        for entry in version.resources {
            if seen.insert(entry.resource.clone()) {
                discovery
                    .resources
                    .push(discovered(&group.metadata.name, &version.version, entry));
            }
        }
    }
}

fn discovered(group: &str, version: &str, entry: Entry) -> Discovered {
    Discovered {
        resource: Resource {
            group: group.into(),
            version: version.into(),
            kind: entry
                .response_kind
                .map(|kind| kind.kind.into())
                .unwrap_or_default(),
            plural: entry.resource.into(),
            namespaced: entry.scope == "Namespaced",
        },
        verbs: entry.verbs.into_iter().map(Str::from).collect(),
    }
}

#[cfg(test)]
mod tests;
