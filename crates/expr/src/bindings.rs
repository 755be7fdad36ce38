//! The variables of one evaluation, and variables of a policy, which are expressions that are evaluated when one first looks at them.

use crate::{EvaluationError, Map, Program, Value};
use std::cell::{Cell, OnceCell};

/// What one evaluation of a variable may cost, as of any expression.
pub const EVALUATION_COST_MAX: u64 = 1_000_000;
/// How deep an evaluation may go through variables that refer to variables, counted in steps of expressions.
const DEPTH_MAX: usize = 250;

/// Values by name.
#[derive(Debug)]
pub struct Bindings<'a> {
    given: Vec<(&'a str, Value<'a>)>,
    composed: Vec<Composed<'a>>,
    /// What the composed variables have cost since it was last asked for.
    cost: Cell<u64>,
    depth: Cell<usize>,
}

/// A variable that is an expression.
#[derive(Debug)]
struct Composed<'a> {
    name: &'a str,
    /// Or why it does not compile.
    program: Result<&'a Program, &'a str>,
    value: OnceCell<Result<Value<'a>, EvaluationError>>,
}

impl<'a> Bindings<'a> {
    /// `given` are values; `composed` are found as fields of `variables`.
    #[must_use]
    pub fn new(given: Vec<(&'a str, Value<'a>)>) -> Self {
        Self {
            given,
            composed: Vec::new(),
            cost: Cell::new(0),
            depth: Cell::new(0),
        }
    }

    /// With variables that are fields of `name`: expressions, or why they do not compile. Each may refer to those before it.
    #[must_use]
    pub fn composed(
        mut self,
        name: &'a str,
        variables: impl Iterator<Item = (&'a str, Result<&'a Program, &'a str>)>,
    ) -> Self {
        let variables = variables.map(|(name, program)| Composed {
            name,
            program,
            value: OnceCell::new(),
        });
        self.composed = variables.collect();
        self.given.push((name, Value::Map(Map::Composed)));
        self
    }

    /// What composed variables cost since this was last asked.
    pub fn take_cost(&self) -> u64 {
        self.cost.take()
    }

    pub(crate) fn given(&self) -> &[(&'a str, Value<'a>)] {
        &self.given
    }

    /// The value of a composed variable, of which there is one if there is an answer.
    pub(crate) fn find(&self, name: &str) -> Option<Result<Value<'a>, EvaluationError>> {
        let composed = self.composed.iter().find(|one| one.name == name)?;
        if let Some(value) = composed.value.get() {
            return Some(value.clone());
        }
        let value = self.evaluate(composed);
        Some(composed.value.get_or_init(|| value).clone())
    }

    fn evaluate(&self, composed: &Composed<'a>) -> Result<Value<'a>, EvaluationError> {
        let name = meta::go_quote(composed.name);
        let program = composed.program.map_err(|error| {
            let words = format!("composited variable {name} fails to compile: {error}");
            EvaluationError::Runtime(words)
        })?;
        let above = self.depth.get();
        self.depth.set(above + program.depth());
        let mut left = EVALUATION_COST_MAX;
        let value = if self.depth.get() > DEPTH_MAX {
            Err(EvaluationError::runtime(
                "variables refer to one another too deeply",
            ))
        } else {
            program.evaluate_in(self, &mut left)
        };
        self.depth.set(above);
        let cost = self.cost.get() + (EVALUATION_COST_MAX - left);
        self.cost.set(cost);
        value.map_err(|error| {
            let words = format!("composited variable {name} fails to evaluate: {error}");
            EvaluationError::Runtime(words)
        })
    }
}

#[cfg(test)]
mod tests;
