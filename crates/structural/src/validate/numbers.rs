//! `minimum`, `maximum`, `multipleOf`, and the ranges of the types.

use super::{Validation, outcome::Outcome, path::Path, types::is_whole};
use crate::{print, structural::Type};
use serde_json::Number;

/// Checks a number; `type_` is the one type it must have, if there is one.
pub(super) fn check(
    type_: Type,
    validation: Option<&Validation>,
    path: &Path<'_>,
    number: &Number,
    outcome: &mut Outcome,
) {
    let Some(float) = number.as_f64() else { return };
    let range = Range {
        type_,
        format: validation.map_or("", |validation| &validation.format),
        path,
    };
    let in_range = match number.as_i64() {
        Some(integer) => range.holds_integer(integer),
        None => range.holds(float),
    };
    if !in_range {
        outcome.whole(range.words("Checked"));
    }
    let Some(validation) = validation else { return };
    let value = Checked { number, float };
    if let Some(factor) = validation.multiple_of {
        multiple_of(&range, &value, factor, outcome);
    }
    if let Some(min) = validation.minimum {
        let exact = range.constraint("Minimum boundary", min, outcome);
        let limit = value.limit(min, exact);
        let wrong = match validation.exclusive_minimum {
            true => value.order(&limit) != Some(std::cmp::Ordering::Greater),
            false => value.order(&limit) == Some(std::cmp::Ordering::Less),
        };
        if wrong {
            let than = match validation.exclusive_minimum {
                true => "greater than",
                false => "greater than or equal to",
            };
            value.complain(path, than, &limit, exact, outcome);
        }
    }
    if let Some(max) = validation.maximum {
        let exact = range.constraint("Maximum boundary", max, outcome);
        let limit = value.limit(max, exact);
        let wrong = match validation.exclusive_maximum {
            true => value.order(&limit) != Some(std::cmp::Ordering::Less),
            false => value.order(&limit) == Some(std::cmp::Ordering::Greater),
        };
        if wrong {
            let than = match validation.exclusive_maximum {
                true => "less than",
                false => "less than or equal to",
            };
            value.complain(path, than, &limit, exact, outcome);
        }
    }
}

/// What the type and the format can hold.
struct Range<'a> {
    type_: Type,
    format: &'a str,
    path: &'a Path<'a>,
}

impl Range<'_> {
    fn holds_integer(&self, value: i64) -> bool {
        match (self.type_, self.format) {
            (Type::Integer, "int32") => i32::try_from(value).is_ok(),
            _ => true,
        }
    }

    fn holds(&self, value: f64) -> bool {
        match (self.type_, self.format) {
            (Type::Integer, "int32") => {
                value.trunc() == value
                    && value >= f64::from(i32::MIN)
                    && value <= f64::from(i32::MAX)
            }
            // 2⁶³ is the first float that does not fit; its text is not one of an i64.
            (Type::Integer, _) => {
                value.trunc() == value
                    && (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&value)
            }
            (Type::Number, "float") => rounded(value).is_finite(),
            _ => true,
        }
    }

    /// Whether a limit can be compared with as a number of the type.
    fn constraint(&self, what: &str, limit: f64, outcome: &mut Outcome) -> bool {
        let holds = self.holds(limit);
        if !holds {
            outcome.whole(self.words(what));
        }
        holds
    }

    fn words(&self, what: &str) -> String {
        // The only types whose range is checked.
        let type_ = match self.type_ {
            Type::Integer => "integer",
            _ => "number",
        };
        let path = self.path;
        match self.format {
            "int32" | "int64" | "float" | "double" => {
                let format = self.format;
                format!("{what} value must be of type {type_} with format {format} in {path}")
            }
            _ => format!("{what} value must be of type {type_} (default format) in {path}"),
        }
    }
}

struct Checked<'a> {
    number: &'a Number,
    float: f64,
}

/// Integers are compared with a limit that has lost its fraction, as upstream does.
enum Limit {
    Integer(i64),
    Float(f64),
}

impl Checked<'_> {
    fn limit(&self, limit: f64, exact: bool) -> Limit {
        if exact && self.number.is_i64() {
            Limit::Integer(truncated(limit))
        } else {
            Limit::Float(limit)
        }
    }

    fn order(&self, limit: &Limit) -> Option<std::cmp::Ordering> {
        match (self.number.as_i64(), limit) {
            (Some(value), Limit::Integer(limit)) => Some(value.cmp(limit)),
            (None, Limit::Integer(limit)) => self.float.partial_cmp(&as_float(*limit)),
            (_, Limit::Float(limit)) => self.float.partial_cmp(limit),
        }
    }

    fn complain(
        &self,
        path: &Path<'_>,
        than: &str,
        limit: &Limit,
        exact: bool,
        outcome: &mut Outcome,
    ) {
        let limit = match limit {
            Limit::Integer(limit) => limit.to_string(),
            Limit::Float(limit) => meta::go_float(*limit),
        };
        outcome.invalid(path, self.text(exact), format!("should be {than} {limit}"));
    }

    fn text(&self, exact: bool) -> String {
        match exact {
            true => print::number_text(self.number),
            false => meta::go_float(self.float),
        }
    }
}

fn multiple_of(range: &Range<'_>, value: &Checked<'_>, factor: f64, outcome: &mut Outcome) {
    let path = range.path;
    let exact = range.constraint("MultipleOf", factor, outcome);
    let integer = value.number.as_i64().filter(|_| exact);
    let shown = match integer {
        Some(_) => truncated(factor).to_string(),
        None => meta::go_float(factor),
    };
    let not_positive = match integer {
        Some(_) => truncated(factor) <= 0,
        None => factor <= 0.0,
    };
    if not_positive {
        // Go prints the path first and says no more of it.
        let words = format!("factor MultipleOf declared for {path} must be positive: {shown}");
        outcome.invalid_as(path, shown, words);
        return;
    }
    let is_multiple = match integer {
        Some(value) => value % truncated(factor) == 0,
        None if factor < 1.0 => is_whole(1.0 / factor * value.float),
        None => is_whole(value.float / factor),
    };
    if !is_multiple {
        let words = format!("should be a multiple of {shown}");
        outcome.invalid(path, value.text(exact), words);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "limits of integers are cut to integers, as upstream does; out of range saturates"
)]
fn truncated(value: f64) -> i64 {
    value as i64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "compared with a float, which is no more precise"
)]
fn as_float(value: i64) -> f64 {
    value as f64
}

/// The nearest of single precision; infinite where that is beyond the largest.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what does not fit becomes infinite, which is what is asked"
)]
fn rounded(value: f64) -> f32 {
    value as f32
}
