//! Everything that is not a resource: discovery, health, versions, OpenAPI, metrics, issuer keys.
use crate::{
    aggregation,
    body::Body,
    discovery, flow,
    metrics::Labels,
    negotiate::{self, Page, page},
    openapi,
    shared::Api,
    stack::Call,
    status, zpages,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use serde_json::json;
use std::sync::Arc;

/// Health, metrics, OpenAPI and what is for debugging are handlers of any method and of exactly their paths; all else is a route of GET.
const HANDLERS: [&str; 8] = [
    "debug", "flagz", "healthz", "livez", "metrics", "openapi", "readyz", "statusz",
];

/// Serves a path. Those of health, of pages about the program, of aggregated discovery and of OpenAPI v3 are counted, as upstream's are.
pub(crate) async fn serve(api: &Arc<Api>, call: Call) -> Response<Body> {
    let times = call.times;
    let labels = counted(&call);
    let record = call.record.clone();
    let response = answer(api, call).await;
    if let Some(labels) = labels
        .as_ref()
        .filter(|labels| labels.version == "v1alpha1")
    {
        api.metrics.deprecated_page(labels);
        if let Some(record) = record {
            record.annotations.add("k8s.io/deprecated", "true");
        }
    }
    match labels {
        Some(labels) => api.metrics.answered(api, &labels, times, None, response),
        None => response,
    }
}

fn counted(call: &Call) -> Option<Labels> {
    let request = &call.request;
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    let of = |component, subresource| Labels::path(component, subresource, method, uri);
    match &*call.info.path {
        path @ ("/healthz" | "/livez" | "/readyz") => Some(of("", path)),
        path @ ("/api" | "/apis") if *method == Method::GET => {
            let is_aggregated = discovery::is_aggregated(headers);
            is_aggregated.then(|| of("apiserver", &path[1..]))
        }
        "/openapi/v3" => Some(of("", "openapi/v3")),
        path if path.starts_with("/openapi/v3/") => Some(of("", "openapi/v3/")),
        path @ ("/statusz" | "/flagz") => {
            let kind = if path == "/statusz" {
                "Statusz"
            } else {
                "Flagz"
            };
            let version = match page(headers, kind) {
                Ok(Page::Document(_, version)) => version,
                _ => "",
            };
            let group = if version.is_empty() {
                ""
            } else {
                "config.k8s.io"
            };
            Some(Labels {
                group: group.into(),
                version: version.into(),
                resource: path.trim_start_matches('/').into(),
                ..of("apiserver", "")
            })
        }
        _ => None,
    }
}

async fn answer(api: &Arc<Api>, call: Call) -> Response<Body> {
    let method = call.request.method();
    let path = call.info.path.trim_matches('/').to_owned();
    let parts: Vec<&str> = if path.is_empty() {
        Vec::new()
    } else {
        path.split('/').collect()
    };
    let headers = call.request.headers();
    let query = call.request.uri().query().unwrap_or("");
    if call.info.path.starts_with("//") || parts.contains(&"") {
        return status::page_not_found();
    }
    let is_handler = parts.first().is_none_or(|first| HANDLERS.contains(first));
    if is_handler && !parts.is_empty() && call.info.path.ends_with('/') {
        return match parts.as_slice() {
            ["openapi", "v3", ..] => openapi::nothing(),
            _ => status::page_not_found(),
        };
    }
    let catalog = api.catalog();
    let discovery = &catalog.discovery;
    let document = discovery.serve(&parts, headers, query);
    let takes_any = document.is_some() && discovery.takes_any_method(&parts);
    if !is_handler && *method != Method::GET && !takes_any {
        let is_there = document.is_some() || is_route(&parts);
        return if is_there {
            status::error_at(&status::method_not_allowed(), headers, query)
        } else {
            discovery.nothing_at(&parts, headers, query)
        };
    }
    if let Some(document) = document {
        return document;
    }
    if let ["openapi", "v3", place @ ..] = parts.as_slice()
        && let Some(remote) = api.aggregation.of_path(&format!("/{}", place.join("/")))
    {
        return aggregation::document(api, &remote, call).await;
    }
    match parts.as_slice() {
        [] | ["index.html"] => root(api),
        ["version"] => only(headers, query, "application/json", || version(api)),
        ["version", ..] => status::error_at(&status::unknown_resource(), headers, query),
        ["openid", "v1", "jwks"] => {
            let keys = || api.authenticator.issuer.jwks().to_string().into_bytes();
            public(only(headers, query, "application/jwk-set+json", keys))
        }
        [".well-known", "openid-configuration"] => {
            let document = || {
                api.authenticator
                    .issuer
                    .discovery()
                    .to_string()
                    .into_bytes()
            };
            public(only(headers, query, "application/json", document))
        }
        ["openapi", rest @ ..] => {
            let served = openapi::serve(api, rest, openapi::Asked::of(&call.request)).await;
            served.unwrap_or_else(status::page_not_found)
        }
        ["metrics", which @ ..] => metrics(api, which, method)
            .await
            .unwrap_or_else(status::page_not_found),
        _ => about_itself(api, &parts, query, headers)
            .unwrap_or_else(|| discovery.nothing_at(&parts, headers, query)),
    }
}

/// A document of one media type, for those who take that.
fn only(
    headers: &HeaderMap,
    query: &str,
    media: &'static str,
    document: impl FnOnce() -> Vec<u8>,
) -> Response<Body> {
    match negotiate::check_only(headers, media) {
        Ok(()) => {
            let body = Body::from(document());
            status::with_body(StatusCode::OK, HeaderValue::from_static(media), body)
        }
        Err(error) => status::error_at(&error, headers, query),
    }
}

/// What the server says of itself.
fn about_itself(
    api: &Api,
    parts: &[&str],
    query: &str,
    headers: &HeaderMap,
) -> Option<Response<Body>> {
    match parts {
        [endpoint @ ("healthz" | "livez" | "readyz"), check @ ..] => {
            let check = (!check.is_empty()).then(|| check.join("/"));
            let checked = |check: &str, healthy| api.metrics.checked(endpoint, check, healthy);
            api.health.serve(endpoint, check.as_deref(), query, checked)
        }
        ["flagz"] => Some(zpages::flagz(api, headers)),
        ["statusz"] => Some(zpages::statusz(api, headers)),
        ["debug", "api_priority_and_fairness", table] => flow::dump(&api.flows, table, query),
        _ => None,
    }
}

/// Metrics, or with DELETE the beginning of new ones. They are gathered where it does not matter how long the disk takes.
async fn metrics(api: &Arc<Api>, which: &[&str], method: &Method) -> Option<Response<Body>> {
    let (resets, gathers) = (*method == Method::DELETE, Arc::clone(api));
    let gather: fn(&Api) -> String = match (which, resets) {
        ([], false) => |api| api.metrics.render(api),
        ([], true) => |api| api.metrics.reset(),
        (["slis"], false) => |api| api.metrics.render_slis(),
        (["slis"], true) => |api| api.metrics.reset_slis(),
        _ => return None,
    };
    let tasks = api.platform.tasks.clone();
    let gathered = tasks.spawn_blocking("metrics", move || gather(&gathers));
    Some(match gathered.await {
        Ok(done) if resets => {
            status::with_body(StatusCode::OK, status::TEXT, Body::from(done.into_bytes()))
        }
        Ok(metrics) => exposed(api, metrics),
        Err(error) => status::text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")),
    })
}

fn is_route(parts: &[&str]) -> bool {
    matches!(
        parts,
        ["version"] | ["openid", "v1", "jwks"] | [".well-known", "openid-configuration"]
    )
}

/// Metrics in the text format, and since when they count.
fn exposed(api: &Api, metrics: String) -> Response<Body> {
    const STARTED: HeaderName = HeaderName::from_static("process-start-time-unix");
    const TEXT: HeaderValue =
        HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    let mut response = status::with_body(StatusCode::OK, TEXT, Body::from(metrics.into_bytes()));
    let started = HeaderValue::from(api.started.as_second());
    response.headers_mut().insert(STARTED, started);
    response
}

/// What anybody may keep for an hour, once it is there.
fn public(mut response: Response<Body>) -> Response<Body> {
    const HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
    if response.status() == StatusCode::OK {
        response.headers_mut().insert(header::CACHE_CONTROL, HOUR);
    }
    response
}

fn version(api: &Api) -> Vec<u8> {
    let version = &api.version;
    let document = json!({
        "major": "1",
        "minor": "36",
        "emulationMajor": "1",
        "emulationMinor": "36",
        "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "35",
        "gitVersion": version.git_version,
        "gitCommit": version.git_commit,
        "gitTreeState": "clean",
        "buildDate": version.build_date,
        "goVersion": "none",
        "compiler": "rustc",
        "platform": version.platform,
    });
    format!("{document:#}").into_bytes()
}

fn root(api: &Api) -> Response<Body> {
    let paths = listed(api);
    status::json(
        StatusCode::OK,
        format!("{:#}", json!({ "paths": paths })).into_bytes(),
    )
}

/// Every path that a client may want to know of, in order.
pub(crate) fn listed(api: &Api) -> Vec<String> {
    let mut paths: Vec<String> = [
        "/.well-known/openid-configuration",
        "/api",
        "/apis",
        "/apis/",
        "/flagz",
        "/metrics",
        "/metrics/slis",
        "/openapi/v2",
        "/openapi/v3",
        "/openapi/v3/",
        "/openid/v1/jwks",
        "/statusz",
        "/version",
    ]
    .iter()
    .map(|path| (*path).to_owned())
    .collect();
    paths.extend(api.health.paths());
    for (group, version) in api.catalog().discovery.group_versions() {
        if group.is_empty() {
            paths.push(format!("/api/{version}"));
        } else {
            paths.push(format!("/apis/{group}"));
            paths.push(format!("/apis/{group}/{version}"));
        }
    }
    paths.sort();
    paths.dedup();
    paths
}
