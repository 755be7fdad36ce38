//! Asking a webhook: a SubjectAccessReview that another server answers. Upstream: `plugin/pkg/authorizer/webhook`.
use super::{Attributes, Decision, Verdict, conditions::Conditions};
use crate::{
    expiring::Expiring,
    metrics::Authorizers,
    remote::{Remote, RemoteError, Remotes},
};
use api::authorization::v1::{
    NonResourceAttributes, ResourceAttributes, SubjectAccessReview, SubjectAccessReviewSpec,
};
use bytes::Bytes;
use client::kubeconfig::Endpoint;
use meta::{StringList, codec};
use platform::Clock;
use resource::User;
use serde_json::Value;
use std::{sync::Arc, time::Duration};

/// Answers remembered.
const REMEMBERED_MAX: usize = 8192;
/// Questions whose client-chosen parts are longer are not remembered: they may be made to fill the memory.
const REMEMBERED_BYTES_MAX: usize = 10_000;

/// What a webhook that cannot be asked stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailurePolicy {
    Deny,
    NoOpinion,
}

/// How a webhook is asked.
#[derive(Clone, Debug)]
pub struct WebhookSettings {
    /// As metrics call it.
    pub name: String,
    pub endpoint: Endpoint,
    /// Of the reviews: `v1` or `v1beta1`.
    pub version: String,
    pub failure_policy: FailurePolicy,
    pub timeout: Duration,
    /// Zero remembers nothing.
    pub authorized_ttl: Duration,
    pub unauthorized_ttl: Duration,
}

/// A webhook that decides.
#[derive(Debug)]
pub struct WebhookAuthorization {
    remote: Arc<Remote>,
    settings: WebhookSettings,
    conditions: Conditions,
}

impl WebhookAuthorization {
    /// It is asked about every request.
    ///
    /// # Errors
    /// When no client can be made from what the endpoint holds.
    pub fn new(remotes: &Remotes, settings: WebhookSettings) -> Result<Self, RemoteError> {
        Self::with_conditions(remotes, settings, Conditions::default())
    }

    pub(super) fn with_conditions(
        remotes: &Remotes,
        settings: WebhookSettings,
        conditions: Conditions,
    ) -> Result<Self, RemoteError> {
        Ok(Self {
            remote: remotes.webhook(&settings.endpoint)?,
            settings,
            conditions,
        })
    }
}

pub(super) struct Webhook {
    config: WebhookAuthorization,
    remembered: Expiring<Verdict>,
    clock: Clock,
    counts: Arc<Authorizers>,
}

