//! References of the downward API: to fields of the pod, to resources of a container.

use crate::rules;
use api::core::v1::{ObjectFieldSelector, ResourceFieldSelector};
use meta::{FieldErrors, FieldPath};

const VARIABLES: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];
const FILES: &[&str] = &[
    "metadata.annotations",
    "metadata.labels",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
];
/// Other fields that upstream converts, although nothing may refer to them.
const CONVERTED: &[&str] = &["spec.restartPolicy", "spec.schedulerName", "status.phase"];
const RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];
const HUGE_PAGES: &[&str] = &["limits.hugepages-", "requests.hugepages-"];
const CPU_DIVISORS: &[&str] = &["1", "1m"];
const BYTE_DIVISORS: &[&str] = &[
    "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei",
];

/// What takes the value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Variable,
    File,
}

pub(super) fn check_field(
    errors: &mut FieldErrors,
    path: &FieldPath,
    field: &ObjectFieldSelector,
    target: Target,
) {
    let place = path.child("fieldPath");
    let text = field.field_path.as_str();
    if field.api_version.is_empty() {
        return errors.required(&path.child("apiVersion"), "");
    }
    if text.is_empty() {
        return errors.required(&place, "");
    }
    let refuse = |errors: &mut FieldErrors, why: String| {
        errors.invalid(&place, text, format!("error converting fieldPath: {why}"));
    };
    if field.api_version != "v1" {
        return refuse(
            errors,
            format!("unsupported pod version: {}", field.api_version),
        );
    }
    if let Some((map, key)) = subscript(text) {
        return match map {
            "metadata.annotations" => rules::qualified_name(errors, path, &key.to_lowercase()),
            "metadata.labels" => rules::qualified_name(errors, path, key),
            _ => refuse(
                errors,
                format!("field label does not support subscript: {text}"),
            ),
        };
    }
    let text = if text == "spec.host" {
        "spec.nodeName"
    } else {
        text
    };
    let known = match target {
        Target::Variable => VARIABLES,
        Target::File => FILES,
    };
    if known.contains(&text) {
        return;
    }
    if [VARIABLES, FILES, CONVERTED].concat().contains(&text) {
        errors.not_supported(&place, text, known);
    } else {
        refuse(errors, format!("field label not supported: {text}"));
    }
}

/// `metadata.labels['key']`.
fn subscript(text: &str) -> Option<(&str, &str)> {
    let (map, rest) = text.strip_suffix("']")?.split_once("['")?;
    (!map.is_empty()).then_some((map, rest))
}

pub(super) fn check_resource(
    errors: &mut FieldErrors,
    path: &FieldPath,
    reference: &ResourceFieldSelector,
    target: Target,
) {
    let resource = reference.resource.as_str();
    if target == Target::File && reference.container_name.is_empty() {
        errors.required(&path.child("containerName"), "");
    } else if resource.is_empty() {
        errors.required(&path.child("resource"), "");
    } else if !RESOURCES.contains(&resource)
        && !HUGE_PAGES.iter().any(|prefix| resource.starts_with(prefix))
    {
        errors.not_supported(&path.child("resource"), resource, RESOURCES);
    }
    check_divisor(errors, &path.child("divisor"), reference);
}

fn check_divisor(errors: &mut FieldErrors, path: &FieldPath, reference: &ResourceFieldSelector) {
    if reference.divisor.is_zero() {
        return;
    }
    let resource = reference.resource.as_str();
    let kind = resource.strip_prefix("limits.");
    let kind = kind
        .or_else(|| resource.strip_prefix("requests."))
        .unwrap_or_default();
    let bytes = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
    let (known, words) = match kind {
        "cpu" => (
            CPU_DIVISORS,
            "only divisor's values 1m and 1 are supported with the cpu resource".to_owned(),
        ),
        "memory" => (
            BYTE_DIVISORS,
            format!("only divisor's values {bytes} are supported with the memory resource"),
        ),
        "ephemeral-storage" => (
            BYTE_DIVISORS,
            format!(
                "only divisor's values {bytes} are supported with the local ephemeral storage resource"
            ),
        ),
        _ if kind.starts_with("hugepages-") => (
            BYTE_DIVISORS,
            format!("only divisor's values {bytes} are supported with the hugepages resource"),
        ),
        _ => return,
    };
    if !known.contains(&reference.divisor.to_string().as_str()) {
        errors.invalid(path, resource, words);
    }
}
