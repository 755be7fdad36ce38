//! What a request is about, from its method and path alone: one parser, no route table. The rules are upstream's
//! `RequestInfoFactory`, which authorization and audit share.
use crate::{
    options,
    query::{self, percent_decode},
};
use http::Method;
use meta::{Str, fields};
use std::borrow::Cow;

/// What the paths of namespaced objects begin with, and those of Namespaces.
const NAMESPACES: &str = "namespaces";

/// The parts of a request's target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestInfo {
    /// Under `/api/v1/…` or `/apis/<group>/<version>/…` with a resource.
    pub(crate) is_resource: bool,
    pub(crate) path: String,
    /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for other paths the lower-case method.
    pub(crate) verb: Cow<'static, str>,
    pub(crate) verb_place: VerbPlace,
    pub(crate) group: Str,
    pub(crate) version: Str,
    pub(crate) namespace: Str,
    pub(crate) resource: Str,
    pub(crate) subresource: Str,
    pub(crate) name: Str,
    /// What follows the subresource (`proxy`), without a leading slash.
    pub(crate) rest: String,
    pub(crate) label_selector: Option<String>,
    pub(crate) field_selector: Option<String>,
}

/// Where a request says what it wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum VerbPlace {
    #[default]
    Method,
    /// `watch/pods`: in front of the resource.
    Path,
    /// `watch`, and no resource behind it.
    PathAlone,
}

impl RequestInfo {
    /// Requests whose answer may last: no deadline, not counted as in flight.
    pub(crate) fn is_long_running(&self) -> bool {
        self.verb == "watch"
            || matches!(
                &*self.subresource,
                "log" | "exec" | "attach" | "portforward" | "proxy"
            )
    }

    /// The namespace that holds the object: none for a Namespace, whose own name the path has there.
    pub(crate) fn container(&self) -> Str {
        if self.group.is_empty() && self.resource == NAMESPACES {
            return Str::default();
        }
        self.namespace.clone()
    }
}

/// Parses method, path and query. An escaped slash divides a path as any other.
pub(crate) fn parse(method: &Method, path: &str, query: &str) -> RequestInfo {
    let mut info = RequestInfo {
        path: unescaped(path).into_owned(),
        verb: method_verb(method),
        ..RequestInfo::default()
    };
    let path = if path.contains('%') {
        Cow::Owned(path.replace("%2f", "/").replace("%2F", "/"))
    } else {
        Cow::Borrowed(path)
    };
    let raw: Vec<&str> = path.trim_matches('/').split('/').collect();
    let parts: Vec<Cow<'_, str>> = raw.iter().map(|part| unescaped(part)).collect();
    let parts: Vec<&str> = parts.iter().map(|part| &**part).collect();
    let rest = match parts.as_slice() {
        ["api", version, rest @ ..] if !rest.is_empty() => {
            info.version = Str::from(*version);
            rest
        }
        ["apis", group, version, rest @ ..] if !rest.is_empty() => {
            info.group = Str::from(*group);
            info.version = Str::from(*version);
            rest
        }
        _ => return info,
    };
    info.is_resource = true;
    info.verb = resource_verb(method).into();
    let rest = match rest {
        ["watch" | "proxy"] => {
            info.verb_place = VerbPlace::PathAlone;
            return info;
        }
        [verb @ ("watch" | "proxy"), rest @ ..] => {
            info.verb = (*verb).to_owned().into();
            info.verb_place = VerbPlace::Path;
            rest
        }
        _ => rest,
    };
    let behind = place(&mut info, rest);
    info.rest = raw[raw.len() - behind..].join("/");
    if info.verb == "proxy" {
        info.subresource = Str::default();
    }
    // The paths that hold a verb know no selectors.
    if info.verb_place == VerbPlace::Method {
        refine_verb(&mut info, query);
    }
    info
}

/// Nearly every path is what it means already.
fn unescaped(text: &str) -> Cow<'_, str> {
    if text.contains('%') {
        Cow::Owned(percent_decode(text, false))
    } else {
        Cow::Borrowed(text)
    }
}

/// Namespace, resource, name and subresource. `/namespaces/x` is the Namespace itself, `/namespaces/x/pods` is in it. Says how
/// many parts are behind these.
fn place(info: &mut RequestInfo, rest: &[&str]) -> usize {
    let of_namespace = |sub: &str| matches!(sub, "status" | "finalize");
    let rest = match rest {
        [NAMESPACES, namespace, sub, tail @ ..] if !of_namespace(sub) || !tail.is_empty() => {
            info.namespace = Str::from(*namespace);
            &rest[2..]
        }
        [NAMESPACES, namespace, ..] => {
            info.namespace = Str::from(*namespace);
            rest
        }
        _ => rest,
    };
    let mut parts = rest.iter().map(|part| Str::from(*part));
    info.resource = parts.next().unwrap_or_default();
    info.name = parts.next().unwrap_or_default();
    info.subresource = parts.next().unwrap_or_default();
    parts.len()
}

/// A GET without a name is a list, or a watch when the query says so; a DELETE without a name is of the collection.
fn refine_verb(info: &mut RequestInfo, query: &str) {
    let selects = matches!(&*info.verb, "get" | "delete") && info.name.is_empty();
    if info.verb == "get" && info.name.is_empty() {
        info.verb = "list".into();
    }
    if info.verb == "delete" && info.name.is_empty() {
        info.verb = "deletecollection".into();
    }
    if query.is_empty() || !(selects || info.verb == "get" || info.verb == "list") {
        return;
    }
    let first = |name| query::first(query, name);
    if info.verb == "list" && first("watch").is_some_and(|value| options::truth(&value)) {
        info.verb = "watch".into();
    }
    if info.name.is_empty() {
        info.label_selector = first("labelSelector").map(Cow::into_owned);
        info.field_selector = first("fieldSelector").map(Cow::into_owned);
    }
    // Whoever lists or watches one name by field selector is asked whether they may have that name.
    if let (Some(selector), true) = (
        &info.field_selector,
        matches!(&*info.verb, "list" | "watch"),
    ) && let Some(name) = selected_name(selector)
    {
        info.name = name;
    }
}

/// The name that a field selector demands, if one can be in a path.
fn selected_name(selector: &str) -> Option<Str> {
    let selector = fields::Selector::parse(selector).ok()?;
    let name = selector.exact("metadata.name")?;
    let fits = meta::validation::path_segment(name).is_empty();
    (fits && !name.is_empty()).then(|| name.clone())
}

fn resource_verb(method: &Method) -> &'static str {
    match *method {
        Method::POST => "create",
        Method::GET | Method::HEAD => "get",
        Method::PUT => "update",
        Method::PATCH => "patch",
        Method::DELETE => "delete",
        _ => "",
    }
}

fn method_verb(method: &Method) -> Cow<'static, str> {
    match *method {
        Method::POST => "post".into(),
        Method::GET => "get".into(),
        Method::PUT => "put".into(),
        Method::PATCH => "patch".into(),
        Method::DELETE => "delete".into(),
        _ => method.as_str().to_lowercase().into(),
    }
}

#[cfg(test)]
mod tests;
