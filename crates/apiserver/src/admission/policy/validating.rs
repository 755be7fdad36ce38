//! ValidatingAdmissionPolicy: what policies decide about one request.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/policy/validating` (`dispatcher.go`, `validator.go`).
mod steps;

use self::steps::{Plan, Step};
use super::{
    Request,
    compiled::{Annotation, Binding, Hook, Validating, Validation},
    params::Params,
};
use crate::admission::{
    conditions::Held,
    expressions::{COST_MAX, Evaluated, Inputs, Sort, Spent, bindings, evaluate},
};
use api::admissionregistration::v1::ValidationAction;
use expr::{Bindings, Value};
use meta::{ApiError, Reason, StatusCause, Str};
use platform::Clock;
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// Longer messages of expressions are not shown.
const MESSAGE_BYTES_MAX: usize = 5 * 1024;
/// Longer values are cut.
const ANNOTATION_BYTES_MAX: usize = 10 * 1024;

/// Everything that all policies decide, and have to say.
#[derive(Default)]
pub(super) struct Report {
    denied: Option<Denial>,
    warnings: Vec<String>,
    annotations: Vec<(String, String)>,
    counted: Vec<Counted>,
    /// Match conditions, with the names of their policies.
    held: Vec<(Str, Held)>,
}

/// The first one speaks for all.
struct Denial {
    message: String,
    reason: Option<Str>,
}

/// One check, for metrics.
struct Counted {
    policy: Str,
    binding: Str,
    error: &'static str,
    action: &'static str,
    elapsed: Duration,
}

/// What one validation decided.
struct Decision {
    outcome: Outcome,
    message: String,
    reason: Option<Str>,
    elapsed: Duration,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Admitted,
    /// Something went wrong that is to be ignored.
    Ignored,
    Denied,
}

/// What is said in the audit log under a key, or what went wrong.
type Noted<'a> = (&'a Str, Result<String, String>, Duration);

/// What is noted under a policy's keys.
type Notes<'a> = BTreeMap<&'a str, Vec<String>>;

impl Report {
    /// Takes all steps. May be asked again: nothing is said to anybody yet.
    fn of(plan: &Plan<'_>, request: &Request<'_>) -> Self {
        let (mut report, mut notes) = (Self::default(), Notes::new());
        for step in &plan.steps {
            match step {
                Step::Misconfigured {
                    policy,
                    binding,
                    error,
                } => report.misconfigured(policy, *binding, error),
                Step::Ask {
                    policy,
                    binding,
                    inputs,
                    params,
                } => {
                    let inputs = plan.inputs(*inputs);
                    let (decisions, noted) = report.validate(policy, inputs, params, request);
                    report.take(policy, binding, decisions);
                    report.note(policy, binding, noted, &mut notes);
                }
                Step::End { policy } => {
                    for (key, values) in std::mem::take(&mut notes) {
                        let key = format!("{}/{key}", policy.head.name);
                        report.annotations.push((key, values.join(", ")));
                    }
                }
            }
        }
        report
    }

