//! Who asks, in upstream's order: front proxies, client certificates, bearer tokens (static ones, those of service accounts, bootstrap
//! tokens, those of foreign issuers, those that a webhook knows), and then nobody.
mod bearer;
mod bootstrap_token;
mod claims;
mod configuration;
mod jose;
mod jwt;
mod oidc;
mod peers;
mod proof;
mod request_header;
mod service_account;
mod token_file;
mod token_request;
mod webhook;
mod x509;

pub use self::{
    configuration::{Anonymous, AuthenticationConfiguration, OidcFlags},
    jose::ALGORITHMS,
    jwt::{KeyError, SigningKey, VerifyingKey},
    peers::AuthorityError,
    request_header::RequestHeader,
    token_file::TokenFileError,
    webhook::TokenWebhook,
};
pub(crate) use self::{
    peers::{PeerCertificate, PeerChain, Peers},
    proof::{Notes, Proof},
    request_header::text as header_text,
    service_account::{Issuer, account_user, follow_last_uses},
    token_request::{decode_request, token_request},
    x509::text as attribute_text,
};

use crate::{
    expiring::Expiring,
    shared::Api,
    stack::{Call, Peer},
};
use meta::{FieldErrors, FieldPath, Str, validation};
use oidc::JwtIssuer;
use parking_lot::RwLock;
use platform::Clock;
use proof::Verified;
use resource::User;
use ring::digest;
use rustls_pki_types::CertificateDer;
use std::{collections::HashMap, sync::Arc, time::Duration};
use webhook::Reviewer;

/// What is said of a token that nobody knows.
const INVALID: &str = "invalid bearer token";
/// Users of tokens that had to be looked at closely are remembered so long, as upstream does.
const RECENT: Duration = Duration::from_secs(10);
const RECENT_MAX: usize = 8192;

/// How requests are authenticated.
#[derive(Debug)]
pub struct Authentication {
    /// Client certificates of these authorities are users (CN) and groups (O).
    pub client_roots: Vec<CertificateDer<'static>>,
    /// The same in PEM, as extension servers read it.
    pub client_ca_pem: String,
    pub request_header: Option<RequestHeader>,
    pub service_accounts: ServiceAccounts,
    pub static_tokens: Vec<StaticToken>,
    /// Foreign issuers of tokens.
    pub configuration: Option<AuthenticationConfiguration>,
    pub webhook: Option<TokenWebhook>,
    /// Requests without credentials are `system:anonymous`; what that may is up to authorization.
    pub anonymous: Anonymous,
}

/// Service-account tokens.
#[derive(Debug)]
pub struct ServiceAccounts {
    /// `iss` of tokens, and where their keys can be found.
    pub issuer: String,
    /// Where this server's keys can be fetched: `https://192.0.2.1:6443/openid/v1/jwks`.
    pub keys_url: String,
    /// Accepted `aud`; the issuer when empty.
    pub audiences: Vec<String>,
    pub signer: SigningKey,
    /// Further keys whose tokens are accepted: those before a rotation.
    pub verifiers: Vec<VerifyingKey>,
    /// Tokens for which a longer life is asked live so long.
    pub max_expiration_seconds: Option<i64>,
}

/// A bearer token that does not expire.
#[derive(Clone)]
pub struct StaticToken {
    pub token: String,
    pub user: User,
}

impl std::fmt::Debug for StaticToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaticToken")
            .field("user", &self.user.name)
            .finish_non_exhaustive()
    }
}

/// Whether two secrets are equal; takes the same time wherever they differ.
fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// Answers who sends a request.
#[derive(Debug)]
pub(crate) struct Authenticator {
    pub(crate) issuer: Issuer,
    pub(crate) peers: Peers,
    /// By the digest of the token: how long a look-up takes says nothing of the token.
    static_tokens: HashMap<[u8; 32], User>,
    pub(crate) client_ca_pem: String,
    pub(crate) request_header: Option<RequestHeader>,
    anonymous: Anonymous,
    /// Replaced whole when the configuration changes.
    issuers: RwLock<Arc<[JwtIssuer]>>,
    reviewer: Option<Reviewer>,
    /// Users and audiences by [`key`].
    recent: Expiring<Proof>,
    clock: Clock,
}

/// Who sends a request, as far as that shows without asking anybody.
pub(crate) enum Sender {
    User(Box<User>),
    /// Whom this token belongs to must be asked of others.
    Token(String),
    /// Somebody with credentials that are no good: 401.
    Refused,
    /// Somebody without credentials, when that is not enough: 401.
    Unknown,
}

/// What can be said of a token without asking anybody, or what those have against it who need not be asked.
type Local = Result<Verified, Vec<String>>;

