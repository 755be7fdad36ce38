//! What functions do. Each takes its arguments as they come, the value before the dot first, and looks which overload is meant.

mod authorization;
mod conversions;
mod format;
mod kubernetes;
mod lists;
mod operators;
mod strings;
mod times;

use crate::{
    EvaluationError, Text, Value,
    evaluate::{Meter, Out},
};
use regex::Regex;
use std::borrow::Cow;

pub(crate) use format::wrong as wrong_format;

/// What a function may spend, and the pattern if it is a literal.
pub(crate) struct Context<'m> {
    pub(crate) meter: &'m mut Meter,
    pub(crate) regex: Option<&'m Regex>,
}

/// Arguments may be taken.
pub(crate) type Implementation = for<'a> fn(&mut Context<'_>, &mut [Value<'a>]) -> Out<'a>;

/// Compiling a pattern that is not a literal is as much work as this.
const COMPILATION_WORK: usize = 5_000;

/// What the function of this name does; none for operators of the evaluator.
pub(crate) fn implementation(name: &str) -> Option<Implementation> {
    [
        operators::implementation,
        conversions::implementation,
        strings::implementation,
        times::implementation,
        lists::implementation,
        kubernetes::implementation,
        authorization::implementation,
    ]
    .into_iter()
    .find_map(|library: fn(&str) -> Option<Implementation>| library(name))
}

/// `no such overload: name(int, string)`.
fn no_overload<'a>(name: &str, arguments: &[Value<'_>]) -> Out<'a> {
    let types: Vec<&str> = arguments.iter().map(Value::type_name).collect();
    Err(EvaluationError::Runtime(format!(
        "no such overload: {name}({})",
        types.join(", ")
    )))
}

/// The same of what upstream looks for by a trait of the first argument: it names the function where that lacks the trait and answers no
/// calls itself.
fn no_trait<'a>(name: &str, arguments: &[Value<'_>], has_trait: fn(&Value<'_>) -> bool) -> Out<'a> {
    let answers = |first: &Value<'_>| {
        let receives = matches!(
            first,
            Value::String(_) | Value::Duration(_) | Value::Timestamp(_)
        );
        receives || has_trait(first)
    };
    if arguments.first().is_some_and(answers) {
        return Err(EvaluationError::no_such_overload());
    }
    fail(format!("no such overload: {name}"))
}

fn fail<'a>(words: impl Into<String>) -> Out<'a> {
    Err(EvaluationError::Runtime(words.into()))
}

impl Context<'_> {
    /// The pattern, from the program or compiled now.
    fn pattern(&mut self, text: &str, prefix: &str) -> Result<Cow<'_, Regex>, EvaluationError> {
        if let Some(regex) = self.regex {
            return Ok(Cow::Borrowed(regex));
        }
        self.meter.work(COMPILATION_WORK)?;
        let compiled = crate::regex::go_regex(text);
        let failed = |words| EvaluationError::Runtime(format!("{prefix}{words}"));
        compiled.map(Cow::Owned).map_err(failed)
    }

    /// Text that was made, which takes memory.
    fn text<'a>(&mut self, text: String) -> Out<'a> {
        self.meter.work(text.len() / 16)?;
        Ok(Value::String(Text::Shared(text.into())))
    }
}

#[cfg(test)]
mod tests;
