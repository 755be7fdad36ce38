//! Admission: one table of plugins, in upstream's order. Each looks at typed objects that it knows and passes all others.
pub(crate) mod asked;
mod authorizer;
mod certificates;
mod chain;
mod claim_resize;
mod conditions;
mod expressions;
mod ingress_class;
mod limit_ranger;
pub(crate) mod matching;
pub(crate) mod metrics;
mod namespace_lifecycle;
mod node_restriction;
mod parameters;
mod pod_resize;
mod pod_security;
mod pod_topology;
mod policy;
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
mod webhooks;

pub(crate) use self::chain::{Chain, Parts as ChainParts};

use crate::{authz::Authorizer, cache::Caches};
use meta::ApiError;
use resource::{AdmissionRequest, BoxFuture, Object, Operation, RequestContext};

/// What a plugin may look at.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) cx: &'a RequestContext,
    pub(crate) request: AdmissionRequest<'a>,
    pub(crate) caches: &'a Caches,
    pub(crate) authorizer: &'a Authorizer,
    pub(crate) metrics: &'a metrics::AdmissionMetrics,
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

/// Behind a gate that is off: counted, and nothing else.
struct Off;

impl Plugin for Off {}

type Question<'a> = BoxFuture<'a, Result<(), ApiError>>;

/// A plugin, and what of it upstream counts in metrics.
struct Row {
    /// Upstream's.
    name: &'static str,
    plugin: &'static dyn Plugin,
    /// Operations that it counts as mutating.
    admits: &'static [Operation],
    /// And as validating.
    validates: &'static [Operation],
}

const NONE: &[Operation] = &[];
const CREATE: &[Operation] = &[Operation::Create];
const UPDATE: &[Operation] = &[Operation::Update];
const CREATE_UPDATE: &[Operation] = &[Operation::Create, Operation::Update];
const CREATE_UPDATE_DELETE: &[Operation] =
    &[Operation::Create, Operation::Update, Operation::Delete];

const fn row(
    name: &'static str,
    plugin: &'static dyn Plugin,
    admits: &'static [Operation],
    validates: &'static [Operation],
) -> Row {
    Row {
        name,
        plugin,
        admits,
        validates,
    }
}

/// The plugins, in the order in which they are asked; webhooks come behind them, quotas last. One without a name is a strategy's upstream.
const PLUGINS: &[Row] = &[
    row(
        "NamespaceLifecycle",
        &namespace_lifecycle::NamespaceLifecycle,
        CREATE_UPDATE_DELETE,
        NONE,
    ),
    row(
        "LimitRanger",
        &limit_ranger::LimitRanger,
        CREATE_UPDATE,
        CREATE_UPDATE,
    ),
    row(
        "ServiceAccount",
        &service_account::ServiceAccounts,
        CREATE_UPDATE,
        CREATE_UPDATE,
    ),
    row(
        "NodeRestriction",
        &node_restriction::NodeRestriction,
        CREATE_UPDATE_DELETE,
        NONE,
    ),
    row(
        "TaintNodesByCondition",
        &taint_nodes::TaintNodesByCondition,
        CREATE,
        NONE,
    ),
    row(
        "PodSecurity",
        &pod_security::PodSecurity,
        NONE,
        CREATE_UPDATE,
    ),
    row(
        "Priority",
        &priority::Priority,
        CREATE_UPDATE_DELETE,
        CREATE_UPDATE_DELETE,
    ),
    row(
        "DefaultTolerationSeconds",
        &tolerations::DefaultTolerationSeconds,
        CREATE_UPDATE,
        NONE,
    ),
    row(
        "DefaultStorageClass",
        &storage_class::DefaultStorageClass,
        CREATE,
        NONE,
    ),
    row(
        "StorageObjectInUseProtection",
        &storage_protection::StorageObjectInUseProtection,
        CREATE,
        NONE,
    ),
    row("PodGroupProtection", &Off, CREATE, NONE),
    row(
        "PersistentVolumeClaimResize",
        &claim_resize::PersistentVolumeClaimResize,
        NONE,
        UPDATE,
    ),
    row(
        "RuntimeClass",
        &runtime_class::RuntimeClasses,
        CREATE,
        CREATE,
    ),
    row(
        "CertificateApproval",
        &certificates::CertificateApproval,
        NONE,
        UPDATE,
    ),
    row(
        "CertificateSigning",
        &certificates::CertificateSigning,
        NONE,
        UPDATE,
    ),
    row("ClusterTrustBundleAttest", &Off, NONE, CREATE_UPDATE),
    row(
        "CertificateSubjectRestriction",
        &certificates::CertificateSubjectRestriction,
        NONE,
        CREATE,
    ),
    row(
        "DefaultIngressClass",
        &ingress_class::DefaultIngressClass,
        CREATE,
        NONE,
    ),
    row(
        "PodTopologyLabels",
        &pod_topology::PodTopologyLabels,
        CREATE,
        NONE,
    ),
    row("PodGroupWorkloadExists", &Off, NONE, CREATE),
    row(
        "NodeDeclaredFeatureValidator",
        &pod_resize::NodeDeclaredFeatureValidator,
        NONE,
        UPDATE,
    ),
    row("JobValidation", &Off, NONE, UPDATE),
    row(
        "PodResizeValidator",
        &pod_resize::PodResizeValidator,
        NONE,
        UPDATE,
    ),
    row("", &parameters::PolicyParameters, NONE, NONE),
];

/// How many there are with those behind them, for metrics.
pub(crate) const PLUGIN_COUNT: usize = PLUGINS.len() + chain::BEHIND_COUNT;

/// A plugin's refusal. An object without a name is named by its prefix; what is deleted is not looked at.
fn forbidden(look: &Look<'_>, object: Option<&Object>, why: &str) -> ApiError {
    let info = look.request.resource;
    let object = object.filter(|_| look.request.operation != Operation::Delete);
    let metadata = object.map(|object| object.metadata());
    let names = metadata.map(|metadata| [&metadata.name, &metadata.generate_name]);
    let names = std::iter::once(&look.cx.name).chain(names.into_iter().flatten());
    let name = names.into_iter().find(|name| !name.is_empty());
    let name = name.map_or("Unknown", |name| name.as_str());
    ApiError::forbidden(&info.group, &info.plural, name, why)
}
