//! `x-kubernetes-validations`: rules in CEL, compiled once for a schema and evaluated for every write.

mod compile;
mod evaluate;
mod ratchet;

#[cfg(test)]
mod tests;

pub(crate) use self::compile::{Compiled, Variables, compile_rule};

use self::{
    evaluate::{Budgeted, Run},
    ratchet::Ratchet,
};
use crate::{
    Root, Structural,
    declared::{As, Declared},
    structural::MapType,
    validate::correlation::Keyed,
};
use api::apiextensions::v1::ValidationRule;
use meta::{ErrorType, FieldError, FieldErrors, FieldPath, Str};
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// What the rules of one object may cost together: about a second.
pub const RULES_BUDGET: u64 = 10_000_000;

/// The rules of a schema and of all below it.
#[derive(Debug)]
pub struct Rules {
    schema: Structural,
    /// The type of `self`.
    type_: expr::Type,
    own: Box<[Rule]>,
    /// The schema has rules, but expressions do not see its values.
    is_unseen: bool,
    items: Option<Box<Rules>>,
    values: Option<Box<Rules>>,
    /// Sorted by name.
    properties: Box<[(Str, Rules)]>,
}

#[derive(Debug)]
struct Rule {
    text: ValidationRule,
    compiled: Result<Compiled, String>,
}

impl Rules {
    /// Compiles the rules of a schema; none if it has no rules. What does not compile is told when it is evaluated: definitions
    /// are checked by [`crate::check::rules`] before they are stored.
    #[must_use]
    pub fn new(schema: &Structural, root: Root) -> Option<Self> {
        if schema.0.rules.is_empty() && !schema.0.rules_below {
            return None;
        }
        let seen = match root {
            Root::Resource => As::Resource,
            Root::Value => As::Value,
        };
        Self::of(schema, Declared::new(schema, seen).as_ref())
    }

    /// Evaluates the rules for `value` below `path`. Rules about transitions are evaluated where `old` has a counterpart. What is
    /// wrong about parts that are as they were in `old` is a warning. What is spent is taken from `budget`; nothing more is evaluated
    /// when it is used up.
    pub fn validate(
        &self,
        path: &FieldPath,
        value: &Value,
        old: Option<&Value>,
        errors: &mut FieldErrors,
        warnings: &mut Vec<String>,
        budget: &mut u64,
    ) {
        let ratchet = old.map_or(Ratchet::default(), |old| {
            Ratchet::root(&self.schema, value, old)
        });
        let mut run = Run {
            errors,
            warnings,
            budget,
        };
        // Either way everything is told.
        let _ = self.walk(path, value, old, ratchet, &mut run);
    }

    /// Evaluates the rules for a default: as a value that stays, and as one that is new.
    pub(crate) fn validate_default(
        &self,
        path: &FieldPath,
        value: &Value,
        errors: &mut FieldErrors,
        budget: &mut u64,
    ) {
        let before = *budget;
        let mut left = before;
        let mut found = FieldErrors::new();
        for old in [Some(value), None] {
            let mut left_now = before;
            let mut run = Run {
                errors: &mut found,
                warnings: &mut Vec::new(),
                budget: &mut left_now,
            };
            let _ = self.walk(path, value, old, Ratchet::default(), &mut run);
            left = left.min(left_now);
            if !found.is_empty() {
                break;
            }
        }
        *budget = left;
        errors.extend(found);
    }

    fn of(schema: &Structural, declared: Option<&Declared>) -> Option<Self> {
        let node = &schema.0;
        if node.rules.is_empty() && !node.rules_below {
            return None;
        }
        let below = |schema: &Structural, declared| Self::of(schema, declared).map(Box::new);
        let items = node.items.as_ref();
        let items = items.and_then(|items| below(items, declared.and_then(Declared::items)));
        let values = node.additional.schema();
        let values = values.and_then(|values| below(values, declared.and_then(Declared::values)));
        let properties = node.properties.iter();
        let properties = properties.filter_map(|(name, property)| {
            let rules = Self::of_property(name, property, declared)?;
            Some((name.clone(), rules))
        });
        let own = match declared {
            Some(declared) => {
                let variables = Variables::new(&declared.type_);
                let rules = node.rules.iter().filter_map(|text| {
                    let compiled = compile_rule(text, schema, &variables).transpose()?;
                    let text = text.clone();
                    Some(Rule { text, compiled })
                });
                rules.collect()
            }
            None => Box::default(),
        };
        Some(Self {
            schema: schema.clone(),
            type_: declared.map_or(expr::Type::Dyn, |declared| declared.type_.clone()),
            is_unseen: declared.is_none() && !node.rules.is_empty(),
            own,
            items,
            values,
            properties: properties.collect(),
        })
    }

