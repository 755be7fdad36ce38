//! Takes service-account tokens of old out of use that nobody has used for a year: first their Secret is marked, and the token is refused; a year
//! later the Secret is deleted. Only what the cluster made by itself is taken: tokens whose Secret is listed by its ServiceAccount.
//!
//! Upstream looks at all Secrets once a day. Here each is looked at when its time comes; what may change without it is looked at again after a day.

use crate::{
    Options, service_account_token,
    time::{now, seconds_between},
};
use api::{
    core::v1::{ConfigMap, Pod, Secret, ServiceAccount},
    pods::names_secret,
};
use client::{
    Api, Cache, DeleteParams, ListParams, Patch, PatchParams,
    cache::Selector,
    controller::{Action, Builder, ReconcileError, Reconciler},
    key_of,
};
use meta::{ObjectKey, Str, Time};
use platform::Platform;
use serde_json::json;
use std::time::Duration;

const INVALID_SINCE: &str = "kubernetes.io/legacy-token-invalid-since";
const LAST_USED: &str = "kubernetes.io/legacy-token-last-used";

/// ConfigMap of `kube-system` that tells since when the API server notes uses.
const TRACKING: &str = "kube-apiserver-legacy-service-account-token-tracking";
const DAY_SECONDS: i64 = 24 * 3600;
const AGAIN: Action = Action::RequeueAfter(Duration::from_secs(24 * 3600));

pub(crate) fn register(mut builder: Builder, options: &Options) {
    let secrets = builder.view::<Secret, Secret>(Selector {
        fields: Str::from(format!("type={}", service_account_token::TYPE)),
        ..Selector::default()
    });
    let queue = builder.queue();
    secrets.on_change(move |change| queue.add(change.key.clone()));
    let accounts = builder.cache();
    let client = builder.client();
    let controller = Cleaner {
        secrets,
        accounts,
        // The role that upstream gives this controller cannot read pods: upstream reads them with the identity of all controllers.
        pods: builder.caches().client().of(),
        maps: client.of(),
        api: client.of(),
        platform: builder.platform().clone(),
        unused_seconds: i64::try_from(options.legacy_tokens_unused.as_secs()).unwrap_or(i64::MAX),
    };
    builder.workers(1);
    builder.run(controller);
}

struct Cleaner {
    secrets: Cache<Secret>,
    accounts: Cache<ServiceAccount>,
    pods: Api<Pod>,
    maps: Api<ConfigMap>,
    api: Api<Secret>,
    platform: Platform,
    unused_seconds: i64,
}

/// What becomes of a token, as far as its Secret tells.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Nothing before this second since 1970.
    Wait(i64),
    Mark,
    Delete,
}

impl Reconciler for Cleaner {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(secret) = self.secrets.get(key) else {
            return Ok(Action::Settled);
        };
        let now = now(&self.platform);
        let step = match plan(&secret, self.unused_seconds, now) {
            None => return Ok(Action::Settled),
            Some(Step::Wait(until)) => return Ok(wait(until, now)),
            Some(step) => step,
        };
        if !self.is_listed(&secret) {
            return Ok(AGAIN);
        }
        let tracked = match self.tracked_since().await? {
            Some(since) => (since.unix_seconds() + DAY_SECONDS).saturating_add(self.unused_seconds),
            None => return Ok(AGAIN),
        };
        if now.unix_seconds() < tracked {
            return Ok(wait(tracked, now));
        }
        if self.is_mounted(&secret).await? {
            return Ok(AGAIN);
        }
        self.act(&secret, &step, now).await
    }
}

