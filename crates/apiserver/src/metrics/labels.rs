//! What a request is counted as. Upstream: `CleanScope`, `CanonicalVerb`, `cleanVerb` and `cleanDryRun` of `pkg/endpoints/metrics`.
use crate::{
    negotiate, query,
    request_info::{RequestInfo, VerbPlace},
};
use http::{HeaderMap, Method, Uri};
use meta::Str;

/// One value for each label of the request metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Labels {
    pub(crate) component: &'static str,
    pub(crate) dry_run: &'static str,
    pub(crate) group: Str,
    pub(crate) resource: Str,
    pub(crate) scope: &'static str,
    pub(crate) subresource: Str,
    pub(crate) verb: &'static str,
    pub(crate) version: Str,
    /// Whether the answer's size is counted: that of what is got or listed.
    pub(crate) sized: bool,
}

const SERVER: &str = "apiserver";
/// Subresources that are connected to.
const CONNECTED: [&str; 5] = ["log", "exec", "portforward", "attach", "proxy"];

impl Labels {
    /// As filters see a request, by what its path says.
    pub(crate) fn of(info: &RequestInfo, method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let is_named = !info.name.is_empty();
        Self::scoped(info, scope(info, is_named), (method, uri, headers))
    }

    /// As the route sees it that the path leads to. Kinds of definitions have no routes, and are seen as by filters.
    pub(crate) fn routed(
        info: &RequestInfo,
        is_dynamic: bool,
        (method, uri, headers): (&Method, &Uri, &HeaderMap),
    ) -> Self {
        if is_dynamic {
            let sized = matches!(&*info.verb, "get" | "list");
            return Self {
                sized,
                ..Self::of(info, method, uri, headers)
            };
        }
        let of_many = matches!(&*info.verb, "list" | "watch" | "deletecollection");
        let by_path = info.verb == "watch" && info.verb_place == VerbPlace::Path;
        let is_named = !info.name.is_empty() && (!of_many || by_path);
        let labels = Self::scoped(info, scope(info, is_named), (method, uri, headers));
        Self {
            verb: if by_path { "WATCH" } else { labels.verb },
            sized: *method == Method::GET && !is_connected(info) && !by_path,
            ..labels
        }
    }

    /// Of what is no resource: `subresource` is its path.
    pub(crate) fn path(
        component: &'static str,
        subresource: &str,
        method: &Method,
        uri: &Uri,
    ) -> Self {
        let info = RequestInfo::default();
        Self {
            component,
            subresource: subresource.into(),
            sized: true,
            ..Self::scoped(&info, "", (method, uri, &HeaderMap::new()))
        }
    }

    fn scoped(
        info: &RequestInfo,
        scope: &'static str,
        (method, uri, headers): (&Method, &Uri, &HeaderMap),
    ) -> Self {
        let query = uri.query().unwrap_or("");
        let of_resource = |value: &Str| {
            if info.is_resource {
                value.clone()
            } else {
                Str::default()
            }
        };
        Self {
            component: SERVER,
            dry_run: dry_run(query),
            group: of_resource(&info.group),
            resource: of_resource(&info.resource),
            scope,
            subresource: of_resource(&info.subresource),
            verb: verb(info, scope, (method, query, headers)),
            version: of_resource(&info.version),
            sized: false,
        }
    }
}

fn scope(info: &RequestInfo, is_named: bool) -> &'static str {
    if is_named || info.verb == "create" {
        "resource"
    } else if !info.namespace.is_empty() {
        "namespace"
    } else if info.is_resource {
        "cluster"
    } else {
        ""
    }
}

fn is_connected(info: &RequestInfo) -> bool {
    info.is_resource && CONNECTED.contains(&&*info.subresource)
}

/// The method, with lists, watches, applies and connections by their own names.
fn verb(
    info: &RequestInfo,
    scope: &str,
    (method, query, headers): (&Method, &str, &HeaderMap),
) -> &'static str {
    let applies = || negotiate::media_type(headers) == "application/apply-patch+yaml";
    match method.as_str() {
        _ if is_connected(info) => "CONNECT",
        "GET" if watches(query) => "WATCH",
        "GET" | "HEAD" if matches!(scope, "resource" | "") => "GET",
        "GET" | "HEAD" => "LIST",
        "PATCH" if applies() => "APPLY",
        "PATCH" => "PATCH",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

fn watches(query: &str) -> bool {
    query.contains("watch")
        && query::first(query, "watch").is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            value != "0" && value != "false"
        })
}

fn dry_run(query: &str) -> &'static str {
    if !query.contains("dryRun") {
        return "";
    }
    let mut given = query::pairs(query).filter(|(key, _)| key == "dryRun");
    match given.next() {
        None => "",
        Some((_, first)) if first == "All" && given.all(|(_, value)| value == "All") => "All",
        Some(_) => "invalid",
    }
}

#[cfg(test)]
mod tests;
