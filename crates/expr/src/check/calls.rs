//! Calls: which overloads fit the types of the arguments.

use super::{Checker, json_name, qualified, unify::Free, words::signature};
use crate::{
    Type, Value,
    declarations::{self, Function, Overload},
    node::{Call, Kind, Node, Overloads, Select},
};
use cel::{
    IdedExpr,
    common::ast::{CallExpr, Expr, LiteralValue, operators},
};
use std::collections::BTreeMap;

impl<'a> Checker<'a> {
    pub(super) fn call(&mut self, ided: &'a IdedExpr, call: &'a CallExpr) -> Node {
        if call.func_name == operators::OPT_SELECT {
            return self.optional_select(ided, call);
        }
        let mut arguments: Vec<Node> = Vec::with_capacity(call.args.len() + 1);
        for argument in &call.args {
            arguments.push(self.expression(argument));
        }
        let name = call.func_name.as_str();
        let Some(target) = &call.target else {
            let bare = name.strip_prefix('.').unwrap_or(name);
            return match self.function(bare) {
                Some(function) => self.resolved(ided.id, function, arguments, false),
                None => self.undeclared(ided.id, name),
            };
        };
        // A function of a namespace, as `sets.contains`, has no value before the dot.
        if let Some(prefix) = qualified(&target.expr) {
            let name = format!("{}.{name}", prefix.strip_prefix('.').unwrap_or(&prefix));
            if let Some(function) = self.function(&name) {
                return self.resolved(ided.id, function, arguments, false);
            }
        }
        let target = self.expression(target);
        arguments.insert(0, target);
        match declarations::function(name) {
            Some(function) => self.resolved(ided.id, function, arguments, true),
            None => self.undeclared(ided.id, name),
        }
    }

