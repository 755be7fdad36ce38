//! Who is let in and who decides: from settings and the files that they name to what the API server takes.

mod reload;

pub(crate) use self::reload::{Reload, Reloaded};
use crate::{
    config::Config,
    pki::{FRONT_PROXY, Pki},
    tls,
};
use apiserver::{
    AbacError, AbacPolicies, Anonymous, AuthenticationConfiguration, Authorization,
    AuthorizationMode, ConfigurationError, FailurePolicy, OidcFlags, RemoteError, Remotes,
    RequestHeader, StaticToken, TokenFileError, TokenWebhook, WebhookAuthorization,
    WebhookSettings,
};
use client::kubeconfig::{Endpoint, KubeconfigError};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// Largest file that is read.
const FILE_BYTES_MAX: u64 = 4 << 20;
/// Upstream's, for a webhook that flags name.
const WEBHOOK_TIMEOUT: Duration = Duration::from_secs(30);

/// Why a file of who may cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccessError {
    #[error("failed to read {}, which --{flag} names: {source}", path.display())]
    Read {
        flag: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("{}, which --{flag} names, is larger than {FILE_BYTES_MAX} bytes", path.display())]
    TooLarge { flag: &'static str, path: PathBuf },
    #[error("failed to load authentication configuration from file {path:?}: {source}")]
    Authentication {
        path: PathBuf,
        source: ConfigurationError,
    },
    #[error("failed to load authorization configuration from file {path:?}: {source}")]
    Authorization {
        path: PathBuf,
        source: ConfigurationError,
    },
    #[error("the --oidc-* flags cannot be used: {0}")]
    Oidc(ConfigurationError),
    #[error("--authorization-policy-file cannot be used: {0}")]
    Policies(AbacError),
    #[error("--token-auth-file cannot be used: {0}")]
    Tokens(TokenFileError),
    #[error("--{flag} cannot be used: {source}")]
    Kubeconfig {
        flag: &'static str,
        source: KubeconfigError,
    },
    #[error("--{flag} cannot be used: {source}")]
    Webhook {
        flag: &'static str,
        source: RemoteError,
    },
    #[error("{}, which --{flag} names, holds no certificate", path.display())]
    NoCertificate { flag: &'static str, path: PathBuf },
    #[error(
        "anonymous: Forbidden: --anonymous-auth flag cannot be set when anonymous field is configured in authentication configuration file"
    )]
    AnonymousTwice,
}

/// What [`apiserver::Authentication`] has besides the cluster's own keys.
pub(crate) struct Access {
    /// Authorities whose certificates are users, and the same in PEM.
    pub(crate) clients: (Vec<CertificateDer<'static>>, String),
    pub(crate) request_header: RequestHeader,
    pub(crate) static_tokens: Vec<StaticToken>,
    pub(crate) configuration: Option<AuthenticationConfiguration>,
    pub(crate) webhook: Option<TokenWebhook>,
    pub(crate) anonymous: Anonymous,
    pub(crate) authorization: Authorization,
}

impl Access {
    /// Reads all files that the settings name; beside it stands what is read again when it changes. `issuer` is that of service accounts.
    ///
    /// # Errors
    /// Names the flag, the file and what is wrong.
    pub(crate) fn load(
        config: &Config,
        pki: &Pki,
        issuer: &str,
        remotes: &Remotes,
    ) -> Result<(Self, Reload), AccessError> {
        let settings = &config.authentication;
        let mut reload = Reload::new(remotes.clone(), issuer);
        let configuration = match &settings.config {
            None => oidc(config, issuer, remotes)?,
            Some(path) => Some(reload.authentication(path)?),
        };
        let policies = policies(config.authorization.policy_file.as_deref())?;
        let (authorization, always_allow) = match &config.authorization.config {
            Some(path) => (reload.authorization(path, policies)?, false),
            None => authorization(config, policies, remotes)?,
        };
        let access = Self {
            clients: clients(settings.client_ca_file.as_deref(), pki)?,
            request_header: request_header(config, pki)?,
            static_tokens: tokens(settings.token_file.as_deref())?,
            webhook: token_webhook(config, remotes)?,
            anonymous: anonymous(settings.anonymous, configuration.as_ref(), always_allow)?,
            configuration,
            authorization,
        };
        Ok((access, reload))
    }
}

fn read(flag: &'static str, path: &Path) -> Result<String, AccessError> {
    let wrong = |source| AccessError::Read {
        flag,
        path: path.to_owned(),
        source,
    };
    let mut text = String::new();
    let file = File::open(path).map_err(wrong)?;
    file.take(FILE_BYTES_MAX + 1)
        .read_to_string(&mut text)
        .map_err(wrong)?;
    if u64::try_from(text.len()).is_ok_and(|bytes| bytes <= FILE_BYTES_MAX) {
        return Ok(text);
    }
    let path = path.to_owned();
    Err(AccessError::TooLarge { flag, path })
}

fn tokens(path: Option<&Path>) -> Result<Vec<StaticToken>, AccessError> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let text = read("token-auth-file", path)?;
    StaticToken::parse_file(&path.display().to_string(), &text).map_err(AccessError::Tokens)
}

