//! [`Chain`]: the way of a request through all of admission.
use super::{
    Look, PLUGINS, Question,
    asked::Asked,
    metrics::{AdmissionMetrics, Step},
    policy::{Mutation, Policies},
    resource_quota::ResourceQuotas,
    webhooks::{Hooks, Reinvocation, Webhooks, is_same},
};
use crate::{
    authz::{self, Attributes, Authorizer},
    cache::Caches,
    catalog::Catalogs,
    metrics::Policies as PolicyMetrics,
    shared::Api,
    webhook_client::WebhookClients,
};
use meta::ApiError;
use platform::{Clock, Monotonic};
use resource::{
    Admission, AdmissionRequest, BoxFuture, Finish, Object, Operation, RequestContext, Verb,
};
use schema::discovery::ResourceInfo as Row;
use serde_json::Value;
use std::{
    future::ready,
    sync::{Arc, OnceLock, Weak},
};

/// All plugins, policies, webhooks, the check that nobody grants what they do not hold, and quotas.
pub(crate) struct Chain {
    caches: Arc<Caches>,
    catalogs: Arc<Catalogs>,
    authorizer: Arc<Authorizer>,
    policies: Policies,
    webhooks: Webhooks,
    quotas: ResourceQuotas,
    metrics: Arc<AdmissionMetrics>,
    clock: Clock,
    api: OnceLock<Weak<Api>>,
}

/// What a chain is made of.
pub(crate) struct Parts {
    pub(crate) caches: Arc<Caches>,
    pub(crate) catalogs: Arc<Catalogs>,
    pub(crate) authorizer: Arc<Authorizer>,
    pub(crate) clients: Arc<WebhookClients>,
    pub(crate) metrics: Arc<AdmissionMetrics>,
    pub(crate) policy_metrics: Arc<PolicyMetrics>,
    pub(crate) clock: Clock,
}

impl Chain {
    pub(crate) fn new(parts: Parts) -> Self {
        let Parts {
            caches,
            catalogs,
            authorizer,
            clients,
            metrics,
            policy_metrics,
            clock,
        } = parts;
        let policies = Policies::new(
            &caches,
            Arc::clone(&catalogs),
            Arc::clone(&authorizer),
            clock.clone(),
            policy_metrics,
        );
        let webhooks = Webhooks::new(
            &caches,
            clients,
            Arc::clone(&authorizer),
            Arc::clone(&metrics),
            clock.clone(),
        );
        Self {
            caches,
            catalogs,
            authorizer,
            policies,
            webhooks,
            quotas: ResourceQuotas::default(),
            metrics,
            clock,
            api: OnceLock::new(),
        }
    }

    /// Whose admission it is. Told once.
    pub(crate) fn belongs_to(&self, api: Weak<Api>) {
        self.api.get_or_init(|| api);
    }

