//! What a claim asks for: requests, constraints between them, configuration for drivers.

use super::{expression, fits, names, taints};
use crate::{core::csi, rules};
use api::{
    core::v1::Namespace,
    resource::v1::{
        DeviceClaim, DeviceConfiguration, DeviceConstraint, DeviceRequest, DeviceSelector,
        DeviceToleration,
    },
};
use meta::{FieldErrors, FieldPath, RawJson, Str};
use resource::RequestContext;
use std::sync::Arc;

pub(super) const REQUESTS_MAX: usize = 32;
pub(super) const CONFIGS_MAX: usize = 32;
const CONSTRAINTS_MAX: usize = 32;
const SELECTORS_MAX: usize = 32;
const ALTERNATIVES_MAX: usize = 8;
pub(super) const PARAMETERS_BYTES_MAX: usize = 10 * 1024;
const ADMIN_ACCESS: &str = "resource.kubernetes.io/admin-access";
/// How many devices a request takes: every one that fits, or so many.
const ALL: &str = "All";
const EXACT_COUNT: &str = "ExactCount";
const MODES: &[&str] = &[ALL, EXACT_COUNT];
const NO_SUCH_REQUEST: &str = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

pub(super) fn set_defaults(claim: &mut DeviceClaim) {
    for request in claim.requests.iter_mut() {
        if let Some(exactly) = &mut request.exactly {
            set_count(&mut exactly.allocation_mode, &mut exactly.count);
            taints::set_defaults(&mut exactly.tolerations);
        }
        for alternative in &mut request.first_available {
            set_count(&mut alternative.allocation_mode, &mut alternative.count);
            taints::set_defaults(&mut alternative.tolerations);
        }
    }
}

fn set_count(mode: &mut Str, count: &mut i64) {
    if mode.is_empty() {
        *mode = EXACT_COUNT.into();
    }
    if *mode == EXACT_COUNT && *count == 0 {
        *count = 1;
    }
}

/// Devices in use by others may be taken in namespaces that are labelled for it alone. Upstream asks this before all
/// else, and names the first.
pub(super) fn check_admin(
    cx: &RequestContext,
    errors: &mut FieldErrors,
    namespace: &str,
    asked: impl Iterator<Item = FieldPath>,
) {
    let mut asked = asked;
    let Some(first) = asked.next() else { return };
    let namespace: Option<Arc<Namespace>> = cx.get("", namespace);
    let labelled = namespace.is_some_and(|namespace| {
        let label = namespace.metadata.labels.get(ADMIN_ACCESS);
        label.is_some_and(|value| value == "true")
    });
    if labelled {
        return;
    }
    let others = std::mem::take(errors);
    let words = format!(
        "admin access to devices requires the `{ADMIN_ACCESS}: true` label on the containing namespace"
    );
    errors.forbidden(&first, words);
    errors.extend(others);
}

/// Where the requests ask for admin access. The path of a template is the same as a claim's.
pub(super) fn admin_requests(claim: &DeviceClaim) -> impl Iterator<Item = FieldPath> {
    let path = FieldPath::new("spec").child("devices").child("requests");
    let requests = claim.requests.iter().enumerate();
    let asks = |request: &DeviceRequest| {
        let exactly = request.exactly.as_ref();
        exactly.is_some_and(|exactly| exactly.admin_access == Some(true))
    };
    requests
        .filter(move |(_, request)| asks(request))
        .map(move |(index, _)| path.index(index).child("adminAccess"))
}

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, claim: &DeviceClaim) {
    let requests = path.child("requests");
    if fits(errors, &requests, claim.requests.len(), REQUESTS_MAX) {
        for (index, request) in claim.requests.iter().enumerate() {
            check_request(errors, &requests.index(index), request);
        }
        let names = claim.requests.iter().map(|request| &request.name);
        check_unique(errors, &requests, names);
    }
    let constraints = path.child("constraints");
    if fits(
        errors,
        &constraints,
        claim.constraints.len(),
        CONSTRAINTS_MAX,
    ) {
        for (index, constraint) in claim.constraints.iter().enumerate() {
            check_constraint(errors, &constraints.index(index), constraint, claim);
        }
    }
    let configs = path.child("config");
    if fits(errors, &configs, claim.config.len(), CONFIGS_MAX) {
        for (index, config) in claim.config.iter().enumerate() {
            let path = configs.index(index);
            check_references(errors, &path.child("requests"), &config.requests, claim);
            check_configuration(errors, &path, &config.device_configuration, false);
        }
    }
}

/// Each name stands once.
pub(super) fn check_unique<'a>(
    errors: &mut FieldErrors,
    path: &FieldPath,
    names: impl Iterator<Item = &'a Str>,
) {
    let mut seen: Vec<&Str> = Vec::new();
    for (index, name) in names.enumerate() {
        if seen.contains(&name) {
            errors.duplicate(&path.index(index), name);
        }
        seen.push(name);
    }
}

