//! Admission policies: expressions that refuse requests, say something about them, or change their objects.
//!
//! Nothing is looked at while no policy is bound. What is bound is compiled when it changes, not when it is asked.
mod compiled;
mod evaluation;
mod mutating;
mod params;
mod patching;
mod source;
mod validating;

use self::{
    compiled::{Binding, Hook, Mutating, Validating},
    evaluation::Documents,
    mutating::Reinvocation,
    source::Source,
};
use super::{
    Look,
    asked::{Asked, Place},
    authorizer::Asker,
    forbidden,
    matching::{Matched, Matcher},
};
use crate::{
    authz::Authorizer,
    cache::Caches,
    catalog::{Catalog, Catalogs},
    endpoint::Endpoint,
    metrics::Policies as Metrics,
};
use api::core::v1::Namespace;
use expr::ResourceTarget;
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
}

impl Policies {
    pub(crate) fn new(
        caches: &Caches,
        catalogs: Arc<Catalogs>,
        authorizer: Arc<Authorizer>,
        clock: Clock,
        metrics: Arc<Metrics>,
    ) -> Self {
        Self {
            validating: Source::new(caches),
            mutating: Source::new(caches),
            catalogs,
            authorizer,
            clock,
            metrics,
        }
    }

    /// What changes the object, if any policy could.
    pub(super) fn mutation<'a>(&'a self, look: Look<'a>) -> Option<Mutation<'a>> {
        if is_exempt(look.request.resource) {
            return None;
        }
        let hooks = self.mutating.hooks()?;
        Some(Mutation {
            hooks,
            request: self.request(look, None)?,
            reinvocation: Reinvocation::default(),
        })
    }

    /// What may refuse the request, if any policy could.
    pub(super) fn validation<'a>(
        &'a self,
        look: Look<'a>,
        object: Option<&'a Object>,
    ) -> Option<super::Question<'a>> {
        if is_exempt(look.request.resource) {
            return None;
        }
        let hooks = self.validating.hooks()?;
        let request = self.request(look, object)?;
        Some(Box::pin(validating::run(hooks, request)))
    }

    fn request<'a>(&'a self, look: Look<'a>, object: Option<&'a Object>) -> Option<Request<'a>> {
        let catalog = self.catalogs.now();
        let subject = Asked::new(look.cx, look.request, Arc::clone(&catalog))?;
        let target = ResourceTarget {
            group: subject.place.group.to_string(),
            resource: subject.place.resource.to_string(),
            subresource: look.cx.subresource.to_string(),
            namespace: subject.namespace().to_owned(),
            name: look.cx.name.to_string(),
            ..ResourceTarget::default()
        };
        let asker = Asker::new(&self.authorizer, &look.cx.user);
        Some(Request {
            look,
            subject,
            object,
            catalog,
            asked: evaluation::Asked { asker, target },
            clock: &self.clock,
            metrics: &self.metrics,
        })
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

    /// Asks those who want to be asked again and after whom the object has changed.
    pub(super) async fn ask_again(&mut self, object: &mut Object) -> Result<bool, ApiError> {
        self.reinvocation.begin_second();
        self.ask(object).await
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
    asked: evaluation::Asked,
    clock: &'a Clock,
    metrics: &'a Metrics,
}

impl Request<'_> {
    fn matched(
        &self,
        matcher: &Matcher,
        object: Option<&Object>,
    ) -> Result<Option<Matched>, ApiError> {
        matcher.matches(&self.subject, object)
    }

    /// Whether a binding binds the request.
    fn bound(&self, binding: &Binding, object: Option<&Object>) -> Result<bool, ApiError> {
        match &binding.matcher {
            Some(matcher) => Ok(self.matched(matcher, object)?.is_some()),
            None => Ok(true),
        }
    }

    /// What expressions see, without parameters.
    fn documents(&self, place: &Place, object: Option<&Object>) -> Result<Documents, ApiError> {
        let subject = &self.subject;
        let old = subject
            .old
            .map(|old| subject.shown(place, old))
            .transpose()?;
        let request = Value::Object(subject.request("", place));
        let mut request_sent = request.clone();
        request_sent["resource"] = request["requestResource"].clone();
        Ok(Documents {
            object: subject.shown_new(place, object)?.unwrap_or_default(),
            old: old.unwrap_or_default(),
            request,
            request_sent,
            namespace: self.namespace()?,
            params: Value::Null,
        })
    }

    /// The namespace in which the object is; null of what is in none, and of namespaces themselves.
    fn namespace(&self) -> Result<Value, ApiError> {
        let name = self.subject.namespace();
        if name.is_empty() || self.subject.is_namespace() {
            return Ok(Value::Null);
        }
        let found = self.subject.cx.get::<Namespace>("", name);
        let mut found = found.ok_or_else(|| ApiError::not_found("", "namespaces", name))?;
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

    /// The schema of the place's objects: subresources may have kinds of their own.
    fn node<'e>(&self, endpoint: &'e Endpoint, place: &Place) -> Node<'e> {
        let (info, kind) = (endpoint.info(), &place.kind);
        if info.kind == kind.kind && info.group == kind.group && info.version == kind.version {
            return endpoint.node(info);
        }
        let found = schema::lookup(&kind.group, &kind.version, &kind.kind);
        found.map_or_else(Node::untyped, Node::builtin)
    }
}
