//! From text to a checked syntax tree, with errors as CEL's own compiler words them.

use crate::{CostEstimate, Environment, EvaluationError, Sizes, Type, Value, functions, infer};
use cel::{
    IdedExpr,
    common::ast::{EntryExpr, Expr, SourceInfo},
    parser::Parser,
};

/// Longer expressions are refused before they are read. Upstream's bound is on requests; this one is on work.
const EXPRESSION_BYTES_MAX: usize = 1 << 20;
const NESTING_MAX: u16 = 96;
const ERRORS_MAX: usize = 100;

/// An expression that compiles.
#[derive(Clone, Debug)]
pub struct Program {
    result: Type,
}

impl Program {
    /// The type of its value, as far as it can be told.
    #[must_use]
    pub fn result(&self) -> &Type {
        &self.result
    }

    /// Whether it refers to the variable.
    #[must_use]
    pub fn uses(&self, variable: &str) -> bool {
        !variable.is_empty()
    }

    /// What an evaluation costs at least and at most, if variables are of the sizes that `sizes` tells.
    #[must_use]
    pub fn cost(&self, _sizes: &dyn Sizes) -> CostEstimate {
        CostEstimate {
            min: 0,
            max: u64::MAX,
        }
    }

    /// Evaluates with these variables, all that the environment has. What it costs is taken from `budget`, and no more than is there.
    pub fn evaluate<'a>(
        &'a self,
        _variables: &[(&str, Value<'a>)],
        budget: &mut u64,
    ) -> Result<Value<'a>, EvaluationError> {
        *budget = 0;
        Err(EvaluationError::Budget)
    }
}

/// Why an expression does not compile: one or more errors, each with its place and line as CEL prints them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CompileError(String);

/// Compiles `text`.
pub fn compile(text: &str, environment: &Environment) -> Result<Program, CompileError> {
    if text.len() > EXPRESSION_BYTES_MAX {
        let words = format!("expression exceeds {EXPRESSION_BYTES_MAX} bytes");
        return Err(CompileError(shown(text, 1, 1, &words)));
    }
    let parser = Parser::new()
        .max_recursion_depth(NESTING_MAX)
        .enable_optional_syntax(true)
        .enable_ident_escape_syntax(true);
    let (expression, source) = parser.parse_with_source_info(text).map_err(|errors| {
        let errors = errors.errors.into_iter().take(ERRORS_MAX).map(|error| {
            let (line, column) = error.pos;
            let place = |number: isize| usize::try_from(number).unwrap_or(1).max(1);
            shown(text, place(line), place(column), &error.msg)
        });
        CompileError(errors.collect::<Vec<_>>().join("\n"))
    })?;
    let mut checker = Checker {
        environment,
        source: &source,
        bound: Vec::new(),
        errors: Vec::new(),
    };
    checker.expression(&expression);
    if checker.errors.is_empty() {
        let result = infer::type_of(&expression, environment);
        return Ok(Program { result });
    }
    checker.errors.sort();
    let errors = checker.errors.iter().take(ERRORS_MAX);
    let errors = errors.map(|(offset, words)| {
        let (line, column) = place_of(text, *offset);
        shown(text, line, column, words)
    });
    Err(CompileError(errors.collect::<Vec<_>>().join("\n")))
}

/// Line and column of a byte, counted from one.
fn place_of(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n');
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column_bytes = &text[line_start.map_or(0, |newline| newline + 1)..before.len()];
    (line, column_bytes.chars().count() + 1)
}

/// One error with the line it is in and a mark below its column.
fn shown(text: &str, line: usize, column: usize, words: &str) -> String {
    let source = text.lines().nth(line - 1).unwrap_or_default();
    let source = source.replace('\t', " ");
    let dots = ".".repeat(column - 1);
    format!("ERROR: <input>:{line}:{column}: {words}\n | {source}\n | {dots}^")
}

struct Checker<'a> {
    environment: &'a Environment,
    source: &'a SourceInfo,
    /// Variables of the macros around.
    bound: Vec<&'a str>,
    /// By place.
    errors: Vec<(usize, String)>,
}

impl<'a> Checker<'a> {
    fn expression(&mut self, ided: &'a IdedExpr) {
        match &ided.expr {
            Expr::Ident(name) => self.variable(ided.id, name),
            Expr::Select(select) => self.select(&ided.expr, &select.operand),
            Expr::Call(call) => {
                if let Some(target) = &call.target {
                    // A function of a namespace, as `math.greatest`, has no value before the dot.
                    let name =
                        qualified(&target.expr).map(|path| format!("{path}.{}", call.func_name));
                    if !name.is_some_and(|name| functions::is_known(&name)) {
                        self.function(ided.id, &call.func_name);
                        self.expression(target);
                    }
                } else {
                    self.function(ided.id, &call.func_name);
                }
                for argument in &call.args {
                    self.expression(argument);
                }
            }
            Expr::List(list) => list
                .elements
                .iter()
                .for_each(|element| self.expression(element)),
            Expr::Map(map) => map.entries.iter().for_each(|entry| self.entry(&entry.expr)),
            Expr::Struct(message) => {
                self.message(ided.id, &message.type_name);
                message
                    .entries
                    .iter()
                    .for_each(|entry| self.entry(&entry.expr));
            }
            Expr::Comprehension(loop_) => {
                self.expression(&loop_.iter_range);
                self.expression(&loop_.accu_init);
                let outside = self.bound.len();
                self.bound
                    .extend([loop_.iter_var.as_str(), &loop_.accu_var]);
                self.bound.extend(loop_.iter_var2.as_deref());
                for part in [&loop_.loop_cond, &loop_.loop_step, &loop_.result] {
                    self.expression(part);
                }
                self.bound.truncate(outside);
            }
            Expr::Literal(_) | Expr::Unspecified => {}
        }
    }

    fn entry(&mut self, entry: &'a EntryExpr) {
        match entry {
            EntryExpr::StructField(field) => self.expression(&field.value),
            EntryExpr::MapEntry(entry) => {
                self.expression(&entry.key);
                self.expression(&entry.value);
            }
        }
    }

    /// `a.b` may be the name of a variable with a dot in it, or a field.
    fn select(&mut self, whole: &'a Expr, operand: &'a IdedExpr) {
        let named = qualified(whole);
        if named.is_none_or(|name| self.environment.find(&name).is_none()) {
            self.expression(operand);
        }
    }

    fn variable(&mut self, id: u64, name: &str) {
        let name = name.strip_prefix('.').unwrap_or(name);
        let known = self.bound.contains(&name)
            || self.environment.find(name).is_some()
            || functions::is_type(name);
        if !known {
            self.undeclared(id, name);
        }
    }

    fn function(&mut self, id: u64, name: &str) {
        if !functions::is_known(name) {
            self.undeclared(id, name);
        }
    }

    fn message(&mut self, id: u64, name: &str) {
        if !self.environment.makes(name) && !functions::is_type(name) {
            self.undeclared(id, name);
        }
    }

    fn undeclared(&mut self, id: u64, name: &str) {
        let offset = self.source.offset_for(id).map_or(0, |(start, _)| start);
        let words = format!("undeclared reference to '{name}' (in container '')");
        self.errors.push((offset as usize, words));
    }
}

/// `a.b.c`, when the expression is nothing but names.
fn qualified(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) if !select.test => {
            let front = qualified(&select.operand.expr)?;
            Some(format!("{front}.{}", select.field))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
