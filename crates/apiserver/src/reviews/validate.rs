//! What is wrong with a question about permissions. Upstream: `pkg/apis/authorization/validation`.
use api::authorization::v1::{
    FieldSelectorAttributes, LabelSelectorAttributes, NonResourceAttributes, ResourceAttributes,
};
use meta::{ApiError, FieldErrors, FieldPath, ObjectMeta, Str, Verbatim};

const BOTH: &str = "may not specified at the same time as requirements";

/// What of a review is looked at.
pub(super) struct Asked<'a> {
    pub(super) metadata: &'a ObjectMeta,
    pub(super) resource: Option<&'a ResourceAttributes>,
    pub(super) path: Option<&'a NonResourceAttributes>,
    /// User and groups, when the question is about others.
    pub(super) subject: Option<(&'a Str, &'a [Str])>,
    /// The question is about one namespace.
    pub(super) local: bool,
}

pub(super) fn check(asked: &Asked<'_>) -> Result<(), ApiError> {
    let mut errors = FieldErrors::new();
    let spec = FieldPath::new("spec");
    check_attributes(&mut errors, &spec, asked);
    let (metadata, field) = (asked.metadata, FieldPath::new("metadata"));
    let mut rest = metadata.clone();
    rest.managed_fields = Vec::new();
    if asked.local {
        rest.namespace = Str::default();
    }
    if rest != ObjectMeta::default() {
        let words = if asked.local {
            "must be empty except for namespace"
        } else {
            "must be empty"
        };
        errors.invalid(&field, meta::Json(metadata), words);
    }
    if asked.local {
        check_place(&mut errors, &spec, asked);
    }
    if errors.is_empty() {
        return Ok(());
    }
    // Upstream names the group alone here, which leaves the kind empty.
    Err(ApiError::invalid("authorization.k8s.io", "", "", &errors))
}

fn check_attributes(errors: &mut FieldErrors, spec: &FieldPath, asked: &Asked<'_>) {
    match (asked.resource, asked.path) {
        (Some(_), Some(path)) => errors.invalid(
            &spec.child("nonResourceAttributes"),
            Verbatim(&shown(path)),
            "cannot be specified in combination with resourceAttributes",
        ),
        (None, None) => errors.invalid(
            &spec.child("resourceAttributes"),
            Verbatim("null"),
            "exactly one of nonResourceAttributes or resourceAttributes must be specified",
        ),
        _ => {}
    }
    if let Some((user, groups)) = asked.subject
        && user.is_empty()
        && groups.is_empty()
    {
        let words = "at least one of user or group must be specified";
        errors.invalid(&spec.child("user"), user, words);
    }
    if let Some(resource) = asked.resource {
        let path = spec.child("resourceAttributes");
        if let Some(selector) = &resource.field_selector {
            check_fields(errors, &path.child("fieldSelector"), selector);
        }
        if let Some(selector) = &resource.label_selector {
            check_labels(errors, &path.child("labelSelector"), selector);
        }
    }
}

fn check_fields(errors: &mut FieldErrors, path: &FieldPath, selector: &FieldSelectorAttributes) {
    check_form(
        errors,
        path,
        &selector.raw_selector,
        selector.requirements.len(),
    );
    for (index, requirement) in selector.requirements.iter().enumerate() {
        let path = path.child("requirements").index(index);
        if requirement.key.is_empty() {
            errors.required(&path.child("key"), "must be specified");
        }
        check_values(
            errors,
            &path,
            &requirement.operator,
            requirement.values.len(),
        );
    }
}

fn check_labels(errors: &mut FieldErrors, path: &FieldPath, selector: &LabelSelectorAttributes) {
    check_form(
        errors,
        path,
        &selector.raw_selector,
        selector.requirements.len(),
    );
    for (index, requirement) in selector.requirements.iter().enumerate() {
        let path = path.child("requirements").index(index);
        check_values(
            errors,
            &path,
            &requirement.operator,
            requirement.values.len(),
        );
        for words in meta::validation::qualified_name(&requirement.key) {
            errors.invalid(&path.child("key"), &requirement.key, words);
        }
        for (index, value) in requirement.values.iter().enumerate() {
            for words in meta::validation::label_value(value) {
                errors.invalid(&path.child("values").index(index), value, words);
            }
        }
    }
}

fn check_form(errors: &mut FieldErrors, path: &FieldPath, raw: &Str, requirements: usize) {
    if !raw.is_empty() && requirements > 0 {
        errors.invalid(&path.child("rawSelector"), raw, BOTH);
    }
    if raw.is_empty() && requirements == 0 {
        let words = format!("when {path} is specified, requirements or rawSelector is required");
        errors.required(&path.child("requirements"), words);
    }
}

/// Operators that are not known here may be of a newer client.
fn check_values(errors: &mut FieldErrors, path: &FieldPath, operator: &str, count: usize) {
    let path = path.child("values");
    match (operator, count) {
        ("In" | "NotIn", 0) => errors.required(
            &path,
            "must be specified when `operator` is 'In' or 'NotIn'",
        ),
        ("Exists" | "DoesNotExist", 1..) => errors.forbidden(
            &path,
            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        ),
        _ => {}
    }
}

fn check_place(errors: &mut FieldErrors, spec: &FieldPath, asked: &Asked<'_>) {
    if let Some(resource) = asked.resource
        && resource.namespace != asked.metadata.namespace
    {
        let field = spec.child("resourceAttributes").child("namespace");
        errors.invalid(&field, &resource.namespace, "must match metadata.namespace");
    }
    if let Some(path) = asked.path {
        let words = "disallowed on this kind of request";
        errors.invalid(
            &spec.child("nonResourceAttributes"),
            Verbatim(&shown(path)),
            words,
        );
    }
}

/// As upstream prints its own form, whose fields have no JSON names.
fn shown(path: &NonResourceAttributes) -> String {
    serde_json::json!({"Path": path.path.as_str(), "Verb": path.verb.as_str()}).to_string()
}