impl Authenticator {
    pub(crate) fn new(config: Authentication, clock: Clock) -> Result<Self, AuthorityError> {
        let proxies = config.request_header.as_ref();
        let proxies = proxies.map_or(&[][..], |header| &header.client_roots);
        let tokens = config.static_tokens.into_iter();
        let issuers = config
            .configuration
            .map_or_else(Vec::new, |configuration| configuration.issuers);
        Ok(Self {
            issuer: Issuer::new(config.service_accounts),
            peers: Peers::new(&config.client_roots, proxies)?,
            static_tokens: tokens
                .map(|known| (sha256(known.token.as_bytes()), known.user))
                .collect(),
            client_ca_pem: config.client_ca_pem,
            request_header: config.request_header,
            anonymous: config.anonymous,
            issuers: RwLock::new(issuers.into()),
            reviewer: config
                .webhook
                .map(|webhook| Reviewer::new(webhook, clock.clone())),
            recent: Expiring::new(clock.clone(), RECENT_MAX),
            clock,
        })
    }

    /// Puts other issuers in the place of those that are trusted now.
    pub(crate) fn configure(&self, configuration: AuthenticationConfiguration) {
        let issuers: Arc<[JwtIssuer]> = configuration.issuers.into();
        *self.issuers.write() = issuers;
    }

    pub(crate) fn sender(&self, api: &Api, call: &Call, notes: &mut Notes) -> Sender {
        let headers = call.request.headers();
        let known = |user: User| Sender::User(Box::new(authenticated(user)));
        let mut refused = false;
        match &call.peer {
            Peer::Process(user) => return Sender::User(Box::new((**user).clone())),
            Peer::Unknown => {}
            Peer::Tls(peer) => {
                if let (Some(config), Some(proxy)) = (&self.request_header, &peer.proxy) {
                    match config.user(proxy, headers) {
                        Ok(Some(user)) => return known(user),
                        Ok(None) => {}
                        Err(()) => refused = true,
                    }
                }
                if let Some(user) = &peer.user {
                    return known(user.clone());
                }
                refused |= peer.unknown;
            }
        }
        for token in [
            Ok(bearer::header(headers, notes)),
            bearer::protocol(headers),
        ] {
            match token {
                Ok(None) => {}
                Ok(Some(token)) => {
                    match self.local_token(api, &token, &self.issuer.audiences(), notes) {
                        Ok(Ok(proof)) => {
                            *notes = proof.notes;
                            return Sender::User(Box::new(proof.user));
                        }
                        Ok(Err(error)) => {
                            tracing::debug!(error, "a token is no good");
                            refused = true;
                        }
                        Err(_) => return Sender::Token(token),
                    }
                }
                Err(()) => refused = true,
            }
        }
        if refused {
            return Sender::Refused;
        }
        let paths = &self.anonymous.paths;
        let open = paths.is_empty() || paths.contains(&call.info.path);
        if self.anonymous.enabled && open {
            return Sender::User(Box::new(anonymous()));
        }
        Sender::Unknown
    }

    /// Takes out of a request what proved who sends it: nobody behind is to see secrets, or to believe proxies' headers.
    pub(crate) fn forget(&self, call: &mut Call) {
        let headers = call.request.headers_mut();
        bearer::forget(headers);
        request_header::clear_usual(headers);
        if let Some(config) = &self.request_header {
            config.clear(headers);
        }
    }

    /// The user of a token that is good for one of `audiences`, or for one of the server's when there are none.
    pub(crate) async fn token(&self, api: &Api, token: &str, audiences: &[String]) -> Verified {
        let own = self.issuer.audiences();
        let wanted = if audiences.is_empty() {
            &own
        } else {
            audiences
        };
        let mut notes = Notes::default();
        let errors = match self.local_token(api, token, wanted, &mut notes) {
            Ok(verified) => return verified,
            Err(errors) => errors,
        };
        let counts = &api.metrics.token_cache;
        let (begun, asking) = (self.clock.monotonic(), counts.fetching());
        let verified = self.ask_others(api, token, wanted, errors).await;
        drop(asking);
        counts.fetched(verified.is_ok(), self.clock.monotonic().since(begun));
        verified
    }

    /// Whom foreign issuers or the webhook know a token as. `errors` are what others have against it.
    async fn ask_others(
        &self,
        api: &Api,
        token: &str,
        wanted: &[String],
        mut errors: Vec<String>,
    ) -> Verified {
        let own = self.issuer.audiences();
        let key = key(token, wanted);
        match self.foreign_token(api, token).await {
            Some(Ok(user)) => {
                let both = intersection(wanted, &own);
                if both.is_empty() {
                    return Err(INVALID.to_owned());
                }
                let proof = proof(user, both);
                self.recent.put(key, proof.clone(), RECENT);
                return Ok(proof);
            }
            Some(Err(error)) => errors.push(error),
            None => {}
        }
        if let Some(reviewer) = &self.reviewer {
            match reviewer.user(&key, token, wanted, &own).await {
                Ok(Some((user, audiences))) => return Ok(proof(user, audiences)),
                Ok(None) => {}
                Err(error) => errors.push(error),
            }
        }
        Err(refusal(&errors))
    }

