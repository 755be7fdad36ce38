//! From text to a program, with errors as CEL's own compiler prints them.

mod syntax;

use crate::{
    Bindings, CostEstimate, Environment, EvaluationError, Sizes, Type, Value, bounds, check, cost,
    evaluate, macros,
    node::{Kind, Node},
};
use std::{collections::BTreeSet, sync::Arc};

/// Longer expressions are refused before they are read, as upstream's parser does.
const EXPRESSION_CODE_POINTS_MAX: usize = 100_000;
const NESTING_MAX: u16 = 96;
const ERRORS_MAX: usize = 100;
/// Lines that are longer are not shown.
const SNIPPET_BYTES_MAX: usize = 16_384;

/// An expression that compiles. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Program {
    root: Arc<Node>,
    variables: Arc<BTreeSet<Box<str>>>,
    depth: usize,
    instantiation_error: Option<Arc<str>>,
}

impl Program {
    /// The type of its value; `Dyn` where that shows with data only.
    #[must_use]
    pub fn result(&self) -> &Type {
        &self.root.type_
    }

    /// Whether it refers to the variable.
    #[must_use]
    pub fn uses(&self, variable: &str) -> bool {
        self.variables.contains(variable)
    }

    /// What an evaluation costs at least and at most, if variables are of the sizes that `sizes` tells.
    #[must_use]
    pub fn cost(&self, sizes: &dyn Sizes) -> CostEstimate {
        cost::estimate(&self.root, sizes)
    }

    /// Evaluates with these variables. What it costs is taken from `budget`, and no more than is there.
    ///
    /// # Errors
    /// [`EvaluationError::Runtime`] in cel-go's words, or [`EvaluationError::Budget`] when nothing is left of it.
    pub fn evaluate<'a>(
        &'a self,
        variables: &[(&str, Value<'a>)],
        budget: &mut u64,
    ) -> Result<Value<'a>, EvaluationError> {
        evaluate::evaluate(&self.root, variables, None, budget)
    }

    /// As [`Program::evaluate`], with variables that may be composed of other expressions. What those cost is counted apart.
    ///
    /// # Errors
    /// As of [`Program::evaluate`].
    pub fn evaluate_in<'a>(
        &'a self,
        bindings: &Bindings<'a>,
        budget: &mut u64,
    ) -> Result<Value<'a>, EvaluationError> {
        evaluate::evaluate(&self.root, bindings.given(), Some(bindings), budget)
    }

    /// Why it can never run, though it compiles: a pattern that is written out is none, or what is written out cannot be converted. Upstream finds it when it makes its program.
    #[must_use]
    pub fn instantiation_error(&self) -> Option<&str> {
        self.instantiation_error.as_deref()
    }

    /// How deep the expression nests.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }
}

/// Why an expression does not compile: one or more errors, each with its place and line as CEL prints them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CompileError(String);

/// Compiles `text`.
pub fn compile(text: &str, environment: &Environment) -> Result<Program, CompileError> {
    let size = text.chars().count();
    if size > EXPRESSION_CODE_POINTS_MAX {
        let words = format!(
            "expression code point size exceeds limit: size: {size}, limit {EXPRESSION_CODE_POINTS_MAX}"
        );
        return Err(CompileError(format!("ERROR: <input>:-1:0: {words}")));
    }
    if let Some(words) = bounds::too_deep(text) {
        return Err(CompileError(format!("ERROR: <input>:-1:0: {words}")));
    }
    let macros = if environment.has_bindings() {
        &macros::WITH_BINDINGS
    } else {
        &macros::MACROS
    };
    let parser = macros
        .parser()
        .max_recursion_depth(NESTING_MAX)
        .enable_optional_syntax(true)
        .enable_ident_escape_syntax(false);
    let (expression, source) = parser.parse_with_source_info(text).map_err(|errors| {
        let errors = errors.errors.into_iter().map(|error| {
            let (line, column) = error.pos;
            let place = |number: isize| usize::try_from(number).unwrap_or(1).max(1);
            let place = syntax::place(text, (place(line), place(column)), &error.msg);
            (place, error.msg)
        });
        shown_all(text, syntax::as_upstream(errors.collect()))
    })?;
    let checked = check::check(&expression, &source, environment);
    let mut root = checked.map_err(|problems| {
        let problems = problems.into_iter();
        let placed = problems.map(|(offset, words)| (place_of(text, offset as usize), words));
        shown_all(text, placed.collect())
    })?;
    let unfoldable = evaluate::fold(&mut root).err();
    let mut found = Found::default();
    let depth = collect(&mut root, &mut found);
    Ok(Program {
        root: Arc::new(root),
        variables: Arc::new(found.variables),
        depth,
        instantiation_error: match unfoldable {
            Some(error) => Some(error.to_string().into()),
            None => found.bad_pattern,
        },
    })
}