    fn look<'a>(&'a self, cx: &'a RequestContext, request: AdmissionRequest<'a>) -> Look<'a> {
        Look {
            cx,
            request,
            caches: &self.caches,
            authorizer: &self.authorizer,
        }
    }

    fn asked<'a>(&self, look: Look<'a>) -> Option<Asked<'a>> {
        let asked = Asked::new(look.cx, look.request, self.catalogs.now())?;
        Some(asked.by(self.api.get().cloned().unwrap_or_default()))
    }

    /// What is answered and not kept: no plugin of this server looks at it.
    pub(crate) async fn admit_unstored(
        &self,
        cx: &RequestContext,
        row: &Row,
        object: &mut Object,
    ) -> Result<(), ApiError> {
        let (mutating, validating) = (self.webhooks.mutating(), self.webhooks.validating());
        if mutating.is_none() && validating.is_none() {
            return Ok(());
        }
        let asked = Asked::unstored(cx, row, self.catalogs.now());
        if let Some(hooks) = &mutating {
            let mut again = Reinvocation::default();
            let mut rounds = 0..2;
            while rounds.next().is_some() {
                let done = self
                    .webhooks
                    .mutate(hooks, &asked, Some(object), &mut again);
                done.await?;
                if !again.needed {
                    break;
                }
                again.begin_again();
            }
        }
        match &validating {
            Some(hooks) => self.webhooks.validate(hooks, &asked, Some(object)).await,
            None => Ok(()),
        }
    }

    /// A connection to what `request` names, with its options as a document.
    pub(crate) async fn connect(
        &self,
        cx: &RequestContext,
        request: AdmissionRequest<'_>,
        options: impl FnOnce() -> Value,
    ) -> Result<(), ApiError> {
        let (mutating, validating) = (self.webhooks.mutating(), self.webhooks.validating());
        if mutating.is_none() && validating.is_none() {
            return Ok(());
        }
        let Some(asked) = self.asked(self.look(cx, request)) else {
            return Ok(());
        };
        let asked = asked.connection(options());
        self.ask_hooks(&asked, None, mutating, validating).await
    }

    /// Webhooks about what none of them can change.
    async fn ask_hooks(
        &self,
        asked: &Asked<'_>,
        object: Option<&Object>,
        mutating: Option<Hooks>,
        validating: Option<Hooks>,
    ) -> Result<(), ApiError> {
        if let Some(hooks) = &mutating {
            let mut again = Reinvocation::default();
            self.webhooks.mutate(hooks, asked, None, &mut again).await?;
        }
        match &validating {
            Some(hooks) => self.webhooks.validate(hooks, asked, object).await,
            None => Ok(()),
        }
    }

    /// Runs one step of each plugin that has it for the operation.
    fn run_plugins(
        &self,
        step: Step,
        operation: Operation,
        mut run: impl FnMut(&dyn super::Plugin) -> Result<(), ApiError>,
    ) -> Result<(), ApiError> {
        let mut before = self.clock.monotonic();
        for (index, row) in PLUGINS.iter().enumerate() {
            let done = run(row.plugin);
            let counted = match step {
                Step::Admit => row.admits,
                Step::Validate => row.validates,
            };
            if counted.contains(&operation) {
                let now = self.clock.monotonic();
                let (took, rejected) = (now.since(before), done.is_err());
                before = now;
                let which = (index, row.name);
                self.metrics
                    .observe_controller(which, step, operation, took, rejected);
            }
            done?;
        }
        Ok(())
    }

    fn stepped(
        &self,
        step: Step,
        look: Look<'_>,
        started: Monotonic,
        done: Result<(), ApiError>,
    ) -> Result<(), ApiError> {
        let took = self.clock.monotonic().since(started);
        let operation = look.request.operation;
        self.metrics
            .observe_step(step, operation, took, done.is_err());
        done
    }

    fn mutate_by_plugins(&self, look: Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        let operation = look.request.operation;
        self.run_plugins(Step::Admit, operation, |plugin| {
            plugin.mutate(&look, object)
        })
    }

    /// What policies and webhooks change; then, where they did, everybody once more.
    async fn mutate_by_others(
        &self,
        look: Look<'_>,
        mut policies: Option<Mutation<'_>>,
        hooks: Option<Hooks>,
        object: &mut Object,
    ) -> Result<(), ApiError> {
        let hooks = hooks.and_then(|hooks| Some((hooks, self.asked(look)?)));
        let mut again = Reinvocation::default();
        let webhooks = &self.webhooks;
        let mut changed = false;
        if let Some(policies) = &mut policies {
            changed = policies.ask(object).await?;
        }
        if let Some((hooks, asked)) = &hooks {
            let done = webhooks.mutate(hooks, asked, Some(object), &mut again);
            done.await?;
        }
        if !changed && !again.needed {
            return Ok(());
        }
        again.begin_again();
        let last = object.clone_object();
        self.mutate_by_plugins(look, object)?;
        if let Some(policies) = &mut policies {
            policies.ask_again(object).await?;
        }
        let Some((hooks, asked)) = &hooks else {
            return Ok(());
        };
        if !is_same(&last, object) {
            again.changed();
        }
        webhooks
            .mutate(hooks, asked, Some(object), &mut again)
            .await
    }

    /// Whoever was asked whether they may update or apply, and would create, must be allowed to. As upstream, asked behind validation.
    fn create_right<'a>(&'a self, look: Look<'a>) -> Option<Question<'a>> {
        let (cx, info) = (look.cx, look.request.resource);
        let creates = look.request.operation == Operation::Create;
        if !creates || !matches!(cx.verb, Verb::Update | Verb::Patch) {
            return None;
        }
        Some(Box::pin(async move {
            let api_version = cx.api_version.as_str();
            let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
            let attributes = Attributes {
                verb: "create",
                group,
                version,
                resource: &info.plural,
                namespace: &cx.namespace,
                name: &cx.name,
                ..Attributes::default()
            };
            let verdict = self.authorizer.authorize(&cx.user, &attributes).await;
            if verdict.allows() {
                return Ok(());
            }
            Err(match &verdict.error {
                Some(error) => ApiError::internal(error),
                None => authz::forbidden(&cx.user, &attributes, &verdict.reason),
            })
        }))
    }

    fn judge<'a>(
        &'a self,
        look: Look<'a>,
        object: Option<&'a Object>,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        let started = self.clock.monotonic();
        let operation = look.request.operation;
        let done = self.run_plugins(Step::Validate, operation, |plugin| {
            plugin.validate(&look, object)
        });
        let questions = self.questions(look, object);
        // There is nothing to change, and still upstream asks those who could, first.
        let mutating = (operation == Operation::Delete)
            .then(|| self.webhooks.mutating())
            .flatten();
        let validating = self.webhooks.validating();
        let nobody = questions.is_empty() && mutating.is_none() && validating.is_none();
        if done.is_err() || nobody {
            return Box::pin(ready(self.stepped(Step::Validate, look, started, done)));
        }
        Box::pin(async move {
            let others = self.ask_others(look, object, questions, mutating, validating);
            self.stepped(Step::Validate, look, started, others.await)
        })
    }

    async fn ask_others<'a>(
        &'a self,
        look: Look<'a>,
        object: Option<&'a Object>,
        questions: Vec<Question<'a>>,
        mutating: Option<Hooks>,
        validating: Option<Hooks>,
    ) -> Result<(), ApiError> {
        for question in questions {
            question.await?;
        }
        if mutating.is_none() && validating.is_none() {
            return Ok(());
        }
        let Some(asked) = self.asked(look) else {
            return Ok(());
        };
        self.ask_hooks(&asked, object, mutating, validating).await
    }

    fn questions<'a>(&'a self, look: Look<'a>, object: Option<&'a Object>) -> Vec<Question<'a>> {
        PLUGINS
            .iter()
            .filter_map(|row| row.plugin.ask(look, object))
            .chain(self.policies.validation(look, object))
            .collect()
    }

    /// Asked between admission's mutations and validation, as upstream's storage of roles and bindings does.
    ///
    /// # Errors
    /// As [`authz::check_write`].
    pub(crate) async fn check_grants(
        &self,
        cx: &RequestContext,
        request: AdmissionRequest<'_>,
        new: &Object,
    ) -> Result<(), ApiError> {
        if !authz::grants(request.resource) {
            return Ok(());
        }
        let (who, info) = (&cx.user, request.resource);
        authz::check_write(&self.authorizer, who, info, new, request.old).await
    }
}

impl Admission for Chain {
    fn mutate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: &'a mut Object,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        let (look, started) = (self.look(cx, request), self.clock.monotonic());
        let done = self.mutate_by_plugins(look, object);
        let (mut policies, mut hooks) = (None, None);
        if done.is_ok() {
            policies = self.policies.mutation(look);
            hooks = self.webhooks.mutating();
        }
        if policies.is_none() && hooks.is_none() {
            return Box::pin(ready(self.stepped(Step::Admit, look, started, done)));
        }
        Box::pin(async move {
            let done = self.mutate_by_others(look, policies, hooks, object).await;
            self.stepped(Step::Admit, look, started, done)
        })
    }

    fn validate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: Option<&'a Object>,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        let look = self.look(cx, request);
        let Some(right) = self.create_right(look) else {
            return self.judge(look, object);
        };
        Box::pin(async move {
            right.await?;
            self.judge(look, object).await
        })
    }

    fn reserve<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: &'a Object,
    ) -> BoxFuture<'a, Result<Option<Finish>, ApiError>> {
        Box::pin(self.quotas.reserve(self.look(cx, request), object))
    }
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chain")
            .field("plugins", &PLUGINS.len())
            .finish_non_exhaustive()
    }
}
