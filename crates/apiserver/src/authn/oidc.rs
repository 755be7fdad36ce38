//! A foreign issuer of tokens at work: what proves that a token is of it, claims that are elsewhere, and the user that they name.
//! Upstream: `plugin/pkg/authenticator/token/oidc`.
mod distributed;
mod verifier;

use self::{
    distributed::Resolver,
    verifier::{Trust, Verifier},
};
use super::{claims::ClaimMapping, configuration::JwtAuthenticator};
use crate::remote::{RemoteError, Remotes};
use platform::Clock;
use resource::User;

/// One issuer.
#[derive(Debug)]
pub(super) struct JwtIssuer {
    config: JwtAuthenticator,
    mapping: ClaimMapping,
    verifier: Verifier,
    /// Of groups, where they have a claim.
    resolver: Option<Resolver>,
}

impl JwtIssuer {
    pub(super) fn new(
        config: JwtAuthenticator,
        mapping: ClaimMapping,
        algorithms: &[String],
        remotes: &Remotes,
    ) -> Result<Self, RemoteError> {
        let issuer = &config.issuer;
        let trust = Trust {
            issuer: issuer.url.clone(),
            discovery_url: issuer.discovery_url.clone(),
            certificate_authority: issuer.certificate_authority.clone(),
            audiences: issuer.audiences.clone(),
            algorithms: algorithms.to_vec(),
            remotes: remotes.clone(),
        };
        let claim = Some(&config.groups.claim).filter(|claim| !claim.is_empty());
        Ok(Self {
            resolver: claim.map(|claim| Resolver::new(claim.clone(), trust.clone())),
            verifier: Verifier::new(trust)?,
            mapping,
            config,
        })
    }

    pub(super) fn url(&self) -> &str {
        &self.config.issuer.url
    }

    /// The user of a token that claims to be of this issuer.
    pub(super) async fn user(
        &self,
        clock: &Clock,
        token: &str,
        now_seconds: i64,
    ) -> Result<User, String> {
        let verified = self.verifier.verify(clock, token, now_seconds).await;
        let mut claims = verified.map_err(|error| format!("oidc: verify token: {error}"))?;
        if let Some(resolver) = &self.resolver {
            let expanded = resolver.expand(clock, &mut claims, now_seconds).await;
            expanded
                .map_err(|error| format!("oidc: could not expand distributed claims: {error}"))?;
        }
        self.mapping.user(&self.config, &claims)
    }
}
