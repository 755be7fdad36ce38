//! Structured authorization configuration: which authorizers decide, several webhooks among them.
//! Upstream: `pkg/apis/apiserver` and its `validation`.
use super::{
    AbacPolicies, Authorization, AuthorizationMode, FailurePolicy, WebhookAuthorization,
    WebhookSettings, conditions::Conditions,
};
use crate::{
    config_document::{self, ConfigurationError, Fields, Wrong},
    remote::Remotes,
};
use client::kubeconfig::Endpoint;
use meta::{FieldErrors, FieldPath, validation};
use std::{collections::HashSet, path::Path, sync::Arc, time::Duration};

const TYPES: [&str; 6] = [
    "ABAC",
    "AlwaysAllow",
    "AlwaysDeny",
    "Node",
    "RBAC",
    "Webhook",
];
const TIMEOUT_MAX: Duration = Duration::from_secs(30);
const AUTHORIZED_TTL: Duration = Duration::from_secs(300);
const UNAUTHORIZED_TTL: Duration = Duration::from_secs(30);

struct Authorizer {
    type_: String,
    name: String,
    webhook: Option<Webhook>,
}

struct Webhook {
    authorized_ttl: meta::Duration,
    cache_authorized: bool,
    unauthorized_ttl: meta::Duration,
    cache_unauthorized: bool,
    timeout: meta::Duration,
    version: String,
    condition_version: String,
    failure_policy: String,
    connection_type: String,
    kubeconfig: Option<String>,
    conditions: Vec<String>,
}

impl Authorization {
    /// Reads the text of an AuthorizationConfiguration, and the kubeconfig files that it names. `policies` are those of the type ABAC.
    ///
    /// # Errors
    /// When it is not such a configuration, or not a valid one; in upstream's words.
    pub fn parse(
        text: &str,
        policies: Option<&Arc<AbacPolicies>>,
        remotes: &Remotes,
    ) -> Result<Self, ConfigurationError> {
        let authorizers = read(text)?;
        let mut errors = FieldErrors::new();
        let conditions = validate(&mut errors, &authorizers);
        if !errors.is_empty() {
            return Err(ConfigurationError::Invalid {
                what: "authorization",
                errors: errors.aggregate(),
            });
        }
        let modes = authorizers
            .into_iter()
            .zip(conditions)
            .map(|(authorizer, conditions)| mode(authorizer, conditions, policies, remotes));
        Ok(Self {
            modes: modes.collect::<Result<_, _>>()?,
        })
    }
}

fn read(text: &str) -> Result<Vec<Authorizer>, ConfigurationError> {
    let document = config_document::parse(text, "AuthorizationConfiguration")?;
    let wrong = Wrong::default();
    let read = {
        let fields = Fields::of_document(&document, &wrong);
        let authorizers = fields.objects("authorizers");
        authorizers
            .iter()
            .map(|fields| Authorizer {
                type_: fields.text("type"),
                name: fields.text("name"),
                webhook: {
                    let webhook = fields.object("webhook");
                    webhook.is_there().then(|| read_webhook(&webhook))
                },
            })
            .collect()
    };
    wrong.into_result().map(|()| read)
}

fn read_webhook(fields: &Fields<'_>) -> Webhook {
    let connection = fields.object("connectionInfo");
    let or_default = |name, default: Duration| match fields.duration(name) {
        zero if zero.nanos() == 0 => default.into(),
        given => given,
    };
    Webhook {
        authorized_ttl: or_default("authorizedTTL", AUTHORIZED_TTL),
        cache_authorized: fields.switch("cacheAuthorizedRequests").unwrap_or(true),
        unauthorized_ttl: or_default("unauthorizedTTL", UNAUTHORIZED_TTL),
        cache_unauthorized: fields.switch("cacheUnauthorizedRequests").unwrap_or(true),
        timeout: fields.duration("timeout"),
        version: fields.text("subjectAccessReviewVersion"),
        condition_version: fields.text("matchConditionSubjectAccessReviewVersion"),
        failure_policy: fields.text("failurePolicy"),
        connection_type: connection.text("type"),
        kubeconfig: connection.optional_text("kubeConfigFile"),
        conditions: fields
            .objects("matchConditions")
            .iter()
            .map(|condition| condition.text("expression"))
            .collect(),
    }
}

/// The compiled conditions of each authorizer; of use when there are no errors.
fn validate(errors: &mut FieldErrors, authorizers: &[Authorizer]) -> Vec<Conditions> {
    let root = FieldPath::new("authorizers");
    if authorizers.is_empty() {
        errors.required(&root, "at least one authorization mode must be defined");
    }
    let (mut types, mut names) = (HashSet::new(), HashSet::new());
    let mut res = Vec::new();
    for (index, authorizer) in authorizers.iter().enumerate() {
        let path = root.index(index);
        let type_ = authorizer.type_.as_str();
        res.push(Conditions::default());
        if type_.is_empty() {
            errors.required(&path.child("type"), "");
        } else if !TYPES.contains(&type_) {
            errors.not_supported(&path.child("type"), type_, &TYPES);
        } else if !types.insert(type_) && type_ != "Webhook" {
            errors.duplicate(&path.child("type"), type_);
        } else {
            check_name(errors, &path, &authorizer.name, &mut names);
            match (&authorizer.webhook, type_) {
                (None, "Webhook") => {
                    errors.required(&path.child("webhook"), "required when type=Webhook");
                }
                (Some(webhook), "Webhook") => res[index] = check_webhook(errors, &path, webhook),
                (Some(_), _) => errors.invalid(
                    &path.child("webhook"),
                    "non-null",
                    "may only be specified when type=Webhook",
                ),
                (None, _) => {}
            }
        }
    }
    res
}

