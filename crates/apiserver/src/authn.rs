//! Who asks: client certificates, static tokens, service-account tokens, bootstrap tokens, anonymous; in that order, as upstream.
mod bootstrap_token;
mod jwt;
mod service_account;
mod token_request;
pub(crate) mod x509;

pub use self::jwt::{KeyError, SigningKey, VerifyingKey};
pub(crate) use self::{service_account::Issuer, token_request::token_request};

use crate::{
    shared::Api,
    stack::{Call, Peer},
};
use http::{HeaderMap, header};
use meta::Str;
use resource::User;
use rustls_pki_types::CertificateDer;
use subtle_eq::constant_time_eq;

mod subtle_eq {
    //! Comparison of secrets in constant time.

    /// Whether two secrets are equal; takes the same time wherever they differ.
    pub(super) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
        a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }
}

/// How requests are authenticated.
#[derive(Debug)]
pub struct Authentication {
    /// Client certificates of these authorities are users (CN) and groups (O).
    pub client_roots: Vec<CertificateDer<'static>>,
    pub service_accounts: ServiceAccounts,
    pub static_tokens: Vec<StaticToken>,
    /// Requests without credentials are `system:anonymous`; what that may is up to authorization.
    pub anonymous: bool,
}

/// Service-account tokens.
#[derive(Debug)]
pub struct ServiceAccounts {
    /// `iss` of tokens, and where their keys can be found.
    pub issuer: String,
    /// Accepted `aud`; the issuer when empty.
    pub audiences: Vec<String>,
    pub signer: SigningKey,
    /// Further keys whose tokens are accepted: those before a rotation.
    pub verifiers: Vec<VerifyingKey>,
    pub max_expiration_seconds: i64,
}

/// A bearer token that does not expire.
#[derive(Clone, Debug)]
pub struct StaticToken {
    pub token: String,
    pub user: User,
}

/// Answers who sends a request.
#[derive(Debug)]
pub(crate) struct Authenticator {
    pub(crate) issuer: Issuer,
    static_tokens: Vec<StaticToken>,
    anonymous: bool,
}

impl Authenticator {
    pub(crate) fn new(config: Authentication) -> Self {
        let Authentication {
            service_accounts,
            static_tokens,
            anonymous,
            ..
        } = config;
        Self {
            issuer: Issuer::new(service_accounts),
            static_tokens,
            anonymous,
        }
    }

    /// The user of a request; `None` is 401.
    pub(crate) fn authenticate(&self, api: &Api, call: &Call) -> Option<User> {
        if let Peer::Process(user) = &call.peer {
            return Some((**user).clone());
        }
        if let Peer::Tls(Some(user)) = &call.peer {
            return Some(authenticated((**user).clone()));
        }
        match bearer(call.request.headers()) {
            Some(token) => self.token(api, token, &[]).map(|(user, _)| user),
            None => self.anonymous.then(anonymous),
        }
    }

    /// The user of a token and the audiences that it is good for.
    pub(crate) fn token(
        &self,
        api: &Api,
        token: &str,
        audiences: &[String],
    ) -> Option<(User, Vec<String>)> {
        let fixed = self
            .static_tokens
            .iter()
            .find(|known| constant_time_eq(known.token.as_bytes(), token.as_bytes()));
        if let Some(known) = fixed {
            return Some((authenticated(known.user.clone()), audiences.to_vec()));
        }
        let (user, audiences) = self.issuer.verify(api, token, audiences).or_else(|| {
            bootstrap_token::verify(api, token).map(|user| (user, audiences.to_vec()))
        })?;
        Some((authenticated(user), audiences))
    }
}

/// Whether a key has signed a token, whatever it says.
pub(crate) fn verifies(token: &str, key: &VerifyingKey) -> bool {
    jwt::verify(token, std::slice::from_ref(key)).is_some()
}

/// The token of `Authorization: Bearer …`, or of a WebSocket's subprotocol, where browsers must put it.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn authenticated(mut user: User) -> User {
    if !user.in_group("system:authenticated") && !user.in_group("system:unauthenticated") {
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