impl Webhook {
    pub(super) fn new(
        config: WebhookAuthorization,
        clock: Clock,
        counts: Arc<Authorizers>,
    ) -> Self {
        Self {
            config,
            remembered: Expiring::new(clock.clone(), REMEMBERED_MAX),
            clock,
            counts,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.config.settings.name
    }

    /// The verdict when nobody has to be asked for it.
    pub(super) fn decide(&self, user: &User, asked: &Attributes<'_>) -> Option<Verdict> {
        self.known(&question(user, asked)).ok()
    }

    /// The verdict that follows from the conditions or was given before, or the key to remember it by.
    fn known(&self, question: &SubjectAccessReviewSpec) -> Result<Verdict, String> {
        match self.config.conditions.hold(question) {
            Ok(true) => {}
            Ok(false) => return Ok(Verdict::no_opinion()),
            Err(error) => return Ok(self.failed(error)),
        }
        let key = key(question);
        self.remembered.get(&key).ok_or(key)
    }

    pub(super) async fn authorize(&self, user: &User, asked: &Attributes<'_>) -> Verdict {
        let question = question(user, asked);
        let key = match self.known(&question) {
            Ok(verdict) => return verdict,
            Err(key) => key,
        };
        let began = self.clock.monotonic();
        let answer = self.ask(question).await;
        let result = match &answer {
            Ok(_) => "success",
            Err(error) if error.is_timeout() => "timeout",
            Err(_) => "error",
        };
        let took = self.clock.monotonic().since(began);
        self.counts.asked(self.name(), result, took);
        match answer {
            Ok((verdict, allowed)) => {
                let keep = if allowed {
                    self.config.settings.authorized_ttl
                } else {
                    self.config.settings.unauthorized_ttl
                };
                if controlled_bytes(asked) < REMEMBERED_BYTES_MAX {
                    self.remembered.put(key, verdict.clone(), keep);
                }
                verdict
            }
            Err(error) => {
                tracing::error!(%error, "failed to ask the authorization webhook");
                if self.config.settings.failure_policy == FailurePolicy::NoOpinion {
                    self.counts.failed_open(self.name(), result);
                }
                self.failed(error.to_string())
            }
        }
    }

    fn failed(&self, error: String) -> Verdict {
        let decision = match self.config.settings.failure_policy {
            FailurePolicy::Deny => Decision::Deny,
            FailurePolicy::NoOpinion => Decision::NoOpinion,
        };
        Verdict {
            error: Some(error),
            ..Verdict::new(decision, Arc::default())
        }
    }

    /// The verdict and whether the answer was yes.
    async fn ask(&self, spec: SubjectAccessReviewSpec) -> Result<(Verdict, bool), RemoteError> {
        let review = SubjectAccessReview {
            spec,
            ..SubjectAccessReview::default()
        };
        let body = body(&codec::to_json(&review), &self.config.settings.version);
        let answer = self
            .config
            .remote
            .post(body, self.config.settings.timeout)
            .await?;
        let answer: Value = serde_json::from_slice(&answer)
            .map_err(|error| self.config.remote.unusable(error.to_string()))?;
        if answer["kind"] != "SubjectAccessReview" {
            let words = "the answer is not a SubjectAccessReview";
            return Err(self.config.remote.unusable(words));
        }
        let status = &answer["status"];
        let says = |field: &str| status[field].as_bool().unwrap_or(false);
        let (allowed, denied) = (says("allowed"), says("denied"));
        let decision = match (allowed, denied) {
            (_, true) => Decision::Deny,
            (true, false) => Decision::Allow,
            (false, false) => Decision::NoOpinion,
        };
        let both = "webhook subject access review returned both allow and deny response";
        let verdict = Verdict {
            error: (allowed && denied).then(|| both.to_owned()),
            ..Verdict::new(decision, status["reason"].as_str().unwrap_or(""))
        };
        Ok((verdict, allowed))
    }
}

/// In `v1beta1` the groups were `group`.
fn body(review: &[u8], version: &str) -> Bytes {
    let mut review: Value = serde_json::from_slice(review).expect("our own JSON");
    review["apiVersion"] = format!("authorization.k8s.io/{version}").into();
    review["kind"] = "SubjectAccessReview".into();
    if version == "v1beta1"
        && let Some(spec) = review["spec"].as_object_mut()
        && let Some(groups) = spec.remove("groups")
    {
        spec.insert("group".to_owned(), groups);
    }
    Bytes::from(review.to_string())
}

fn key(question: &SubjectAccessReviewSpec) -> String {
    String::from_utf8(codec::to_json(question)).expect("JSON is UTF-8")
}

/// What a review would ask.
pub(super) fn question(user: &User, asked: &Attributes<'_>) -> SubjectAccessReviewSpec {
    let extra = user.extra.iter();
    let mut spec = SubjectAccessReviewSpec {
        user: user.name.clone(),
        uid: user.uid.clone(),
        groups: user.groups.clone().into(),
        extra: extra
            .map(|(key, values)| (key.clone(), values.iter().cloned().collect::<StringList>()))
            .collect(),
        ..SubjectAccessReviewSpec::default()
    };
    if asked.resource.is_empty() {
        spec.non_resource_attributes = Some(Box::new(NonResourceAttributes {
            path: asked.path.into(),
            verb: asked.verb.into(),
        }));
    } else {
        spec.resource_attributes = Some(Box::new(ResourceAttributes {
            namespace: asked.namespace.into(),
            verb: asked.verb.into(),
            group: asked.group.into(),
            version: asked.version.into(),
            resource: asked.resource.into(),
            subresource: asked.subresource.into(),
            name: asked.name.into(),
            field_selector: asked.selectors.fields().map(Box::new),
            label_selector: asked.selectors.labels().map(Box::new),
        }));
    }
    spec
}

fn controlled_bytes(asked: &Attributes<'_>) -> usize {
    let parts = [
        asked.namespace,
        asked.verb,
        asked.group,
        asked.version,
        asked.resource,
        asked.subresource,
        asked.name,
        asked.path,
    ];
    parts.iter().map(|part| part.len()).sum()
}

#[cfg(test)]
mod tests;
