//! `maxLength`, `minLength`, `pattern` and `format`. Lengths are in characters.

use super::{Validation, outcome::Outcome, path::Path};
use meta::go_quote;

pub(super) fn check(validation: &Validation, path: &Path<'_>, text: &str, outcome: &mut Outcome) {
    check_text(validation, path, text, outcome);
    let Some(matches_format) = validation.format_check else {
        return;
    };
    if !matches_format(text) {
        outcome.wrong_type(path, &validation.format, text);
    }
    outcome.matches += 1;
}

/// The first complaint is the only one.
fn check_text(validation: &Validation, path: &Path<'_>, text: &str, outcome: &mut Outcome) {
    if validation.max_length.is_some() || validation.min_length.is_some() {
        let chars = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        if let Some(max) = validation.max_length
            && chars > max
        {
            return outcome.too_long(path, max);
        }
        if let Some(min) = validation.min_length
            && chars < min
        {
            let words = format!("should be at least {min} chars long");
            return outcome.invalid(path, go_quote(text), words);
        }
    }
    if let Some(pattern) = &validation.pattern
        && let Err(words) = pattern.check(text)
    {
        outcome.invalid(path, go_quote(text), format_args!("should match '{words}'"));
    }
}