impl Cleaner {
    /// By the ServiceAccount that it is of: the cluster made it. Whose Secret nobody lists was made by a person.
    fn is_listed(&self, secret: &Secret) -> bool {
        let annotation = |name: &str| secret.metadata.annotations.get(name);
        let Some(name) = annotation(service_account_token::NAME) else {
            return false;
        };
        let key = ObjectKey::namespaced(secret.metadata.namespace.clone(), name.as_str());
        let uid = annotation(service_account_token::UID).filter(|uid| !uid.is_empty());
        self.accounts.get(&key).is_some_and(|account| {
            let mut listed = account.secrets.iter();
            uid.is_none_or(|uid| *uid == account.metadata.uid)
                && listed.any(|reference| reference.name == secret.metadata.name)
        })
    }

    /// The day on which the API server began to note uses; `None` when that is not told.
    async fn tracked_since(&self) -> Result<Option<Time>, client::Error> {
        let key = ObjectKey::namespaced("kube-system", TRACKING);
        let map = self.maps.find(&key).await?;
        Ok(map.and_then(|map| day(map.data.get("since")?)))
    }

    async fn is_mounted(&self, secret: &Secret) -> Result<bool, client::Error> {
        let namespace = secret.metadata.namespace.as_str();
        let params = ListParams::default();
        let pods = self.pods.list(Some(namespace), &params).await?;
        let is_it = |name: &str| *secret.metadata.name == *name;
        Ok(pods.items.iter().any(|pod| names_secret(pod, &is_it)))
    }

    async fn act(&self, secret: &Secret, step: &Step, now: Time) -> Result<Action, ReconcileError> {
        let (key, metadata) = (key_of(&secret.metadata), &secret.metadata);
        let done = if *step == Step::Delete {
            tracing::info!(%key, "deleting a service-account token that nobody uses");
            let params = DeleteParams {
                resource_version: Some(metadata.resource_version.clone()),
                ..DeleteParams::default()
            };
            self.api.delete(&key, &params).await.map(drop)
        } else {
            let since = date(now);
            tracing::info!(%key, since, "marking a service-account token that nobody uses as invalid");
            let labels = json!({INVALID_SINCE: since});
            let patch = json!({"metadata": {"uid": metadata.uid.as_str(), "labels": labels}});
            let params = PatchParams::default();
            self.api
                .patch(&key, &Patch::merge(&patch), &params)
                .await
                .map(drop)
        };
        match done {
            Err(error) if !error.is_overtaken() => Err(error.into()),
            _ => Ok(Action::Settled),
        }
    }
}

fn wait(until: i64, now: Time) -> Action {
    let left = seconds_between(now, Time::from_unix_seconds(until));
    Action::RequeueAfter(Duration::from_secs(u64::try_from(left).unwrap_or(0).max(1)))
}

/// `None`: the Secret is going, or says something that cannot be understood of its last use.
fn plan(secret: &Secret, unused_seconds: i64, now: Time) -> Option<Step> {
    let metadata = &secret.metadata;
    if metadata.deletion_timestamp.is_some() {
        return None;
    }
    // A use counts until its day ends.
    let used = match metadata.labels.get(LAST_USED) {
        Some(used) => day(used)?.unix_seconds() + DAY_SECONDS,
        None => 0,
    };
    let created = metadata.creation_timestamp.unix_seconds() + 1;
    let marked = metadata
        .labels
        .get(INVALID_SINCE)
        .and_then(|since| day(since));
    let marked_until = marked.map_or(0, |since| since.unix_seconds() + DAY_SECONDS);
    let due = created
        .max(used)
        .max(marked_until)
        .saturating_add(unused_seconds);
    Some(if now.unix_seconds() < due {
        Step::Wait(due)
    } else if marked.is_some() {
        Step::Delete
    } else {
        Step::Mark
    })
}

/// The first second of a day like `2026-01-31`.
fn day(text: &str) -> Option<Time> {
    let sound = text.len() == "2026-01-31".len();
    sound.then(|| Time::parse(&format!("{text}T00:00:00Z")).ok())?
}

fn date(time: Time) -> String {
    time.to_string().chars().take("2026-01-31".len()).collect()
}

#[cfg(test)]
mod tests;
