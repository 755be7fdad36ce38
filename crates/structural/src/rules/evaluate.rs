//! Evaluating a rule, within the budget, and the words of what is wrong.

use super::{Compiled, ratchet::Ratchet};
use crate::{Structural, print};
use api::apiextensions::v1::ValidationRule;
use expr::{EvaluationError, Program, Type};
use meta::{ErrorType, FieldError, FieldErrors, FieldPath, Verbatim, go_quote};
use serde_json::Value;
use std::ops::ControlFlow;

/// What one evaluation may cost: about a tenth of a second.
const CALL_COST_MAX: u64 = 1_000_000;
const MESSAGE_BYTES_MAX: usize = 5 << 10;

/// Where errors, warnings and costs go.
pub(super) struct Run<'r> {
    pub(super) errors: &'r mut FieldErrors,
    pub(super) warnings: &'r mut Vec<String>,
    pub(super) budget: &'r mut u64,
}

impl Run<'_> {
    /// An error about a rule instead of by it: it shows the type of the value.
    pub(super) fn refuse(
        &mut self,
        schema: &Structural,
        path: &FieldPath,
        words: impl Into<String>,
    ) {
        let type_ = go_quote(schema.type_name());
        self.errors.invalid(&shown(path), Verbatim(&type_), words);
    }
}

/// As upstream prints the path of a whole object.
fn shown(path: &FieldPath) -> FieldPath {
    match path.as_str() {
        "" => FieldPath::from("<nil>"),
        _ => path.clone(),
    }
}

/// A value whose rules are evaluated.
pub(super) struct Budgeted<'a, 'p> {
    pub(super) schema: &'a Structural,
    pub(super) type_: &'a Type,
    pub(super) path: &'p FieldPath,
    pub(super) value: &'a Value,
    pub(super) old: Option<&'a Value>,
}

/// How an evaluation ended.
enum Ended<'a> {
    Value(expr::Value<'a>),
    Failed(String),
    /// It alone cost too much.
    TooExpensive,
    /// Nothing is left for it.
    OutOfBudget,
}

