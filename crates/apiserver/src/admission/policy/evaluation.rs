//! Expressions of policies: compiled, and evaluated within upstream's budgets, with its words.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/cel` and `…/plugin/webhook/matchconditions`.
use crate::admission::authorizer::Asker;
use api::admissionregistration::v1::{MatchCondition, Variable};
use expr::{
    Bindings, EVALUATION_COST_MAX, Environment, Program, ResourceTarget, Type, Value,
    admission::{
        AUTHORIZER, NAMESPACE_OBJECT, OBJECT, OLD_OBJECT, PARAMS, REQUEST, REQUEST_RESOURCE, Scope,
        VARIABLES, VariableTypes,
    },
};
use meta::Str;
use platform::Clock;
use serde_json::Value as Json;
use std::{sync::Arc, time::Duration};

/// What all expressions of one sort of a policy may cost together.
pub(super) const COST_MAX: u64 = 10_000_000;
/// And all match conditions.
const CONDITIONS_COST_MAX: u64 = 2_500_000;

/// One expression, or why it does not compile.
pub(super) struct Expression {
    pub(super) text: Str,
    program: Result<Program, String>,
}

impl Expression {
    pub(super) fn new(text: &Str, environment: &Environment, wanted: &[Type]) -> Self {
        Self {
            text: text.clone(),
            program: expr::compile_to(text, environment, wanted),
        }
    }

    /// Why it does not compile, if it does not.
    pub(super) fn broken(&self) -> Option<&str> {
        self.program.as_ref().err().map(String::as_str)
    }
}

/// A policy's variables, in order.
pub(super) struct Variables {
    compiled: Vec<(Str, Result<Program, String>)>,
    types: VariableTypes,
}

impl Variables {
    pub(super) fn new(variables: &[Variable], environment: &Environment) -> Self {
        let mut types = VariableTypes::default();
        let compile = |variable: &Variable| {
            let known = types.within(environment);
            let program = expr::compile_to(&variable.expression, &known, &[]);
            types.add(&variable.name, program.as_ref().ok().map(Program::result));
            (variable.name.clone(), program)
        };
        Self {
            compiled: variables.iter().map(compile).collect(),
            types,
        }
    }

    /// What expressions behind all variables may refer to.
    pub(super) fn within(&self, environment: &Environment) -> Environment {
        self.types.within(environment)
    }

    fn programs(&self) -> impl Iterator<Item = (&str, Result<&Program, &str>)> {
        let variables = self.compiled.iter();
        variables.map(|(name, program)| (&**name, program.as_ref().map_err(|error| &**error)))
    }
}

/// What match conditions and the rest of a policy may refer to.
pub(super) const fn scope(params: bool) -> Scope {
    Scope {
        params,
        authorizer: true,
    }
}

/// What expressions look at, as documents.
pub(super) struct Documents {
    pub(super) object: Json,
    pub(super) old: Json,
    /// As one for the resource that the rules matched.
    pub(super) request: Json,
    /// As it was sent.
    pub(super) request_sent: Json,
    pub(super) namespace: Json,
    pub(super) params: Json,
}

/// Which expressions are evaluated: match conditions see the request as it was sent, and no namespace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Conditions,
    Rest,
}

/// Who is asked, and what `authorizer.requestResource` is.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) asker: Arc<Asker>,
    pub(super) target: ResourceTarget,
}

