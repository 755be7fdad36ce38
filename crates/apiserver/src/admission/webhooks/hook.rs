//! [`Hook`]: one webhook of a configuration, ready to be asked.
use super::{Webhooks, review::Sort, shown};
use crate::{
    admission::{
        asked::{Asked, Documents, Place},
        conditions::Conditions,
        expressions::{self, Checks, Inputs, Variables, bindings},
        matching::{Matcher, Rules},
        metrics::Conditional,
    },
    webhook_client::ClientConfig,
};
use api::admissionregistration::v1::MutatingWebhook;
use meta::{ApiError, Str};
use resource::Object;
use serde_json::Value as Json;
use std::time::Duration;

/// Where the configuration says nothing, which its defaults do not leave.
const TIMEOUT_SECONDS: i32 = 10;

pub(in crate::admission) struct Hook {
    pub(super) name: Str,
    pub(super) configuration: Str,
    pub(super) client: ClientConfig,
    matcher: Matcher,
    conditions: Conditions,
    pub(super) failure: FailurePolicy,
    pub(super) timeout: Duration,
    /// Why it is not called in a dry run, if it is not.
    pub(super) side_effects: SideEffects,
    /// The first that both sides know.
    pub(super) version: Option<ReviewVersion>,
    /// Whether it is asked again when others have changed the object after it.
    pub(super) reinvoked: bool,
}

/// What it means that a webhook cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailurePolicy {
    Fail,
    Ignore,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SideEffects {
    /// None, at least in a dry run.
    None,
    Some,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReviewVersion {
    V1,
    V1Beta1,
}

impl Hook {
    pub(super) fn new(configuration: &Str, webhook: &MutatingWebhook) -> Self {
        let rules = Rules::of_webhook(&webhook.rules, webhook.match_policy.as_ref());
        let seconds = webhook.timeout_seconds.unwrap_or(TIMEOUT_SECONDS);
        let mut versions = webhook.admission_review_versions.iter();
        Self {
            name: webhook.name.clone(),
            configuration: configuration.clone(),
            client: ClientConfig::from(&webhook.client_config),
            matcher: Matcher::new(
                webhook.namespace_selector.as_deref(),
                webhook.object_selector.as_deref(),
                rules,
                Rules::default(),
            ),
            conditions: Conditions::new(
                &webhook.match_conditions,
                &expressions::scope(false).environment(),
            ),
            failure: match webhook.failure_policy.as_deref() {
                Some("Ignore") => FailurePolicy::Ignore,
                _ => FailurePolicy::Fail,
            },
            timeout: Duration::from_secs(u64::try_from(seconds).unwrap_or(1)),
            side_effects: match webhook.side_effects.as_deref() {
                Some("None" | "NoneOnDryRun") => SideEffects::None,
                Some(_) => SideEffects::Some,
                None => SideEffects::Unknown,
            },
            version: versions.find_map(|version| match version.as_str() {
                "v1" => Some(ReviewVersion::V1),
                "v1beta1" => Some(ReviewVersion::V1Beta1),
                _ => None,
            }),
            reinvoked: webhook.reinvocation_policy.as_deref() == Some("IfNeeded"),
        }
    }

    /// In which place the webhook is to be asked about the request, if it is.
    pub(super) async fn place(
        &self,
        webhooks: &Webhooks,
        sort: Sort,
        asked: &Asked<'_>,
        object: Option<&Object>,
    ) -> Result<Option<Place>, ApiError> {
        let Some(place) = self.matcher.matches(asked, object)? else {
            return Ok(None);
        };
        let holds = self.conditions.is_empty() || {
            let documents = shown(asked, &place, object).await?;
            self.holds(webhooks, sort, asked, &place, documents).await?
        };
        Ok(holds.then_some(place))
    }

    /// Whether all match conditions hold. Where that cannot be told the request is refused, or where failures are ignored, the webhook is
    /// left out.
    async fn holds(
        &self,
        webhooks: &Webhooks,
        sort: Sort,
        asked: &Asked<'_>,
        place: &Place,
        documents: Documents,
    ) -> Result<bool, ApiError> {
        let inputs = Inputs::new(asked, place, documents, Json::Null);
        let checks = Checks::new(&webhooks.authorizer, asked);
        let variables = Variables::default();
        let held = loop {
            let held = {
                let sort = expressions::Sort::Conditions;
                let bound = bindings(&inputs, &Json::Null, &variables, Some(&checks), sort);
                self.conditions.evaluate(&bound, &webhooks.clock)
            };
            if !checks.asker.settle().await {
                break held;
            }
        };
        let what = Conditional {
            name: &self.name,
            kind: "webhook",
            step: sort.step(),
            operation: asked.operation,
        };
        held.count(&webhooks.metrics, what);
        match held.outcome(self.failure == FailurePolicy::Ignore) {
            Ok(holds) => {
                if !holds {
                    let step = sort.exclusion_step();
                    let excluded = Conditional { step, ..what };
                    webhooks.metrics.observe_exclusion(excluded);
                }
                Ok(holds)
            }
            Err(words) => {
                tracing::warn!(webhook = %self.name, %words, "failed evaluating match conditions, failing closed");
                let (group, plural) = (&asked.place.group, &asked.place.resource);
                Err(ApiError::forbidden(group, plural, &asked.name, &words))
            }
        }
    }
}