    /// What can be said of a token without asking anybody.
    fn local_token(&self, api: &Api, token: &str, wanted: &[String], notes: &mut Notes) -> Local {
        let own = self.issuer.audiences();
        // Tokens that name no audience are good for the server's own.
        let everywhere = |user: User| match intersection(wanted, &own) {
            both if both.is_empty() => Err(INVALID.to_owned()),
            both => Ok(proof(user, both)),
        };
        if let Some(user) = self.static_tokens.get(&sha256(token.as_bytes())) {
            return Ok(everywhere(user.clone()));
        }
        let mut errors = Vec::new();
        match self.issuer.verify(api, token, wanted, notes) {
            Some(Ok(proof)) => {
                return Ok(Ok(Proof {
                    user: authenticated(proof.user),
                    ..proof
                }));
            }
            Some(Err(error)) => errors.push(error),
            None => {}
        }
        if let Some(user) = bootstrap_token::verify(api, token) {
            return Ok(everywhere(user));
        }
        if self.issuers.read().is_empty() && self.reviewer.is_none() {
            return Ok(Err(refusal(&errors)));
        }
        let begun = self.clock.monotonic();
        let known = self.recent.get(&key(token, wanted));
        if known.is_some() {
            let took = self.clock.monotonic().since(begun);
            api.metrics.token_cache.hit(took);
        }
        known.map(Ok).ok_or(errors)
    }

    /// The user of a token of a foreign issuer; `None` when it is of none that is trusted.
    async fn foreign_token(&self, api: &Api, token: &str) -> Option<Result<User, String>> {
        let claimed = jose::claimed_issuer(token)?;
        let issuers = Arc::clone(&self.issuers.read());
        let issuer = issuers.iter().find(|issuer| issuer.url() == claimed)?;
        let now = api.now().unix_seconds();
        let user = issuer.user(&self.clock, token, now).await;
        Some(
            user.inspect_err(|error| {
                tracing::debug!(error, "a token of a foreign issuer is no good")
            }),
        )
    }
}

fn proof(user: User, audiences: Vec<String>) -> Proof {
    Proof {
        user: authenticated(user),
        audiences,
        notes: Notes::default(),
    }
}

/// Why a token is no good, when these are all who have something to say. Upstream asks its own loopback client first, which does not know it.
fn refusal(errors: &[String]) -> String {
    let unknown = std::iter::once(INVALID.to_owned());
    let all: Vec<String> = unknown.chain(errors.iter().cloned()).collect();
    crate::authz::aggregate(&all)
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = digest::digest(&digest::SHA256, bytes);
    digest.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// Stands for a token and the audiences that are wanted of it, and tells nothing of it.
fn key(token: &str, wanted: &[String]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
    format!(
        "{}\n{}",
        STANDARD_NO_PAD.encode(sha256(token.as_bytes())),
        wanted.join("\n")
    )
}

fn intersection(wanted: &[String], own: &[String]) -> Vec<String> {
    let both = wanted.iter().filter(|audience| own.contains(audience));
    both.cloned().collect()
}

/// Whether a key has signed a token, whatever it says.
pub(crate) fn verifies(token: &str, key: &VerifyingKey) -> bool {
    jwt::verify(token, std::slice::from_ref(key)).is_ok()
}

/// For fuzzing: reads a token as foreign issuers' are read, with no keys to verify it.
pub(crate) fn parse_foreign(token: &str) -> bool {
    let parsed = jose::Signed::parse(token);
    parsed.is_ok_and(|signed| signed.verifies(&[])) && jose::claimed_issuer(token).is_some()
}

/// `example.com/anything`, in upstream's words.
pub(crate) fn domain_prefixed_path(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    let parts = value.split_once('/');
    let whole = parts.filter(|(host, rest)| !host.is_empty() && !rest.is_empty());
    let Some((host, rest)) = whole else {
        let words = "must be a domain-prefixed path (such as \"acme.io/foo\")";
        return if value.is_empty() {
            errors.required(path, "")
        } else {
            errors.invalid(path, value, words)
        };
    };
    for words in validation::dns1123_subdomain(host) {
        errors.invalid(path, host, words);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/!$&'()*+,-.:;=@_~%".contains(c);
    if !rest.chars().all(allowed) {
        let words = "Invalid path (e.g. 'acme.io/foo', regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";
        errors.invalid(path, rest, words);
    }
}

fn authenticated(mut user: User) -> User {
    let settled = user.name == "system:anonymous"
        || user.in_group("system:authenticated")
        || user.in_group("system:unauthenticated");
    if !settled {
        user.groups.push(Str::from("system:authenticated"));
    }
    user
}

fn anonymous() -> User {
    User {
        name: "system:anonymous".into(),
        groups: vec!["system:unauthenticated".into()],
        ..User::default()
    }
}
