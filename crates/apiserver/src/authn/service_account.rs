//! Service-account tokens: what they claim, and whether what they are bound to still exists.
use super::{ServiceAccounts, jwt};
use crate::shared::Api;
use api::core::v1::{Node, Pod, Secret, ServiceAccount};
use meta::{Kind, ObjectKey, Str};
use parking_lot::Mutex;
use resource::{Reader, User};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};

/// Verified tokens remembered, so that a signature is computed once.
const REMEMBERED_MAX: usize = 4096;
/// Tolerated difference of clocks.
const LEEWAY_SECONDS: i64 = 10;

/// Makes and checks tokens.
#[derive(Debug)]
pub(crate) struct Issuer {
    pub(crate) config: ServiceAccounts,
    keys: Vec<jwt::VerifyingKey>,
    remembered: Mutex<HashMap<String, Arc<Value>>>,
}

/// What a new token is to say.
pub(crate) struct Claims<'a> {
    pub(crate) account: &'a ServiceAccount,
    pub(crate) audiences: &'a [Str],
    pub(crate) now: i64,
    pub(crate) expires: i64,
    pub(crate) warn_after: Option<i64>,
    pub(crate) id: &'a str,
    /// `pod`, `secret` or `node`, name and uid.
    pub(crate) bound: Vec<(&'static str, Str, Str)>,
}

impl Issuer {
    pub(super) fn new(config: ServiceAccounts) -> Self {
        let mut keys = vec![config.signer.public().clone()];
        keys.extend(
            config
                .verifiers
                .iter()
                .filter(|key| *key != config.signer.public())
                .cloned()
                .collect::<Vec<_>>(),
        );
        Self {
            config,
            keys,
            remembered: Mutex::default(),
        }
    }

    /// Audiences that this server answers to.
    pub(crate) fn audiences(&self) -> Vec<String> {
        if self.config.audiences.is_empty() {
            vec![self.config.issuer.clone()]
        } else {
            self.config.audiences.clone()
        }
    }

    /// `/openid/v1/jwks`.
    pub(crate) fn jwks(&self) -> Value {
        json!({ "keys": self.keys.iter().map(jwt::VerifyingKey::jwk).collect::<Vec<_>>() })
    }

    /// `/.well-known/openid-configuration`. `base` is this server's own URL.
    pub(crate) fn discovery(&self, base: &str) -> Value {
        let mut algorithms: Vec<_> = self
            .keys
            .iter()
            .map(jwt::VerifyingKey::algorithm_name)
            .collect();
        algorithms.dedup();
        json!({
            "issuer": self.config.issuer,
            "jwks_uri": format!("{base}/openid/v1/jwks"),
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": algorithms,
        })
    }

    /// A new token.
    pub(crate) fn issue(&self, claims: &Claims<'_>) -> Option<String> {
        let metadata = &claims.account.metadata;
        let mut own = json!({
            "namespace": metadata.namespace.as_str(),
            "serviceaccount": { "name": metadata.name.as_str(), "uid": metadata.uid.as_str() },
        });
        for (what, name, uid) in &claims.bound {
            own[*what] = json!({ "name": name.as_str(), "uid": uid.as_str() });
        }
        if let Some(warn_after) = claims.warn_after {
            own["warnafter"] = json!(warn_after);
        }
        self.config.signer.sign(&json!({
            "aud": claims.audiences.iter().map(Str::as_str).collect::<Vec<_>>(),
            "exp": claims.expires,
            "iat": claims.now,
            "iss": self.config.issuer,
            "jti": claims.id,
            "kubernetes.io": own,
            "nbf": claims.now,
            "sub": format!("system:serviceaccount:{}:{}", metadata.namespace, metadata.name),
        }))
    }

