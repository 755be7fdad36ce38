//! Where a webhook is: a URL, or a Service of the cluster.

use crate::{rules, url::Url};
use api::admissionregistration::v1::{ServiceReference, WebhookClientConfig};
use meta::{FieldErrors, FieldPath, validation};

const FORM: &str = "; desired format: https://host[/path]";
const HTTPS: i32 = 443;

pub(super) fn set_defaults(config: &mut WebhookClientConfig) {
    if let Some(service) = &mut config.service {
        service.port.get_or_insert(HTTPS);
    }
}

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, config: &WebhookClientConfig) {
    match (&config.url, &config.service) {
        (Some(url), None) => check_url(errors, &path.child("url"), url),
        (None, Some(service)) => check_service(errors, &path.child("service"), service),
        _ => errors.required(path, "exactly one of url or service is required"),
    }
}

/// Upstream `apiserver/pkg/util/webhook.ValidateWebhookURL`.
pub(crate) fn check_url(errors: &mut FieldErrors, path: &FieldPath, text: &str) {
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(why) => {
            let words = format!("url must be a valid URL: {why}{FORM}");
            return errors.required(path, words);
        }
    };
    if url.scheme != "https" {
        let words = format!("'https' is the only allowed URL scheme{FORM}");
        errors.invalid(path, &url.scheme, words);
    }
    if url.host.is_empty() {
        errors.invalid(path, url.host, format!("host must be specified{FORM}"));
    }
    if let Some(user) = url.user {
        errors.invalid(path, user, "user information is not permitted in the URL");
    }
    if !url.fragment.is_empty() {
        errors.invalid(path, url.fragment, "fragments are not permitted in the URL");
    }
    if !url.query.is_empty() {
        errors.invalid(
            path,
            url.query,
            "query parameters are not permitted in the URL",
        );
    }
}

/// Upstream `apiserver/pkg/util/webhook.ValidateWebhookService`, called with name and namespace the wrong way round: each is
/// missed under the other's path.
pub(crate) fn check_service(
    errors: &mut FieldErrors,
    path: &FieldPath,
    service: &ServiceReference,
) {
    rules::required(errors, &path.child("name"), &service.namespace);
    rules::required(errors, &path.child("namespace"), &service.name);
    let port = service.port.unwrap_or_default();
    let problems = validation::port_number(port);
    if !problems.is_empty() {
        let words = format!("port is not valid: {}", problems.join(", "));
        errors.invalid(&path.child("port"), port, words);
    }
    if let Some(url_path) = &service.path {
        check_path(errors, &path.child("path"), url_path);
    }
}

fn check_path(errors: &mut FieldErrors, path: &FieldPath, text: &str) {
    match text {
        "" | "/" => return,
        "//" => return errors.invalid(path, text, "segment[0] may not be empty"),
        _ => {}
    }
    if !text.starts_with('/') {
        errors.invalid(path, text, "must start with a '/'");
    }
    // Upstream drops one byte, whatever it is.
    let steps = String::from_utf8_lossy(&text.as_bytes()[1..]);
    let steps = steps.strip_suffix('/').unwrap_or(&steps);
    for (index, step) in steps.split('/').enumerate() {
        if step.is_empty() {
            errors.invalid(path, text, format!("segment[{index}] may not be empty"));
            continue;
        }
        for words in validation::dns1123_subdomain(step) {
            errors.invalid(path, text, format!("segment[{index}]: {words}"));
        }
    }
}

#[cfg(test)]
mod tests;
