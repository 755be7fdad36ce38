//! Service-account tokens: what they claim, and whether what they are bound to still exists.
//! Upstream: `pkg/serviceaccount`.
mod bound;
mod legacy;

pub(crate) use self::legacy::{LastUses, follow as follow_last_uses};

use super::{
    ServiceAccounts, jwt,
    proof::{Notes, Proof, Verified},
};
use crate::shared::Api;
use api::core::v1::ServiceAccount;
use meta::{Str, go_quote};
use parking_lot::Mutex;
use resource::User;
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};

/// Verified tokens remembered, so that a signature is computed once.
const REMEMBERED_MAX: usize = 4096;

/// Makes and checks tokens.
#[derive(Debug)]
pub(crate) struct Issuer {
    pub(crate) config: ServiceAccounts,
    keys: Vec<jwt::VerifyingKey>,
    remembered: Mutex<HashMap<String, Arc<Value>>>,
    /// Secrets whose tokens were used today for the first time.
    pub(crate) last_uses: LastUses,
}

/// What a new token is to say.
pub(crate) struct Claims<'a> {
    pub(crate) account: &'a ServiceAccount,
    pub(crate) audiences: &'a [Str],
    pub(crate) now: i64,
    pub(crate) expires: i64,
    pub(crate) warn_after: Option<i64>,
    pub(crate) id: &'a str,
    /// `pod`, `secret` or `node`, name and uid; no uid where the object does not exist.
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
            last_uses: LastUses::default(),
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

    /// `/.well-known/openid-configuration`.
    pub(crate) fn discovery(&self) -> Value {
        let mut algorithms: Vec<_> = self
            .keys
            .iter()
            .map(jwt::VerifyingKey::algorithm_name)
            .collect();
        algorithms.sort_unstable();
        algorithms.dedup();
        json!({
            "issuer": self.config.issuer,
            "jwks_uri": self.config.keys_url,
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
            own[*what] = json!({ "name": name.as_str() });
            if !uid.is_empty() {
                own[*what]["uid"] = json!(uid.as_str());
            }
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

    /// What a token of ours proves to one of `wanted`, which are audiences; `None` when it does not say that it is ours.
    pub(super) fn verify(
        &self,
        api: &Api,
        token: &str,
        wanted: &[String],
        notes: &mut Notes,
    ) -> Option<Verified> {
        let claims = match self.claims(token)? {
            Ok(claims) => claims,
            Err(error) => return Some(Err(error)),
        };
        let mut found = audiences(&claims["aud"]);
        if found.is_empty() {
            // Those of old are good for this server alone.
            let subject = claims["sub"].as_str().unwrap_or_default();
            notes.annotate("authentication.k8s.io/legacy-token", subject);
            api.metrics.tokens.legacy.increment();
            found = self.audiences();
        }
        let good: Vec<String> = wanted
            .iter()
            .filter(|audience| found.contains(audience))
            .cloned()
            .collect();
        if good.is_empty() {
            return Some(Err(format!(
                "token audiences {} is invalid for the target audiences {}",
                quoted(&found),
                quoted(wanted)
            )));
        }
        let user = if claims["iss"] == legacy::ISSUER {
            legacy::user(api, &claims, token, notes)
        } else {
            bound::user(api, &claims, notes)
        };
        Some(user.map(|user| Proof {
            user,
            audiences: good,
            notes: std::mem::take(notes),
        }))
    }

    /// What a token of ours claims, once one of the keys is known to have signed it.
    fn claims(&self, token: &str) -> Option<Result<Arc<Value>, String>> {
        if let Some(known) = self.remembered.lock().get(token) {
            return Some(Ok(Arc::clone(known)));
        }
        let ours = |claims: &Value| {
            let issuer = claims["iss"].as_str();
            issuer == Some(self.config.issuer.as_str()) || issuer == Some(legacy::ISSUER)
        };
        jwt::unverified(token).filter(ours)?;
        let claims = match jwt::verify(token, &self.keys) {
            Ok(claims) => Arc::new(claims),
            Err(jwt::Unverified::Malformed) => return None,
            Err(error) => return Some(Err(error.to_string())),
        };
        let mut remembered = self.remembered.lock();
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(token.to_owned(), Arc::clone(&claims));
        Some(Ok(claims))
    }
}

/// One, or a list.
fn audiences(claimed: &Value) -> Vec<String> {
    match claimed {
        Value::String(one) => vec![one.clone()],
        Value::Array(all) => {
            let texts = all.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// Go's `%q` of a list.
fn quoted(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| go_quote(value)).collect();
    format!("[{}]", values.join(" "))
}

/// The user of an account: its groups follow from the namespace.
pub(crate) fn account_user(namespace: &str, name: &str, uid: &str) -> User {
    User {
        name: Str::from(format!("system:serviceaccount:{namespace}:{name}")),
        uid: uid.into(),
        groups: vec![
            "system:serviceaccounts".into(),
            Str::from(format!("system:serviceaccounts:{namespace}")),
        ],
        extra: Vec::new(),
    }
}
