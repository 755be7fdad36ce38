//! Whether the rules of a schema compile, and what they may cost.

#[cfg(test)]
mod tests;

use super::structure::items;
use crate::{
    Structural,
    declared::{As, Declared, REQUEST_BYTES_MAX, not_negative},
    print,
    rules::{Compiled, Variables, compile_rule},
};
use api::apiextensions::v1::{JSONSchemaProps, ValidationRule};
use meta::{FieldErrors, FieldPath, Verbatim};
use serde_json::json;

/// What one expression may be estimated to cost for a whole object.
const EXPRESSION_COST_MAX: u64 = 10_000_000;
/// What all expressions of a schema may.
const SCHEMA_COST_MAX: u64 = 100_000_000;
/// How many of the most expensive are told when they cost too much together.
const EXPENSIVE_MAX: usize = 4;

/// What is asked of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleOptions {
    /// Costs of single expressions are not looked at: they were stored before.
    pub suppress_cost: bool,
}

/// Compiles all rules of the schema of a whole object and estimates their costs. Nodes below which `schema_errors` has something
/// are left out: expressions see only what is sound.
pub fn rules(
    schema: &JSONSchemaProps,
    path: &FieldPath,
    options: RuleOptions,
    schema_errors: &FieldErrors,
    errors: &mut FieldErrors,
) {
    let mut walk = Walk {
        options,
        schema_errors,
        errors,
        total: 0,
        expensive: Vec::new(),
    };
    let root = Context {
        declared: None,
        seen: As::Resource,
        cardinality: Some(1),
        uncorrelatable: None,
    };
    walk.node(schema, path, &root);
    let (total, expensive) = (walk.total, walk.expensive);
    if total > SCHEMA_COST_MAX {
        for (path, _) in expensive {
            errors.forbidden(
                &path,
                "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema",
            );
        }
        let what = "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema";
        errors.forbidden(path, too_expensive(what, total, SCHEMA_COST_MAX));
    }
}

/// What a node has from the nodes above it.
#[derive(Clone, Copy)]
struct Context<'a> {
    /// If a node above has rules and sees this one.
    declared: Option<&'a Declared>,
    seen: As,
    /// How many values this node can describe in one object; none if there is no bound.
    cardinality: Option<u64>,
    /// The list or map whose parts are not told apart in two states of an object.
    uncorrelatable: Option<&'a FieldPath>,
}

struct Walk<'a> {
    options: RuleOptions,
    schema_errors: &'a FieldErrors,
    errors: &'a mut FieldErrors,
    total: u64,
    expensive: Vec<(FieldPath, u64)>,
}

