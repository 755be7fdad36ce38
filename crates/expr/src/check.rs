//! The type checker, after cel-go's: its rules, its order, its words.

mod calls;
mod literals;
mod unify;
mod words;

use crate::{
    Environment, Type, Value, declarations,
    node::{Kind, Loop, Node, Select},
};
use cel::{
    IdedExpr,
    common::ast::{ComprehensionExpr, Expr, LiteralValue, SelectExpr, SourceInfo},
};
use unify::{Free, Substitutions};
use words::Shown;

/// An error and where it is, by bytes.
pub(crate) type Problem = (u32, String);

/// Checks, and says all that is wrong.
pub(crate) fn check(
    expression: &IdedExpr,
    source: &SourceInfo,
    environment: &Environment,
) -> Result<Node, Vec<Problem>> {
    let mut checker = Checker {
        environment,
        source,
        scope: Vec::new(),
        slots: 0,
        substitutions: Substitutions::default(),
        problems: Vec::new(),
        ids: 0,
    };
    let mut root = checker.expression(expression);
    checker.settle(&mut root);
    if checker.problems.is_empty() {
        checker.validate(&mut root, false);
    }
    if checker.problems.is_empty() {
        Ok(root)
    } else {
        Err(checker.problems)
    }
}

struct Checker<'a> {
    environment: &'a Environment,
    source: &'a SourceInfo,
    /// Variables of the macros around, the innermost last, with their places.
    scope: Vec<(&'a str, Type, usize)>,
    slots: usize,
    substitutions: Substitutions,
    problems: Vec<Problem>,
    ids: usize,
}

impl<'a> Checker<'a> {
    fn expression(&mut self, ided: &'a IdedExpr) -> Node {
        match &ided.expr {
            Expr::Ident(name) => self.ident(ided, name),
            Expr::Select(select) => self.select(ided, select),
            Expr::Call(call) => self.call(ided, call),
            Expr::List(list) => self.list(ided, list),
            Expr::Map(map) => self.map(ided, map),
            Expr::Struct(message) => self.message(ided, message),
            Expr::Comprehension(of) => self.comprehension(ided, of),
            Expr::Literal(literal) => {
                let (type_, value) = literal_value(literal);
                self.node(ided.id, type_, Kind::Literal(value))
            }
            Expr::Unspecified => self.broken(ided.id),
        }
    }

    fn node(&mut self, id: u64, type_: Type, kind: Kind) -> Node {
        let offset = self.offset(id);
        self.ids += 1;
        Node {
            id: self.ids - 1,
            offset,
            type_,
            folded: None,
            kind,
        }
    }

    /// What stands where an error was said.
    fn broken(&mut self, id: u64) -> Node {
        self.node(id, Type::Error, Kind::Literal(Value::Null))
    }

    fn offset(&self, id: u64) -> u32 {
        self.source.offset_for(id).map_or(0, |(start, _)| start)
    }

    fn problem(&mut self, offset: u32, words: String) {
        self.problems.push((offset, words));
    }

    fn undeclared(&mut self, id: u64, name: &str) -> Node {
        let words = format!("undeclared reference to '{name}' (in container '')");
        self.problem(self.offset(id), words);
        self.broken(id)
    }

    fn ident(&mut self, ided: &'a IdedExpr, name: &'a str) -> Node {
        match self.resolve(ided.id, name) {
            Some(node) => node,
            None => self.undeclared(ided.id, name),
        }
    }

    /// A variable or a type of this name. A dot before it looks past the variables of macros.
    fn resolve(&mut self, id: u64, name: &str) -> Option<Node> {
        let absolute = name.strip_prefix('.');
        if absolute.is_none() {
            let mut scope = self.scope.iter().rev();
            if let Some((_, type_, slot)) = scope.find(|(known, ..)| *known == name) {
                let (type_, slot) = (type_.clone(), *slot);
                return Some(self.node(id, type_, Kind::Local { slot, last: false }));
            }
        }
        let name = absolute.unwrap_or(name);
        if let Some(type_) = self.environment.find(name) {
            let type_ = type_.clone();
            return Some(self.node(id, type_, Kind::Variable(name.into())));
        }
        let type_ = declarations::named_type(name)?;
        let value = Kind::Literal(Value::Type(name.into()));
        Some(self.node(id, Type::Type(type_.into()), value))
    }

    fn select(&mut self, ided: &'a IdedExpr, select: &'a SelectExpr) -> Node {
        // `a.b` may be a variable with a dot in its name.
        if let Some(name) = qualified(&ided.expr) {
            let first = name.split('.').next().unwrap_or_default();
            let shadowed = self.scope.iter().any(|(known, ..)| *known == first);
            if !shadowed && let Some(node) = self.resolve(ided.id, &name) {
                return node;
            }
        }
        let operand = self.expression(&select.operand);
        let type_ = self.field_type(ided.id, &operand, &select.field);
        let type_ = if select.test { Type::Bool } else { type_ };
        let kind = Kind::Select(Box::new(Select {
            operand,
            field: select.field.as_str().into(),
            json: json_name(&select.field),
            test: select.test,
        }));
        self.node(ided.id, type_, kind)
    }

