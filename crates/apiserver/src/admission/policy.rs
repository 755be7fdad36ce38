//! Admission policies: expressions that refuse requests, say something about them, or change their objects.
//!
//! Nothing is looked at while no policy is bound. What is bound is compiled when it changes, not when it is asked.
mod compiled;
mod mutating;
mod params;
mod patching;
mod source;
mod validating;

use self::{
    compiled::{Binding, Head, Hook, Mutating, Validating},
    mutating::Reinvocation,
    params::Params,
    source::Source,
};
use super::{
    Look,
    asked::{Asked, Documents, Place},
    expressions::{Checks, Inputs},
    forbidden,
    matching::Matched,
    metrics::{AdmissionMetrics, Conditional},
};
use crate::{
    authz::Authorizer,
    cache::Caches,
    catalog::{Catalog, Catalogs},
    endpoint::Endpoint,
    metrics::Policies as Metrics,
};
use api::core::v1::Namespace;
use meta::{ApiError, Reason, codec};
use patch::Node;
use platform::Clock;
use resource::{Object, ResourceInfo};
use serde_json::Value;
use std::sync::Arc;

/// The policies of a cluster.
pub(crate) struct Policies {
    validating: Source<Validating>,
    mutating: Source<Mutating>,
    catalogs: Arc<Catalogs>,
    authorizer: Arc<Authorizer>,
    clock: Clock,
    metrics: Arc<Metrics>,
    admission_metrics: Arc<AdmissionMetrics>,
}

impl Policies {
    pub(crate) fn new(
        caches: &Caches,
        catalogs: Arc<Catalogs>,
        authorizer: Arc<Authorizer>,
        clock: Clock,
        (metrics, admission_metrics): (Arc<Metrics>, Arc<AdmissionMetrics>),
    ) -> Self {
        Self {
            validating: Source::new(caches),
            mutating: Source::new(caches),
            catalogs,
            authorizer,
            clock,
            metrics,
            admission_metrics,
        }
    }

    /// What changes the object, if any policy could. `subject` is the request as policies see it.
    pub(super) fn mutation<'a>(
        &'a self,
        look: Look<'a>,
        subject: impl FnOnce() -> Option<Asked<'a>>,
    ) -> Option<Mutation<'a>> {
        if is_exempt(look.request.resource) {
            return None;
        }
        let hooks = self.mutating.hooks()?;
        Some(Mutation {
            hooks,
            request: self.request(look, subject()?, None),
            reinvocation: Reinvocation::default(),
        })
    }

    /// What may refuse the request, if any policy could.
    pub(super) fn validation<'a>(
        &'a self,
        look: Look<'a>,
        subject: impl FnOnce() -> Option<Asked<'a>>,
        object: Option<&'a Object>,
    ) -> Option<super::Question<'a>> {
        if is_exempt(look.request.resource) {
            return None;
        }
        let hooks = self.validating.hooks()?;
        let request = self.request(look, subject()?, object);
        Some(Box::pin(validating::run(hooks, request)))
    }

    /// Whether any policy is bound.
    pub(super) fn are_any(&self) -> bool {
        self.mutating.hooks().is_some() || self.validating.hooks().is_some()
    }

    fn request<'a>(
        &'a self,
        look: Look<'a>,
        subject: Asked<'a>,
        object: Option<&'a Object>,
    ) -> Request<'a> {
        Request {
            look,
            checks: Checks::new(&self.authorizer, &subject),
            subject,
            object,
            catalog: self.catalogs.now(),
            clock: &self.clock,
            metrics: &self.metrics,
            admission_metrics: &self.admission_metrics,
        }
    }
}

/// The policies that may change the object of one request.
pub(super) struct Mutation<'a> {
    hooks: Arc<[Hook<Mutating>]>,
    request: Request<'a>,
    reinvocation: Reinvocation,
}

impl Mutation<'_> {
    /// Asks all of them. Whether any of them wrote the object.
    pub(super) async fn ask(&mut self, object: &mut Object) -> Result<bool, ApiError> {
        mutating::run(&self.hooks, &self.request, object, &mut self.reinvocation).await
    }

    /// From now on only those are asked who want to be asked again and after whom the object has changed.
    pub(super) fn begin_again(&mut self) {
        self.reinvocation.begin_second();
    }
}

/// Policies are not asked about policies, or nobody could mend them, nor about questions that are kept by nobody.
fn is_exempt(info: &ResourceInfo) -> bool {
    const POLICIES: &[&str] = &[
        "validatingadmissionpolicies",
        "validatingadmissionpolicybindings",
        "mutatingadmissionpolicies",
        "mutatingadmissionpolicybindings",
    ];
    match &*info.group {
        "admissionregistration.k8s.io" => POLICIES.contains(&&*info.plural),
        "authentication.k8s.io" | "authorization.k8s.io" => true,
        _ => false,
    }
}