impl Walk<'_> {
    fn node(&mut self, schema: &JSONSchemaProps, path: &FieldPath, context: &Context<'_>) {
        let own = match context.declared {
            None if !schema.x_kubernetes_validations.is_empty() => declare(schema, context.seen),
            _ => Ok(None),
        };
        let declared = match &own {
            Ok(own) => own.as_ref().or(context.declared),
            Err(_) => None,
        };
        self.children(
            schema,
            path,
            &Context {
                declared,
                ..*context
            },
        );
        if schema.x_kubernetes_validations.is_empty() || self.has_errors(path) {
            return;
        }
        let path = path.child("x-kubernetes-validations");
        match (&own, declared) {
            (Err(error), _) => {
                let words = format!(
                    "internal error: failed to construct type information for x-kubernetes-validations rules: {error}"
                );
                self.errors.internal(&path, words);
            }
            (Ok(_), Some(declared)) => self.own_rules(schema, &path, declared, context),
            (Ok(_), None) => self.errors.internal(
                &path,
                "internal error: failed to retrieve type information for x-kubernetes-validations",
            ),
        }
    }

    fn children(&mut self, schema: &JSONSchemaProps, path: &FieldPath, context: &Context<'_>) {
        let cardinality = multiplied(context.cardinality, elements_max(schema));
        let below = |child: &JSONSchemaProps, declared| Context {
            declared,
            seen: match child.x_kubernetes_embedded_resource {
                true => As::Resource,
                false => As::Value,
            },
            cardinality,
            uncorrelatable: context.uncorrelatable,
        };
        let additional = schema.additional_properties.as_deref();
        if let Some(values) = additional.and_then(|additional| additional.schema.as_deref()) {
            let declared = context.declared.and_then(Declared::values);
            let path = path.child("additionalProperties");
            self.node(values, &path, &below(values, declared));
        }
        let known_map = matches!(
            schema.x_kubernetes_map_type.as_deref(),
            None | Some("granular" | "atomic")
        );
        for (name, property) in schema.properties.iter() {
            let escaped = expr::escape(name);
            let declared = context.declared.zip(escaped);
            let declared = declared.and_then(|(declared, name)| declared.field(&name));
            let context = Context {
                uncorrelatable: context.uncorrelatable.or((!known_map).then_some(path)),
                ..below(property, declared)
            };
            let path = path.child("properties").key(name);
            self.node(property, &path, &context);
        }
        if let Some(items) = items(schema) {
            let is_map = schema.x_kubernetes_list_type.as_deref() == Some("map");
            let list = (!is_map).then_some(path);
            let context = Context {
                uncorrelatable: context.uncorrelatable.or(list),
                ..below(items, context.declared.and_then(Declared::items))
            };
            self.node(items, &path.child("items"), &context);
        }
    }

    /// Whether the schema itself is wrong here or below.
    fn has_errors(&self, path: &FieldPath) -> bool {
        self.schema_errors.iter().any(|error| {
            let rest = error.field.as_str().strip_prefix(path.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }

    fn own_rules(
        &mut self,
        schema: &JSONSchemaProps,
        path: &FieldPath,
        declared: &Declared,
        context: &Context<'_>,
    ) {
        let Ok(structural) = Structural::new(schema) else {
            // Told as an error of the schema.
            return;
        };
        let variables = Variables::new(&declared.type_);
        for (index, rule) in schema.x_kubernetes_validations.iter().enumerate() {
            let path = path.index(index);
            match compile_rule(rule, &structural, &variables) {
                Ok(Some(compiled)) => self.compiled(rule, &compiled, &path, declared, context),
                Ok(None) => {}
                Err(error) => {
                    let value = rule_json(rule);
                    self.errors
                        .invalid(&path.child("rule"), Verbatim(&value), error);
                    self.refuse_optional(rule, &path);
                }
            }
        }
    }

    fn compiled(
        &mut self,
        rule: &ValidationRule,
        compiled: &Compiled,
        path: &FieldPath,
        declared: &Declared,
        context: &Context<'_>,
    ) {
        let cost = compiled.program.cost(declared).max;
        // Without a bound above, as many as fit into a request, with a comma each.
        let count = context.cardinality;
        let count = count.unwrap_or_else(|| REQUEST_BYTES_MAX / (declared.bytes_min + 1));
        let rule_path = path.child("rule");
        self.pay(
            "estimated rule cost",
            &rule_path,
            cost.saturating_mul(count),
        );
        match &compiled.message {
            Some(Ok(program)) => {
                let cost = program.cost(declared).max;
                let path = path.child("messageExpression");
                self.pay("estimated messageExpression cost", &path, cost);
            }
            Some(Err(error)) => {
                let value = rule_json(rule);
                let path = path.child("messageExpression");
                self.errors.invalid(&path, Verbatim(&value), error);
            }
            None => {}
        }
        if !compiled.uses_old_self {
            return self.refuse_optional(rule, path);
        }
        if let Some(whole) = context.uncorrelatable {
            let words = format!(
                "oldSelf cannot be used on the uncorrelatable portion of the schema within {whole}"
            );
            self.errors.invalid(&rule_path, &rule.rule, words);
        }
    }

    fn refuse_optional(&mut self, rule: &ValidationRule, path: &FieldPath) {
        if let Some(optional) = rule.optional_old_self {
            let path = path.child("optionalOldSelf");
            let words = "may not be set if oldSelf is not used in rule";
            self.errors.invalid(&path, optional, words);
        }
    }

    fn pay(&mut self, what: &str, path: &FieldPath, cost: u64) {
        if !self.options.suppress_cost && cost > EXPRESSION_COST_MAX {
            let words = too_expensive(what, cost, EXPRESSION_COST_MAX);
            self.errors.forbidden(path, words);
        }
        self.total = self.total.saturating_add(cost);
        if cost >= SCHEMA_COST_MAX / 100 {
            self.expensive.push((path.clone(), cost));
            self.expensive
                .sort_by_key(|(_, cost)| std::cmp::Reverse(*cost));
            self.expensive.truncate(EXPENSIVE_MAX);
        }
    }
}

/// What expressions see of a schema.
fn declare(schema: &JSONSchemaProps, seen: As) -> Result<Option<Declared>, String> {
    let structural = Structural::new(schema).map_err(|error| error.to_string())?;
    match Declared::new(&structural, seen) {
        Some(declared) => Ok(Some(declared)),
        None => Err("unable to convert structural schema to CEL declarations".to_owned()),
    }
}

/// How many children a value of the schema can have; none if there is no bound.
fn elements_max(schema: &JSONSchemaProps) -> Option<u64> {
    match schema.type_.as_str() {
        "object" if schema.additional_properties.is_some() => {
            schema.max_properties.map(not_negative)
        }
        "array" => schema.max_items.map(not_negative),
        _ => Some(1),
    }
}

fn multiplied(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    Some(a?.saturating_mul(b?))
}

fn too_expensive(what: &str, cost: u64, cost_max: u64) -> String {
    let factor = ratio(cost, cost_max);
    let factor = if factor > 100.0 {
        "more than 100x".to_owned()
    } else if factor < 1.5 {
        format!("{factor:.6}x")
    } else {
        format!("{factor:.1}x")
    };
    format!(
        "{what} exceeds budget by factor of {factor} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)"
    )
}

#[expect(clippy::cast_precision_loss, reason = "printed with a few digits")]
fn ratio(cost: u64, cost_max: u64) -> f64 {
    cost as f64 / cost_max as f64
}

/// A rule as upstream's errors show it: Go's names of the fields, in their order.
fn rule_json(rule: &ValidationRule) -> String {
    let fields = [
        ("Rule", json!(rule.rule.as_str())),
        ("Message", json!(rule.message.as_str())),
        ("MessageExpression", json!(rule.message_expression.as_str())),
        ("Reason", json!(rule.reason.as_deref())),
        ("FieldPath", json!(rule.field_path.as_str())),
        ("OptionalOldSelf", json!(rule.optional_old_self)),
    ];
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}:{}", json!(name), print::json_text(value)))
        .collect();
    format!("{{{}}}", fields.join(","))
}
