//! What a request is counted as. Values come from closed sets: what is not served has no name here.
use crate::{negotiate, query, shared::Api, stack::Call};
use meta::Str;

/// One value for each label of the request metrics.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Labels {
    pub(crate) dry_run: &'static str,
    pub(crate) group: Str,
    pub(crate) resource: Str,
    pub(crate) scope: &'static str,
    pub(crate) subresource: Str,
    pub(crate) verb: &'static str,
    pub(crate) version: Str,
    /// Watches, logs, connections.
    pub(crate) lasts: bool,
}

/// Paths besides resources that are counted by name.
const PATHS: &[&str] = &[
    "/api", "/apis", "/healthz", "/livez", "/metrics", "/openapi", "/readyz", "/version",
];

impl Labels {
    pub(crate) fn of(api: &Api, call: &Call) -> Self {
        let info = &call.info;
        let known = info.is_resource && is_served(api, call);
        if !known {
            return Self {
                dry_run: "",
                group: Str::default(),
                resource: Str::default(),
                scope: "",
                subresource: path(&info.path).into(),
                verb: verb(call),
                version: Str::default(),
                lasts: false,
            };
        }
        let scope = if !info.name.is_empty() || info.verb == "create" {
            "resource"
        } else if !info.namespace.is_empty() {
            "namespace"
        } else {
            "cluster"
        };
        Self {
            dry_run: dry_run(call.request.uri().query().unwrap_or("")),
            group: info.group.clone(),
            resource: info.resource.clone(),
            scope,
            subresource: info.subresource.clone(),
            verb: verb(call),
            version: info.version.clone(),
            lasts: info.is_long_running(),
        }
    }
}

fn is_served(api: &Api, call: &Call) -> bool {
    let info = &call.info;
    let Some(endpoint) = api.served(&info.group, &info.version, &info.resource) else {
        return info.subresource.is_empty() && crate::reviews::find(info).is_some();
    };
    info.subresource.is_empty() || endpoint.info().subresource(&info.subresource).is_some()
}

fn path(path: &str) -> &'static str {
    let found = PATHS.iter().find(|known| {
        let rest = path.strip_prefix(**known);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    found.copied().unwrap_or("")
}

fn dry_run(query: &str) -> &'static str {
    let is_dry = query.contains("dryRun")
        && query::pairs(query).any(|(key, value)| key == "dryRun" && value == "All");
    if is_dry { "All" } else { "" }
}

/// The method in upper case, with lists, watches, applies and connections by their own names. Of a DELETE the scope tells the rest.
fn verb(call: &Call) -> &'static str {
    let connects = matches!(
        &*call.info.subresource,
        "log" | "exec" | "attach" | "portforward" | "proxy"
    );
    match call.info.verb {
        _ if call.info.is_resource && connects => "CONNECT",
        "get" | "head" => "GET",
        "list" => "LIST",
        "watch" => "WATCH",
        "create" | "post" => "POST",
        "update" | "put" => "PUT",
        "patch" => {
            let media = negotiate::media_type(call.request.headers());
            if media == "application/apply-patch+yaml" {
                "APPLY"
            } else {
                "PATCH"
            }
        }
        "delete" | "deletecollection" => "DELETE",
        "options" => "OPTIONS",
        _ => "other",
    }
}
