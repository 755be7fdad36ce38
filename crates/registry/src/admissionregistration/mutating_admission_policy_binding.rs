//! MutatingAdmissionPolicyBinding: where a policy holds, and with which parameters.

use super::{matching, policy};
use api::admissionregistration::v1::MutatingAdmissionPolicyBinding;
use meta::{FieldErrors, FieldPath};
use resource::{Column, Generation, MetadataCheck, RequestContext, Strategy, Upstream};

pub(crate) struct MutatingAdmissionPolicyBindings;

impl Strategy for MutatingAdmissionPolicyBindings {
    type Object = MutatingAdmissionPolicyBinding;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const STANDARD_FINALIZERS: bool = false;
    const CATEGORIES: &'static [&'static str] = &["api-extensions"];
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<MutatingAdmissionPolicyBinding>] = &[
        Column::NAME,
        Column::text(
            "PolicyName",
            "The policy that is bound.",
            |binding: &MutatingAdmissionPolicyBinding, _| binding.spec.policy_name.as_str().into(),
        ),
        Column::text(
            "ParamRef",
            "The objects that the policy takes as parameters.",
            |binding: &MutatingAdmissionPolicyBinding, _| {
                policy::param_cell(binding.spec.param_ref.as_deref()).into()
            },
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;
    const UPSTREAM: Upstream = Upstream {
        stored_as: Some(("admissionregistration.k8s.io", "v1beta1")),
        ..Upstream::USUAL
    };

    fn set_defaults(&self, binding: &mut MutatingAdmissionPolicyBinding) {
        if let Some(resources) = &mut binding.spec.match_resources {
            matching::set_defaults(resources);
        }
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        binding: &MutatingAdmissionPolicyBinding,
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
        if let Some(resources) = resources {
            matching::check_mutating(errors, &path.child("matchResources"), resources);
        }
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        new: &MutatingAdmissionPolicyBinding,
    ) -> Vec<String> {
        super::reserved_name_warnings(&new.metadata.name)
    }
}
