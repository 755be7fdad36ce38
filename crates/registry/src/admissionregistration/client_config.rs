//! Where a webhook is: a URL, or a Service of the cluster.

use crate::rules;
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
            let quoted = meta::go_quote(text);
            let words = format!("url must be a valid URL: parse {quoted}: {why}{FORM}");
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

/// The parts of a URL, as Go's `net/url` divides it.
struct Url<'a> {
    scheme: String,
    user: Option<&'a str>,
    host: &'a str,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Url<'a> {
    fn parse(text: &'a str) -> Result<Self, &'static str> {
        if text.bytes().any(|byte| byte.is_ascii_control()) {
            return Err("net/url: invalid control character in URL");
        }
        let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
        let (scheme, rest) = split_scheme(rest)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let Some(rest) = rest.strip_prefix("//") else {
            let first = rest.split('/').next().unwrap_or_default();
            if scheme.is_empty() && first.contains(':') {
                return Err("first path segment in URL cannot contain colon");
            }
            return Ok(Self {
                scheme,
                user: None,
                host: "",
                query,
                fragment,
            });
        };
        let authority = rest.split('/').next().unwrap_or_default();
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        if host.contains(' ') {
            return Err("invalid character \" \" in host name");
        }
        Ok(Self {
            scheme,
            user,
            host,
            query,
            fragment,
        })
    }
}

/// The scheme in lower case, empty when there is none, and what is behind its colon.
fn split_scheme(text: &str) -> Result<(String, &str), &'static str> {
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b':' if index == 0 => return Err("missing protocol scheme"),
            b':' => return Ok((text[..index].to_ascii_lowercase(), &text[index + 1..])),
            _ => break,
        }
    }
    Ok((String::new(), text))
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
