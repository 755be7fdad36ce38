//! `allOf`, `anyOf`, `oneOf` and `not`.

use super::{Validation, outcome::Outcome, path::Path};
use crate::Structural;
use meta::go_quote;
use serde_json::Value;

/// Ratcheting ends here: what an update left as it was counts among alternatives as well.
pub(super) fn check(
    validation: &Validation,
    path: &Path<'_>,
    value: &Value,
    outcome: &mut Outcome,
) {
    any_of(&validation.any_of, path, value, outcome);
    one_of(&validation.one_of, path, value, outcome);
    all_of(&validation.all_of, path, value, outcome);
    if let Some(not) = &validation.not
        && outcome_of(not, path, value).is_valid()
    {
        outcome.whole(format!(
            "{} must not validate the schema (not)",
            quoted(path)
        ));
    }
}

fn any_of(schemas: &[Structural], path: &Path<'_>, value: &Value, outcome: &mut Outcome) {
    let mut best: Option<Outcome> = None;
    for schema in schemas {
        let result = outcome_of(schema, path, value);
        if result.is_valid() {
            outcome.matches += result.matches;
            return;
        }
        if best
            .as_ref()
            .is_none_or(|best| result.matches > best.matches)
        {
            best = Some(result);
        }
    }
    if let Some(best) = best {
        outcome.whole(format!(
            "{} must validate at least one schema (anyOf)",
            quoted(path)
        ));
        outcome.merge(best);
    }
}

fn one_of(schemas: &[Structural], path: &Path<'_>, value: &Value, outcome: &mut Outcome) {
    if schemas.is_empty() {
        return;
    }
    let mut best: Option<Outcome> = None;
    let mut first_matches = 0;
    let mut valid = 0;
    for schema in schemas {
        let result = outcome_of(schema, path, value);
        if result.is_valid() {
            valid += 1;
            best = None;
            if valid == 1 {
                first_matches = result.matches;
            }
        } else if valid == 0
            && best
                .as_ref()
                .is_none_or(|best| result.matches > best.matches)
        {
            best = Some(result);
        }
    }
    if valid == 1 {
        outcome.matches += first_matches;
        return;
    }
    let found = match valid {
        0 => "Found none valid".to_owned(),
        valid => format!("Found {valid} valid alternatives"),
    };
    let path = quoted(path);
    outcome.whole(format!(
        "{path} must validate one and only one schema (oneOf). {found}"
    ));
    if let Some(best) = best {
        outcome.merge(best);
    }
}

fn all_of(schemas: &[Structural], path: &Path<'_>, value: &Value, outcome: &mut Outcome) {
    let mut valid = 0;
    for schema in schemas {
        let result = outcome_of(schema, path, value);
        valid += usize::from(result.is_valid());
        outcome.merge(result);
    }
    if valid != schemas.len() {
        let none = if valid == 0 { ". None validated" } else { "" };
        let path = quoted(path);
        outcome.whole(format!(
            "{path} must validate all the schemas (allOf){none}"
        ));
    }
}

fn outcome_of(schema: &Structural, path: &Path<'_>, value: &Value) -> Outcome {
    let mut outcome = Outcome::default();
    schema.check(path, value, None, &mut outcome);
    outcome
}

fn quoted(path: &Path<'_>) -> String {
    go_quote(&path.to_string())
}