fn check_name<'a>(
    errors: &mut FieldErrors,
    path: &FieldPath,
    name: &'a str,
    names: &mut HashSet<&'a str>,
) {
    let path = path.child("name");
    let new = names.insert(name);
    if name.is_empty() {
        errors.required(&path, "");
    } else if !new {
        errors.duplicate(&path, name);
    } else {
        let wrong = validation::dns1123_subdomain(name);
        if !wrong.is_empty() {
            let words = format!("authorizer name is invalid: {}", wrong.join(", "));
            errors.invalid(&path, name, words);
        }
    }
}

fn check_webhook(errors: &mut FieldErrors, path: &FieldPath, webhook: &Webhook) -> Conditions {
    let timeout = webhook.timeout;
    if timeout.nanos() == 0 {
        errors.required(&path.child("timeout"), "");
    } else if timeout.nanos() < 0 || timeout.to_std() > TIMEOUT_MAX {
        let shown = timeout.to_string();
        errors.invalid(&path.child("timeout"), &*shown, "must be > 0s and <= 30s");
    }
    for (name, ttl) in [
        ("authorizedTTL", webhook.authorized_ttl),
        ("unauthorizedTTL", webhook.unauthorized_ttl),
    ] {
        if ttl.nanos() < 0 {
            errors.invalid(&path.child(name), &*ttl.to_string(), "must be > 0s");
        }
    }
    one_of(
        errors,
        &path.child("subjectAccessReviewVersion"),
        &webhook.version,
        &["v1", "v1beta1"],
    );
    let at = path.child("matchConditionSubjectAccessReviewVersion");
    match webhook.condition_version.as_str() {
        "" if webhook.conditions.is_empty() => {}
        "" => errors.required(&at, "required if match conditions are specified"),
        found => one_of(errors, &at, found, &["v1"]),
    }
    one_of(
        errors,
        &path.child("failurePolicy"),
        &webhook.failure_policy,
        &["NoOpinion", "Deny"],
    );
    check_connection(errors, &path.child("connectionInfo"), webhook);
    Conditions::compile(errors, path, &webhook.conditions)
}

fn one_of(errors: &mut FieldErrors, path: &FieldPath, found: &str, known: &[&str]) {
    if found.is_empty() {
        errors.required(path, "");
    } else if !known.contains(&found) {
        errors.not_supported(path, found, known);
    }
}

fn check_connection(errors: &mut FieldErrors, path: &FieldPath, webhook: &Webhook) {
    let file = path.child("kubeConfigFile");
    match (
        webhook.connection_type.as_str(),
        webhook.kubeconfig.as_deref(),
    ) {
        ("", _) => errors.required(&path.child("type"), ""),
        ("InClusterConfig", Some(given)) => {
            errors.invalid(&file, given, "can only be set when type=KubeConfigFile");
        }
        ("InClusterConfig", None) => errors.invalid(
            &path.child("type"),
            "InClusterConfig",
            "the API server does not run in a pod: use KubeConfigFile",
        ),
        ("KubeConfigFile", None | Some("")) => errors.required(&file, ""),
        ("KubeConfigFile", Some(given)) => match std::fs::metadata(given) {
            _ if !Path::new(given).is_absolute() => {
                errors.invalid(&file, given, "must be an absolute path");
            }
            Err(error) => errors.invalid(&file, given, format!("error loading file: {error}")),
            Ok(found) if !found.is_file() => {
                errors.invalid(&file, given, "must be a regular file");
            }
            Ok(_) => {}
        },
        (other, _) => errors.not_supported(
            &path.child("type"),
            other,
            &["InClusterConfig", "KubeConfigFile"],
        ),
    }
}

fn mode(
    authorizer: Authorizer,
    conditions: Conditions,
    policies: Option<&Arc<AbacPolicies>>,
    remotes: &Remotes,
) -> Result<AuthorizationMode, ConfigurationError> {
    let webhook = match (authorizer.type_.as_str(), authorizer.webhook) {
        ("AlwaysAllow", _) => return Ok(AuthorizationMode::AlwaysAllow),
        ("Node", _) => return Ok(AuthorizationMode::Node),
        ("RBAC", _) => return Ok(AuthorizationMode::Rbac),
        ("ABAC", _) => {
            let missing = || {
                let words = "authorization-mode ABAC's authorization policy file not passed";
                ConfigurationError::Syntax(words.to_owned())
            };
            let policies = policies.ok_or_else(missing)?;
            return Ok(AuthorizationMode::Abac(Arc::clone(policies)));
        }
        ("Webhook", Some(webhook)) => webhook,
        _ => return Ok(AuthorizationMode::AlwaysDeny),
    };
    let file = webhook.kubeconfig.unwrap_or_default();
    let endpoint = Endpoint::load(Path::new(&file), None)
        .map_err(|error| ConfigurationError::Syntax(error.to_string()))?;
    let kept = |cache: bool, ttl: meta::Duration| if cache { ttl.to_std() } else { Duration::ZERO };
    let settings = WebhookSettings {
        name: authorizer.name,
        endpoint,
        version: webhook.version,
        failure_policy: if webhook.failure_policy == "Deny" {
            FailurePolicy::Deny
        } else {
            FailurePolicy::NoOpinion
        },
        timeout: webhook.timeout.to_std(),
        authorized_ttl: kept(webhook.cache_authorized, webhook.authorized_ttl),
        unauthorized_ttl: kept(webhook.cache_unauthorized, webhook.unauthorized_ttl),
    };
    let webhook = WebhookAuthorization::with_conditions(remotes, settings, conditions)?;
    Ok(AuthorizationMode::Webhook(Box::new(webhook)))
}

#[cfg(test)]
mod tests;
