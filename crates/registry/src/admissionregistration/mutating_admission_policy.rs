//! MutatingAdmissionPolicy: expressions that change what is about to be stored.

use super::{
    expression::{self, Scope},
    policy::{self, Common},
};
use crate::rules;
use api::admissionregistration::v1::{
    MutatingAdmissionPolicy, MutatingAdmissionPolicySpec, Mutation, PatchType,
    ReinvocationPolicyType,
};
use meta::{FieldErrors, FieldPath};
use resource::{Column, Generation, MetadataCheck, RequestContext, Strategy, Upstream};

pub(crate) struct MutatingAdmissionPolicies;

const REINVOCATION: &[&str] = &[
    ReinvocationPolicyType::IF_NEEDED,
    ReinvocationPolicyType::NEVER,
];
const PATCH_TYPES: &[&str] = &[PatchType::APPLY_CONFIGURATION, PatchType::JSON_PATCH];

impl Strategy for MutatingAdmissionPolicies {
    type Object = MutatingAdmissionPolicy;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const STANDARD_FINALIZERS: bool = false;
    const CATEGORIES: &'static [&'static str] = &["api-extensions"];
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const GENERATION: Generation = Generation::Content;
    const COLUMNS: &'static [Column<MutatingAdmissionPolicy>] = &[
        Column::NAME,
        Column::integer(
            "Mutations",
            "How many mutations the policy has.",
            |policy: &MutatingAdmissionPolicy, _| policy.spec.mutations.len().into(),
        ),
        Column::text(
            "ParamKind",
            "The kind of the objects that the policy takes as parameters.",
            |object: &MutatingAdmissionPolicy, _| {
                policy::kind_cell(object.spec.param_kind.as_deref()).into()
            },
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;
    const UPSTREAM: Upstream = Upstream {
        stored_as: Some(("admissionregistration.k8s.io", "v1beta1")),
        ..Upstream::USUAL
    };

    fn set_defaults(&self, policy: &mut MutatingAdmissionPolicy) {
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
        policy: &MutatingAdmissionPolicy,
    ) {
        check(errors, &policy.spec, None);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &MutatingAdmissionPolicy,
        old: &MutatingAdmissionPolicy,
    ) {
        check(errors, &new.spec, Some(&old.spec));
    }

    fn warnings_on_create(
        &self,
        _cx: &RequestContext,
        new: &MutatingAdmissionPolicy,
    ) -> Vec<String> {
        super::reserved_name_warnings(&new.metadata.name)
    }
}

fn check(
    errors: &mut FieldErrors,
    spec: &MutatingAdmissionPolicySpec,
    old: Option<&MutatingAdmissionPolicySpec>,
) {
    let path = FieldPath::new("spec");
    let common = Common {
        failure_policy: spec.failure_policy.as_ref(),
        param_kind: spec.param_kind.as_deref(),
        constraints: spec.match_constraints.as_deref(),
        conditions: &spec.match_conditions,
        variables: &spec.variables,
        mutating: true,
        conditions_are_old: old.is_some_and(|old| {
            old.param_kind == spec.param_kind && old.match_conditions == spec.match_conditions
        }),
    };
    policy::check(errors, &path, &common);
    let field = path.child("mutations");
    if spec.mutations.is_empty() {
        errors.required(&field, "mutations must contain at least one item");
    }
    let scope = policy::scope(common.param_kind, &spec.variables);
    for (index, mutation) in spec.mutations.iter().enumerate() {
        check_mutation(errors, &field.index(index), mutation, &scope);
    }
    let field = path.child("reinvocationPolicy");
    rules::one_of(errors, &field, &spec.reinvocation_policy, REINVOCATION);
}

fn check_mutation(
    errors: &mut FieldErrors,
    path: &FieldPath,
    mutation: &Mutation,
    scope: &Scope<'_>,
) {
    let apply = mutation.apply_configuration.as_ref();
    let sides = [
        (
            PatchType::APPLY_CONFIGURATION,
            "applyConfiguration",
            apply.map(|apply| &apply.expression),
        ),
        (
            PatchType::JSON_PATCH,
            "jsonPatch",
            mutation.json_patch.as_ref().map(|patch| &patch.expression),
        ),
    ];
    let type_ = mutation.patch_type.as_str();
    let (own, other) = match type_ {
        PatchType::APPLY_CONFIGURATION => (sides[0], sides[1]),
        PatchType::JSON_PATCH => (sides[1], sides[0]),
        _ => {
            return rules::one_of(
                errors,
                &path.child("patchType"),
                &mutation.patch_type,
                PATCH_TYPES,
            );
        }
    };
    let field = path.child(own.1);
    match own.2 {
        None => errors.required(
            &field,
            format!("must be specified when patchType is {type_}"),
        ),
        Some(text) => {
            let field = field.child("expression");
            if text.trim().is_empty() {
                errors.required(&field, "");
            } else {
                expression::check_patch(errors, &field, text, scope, type_);
            }
        }
    }
    if other.2.is_some() {
        let shown = format!("{{{}}}", other.1);
        let words = format!("must not be specified when patchType is {type_}");
        errors.invalid(&path.child(other.1), shown, words);
    }
}