/// The variables of evaluations that share what they have computed.
pub(super) fn bindings<'a>(
    documents: &'a Documents,
    variables: &'a Variables,
    asked: Option<&Asked>,
    sort: Sort,
) -> Bindings<'a> {
    // Unlike their types, which the checker knows, the values are as their JSON is.
    let value = |json: &'a Json| Value::json(json, &Type::Dyn).unwrap_or(Value::Null);
    let (request, namespace) = match sort {
        Sort::Conditions => (&documents.request_sent, &Json::Null),
        Sort::Rest => (&documents.request, &documents.namespace),
    };
    let mut given = vec![
        (OBJECT, value(&documents.object)),
        (OLD_OBJECT, value(&documents.old)),
        (REQUEST, value(request)),
        (NAMESPACE_OBJECT, value(namespace)),
        (PARAMS, value(&documents.params)),
    ];
    if let Some(asked) = asked {
        let asker = || Arc::clone(&asked.asker) as Arc<dyn expr::Authorize>;
        given.push((AUTHORIZER, Value::authorizer(asker())));
        let check = Value::resource_check(asker(), asked.target.clone());
        given.push((REQUEST_RESOURCE, check));
    }
    Bindings::new(given).composed(VARIABLES, variables.programs())
}

/// What an expression gave, or why it gave nothing.
pub(super) struct Evaluated<'a> {
    pub(super) value: Result<Value<'a>, String>,
    pub(super) elapsed: Duration,
}

/// Nothing more can be evaluated: the budget is spent.
pub(super) struct Spent;

impl Spent {
    pub(super) const WORDS: &'static str = "validation failed due to running out of cost budget, no further validation rules will be run";
}

/// Evaluates one of the expressions that share a budget.
pub(super) fn evaluate<'a>(
    expression: &'a Expression,
    bindings: &Bindings<'a>,
    budget: &mut u64,
    clock: &Clock,
) -> Result<Evaluated<'a>, Spent> {
    let program = match &expression.program {
        Ok(program) => program,
        Err(error) => {
            return Ok(Evaluated {
                value: Err(format!("compilation error: {error}")),
                elapsed: Duration::ZERO,
            });
        }
    };
    let started = clock.monotonic();
    let mut left = EVALUATION_COST_MAX;
    let value = program.evaluate_in(bindings, &mut left);
    let elapsed = clock.monotonic().since(started);
    let cost = bindings.take_cost() + (EVALUATION_COST_MAX - left);
    *budget = budget.checked_sub(cost).ok_or(Spent)?;
    let text = &expression.text;
    let words = |error| format!("expression '{text}' resulted in error: {error}");
    Ok(Evaluated {
        value: value.map_err(words),
        elapsed,
    })
}

/// A policy's match conditions.
pub(super) struct Conditions(Vec<Expression>);

impl Conditions {
    pub(super) fn new(conditions: &[MatchCondition], environment: &Environment) -> Self {
        let conditions = conditions.iter();
        let compile = |condition: &MatchCondition| {
            Expression::new(&condition.expression, environment, &[Type::Bool])
        };
        Self(conditions.map(compile).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all hold. One that does not hides the errors of others.
    ///
    /// # Errors
    /// Why it cannot be told, unless failures are to be ignored: then they do not hold.
    pub(super) fn hold<'a>(
        &'a self,
        bindings: &Bindings<'a>,
        ignores: bool,
        clock: &Clock,
    ) -> Result<bool, String> {
        let (mut budget, mut errors) = (CONDITIONS_COST_MAX, Vec::new());
        let mut holds = true;
        for condition in &self.0 {
            let evaluated = match evaluate(condition, bindings, &mut budget, clock) {
                Ok(evaluated) => evaluated,
                Err(Spent) if ignores => return Ok(false),
                Err(Spent) => return Err(Spent::WORDS.to_owned()),
            };
            match evaluated.value {
                Ok(value) => holds &= value.as_bool() != Some(false),
                Err(error) => errors.push(error),
            }
        }
        if !holds || errors.is_empty() {
            return Ok(holds);
        }
        if ignores {
            return Ok(false);
        }
        Err(aggregate(errors))
    }
}

/// Several errors as upstream's aggregate prints them, each once.
fn aggregate(mut errors: Vec<String>) -> String {
    let mut seen = std::collections::BTreeSet::new();
    errors.retain(|error| seen.insert(error.clone()));
    match &*errors {
        [one] => one.clone(),
        _ => format!("[{}]", errors.join(", ")),
    }
}
