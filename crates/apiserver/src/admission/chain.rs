//! [`Chain`]: the way of a request through all of admission.
use super::{
    Look, PLUGINS, Question,
    asked::Asked,
    metrics::{AdmissionMetrics, Step},
    node_restriction,
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
    time::Duration,
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

/// Those behind the plugins in upstream's order. Each is counted as a plugin.
#[derive(Clone, Copy)]
enum Behind {
    MutatingPolicies,
    MutatingWebhooks,
    ValidatingPolicies,
    ValidatingWebhooks,
    Quotas,
}

/// How many there are.
pub(crate) const BEHIND_COUNT: usize = 5;

impl Behind {
    /// Its place among them, and upstream's name.
    fn row(self) -> (usize, &'static str) {
        match self {
            Self::MutatingPolicies => (0, "MutatingAdmissionPolicy"),
            Self::MutatingWebhooks => (1, "MutatingAdmissionWebhook"),
            Self::ValidatingPolicies => (2, "ValidatingAdmissionPolicy"),
            Self::ValidatingWebhooks => (3, "ValidatingAdmissionWebhook"),
            Self::Quotas => (4, "ResourceQuota"),
        }
    }

    fn step(self) -> Step {
        match self {
            Self::MutatingPolicies | Self::MutatingWebhooks => Step::Admit,
            Self::ValidatingPolicies | Self::ValidatingWebhooks | Self::Quotas => Step::Validate,
        }
    }
}

/// Whom a judgement waits for.
struct Others<'a> {
    questions: Vec<Question<'a>>,
    policies: Option<Question<'a>>,
    mutating: Option<Hooks>,
    validating: Option<Hooks>,
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
            (policy_metrics, Arc::clone(&metrics)),
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
            metrics: &self.metrics,
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
        node_restriction::check_identity(cx, row)?;
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

    /// A connection to what `request` names, with its options as a document. Those that it gets instead, if somebody changes them.
    pub(crate) async fn connect(
        &self,
        cx: &RequestContext,
        request: AdmissionRequest<'_>,
        options: impl FnOnce() -> Value,
    ) -> Result<Option<Value>, ApiError> {
        let look = self.look(cx, request);
        let (mutating, validating) = (self.webhooks.mutating(), self.webhooks.validating());
        let nobody = mutating.is_none() && validating.is_none() && !self.policies.are_any();
        let Some(asked) = self.asked(look).filter(|_| !nobody) else {
            return Ok(None);
        };
        let options = options();
        let (asked, mut object) = asked.connection(&options)?;
        let started = self.clock.monotonic();
        let policies = self.policies.mutation(look, || Some(asked.clone()));
        let hooks = mutating.map(|hooks| (hooks, asked.clone()));
        let done = self.mutate_by_others(look, policies, hooks, &mut object);
        self.stepped(Step::Admit, look, started, done.await)?;
        let started = self.clock.monotonic();
        let policies = self
            .policies
            .validation(look, || Some(asked.clone()), Some(&object));
        let done = self.judge_by_others(policies, validating.as_ref(), &asked, Some(&object));
        self.stepped(Step::Validate, look, started, done.await)?;
        let admitted = asked.shown(&asked.place, &object)?;
        Ok((admitted != options).then_some(admitted))
    }

    /// Policies, then webhooks, that may only refuse.
    async fn judge_by_others(
        &self,
        policies: Option<Question<'_>>,
        hooks: Option<&Hooks>,
        asked: &Asked<'_>,
        object: Option<&Object>,
    ) -> Result<(), ApiError> {
        let operation = asked.operation;
        match policies {
            Some(policies) => {
                let which = Behind::ValidatingPolicies;
                self.timed(which, operation, policies).await?;
            }
            None => self.passed(Behind::ValidatingPolicies, operation),
        }
        match hooks {
            Some(hooks) => {
                let done = self.webhooks.validate(hooks, asked, object);
                let which = Behind::ValidatingWebhooks;
                self.timed(which, operation, done).await
            }
            None => {
                self.passed(Behind::ValidatingWebhooks, operation);
                Ok(())
            }
        }
    }

    /// Counts what one of those behind the plugins takes.
    async fn timed<T>(
        &self,
        which: Behind,
        operation: Operation,
        done: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, ApiError> {
        let started = self.clock.monotonic();
        let done = done.await;
        let took = self.clock.monotonic().since(started);
        self.observe(which, operation, took, done.is_err());
        done
    }

    /// The same of one that has nobody to ask.
    fn passed(&self, which: Behind, operation: Operation) {
        self.observe(which, operation, Duration::ZERO, false);
    }

    fn observe(&self, which: Behind, operation: Operation, took: Duration, rejected: bool) {
        let (index, name) = which.row();
        let place = (PLUGINS.len() + index, name);
        self.metrics
            .observe_controller(place, which.step(), operation, took, rejected);
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
        // None of them looks at connections.
        if operation == Operation::Connect {
            return Ok(());
        }
        self.run_plugins(Step::Admit, operation, |plugin| {
            plugin.mutate(&look, object)
        })
    }

    /// What policies and webhooks change; then, where they did, everybody once more.
    async fn mutate_by_others<'a>(
        &self,
        look: Look<'a>,
        mut policies: Option<Mutation<'a>>,
        hooks: Option<(Hooks, Asked<'a>)>,
        object: &mut Object,
    ) -> Result<(), ApiError> {
        let mut again = Reinvocation::default();
        let first = self.round(
            look,
            &mut policies,
            hooks.as_ref(),
            object,
            &mut again,
            None,
        );
        let changed = first.await?;
        if !changed && !again.needed {
            return Ok(());
        }
        again.begin_again();
        let last = object.clone_object();
        self.mutate_by_plugins(look, object)?;
        if let Some(policies) = &mut policies {
            policies.begin_again();
        }
        let (hooks, last) = (hooks.as_ref(), Some(&last));
        let second = self.round(look, &mut policies, hooks, object, &mut again, last);
        second.await.map(drop)
    }

    /// Asks policies, then webhooks, which are told whether the object is still as they left it last. Whether a policy wrote it.
    async fn round(
        &self,
        look: Look<'_>,
        policies: &mut Option<Mutation<'_>>,
        hooks: Option<&(Hooks, Asked<'_>)>,
        object: &mut Object,
        again: &mut Reinvocation,
        last: Option<&Object>,
    ) -> Result<bool, ApiError> {
        let operation = look.request.operation;
        let written = match policies {
            Some(policies) => {
                let which = Behind::MutatingPolicies;
                self.timed(which, operation, policies.ask(object)).await?
            }
            None => {
                self.passed(Behind::MutatingPolicies, operation);
                false
            }
        };
        let Some((hooks, asked)) = hooks else {
            self.passed(Behind::MutatingWebhooks, operation);
            return Ok(written);
        };
        if last.is_some_and(|last| !is_same(last, object)) {
            again.changed();
        }
        let done = self.webhooks.mutate(hooks, asked, Some(object), again);
        let which = Behind::MutatingWebhooks;
        self.timed(which, operation, done).await?;
        Ok(written)
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
        let asked = || Some(self.asked(look)?.generated(object));
        let policies = self.policies.validation(look, asked, object);
        // There is nothing to change, and still upstream asks those who could, first.
        let deletes = operation == Operation::Delete;
        let mutating = deletes.then(|| self.webhooks.mutating()).flatten();
        let validating = self.webhooks.validating();
        let nobody = questions.is_empty()
            && policies.is_none()
            && mutating.is_none()
            && validating.is_none();
        if done.is_err() || nobody {
            if done.is_ok() {
                if deletes {
                    self.passed(Behind::MutatingWebhooks, operation);
                }
                self.passed(Behind::ValidatingPolicies, operation);
                self.passed(Behind::ValidatingWebhooks, operation);
            }
            return Box::pin(ready(self.stepped(Step::Validate, look, started, done)));
        }
        Box::pin(async move {
            let others = Others {
                questions,
                policies,
                mutating,
                validating,
            };
            let done = self.ask_others(look, object, others).await;
            self.stepped(Step::Validate, look, started, done)
        })
    }

    async fn ask_others<'a>(
        &'a self,
        look: Look<'a>,
        object: Option<&'a Object>,
        others: Others<'a>,
    ) -> Result<(), ApiError> {
        let operation = look.request.operation;
        let asked = self.asked(look).map(|asked| asked.generated(object));
        if let (Some(hooks), Some(asked)) = (&others.mutating, &asked) {
            let mut again = Reinvocation::default();
            let done = self.webhooks.mutate(hooks, asked, None, &mut again);
            let which = Behind::MutatingWebhooks;
            self.timed(which, operation, done).await?;
        }
        for question in others.questions {
            question.await?;
        }
        let Some(asked) = asked else {
            return Ok(());
        };
        let hooks = others.validating.as_ref();
        self.judge_by_others(others.policies, hooks, &asked, object)
            .await
    }

    fn questions<'a>(&'a self, look: Look<'a>, object: Option<&'a Object>) -> Vec<Question<'a>> {
        PLUGINS
            .iter()
            .filter_map(|row| row.plugin.ask(look, object))
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
            policies = self.policies.mutation(look, || self.asked(look));
            let mutating = self.webhooks.mutating();
            hooks = mutating.and_then(|hooks| Some((hooks, self.asked(look)?)));
        }
        if policies.is_none() && hooks.is_none() {
            if done.is_ok() {
                self.passed(Behind::MutatingPolicies, look.request.operation);
                self.passed(Behind::MutatingWebhooks, look.request.operation);
            }
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
        let api = self.api.get().cloned().unwrap_or_default();
        let reserved = self.quotas.reserve(self.look(cx, request), object, api);
        Box::pin(self.timed(Behind::Quotas, request.operation, reserved))
    }
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chain")
            .field("plugins", &PLUGINS.len())
            .finish_non_exhaustive()
    }
}
