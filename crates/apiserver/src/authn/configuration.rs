//! Structured authentication configuration: issuers of tokens, and whom to let in without one.
//! Upstream: `pkg/apis/apiserver` and its `validation`.
mod read;
mod validate;

use super::{claims::ClaimMapping, oidc::JwtIssuer};
use crate::{config_document::ConfigurationError, remote::Remotes};
use meta::FieldErrors;

/// Who may come without credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anonymous {
    pub enabled: bool,
    /// Paths to which that is limited; all when empty.
    pub paths: Vec<String>,
}

/// An AuthenticationConfiguration, read, checked, and ready to be used.
#[derive(Debug)]
pub struct AuthenticationConfiguration {
    pub(super) issuers: Vec<JwtIssuer>,
    anonymous: Option<Anonymous>,
}

/// What `--oidc-*` flags say.
#[derive(Clone, Debug)]
pub struct OidcFlags {
    pub issuer_url: String,
    pub client_id: String,
    /// PEM.
    pub certificate_authority: Option<String>,
    pub username_claim: String,
    /// Empty is the issuer's URL and `#`, unless the claim is `email`; `-` is no prefix.
    pub username_prefix: String,
    /// Empty for no groups.
    pub groups_claim: String,
    pub groups_prefix: String,
    pub required_claims: Vec<(String, String)>,
    pub signing_algorithms: Vec<String>,
}

/// One trusted issuer.
#[derive(Clone, Debug, Default)]
pub(super) struct JwtAuthenticator {
    pub(super) issuer: Issuer,
    pub(super) claim_rules: Vec<ClaimRule>,
    pub(super) username: PrefixedClaimOrExpression,
    pub(super) groups: PrefixedClaimOrExpression,
    pub(super) uid: ClaimOrExpression,
    pub(super) extra: Vec<ExtraMapping>,
    pub(super) user_rules: Vec<UserRule>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Issuer {
    pub(super) url: String,
    pub(super) discovery_url: String,
    /// PEM; the machine's when empty.
    pub(super) certificate_authority: String,
    pub(super) audiences: Vec<String>,
    pub(super) audience_match_policy: String,
    pub(super) egress_selector: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ClaimRule {
    pub(super) claim: String,
    pub(super) required_value: String,
    pub(super) expression: String,
    pub(super) message: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct PrefixedClaimOrExpression {
    pub(super) claim: String,
    pub(super) prefix: Option<String>,
    pub(super) expression: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ClaimOrExpression {
    pub(super) claim: String,
    pub(super) expression: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct ExtraMapping {
    pub(super) key: String,
    pub(super) value_expression: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct UserRule {
    pub(super) expression: String,
    pub(super) message: String,
}

impl AuthenticationConfiguration {
    /// Reads a file's text. `own_issuers` are those of service accounts, which no other issuer may be.
    ///
    /// # Errors
    /// When it is not such a configuration, or not a valid one; in upstream's words.
    pub fn parse(
        text: &str,
        own_issuers: &[String],
        remotes: &Remotes,
    ) -> Result<Self, ConfigurationError> {
        let (authenticators, anonymous) = read::read(text)?;
        let mut errors = FieldErrors::new();
        let mappings = validate::all(&mut errors, &authenticators, own_issuers);
        validate::anonymous(&mut errors, anonymous.as_ref());
        let algorithms = super::jose::ALGORITHMS.map(str::to_owned);
        let issuers = checked(&errors, authenticators, mappings)?
            .map(|(config, mapping)| JwtIssuer::new(config, mapping, &algorithms, remotes));
        Ok(Self {
            issuers: issuers.collect::<Result<_, _>>()?,
            anonymous,
        })
    }

    /// The one issuer of the flags.
    ///
    /// # Errors
    /// As [`AuthenticationConfiguration::parse`].
    pub fn from_flags(
        flags: OidcFlags,
        own_issuers: &[String],
        remotes: &Remotes,
    ) -> Result<Self, ConfigurationError> {
        let known = |name: &&String| !super::jose::ALGORITHMS.contains(&name.as_str());
        if let Some(name) = flags.signing_algorithms.iter().find(known) {
            return Err(ConfigurationError::Invalid {
                what: "authentication",
                errors: format!("oidc: unsupported signing alg: {name:?}"),
            });
        }
        let algorithms = flags.signing_algorithms.clone();
        let authenticators = vec![from_flags(flags)];
        let mut errors = FieldErrors::new();
        let mappings = validate::all(&mut errors, &authenticators, own_issuers);
        let issuers = checked(&errors, authenticators, mappings)?
            .map(|(config, mapping)| JwtIssuer::new(config, mapping, &algorithms, remotes));
        Ok(Self {
            issuers: issuers.collect::<Result<_, _>>()?,
            anonymous: None,
        })
    }

    /// Whom the file lets in without credentials, when it says.
    #[must_use]
    pub fn anonymous(&self) -> Option<&Anonymous> {
        self.anonymous.as_ref()
    }
}

fn checked(
    errors: &FieldErrors,
    authenticators: Vec<JwtAuthenticator>,
    mappings: Vec<ClaimMapping>,
) -> Result<impl Iterator<Item = (JwtAuthenticator, ClaimMapping)>, ConfigurationError> {
    if errors.is_empty() {
        return Ok(authenticators.into_iter().zip(mappings));
    }
    Err(ConfigurationError::Invalid {
        what: "authentication",
        errors: errors.aggregate(),
    })
}

fn from_flags(flags: OidcFlags) -> JwtAuthenticator {
    let prefix = match flags.username_prefix.as_str() {
        "" if flags.username_claim != "email" => format!("{}#", flags.issuer_url),
        "-" => String::new(),
        given => given.to_owned(),
    };
    let rule = |(claim, required_value)| ClaimRule {
        claim,
        required_value,
        ..ClaimRule::default()
    };
    let groups_prefix = (!flags.groups_claim.is_empty()).then_some(flags.groups_prefix);
    JwtAuthenticator {
        issuer: Issuer {
            url: flags.issuer_url,
            certificate_authority: flags.certificate_authority.unwrap_or_default(),
            audiences: vec![flags.client_id],
            ..Issuer::default()
        },
        claim_rules: flags.required_claims.into_iter().map(rule).collect(),
        username: PrefixedClaimOrExpression {
            claim: flags.username_claim,
            prefix: Some(prefix),
            expression: String::new(),
        },
        groups: PrefixedClaimOrExpression {
            claim: flags.groups_claim,
            prefix: groups_prefix,
            expression: String::new(),
        },
        ..JwtAuthenticator::default()
    }
}

#[cfg(test)]
mod tests;
