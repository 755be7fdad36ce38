//! ValidatingAdmissionPolicyBinding: where a policy holds, and with which parameters.

use super::{matching, policy};
use crate::rules;
use api::admissionregistration::v1::{ValidatingAdmissionPolicyBinding, ValidationAction};
use meta::{FieldErrors, FieldPath, Str};
use resource::{Column, Generation, MetadataCheck, RequestContext, Strategy};

pub(crate) struct ValidatingAdmissionPolicyBindings;

const ACTIONS: &[&str] = &[
    ValidationAction::AUDIT,
    ValidationAction::DENY,
    ValidationAction::WARN,
];

impl Strategy for ValidatingAdmissionPolicyBindings {
    type Object = ValidatingAdmissionPolicyBinding;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const STANDARD_FINALIZERS: bool = false;
    const CATEGORIES: &'static [&'static str] = &["api-extensions"];
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<ValidatingAdmissionPolicyBinding>] = &[
        Column::NAME,
        Column::text(
            "PolicyName",
            "The policy that is bound.",
            |binding: &ValidatingAdmissionPolicyBinding, _| {
                binding.spec.policy_name.as_str().into()
            },
        ),
        Column::text(
            "ParamRef",
            "The objects that the policy takes as parameters.",
            |binding: &ValidatingAdmissionPolicyBinding, _| {
                policy::param_cell(binding.spec.param_ref.as_deref()).into()
            },
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, binding: &mut ValidatingAdmissionPolicyBinding) {
        if let Some(resources) = &mut binding.spec.match_resources {
            matching::set_defaults(resources);
        }
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        binding: &ValidatingAdmissionPolicyBinding,
    ) {
        let (spec, path) = (&binding.spec, FieldPath::new("spec"));
        let resources = spec.match_resources.as_deref();
        policy::check_binding(
            errors,
            &path,
            &spec.policy_name,
            spec.param_ref.as_deref(),
            resources,
        );
        check_actions(
            errors,
            &path.child("validationActions"),
            &spec.validation_actions,
        );
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        new: &ValidatingAdmissionPolicyBinding,
    ) -> Vec<String> {
        super::reserved_name_warnings(&new.metadata.name)
    }
}

fn check_actions(errors: &mut FieldErrors, path: &FieldPath, actions: &[Str]) {
    for (index, action) in actions.iter().enumerate() {
        let path = path.index(index);
        rules::optional_one_of(errors, &path, Some(action), ACTIONS);
        if actions[..index].contains(action) {
            errors.duplicate(&path, action);
        }
    }
    let has = |wanted: &str| actions.iter().any(|action| action == wanted);
    if has(ValidationAction::DENY) && has(ValidationAction::WARN) {
        let words = "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)";
        errors.invalid(path, actions.to_vec(), words);
    }
    if actions.is_empty() {
        errors.required(path, "at least one validation action is required");
    }
}
