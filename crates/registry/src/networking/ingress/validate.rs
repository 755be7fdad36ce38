//! Validation of Ingresses (`pkg/apis/networking/validation`).

use crate::{
    networking::{addresses, reference},
    rules,
};
use api::{
    core::v1::TypedLocalObjectReference,
    networking::v1::{
        HTTPIngressPath, Ingress, IngressBackend, IngressRule, IngressRuleValue,
        IngressServiceBackend, IngressTLS,
    },
};
use meta::{FieldErrors, FieldPath, validation};

const PATH_TYPES: &[&str] = &["Exact", "ImplementationSpecific", "Prefix"];
const BAD_PARTS: &[&str] = &["//", "/./", "/../", "%2f", "%2F"];
const BAD_ENDS: &[&str] = &["/..", "/."];
const ABSOLUTE: &str = "must be an absolute path";
const NO_ADDRESS: &str = "must be a DNS name, not an IP address";

/// What was wrong before may stay wrong.
pub(super) fn ingress(errors: &mut FieldErrors, new: &Ingress, old: Option<&Ingress>) {
    let path = FieldPath::new("spec");
    let spec = &new.spec;
    if spec.rules.is_empty() && spec.default_backend.is_none() {
        let words = "either `defaultBackend` or `rules` must be specified";
        errors.invalid(&path, &spec.rules, words);
    }
    if let Some(default) = &spec.default_backend {
        backend(errors, &path.child("defaultBackend"), default);
    }
    let lenient = old.is_some_and(|old| old.spec.rules.iter().any(is_bad_wildcard));
    for (index, one) in spec.rules.iter().enumerate() {
        rule(errors, &path.child("rules").index(index), one, lenient);
    }
    let lenient = old.is_some_and(|old| old.spec.tls.iter().any(has_bad_secret));
    for (index, one) in spec.tls.iter().enumerate() {
        tls(errors, &path.child("tls").index(index), one, lenient);
    }
    if let Some(class) = &spec.ingress_class_name {
        rules::subdomain(errors, &path.child("ingressClassName"), class);
    }
}

fn is_bad_wildcard(rule: &IngressRule) -> bool {
    let mut errors = FieldErrors::new();
    value(&mut errors, &FieldPath::root(), &rule.ingress_rule_value);
    rule.host.contains('*') && !errors.is_empty()
}

fn has_bad_secret(tls: &IngressTLS) -> bool {
    !tls.secret_name.is_empty() && !validation::dns1123_subdomain(&tls.secret_name).is_empty()
}

fn host(errors: &mut FieldErrors, path: &FieldPath, host: &str) {
    let problems = if host.contains('*') {
        validation::wildcard_dns1123_subdomain(host)
    } else {
        validation::dns1123_subdomain(host)
    };
    rules::each(errors, path, host, problems);
}

fn tls(errors: &mut FieldErrors, path: &FieldPath, tls: &IngressTLS, lenient: bool) {
    for (index, name) in tls.hosts.iter().enumerate() {
        host(errors, &path.child("hosts").index(index), name);
    }
    if !lenient && !tls.secret_name.is_empty() {
        rules::subdomain(errors, &path.child("secretName"), &tls.secret_name);
    }
}

fn rule(errors: &mut FieldErrors, path: &FieldPath, rule: &IngressRule, lenient: bool) {
    let at = path.child("host");
    if !rule.host.is_empty() {
        if addresses::parse_sloppy(&rule.host).is_some() {
            errors.invalid(&at, &rule.host, NO_ADDRESS);
        }
        host(errors, &at, &rule.host);
    }
    if !rule.host.contains('*') || !lenient {
        value(errors, path, &rule.ingress_rule_value);
    }
}

fn value(errors: &mut FieldErrors, path: &FieldPath, value: &IngressRuleValue) {
    let Some(http) = &value.http else { return };
    let paths = path.child("http").child("paths");
    if http.paths.is_empty() {
        errors.required(&paths, "");
    }
    for (index, one) in http.paths.iter().enumerate() {
        http_path(errors, &paths.index(index), one);
    }
}