impl<'a> Budgeted<'a, '_> {
    /// Breaks when nothing more is to be evaluated.
    pub(super) fn evaluate(
        &self,
        rule: &ValidationRule,
        compiled: Result<&'a Compiled, &String>,
        ratchet: &Ratchet<'_>,
        run: &mut Run<'_>,
    ) -> ControlFlow<()> {
        let compiled = match compiled {
            Ok(compiled) => compiled,
            Err(error) => {
                let words = format!("rule compile error: {error}");
                run.refuse(self.schema, self.path, words);
                return ControlFlow::Continue(());
            }
        };
        let old_is_optional = rule.optional_old_self == Some(true);
        if compiled.uses_old_self && self.old.is_none() && !old_is_optional {
            return ControlFlow::Continue(());
        }
        let text = rule_text(rule);
        match self.call(&compiled.program, old_is_optional, run) {
            Ended::Value(value) if value.as_bool() == Some(true) => ControlFlow::Continue(()),
            Ended::Value(_) => self.complain(rule, compiled, ratchet, run),
            Ended::Failed(error) => {
                let words = match error.starts_with("no such overload") {
                    true => format!(
                        "'{error}': call arguments did not match a supported operator, function or macro signature for rule: {text}"
                    ),
                    false => format!("{error} evaluating rule: {text}"),
                };
                run.refuse(self.schema, self.path, words);
                ControlFlow::Continue(())
            }
            Ended::TooExpensive => {
                let words = format!(
                    "'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: {text}"
                );
                run.refuse(self.schema, self.path, words);
                ControlFlow::Break(())
            }
            Ended::OutOfBudget => {
                run.refuse(
                    self.schema,
                    self.path,
                    "validation failed due to running out of cost budget, no further validation rules will be run",
                );
                ControlFlow::Break(())
            }
        }
    }

    /// Evaluates, and pays for it.
    fn call(&self, program: &'a Program, old_is_optional: bool, run: &mut Run<'_>) -> Ended<'a> {
        let variables = match self.variables(program, old_is_optional) {
            Ok(variables) => variables,
            Err(error) => return Ended::Failed(error.to_string()),
        };
        let mut left = CALL_COST_MAX;
        let result = program.evaluate(&variables, &mut left);
        let cost = CALL_COST_MAX - left;
        let is_too_expensive = matches!(result, Err(EvaluationError::Budget));
        if cost > *run.budget || is_too_expensive && cost == *run.budget {
            *run.budget = 0;
            return Ended::OutOfBudget;
        }
        *run.budget -= cost;
        match result {
            Ok(value) => Ended::Value(value),
            Err(EvaluationError::Runtime(error)) => Ended::Failed(error),
            Err(EvaluationError::Budget) => Ended::TooExpensive,
        }
    }

    /// What the program refers to. Of what it does not, it does not matter whether it fits its type.
    fn variables(
        &self,
        program: &Program,
        old_is_optional: bool,
    ) -> Result<Vec<(&'static str, expr::Value<'a>)>, EvaluationError> {
        let mut variables = Vec::with_capacity(2);
        if program.uses("self") {
            variables.push(("self", expr::Value::json(self.value, self.type_)?));
        }
        if !program.uses("oldSelf") {
            return Ok(variables);
        }
        let old = self.old.map(|old| expr::Value::json(old, self.type_));
        match old.transpose()? {
            old if old_is_optional => {
                let old = expr::Value::Optional(old.map(std::sync::Arc::new));
                variables.push(("oldSelf", old));
            }
            Some(old) => variables.push(("oldSelf", old)),
            None => {}
        }
        Ok(variables)
    }

    /// The rule does not hold. What was so before is a warning, unless the rule is about a transition.
    fn complain(
        &self,
        rule: &ValidationRule,
        compiled: &'a Compiled,
        ratchet: &Ratchet<'_>,
        run: &mut Run<'_>,
    ) -> ControlFlow<()> {
        let path = match compiled.field.as_str() {
            "" => shown(self.path),
            field => self.path.child(field),
        };
        let is_ratcheted = !compiled.uses_old_self && ratchet.is_unchanged();
        let (error, flow) = match self.message(rule, compiled, run) {
            Ok(detail) => (self.error(path, rule, detail), ControlFlow::Continue(())),
            Err(words) => {
                let error = FieldError {
                    error_type: ErrorType::Invalid,
                    field: path,
                    value: Some(go_quote(self.schema.type_name())),
                    detail: words,
                };
                (error, ControlFlow::Break(()))
            }
        };
        if is_ratcheted {
            run.warnings.push(error.to_string());
        } else {
            run.errors.push(error);
        }
        flow
    }

    fn error(&self, field: FieldPath, rule: &ValidationRule, detail: String) -> FieldError {
        let value = match self.value {
            _ if matches!(self.schema.type_name(), "object" | "array") => None,
            value => Some(print::show(value)),
        };
        let (error_type, value, detail) = match rule.reason.as_deref() {
            Some("FieldValueForbidden") => (ErrorType::Forbidden, None, detail),
            Some("FieldValueRequired") => (ErrorType::Required, None, detail),
            Some("FieldValueDuplicate") => (ErrorType::Duplicate, value, String::new()),
            _ => (ErrorType::Invalid, value, detail),
        };
        FieldError {
            error_type,
            field,
            value,
            detail,
        }
    }

    /// The message: what its expression gives, if that is a line, else what the rule says.
    ///
    /// # Errors
    /// The budget is used up.
    fn message(
        &self,
        rule: &ValidationRule,
        compiled: &'a Compiled,
        run: &mut Run<'_>,
    ) -> Result<String, String> {
        if let Some(Ok(program)) = &compiled.message {
            match self.call(program, false, run) {
                Ended::Value(value) => {
                    let line = value.as_str().and_then(single_line);
                    if let Some(line) = line {
                        return Ok(line.to_owned());
                    }
                }
                // An expression without value is as none.
                Ended::Failed(_) => {}
                Ended::TooExpensive => {
                    let text = go_quote(&rule.message_expression);
                    return Err(format!(
                        "no further validation rules will be run due to call cost exceeds limit for messageExpression: {text}"
                    ));
                }
                Ended::OutOfBudget => {
                    return Err(
                        "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run"
                            .to_owned(),
                    );
                }
            }
        }
        Ok(match rule.message.is_empty() {
            true => format!("failed rule: {}", rule_text(rule)),
            false => rule.message.trim().to_owned(),
        })
    }
}

/// What a rule is called in errors: its message, or itself.
fn rule_text(rule: &ValidationRule) -> &str {
    match rule.message.is_empty() {
        true => rule.rule.trim(),
        false => rule.message.trim(),
    }
}

fn single_line(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_line = !text.is_empty() && text.len() <= MESSAGE_BYTES_MAX && !text.contains('\n');
    is_line.then_some(text)
}
