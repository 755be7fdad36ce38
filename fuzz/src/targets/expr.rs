//! Expressions from anywhere over JSON from anywhere: compiled or refused, evaluated within the budget or refused.

use ::expr::{Environment, SizeEstimate, Sizes, Type, Value, compile};

const BUDGET: u64 = 100_000;

/// Nothing is known of sizes.
struct Unknown;

impl Sizes for Unknown {
    fn size(&self, _: &[&str]) -> Option<SizeEstimate> {
        None
    }
}

/// A line of JSON, which is the variable `self`, and an expression.
pub(super) fn run(input: &[u8]) {
    let Some((document, text)) = super::document_and_patch(input) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let environment = Environment::new().variable("self", Type::Dyn);
    let program = match compile(text, &environment) {
        Ok(program) => program,
        Err(error) => return assert!(error.to_string().starts_with("ERROR: <input>:")),
    };
    let cost = program.cost(&Unknown);
    assert!(cost.min <= cost.max);
    let data = Value::json(&document, &Type::Dyn).expect("of no type, all fits");
    let mut budget = BUDGET;
    if let Ok(value) = program.evaluate(&[("self", data)], &mut budget) {
        let _ = value.to_json();
    }
    assert!(budget <= BUDGET);
}
