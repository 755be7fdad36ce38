//! Asking a webhook whose a token is: a TokenReview that another server answers.
//! Upstream: `plugin/pkg/authenticator/token/webhook`.
use crate::{
    expiring::Expiring,
    remote::{Remote, RemoteError, Remotes},
};
use bytes::Bytes;
use client::kubeconfig::Endpoint;
use meta::Str;
use platform::Clock;
use resource::User;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

const TIMEOUT: Duration = Duration::from_secs(30);
const REMEMBERED_MAX: usize = 8192;

/// A webhook that knows tokens.
#[derive(Debug)]
pub struct TokenWebhook {
    remote: Arc<Remote>,
    /// `v1` or `v1beta1`.
    version: String,
    ttl: Duration,
}

impl TokenWebhook {
    /// `version` is that of the reviews, `v1` or `v1beta1`; answers are remembered for `ttl`.
    ///
    /// # Errors
    /// When no client can be made from what the endpoint holds.
    pub fn new(
        remotes: &Remotes,
        endpoint: &Endpoint,
        version: &str,
        ttl: Duration,
    ) -> Result<Self, RemoteError> {
        Ok(Self {
            remote: remotes.webhook(endpoint)?,
            version: version.to_owned(),
            ttl,
        })
    }
}

/// The user and the audiences that the webhook vouches for; `None` when it knows no such token.
pub(super) type Reviewed = Option<(User, Vec<String>)>;

#[derive(Debug)]
pub(super) struct Reviewer {
    config: TokenWebhook,
    /// By a digest of the token and the audiences.
    remembered: Expiring<Reviewed>,
}

impl Reviewer {
    pub(super) fn new(config: TokenWebhook, clock: Clock) -> Self {
        Self {
            config,
            remembered: Expiring::new(clock, REMEMBERED_MAX),
        }
    }

    /// `key` stands for the token and the audiences that are wanted, and tells nothing of either. `own` are the server's audiences, for
    /// webhooks that do not look at them.
    pub(super) async fn user(
        &self,
        key: &str,
        token: &str,
        wanted: &[String],
        own: &[String],
    ) -> Result<Reviewed, String> {
        if let Some(known) = self.remembered.get(key) {
            return Ok(known);
        }
        let answer = self.ask(token, wanted).await.map_err(|error| {
            tracing::error!(%error, "failed to ask the authentication webhook");
            error.to_string()
        })?;
        let status = &answer["status"];
        let reviewed = reviewed(status, wanted, own);
        if reviewed.is_none()
            && status["error"]
                .as_str()
                .is_some_and(|error| !error.is_empty())
        {
            return Err(status["error"].as_str().unwrap_or_default().to_owned());
        }
        self.remembered
            .put(key.to_owned(), reviewed.clone(), self.config.ttl);
        Ok(reviewed)
    }

    async fn ask(&self, token: &str, wanted: &[String]) -> Result<Value, RemoteError> {
        let mut review = json!({
            "apiVersion": format!("authentication.k8s.io/{}", self.config.version),
            "kind": "TokenReview",
            "metadata": {"creationTimestamp": null},
            "spec": {"token": token},
            "status": {"user": {}},
        });
        if !wanted.is_empty() {
            review["spec"]["audiences"] = json!(wanted);
        }
        let remote = &self.config.remote;
        let answer = remote
            .post(Bytes::from(review.to_string()), TIMEOUT)
            .await?;
        let answer: Value =
            serde_json::from_slice(&answer).map_err(|error| remote.unusable(error.to_string()))?;
        if answer["kind"] == "TokenReview" {
            Ok(answer)
        } else {
            Err(remote.unusable("the answer is not a TokenReview"))
        }
    }
}

fn reviewed(status: &Value, wanted: &[String], own: &[String]) -> Reviewed {
    let vouched = texts(&status["audiences"]);
    let vouched = if vouched.is_empty() { own } else { &vouched };
    let both = wanted.iter().filter(|audience| vouched.contains(audience));
    let audiences: Vec<String> = both.cloned().collect();
    if status["authenticated"] != true || audiences.is_empty() {
        return None;
    }
    let user = &status["user"];
    let strs = |value: &Value| -> Vec<Str> { texts(value).into_iter().map(Str::from).collect() };
    let extra = user["extra"].as_object().into_iter().flatten();
    let user = User {
        name: user["username"].as_str().unwrap_or_default().into(),
        uid: user["uid"].as_str().unwrap_or_default().into(),
        groups: strs(&user["groups"]),
        extra: extra
            .map(|(key, values)| (Str::from(key.as_str()), strs(values)))
            .collect(),
    };
    Some((user, audiences))
}

fn texts(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    let texts = items.filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
