//! The evaluator: what a checked expression is for given variables, within a budget.
//!
//! Costs are counted as cel-go counts them, so that a rule fails here exactly where it fails there. Because some steps cost little and
//! do much (`[1] + list`), what is copied and compared is bounded besides.

mod costs;
mod fold;
mod paths;

use crate::{
    Bindings, EvaluationError, List, Map, Value,
    node::{Call, Entry, Field, Kind, Loop, Node},
    units::{LIST, MAP, MESSAGE},
    value::Key,
};
use std::{collections::BTreeMap, sync::Arc};

pub(crate) use fold::fold;

/// Steps of copying and comparing that one evaluation may make, some nanoseconds and at most 32 bytes each.
const WORK_MAX: u64 = 4_000_000;

pub(crate) type Out<'a> = Result<Value<'a>, EvaluationError>;

/// What may still be spent.
#[derive(Debug)]
pub(crate) struct Meter {
    budget: u64,
    work: u64,
}

impl Meter {
    pub(crate) fn new(budget: u64) -> Self {
        Self {
            budget,
            work: WORK_MAX,
        }
    }

    /// Spends units of cost.
    pub(crate) fn charge(&mut self, cost: u64) -> Result<(), EvaluationError> {
        match self.budget.checked_sub(cost) {
            Some(rest) => self.budget = rest,
            None => {
                self.budget = 0;
                return Err(EvaluationError::Budget);
            }
        }
        Ok(())
    }

    /// Spends steps of work.
    pub(crate) fn work(&mut self, steps: usize) -> Result<(), EvaluationError> {
        match self.work.checked_sub(steps as u64) {
            Some(rest) => self.work = rest,
            None => {
                self.work = 0;
                return Err(EvaluationError::Budget);
            }
        }
        Ok(())
    }

    pub(crate) fn budget(&self) -> u64 {
        self.budget
    }
}

/// One evaluation.
struct Evaluation<'a, 'v> {
    variables: &'v [(&'v str, Value<'a>)],
    /// Where variables of variables are found.
    bindings: Option<&'v Bindings<'a>>,
    meter: Meter,
    /// Variables of macros. One may hold an error, which counts when it is looked at.
    locals: Vec<Out<'a>>,
}

pub(crate) fn evaluate<'a>(
    root: &'a Node,
    variables: &[(&str, Value<'a>)],
    bindings: Option<&Bindings<'a>>,
    budget: &mut u64,
) -> Out<'a> {
    let mut evaluation = Evaluation {
        variables,
        bindings,
        meter: Meter::new(*budget),
        locals: Vec::new(),
    };
    let value = evaluation.value(root);
    *budget = evaluation.meter.budget();
    value
}

