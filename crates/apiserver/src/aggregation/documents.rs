//! What aggregated servers say that they have: discovery in either form, and where their OpenAPI documents are.
use super::{
    remote::{Remote, Swagger, user},
    resolve, swagger,
};
use crate::shared::Api;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use meta::Str;
use ring::digest;
use serde_json::{Value, json};
use std::sync::Arc;

/// Both versions of the aggregated form, and nothing else.
const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";
const JSON: &str = "application/json";

/// One group version of another server as discovery shows it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RemoteVersion {
    pub(crate) group: Str,
    pub(crate) version: Str,
    pub(crate) group_priority: i32,
    pub(crate) version_priority: i32,
    /// `APIResourceDiscovery` documents.
    pub(crate) resources: Vec<Value>,
    /// The server did not answer when it was asked last.
    pub(crate) stale: bool,
}

impl RemoteVersion {
    /// What there is to say before the server was asked, or when it does not answer any more.
    pub(super) fn stale(remote: &Remote, before: Option<&Self>) -> Self {
        Self {
            group: remote.group.clone(),
            version: remote.version.clone(),
            group_priority: remote.group_priority,
            version_priority: remote.version_priority,
            resources: before.map_or_else(Vec::new, |before| before.resources.clone()),
            stale: true,
        }
    }
}

/// Asks for the resources of a group version; `None` when there is no answer.
pub(super) async fn resources(api: &Api, remote: &Remote) -> Option<Vec<Value>> {
    let host = resolve::endpoint(&api.caches, &api.platform.rng, &remote.service).ok()?;
    let asking = user("system:kube-aggregator", &["system:masters"]);
    let all = remote.fetch(api, &host, "/apis", AGGREGATED, &asking).await;
    match all {
        Ok(answer) if answer.status == StatusCode::SERVICE_UNAVAILABLE => return None,
        Ok(answer)
            if answer.status == StatusCode::OK && answer.content_type.contains("apidiscovery") =>
        {
            let document: Value = serde_json::from_slice(&answer.body).ok()?;
            return Some(of_version(&document, remote));
        }
        _ => {}
    }
    let path = format!("/apis/{}/{}", remote.group, remote.version);
    let list = remote.fetch(api, &host, &path, JSON, &asking).await.ok()?;
    if list.status != StatusCode::OK {
        return None;
    }
    let document: Value = serde_json::from_slice(&list.body).ok()?;
    Some(from_list(&document, &remote.group, &remote.version))
}

/// The resources of one version in an `APIGroupDiscoveryList`.
fn of_version(document: &Value, remote: &Remote) -> Vec<Value> {
    let groups = document["items"].as_array().into_iter().flatten();
    let mut groups = groups.filter(|group| group["metadata"]["name"] == *remote.group);
    let versions = groups.next().and_then(|group| group["versions"].as_array());
    let mut versions = versions.into_iter().flatten();
    let found = versions.find(|version| version["version"] == *remote.version);
    let resources = found.and_then(|version| version["resources"].as_array());
    resources.cloned().unwrap_or_default()
}

/// The same from an `APIResourceList`. Subresources follow their resource there; what has none of its own stands for itself.
fn from_list(document: &Value, group: &str, version: &str) -> Vec<Value> {
    let mut resources: Vec<Value> = Vec::new();
    for row in document["resources"].as_array().into_iter().flatten() {
        let own = |field: &str, fallback: &str| match row[field].as_str() {
            Some(own) if !own.is_empty() => own.to_owned(),
            _ => fallback.to_owned(),
        };
        let kind = json!({
            "group": own("group", group),
            "version": own("version", version),
            "kind": row["kind"],
        });
        let name = row["name"].as_str().unwrap_or("");
        let scope = if row["namespaced"] == true {
            "Namespaced"
        } else {
            "Cluster"
        };
        if let Some((parent, sub)) = name.split_once('/') {
            let known = resources.iter().position(|row| row["resource"] == parent);
            let parent = known.unwrap_or_else(|| {
                resources.push(json!({"resource": parent, "scope": scope}));
                resources.len() - 1
            });
            let document = json!({"subresource": sub, "responseKind": kind, "verbs": row["verbs"]});
            match resources[parent]["subresources"].as_array_mut() {
                Some(all) => all.push(document),
                None => resources[parent]["subresources"] = json!([document]),
            }
            continue;
        }
        let mut resource = json!({
            "resource": name,
            "responseKind": kind,
            "scope": scope,
            "singularResource": row["singularName"],
            "verbs": row["verbs"],
        });
        for field in ["shortNames", "categories"] {
            if row[field].is_array() {
                resource[field] = row[field].clone();
            }
        }
        resources.push(resource);
    }
    resources
}

/// Where the server has the OpenAPI v3 document of the group version; `None` when it has none.
pub(super) async fn openapi(api: &Api, remote: &Remote) -> Option<String> {
    let host = resolve::endpoint(&api.caches, &api.platform.rng, &remote.service).ok()?;
    let asking = user("system:aggregator", &[]);
    let index = remote.fetch(api, &host, "/openapi/v3", JSON, &asking).await;
    let index = index.ok().filter(|index| index.status == StatusCode::OK)?;
    let index: Value = serde_json::from_slice(&index.body).ok()?;
    let place = format!("apis/{}/{}", remote.group, remote.version);
    let url = index["paths"][&place]["serverRelativeURL"].as_str()?;
    // Another server's words are believed only where they lead to itself, through us.
    url.starts_with(&format!("/openapi/v3/{place}"))
        .then(|| url.to_owned())
}

/// Asks for the server's OpenAPI v2 document where it may have changed. What it gave before stays while it gives none.
pub(super) async fn swagger(api: &Api, remote: &Remote) {
    let Ok(host) = resolve::endpoint(&api.caches, &api.platform.rng, &remote.service) else {
        return;
    };
    let known = remote.swagger.lock().clone();
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(JSON));
    let etag = known.as_ref().map(|known| known.etag.as_str());
    if let Some(etag) = etag.and_then(|etag| HeaderValue::from_str(etag).ok()) {
        headers.insert(header::IF_NONE_MATCH, etag);
    }
    let asking = user("system:aggregator", &[]);
    let path = "/openapi/v2";
    let answer = remote.fetch_with(api, &host, path, headers, &asking).await;
    let Ok(answer) = answer else { return };
    if answer.status != StatusCode::OK {
        return;
    }
    let etag = match answer.etag.as_str() {
        "" => URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &answer.body)),
        etag => etag.to_owned(),
    };
    if known.is_some_and(|known| known.etag == etag) {
        return;
    }
    let Ok(document) = serde_json::from_slice(&answer.body) else {
        tracing::debug!(name = %remote.name, "an aggregated server's OpenAPI document cannot be read");
        return;
    };
    let prefix = format!("/apis/{}/{}/", remote.group, remote.version);
    let document = swagger::of_version(&document, &prefix);
    *remote.swagger.lock() = Some(Arc::new(Swagger { etag, document }));
}

#[cfg(test)]
mod tests;
