//! Everything that is not a resource: discovery, health, versions, OpenAPI, metrics, issuer keys.
use crate::{body::Body, openapi, shared::Api, stack::Call, status};
use http::{HeaderValue, Method, Response, StatusCode, header};
use serde_json::json;
use std::sync::Arc;

pub(crate) async fn serve(api: &Arc<Api>, call: Call) -> Response<Body> {
    let method = call.request.method();
    let path = call.info.path.trim_matches('/').to_owned();
    let parts: Vec<&str> = if path.is_empty() {
        Vec::new()
    } else {
        path.split('/').collect()
    };
    let headers = call.request.headers();
    let query = call.request.uri().query().unwrap_or("");
    if !matches!(*method, Method::GET | Method::HEAD) {
        return status::error_for(&status::method_not_allowed(), headers);
    }
    if let Some(document) = api.catalog().discovery.serve(&parts, headers) {
        return document;
    }
    match parts.as_slice() {
        [] => root(api),
        ["version"] => status::json(StatusCode::OK, version(api)),
        [endpoint @ ("healthz" | "livez" | "readyz")] => api
            .health
            .serve(endpoint, None, query)
            .unwrap_or_else(status::page_not_found),
        [endpoint @ ("healthz" | "livez" | "readyz"), rest @ ..] => api
            .health
            .serve(endpoint, Some(&rest.join("/")), query)
            .unwrap_or_else(status::page_not_found),
        ["metrics"] => {
            let mut response = status::text(StatusCode::OK, api.metrics.render(api));
            response.headers_mut().insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"),
            );
            response
        }
        ["openid", "v1", "jwks"] => {
            let mut response = status::json(
                StatusCode::OK,
                api.authenticator.issuer.jwks().to_string().into_bytes(),
            );
            response.headers_mut().insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/jwk-set+json"),
            );
            public(response)
        }
        [".well-known", "openid-configuration"] => {
            let document = api.authenticator.issuer.discovery();
            public(status::json(
                StatusCode::OK,
                document.to_string().into_bytes(),
            ))
        }
        ["openapi", rest @ ..] => {
            let served = openapi::serve(api, rest, query, headers).await;
            served.unwrap_or_else(status::page_not_found)
        }
        _ => status::page_not_found(),
    }
}

/// What anybody may keep for an hour.
fn public(mut response: Response<Body>) -> Response<Body> {
    const HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
    response.headers_mut().insert(header::CACHE_CONTROL, HOUR);
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
    let mut paths: Vec<String> = [
        "/.well-known/openid-configuration",
        "/api",
        "/apis",
        "/apis/",
        "/metrics",
        "/openapi/v2",
        "/openapi/v3",
        "/openapi/v3/",
        "/openid/v1/jwks",
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
    status::json(
        StatusCode::OK,
        format!("{:#}", json!({ "paths": paths })).into_bytes(),
    )
}
