//! One call of one webhook, and what comes of it.
use super::{
    Webhooks,
    hook::{FailurePolicy, Hook, SideEffects},
    review::{self, Sort, Unusable, Verdict},
};
use crate::{
    admission::asked::{Asked, Documents, Place},
    remote::RemoteError,
};
use bytes::Bytes;
use meta::{ApiError, Reason, go_quote};
use platform::Monotonic;
use serde_json::json;

/// Why a webhook does not let a request pass.
#[derive(Debug)]
pub(in crate::admission) enum Failure {
    /// It could not be asked, or its answer is none. The failure policy decides. `code` is for metrics.
    Call { reason: String, code: u16 },
    /// It said no.
    Denied(ApiError),
    /// The request cannot be allowed, whatever the policy.
    Refused(ApiError),
}

impl Failure {
    pub(super) fn call(reason: impl Into<String>, code: u16) -> Self {
        Self::Call {
            reason: reason.into(),
            code,
        }
    }

    /// What the client is told.
    pub(super) fn into_error(self, hook: &Hook) -> ApiError {
        match self {
            Self::Call { reason, .. } => ApiError::internal(format!(
                "failed calling webhook {}: {reason}",
                go_quote(&hook.name)
            )),
            Self::Denied(error) | Self::Refused(error) => error,
        }
    }
}

impl Webhooks {
    pub(super) fn count(
        &self,
        hook: &Hook,
        sort: Sort,
        asked: &Asked<'_>,
        started: Monotonic,
        failure: Option<&Failure>,
    ) {
        let took = self.clock.monotonic().since(started);
        let ignored = hook.failure == FailurePolicy::Ignore;
        let what = (hook.name.as_str(), sort);
        self.metrics
            .observe_webhook(what, asked.operation, took, failure, ignored);
    }

    /// Asks, and says in audit events and warnings what the webhook has to say there.
    pub(super) async fn ask(
        &self,
        hook: &Hook,
        sort: Sort,
        asked: &Asked<'_>,
        place: &Place,
        documents: &Documents,
    ) -> Result<Verdict, Failure> {
        if asked.cx.dry_run {
            check_dry_run(hook)?;
        }
        let Some(version) = hook.version else {
            let words = "could not create admission objects: webhook does not accept known AdmissionReview versions (v1, v1beta1)";
            return Err(Failure::call(words, 400));
        };
        let uid = asked.cx.random_uid();
        let mut request = asked.request(&uid, place);
        request.insert("object".to_owned(), documents.new.clone());
        request.insert("oldObject".to_owned(), documents.old.clone());
        let review = json!({
            "kind": "AdmissionReview",
            "apiVersion": version.api_version(),
            "request": request,
        });
        let query = format!("?timeout={}s", hook.timeout.as_secs());
        let body = Bytes::from(review.to_string());
        let answer = self.clients.call(&hook.client, &query, body, hook.timeout);
        let answer = answer.await.map_err(|error| unanswered(&error))?;
        let verdict = review::read(&answer, version, sort, &uid);
        let verdict = verdict.map_err(|unusable| match unusable {
            Unusable::Undecodable(why) => {
                Failure::call(format!("failed to call webhook: {why}"), 503)
            }
            Unusable::Invalid(why) => {
                Failure::call(format!("received invalid webhook response: {why}"), 503)
            }
        })?;
        for (key, value) in &verdict.annotations {
            annotate(asked, format!("{}/{key}", hook.name), value.clone());
        }
        for warning in &verdict.warnings {
            asked.cx.warn(warning.as_str());
        }
        if verdict.allowed {
            return Ok(verdict);
        }
        Err(Failure::Denied(review::denial(&hook.name, verdict.result)))
    }
}

/// Says something in the request's audit event, under a key that has a prefix and a name.
pub(super) fn annotate(asked: &Asked<'_>, key: String, value: String) {
    if let Some(annotations) = &asked.cx.annotations
        && key.split('/').count() == 2
        && !key.ends_with('/')
    {
        annotations.add(key, value);
    }
}

fn check_dry_run(hook: &Hook) -> Result<(), Failure> {
    match hook.side_effects {
        SideEffects::None => Ok(()),
        SideEffects::Some => Err(Failure::Refused(ApiError::bad_request(format!(
            "admission webhook {} does not support dry run",
            go_quote(&hook.name)
        )))),
        SideEffects::Unknown => Err(Failure::call("Webhook SideEffects is nil", 400)),
    }
}

fn unanswered(error: &RemoteError) -> Failure {
    let (what, code) = match error {
        RemoteError::Url { .. } | RemoteError::Client(_) => {
            ("could not get REST client", Reason::InternalError.code())
        }
        RemoteError::Refused { refusal, .. } => ("failed to call webhook", refusal.code),
        RemoteError::Exchange { .. } | RemoteError::Answer { .. } => {
            ("failed to call webhook", Reason::ServiceUnavailable.code())
        }
    };
    Failure::call(format!("{what}: {}", error.for_clients()), code)
}