    /// Rules below fields that expressions do not see are left out, but for those whose name cannot be written.
    fn of_property(name: &str, property: &Structural, declared: Option<&Declared>) -> Option<Self> {
        match expr::escape(name) {
            Some(escaped) => Self::of(property, Some(declared?.field(&escaped)?)),
            None => {
                let declared = Declared::new(property, As::embedded(property))?;
                Self::of(property, Some(&declared))
            }
        }
    }

    fn walk<'a>(
        &'a self,
        path: &FieldPath,
        value: &'a Value,
        old: Option<&'a Value>,
        ratchet: Ratchet<'a>,
        run: &mut Run<'_>,
    ) -> ControlFlow<()> {
        if value.is_null() {
            return ControlFlow::Continue(());
        }
        let old = old.filter(|old| !old.is_null());
        if self.is_unseen {
            let words = "rule compiler initialization error: failed to convert to declType for CEL validation rules";
            run.refuse(&self.schema, path, words);
        } else {
            self.evaluate_own(path, value, old, &ratchet, run)?;
        }
        match value {
            Value::Array(items) => self.walk_items(path, items, old, ratchet, run),
            Value::Object(members) => self.walk_members(path, members, old, ratchet, run),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                ControlFlow::Continue(())
            }
        }
    }

    fn evaluate_own<'a>(
        &'a self,
        path: &FieldPath,
        value: &'a Value,
        old: Option<&'a Value>,
        ratchet: &Ratchet<'a>,
        run: &mut Run<'_>,
    ) -> ControlFlow<()> {
        if self.own.is_empty() {
            return ControlFlow::Continue(());
        }
        if *run.budget == 0 {
            run.refuse(
                &self.schema,
                path,
                "validation failed due to running out of cost budget, no further validation rules will be run",
            );
            return ControlFlow::Break(());
        }
        let subject = Budgeted {
            schema: &self.schema,
            type_: &self.type_,
            path,
            value,
            old,
        };
        for rule in &self.own {
            subject.evaluate(&rule.text, rule.compiled.as_ref(), ratchet, run)?;
        }
        ControlFlow::Continue(())
    }

    fn walk_items<'a>(
        &'a self,
        path: &FieldPath,
        items: &'a [Value],
        old: Option<&'a Value>,
        ratchet: Ratchet<'a>,
        run: &mut Run<'_>,
    ) -> ControlFlow<()> {
        let Some(rules) = &self.items else {
            return ControlFlow::Continue(());
        };
        let old_items = old.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let keyed = Keyed::new(&self.schema, old_items);
        for (index, item) in items.iter().enumerate() {
            let ratchet = ratchet.item(item, keyed.get(item));
            rules.walk(&path.index(index), item, keyed.get(item), ratchet, run)?;
        }
        ControlFlow::Continue(())
    }

    fn walk_members<'a>(
        &'a self,
        path: &FieldPath,
        members: &'a Map<String, Value>,
        old: Option<&'a Value>,
        ratchet: Ratchet<'a>,
        run: &mut Run<'_>,
    ) -> ControlFlow<()> {
        let is_correlatable = self.schema.0.map_type != MapType::Unknown;
        let old = old.filter(|_| is_correlatable).and_then(Value::as_object);
        let old = |name: &str| old.and_then(|old| old.get(name));
        if let Some(rules) = &self.values {
            for (name, value) in members {
                let ratchet = ratchet.member(name);
                rules.walk(&path.key(name), value, old(name), ratchet, run)?;
            }
        }
        for (name, rules) in &self.properties {
            if let Some(value) = members.get(name.as_str()) {
                let ratchet = ratchet.member(name);
                rules.walk(&path.child(name), value, old(name), ratchet, run)?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// What stands in place of the rules' errors when validation found something that makes them meaningless.
#[must_use]
pub fn rules_blocked(errors: &FieldErrors) -> Option<FieldError> {
    let blocks = |error: &FieldError| {
        matches!(
            error.error_type,
            ErrorType::NotSupported
                | ErrorType::Required
                | ErrorType::TooLong
                | ErrorType::TooMany
                | ErrorType::TypeInvalid
        )
    };
    errors.iter().any(blocks).then(|| FieldError {
        error_type: ErrorType::Invalid,
        field: FieldPath::from("<nil>"),
        value: Some("null".to_owned()),
        detail: "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation".to_owned(),
    })
}
