//! Policies with their bindings, compiled: once for each generation of a policy, and only of those that are bound.
use super::source::Bound;
use crate::admission::{
    conditions::Conditions,
    expressions::{Expression, Variables, scope},
    matching::{Matcher, Rules},
};
use api::admissionregistration::v1::{
    FailurePolicyType, MatchResources, MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding,
    Mutation, ParamKind, ParamRef, PatchType, ReinvocationPolicyType, ValidatingAdmissionPolicy,
    ValidatingAdmissionPolicyBinding,
};
use expr::{Environment, Type, admission};
use meta::{ObjectMeta, Str};
use std::sync::Arc;

/// What policies of both sorts have.
pub(super) struct Head {
    pub(super) name: Str,
    pub(super) matcher: Matcher,
    pub(super) param_kind: Option<ParamKind>,
    /// Whether what goes wrong is as if the policy did not exist.
    pub(super) ignores: bool,
    pub(super) conditions: Conditions,
    pub(super) variables: Variables,
}

/// One binding of a policy.
pub(super) struct Binding {
    pub(super) name: Str,
    pub(super) matcher: Option<Matcher>,
    pub(super) param: Option<ParamRef>,
    /// Of a binding that validates.
    pub(super) actions: Vec<Str>,
}

pub(super) struct Validating {
    pub(super) head: Head,
    pub(super) validations: Vec<Validation>,
    pub(super) annotations: Vec<Annotation>,
}

pub(super) struct Validation {
    pub(super) expression: Expression,
    pub(super) message: Str,
    pub(super) message_expression: Option<Expression>,
    pub(super) reason: Option<Str>,
}

pub(super) struct Annotation {
    pub(super) key: Str,
    pub(super) value: Expression,
}

pub(super) struct Mutating {
    pub(super) head: Head,
    /// Whether it is asked again when others have changed the object after it.
    pub(super) reinvoked: bool,
    pub(super) mutations: Vec<Mutator>,
}

pub(super) enum Mutator {
    Apply(Expression),
    JsonPatch(Expression),
}

impl Binding {
    fn new(
        metadata: &ObjectMeta,
        resources: Option<&MatchResources>,
        param: Option<&ParamRef>,
    ) -> Self {
        Self {
            name: metadata.name.clone(),
            matcher: resources.map(matcher),
            param: param.cloned(),
            actions: Vec::new(),
        }
    }
}

fn matcher(resources: &MatchResources) -> Matcher {
    let policy = resources.match_policy.as_ref();
    Matcher::new(
        resources.namespace_selector.as_deref(),
        resources.object_selector.as_deref(),
        Rules::of_policy(&resources.resource_rules, policy),
        Rules::excluding(&resources.exclude_resource_rules, policy),
    )
}

impl Bound for Validating {
    type Policy = ValidatingAdmissionPolicy;
    type Binding = ValidatingAdmissionPolicyBinding;

    fn metadata(policy: &Self::Policy) -> &ObjectMeta {
        &policy.metadata
    }

    fn policy_name(binding: &Self::Binding) -> &Str {
        &binding.spec.policy_name
    }

    fn binding(binding: &Self::Binding) -> Binding {
        let spec = &binding.spec;
        let (resources, param) = (spec.match_resources.as_deref(), spec.param_ref.as_deref());
        Binding {
            actions: spec.validation_actions.to_vec(),
            ..Binding::new(&binding.metadata, resources, param)
        }
    }

    fn compile(policy: &Self::Policy) -> Self {
        let spec = &policy.spec;
        let scope = scope(spec.param_kind.is_some());
        let environment = scope.environment();
        let variables = Variables::new(&spec.variables, &environment);
        let within = variables.within(&environment);
        // Messages are told to whoever may not know what others may.
        let without = admission::Scope {
            authorizer: false,
            ..scope
        };
        let without = variables.within(&without.environment());
        let validations = spec.validations.iter().map(|validation| {
            let text = &validation.message_expression;
            let message = || Expression::new(text, &without, &[Type::String]);
            Validation {
                expression: Expression::new(&validation.expression, &within, &[Type::Bool]),
                message: validation.message.clone(),
                message_expression: (!text.is_empty()).then(message),
                reason: validation.reason.clone(),
            }
        });
        let annotations = spec.audit_annotations.iter().map(|annotation| Annotation {
            key: annotation.key.clone(),
            value: Expression::new(
                &annotation.value_expression,
                &within,
                &[Type::String, Type::Null],
            ),
        });
        Self {
            validations: validations.collect(),
            annotations: annotations.collect(),
            head: Head {
                name: policy.metadata.name.clone(),
                matcher: matcher(
                    &spec
                        .match_constraints
                        .as_deref()
                        .cloned()
                        .unwrap_or_default(),
                ),
                param_kind: spec.param_kind.as_deref().cloned(),
                ignores: spec.failure_policy.as_deref() == Some(FailurePolicyType::IGNORE),
                conditions: Conditions::new(&spec.match_conditions, &within),
                variables,
            },
        }
    }
}

impl Bound for Mutating {
    type Policy = MutatingAdmissionPolicy;
    type Binding = MutatingAdmissionPolicyBinding;

    fn metadata(policy: &Self::Policy) -> &ObjectMeta {
        &policy.metadata
    }

    fn policy_name(binding: &Self::Binding) -> &Str {
        &binding.spec.policy_name
    }

    fn binding(binding: &Self::Binding) -> Binding {
        let spec = &binding.spec;
        let (resources, param) = (spec.match_resources.as_deref(), spec.param_ref.as_deref());
        Binding::new(&binding.metadata, resources, param)
    }

    fn compile(policy: &Self::Policy) -> Self {
        let spec = &policy.spec;
        let environment = scope(spec.param_kind.is_some()).environment();
        let variables = Variables::new(&spec.variables, &environment);
        let within = variables.within(&environment);
        let patches = admission::with_patches(within.clone());
        let mutations = spec.mutations.iter();
        Self {
            reinvoked: spec.reinvocation_policy == ReinvocationPolicyType::IF_NEEDED,
            mutations: mutations.filter_map(|one| mutator(one, &patches)).collect(),
            head: Head {
                name: policy.metadata.name.clone(),
                matcher: matcher(
                    &spec
                        .match_constraints
                        .as_deref()
                        .cloned()
                        .unwrap_or_default(),
                ),
                param_kind: spec.param_kind.as_deref().cloned(),
                ignores: spec.failure_policy.as_deref() == Some(FailurePolicyType::IGNORE),
                conditions: Conditions::new(&spec.match_conditions, &within),
                variables,
            },
        }
    }
}

/// Validation sees to it that there is the expression of the type.
fn mutator(mutation: &Mutation, environment: &Environment) -> Option<Mutator> {
    let compile = |text, wanted| Expression::new(text, environment, &[wanted]);
    if mutation.patch_type == PatchType::JSON_PATCH {
        let text = &mutation.json_patch.as_ref()?.expression;
        return Some(Mutator::JsonPatch(compile(text, admission::json_patch())));
    }
    let text = &mutation.apply_configuration.as_ref()?.expression;
    Some(Mutator::Apply(compile(text, admission::applied())))
}

/// A policy with its bindings, in order of their names.
pub(super) struct Hook<P> {
    pub(super) policy: Arc<P>,
    pub(super) bindings: Vec<Binding>,
}
