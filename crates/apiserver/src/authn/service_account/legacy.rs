//! Tokens of old, kept in Secrets: they have no audience and no end, and die with their Secret. Each use is told, and once a day the
//! Secret gets a label that says so. Upstream: `pkg/serviceaccount/legacy.go`.
use super::account_user;
use crate::{
    authn::{constant_time_eq, proof::Notes},
    server::InProcess,
    shared::Api,
};
use api::core::v1::{Secret, ServiceAccount};
use http::{Request, header};
use meta::{ApiError, Kind, Str, Time, validation};
use parking_lot::Mutex;
use resource::{User, read};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::mpsc;

/// `iss` of these tokens.
pub(super) const ISSUER: &str = "kubernetes/serviceaccount";
const LAST_USED: &str = "kubernetes.io/legacy-token-last-used";
const INVALID_SINCE: &str = "kubernetes.io/legacy-token-invalid-since";
const AUTOMATIC: &str = "Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated secret-based tokens.";
/// Secrets that wait for their label; a use that finds no room tells it next time.
const WAITING_MAX: usize = 64;
const DAY_SECONDS: i64 = 24 * 3600;

/// A Secret, by namespace, name and UID, whose token has been used on a day on which it was not before.
#[derive(Debug)]
struct Use {
    namespace: Str,
    name: Str,
    uid: Str,
    day: String,
}

/// Uses on their way to whoever writes the labels.
#[derive(Debug)]
pub(crate) struct LastUses {
    uses: mpsc::Sender<Use>,
    waiting: Mutex<Option<mpsc::Receiver<Use>>>,
}

impl Default for LastUses {
    fn default() -> Self {
        let (uses, waiting) = mpsc::channel(WAITING_MAX);
        Self {
            uses,
            waiting: Mutex::new(Some(waiting)),
        }
    }
}

/// Labels Secrets whose tokens are used, until the server is drained.
pub(crate) async fn follow(api: std::sync::Arc<Api>, server: InProcess) {
    let waiting = api.authenticator.issuer.last_uses.waiting.lock().take();
    let Some(mut waiting) = waiting else {
        return;
    };
    let draining = api.platform.tasks.draining();
    let work = async {
        while let Some(next) = waiting.recv().await {
            label(&server, &next).await;
        }
    };
    tokio::select! {
        biased;
        () = draining => {}
        () = work => {}
    }
}

async fn label(server: &InProcess, used: &Use) {
    let Use {
        namespace,
        name,
        uid,
        day,
    } = used;
    let patch = json!({"metadata": {"uid": uid.as_str(), "labels": {LAST_USED: day}}});
    let request = Request::patch(format!("/api/v1/namespaces/{namespace}/secrets/{name}"))
        .header(header::CONTENT_TYPE, "application/merge-patch+json")
        .header(header::USER_AGENT, "kube-apiserver");
    let request = request.body(patch.to_string().into());
    let response = server.call(request.expect("names are part of a URI")).await;
    let status = response.status();
    if !status.is_success() {
        tracing::error!(%status, %namespace, %name, "failed to label a Secret whose token was used");
    }
}

/// What a token says of itself.
struct Claims<'a> {
    namespace: &'a str,
    secret: &'a str,
    account: &'a str,
    uid: &'a str,
}

impl<'a> Claims<'a> {
    fn of(claims: &'a Value) -> Result<Self, String> {
        let text = |name: &str| claims[name].as_str().unwrap_or_default();
        let own = |name: &str| text(&format!("kubernetes.io/serviceaccount/{name}"));
        let found = Self {
            namespace: own("namespace"),
            secret: own("secret.name"),
            account: own("service-account.name"),
            uid: own("service-account.uid"),
        };
        let needed = [
            ("sub", text("sub")),
            ("namespace", found.namespace),
            ("secretName", found.secret),
            ("serviceAccountName", found.account),
            ("serviceAccountUID", found.uid),
        ];
        if let Some((name, _)) = needed.iter().find(|(_, value)| value.is_empty()) {
            return Err(format!("{name} claim is missing"));
        }
        let subject = text("sub").strip_prefix("system:serviceaccount:");
        let subject = subject.and_then(|rest| rest.split_once(':'));
        let sound = validation::dns1123_label(found.namespace).is_empty()
            && validation::dns1123_subdomain(found.account).is_empty();
        if sound && subject == Some((found.namespace, found.account)) {
            Ok(found)
        } else {
            Err("sub claim is invalid".to_owned())
        }
    }
}

