//! Tokens of the TokenRequest API: good while the account and what they are bound to exist.
//! Upstream: `pkg/serviceaccount/claims.go`.
use super::account_user;
use crate::{authn::proof::Notes, shared::Api};
use api::core::v1::{Node, Pod, Secret, ServiceAccount};
use meta::{ApiError, Kind, Time};
use resource::{User, read};
use serde_json::Value;
use std::sync::Arc;

/// Tolerated difference of clocks, and how long what has been deleted still counts.
const LEEWAY_SECONDS: i64 = 60;
const INVALIDATED: &str = "service account token has been invalidated";

/// Name and UID of an object that a token names.
struct Reference<'a> {
    name: &'a str,
    uid: &'a str,
}

impl<'a> Reference<'a> {
    fn of(own: &'a Value, what: &str) -> Option<Self> {
        let value = own.get(what).filter(|value| !value.is_null())?;
        let text = |field: &str| value[field].as_str().unwrap_or_default();
        Some(Self {
            name: text("name"),
            uid: text("uid"),
        })
    }
}

/// The user that verified claims name, or why they name nobody any more.
pub(super) fn user(api: &Api, claims: &Value, notes: &mut Notes) -> Result<User, String> {
    let now = api.now().unix_seconds();
    check_times(claims, now)?;
    let own = &claims["kubernetes.io"];
    let namespace = own["namespace"].as_str().unwrap_or_default();
    let account = Reference::of(own, "serviceaccount").unwrap_or(Reference { name: "", uid: "" });
    check_account(api, namespace, &account, now)?;
    if let Some(secret) = Reference::of(own, "secret") {
        check::<Secret>(api, namespace, "secret", &secret, now)?;
    }
    let mut user = account_user(namespace, account.name, account.uid);
    let mut add = |key: &str, value: &str| {
        let key = format!("authentication.kubernetes.io/{key}");
        user.extra.push((key.into(), vec![value.into()]));
    };
    if let Some(id) = claims["jti"].as_str().filter(|id| !id.is_empty()) {
        add("credential-id", &format!("JTI={id}"));
    }
    let pod = Reference::of(own, "pod");
    if let Some(pod) = &pod {
        check::<Pod>(api, namespace, "pod", pod, now)?;
        if !pod.name.is_empty() && !pod.uid.is_empty() {
            add("pod-name", pod.name);
            add("pod-uid", pod.uid);
        }
    }
    if let Some(node) = Reference::of(own, "node") {
        // A token that is bound to a pod names its node for information; one that is bound to a node alone goes with it.
        if pod.is_none() {
            check::<Node>(api, "", "node", &node, now)?;
        }
        if !node.name.is_empty() {
            add("node-name", node.name);
        }
        if !node.name.is_empty() && !node.uid.is_empty() {
            add("node-uid", node.uid);
        }
    }
    note_age(api, claims, now, notes);
    Ok(user)
}

fn check_times(claims: &Value, now: i64) -> Result<(), String> {
    let time = |name: &str| claims[name].as_i64();
    let words = if time("nbf").is_some_and(|begin| now + LEEWAY_SECONDS < begin) {
        "service account token is not valid yet"
    } else if time("exp").is_some_and(|end| now - LEEWAY_SECONDS > end) {
        "service account token has expired"
    } else if time("iat").is_some_and(|made| now + LEEWAY_SECONDS < made) {
        "service account token is issued in the future"
    } else {
        return Ok(());
    };
    Err(words.to_owned())
}

/// Whether it was deleted longer ago than clocks may differ.
fn is_gone(deletion: Option<Time>, now: i64) -> bool {
    deletion.is_some_and(|at| at.unix_seconds() < now - LEEWAY_SECONDS)
}

fn check_account(
    api: &Api,
    namespace: &str,
    claimed: &Reference<'_>,
    now: i64,
) -> Result<(), String> {
    let name = claimed.name;
    let account: Option<Arc<ServiceAccount>> = read(&*api.caches, namespace, name);
    let account = account.ok_or_else(|| {
        ApiError::not_found("", ServiceAccount::PLURAL, name)
            .message
            .clone()
    })?;
    let (uid, claim) = (&account.metadata.uid, claimed.uid);
    if *uid != claim {
        return Err(format!(
            "service account UID ({uid}) does not match claim ({claim})"
        ));
    }
    if is_gone(account.metadata.deletion_timestamp, now) {
        return Err(format!(
            "service account {namespace}/{name} has been deleted"
        ));
    }
    Ok(())
}

fn check<K: Kind>(
    api: &Api,
    namespace: &str,
    what: &str,
    claimed: &Reference<'_>,
    now: i64,
) -> Result<(), String> {
    let object: Option<Arc<K>> = read(&*api.caches, namespace, claimed.name);
    let object = object.ok_or_else(|| INVALIDATED.to_owned())?;
    let (uid, claim) = (&object.metadata().uid, claimed.uid);
    if *uid != claim {
        return Err(format!(
            "{what} UID ({uid}) does not match service account {what} ref claim ({claim})"
        ));
    }
    if is_gone(object.metadata().deletion_timestamp, now) {
        return Err(INVALIDATED.to_owned());
    }
    Ok(())
}

/// Tokens that live longer than was asked for, for clients that never read them again: whether this one should have been replaced.
fn note_age(api: &Api, claims: &Value, now: i64, notes: &mut Notes) {
    let Some(warn_after) = claims["kubernetes.io"]["warnafter"].as_i64() else {
        return;
    };
    if now <= warn_after {
        return api.metrics.tokens.valid.increment();
    }
    let subject = claims["sub"].as_str().unwrap_or_default();
    let late = now - warn_after;
    notes.annotate(
        "authentication.k8s.io/stale-token",
        format!("subject: {subject}, seconds after warning threshold: {late}"),
    );
    api.metrics.tokens.stale.increment();
}
