//! The parameters with which a binding asks its policy.
//!
//! Source: `CollectParams` in `k8s.io/apiserver/pkg/admission/plugin/policy/generic/policy_dispatcher.go`.
use crate::{
    admission::asked::Asked,
    cache::{Entry, Filter, cache_key},
    catalog::Catalog,
    endpoint::Endpoint,
};
use api::admissionregistration::v1::{ParamKind, ParamRef, ParameterNotFoundActionType};
use meta::{codec, labels::Selector};
use serde_json::Value;
use std::sync::Arc;

/// One object of the parameters, or none where the policy or the binding asks for none.
pub(super) struct Params {
    /// Namespace and name.
    pub(super) key: (String, String),
    pub(super) document: Value,
}

impl Params {
    fn none() -> Self {
        Self {
            key: Default::default(),
            document: Value::Null,
        }
    }
}

/// Where objects of the kind are.
///
/// # Errors
/// There is no such kind now.
pub(super) fn find_kind(
    kind: Option<&ParamKind>,
    catalog: &Catalog,
) -> Result<Option<Arc<Endpoint>>, String> {
    let Some(kind) = kind else {
        return Ok(None);
    };
    let version = kind.api_version.as_str();
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    let mut endpoints = catalog.endpoints().iter();
    let found = endpoints.find(|endpoint| {
        let info = endpoint.info();
        info.kind == kind.kind && info.group == group && info.version == version
    });
    let unknown = || {
        let kind = &kind.kind;
        format!("failed to find resource referenced by paramKind: '{group}/{version}, Kind={kind}'")
    };
    found.cloned().map(Some).ok_or_else(unknown)
}

/// Of a binding, for a request. Empty when nothing is found and that is no error.
pub(super) async fn collect(
    endpoint: Option<&Endpoint>,
    reference: Option<&ParamRef>,
    subject: &Asked<'_>,
) -> Result<Vec<Params>, String> {
    let (Some(endpoint), Some(reference)) = (endpoint, reference) else {
        return Ok(vec![Params::none()]);
    };
    let namespace = subject.namespace();
    let namespace = match (endpoint.info().namespaced(), &*reference.namespace) {
        (true, "") if namespace.is_empty() => {
            let words = "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources";
            return Err(words.to_owned());
        }
        (true, "") => namespace,
        (true, given) => given,
        (false, "") => "",
        (false, _) => {
            let words = "paramRef.namespace must not be provided for a cluster-scoped `paramKind`";
            return Err(words.to_owned());
        }
    };
    let found = if reference.name.is_empty() {
        selected(endpoint, reference, namespace)?
    } else {
        let key = cache_key(namespace, &reference.name);
        endpoint.cache.get(&key).into_iter().collect()
    };
    let denies =
        reference.parameter_not_found_action.as_deref() == Some(ParameterNotFoundActionType::DENY);
    if found.is_empty() && denies {
        let words = "no params found for policy binding with `Deny` parameterNotFoundAction";
        return Err(words.to_owned());
    }
    let mut params = Vec::with_capacity(found.len());
    for entry in &found {
        params.push(document(endpoint, entry, subject).await?);
    }
    Ok(params)
}

fn selected(
    endpoint: &Endpoint,
    reference: &ParamRef,
    namespace: &str,
) -> Result<Vec<Arc<Entry>>, String> {
    let Some(selector) = reference.selector.as_deref() else {
        return Err("one of name or selector must be provided".to_owned());
    };
    let labels =
        Selector::from_label_selector(Some(selector)).map_err(|error| error.to_string())?;
    let filter = Filter {
        labels: Some(labels),
        ..Filter::in_namespace(namespace)
    };
    Ok(endpoint.cache.snapshot(&filter, None, None, 0).entries)
}

/// Stored custom resources are of whichever version wrote them.
async fn document(
    endpoint: &Endpoint,
    entry: &Entry,
    subject: &Asked<'_>,
) -> Result<Params, String> {
    let stored = endpoint.cache.decode(entry);
    let stored = stored.ok_or_else(|| format!("{} cannot be read", entry.key))?;
    let mut document = codec::to_value(endpoint.served.shown(&stored).as_message());
    let api_version = &endpoint.info().api_version;
    if let Some(definition) = endpoint.definition()
        && document["apiVersion"] != **api_version
    {
        let shown = subject.in_version(definition, &document, api_version);
        document = shown.await.map_err(|error| error.message)?;
    }
    Ok(Params {
        key: (entry.namespace().to_owned(), entry.name().to_owned()),
        document,
    })
}
