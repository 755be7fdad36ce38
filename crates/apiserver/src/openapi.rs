//! OpenAPI v3 and v2 of what is served, from the schema table. Documents are made on demand and not held.
mod operations;

use crate::{body::Body, shared::Api, status};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use resource::ResourceInfo;
use ring::digest;
use schema::{TypeInfo, openapi::Version};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Serves `/openapi/v2`, `/openapi/v3` and `/openapi/v3/…`.
pub(crate) fn serve(api: &Api, path: &[&str], headers: &HeaderMap) -> Option<Response<Body>> {
    match path {
        ["v3"] => Some(answer(&index(api), headers)),
        ["v3", "api", version] => Some(answer(&document(api, "", version)?, headers)),
        ["v3", "apis", group, version] => Some(answer(&document(api, group, version)?, headers)),
        ["v2"] => Some(answer(&v2(api), headers)),
        _ => None,
    }
}

fn answer(document: &Value, headers: &HeaderMap) -> Response<Body> {
    let json = document.to_string().into_bytes();
    let etag = format!("\"{}\"", hash(&json));
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == etag.as_bytes())
    {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    let mut response = status::json(StatusCode::OK, json);
    if let Ok(value) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    crate::render::compressed(response)
}

fn hash(bytes: &[u8]) -> String {
    let digest = digest::digest(&digest::SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect()
}

/// Where the document of each group version is.
fn index(api: &Api) -> Value {
    let mut paths = Map::new();
    for (group, version) in api.discovery.group_versions() {
        let place = if group.is_empty() {
            format!("api/{version}")
        } else {
            format!("apis/{group}/{version}")
        };
        let seed = format!(
            "{}/{place}/{}",
            api.version.git_version,
            api.infos().count()
        );
        let url = format!("/openapi/v3/{place}?hash={}", hash(seed.as_bytes()));
        paths.insert(place, json!({ "serverRelativeURL": url }));
    }
    json!({ "paths": paths })
}

fn info(api: &Api) -> Value {
    json!({"title": "Kubernetes", "version": api.version.git_version})
}

fn document(api: &Api, group: &str, version: &str) -> Option<Value> {
    let of_version: Vec<&ResourceInfo> = api
        .infos()
        .filter(|info| info.group == group && info.version == version)
        .collect();
    if !api.discovery.has_version(group, version) {
        return None;
    }
    let mut paths = Map::new();
    of_version
        .iter()
        .for_each(|info| operations::add(&mut paths, info, Version::V3));
    let schemas = definitions(roots(&of_version), Version::V3);
    Some(json!({
        "openapi": "3.0.0",
        "info": info(api),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"BearerToken": {"type": "apiKey", "in": "header", "name": "authorization", "description": "Bearer Token authentication"}},
        },
    }))
}

fn v2(api: &Api) -> Value {
    let all: Vec<&ResourceInfo> = api.infos().collect();
    let mut paths = Map::new();
    all.iter()
        .for_each(|info| operations::add(&mut paths, info, Version::V2));
    json!({
        "swagger": "2.0",
        "info": info(api),
        "paths": paths,
        "definitions": definitions(roots(&all), Version::V2),
        "securityDefinitions": {"BearerToken": {"type": "apiKey", "in": "header", "name": "authorization", "description": "Bearer Token authentication"}},
        "security": [{"BearerToken": []}],
    })
}

/// The types that paths speak of directly.
fn roots(infos: &[&ResourceInfo]) -> Vec<&'static TypeInfo> {
    let kinds = infos.iter().flat_map(|info| {
        let subresources = info
            .subresources
            .iter()
            .map(|sub| schema::lookup(sub.group, sub.version, sub.kind));
        [
            schema::lookup(info.group, info.version, info.kind),
            schema::lookup(info.group, info.version, info.list_kind),
        ]
        .into_iter()
        .chain(subresources)
    });
    let meta = ["Status", "DeleteOptions", "Patch"]
        .iter()
        .map(|name| schema::by_name(&format!("io.k8s.apimachinery.pkg.apis.meta.v1.{name}")));
    kinds.chain(meta).flatten().collect()
}

/// Definitions of the types and of all that they refer to.
fn definitions(roots: Vec<&'static TypeInfo>, version: Version) -> Map<String, Value> {
    let mut seen = BTreeSet::new();
    let mut open = roots;
    let mut out = Map::new();
    while let Some(info) = open.pop() {
        if !seen.insert(info.name) {
            continue;
        }
        let definition = schema::openapi::definition(info, version);
        let mut names = Vec::new();
        references(&definition, &mut names);
        open.extend(names.iter().filter_map(|name| schema::by_name(name)));
        out.insert(info.name.to_owned(), definition);
    }
    out
}

fn references(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(name) = map
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|path| path.rsplit('/').next())
            {
                out.push(name.to_owned());
            }
            map.values().for_each(|value| references(value, out));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, out)),
        _ => {}
    }
}