fn policies(path: Option<&Path>) -> Result<Option<Arc<AbacPolicies>>, AccessError> {
    const FLAG: &str = "authorization-policy-file";
    let Some(path) = path else {
        return Ok(None);
    };
    let policies = AbacPolicies::parse(&path.display().to_string(), &read(FLAG, path)?);
    policies
        .map(|policies| Some(Arc::new(policies)))
        .map_err(AccessError::Policies)
}

/// Anonymous requests would be everybody's where everybody may everything.
fn anonymous(
    flag: Option<bool>,
    configuration: Option<&AuthenticationConfiguration>,
    always_allow: bool,
) -> Result<Anonymous, AccessError> {
    let in_file = configuration.and_then(AuthenticationConfiguration::anonymous);
    let mut anonymous = match (in_file, flag) {
        (Some(_), Some(_)) => return Err(AccessError::AnonymousTwice),
        (Some(in_file), None) => in_file.clone(),
        (None, flag) => Anonymous {
            enabled: flag.unwrap_or(true),
            paths: Vec::new(),
        },
    };
    if always_allow && anonymous.enabled {
        tracing::warn!(
            "AnonymousAuth is not allowed with the AlwaysAllow authorizer. Resetting AnonymousAuth to false. You should use a different authorizer"
        );
        anonymous.enabled = false;
    }
    Ok(anonymous)
}

fn oidc(
    config: &Config,
    issuer: &str,
    remotes: &Remotes,
) -> Result<Option<AuthenticationConfiguration>, AccessError> {
    let settings = &config.authentication.oidc;
    let (Some(issuer_url), Some(client_id)) = (&settings.issuer_url, &settings.client_id) else {
        return Ok(None);
    };
    let authority = settings.ca_file.as_deref();
    let authority = authority
        .map(|path| read("oidc-ca-file", path))
        .transpose()?;
    let or = |given: &Option<String>, default: &str| given.as_deref().unwrap_or(default).to_owned();
    let flags = OidcFlags {
        issuer_url: issuer_url.clone(),
        client_id: client_id.clone(),
        certificate_authority: authority,
        username_claim: or(&settings.username_claim, "sub"),
        username_prefix: or(&settings.username_prefix, ""),
        groups_claim: or(&settings.groups_claim, ""),
        groups_prefix: or(&settings.groups_prefix, ""),
        required_claims: settings.required_claims.clone(),
        signing_algorithms: or_default(&settings.signing_algorithms, "RS256"),
    };
    AuthenticationConfiguration::from_flags(flags, &[issuer.to_owned()], remotes)
        .map(Some)
        .map_err(AccessError::Oidc)
}

fn or_default(given: &[String], default: &str) -> Vec<String> {
    if given.is_empty() {
        vec![default.to_owned()]
    } else {
        given.to_vec()
    }
}

/// The server that a kubeconfig file names.
pub(crate) fn endpoint(flag: &'static str, path: &Path) -> Result<Endpoint, AccessError> {
    Endpoint::load(path, None).map_err(|source| AccessError::Kubeconfig { flag, source })
}

fn token_webhook(config: &Config, remotes: &Remotes) -> Result<Option<TokenWebhook>, AccessError> {
    const FLAG: &str = "authentication-token-webhook-config-file";
    let settings = &config.authentication;
    let Some(path) = &settings.webhook else {
        return Ok(None);
    };
    let endpoint = endpoint(FLAG, path)?;
    TokenWebhook::new(
        remotes,
        &endpoint,
        &settings.webhook_version,
        settings.webhook_ttl,
    )
    .map(Some)
    .map_err(|source| AccessError::Webhook { flag: FLAG, source })
}