/// The user that verified claims name, or why they name nobody any more.
pub(super) fn user(
    api: &Api,
    claims: &Value,
    token: &str,
    notes: &mut Notes,
) -> Result<User, String> {
    let claimed = Claims::of(claims)?;
    let secret = secret(api, &claimed, token)?;
    let account = account(api, &claimed)?;
    let (namespace, name) = (claimed.namespace, claimed.account);
    let secret_name = &secret.metadata.name;
    let invalid_since = secret.metadata.labels.get(INVALID_SINCE);
    if invalid_since.is_some_and(|since| !since.is_empty()) {
        notes.annotate(
            "authentication.k8s.io/legacy-token-invalidated",
            format!("{secret_name}/{namespace}"),
        );
        api.metrics.tokens.invalidated.increment();
        tell_use(api, &secret);
        return Err(format!(
            "the token in secret {namespace}/{secret_name} for service account {namespace}/{name} has been marked invalid. Use tokens from the TokenRequest API or manually created secret-based tokens, or remove the '{INVALID_SINCE}' label from the secret to temporarily allow use of this token"
        ));
    }
    let mut listed = account.secrets.iter();
    if listed.any(|reference| reference.name == *secret_name) {
        notes.warnings.push(AUTOMATIC);
        notes.annotate(
            "authentication.k8s.io/legacy-token-autogenerated-secret",
            secret_name.as_str(),
        );
        api.metrics.tokens.automatic.increment();
    } else {
        notes.annotate(
            "authentication.k8s.io/legacy-token-manual-secret",
            secret_name.as_str(),
        );
        api.metrics.tokens.manual.increment();
    }
    tell_use(api, &secret);
    Ok(account_user(namespace, name, claimed.uid))
}

fn secret(api: &Api, claimed: &Claims<'_>, token: &str) -> Result<Arc<Secret>, String> {
    let secret: Option<Arc<Secret>> = read(&*api.caches, claimed.namespace, claimed.secret);
    let secret = secret.filter(|secret| secret.metadata.deletion_timestamp.is_none());
    let secret = secret.ok_or_else(|| "Token has been invalidated".to_owned())?;
    let held = secret
        .data
        .get("token")
        .map_or(&[][..], |bytes| bytes.0.as_ref());
    if constant_time_eq(held, token.as_bytes()) {
        Ok(secret)
    } else {
        Err("Token does not match server's copy".to_owned())
    }
}

fn account(api: &Api, claimed: &Claims<'_>) -> Result<Arc<ServiceAccount>, String> {
    let (namespace, name) = (claimed.namespace, claimed.account);
    let account: Option<Arc<ServiceAccount>> = read(&*api.caches, namespace, name);
    let account =
        account.ok_or_else(|| ApiError::not_found("", ServiceAccount::PLURAL, name).message)?;
    if account.metadata.deletion_timestamp.is_some() {
        return Err(format!(
            "ServiceAccount {namespace}/{name} has been deleted"
        ));
    }
    let (uid, claim) = (&account.metadata.uid, claimed.uid);
    if *uid != claim {
        return Err(format!(
            "ServiceAccount UID ({uid}) does not match claim ({claim})"
        ));
    }
    Ok(account)
}

/// Passes a first use of the day on. A label of tomorrow was written by a server whose clock is ahead.
fn tell_use(api: &Api, secret: &Secret) {
    let now = api.now();
    let (today, tomorrow) = (
        day(now),
        day(Time::from_unix_seconds(now.unix_seconds() + DAY_SECONDS)),
    );
    let known = secret.metadata.labels.get(LAST_USED);
    if known.is_some_and(|known| *known == *today || *known == *tomorrow) {
        return;
    }
    let metadata = &secret.metadata;
    let used = Use {
        namespace: metadata.namespace.clone(),
        name: metadata.name.clone(),
        uid: metadata.uid.clone(),
        day: today,
    };
    // Full: the next use tells it.
    let _ = api.authenticator.issuer.last_uses.uses.try_send(used);
}

/// `2026-01-31`.
fn day(time: Time) -> String {
    time.to_string().chars().take("2026-01-31".len()).collect()
}
