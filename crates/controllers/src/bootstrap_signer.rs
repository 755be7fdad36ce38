//! Signs the cluster's public information (ConfigMap `cluster-info` of `kube-public`) with each bootstrap token that may: who has a token, and
//! nothing else yet, knows by it that the information is the cluster's.

use crate::{Options, bootstrap_token};
use api::core::v1::{ConfigMap, Secret};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use client::{
    Api, Cache,
    cache::Selector,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Str};
use platform::Platform;
use ring::hmac;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc, time::SystemTime};

const NAMESPACE: &str = "kube-public";
const NAME: &str = "cluster-info";
const CONTENT: &str = "kubeconfig";
const SIGNATURE_PREFIX: &str = "jws-kubeconfig-";

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let maps = builder.view::<ConfigMap, ConfigMap>(Selector {
        namespace: Str::const_new(NAMESPACE),
        fields: Str::from(format!("metadata.name={NAME}")),
        ..Selector::default()
    });
    let queue = builder.queue();
    maps.on_change(move |change| queue.add(change.key.clone()));
    let tokens = bootstrap_token::cache(&mut builder);
    let queue = builder.queue();
    tokens.on_change(move |_| queue.add(ObjectKey::namespaced(NAMESPACE, NAME)));
    let controller = Signer {
        maps,
        tokens,
        api: builder.client().of(),
        platform: builder.platform().clone(),
    };
    builder.workers(1);
    builder.run(controller);
}

struct Signer {
    maps: Cache<ConfigMap>,
    tokens: Cache<Secret>,
    api: Api<ConfigMap>,
    platform: Platform,
}

impl Reconciler for Signer {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(map) = self.maps.get(key) else {
            return Ok(Action::Settled);
        };
        let tokens = self.tokens.list(None);
        let Some(signed) = plan(&map, &tokens, self.platform.clock.now().into()) else {
            return Ok(Action::Settled);
        };
        match self.api.replace(&signed).await {
            Err(error) if !error.is_overtaken() => Err(error.into()),
            _ => Ok(Action::Settled),
        }
    }
}

/// The map with the signatures of these tokens and no others; `None` when it has them, or nothing to sign.
fn plan(map: &ConfigMap, tokens: &[Arc<Secret>], now: SystemTime) -> Option<ConfigMap> {
    let content = map.data.get(CONTENT)?;
    let signatures: BTreeMap<String, String> = tokens
        .iter()
        .filter_map(|token| bootstrap_token::signing(token, now))
        .map(|(id, key)| (format!("{SIGNATURE_PREFIX}{id}"), sign(content, id, key)))
        .collect();
    let is_signature = |key: &str| key.starts_with(SIGNATURE_PREFIX);
    let there = map.data.iter().filter(|(key, _)| is_signature(key));
    let wanted = signatures.iter();
    if there
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .eq(wanted.map(|(key, value)| (key.as_str(), value.as_str())))
    {
        return None;
    }
    let mut signed = map.clone();
    let content = map.data.iter().filter(|(key, _)| !is_signature(key));
    signed.data = content
        .map(|(key, value)| (key.clone(), value.clone()))
        .chain(
            signatures
                .into_iter()
                .map(|(key, value)| (key.into(), value.into())),
        )
        .collect();
    Some(signed)
}

/// A JWS (RFC 7515) with detached content (its appendix F): header, nothing, signature.
fn sign(content: &str, id: &str, key: &[u8]) -> String {
    let header = URL_SAFE_NO_PAD.encode(json!({"alg": "HS256", "kid": id}).to_string());
    let payload = URL_SAFE_NO_PAD.encode(content);
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let signature = hmac::sign(&key, format!("{header}.{payload}").as_bytes());
    format!("{header}..{}", URL_SAFE_NO_PAD.encode(signature))
}

#[cfg(test)]
mod tests;