/// The authorizers of the flags, and whether one of them allows everything.
fn authorization(
    config: &Config,
    policies: Option<Arc<AbacPolicies>>,
    remotes: &Remotes,
) -> Result<(Authorization, bool), AccessError> {
    let settings = &config.authorization;
    if settings.modes.is_empty() {
        return Ok((Authorization::node_rbac(), false));
    }
    let mut modes = Vec::new();
    for mode in &settings.modes {
        modes.push(match mode.as_str() {
            "AlwaysAllow" => AuthorizationMode::AlwaysAllow,
            "AlwaysDeny" => AuthorizationMode::AlwaysDeny,
            "Node" => AuthorizationMode::Node,
            "RBAC" => AuthorizationMode::Rbac,
            "ABAC" => AuthorizationMode::Abac(
                policies
                    .clone()
                    .expect("the settings were checked: the mode ABAC has a file"),
            ),
            _ => AuthorizationMode::Webhook(Box::new(webhook(config, remotes)?)),
        });
    }
    let always_allow = settings.modes.iter().any(|mode| mode == "AlwaysAllow");
    Ok((Authorization { modes }, always_allow))
}

fn webhook(config: &Config, remotes: &Remotes) -> Result<WebhookAuthorization, AccessError> {
    const FLAG: &str = "authorization-webhook-config-file";
    let settings = &config.authorization;
    let path = settings.webhook.as_deref();
    let path = path.expect("the settings were checked: the mode Webhook has a file");
    let settings = WebhookSettings {
        name: "default".to_owned(),
        endpoint: endpoint(FLAG, path)?,
        version: settings.webhook_version.clone(),
        failure_policy: FailurePolicy::NoOpinion,
        timeout: WEBHOOK_TIMEOUT,
        authorized_ttl: settings.authorized_ttl,
        unauthorized_ttl: settings.unauthorized_ttl,
    };
    WebhookAuthorization::new(remotes, settings)
        .map_err(|source| AccessError::Webhook { flag: FLAG, source })
}

/// The cluster's own authority, and those of a file.
fn clients(
    path: Option<&Path>,
    pki: &Pki,
) -> Result<(Vec<CertificateDer<'static>>, String), AccessError> {
    let mut known = (vec![tls::root(pki)], pki.ca_pem.clone());
    if let Some(path) = path {
        let (roots, pem) = authorities("client-ca-file", path)?;
        known.0.extend(roots);
        known.1.push_str(&pem);
    }
    Ok(known)
}

/// The certificates of a file, and its text.
fn authorities(
    flag: &'static str,
    path: &Path,
) -> Result<(Vec<CertificateDer<'static>>, String), AccessError> {
    let pem = read(flag, path)?;
    let roots: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    match roots {
        Ok(roots) if !roots.is_empty() => Ok((roots, pem)),
        _ => Err(AccessError::NoCertificate {
            flag,
            path: path.to_owned(),
        }),
    }
}

fn request_header(config: &Config, pki: &Pki) -> Result<RequestHeader, AccessError> {
    const FLAG: &str = "requestheader-client-ca-file";
    let settings = &config.authentication.request_header;
    let (client_ca_pem, allowed_names, client_roots) = match &settings.client_ca_file {
        None => (
            pki.front_proxy_ca_pem.clone(),
            or_default(&settings.allowed_names, FRONT_PROXY),
            vec![tls::certificate(&pki.front_proxy_ca_pem)],
        ),
        Some(path) => {
            let (roots, pem) = authorities(FLAG, path)?;
            (pem, settings.allowed_names.clone(), roots)
        }
    };
    Ok(RequestHeader {
        client_roots,
        client_ca_pem,
        allowed_names,
        username_headers: or_default(&settings.username_headers, "X-Remote-User"),
        uid_headers: settings.uid_headers.clone(),
        group_headers: or_default(&settings.group_headers, "X-Remote-Group"),
        extra_header_prefixes: or_default(&settings.extra_prefixes, "X-Remote-Extra-"),
    })
}

#[cfg(test)]
mod tests;
