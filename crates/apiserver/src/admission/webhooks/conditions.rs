//! Match conditions of a webhook: expressions of which all have to hold before it is asked.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions`.
use super::{
    Webhooks,
    hook::{FailurePolicy, Hook},
    review::Sort,
};
use crate::admission::{
    asked::{Asked, Documents, Place},
    authorizer::Asker,
    metrics::Conditional,
};
use api::admissionregistration::v1::MatchCondition;
use expr::{
    Bindings, EVALUATION_COST_MAX, Program, ResourceTarget, Type, Value,
    admission::{
        AUTHORIZER, NAMESPACE_OBJECT, OBJECT, OLD_OBJECT, REQUEST, REQUEST_RESOURCE, Scope,
    },
};
use meta::{ApiError, Str};
use resource::Object;
use serde_json::Value as Json;
use std::sync::Arc;

/// What all conditions of a webhook may cost together.
const COST_MAX: u64 = 2_500_000;

/// Each with its text, compiled, or why it does not compile.
pub(super) struct Conditions(Vec<(Str, Result<Program, String>)>);

/// What came of the conditions.
struct Held {
    holds: bool,
    errors: Vec<String>,
}

impl Conditions {
    pub(super) fn new(conditions: &[MatchCondition]) -> Self {
        let scope = Scope {
            params: false,
            authorizer: true,
        };
        let environment = scope.environment();
        let compile = |condition: &MatchCondition| {
            let text = &condition.expression;
            (
                text.clone(),
                expr::compile_to(text, &environment, &[Type::Bool]),
            )
        };
        Self(conditions.iter().map(compile).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn evaluate(
        &self,
        documents: &Documents,
        request: &Json,
        asker: &Arc<Asker>,
        target: &ResourceTarget,
    ) -> Held {
        let value = |json| Value::json(json, &Type::Dyn).unwrap_or(Value::Null);
        let asker = || Arc::clone(asker) as Arc<dyn expr::Authorize>;
        let bindings = Bindings::new(vec![
            (OBJECT, value(&documents.new)),
            (OLD_OBJECT, value(&documents.old)),
            (REQUEST, value(request)),
            (NAMESPACE_OBJECT, Value::Null),
            (AUTHORIZER, Value::authorizer(asker())),
            (
                REQUEST_RESOURCE,
                Value::resource_check(asker(), target.clone()),
            ),
        ]);
        let (mut budget, mut held) = (
            COST_MAX,
            Held {
                holds: true,
                errors: Vec::new(),
            },
        );
        for (text, program) in &self.0 {
            let program = match program {
                Ok(program) => program,
                Err(error) => {
                    held.errors.push(format!("compilation error: {error}"));
                    continue;
                }
            };
            let mut left = EVALUATION_COST_MAX;
            let value = program.evaluate_in(&bindings, &mut left);
            let Some(rest) = budget.checked_sub(EVALUATION_COST_MAX - left) else {
                let words = "validation failed due to running out of cost budget, no further validation rules will be run";
                held.errors = vec![words.to_owned()];
                return held;
            };
            budget = rest;
            match value {
                Ok(value) => held.holds &= value.as_bool() != Some(false),
                Err(error) => {
                    held.errors
                        .push(format!("expression '{text}' resulted in error: {error}"));
                }
            }
        }
        held
    }
}

impl Webhooks {
    /// Whether all conditions of a webhook hold. One that does not hides the errors of others; else an error refuses the request, or
    /// where failures are ignored, leaves the webhook out.
    pub(super) async fn holds(
        &self,
        hook: &Hook,
        sort: Sort,
        asked: &Asked<'_>,
        place: &Place,
        object: Option<&Object>,
    ) -> Result<bool, ApiError> {
        let (group, plural) = (&asked.place.group, &asked.place.resource);
        let target = ResourceTarget {
            group: group.to_string(),
            resource: plural.to_string(),
            subresource: asked.cx.subresource.to_string(),
            namespace: asked.namespace().to_owned(),
            name: asked.cx.name.to_string(),
            ..ResourceTarget::default()
        };
        let documents = asked.documents(place, object).await?;
        let mut request = Json::Object(asked.request("", place));
        request["resource"] = request["requestResource"].clone();
        let asker = Asker::new(&self.authorizer, &asked.cx.user);
        let what = Conditional {
            name: &hook.name,
            kind: "webhook",
            step: sort.condition_step(),
            operation: asked.operation,
        };
        let started = self.clock.monotonic();
        let held = loop {
            let held = hook
                .conditions
                .evaluate(&documents, &request, &asker, &target);
            if !asker.settle().await {
                break held;
            }
        };
        let took = self.clock.monotonic().since(started);
        self.metrics
            .observe_conditions(what, took, held.errors.len());
        if held.holds && !held.errors.is_empty() && hook.failure == FailurePolicy::Fail {
            let words = crate::authz::aggregate(&held.errors);
            tracing::warn!(webhook = %hook.name, %words, "failed evaluating match conditions, failing closed");
            return Err(ApiError::forbidden(group, plural, &asked.cx.name, &words));
        }
        let holds = held.holds && held.errors.is_empty();
        if !holds {
            self.metrics.observe_exclusion(what);
        }
        Ok(holds)
    }
}
