//! From the text of a rule to programs.

use crate::{
    Structural,
    field_path::{Arrays, resolve},
};
use api::apiextensions::v1::ValidationRule;
use expr::{Environment, Program, Type};
use meta::FieldPath;

/// A rule that compiles.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    pub(crate) program: Program,
    /// It is about a transition.
    pub(crate) uses_old_self: bool,
    /// `messageExpression`, if there is one.
    pub(crate) message: Option<Result<Program, String>>,
    /// `fieldPath` as errors print it; the root if there is none.
    pub(crate) field: FieldPath,
}

/// What rules refer to.
#[derive(Clone, Debug)]
pub(crate) struct Variables {
    plain: Environment,
    /// `oldSelf` may be missing.
    optional: Environment,
}

impl Variables {
    pub(crate) fn new(type_: &Type) -> Self {
        let own = Environment::new().variable("self", type_.clone());
        Self {
            plain: own.clone().variable("oldSelf", type_.clone()),
            optional: own.variable("oldSelf", Type::optional(type_.clone())),
        }
    }
}

/// Compiles a rule of `schema`; nothing for a blank one.
///
/// # Errors
/// Why it does not compile, in upstream's words.
pub(crate) fn compile_rule(
    rule: &ValidationRule,
    schema: &Structural,
    variables: &Variables,
) -> Result<Option<Compiled>, String> {
    if rule.rule.trim().is_empty() {
        return Ok(None);
    }
    let environment = match rule.optional_old_self {
        Some(true) => &variables.optional,
        Some(false) | None => &variables.plain,
    };
    let program = expr::compile(&rule.rule, environment)
        .map_err(|error| format!("compilation failed: {error}"))?;
    if *program.result() != Type::Bool {
        return Err("cel expression must evaluate to a bool".to_owned());
    }
    if let Some(error) = program.instantiation_error() {
        return Err(format!("program instantiation failed: {error}"));
    }
    let message = (!rule.message_expression.is_empty())
        .then(|| compile_message(&rule.message_expression, environment));
    let field = resolve(&rule.field_path, schema, Arrays::Allowed);
    Ok(Some(Compiled {
        uses_old_self: program.uses("oldSelf"),
        program,
        message,
        field: field.map(|(path, _)| path).unwrap_or_default(),
    }))
}

fn compile_message(text: &str, environment: &Environment) -> Result<Program, String> {
    let program = expr::compile(text, environment)
        .map_err(|error| format!("messageExpression compilation failed: {error}"))?;
    if *program.result() != Type::String {
        return Err("messageExpression must evaluate to a string".to_owned());
    }
    if let Some(error) = program.instantiation_error() {
        return Err(format!("messageExpression instantiation failed: {error}"));
    }
    Ok(program)
}
