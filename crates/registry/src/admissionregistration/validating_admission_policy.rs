//! ValidatingAdmissionPolicy: expressions that refuse what is about to be stored.

use super::{
    expression::{self, Scope},
    policy::{self, Common},
};
use crate::{core::pod::validate::internal_form, rules};
use api::admissionregistration::v1::{
    AuditAnnotation, ExpressionWarning, ValidatingAdmissionPolicy, ValidatingAdmissionPolicySpec,
    Validation,
};
use meta::{FieldErrors, FieldPath};
use resource::{Column, Generation, MetadataCheck, Part, RequestContext, Strategy, Subresources};

pub(crate) struct ValidatingAdmissionPolicies;

const ANNOTATIONS_MAX: usize = 20;
const ANNOTATION_EXPRESSION_BYTES_MAX: usize = 5 * 1024;
const REASONS: &[&str] = &["Forbidden", "Invalid", "RequestEntityTooLarge"];

impl Strategy for ValidatingAdmissionPolicies {
    type Object = ValidatingAdmissionPolicy;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const STANDARD_FINALIZERS: bool = false;
    const CATEGORIES: &'static [&'static str] = &["api-extensions"];
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<ValidatingAdmissionPolicy>] = &[
        Column::NAME,
        Column::integer(
            "Validations",
            "How many rules the policy has.",
            |policy: &ValidatingAdmissionPolicy, _| policy.spec.validations.len().into(),
        ),
        Column::text(
            "ParamKind",
            "The kind of the objects that the policy takes as parameters.",
            |object: &ValidatingAdmissionPolicy, _| {
                policy::kind_cell(object.spec.param_kind.as_deref()).into()
            },
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;

    fn subresources(&self) -> Subresources<ValidatingAdmissionPolicy> {
        let copy = |to: &mut ValidatingAdmissionPolicy, from: &ValidatingAdmissionPolicy| {
            to.status = from.status.clone();
        };
        Subresources::none().status_with(copy, Status)
    }

    fn set_defaults(&self, policy: &mut ValidatingAdmissionPolicy) {
        let spec = &mut policy.spec;
        policy::set_defaults(
            &mut spec.failure_policy,
            spec.match_constraints.as_deref_mut(),
        );
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        policy: &ValidatingAdmissionPolicy,
    ) {
        check(errors, policy, None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ValidatingAdmissionPolicy,
        old: &ValidatingAdmissionPolicy,
    ) {
        check(errors, new, Some(&old.spec));
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        new: &ValidatingAdmissionPolicy,
    ) -> Vec<String> {
        super::reserved_name_warnings(&new.metadata.name)
    }
}

fn check(
    errors: &mut FieldErrors,
    policy: &ValidatingAdmissionPolicy,
    old: Option<&ValidatingAdmissionPolicySpec>,
) {
    let (spec, path) = (&policy.spec, FieldPath::new("spec"));
    let common = Common {
        failure_policy: spec.failure_policy.as_ref(),
        param_kind: spec.param_kind.as_deref(),
        constraints: spec.match_constraints.as_deref(),
        conditions: &spec.match_conditions,
        variables: &spec.variables,
        mutating: false,
        conditions_are_old: old.is_some_and(|old| {
            old.param_kind == spec.param_kind && old.match_conditions == spec.match_conditions
        }),
    };
    policy::check(errors, &path, &common);
    let scope = policy::scope(common.param_kind, &spec.variables);
    let (validations, annotations) = (path.child("validations"), path.child("auditAnnotations"));
    if spec.validations.is_empty() && spec.audit_annotations.is_empty() {
        let words = "validations or auditAnnotations must contain at least one item";
        errors.required(&validations, words);
        return errors.required(&annotations, words);
    }
    for (index, validation) in spec.validations.iter().enumerate() {
        check_validation(errors, &validations.index(index), validation, &scope);
    }
    let count = spec.audit_annotations.len();
    if count > ANNOTATIONS_MAX {
        let words = format!("must not have more than {ANNOTATIONS_MAX} auditAnnotations");
        let shown: Vec<String> = spec
            .audit_annotations
            .iter()
            .map(|one| internal_form(one))
            .collect();
        let shown = format!("[{}]", shown.join(","));
        errors.invalid(&annotations, meta::Verbatim(&shown), words);
    }
    for (index, annotation) in spec.audit_annotations.iter().enumerate() {
        let path = annotations.index(index);
        check_annotation(errors, &path, &policy.metadata.name, annotation, &scope);
        let before = &spec.audit_annotations[..index];
        if before.iter().any(|before| before.key == annotation.key) {
            errors.duplicate(&path.child("key"), &annotation.key);
        }
    }
}

fn check_validation(
    errors: &mut FieldErrors,
    path: &FieldPath,
    validation: &Validation,
    scope: &Scope<'_>,
) {
    let field = path.child("expression");
    if validation.expression.trim().is_empty() {
        errors.required(&field, "expression is not specified");
    } else {
        expression::check(
            errors,
            &field,
            &validation.expression,
            scope,
            &expression::BOOL,
        );
    }
    let (field, text) = (
        path.child("messageExpression"),
        &validation.message_expression,
    );
    if !text.is_empty() && text.trim().is_empty() {
        errors.invalid(&field, text, "must be non-empty if specified");
    } else if !text.is_empty() {
        let scope = Scope {
            authorizer: false,
            ..*scope
        };
        expression::check(errors, &field, text, &scope, &expression::STRING);
    }
    let (field, text) = (path.child("message"), &validation.message);
    if !text.is_empty() && text.trim().is_empty() {
        errors.invalid(&field, text, "message must be non-empty if specified");
    } else if text.trim().contains(['\n', '\r']) {
        errors.invalid(&field, text, "message must not contain line breaks");
    }
    rules::optional_one_of(
        errors,
        &path.child("reason"),
        validation.reason.as_ref(),
        REASONS,
    );
}

fn check_annotation(
    errors: &mut FieldErrors,
    path: &FieldPath,
    name: &str,
    annotation: &AuditAnnotation,
    scope: &Scope<'_>,
) {
    let field = path.child("key");
    if name.is_empty() {
        let words = "requires metadata.name be non-empty";
        errors.invalid(&field, &annotation.key, words);
    } else {
        rules::qualified_name(errors, &field, &format!("{name}/{}", annotation.key));
    }
    let field = path.child("valueExpression");
    let text = annotation.value_expression.trim();
    if text.is_empty() {
        errors.required(&field, "valueExpression is not specified");
    } else if text.len() > ANNOTATION_EXPRESSION_BYTES_MAX {
        let words = format!("must not exceed {ANNOTATION_EXPRESSION_BYTES_MAX} bytes in length");
        errors.required(&field, words);
    } else {
        expression::check(errors, &field, text, scope, &expression::STRING_OR_NULL);
    }
}

/// `status`: what type checking found.
struct Status;

impl Part<ValidatingAdmissionPolicy> for Status {
    fn prepare_update(
        &self,
        _cx: &RequestContext,
        new: &mut ValidatingAdmissionPolicy,
        old: &ValidatingAdmissionPolicy,
    ) {
        rules::keep_metadata(&mut new.metadata, &old.metadata);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ValidatingAdmissionPolicy,
        _old: &ValidatingAdmissionPolicy,
    ) {
        let path = FieldPath::new("status");
        let checking = new.status.type_checking.iter();
        let warnings = checking.flat_map(|checking| &checking.expression_warnings);
        let field = path.child("typeChecking").child("expressionWarnings");
        for (index, warning) in warnings.enumerate() {
            check_warning(errors, &field.index(index), warning);
        }
        rules::conditions(errors, &path.child("conditions"), &new.status.conditions);
    }

    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[]
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "metadata"]
    }
}

fn check_warning(errors: &mut FieldErrors, path: &FieldPath, warning: &ExpressionWarning) {
    rules::required(errors, &path.child("warning"), &warning.warning);
    rules::required(errors, &path.child("fieldRef"), warning.field_ref.trim());
}
