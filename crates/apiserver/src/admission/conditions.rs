//! Match conditions of policies and webhooks: expressions of which all have to hold before anybody is asked.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions`.
use super::{
    expressions::{Expression, Spent, evaluate},
    metrics::{AdmissionMetrics, Conditional},
};
use api::admissionregistration::v1::MatchCondition;
use expr::{Bindings, Environment, Type};
use platform::Clock;
use std::time::Duration;

/// What all conditions may cost together.
const COST_MAX: u64 = 2_500_000;

pub(super) struct Conditions(Vec<Expression>);

/// What came of them.
pub(super) struct Held {
    outcome: Result<bool, String>,
    /// Those that went wrong before one did not hold.
    errors: usize,
    took: Duration,
}

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

    /// One that does not hold hides the errors of others. All are evaluated, as upstream's budget counts them.
    pub(super) fn evaluate<'a>(&'a self, bindings: &Bindings<'a>, clock: &Clock) -> Held {
        let started = clock.monotonic();
        let (mut budget, mut errors) = (COST_MAX, Vec::new());
        let mut holds = true;
        for condition in &self.0 {
            let evaluated = match evaluate(condition, bindings, &mut budget, clock) {
                Ok(evaluated) => evaluated,
                Err(Spent) => {
                    return Held {
                        outcome: Err(Spent::WORDS.to_owned()),
                        errors: 0,
                        took: clock.monotonic().since(started),
                    };
                }
            };
            match evaluated.value {
                _ if !holds => {}
                Ok(value) => holds = value.as_bool() != Some(false),
                Err(error) => errors.push(error),
            }
        }
        Held {
            outcome: if holds && !errors.is_empty() {
                Err(crate::authz::aggregate(&errors))
            } else {
                Ok(holds)
            },
            errors: errors.len(),
            took: clock.monotonic().since(started),
        }
    }
}

impl Held {
    /// Says in metrics what came of them. As upstream, the time is told unless all held.
    pub(super) fn count(&self, metrics: &AdmissionMetrics, what: Conditional<'_>) {
        let took = (self.outcome != Ok(true)).then_some(self.took);
        metrics.observe_conditions(what, took, self.errors);
    }

    /// Whether all hold.
    ///
    /// # Errors
    /// Why it cannot be told, unless failures are to be ignored: then they do not hold.
    pub(super) fn outcome(&self, ignores: bool) -> Result<bool, String> {
        match &self.outcome {
            Err(_) if ignores => Ok(false),
            outcome => outcome.clone(),
        }
    }
}
