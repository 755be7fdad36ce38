//! Admission: one table of plugins, in upstream's order. Each looks at typed objects that it knows and passes all others.
pub(crate) mod asked;
mod certificates;
mod claim_resize;
mod ingress_class;
mod limit_ranger;
pub(crate) mod matching;
mod namespace_lifecycle;
mod node_restriction;
mod parameters;
mod pod_security;
mod pod_topology;
mod priority;
mod resource_quota;
mod runtime_class;
mod service_account;
mod storage_class;
mod storage_protection;
mod taint_nodes;
#[cfg(test)]
mod testing;
mod tolerations;

use crate::{
    authz::{self, Authorizer},
    cache::Caches,
};
use meta::ApiError;
use resource::{Admission, AdmissionRequest, BoxFuture, Finish, Object, Operation, RequestContext};
use std::sync::Arc;

/// What a plugin may look at.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) cx: &'a RequestContext,
    pub(crate) request: AdmissionRequest<'a>,
    pub(crate) caches: &'a Caches,
    pub(crate) authorizer: &'a Authorizer,
}

/// One plugin.
trait Plugin: Send + Sync {
    fn mutate(&self, _look: &Look<'_>, _object: &mut Object) -> Result<(), ApiError> {
        Ok(())
    }
    fn validate(&self, _look: &Look<'_>, _object: Option<&Object>) -> Result<(), ApiError> {
        Ok(())
    }
    /// What else has to hold, for which authorizers have to be asked.
    fn ask<'a>(&self, _look: Look<'a>, _object: Option<&'a Object>) -> Option<Question<'a>> {
        None
    }
}

type Question<'a> = BoxFuture<'a, Result<(), ApiError>>;

/// The plugins, in the order in which they are asked.
const PLUGINS: &[&dyn Plugin] = &[
    &namespace_lifecycle::NamespaceLifecycle,
    &limit_ranger::LimitRanger,
    &service_account::ServiceAccounts,
    &node_restriction::NodeRestriction,
    &taint_nodes::TaintNodesByCondition,
    &pod_security::PodSecurity,
    &priority::Priority,
    &tolerations::DefaultTolerationSeconds,
    &storage_class::DefaultStorageClass,
    &storage_protection::StorageObjectInUseProtection,
    &claim_resize::PersistentVolumeClaimResize,
    &runtime_class::RuntimeClasses,
    &certificates::CertificateApproval,
    &certificates::CertificateSigning,
    &certificates::CertificateSubjectRestriction,
    &ingress_class::DefaultIngressClass,
    &pod_topology::PodTopologyLabels,
    &parameters::PolicyParameters,
];

/// A plugin's refusal. An object without a name is named by its prefix.
fn forbidden(look: &Look<'_>, object: Option<&Object>, why: &str) -> ApiError {
    let info = look.request.resource;
    let metadata = object.map(|object| object.metadata());
    let names = metadata.map(|metadata| [&metadata.name, &metadata.generate_name]);
    let names = std::iter::once(&look.cx.name).chain(names.into_iter().flatten());
    let name = names.into_iter().find(|name| !name.is_empty());
    let name = name.map_or("Unknown", |name| name.as_str());
    ApiError::forbidden(&info.group, &info.plural, name, why)
}

/// All of them, and the check that nobody grants what they do not hold.
pub(crate) struct Chain {
    caches: Arc<Caches>,
    authorizer: Arc<Authorizer>,
    quotas: resource_quota::ResourceQuotas,
}

impl Chain {
    pub(crate) fn new(caches: Arc<Caches>, authorizer: Arc<Authorizer>) -> Self {
        Self {
            caches,
            authorizer,
            quotas: resource_quota::ResourceQuotas::default(),
        }
    }
}

impl Admission for Chain {
    fn mutate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: &'a mut Object,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        let look = Look {
            cx,
            request,
            caches: &self.caches,
            authorizer: &self.authorizer,
        };
        let done = PLUGINS
            .iter()
            .try_for_each(|plugin| plugin.mutate(&look, object));
        Box::pin(std::future::ready(done))
    }

    fn validate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: Option<&'a Object>,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        let look = Look {
            cx,
            request,
            caches: &self.caches,
            authorizer: &self.authorizer,
        };
        let done = PLUGINS
            .iter()
            .try_for_each(|plugin| plugin.validate(&look, object));
        if done.is_err() {
            return Box::pin(std::future::ready(done));
        }
        let mut questions: Vec<Question<'a>> = PLUGINS
            .iter()
            .filter_map(|plugin| plugin.ask(look, object))
            .collect();
        let writes = matches!(request.operation, Operation::Create | Operation::Update);
        if let Some(new) = object.filter(|_| writes && authz::grants(request.resource)) {
            let (who, info) = (&cx.user, request.resource);
            let check = authz::check_write(&self.authorizer, who, info, new, request.old);
            questions.push(Box::pin(check));
        }
        if questions.is_empty() {
            return Box::pin(std::future::ready(Ok(())));
        }
        Box::pin(async move {
            for question in questions {
                question.await?;
            }
            Ok(())
        })
    }

    fn reserve<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: &'a Object,
    ) -> BoxFuture<'a, Result<Option<Finish>, ApiError>> {
        let look = Look {
            cx,
            request,
            caches: &self.caches,
            authorizer: &self.authorizer,
        };
        Box::pin(self.quotas.reserve(look, object))
    }
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chain")
            .field("plugins", &PLUGINS.len())
            .finish_non_exhaustive()
    }
}
