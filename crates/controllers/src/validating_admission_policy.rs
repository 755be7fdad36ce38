//! Checks the types of validating admission policies: what an expression does that no object of the kinds that the policy names can bear
//! is told in the policy's status. Requests do not depend on it.
//!
//! Source: `pkg/controller/validatingadmissionpolicystatus`, and `typechecking.go` of the admission plugin.

mod kinds;
mod types;

use self::kinds::{KindName, Kinds};
use crate::Options;
use api::{
    admissionregistration::v1::{
        ExpressionWarning, ParamKind, Rule, ValidatingAdmissionPolicy, Variable,
    },
    apiextensions::v1::CustomResourceDefinition,
};
use client::{
    Api, Cache, Patch, PatchParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use expr::{
    Environment, Type,
    admission::{VariableTypes, typed},
};
use meta::{ObjectKey, Str, codec};
use std::{collections::BTreeSet, sync::Arc};

const FIELD_MANAGER: &str = "validatingadmissionpolicy-status-controller";
/// With so many found for one rule, no more are looked for.
const KINDS_MAX: usize = 10;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let policies = builder.primary();
    let definitions = builder.cache();
    let api = builder.client().of();
    builder.run(TypeCheck {
        policies,
        definitions,
        api,
    });
}

struct TypeCheck {
    policies: Cache<ValidatingAdmissionPolicy>,
    definitions: Cache<CustomResourceDefinition>,
    api: Api<ValidatingAdmissionPolicy>,
}

impl Reconciler for TypeCheck {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(policy) = self.policies.get(key) else {
            return Ok(Action::Settled);
        };
        let generation = policy.metadata.generation;
        if generation <= policy.status.observed_generation {
            return Ok(Action::Settled);
        }
        let warnings = plan(&policy, self.definitions.list(None));
        let mut checking = serde_json::json!({});
        if !warnings.is_empty() {
            let warnings = warnings.iter().map(|warning| codec::value_to_tree(warning));
            checking["expressionWarnings"] = warnings.collect();
        }
        let configuration = serde_json::json!({
            "apiVersion": "admissionregistration.k8s.io/v1",
            "kind": "ValidatingAdmissionPolicy",
            "metadata": {"name": key.name.as_str()},
            "status": {"observedGeneration": generation, "typeChecking": checking},
        });
        let params = PatchParams::forced(FIELD_MANAGER);
        let patch = Patch::apply(&configuration);
        let done = self.api.patch_subresource(key, "status", &patch, &params);
        done.await?;
        Ok(Action::Settled)
    }
}

/// What the policy's expressions do that objects of the kinds that it names cannot bear.
fn plan(
    policy: &ValidatingAdmissionPolicy,
    definitions: Vec<Arc<CustomResourceDefinition>>,
) -> Vec<ExpressionWarning> {
    let (spec, kinds) = (&policy.spec, Kinds::new(definitions));
    let param_kind = spec.param_kind.as_deref();
    // Parameters of an unknown kind can be anything.
    let params = param_kind.map(|kind| kinds.type_of(&name_of(kind)).unwrap_or(Type::Dyn));
    let known = matched(policy, &kinds).into_iter().filter_map(|kind| {
        let object = kinds.type_of(&kind)?;
        let environment = typed(&object, params.as_ref());
        Some((kind, with_variables(&spec.variables, &environment)))
    });
    let environments: Vec<(KindName, Environment)> = known.collect();
    let mut warnings = Vec::new();
    for (index, validation) in spec.validations.iter().enumerate() {
        let fields = [
            ("expression", &validation.expression),
            ("messageExpression", &validation.message_expression),
        ];
        for (field, text) in fields {
            let is_given = field == "expression" || !text.is_empty();
            let warning = if is_given {
                check(text, &environments)
            } else {
                String::new()
            };
            if !warning.is_empty() {
                warnings.push(ExpressionWarning {
                    field_ref: format!("spec.validations[{index}].{field}").into(),
                    warning: warning.into(),
                });
            }
        }
    }
    warnings
}

/// What an expression does wrong, kind by kind.
fn check(text: &str, environments: &[(KindName, Environment)]) -> String {
    let found = environments.iter().filter_map(|(kind, environment)| {
        let error = expr::compile(text, environment).err()?;
        Some(format!("{kind}: {error}\n"))
    });
    found.collect::<Vec<_>>().join("\n")
}

/// Each variable is known to those behind it.
fn with_variables(variables: &[Variable], environment: &Environment) -> Environment {
    let mut types = VariableTypes::default();
    for variable in variables {
        let program = expr::compile(&variable.expression, &types.within(environment)).ok();
        types.add(&variable.name, program.as_ref().map(expr::Program::result));
    }
    types.within(environment)
}

fn name_of(kind: &ParamKind) -> KindName {
    let version = kind.api_version.as_str();
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    KindName {
        group: group.into(),
        version: version.into(),
        kind: kind.kind.clone(),
    }
}

/// The kinds that the rules name, in order.
fn matched(policy: &ValidatingAdmissionPolicy, kinds: &Kinds) -> BTreeSet<KindName> {
    let constraints = policy.spec.match_constraints.iter();
    let rules = constraints.flat_map(|constraints| &constraints.resource_rules);
    let mut found = BTreeSet::new();
    for rule in rules {
        let mut count = 0;
        for (group, version, resource) in named(&rule.rule_with_operations.rule) {
            for kind in kinds.of_resource(&group, &version, &resource) {
                found.insert(kind);
                count += 1;
                if count == KINDS_MAX {
                    return found;
                }
            }
        }
    }
    found
}

/// Group, version and name of the resources that a rule names. With a pattern for groups or versions it names none; resources that are
/// patterns or subresources are left out.
fn named(rule: &Rule) -> Vec<(Str, Str, Str)> {
    let sorted = |items: &[Str]| {
        let mut items = items.to_vec();
        items.sort();
        items
    };
    let has_pattern = |items: &[Str]| items.iter().any(|item| item.contains('*'));
    if has_pattern(&rule.api_groups) || has_pattern(&rule.api_versions) {
        return Vec::new();
    }
    let mut resources = sorted(&rule.resources);
    resources.retain(|resource| !resource.contains(['*', '/']));
    let (groups, versions) = (sorted(&rule.api_groups), sorted(&rule.api_versions));
    let mut names = Vec::new();
    for group in &groups {
        for version in &versions {
            let resources = resources.iter();
            names.extend(
                resources.map(|resource| (group.clone(), version.clone(), resource.clone())),
            );
        }
    }
    names
}

#[cfg(test)]
mod tests;
