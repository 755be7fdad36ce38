//! Admission webhooks: programs elsewhere that change objects, or refuse requests. Read again when a configuration has changed; a request
//! in a cluster that has none looks at two numbers.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/webhook`.
mod call;
mod hook;
mod mutating;
mod review;
mod validating;

pub(super) use self::{
    call::Failure,
    mutating::{Reinvocation, is_same},
    review::Sort,
};

use self::hook::Hook;
use super::{
    asked::{Asked, Documents, Place},
    metrics::AdmissionMetrics,
};
use crate::{
    authz::Authorizer,
    cache::{Caches, ResourceCache},
    webhook_client::WebhookClients,
};
use api::admissionregistration::v1::{
    MutatingWebhook, MutatingWebhookConfiguration, ValidatingWebhook,
    ValidatingWebhookConfiguration,
};
use meta::{ApiError, Kind, Str};
use parking_lot::RwLock;
use platform::Clock;
use resource::Object;
use std::sync::Arc;

/// Both sorts, and how they are called.
pub(super) struct Webhooks {
    mutating: Source,
    validating: Source,
    clients: Arc<WebhookClients>,
    authorizer: Arc<Authorizer>,
    metrics: Arc<AdmissionMetrics>,
    clock: Clock,
}

/// The webhooks of one sort, by the name of their configuration, then as they stand in it.
pub(super) type Hooks = Arc<[Hook]>;

impl Webhooks {
    pub(super) fn new(
        caches: &Caches,
        clients: Arc<WebhookClients>,
        authorizer: Arc<Authorizer>,
        metrics: Arc<AdmissionMetrics>,
        clock: Clock,
    ) -> Self {
        Self {
            mutating: Source::new::<MutatingWebhookConfiguration>(caches, of_mutating),
            validating: Source::new::<ValidatingWebhookConfiguration>(caches, of_validating),
            clients,
            authorizer,
            metrics,
            clock,
        }
    }

    /// Those that may change objects; `None` when there are none.
    pub(super) fn mutating(&self) -> Option<Hooks> {
        self.mutating.hooks()
    }

    /// Those that may only refuse; `None` when there are none.
    pub(super) fn validating(&self) -> Option<Hooks> {
        self.validating.hooks()
    }
}

/// Webhooks could make it impossible to mend what is wrong with webhooks.
pub(super) fn is_exempt(asked: &Asked<'_>) -> bool {
    const KINDS: [&str; 6] = [
        "MutatingAdmissionPolicy",
        "MutatingAdmissionPolicyBinding",
        "MutatingWebhookConfiguration",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration",
    ];
    let kind = &asked.place.kind;
    kind.group == MutatingWebhookConfiguration::GROUP && KINDS.contains(&kind.kind.as_str())
}

/// The objects of a request as a webhook sees them in `place`.
async fn shown(
    asked: &Asked<'_>,
    place: &Place,
    object: Option<&Object>,
) -> Result<Documents, ApiError> {
    let documents = asked.documents(place, object).await;
    documents.map_err(|error| ApiError::internal(error.message))
}

/// Compiled configurations of one kind.
struct Source {
    /// `None` in a server without the kind.
    cache: Option<Arc<ResourceCache>>,
    compile: Compile,
    read: RwLock<Read>,
}

/// The webhooks of a configuration.
type Compile = fn(&Object) -> Vec<Hook>;

struct Read {
    changes: u64,
    hooks: Hooks,
}

impl Source {
    fn new<K: Kind>(caches: &Caches, compile: Compile) -> Self {
        Self {
            cache: caches.of(K::GROUP, K::PLURAL),
            compile,
            read: RwLock::new(Read {
                changes: 0,
                hooks: Arc::new([]),
            }),
        }
    }

    fn hooks(&self) -> Option<Hooks> {
        let cache = self.cache.as_ref()?;
        let changes = cache.changes();
        let known = self.read.read();
        let hooks = if known.changes == changes {
            Arc::clone(&known.hooks)
        } else {
            drop(known);
            let all = cache.all();
            let hooks: Hooks = all.iter().flat_map(self.compile).collect();
            *self.read.write() = Read {
                changes,
                hooks: Arc::clone(&hooks),
            };
            hooks
        };
        (!hooks.is_empty()).then_some(hooks)
    }
}

fn of_mutating(object: &Object) -> Vec<Hook> {
    let found: Option<&MutatingWebhookConfiguration> = object.as_any().downcast_ref();
    let Some(configuration) = found else {
        return Vec::new();
    };
    let name = &configuration.metadata.name;
    let webhooks = configuration.webhooks.iter();
    webhooks.map(|webhook| Hook::new(name, webhook)).collect()
}

fn of_validating(object: &Object) -> Vec<Hook> {
    let found: Option<&ValidatingWebhookConfiguration> = object.as_any().downcast_ref();
    let Some(configuration) = found else {
        return Vec::new();
    };
    let name: &Str = &configuration.metadata.name;
    let webhooks = configuration.webhooks.iter().map(never_reinvoked);
    webhooks.map(|webhook| Hook::new(name, &webhook)).collect()
}

/// The two kinds differ in that alone.
fn never_reinvoked(webhook: &ValidatingWebhook) -> MutatingWebhook {
    let webhook = webhook.clone();
    MutatingWebhook {
        name: webhook.name,
        client_config: webhook.client_config,
        rules: webhook.rules,
        failure_policy: webhook.failure_policy,
        match_policy: webhook.match_policy,
        namespace_selector: webhook.namespace_selector,
        object_selector: webhook.object_selector,
        side_effects: webhook.side_effects,
        timeout_seconds: webhook.timeout_seconds,
        admission_review_versions: webhook.admission_review_versions,
        match_conditions: webhook.match_conditions,
        reinvocation_policy: None,
    }
}