    /// Evaluates one policy with one object of parameters.
    fn validate<'p>(
        &mut self,
        policy: &'p Validating,
        inputs: &Inputs,
        params: &Params,
        request: &Request<'_>,
    ) -> (Vec<Decision>, Vec<Noted<'p>>) {
        let (head, clock) = (&policy.head, request.clock);
        let (params, variables) = (&params.document, &head.variables);
        let checks = Some(&request.checks);
        if !head.conditions.is_empty() {
            let bound = bindings(inputs, params, variables, checks, Sort::Conditions);
            let held = head.conditions.evaluate(&bound, clock);
            let holds = held.outcome(head.ignores);
            self.held.push((head.name.clone(), held));
            match holds {
                Ok(true) => {}
                Ok(false) => return Default::default(),
                Err(error) => return failed(policy, error),
            }
        }
        let bound = bindings(inputs, params, variables, checks, Sort::Rest);
        let mut budget = COST_MAX;
        let mut evaluated = Vec::with_capacity(policy.validations.len());
        for validation in &policy.validations {
            match evaluate(&validation.expression, &bound, &mut budget, clock) {
                Ok(one) => evaluated.push(one),
                Err(Spent) => return failed(policy, Spent::WORDS.to_owned()),
            }
        }
        // Neither messages nor annotations know what the user may.
        let bound = bindings(inputs, params, variables, None, Sort::Rest);
        let messages = messages(policy, &bound, &mut budget, clock);
        let decisions = policy.validations.iter().zip(evaluated).enumerate();
        let decisions = decisions.map(|(index, (validation, evaluated))| {
            let message = match &messages {
                Ok(messages) => Ok(messages[index].as_deref()),
                Err(Spent) => Err(Spent),
            };
            decide(policy, validation, evaluated, message)
        });
        let decisions = decisions.collect();
        let bound = bindings(inputs, params, variables, None, Sort::Rest);
        match annotate(policy, &bound, clock) {
            Ok(noted) => (decisions, noted),
            Err(Spent) => failed(policy, Spent::WORDS.to_owned()),
        }
    }

    /// A policy or a binding that cannot be asked.
    fn misconfigured(&mut self, policy: &Validating, binding: Option<&Binding>, error: &str) {
        if policy.head.ignores {
            return;
        }
        let what = if binding.is_some() {
            "binding"
        } else {
            "policy"
        };
        let message = format!("failed to configure {what}: {error}");
        self.deny(policy, binding, &message, None);
    }

    fn deny(
        &mut self,
        policy: &Validating,
        binding: Option<&Binding>,
        message: &str,
        reason: Option<Str>,
    ) {
        let name = &policy.head.name;
        let with = binding.map(|binding| format!(" with binding '{}'", binding.name));
        let with = with.unwrap_or_default();
        self.denied.get_or_insert_with(|| Denial {
            message: format!("ValidatingAdmissionPolicy '{name}'{with} denied request: {message}"),
            reason,
        });
    }

    fn take(&mut self, policy: &Validating, binding: &Binding, decisions: Vec<Decision>) {
        for (index, decision) in decisions.into_iter().enumerate() {
            let elapsed = decision.elapsed;
            let mut count = |action| {
                self.counted.push(Counted {
                    policy: policy.head.name.clone(),
                    binding: binding.name.clone(),
                    error: error_type(&decision.message),
                    action,
                    elapsed,
                });
            };
            match decision.outcome {
                Outcome::Admitted => continue,
                Outcome::Ignored => {
                    count("allow");
                    continue;
                }
                Outcome::Denied => {}
            }
            for action in &binding.actions {
                match &**action {
                    ValidationAction::DENY => count("deny"),
                    ValidationAction::AUDIT => count("audit"),
                    ValidationAction::WARN => count("warn"),
                    _ => {}
                }
            }
            self.act(policy, binding, index, &decision);
        }
    }

    /// What the binding's actions make of a denial.
    fn act(&mut self, policy: &Validating, binding: &Binding, index: usize, decision: &Decision) {
        let (name, message) = (&policy.head.name, &decision.message);
        for action in &binding.actions {
            match &**action {
                ValidationAction::DENY => {
                    self.deny(policy, Some(binding), message, decision.reason.clone());
                }
                ValidationAction::AUDIT => {
                    let key = "validation.policy.admission.k8s.io/validation_failure".to_owned();
                    let value = failure(policy, binding, index, message);
                    self.annotations.push((key, value));
                }
                ValidationAction::WARN => self.warnings.push(format!(
                    "Validation failed for ValidatingAdmissionPolicy '{name}' with binding '{}': {message}",
                    binding.name
                )),
                _ => {}
            }
        }
    }

    fn note<'a>(
        &mut self,
        policy: &Validating,
        binding: &Binding,
        noted: Vec<Noted<'a>>,
        notes: &mut Notes<'a>,
    ) {
        for (key, value, elapsed) in noted {
            match value {
                Ok(mut value) => {
                    value.truncate(value.floor_char_boundary(ANNOTATION_BYTES_MAX));
                    let values = notes.entry(key).or_default();
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                Err(error) => {
                    self.counted.push(Counted {
                        policy: policy.head.name.clone(),
                        binding: binding.name.clone(),
                        error: error_type(&error),
                        action: "deny",
                        elapsed,
                    });
                    self.deny(policy, Some(binding), &error, None);
                }
            }
        }
    }

    /// Says what is to be said, and whether the request is refused.
    fn publish(self, request: &Request<'_>) -> Result<(), ApiError> {
        let cx = request.subject.cx;
        for (policy, held) in &self.held {
            held.count(request.admission_metrics, request.conditional(policy));
        }
        for counted in &self.counted {
            let labels = [
                &*counted.policy,
                &*counted.binding,
                counted.error,
                counted.action,
            ];
            request.metrics.validated(labels, counted.elapsed);
        }
        for warning in self.warnings {
            cx.warn(warning);
        }
        if let Some(annotations) = &cx.annotations {
            for (key, value) in self.annotations {
                annotations.add(key, value);
            }
        }
        let Some(denial) = self.denied else {
            return Ok(());
        };
        let mut error = request.forbidden(request.object, &denial.message);
        let reason = denial
            .reason
            .as_deref()
            .map_or(Reason::Invalid, Reason::parse);
        error.reason = reason;
        error.code = match reason {
            Reason::Forbidden | Reason::Unauthorized | Reason::RequestEntityTooLarge => {
                reason.code()
            }
            _ => Reason::Invalid.code(),
        };
        let cause = StatusCause {
            message: denial.message.into(),
            ..StatusCause::default()
        };
        error.details.get_or_insert_default().causes.push(cause);
        Err(error)
    }
}

