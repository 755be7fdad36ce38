//! Expressions of policies and webhooks: compiled, and evaluated within upstream's budgets, with its words.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/cel`.
use super::{
    asked::{self, Place},
    authorizer::Asker,
};
use crate::authz::Authorizer;
use api::admissionregistration::v1::Variable;
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

/// One expression, or why it does not compile.
pub(super) struct Expression {
    pub(super) text: Str,
    program: Result<Program, String>,
}

impl Expression {
    pub(super) fn new(text: &Str, environment: &Environment, wanted: &[Type]) -> Self {
        Self {
            text: text.clone(),
            program: expr::compile_to(text, environment, wanted).map_err(|error| error.to_string()),
        }
    }

    /// Why it does not compile, if it does not.
    pub(super) fn broken(&self) -> Option<&str> {
        self.program.as_ref().err().map(String::as_str)
    }
}

/// A policy's variables, in order; webhooks have none.
#[derive(Default)]
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
            let program = program.map_err(|error| error.to_string());
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

/// What match conditions and the rest may refer to.
pub(super) const fn scope(params: bool) -> Scope {
    Scope {
        params,
        authorizer: true,
    }
}

/// What expressions look at, as documents.
pub(super) struct Inputs {
    pub(super) object: Json,
    pub(super) old: Json,
    /// As one for the resource that the rules matched.
    request: Json,
    /// As it was sent.
    request_sent: Json,
    namespace: Json,
}

impl Inputs {
    /// Of a request that matched in `place`, where its objects are `documents`.
    pub(super) fn new(
        subject: &asked::Asked<'_>,
        place: &Place,
        documents: asked::Documents,
        namespace: Json,
    ) -> Self {
        let request = Json::Object(subject.request("", place));
        let mut request_sent = request.clone();
        request_sent["resource"] = request["requestResource"].clone();
        Self {
            object: documents.new,
            old: documents.old,
            request,
            request_sent,
            namespace,
        }
    }
}

/// Which expressions are evaluated: match conditions see the request as it was sent, and no namespace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Conditions,
    Rest,
}

/// Who is asked, and what `authorizer.requestResource` is.
#[derive(Clone)]
pub(super) struct Checks {
    pub(super) asker: Arc<Asker>,
    target: ResourceTarget,
}

impl Checks {
    pub(super) fn new(authorizer: &Arc<Authorizer>, subject: &asked::Asked<'_>) -> Self {
        let target = ResourceTarget {
            group: subject.place.group.to_string(),
            resource: subject.place.resource.to_string(),
            subresource: subject.cx.subresource.to_string(),
            namespace: subject.namespace().to_owned(),
            name: subject.name.to_string(),
            ..ResourceTarget::default()
        };
        Self {
            asker: Asker::new(authorizer, &subject.cx.user),
            target,
        }
    }
}

/// The variables of evaluations that share what they have computed.
pub(super) fn bindings<'a>(
    inputs: &'a Inputs,
    params: &'a Json,
    variables: &'a Variables,
    checks: Option<&Checks>,
    sort: Sort,
) -> Bindings<'a> {
    // Unlike their types, which the checker knows, the values are as their JSON is.
    let value = |json: &'a Json| Value::json(json, &Type::Dyn).unwrap_or(Value::Null);
    let (request, namespace) = match sort {
        Sort::Conditions => (&inputs.request_sent, &Json::Null),
        Sort::Rest => (&inputs.request, &inputs.namespace),
    };
    let mut given = vec![
        (OBJECT, value(&inputs.object)),
        (OLD_OBJECT, value(&inputs.old)),
        (REQUEST, value(request)),
        (NAMESPACE_OBJECT, value(namespace)),
        (PARAMS, value(params)),
    ];
    if let Some(checks) = checks {
        let asker = || Arc::clone(&checks.asker) as Arc<dyn expr::Authorize>;
        given.push((AUTHORIZER, Value::authorizer(asker())));
        let check = Value::resource_check(asker(), checks.target.clone());
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