    /// Of `operand.field`.
    fn field_type(&mut self, id: u64, operand: &Node, field: &str) -> Type {
        let operand_type = self.substitutions.applied(&operand.type_, Free::Stay);
        let (target, optional) = match operand_type {
            Type::Optional(of) => ((*of).clone(), true),
            other => (other, false),
        };
        let result = match &target {
            Type::Map(map) => map.value.clone(),
            Type::Object(object) => match object.get(field) {
                Some(field) => field.type_.clone(),
                None => {
                    let words = format!("undefined field '{field}'");
                    self.problem(self.offset(id), words);
                    Type::Error
                }
            },
            Type::Named(_) => {
                // A type of the library has no fields; upstream looks for its message all the same.
                let words = match &target {
                    Type::Named("net.IP" | "net.CIDR") => unselectable(&target),
                    _ => format!("unexpected failed resolution of '{target}'"),
                };
                self.problem(self.offset(id), words);
                Type::Error
            }
            Type::Param(_) => {
                self.substitutions.assignable(&Type::Dyn, &target);
                Type::Dyn
            }
            Type::Dyn | Type::Error => Type::Dyn,
            _ => {
                self.problem(self.offset(id), unselectable(&target));
                Type::Dyn
            }
        };
        if optional {
            return Type::optional(result);
        }
        result
    }

    fn comprehension(&mut self, ided: &'a IdedExpr, of: &'a ComprehensionExpr) -> Node {
        let range = self.expression(&of.iter_range);
        let initial = self.expression(&of.accu_init);
        let (first, second) = self.range_types(&range, of);
        let slot = self.slots;
        self.slots += 3;
        let outside = self.scope.len();
        let accumulated = initial.type_.clone();
        self.scope
            .push((of.accu_var.as_str(), accumulated.clone(), slot));
        self.scope.push((of.iter_var.as_str(), first, slot + 1));
        if let Some(name) = &of.iter_var2 {
            self.scope.push((name.as_str(), second, slot + 2));
        }
        let condition = self.expression(&of.loop_cond);
        self.expect_type(&condition, &Type::Bool);
        let mut step = self.expression(&of.loop_step);
        self.expect_type(&step, &accumulated);
        self.scope.truncate(outside + 1);
        let mut result = self.expression(&of.result);
        self.scope.truncate(outside);
        self.slots = slot;
        // Only macros can write this name, and they look at it once in the step.
        if of.accu_var == "@result" {
            take_last(&mut step, slot);
            take_last(&mut result, slot);
        }
        let type_ = self.substitutions.applied(&result.type_, Free::Stay);
        let kind = Kind::Loop(Box::new(Loop {
            range,
            slot,
            pairs: of.iter_var2.is_some(),
            initial,
            condition,
            step,
            result,
        }));
        self.node(ided.id, type_, kind)
    }

    /// Of the variables of a macro over the range: element, or key and value.
    fn range_types(&mut self, range: &Node, of: &ComprehensionExpr) -> (Type, Type) {
        let pairs = of.iter_var2.is_some();
        let type_ = self.substitutions.applied(&range.type_, Free::Stay);
        match &type_ {
            Type::List(list) if pairs => (Type::Int, list.element.clone()),
            Type::List(list) => (list.element.clone(), Type::Dyn),
            Type::Map(map) => (map.key.clone(), map.value.clone()),
            Type::Dyn | Type::Error | Type::Param(_) => {
                self.substitutions.assignable(&Type::Dyn, &type_);
                (Type::Dyn, Type::Dyn)
            }
            _ => {
                let words = format!(
                    "expression of type '{}' cannot be range of a comprehension (must be list, map, or dynamic)",
                    Shown(&type_)
                );
                self.problem(range.offset, words);
                (Type::Error, Type::Error)
            }
        }
    }

    fn expect_type(&mut self, node: &Node, wanted: &Type) {
        if !self.substitutions.assignable(wanted, &node.type_) {
            self.mismatch(node.offset, wanted, &node.type_);
        }
    }

    fn mismatch(&mut self, offset: u32, expected: &Type, found: &Type) {
        let (expected, found) = (Shown(expected), Shown(found));
        let words = format!("expected type '{expected}' but found '{found}'");
        self.problem(offset, words);
    }

    /// Gives every node the type that was found out in the end.
    fn settle(&self, node: &mut Node) {
        node.type_ = self.substitutions.applied(&node.type_, Free::Dyn);
        for part in node.parts_mut() {
            self.settle(part);
        }
    }
}

fn unselectable(type_: &Type) -> String {
    format!("type '{}' does not support field selection", Shown(type_))
}

/// The field's name in JSON, where it is not the same.
pub(super) fn json_name(field: &str) -> Option<Box<str>> {
    crate::unescape(field).map(Into::into)
}

/// Marks the place where a macro's step looks at what was accumulated, so that it is changed there instead of copied.
fn take_last(step: &mut Node, of: usize) {
    match &mut step.kind {
        Kind::Local { slot, last } if *slot == of => *last = true,
        Kind::Conditional(three) => {
            let [_, yes, no] = &mut **three;
            take_last(yes, of);
            take_last(no, of);
        }
        Kind::Call(call) if matches!(call.function.name, "_+_" | "cel.@mapInsert") => {
            if let Some(first) = call.arguments.first_mut() {
                take_last(first, of);
            }
        }
        _ => {}
    }
}

fn literal_value(literal: &LiteralValue) -> (Type, Value<'static>) {
    match literal {
        LiteralValue::Boolean(value) => (Type::Bool, Value::Bool(*value.inner())),
        LiteralValue::Bytes(value) => (Type::Bytes, Value::Bytes(value.inner().into())),
        LiteralValue::Double(value) => (Type::Double, Value::Double(*value.inner())),
        LiteralValue::Int(value) => (Type::Int, Value::Int(*value.inner())),
        LiteralValue::Null => (Type::Null, Value::Null),
        LiteralValue::String(value) => (Type::String, Value::from(value.inner().to_owned())),
        LiteralValue::UInt(value) => (Type::Uint, Value::Uint(*value.inner())),
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