/// Why an expression cannot be used where it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It is wrong, or has the wrong type.
    #[error("{0}")]
    Refused(String),
    /// It is right by its types, and a constant in it cannot be computed, of which upstream speaks as of its own error.
    #[error("program instantiation failed: {0}")]
    Uninstantiable(String),
}

/// Compiles what must have exactly one of the types `wanted`; none wanted is any. What is known only when it is evaluated is none of them.
///
/// # Errors
/// In upstream's words of admission.
pub fn compile_to(
    text: &str,
    environment: &Environment,
    wanted: &[Type],
) -> Result<Program, Unusable> {
    let program = compile(text, environment);
    let program =
        program.map_err(|error| Unusable::Refused(format!("compilation failed: {error}")))?;
    let got = program.result();
    if wanted.is_empty() || wanted.contains(got) {
        return match program.instantiation_error() {
            Some(error) => Err(Unusable::Uninstantiable(error.to_owned())),
            None => Ok(program),
        };
    }
    Err(Unusable::Refused(match wanted {
        [one] => format!("must evaluate to {one} but got {got}"),
        _ => {
            let all: Vec<_> = wanted.iter().map(ToString::to_string).collect();
            format!("must evaluate to one of [{}] but got {got}", all.join(" "))
        }
    }))
}

/// What shows when an expression is walked once.
#[derive(Default)]
struct Found {
    variables: BTreeSet<Box<str>>,
    /// The first one.
    bad_pattern: Option<Arc<str>>,
}

/// What is wrong with a pattern that is written out.
fn bad_pattern(node: &Node) -> Option<String> {
    let Kind::Call(call) = &node.kind else {
        return None;
    };
    if !matches!(call.function.name, "matches" | "find" | "findAll") {
        return None;
    }
    let Value::String(pattern) = call.arguments.get(1)?.constant()? else {
        return None;
    };
    crate::regex::go_regex(pattern.as_str()).err()
}

/// The variables below the node, what is wrong with patterns there, and how deep it nests.
fn collect(node: &mut Node, found: &mut Found) -> usize {
    if let Kind::Variable(name) = &node.kind {
        found.variables.insert(name.clone());
    }
    if found.bad_pattern.is_none() {
        found.bad_pattern = bad_pattern(node).map(Arc::from);
    }
    let parts = node.parts_mut().into_iter();
    let deepest = parts.map(|part| collect(part, found)).max();
    1 + deepest.unwrap_or(0)
}

/// Line and column.
type Place = (usize, usize);

/// By place, and no more than upstream shows.
fn shown_all(text: &str, mut errors: Vec<(Place, String)>) -> CompileError {
    if let ("", Some((_, words))) = (text, errors.first()) {
        // There is no line to show.
        return CompileError(format!("ERROR: <input>:1:0: {words}"));
    }
    errors.sort_by_key(|(place, _)| *place);
    let count = errors.len();
    let errors = errors.into_iter().take(ERRORS_MAX);
    let mut lines: Vec<String> = errors
        .map(|(place, words)| shown(text, place, &words))
        .collect();
    if count > ERRORS_MAX {
        lines.push(format!("{} more errors were truncated", count - ERRORS_MAX));
    }
    CompileError(lines.join("\n"))
}

/// Line and column of a byte, counted from one.
fn place_of(text: &str, offset: usize) -> Place {
    let end = text.floor_char_boundary(offset.min(text.len()));
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// One error with the line it is in and a mark below its column. Wide characters take wide dots.
fn shown(text: &str, (line, column): Place, words: &str) -> String {
    let head = format!("ERROR: <input>:{line}:{column}: {words}");
    let source = text.split('\n').nth(line - 1).unwrap_or_default();
    if source.len() > SNIPPET_BYTES_MAX {
        return head;
    }
    let source = source.replace('\t', " ");
    let wide = |character: char| character.len_utf8() > 1;
    let mut characters = source.chars();
    let dots: String = characters
        .by_ref()
        .take(column - 1)
        .map(|character| if wide(character) { '．' } else { '.' })
        .collect();
    let mark = if characters.next().is_some_and(wide) {
        '＾'
    } else {
        '^'
    };
    format!("{head}\n | {source}\n | {dots}{mark}")
}

#[cfg(test)]
mod tests;
