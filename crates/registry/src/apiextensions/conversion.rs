//! How objects of one version become objects of another.

use super::ratchet::Rules;
use crate::{admissionregistration::client_config, rules};
use api::{
    admissionregistration::v1 as admission,
    apiextensions::v1::{
        ConversionStrategyType, CustomResourceConversion, ServiceReference, WebhookClientConfig,
        WebhookConversion,
    },
};
use meta::{FieldErrors, FieldPath, Json, Slice, Str};
use structural::definition;

const STRATEGIES: &[&str] = &[
    ConversionStrategyType::NONE,
    ConversionStrategyType::WEBHOOK,
];
/// The versions of ConversionReview that a server understands.
const REVIEW_VERSIONS: &[&str] = &["v1", "v1beta1"];
const WEBHOOK_ONLY: &str = "should not be set when strategy is not set to Webhook";

/// Whether one of the versions is understood, or none is named.
pub(super) fn has_known_version(versions: &[Str]) -> bool {
    versions.is_empty() || versions.iter().any(is_known)
}

fn is_known(version: &Str) -> bool {
    REVIEW_VERSIONS.contains(&version.as_str())
}

/// Upstream `validateCustomResourceConversion`.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    conversion: &CustomResourceConversion,
    rules: &Rules,
) {
    rules::one_of(
        errors,
        &path.child("strategy"),
        &conversion.strategy,
        STRATEGIES,
    );
    let webhook = conversion.webhook.as_deref();
    let config = webhook.and_then(|webhook| webhook.client_config.as_deref());
    let config_path = path.child("webhookClientConfig");
    let versions_path = path.child("conversionReviewVersions");
    if conversion.strategy == ConversionStrategyType::WEBHOOK {
        match config {
            None => errors.required(&config_path, "required when strategy is set to Webhook"),
            Some(config) => check_config(errors, &config_path, config, rules),
        }
        let none = Slice::nil();
        let versions = webhook.map_or(&none, versions_of);
        check_versions(errors, &versions_path, versions, rules);
        return;
    }
    if config.is_some() {
        errors.forbidden(&config_path, WEBHOOK_ONLY);
    }
    if webhook.is_some_and(|webhook| !versions_of(webhook).is_empty()) {
        errors.forbidden(&versions_path, WEBHOOK_ONLY);
    }
}

fn versions_of(webhook: &WebhookConversion) -> &Slice<Str> {
    &webhook.conversion_review_versions
}

fn check_config(
    errors: &mut FieldErrors,
    path: &FieldPath,
    config: &WebhookClientConfig,
    rules: &Rules,
) {
    match (&config.url, &config.service) {
        (Some(url), None) => client_config::check_url(errors, &path.child("url"), url),
        (None, Some(service)) => {
            client_config::check_service(errors, &path.child("service"), &same(service));
        }
        _ => errors.required(path, "exactly one of url or service is required"),
    }
    if let (true, Some(problem)) = (
        rules.usable_ca_bundle,
        definition::ca_bundle_problem(&config.ca_bundle),
    ) {
        errors.invalid(&path.child("caBundle"), Json(&config.ca_bundle), problem);
    }
}

/// The same reference as that of an admission webhook.
fn same(service: &ServiceReference) -> admission::ServiceReference {
    admission::ServiceReference {
        namespace: service.namespace.clone(),
        name: service.name.clone(),
        path: service.path.clone(),
        port: service.port,
    }
}

fn check_versions(errors: &mut FieldErrors, path: &FieldPath, versions: &[Str], rules: &Rules) {
    if versions.is_empty() {
        return errors.required(path, "");
    }
    for (index, version) in versions.iter().enumerate() {
        let path = path.index(index);
        if versions[..index].contains(version) {
            errors.invalid(&path, version, "duplicate version");
        } else {
            rules::each(
                errors,
                &path,
                version,
                meta::validation::dns1035_label(version),
            );
        }
    }
    if rules.known_review_version && !versions.iter().any(is_known) {
        let words = format!(
            "must include at least one of {}",
            REVIEW_VERSIONS.join(", ")
        );
        errors.invalid(path, versions.to_vec(), words);
    }
}

#[cfg(test)]
mod tests;