/// The value of the annotation about a failure that is to be audited.
fn failure(policy: &Validating, binding: &Binding, index: usize, message: &str) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let actions: Vec<String> = binding.actions.iter().map(|action| text(action)).collect();
    let failure = format!(
        r#"[{{"message":{},"policy":{},"binding":{},"expressionIndex":{index},"validationActions":[{}]}}]"#,
        text(message),
        text(&policy.head.name),
        text(&binding.name),
        actions.join(",")
    );
    // As Go escapes strings, for those who put them into pages.
    failure
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// By the words of the message, as upstream tells it.
pub(super) fn error_type(message: &str) -> &'static str {
    if message.starts_with("compilation") {
        "compile_error"
    } else if message.starts_with("validation failed due to running out of cost budget") {
        "out_of_budget"
    } else {
        "invalid_error"
    }
}

/// Of a policy that cannot be evaluated.
fn failed(policy: &Validating, message: String) -> (Vec<Decision>, Vec<Noted<'_>>) {
    let decision = Decision {
        outcome: failure_outcome(policy),
        message,
        reason: None,
        elapsed: Duration::ZERO,
    };
    (vec![decision], Vec::new())
}

fn failure_outcome(policy: &Validating) -> Outcome {
    if policy.head.ignores {
        Outcome::Ignored
    } else {
        Outcome::Denied
    }
}

/// What message expressions say, where they say something that can be shown.
fn messages<'a>(
    policy: &'a Validating,
    bound: &Bindings<'a>,
    budget: &mut u64,
    clock: &Clock,
) -> Result<Vec<Option<String>>, Spent> {
    let messages = policy.validations.iter().map(|validation| {
        let Some(expression) = &validation.message_expression else {
            return Ok(None);
        };
        let evaluated = evaluate(expression, bound, budget, clock)?;
        let value = evaluated.value.ok();
        let text = value.as_ref().and_then(Value::as_str).unwrap_or("").trim();
        let shown = !text.is_empty() && text.len() <= MESSAGE_BYTES_MAX && !text.contains('\n');
        Ok(shown.then(|| text.to_owned()))
    });
    messages.collect()
}

fn decide(
    policy: &Validating,
    validation: &Validation,
    evaluated: Evaluated<'_>,
    message: Result<Option<&str>, Spent>,
) -> Decision {
    let failed = |message| (failure_outcome(policy), message, None);
    let (outcome, message, reason) = match (evaluated.value, message) {
        (Err(error), _) => failed(error),
        (Ok(_), Err(Spent)) => failed(format!("failed messageExpression: {}", Spent::WORDS)),
        (Ok(Value::Bool(true)), Ok(_)) => (Outcome::Admitted, String::new(), None),
        (Ok(_), Ok(message)) => {
            let own = validation.message.trim();
            let words = match message {
                Some(message) => message.to_owned(),
                None if !own.is_empty() => own.to_owned(),
                None => format!("failed expression: {}", validation.expression.text.trim()),
            };
            (Outcome::Denied, words, validation.reason.clone())
        }
    };
    Decision {
        outcome,
        message,
        reason,
        elapsed: evaluated.elapsed,
    }
}

/// The values of audit annotations that have one.
fn annotate<'p: 'd, 'd>(
    policy: &'p Validating,
    bound: &Bindings<'d>,
    clock: &Clock,
) -> Result<Vec<Noted<'p>>, Spent> {
    let (mut budget, mut noted) = (COST_MAX, Vec::new());
    for Annotation {
        key,
        value: expression,
    } in &policy.annotations
    {
        let evaluated = evaluate(expression, bound, &mut budget, clock)?;
        let value = match evaluated.value {
            Ok(Value::Null) => continue,
            Ok(Value::String(text)) if text.as_str().trim().is_empty() => continue,
            Ok(Value::String(text)) => Ok(text.as_str().trim().to_owned()),
            Err(_) if policy.head.ignores => continue,
            Err(error) => Err(error),
            Ok(other) => Err(format!(
                "valueExpression '{}' resulted in unsupported return type: {}. Return type must be either string or null.",
                expression.text,
                other.type_name()
            )),
        };
        noted.push((key, value, evaluated.elapsed));
    }
    Ok(noted)
}

/// Asks until nothing is left open, then tells.
pub(super) async fn run(
    hooks: Arc<[Hook<Validating>]>,
    request: Request<'_>,
) -> Result<(), ApiError> {
    let plan = Plan::of(&hooks, &request).await?;
    loop {
        let report = Report::of(&plan, &request);
        if !request.checks.asker.settle().await {
            return report.publish(&request);
        }
    }
}