fn http_path(errors: &mut FieldErrors, path: &FieldPath, http: &HTTPIngressPath) {
    let (at, text) = (path.child("path"), http.path.as_str());
    let Some(kind) = &http.path_type else {
        return errors.required(&path.child("pathType"), "pathType must be specified");
    };
    match kind.as_str() {
        "Exact" | "Prefix" => {
            if !text.starts_with('/') {
                errors.invalid(&at, text, ABSOLUTE);
            }
            for bad in BAD_PARTS.iter().filter(|bad| text.contains(**bad)) {
                errors.invalid(&at, text, format!("must not contain '{bad}'"));
            }
            for bad in BAD_ENDS.iter().filter(|bad| text.ends_with(**bad)) {
                errors.invalid(&at, text, format!("cannot end with '{bad}'"));
            }
        }
        "ImplementationSpecific" => {
            if !text.is_empty() && !text.starts_with('/') {
                errors.invalid(&at, text, ABSOLUTE);
            }
        }
        other => errors.not_supported(&path.child("pathType"), other, PATH_TYPES),
    }
    backend(errors, &path.child("backend"), &http.backend);
}

fn backend(errors: &mut FieldErrors, path: &FieldPath, backend: &IngressBackend) {
    match (&backend.resource, &backend.service) {
        (Some(_), Some(_)) => {
            errors.invalid(path, "", "cannot set both resource and service backends");
        }
        (Some(resource), None) => local_reference(errors, &path.child("resource"), resource),
        (None, Some(one)) => service(errors, path, one),
        (None, None) => errors.invalid(path, "", "resource or service backend is required"),
    }
}

fn service(errors: &mut FieldErrors, path: &FieldPath, service: &IngressServiceBackend) {
    let at = path.child("service");
    if service.name.is_empty() {
        errors.required(&at.child("name"), "");
    } else {
        rules::label(errors, &at.child("name"), &service.name);
    }
    let (port, at) = (&service.port, at.child("port"));
    match (port.name.is_empty(), port.number) {
        (false, 0) => {
            let problems = validation::port_name(&port.name);
            rules::each(errors, &at.child("name"), &port.name, problems);
        }
        (false, _) => errors.invalid(path, "", "cannot set both port name & port number"),
        (true, 0) => errors.required(path, "port name or number is required"),
        (true, number) => {
            let problems = validation::port_number(number);
            rules::each_number(errors, &at.child("number"), number.into(), problems);
        }
    }
}

fn local_reference(
    errors: &mut FieldErrors,
    path: &FieldPath,
    resource: &TypedLocalObjectReference,
) {
    reference::group(errors, &path.child("apiGroup"), resource.api_group.as_ref());
    let (kind, name) = (&resource.kind, &resource.name);
    reference::segment(errors, &path.child("kind"), kind);
    reference::segment(errors, &path.child("name"), name);
}

/// The addresses at which it is reached.
pub(super) fn status(errors: &mut FieldErrors, new: &Ingress, old: &Ingress) {
    let before: Vec<&str> = old
        .status
        .load_balancer
        .ingress
        .iter()
        .map(|point| point.ip.as_str())
        .collect();
    let path = FieldPath::new("status.loadBalancer.ingress");
    for (index, point) in new.status.load_balancer.ingress.iter().enumerate() {
        let path = path.index(index);
        if !point.ip.is_empty() {
            addresses::legacy_address(errors, &path.child("ip"), &point.ip, &before);
        }
        if !point.hostname.is_empty() {
            let at = path.child("hostname");
            rules::subdomain(errors, &at, &point.hostname);
            if addresses::parse_sloppy(&point.hostname).is_some() {
                errors.invalid(&at, &point.hostname, NO_ADDRESS);
            }
        }
    }
}