    /// Keys of patches are escaped only where patches are made.
    fn function(&self, name: &str) -> Option<&'static Function> {
        let visible = !name.starts_with("jsonpatch.") || self.environment.makes("JSONPatch");
        declarations::function(name).filter(|_| visible)
    }

    fn optional_select(&mut self, ided: &'a IdedExpr, call: &'a CallExpr) -> Node {
        let [operand, field] = call.args.as_slice() else {
            let count = call.args.len();
            let words = format!(
                "unsupported optional field selection: incorrect signature. argument count: {count}"
            );
            self.problem(self.offset(ided.id), words);
            return self.broken(ided.id);
        };
        let Expr::Literal(LiteralValue::String(field)) = &field.expr else {
            let words = "unsupported optional field selection".to_owned();
            self.problem(self.offset(field.id), words);
            return self.broken(ided.id);
        };
        let operand = self.expression(operand);
        let type_ = match self.field_type(ided.id, &operand, field.inner()) {
            optional @ Type::Optional(_) => optional,
            other => Type::optional(other),
        };
        let kind = Kind::OptionalSelect(Box::new(Select {
            operand,
            field: field.inner().into(),
            json: json_name(field.inner()),
            test: false,
        }));
        self.node(ided.id, type_, kind)
    }

    /// The call with all overloads that fit, or an error if none does.
    fn resolved(
        &mut self,
        id: u64,
        function: &'static Function,
        arguments: Vec<Node>,
        member: bool,
    ) -> Node {
        let types: Vec<Type> = arguments.iter().map(|node| node.type_.clone()).collect();
        if matches!(function.name, "_&&_" | "_||_") {
            return self.logical(id, function, arguments);
        }
        let mut fitting: Overloads = Vec::new();
        let mut result: Option<Type> = None;
        for overload in &function.overloads {
            if overload.member != member || overload.arguments.len() != types.len() {
                continue;
            }
            let (wanted, gives) = self.instance(overload);
            if !self.substitutions.assignable_all(&types, &wanted) {
                continue;
            }
            fitting.push(overload.id);
            let gives = self.substitutions.applied(&gives, Free::Stay);
            result = Some(match result {
                None => gives,
                Some(Type::Dyn) => Type::Dyn,
                Some(known) if known == gives => known,
                Some(_) => Type::Dyn,
            });
        }
        let Some(result) = result else {
            let types: Vec<Type> = types
                .iter()
                .map(|type_| self.substitutions.applied(type_, Free::Dyn))
                .collect();
            let words = format!(
                "found no matching overload for '{}' applied to '{}'",
                function.name,
                signature(&types, member)
            );
            self.problem(self.offset(id), words);
            return self.broken(id);
        };
        self.made(id, function, fitting, arguments, member, result)
    }

    fn made(
        &mut self,
        id: u64,
        function: &'static Function,
        overloads: Overloads,
        arguments: Vec<Node>,
        member: bool,
        result: Type,
    ) -> Node {
        let kind = match (function.name, <[Node; 2]>::try_from(arguments)) {
            ("_[_]", Ok(both)) => Kind::Index(Box::new(both), overloads),
            ("_[?_]", Ok(both)) => Kind::OptionalIndex(Box::new(both), overloads),
            ("or" | "orValue", Ok(both)) => Kind::OptionalOr(Box::new(both), function.name),
            (_, arguments) => {
                let arguments = arguments.map_or_else(|arguments| arguments, Vec::from);
                match (function.name, <[Node; 3]>::try_from(arguments)) {
                    ("_?_:_", Ok(three)) => Kind::Conditional(Box::new(three)),
                    (_, arguments) => Kind::Call(Box::new(Call {
                        function,
                        overloads,
                        member,
                        arguments: arguments.map_or_else(|arguments| arguments, Vec::from),
                        regex: None,
                    })),
                }
            }
        };
        self.node(id, result, kind)
    }

    /// `&&` and `||` say which side is wrong.
    fn logical(&mut self, id: u64, function: &'static Function, arguments: Vec<Node>) -> Node {
        let before = self.problems.len();
        for argument in &arguments {
            if !self.substitutions.assignable(&argument.type_, &Type::Bool) {
                let found = argument.type_.clone();
                self.mismatch(argument.offset, &Type::Bool, &found);
            }
        }
        let both = <[Node; 2]>::try_from(arguments);
        let (true, Ok(both)) = (before == self.problems.len(), both) else {
            return self.broken(id);
        };
        let kind = if function.name == "_&&_" {
            Kind::And(Box::new(both))
        } else {
            Kind::Or(Box::new(both))
        };
        self.node(id, Type::Bool, kind)
    }

    /// The overload with type parameters of its own.
    fn instance(&mut self, overload: &Overload) -> (Vec<Type>, Type) {
        let mut parameters = BTreeMap::new();
        let mut fresh = |type_: &Type| self.renamed(type_, &mut parameters);
        let arguments = overload.arguments.iter().map(&mut fresh).collect();
        (arguments, fresh(&overload.result))
    }

    fn renamed(&mut self, type_: &Type, parameters: &mut BTreeMap<u32, Type>) -> Type {
        match type_ {
            Type::Param(letter) => parameters
                .entry(*letter)
                .or_insert_with(|| self.substitutions.fresh())
                .clone(),
            Type::List(list) => Type::list(self.renamed(&list.element, parameters)),
            Type::Map(map) => {
                let key = self.renamed(&map.key, parameters);
                Type::map(key, self.renamed(&map.value, parameters))
            }
            Type::Optional(of) => Type::optional(self.renamed(of, parameters)),
            Type::Type(of) => Type::Type(self.renamed(of, parameters).into()),
            _ => type_.clone(),
        }
    }

    /// Literals that can be seen to be wrong, after all types are known. Within arguments of `format` lists may be mixed.
    pub(super) fn validate(&mut self, node: &mut Node, mixed: bool) {
        let mut mixed_parts = mixed;
        if let Kind::Call(call) = &node.kind {
            mixed_parts |= call.function.name == "format";
            self.validate_call(call);
            self.validate_format(node.offset, call);
        }
        if !mixed {
            self.homogeneous(node);
        }
        for part in node.parts_mut() {
            self.validate(part, mixed_parts);
        }
    }

    /// Durations, times and patterns that are literals. Of `matches(text, pattern)` upstream looks at the text.
    fn validate_call(&mut self, call: &Call) {
        let name = call.function.name;
        let argument = &call.arguments.get(usize::from(call.member));
        let Some((value, offset)) = argument.and_then(|node| Some((node.constant()?, node.offset)))
        else {
            return;
        };
        let valid = match (name, value) {
            ("duration", Value::Int(_)) => false,
            ("duration", Value::String(text)) => crate::value::duration(text.as_str()).is_ok(),
            ("timestamp", Value::String(text)) => crate::value::timestamp(text.as_str()).is_ok(),
            ("timestamp", Value::Int(seconds)) => crate::value::of_seconds(*seconds).is_some(),
            ("matches", Value::String(text)) => crate::regex::go_regex(text.as_str()).is_ok(),
            _ => true,
        };
        if !valid {
            self.problem(offset, format!("invalid {name} argument"));
        }
    }

    /// `'…'.format([…])`, where both are written out.
    fn validate_format(&mut self, offset: u32, call: &Call) {
        let ("format", [text, list]) = (call.function.name, call.arguments.as_slice()) else {
            return;
        };
        let (Some(Value::String(text)), Kind::List(elements)) = (text.constant(), &list.kind)
        else {
            return;
        };
        let types: Vec<&Type> = elements
            .iter()
            .map(|element| &element.value.type_)
            .collect();
        if let Some((argument, words)) = crate::functions::wrong_format(text.as_str(), &types) {
            let place = argument.map_or(offset, |index| elements[index].value.offset);
            self.problem(place, words);
        }
    }
}