impl<'a> Evaluation<'a, '_> {
    fn value(&mut self, node: &'a Node) -> Out<'a> {
        if let Some(value) = &node.folded {
            return Ok(borrowed(value));
        }
        match &node.kind {
            Kind::Literal(value) => Ok(borrowed(value)),
            Kind::Variable(name) => self.variable(name),
            Kind::Local { slot, last } => self.local(*slot, *last),
            Kind::Select(select) => self.select(select),
            Kind::OptionalSelect(select) => self.optional_select(select),
            Kind::Index(both, _) => self.index(both),
            Kind::OptionalIndex(both, _) => self.optional_index(both),
            Kind::And(both) => self.logical(both, false),
            Kind::Or(both) => self.logical(both, true),
            Kind::Conditional(three) => self.conditional(three),
            Kind::OptionalOr(both, function) => self.optional_or(both, function),
            Kind::Call(call) => self.call(call),
            Kind::List(elements) => {
                let mut made = Vec::with_capacity(elements.len());
                for element in elements {
                    let value = self.value(&element.value)?;
                    made.extend(present(value, element.optional)?);
                }
                self.meter.charge(LIST)?;
                Ok(Value::list(made))
            }
            Kind::Map(entries) => self.map(entries),
            Kind::Message(name, fields) => self.message(name, fields),
            Kind::Loop(of) => self.run(of),
        }
    }

    fn variable(&mut self, name: &str) -> Out<'a> {
        self.meter.charge(1)?;
        let mut variables = self.variables.iter();
        let found = variables.find(|(known, _)| *known == name);
        let missing = || EvaluationError::Runtime(format!("no such attribute(s): {name}"));
        found.map(|(_, value)| value.clone()).ok_or_else(missing)
    }

    fn local(&mut self, slot: usize, last: bool) -> Out<'a> {
        self.meter.charge(1)?;
        let place = &mut self.locals[slot];
        if last {
            return std::mem::replace(place, Ok(Value::Null));
        }
        place.clone()
    }

    /// `&&` and `||`: one side that decides hides the error of the other.
    fn logical(&mut self, both: &'a [Node; 2], decisive: bool) -> Out<'a> {
        let mut error = None;
        for side in both {
            match self.value(side) {
                Ok(Value::Bool(value)) if value == decisive => return Ok(Value::Bool(decisive)),
                Ok(Value::Bool(_)) => {}
                Ok(_) => {
                    error.get_or_insert_with(EvaluationError::no_such_overload);
                }
                Err(EvaluationError::Budget) => return Err(EvaluationError::Budget),
                Err(other) => {
                    error.get_or_insert(other);
                }
            }
        }
        error.map_or(Ok(Value::Bool(!decisive)), Err)
    }

    fn conditional(&mut self, three: &'a [Node; 3]) -> Out<'a> {
        let [condition, yes, no] = three;
        match self.value(condition)? {
            Value::Bool(true) => self.value(yes),
            Value::Bool(false) => self.value(no),
            _ => Err(EvaluationError::no_such_overload()),
        }
    }

    fn optional_or(&mut self, both: &'a [Node; 2], function: &str) -> Out<'a> {
        let [first, second] = both;
        match self.value(first)? {
            Value::Optional(Some(value)) if function == "orValue" => Ok((*value).clone()),
            held @ Value::Optional(Some(_)) => Ok(held),
            Value::Optional(None) => self.value(second),
            // Upstream gives back what is not optional at all.
            other => Ok(other),
        }
    }

    fn map(&mut self, entries: &'a [Entry]) -> Out<'a> {
        let mut made = BTreeMap::new();
        for entry in entries {
            let key = self.value(&entry.key)?;
            let value = self.value(&entry.value)?;
            let value = present(value, entry.optional)?;
            let unsupported =
                || EvaluationError::Runtime(format!("unsupported key type: {}", key.type_name()));
            let place = match &key {
                Value::Double(_) => return Err(unsupported()),
                key => Key::of(key).ok_or_else(unsupported)?,
            };
            // The last entry of a key counts, also one that is not there.
            match value {
                Some(value) => made.insert(place, value),
                None => made.remove(&place),
            };
        }
        self.meter.charge(MAP)?;
        Ok(Value::Map(Map::Own(Arc::new(made))))
    }

    fn message(&mut self, name: &'a str, fields: &'a [Field]) -> Out<'a> {
        let mut made = BTreeMap::new();
        for field in fields {
            let value = self.value(&field.value)?;
            if let Some(value) = present(value, field.optional)? {
                let json = crate::unescape(&field.name);
                let key = match json {
                    Some(json) if *json != *field.name => Value::from(json),
                    _ => Value::from(&*field.name),
                };
                made.extend(Key::of(&key).map(|key| (key, value)));
            }
        }
        self.meter.charge(MESSAGE)?;
        Ok(Value::Map(Map::Message(name, Arc::new(made))))
    }

    /// A macro's loop.
    fn run(&mut self, of: &'a Loop) -> Out<'a> {
        let range = self.value(&of.range)?;
        let initial = self.value(&of.initial);
        let slot = of.slot;
        if self.locals.len() < slot + 3 {
            self.locals.resize(slot + 3, Ok(Value::Null));
        }
        self.locals[slot] = spent(initial)?;
        match range {
            Value::List(list) => {
                for index in 0..list.len() {
                    let element = list.get(index).unwrap_or(Ok(Value::Null));
                    let (first, second) = if of.pairs {
                        (Ok(Value::Int(position(index))), element)
                    } else {
                        (element, Ok(Value::Null))
                    };
                    if !self.step(of, first, second)? {
                        break;
                    }
                }
            }
            Value::Map(map) => {
                let keys = map.keys();
                self.meter.work(keys.len())?;
                for key in keys {
                    let value = if of.pairs {
                        map.find(&key).unwrap_or(Ok(Value::Null))
                    } else {
                        Ok(Value::Null)
                    };
                    if !self.step(of, Ok(key), value)? {
                        break;
                    }
                }
            }
            other => {
                let type_ = other.go_type();
                let words = if of.pairs {
                    format!("unsupported comprehension range type: {type_}")
                } else {
                    format!("got '{type_}', expected iterable type")
                };
                return Err(EvaluationError::Runtime(words));
            }
        }
        self.value(&of.result)
    }

    /// One round, unless the condition ends it.
    fn step(
        &mut self,
        of: &'a Loop,
        first: Out<'a>,
        second: Out<'a>,
    ) -> Result<bool, EvaluationError> {
        self.meter.work(1)?;
        self.locals[of.slot + 1] = first;
        self.locals[of.slot + 2] = second;
        if let Ok(Value::Bool(false)) = spent(self.value(&of.condition))? {
            return Ok(false);
        }
        let step = spent(self.value(&of.step))?;
        self.locals[of.slot] = step;
        Ok(true)
    }

    fn call(&mut self, call: &'a Call) -> Out<'a> {
        let name = call.function.name;
        if name == "@not_strictly_false" {
            let value = spent(self.value(&call.arguments[0]))?;
            self.meter.charge(1)?;
            return Ok(Value::Bool(!matches!(value, Ok(Value::Bool(false)))));
        }
        let regex = call.regex.as_ref();
        match call.arguments.as_slice() {
            [one] => {
                let mut arguments = [self.value(one)?];
                self.apply(call, &mut arguments, regex)
            }
            [one, two] => {
                let mut arguments = [self.value(one)?, self.value(two)?];
                self.apply(call, &mut arguments, regex)
            }
            all => {
                let mut arguments = Vec::with_capacity(all.len());
                for argument in all {
                    arguments.push(self.value(argument)?);
                }
                self.apply(call, &mut arguments, regex)
            }
        }
    }

    fn apply(
        &mut self,
        call: &'a Call,
        arguments: &mut [Value<'a>],
        regex: Option<&regex::Regex>,
    ) -> Out<'a> {
        let Some(implementation) = call.function.implementation else {
            return Err(EvaluationError::no_such_overload());
        };
        let before = costs::before(&mut self.meter, call, arguments)?;
        self.meter.charge(before)?;
        let mut context = crate::functions::Context {
            meter: &mut self.meter,
            regex,
        };
        let sizes = costs::Sizes::of(call, arguments);
        let value = implementation(&mut context, arguments)?;
        self.meter.charge(sizes.after(call, &value))?;
        Ok(value)
    }
}

/// The error that ends all; any other may yet be hidden.
fn spent(value: Out<'_>) -> Result<Out<'_>, EvaluationError> {
    match value {
        Err(EvaluationError::Budget) => Err(EvaluationError::Budget),
        other => Ok(other),
    }
}

/// What an optional element, entry or field adds.
fn present(value: Value<'_>, optional: bool) -> Result<Option<Value<'_>>, EvaluationError> {
    match value {
        value if !optional => Ok(Some(value)),
        Value::Optional(held) => Ok(held.map(|held| (*held).clone())),
        other => Err(EvaluationError::Runtime(format!(
            "cannot initialize optional entry from non-optional value {}",
            other.shown()
        ))),
    }
}

/// Literals are of the program, and not counted.
fn borrowed<'a>(value: &'a Value<'static>) -> Value<'a> {
    match value {
        Value::String(text) => Value::from(text.as_str()),
        other => other.clone(),
    }
}

/// Lists are in memory, so that their indexes fit.
pub(crate) fn position(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

impl<'a> From<List<'a>> for Value<'a> {
    fn from(list: List<'a>) -> Self {
        Self::List(list)
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