    /// The user of a token that is ours, valid now, for one of `audiences` (ours when empty), and whose objects exist.
    pub(super) fn verify(
        &self,
        api: &Api,
        token: &str,
        audiences: &[String],
    ) -> Option<(User, Vec<String>)> {
        let claims = self.claims(token)?;
        let now = api.now().unix_seconds();
        let time = |name: &str| claims[name].as_i64();
        let alive = time("exp").is_some_and(|exp| now < exp + LEEWAY_SECONDS)
            && time("nbf").is_none_or(|nbf| nbf <= now + LEEWAY_SECONDS);
        if !alive || claims["iss"].as_str() != Some(self.config.issuer.as_str()) {
            return None;
        }
        let own = self.audiences();
        let wanted = if audiences.is_empty() {
            &own
        } else {
            audiences
        };
        let good: Vec<String> = wanted
            .iter()
            .filter(|audience| has_audience(&claims["aud"], audience))
            .cloned()
            .collect();
        if good.is_empty() {
            return None;
        }
        user(&*api.caches, &claims).map(|user| (user, good))
    }

    fn claims(&self, token: &str) -> Option<Arc<Value>> {
        if let Some(known) = self.remembered.lock().get(token) {
            return Some(Arc::clone(known));
        }
        jwt::unverified(token)
            .filter(|claims| claims["iss"].as_str() == Some(self.config.issuer.as_str()))?;
        let claims = Arc::new(jwt::verify(token, &self.keys)?);
        let mut remembered = self.remembered.lock();
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(token.to_owned(), Arc::clone(&claims));
        Some(claims)
    }
}

fn has_audience(found: &Value, wanted: &str) -> bool {
    match found {
        Value::String(one) => one == wanted,
        Value::Array(all) => all.iter().any(|one| one.as_str() == Some(wanted)),
        _ => false,
    }
}

/// The user of verified claims, when the account and what the token is bound to still exist with the same UIDs.
fn user(reader: &dyn Reader, claims: &Value) -> Option<User> {
    let own = &claims["kubernetes.io"];
    let namespace = own["namespace"].as_str()?;
    let (name, uid) = reference(&own["serviceaccount"])?;
    let account: ServiceAccount = read(reader, namespace, name)?;
    if account.metadata.uid != uid || account.metadata.deletion_timestamp.is_some() {
        return None;
    }
    let mut extra = vec![(
        "authentication.kubernetes.io/credential-id".into(),
        vec![Str::from(format!("JTI={}", claims["jti"].as_str()?))],
    )];
    if let Some((name, uid)) = reference(&own["pod"]) {
        let pod: Pod = read(reader, namespace, name)?;
        (pod.metadata.uid == uid).then_some(())?;
        extra.push((
            "authentication.kubernetes.io/pod-name".into(),
            vec![name.into()],
        ));
        extra.push((
            "authentication.kubernetes.io/pod-uid".into(),
            vec![uid.into()],
        ));
    }
    if let Some((name, uid)) = reference(&own["secret"]) {
        let secret: Secret = read(reader, namespace, name)?;
        (secret.metadata.uid == uid).then_some(())?;
    }
    if let Some((name, uid)) = reference(&own["node"]) {
        // A token bound to a pod names its node for information; one bound to a node alone dies with it.
        let bound_to_node = own["pod"].is_null();
        let node: Option<Node> = read(reader, "", name);
        (!bound_to_node || node.is_some_and(|node| node.metadata.uid == uid)).then_some(())?;
        extra.push((
            "authentication.kubernetes.io/node-name".into(),
            vec![name.into()],
        ));
        extra.push((
            "authentication.kubernetes.io/node-uid".into(),
            vec![uid.into()],
        ));
    }
    Some(User {
        name: Str::from(format!(
            "system:serviceaccount:{namespace}:{name}",
            name = account.metadata.name
        )),
        uid: account.metadata.uid.clone(),
        groups: vec![
            "system:serviceaccounts".into(),
            Str::from(format!("system:serviceaccounts:{namespace}")),
        ],
        extra,
    })
}

fn reference(value: &Value) -> Option<(&str, &str)> {
    Some((value["name"].as_str()?, value["uid"].as_str().unwrap_or("")))
}

pub(super) fn read<K: Kind>(reader: &dyn Reader, namespace: &str, name: &str) -> Option<K> {
    let key = if namespace.is_empty() {
        ObjectKey::cluster(name)
    } else {
        ObjectKey::namespaced(namespace, name)
    };
    reader
        .get(K::GROUP, K::PLURAL, &key)?
        .into_any()
        .downcast()
        .ok()
        .map(|boxed| *boxed)
}
