//! Settings of who is let in and who decides: what the flags say, and which of them go together.

use std::{path::PathBuf, time::Duration};

/// The modes of `--authorization-mode`.
const MODES: [&str; 6] = [
    "ABAC",
    "AlwaysAllow",
    "AlwaysDeny",
    "Node",
    "RBAC",
    "Webhook",
];

/// `--token-auth-file` and its like; nothing is read yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthenticationSettings {
    pub anonymous: Option<bool>,
    pub audiences: Vec<String>,
    pub client_ca_file: Option<PathBuf>,
    pub config: Option<PathBuf>,
    pub oidc: OidcSettings,
    pub request_header: RequestHeaderSettings,
    pub token_file: Option<PathBuf>,
    pub webhook: Option<PathBuf>,
    pub webhook_ttl: Duration,
    pub webhook_version: String,
}

/// `--oidc-*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OidcSettings {
    pub ca_file: Option<PathBuf>,
    pub client_id: Option<String>,
    pub groups_claim: Option<String>,
    pub groups_prefix: Option<String>,
    pub issuer_url: Option<String>,
    pub required_claims: Vec<(String, String)>,
    pub signing_algorithms: Vec<String>,
    pub username_claim: Option<String>,
    pub username_prefix: Option<String>,
}

/// `--requestheader-*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestHeaderSettings {
    pub allowed_names: Vec<String>,
    pub client_ca_file: Option<PathBuf>,
    pub extra_prefixes: Vec<String>,
    pub group_headers: Vec<String>,
    pub uid_headers: Vec<String>,
    pub username_headers: Vec<String>,
}

/// `--authorization-*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationSettings {
    pub authorized_ttl: Duration,
    pub config: Option<PathBuf>,
    /// Node and RBAC when empty.
    pub modes: Vec<String>,
    /// Of the mode ABAC.
    pub policy_file: Option<PathBuf>,
    pub unauthorized_ttl: Duration,
    pub webhook: Option<PathBuf>,
    pub webhook_version: String,
}

/// What does not go together, in one sentence.
pub(super) fn check(
    authentication: &AuthenticationSettings,
    authorization: &AuthorizationSettings,
) -> Result<(), String> {
    let oidc = &authentication.oidc;
    let any = *oidc != OidcSettings::default();
    if any && authentication.config.is_some() {
        return Err("authentication-config file and oidc-* flags are mutually exclusive".into());
    }
    if any && (oidc.issuer_url.is_none() || oidc.client_id.is_none()) {
        return Err(
            "oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set"
                .into(),
        );
    }
    check_headers(&authentication.request_header)?;
    check_modes(authorization)
}

fn check_headers(settings: &RequestHeaderSettings) -> Result<(), String> {
    let lists = [
        ("requestheader-username-headers", &settings.username_headers),
        ("requestheader-uid-headers", &settings.uid_headers),
        ("requestheader-group-headers", &settings.group_headers),
        (
            "requestheader-extra-headers-prefix",
            &settings.extra_prefixes,
        ),
    ];
    for (flag, headers) in lists {
        let is_name = |header: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !header.is_empty() && header.chars().all(plain)
        };
        if let Some(header) = headers.iter().find(|header| !is_name(header)) {
            return Err(format!(
                "--{flag} cannot be {header:?}: it must be the name of a header"
            ));
        }
    }
    Ok(())
}

fn check_modes(settings: &AuthorizationSettings) -> Result<(), String> {
    let modes = &settings.modes;
    let any = !modes.is_empty() || settings.webhook.is_some();
    if any && settings.config.is_some() {
        return Err(
            "authorization-config file and authorization-mode or authorization-webhook-* flags are mutually exclusive"
                .into(),
        );
    }
    if let Some(mode) = modes.iter().find(|mode| !MODES.contains(&mode.as_str())) {
        let known = MODES.join(", ");
        return Err(format!(
            "authorization-mode {mode:?} is not a valid mode: the modes are {known}"
        ));
    }
    let twice = |mode: &&String| modes.iter().filter(|other| other == mode).count() > 1;
    if modes.iter().any(|mode| twice(&mode)) {
        return Err(format!(
            "authorization-mode {modes:?} has mode specified more than once"
        ));
    }
    let abac = modes.iter().any(|mode| mode == "ABAC");
    if abac && settings.policy_file.is_none() {
        return Err("authorization-mode ABAC's authorization policy file not passed".into());
    }
    if !abac && settings.config.is_none() && settings.policy_file.is_some() {
        return Err("cannot specify --authorization-policy-file without mode ABAC".into());
    }
    let webhook = modes.iter().any(|mode| mode == "Webhook");
    match (webhook, &settings.webhook) {
        (true, None) => {
            Err("authorization-mode Webhook's authorization config file not passed".into())
        }
        (false, Some(_)) => {
            Err("cannot specify --authorization-webhook-config-file without mode Webhook".into())
        }
        _ => Ok(()),
    }
}
