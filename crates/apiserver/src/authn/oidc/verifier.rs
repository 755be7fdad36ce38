//! What proves that an issuer has made a token: its keys, fetched when a token needs them, kept, and fetched again when a token names a
//! key that is not among them, but not more often than every few seconds.
use crate::{
    authn::jose::{Signed, WebKey},
    remote::{RemoteError, Remotes},
};
use meta::go_quote;
use parking_lot::RwLock;
use platform::{Clock, Monotonic};
use serde_json::{Map, Value};
use std::{sync::Arc, time::Duration};

/// Between two attempts to fetch keys.
const FETCH_INTERVAL: Duration = Duration::from_secs(10);
/// Of one document.
pub(super) const TIMEOUT: Duration = Duration::from_secs(30);
/// How far ahead of us an issuer's clock may be.
const NOT_BEFORE_LEEWAY_SECONDS: f64 = 60.0;
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// Whom tokens are believed to be from, and for whom they must be.
#[derive(Clone, Debug)]
pub(super) struct Trust {
    pub(super) issuer: String,
    /// Where the issuer says where its keys are; empty for the usual place.
    pub(super) discovery_url: String,
    /// PEM; the machine's when empty.
    pub(super) certificate_authority: String,
    pub(super) audiences: Vec<String>,
    pub(super) algorithms: Vec<String>,
    pub(super) remotes: Remotes,
}

impl Trust {
    pub(super) fn authority(&self) -> Option<&str> {
        Some(self.certificate_authority.as_str()).filter(|pem| !pem.is_empty())
    }
}

#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) trust: Trust,
    keys: RwLock<Arc<[WebKey]>>,
    /// One fetch at a time.
    fetching: tokio::sync::Mutex<Fetched>,
}

#[derive(Debug, Default)]
struct Fetched {
    attempted: Option<Monotonic>,
    /// Where the keys are, once the issuer has said so.
    key_url: Option<String>,
}

impl Verifier {
    /// # Errors
    /// When the issuer cannot be called: that is told now, not at the first token.
    pub(super) fn new(trust: Trust) -> Result<Self, RemoteError> {
        let res = Self {
            trust,
            keys: RwLock::new(Arc::new([])),
            fetching: tokio::sync::Mutex::default(),
        };
        let trust = &res.trust;
        trust
            .remotes
            .document(&res.discovery_url(), trust.authority())?;
        Ok(res)
    }

    /// The claims of a token that the issuer has made, for now and for one of the audiences.
    pub(super) async fn verify(
        &self,
        clock: &Clock,
        token: &str,
        now_seconds: i64,
    ) -> Result<Map<String, Value>, String> {
        let wrong = |error: &dyn std::fmt::Display| format!("oidc: {error}");
        let signed = Signed::parse(token).map_err(|error| wrong(&error))?;
        self.check_claims(&signed, now_seconds)
            .map_err(|error| wrong(&error))?;
        signed
            .check_algorithm(&self.trust.algorithms)
            .map_err(|error| wrong(&error))?;
        let known = Arc::clone(&self.keys.read());
        if !signed.verifies(&known) {
            let fetched = self.fetch(clock, &known).await;
            let fetched =
                fetched.map_err(|error| wrong(&format!("fetching keys oidc: {error}")))?;
            if !signed.verifies(&fetched) {
                return Err(
                    "failed to verify signature: failed to verify id token signature".into(),
                );
            }
        }
        Ok(signed.into_claims())
    }

    fn check_claims(&self, signed: &Signed<'_>, now_seconds: i64) -> Result<(), String> {
        let claims = signed.claims();
        let issuer = claims.get("iss").and_then(Value::as_str).unwrap_or("");
        if issuer != self.trust.issuer {
            return Err(format!(
                "id token issued by a different provider, expected {} got {}",
                go_quote(&self.trust.issuer),
                go_quote(issuer)
            ));
        }
        let found = audiences(claims);
        let wanted = &self.trust.audiences;
        if !found.iter().any(|audience| wanted.contains(audience)) {
            let shown = |list: &[String]| {
                let quoted: Vec<String> = list.iter().map(|audience| go_quote(audience)).collect();
                format!("[{}]", quoted.join(" "))
            };
            let (wanted, found) = (shown(wanted), shown(&found));
            return Err(format!("expected audience in {wanted} got {found}"));
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds of our time fit a float"
        )]
        let now = now_seconds as f64;
        let time = |name: &str| claims.get(name).and_then(Value::as_f64);
        if time("exp").is_none_or(|end| end < now) {
            return Err("token is expired".into());
        }
        if time("nbf").is_some_and(|begin| now + NOT_BEFORE_LEEWAY_SECONDS < begin) {
            return Err("current time is before the nbf (not before) time".into());
        }
        Ok(())
    }

    /// Keys other than those known, when the issuer has some and may be asked.
    async fn fetch(&self, clock: &Clock, known: &Arc<[WebKey]>) -> Result<Arc<[WebKey]>, String> {
        let mut fetched = self.fetching.lock().await;
        let now_known = Arc::clone(&self.keys.read());
        if !Arc::ptr_eq(known, &now_known) {
            return Ok(now_known);
        }
        let now = clock.monotonic();
        let recent = |at: Monotonic| now.since(at) < FETCH_INTERVAL;
        if fetched.attempted.is_some_and(recent) {
            return Ok(now_known);
        }
        fetched.attempted = Some(now);
        let keys = self.fetch_now(&mut fetched).await;
        let keys: Arc<[WebKey]> = keys
            .inspect_err(|error| {
                tracing::error!(issuer = self.trust.issuer, %error, "failed to fetch the keys of a token issuer");
            })?
            .into();
        *self.keys.write() = Arc::clone(&keys);
        Ok(keys)
    }

    async fn fetch_now(&self, fetched: &mut Fetched) -> Result<Vec<WebKey>, String> {
        let url = match &fetched.key_url {
            Some(url) => url.clone(),
            None => self.discover().await?,
        };
        let remote = self.trust.remotes.document(&url, self.trust.authority());
        let document = remote
            .map_err(|error| error.to_string())?
            .get(TIMEOUT)
            .await;
        let keys = WebKey::set(&document.map_err(|error| error.to_string())?)?;
        fetched.key_url = Some(url);
        Ok(keys)
    }

    async fn discover(&self) -> Result<String, String> {
        let trust = &self.trust;
        let remote = trust
            .remotes
            .document(&self.discovery_url(), trust.authority());
        let document = remote
            .map_err(|error| error.to_string())?
            .get(TIMEOUT)
            .await;
        let document = document.map_err(|error| error.to_string())?;
        let document: Value = serde_json::from_slice(&document)
            .map_err(|error| format!("failed to decode provider discovery object: {error}"))?;
        let issuer = document["issuer"].as_str().unwrap_or("");
        if issuer != self.trust.issuer {
            return Err(format!(
                "issuer did not match the issuer returned by provider, expected {} got {}",
                go_quote(&self.trust.issuer),
                go_quote(issuer)
            ));
        }
        match document["jwks_uri"].as_str() {
            Some(url) if !url.is_empty() => Ok(url.to_owned()),
            _ => Err("provider did not return JWKS URL".into()),
        }
    }

    fn discovery_url(&self) -> String {
        let trust = &self.trust;
        if trust.discovery_url.is_empty() {
            format!("{}{WELL_KNOWN}", trust.issuer.trim_end_matches('/'))
        } else {
            trust.discovery_url.clone()
        }
    }
}

/// One, or a list.
fn audiences(claims: &Map<String, Value>) -> Vec<String> {
    match claims.get("aud") {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(all)) => {
            let texts = all.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}