/// One request, as policies see it.
struct Request<'a> {
    look: Look<'a>,
    subject: Asked<'a>,
    /// Of a request that is to be validated.
    object: Option<&'a Object>,
    catalog: Arc<Catalog>,
    checks: Checks,
    clock: &'a Clock,
    metrics: &'a Metrics,
    admission_metrics: &'a AdmissionMetrics,
}

/// How a policy is concerned with a request.
struct Concern {
    place: Matched,
    /// Where the objects of its parameters are.
    kind: Option<Arc<Endpoint>>,
}

impl Request<'_> {
    /// How a policy is concerned with the request; `None` if it is not.
    ///
    /// # Errors
    /// What is wrong with the policy.
    fn concerns(&self, head: &Head, object: Option<&Object>) -> Result<Option<Concern>, String> {
        let matched = head.matcher.matches(&self.subject, object);
        let Some(place) = matched.map_err(|error| error.message)? else {
            return Ok(None);
        };
        let kind = params::find_kind(head.param_kind.as_ref(), &self.catalog)?;
        Ok(Some(Concern { place, kind }))
    }

    /// The parameters with which a binding asks about the request, of `kind`; none where it does not bind it.
    ///
    /// # Errors
    /// What is wrong with the binding.
    async fn params(
        &self,
        binding: &Binding,
        object: Option<&Object>,
        kind: Option<&Endpoint>,
    ) -> Result<Vec<Params>, String> {
        if let Some(matcher) = &binding.matcher {
            let matched = matcher.matches(&self.subject, object);
            if matched.map_err(|error| error.message)?.is_none() {
                return Ok(Vec::new());
            }
        }
        params::collect(kind, binding.param.as_ref(), &self.subject).await
    }

    /// What expressions see of objects that are `documents` in `place`.
    fn inputs(&self, place: &Place, documents: Documents) -> Result<Inputs, ApiError> {
        let namespace = self.namespace()?;
        Ok(Inputs::new(&self.subject, place, documents, namespace))
    }

    /// As metrics call the match conditions of a policy.
    fn conditional<'n>(&self, policy: &'n str) -> Conditional<'n> {
        Conditional {
            name: policy,
            kind: "policy",
            step: "validate",
            operation: self.subject.operation,
        }
    }

    /// The namespace in which the object is; null of what is in none, and of namespaces themselves.
    fn namespace(&self) -> Result<Value, ApiError> {
        let name = self.subject.namespace();
        if name.is_empty() || self.subject.is_namespace() {
            return Ok(Value::Null);
        }
        let found = self.subject.cx.get::<Namespace>("", name);
        let found = found.ok_or_else(|| ApiError::not_found("", "namespaces", name))?;
        let mut found = Arc::unwrap_or_clone(found);
        found.metadata.managed_fields = Vec::new();
        found.metadata.owner_references = Vec::new();
        let mut document = codec::to_value(&found);
        if let Some(document) = document.as_object_mut() {
            document.remove("apiVersion");
            document.remove("kind");
        }
        Ok(document)
    }

    fn forbidden(&self, object: Option<&Object>, why: &str) -> ApiError {
        forbidden(&self.look, object, why)
    }

    /// Where objects of the place are served.
    fn endpoint(&self, place: &Place) -> Result<Arc<Endpoint>, ApiError> {
        let served = self
            .catalog
            .served(&place.group, &place.version, &place.resource);
        served.ok_or_else(|| {
            let kind = &place.kind;
            let words = format!(
                "Resource kind {}/{}, Kind={} not found. There can be a delay between when CustomResourceDefinitions are created and when they are available.",
                kind.group, kind.version, kind.kind
            );
            ApiError::new(Reason::ServiceUnavailable, words)
        })
    }

    /// The schema of the place's objects: subresources may have kinds of their own. Options of connections have none.
    fn node<'e>(&self, endpoint: &'e Endpoint, place: &Place) -> Result<Node<'e>, String> {
        let (info, kind) = (endpoint.info(), &place.kind);
        // The schemas of a version are those of its own resources.
        let own = info.group == kind.group && info.version == kind.version;
        if own && info.kind == kind.kind {
            return Ok(endpoint.node(info));
        }
        let found = own.then(|| schema::lookup(&kind.group, &kind.version, &kind.kind));
        found.flatten().map(Node::builtin).ok_or_else(|| {
            let (api_version, kind) = (kind.api_version(), &kind.kind);
            let slash = if api_version.contains('/') { "" } else { "/" };
            format!("no corresponding type for {slash}{api_version}, Kind={kind}")
        })
    }
}