fn check_request(errors: &mut FieldErrors, path: &FieldPath, request: &DeviceRequest) {
    const ONE_OF: &str = "exactly one of `exactly` or `firstAvailable` is required";
    rules::label(errors, &path.child("name"), &request.name);
    match (&request.exactly, request.first_available.as_slice()) {
        (None, []) => errors.required(path, ONE_OF),
        (Some(_), [_, ..]) => {
            let words = format!("{ONE_OF}, but multiple fields are set");
            errors.invalid(path, meta::Verbatim("null"), words);
        }
        (Some(exactly), []) => check_device(
            errors,
            &path.child("exactly"),
            &exactly.device_class_name,
            &exactly.selectors,
            (&exactly.allocation_mode, exactly.count),
            &exactly.tolerations,
        ),
        (None, alternatives) => {
            let path = path.child("firstAvailable");
            if !fits(errors, &path, alternatives.len(), ALTERNATIVES_MAX) {
                return;
            }
            for (index, one) in alternatives.iter().enumerate() {
                let path = path.index(index);
                rules::label(errors, &path.child("name"), &one.name);
                let amount = (&one.allocation_mode, one.count);
                check_device(
                    errors,
                    &path,
                    &one.device_class_name,
                    &one.selectors,
                    amount,
                    &one.tolerations,
                );
            }
            check_unique(errors, &path, alternatives.iter().map(|one| &one.name));
        }
    }
}

fn check_device(
    errors: &mut FieldErrors,
    path: &FieldPath,
    class: &Str,
    selectors: &[DeviceSelector],
    (mode, count): (&Str, i64),
    tolerations: &[DeviceToleration],
) {
    let field = path.child("deviceClassName");
    if class.is_empty() {
        errors.required(&field, "");
    } else {
        rules::subdomain(errors, &field, class);
    }
    check_selectors(errors, &path.child("selectors"), selectors, false);
    let field = path.child("count");
    match mode.as_str() {
        ALL if count != 0 => {
            let words = format!("must not be specified when allocationMode is '{mode}'");
            errors.invalid(&field, count, words);
        }
        EXACT_COUNT if count <= 0 => {
            errors.invalid(&field, count, "must be greater than zero");
        }
        _ => rules::optional_one_of(errors, &path.child("allocationMode"), Some(mode), MODES),
    }
    taints::check_tolerations(errors, &path.child("tolerations"), tolerations);
}

/// `stored`: they compiled before, and are not looked at again.
pub(super) fn check_selectors(
    errors: &mut FieldErrors,
    path: &FieldPath,
    selectors: &[DeviceSelector],
    stored: bool,
) {
    if !fits(errors, path, selectors.len(), SELECTORS_MAX) {
        return;
    }
    for (index, selector) in selectors.iter().enumerate() {
        let path = path.index(index).child("cel");
        match &selector.cel {
            None => errors.required(&path, ""),
            Some(_) if stored => {}
            Some(cel) => expression::check(errors, &path.child("expression"), &cel.expression),
        }
    }
}

fn check_constraint(
    errors: &mut FieldErrors,
    path: &FieldPath,
    constraint: &DeviceConstraint,
    claim: &DeviceClaim,
) {
    check_references(errors, &path.child("requests"), &constraint.requests, claim);
    match (&constraint.match_attribute, &constraint.distinct_attribute) {
        (Some(name), _) => names::check_fully_qualified(errors, &path.child("matchAttribute"), name),
        (None, Some(name)) => names::check_fully_qualified(errors, &path.child("distinctAttribute"), name),
        (None, None) => errors.required(
            path,
            "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are set",
        ),
    }
}

/// Names of requests of the claim, each once.
pub(super) fn check_references(
    errors: &mut FieldErrors,
    path: &FieldPath,
    references: &[Str],
    claim: &DeviceClaim,
) {
    if fits(errors, path, references.len(), REQUESTS_MAX) {
        for (index, reference) in references.iter().enumerate() {
            check_reference(errors, &path.index(index), reference, claim);
        }
        check_unique(errors, path, references.iter());
    }
}

/// `request`, or `request/alternative`.
pub(super) fn check_reference(
    errors: &mut FieldErrors,
    path: &FieldPath,
    reference: &str,
    claim: &DeviceClaim,
) {
    let segments: Vec<&str> = reference.split('/').collect();
    if segments.len() > 2 {
        return errors.invalid(path, reference, NO_SUCH_REQUEST);
    }
    for segment in &segments {
        rules::label(errors, path, segment);
    }
    let mut requests = claim.requests.iter();
    let request = requests.find(|request| request.name == segments[0]);
    let found = request.is_some_and(|request| match segments.get(1) {
        None => true,
        Some(name) => request.first_available.iter().any(|one| one.name == *name),
    });
    if !found {
        errors.invalid(path, reference, NO_SUCH_REQUEST);
    }
}

pub(super) fn check_configuration(
    errors: &mut FieldErrors,
    path: &FieldPath,
    config: &DeviceConfiguration,
    stored: bool,
) {
    let path = path.child("opaque");
    let Some(opaque) = &config.opaque else {
        return errors.required(&path, "");
    };
    csi::check_driver_name(errors, &path.child("driver"), &opaque.driver);
    let bytes_max = if stored {
        usize::MAX
    } else {
        PARAMETERS_BYTES_MAX
    };
    check_raw(
        errors,
        &path.child("parameters"),
        &opaque.parameters,
        bytes_max,
    );
}

/// A JSON object of bounded size.
pub(super) fn check_raw(
    errors: &mut FieldErrors,
    path: &FieldPath,
    raw: &RawJson,
    bytes_max: usize,
) {
    let bytes = raw.as_bytes();
    if raw.is_nil() || bytes.is_empty() || bytes == b"null" {
        errors.required(path, "");
    } else if bytes.len() > bytes_max {
        errors.too_long(path, bytes_max);
    } else if !bytes.trim_ascii_start().starts_with(b"{") {
        errors.invalid(path, "<value omitted>", "must be a valid JSON object");
    }
}
