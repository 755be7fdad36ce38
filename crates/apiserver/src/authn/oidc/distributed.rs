//! Claims that a token does not have itself, but names a place for: another token there has them, of whichever issuer.
//! OpenID Connect Core 1.0, section 5.6.2; upstream: `claimResolver`.
use super::verifier::{TIMEOUT, Trust, Verifier};
use crate::{authn::jose, remote::RemoteError};
use http::StatusCode;
use meta::go_quote;
use parking_lot::Mutex;
use platform::Clock;
use serde_json::{Map, Value};
use std::{collections::HashMap, sync::Arc};

/// Issuers whose keys are kept; a token that names one more makes all be forgotten.
const ISSUERS_MAX: usize = 64;

type Claims = Map<String, Value>;

/// Finds one claim.
#[derive(Debug)]
pub(super) struct Resolver {
    claim: String,
    /// How the issuer that names places is trusted: others are reached and believed in the same way.
    trust: Trust,
    verifiers: Mutex<HashMap<String, Arc<Verifier>>>,
}

impl Resolver {
    pub(super) fn new(claim: String, trust: Trust) -> Self {
        Self {
            claim,
            trust,
            verifiers: Mutex::default(),
        }
    }

    /// Puts the claim among the others, when they say where it is.
    pub(super) async fn expand(
        &self,
        clock: &Clock,
        claims: &mut Claims,
        now_seconds: i64,
    ) -> Result<(), String> {
        let Some((url, access_token)) = self.place(claims)? else {
            return Ok(());
        };
        let token = self.fetch(&url, access_token).await.map_err(|error| {
            let claim = go_quote(&self.claim);
            format!("while getting distributed claim {claim}: {error}")
        })?;
        let issuer = jose::claimed_issuer(&token).ok_or_else(|| {
            let claim = go_quote(&self.claim);
            format!("getting untrusted issuer from endpoint {url} failed for claim {claim}: malformed token")
        })?;
        let verifier = self
            .verifier(&issuer)
            .map_err(|error| format!("verifying untrusted issuer {issuer} failed: {error}"))?;
        let mut found = verifier
            .verify(clock, &token, now_seconds)
            .await
            .map_err(|error| format!("verify distributed claim token: {error}"))?;
        let value = found.remove(&self.claim).ok_or_else(|| {
            let url = go_quote(&url);
            let claim = &self.claim;
            format!(
                "jwt returned by distributed claim endpoint {url} did not contain claim: {claim}"
            )
        })?;
        claims.insert(self.claim.clone(), value);
        Ok(())
    }

    /// Where the claim is, and the token that opens the place; nothing when it is there already, or when nobody says where.
    fn place(&self, claims: &Claims) -> Result<Option<(String, Option<String>)>, String> {
        if claims.contains_key(&self.claim) {
            return Ok(None);
        }
        let Some(names) = claims.get("_claim_names") else {
            return Ok(None);
        };
        let names = names_to_sources(names)
            .map_err(|error| format!("oidc: error parsing distributed claim names: {error}"))?;
        let sources = claims
            .get("_claim_sources")
            .ok_or("oidc: no claim sources")?;
        let sources = table(sources)
            .map_err(|error| format!("oidc: could not parse claim sources: {error}"))?;
        let Some(source) = names.get(&self.claim) else {
            return Ok(None);
        };
        let place = sources.get(source).ok_or_else(|| {
            format!("id token _claim_names contained a source {source} missing in _claims_sources")
        })?;
        let text = |name: &str| {
            let text = place.get(name).and_then(Value::as_str);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        // Without an address it is a claim that the token brings along in another form, which is not looked at.
        Ok(text("endpoint").map(|url| (url, text("access_token"))))
    }

    async fn fetch(&self, url: &str, access_token: Option<String>) -> Result<String, String> {
        let trust = &self.trust;
        let remote = trust.remotes.claim(url, trust.authority(), access_token);
        let remote = remote.map_err(|error| error.to_string())?;
        let answer = remote.get(TIMEOUT).await.map_err(|error| match error {
            RemoteError::Refused { refusal, .. } => {
                let code = StatusCode::from_u16(refusal.code);
                let code = code.map_or_else(|_| refusal.code.to_string(), |code| code.to_string());
                format!("error while getting distributed claim JWT: {code}")
            }
            error => error.to_string(),
        })?;
        String::from_utf8(answer.to_vec())
            .map_err(|_| "could not decode distributed claim response".to_owned())
    }

    fn verifier(&self, issuer: &str) -> Result<Arc<Verifier>, RemoteError> {
        let mut verifiers = self.verifiers.lock();
        if let Some(known) = verifiers.get(issuer) {
            return Ok(Arc::clone(known));
        }
        let own = issuer == self.trust.issuer;
        let verifier = Arc::new(Verifier::new(Trust {
            issuer: issuer.to_owned(),
            discovery_url: if own {
                self.trust.discovery_url.clone()
            } else {
                String::new()
            },
            ..self.trust.clone()
        })?);
        if verifiers.len() >= ISSUERS_MAX {
            verifiers.clear();
        }
        verifiers.insert(issuer.to_owned(), Arc::clone(&verifier));
        Ok(verifier)
    }
}

/// An object of strings.
fn names_to_sources(value: &Value) -> Result<HashMap<String, String>, serde_json::Error> {
    serde_json::from_value(value.clone())
}

/// An object of objects.
fn table(value: &Value) -> Result<HashMap<String, Claims>, serde_json::Error> {
    serde_json::from_value(value.clone())
}

#[cfg(test)]
mod tests;
