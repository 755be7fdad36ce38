//! Steps into data: fields and indexes, also of what may not be there.

use super::{Evaluation, Out};
use crate::{
    EvaluationError, List, Map, Value,
    node::{Node, Select},
};

/// What a step leads to: nothing, or a value.
type Found<'a> = Result<Option<Value<'a>>, EvaluationError>;

impl<'a> Evaluation<'a, '_> {
    /// What a path starts from: a value that is not itself a path costs one more.
    fn start(&mut self, node: &'a Node) -> Out<'a> {
        let value = self.value(node)?;
        if !node.is_path() {
            self.meter.charge(1)?;
        }
        Ok(value)
    }

    pub(super) fn select(&mut self, select: &'a Select) -> Out<'a> {
        let operand = self.start(&select.operand)?;
        if select.test {
            let target = match operand {
                Value::Optional(None) => return Ok(Value::Bool(false)),
                Value::Optional(Some(value)) => (*value).clone(),
                other => other,
            };
            return self
                .field(&target, select)
                .map(|found| Value::Bool(found.is_some()));
        }
        match operand {
            Value::Optional(held) => {
                self.optional(held.as_deref(), 1, |this, value| this.field(value, select))
            }
            target => {
                let found = self.field(&target, select)?;
                self.meter.charge(1)?;
                let missing = || format!("no such key: {}", select.field);
                found.ok_or_else(|| EvaluationError::Runtime(missing()))
            }
        }
    }

    pub(super) fn optional_select(&mut self, select: &'a Select) -> Out<'a> {
        match self.start(&select.operand)? {
            Value::Optional(held) => {
                self.optional(held.as_deref(), 1, |this, value| this.field(value, select))
            }
            target => self.optional(Some(&target), 1, |this, value| this.field(value, select)),
        }
    }

    pub(super) fn index(&mut self, both: &'a [Node; 2]) -> Out<'a> {
        let [operand, index] = both;
        let operand = self.start(operand)?;
        let (index, cost) = self.place(index)?;
        match operand {
            Value::Optional(held) => {
                self.optional(held.as_deref(), cost, |_, value| at(value, &index))
            }
            target => {
                let found = at(&target, &index)?;
                self.meter.charge(cost)?;
                let missing = || match target {
                    Value::List(_) => format!("index out of bounds: {}", index.shown()),
                    _ => format!("no such key: {}", index.shown()),
                };
                found.ok_or_else(|| EvaluationError::Runtime(missing()))
            }
        }
    }

    pub(super) fn optional_index(&mut self, both: &'a [Node; 2]) -> Out<'a> {
        let [operand, index] = both;
        let operand = self.start(operand)?;
        let (index, cost) = self.place(index)?;
        match operand {
            Value::Optional(held) => {
                self.optional(held.as_deref(), cost, |_, value| at(value, &index))
            }
            target => self.optional(Some(&target), cost, |_, value| at(value, &index)),
        }
    }

    /// The index, and what the step by it costs: a path costs what it costs itself.
    fn place(&mut self, node: &'a Node) -> Result<(Value<'a>, u64), EvaluationError> {
        let value = self.value(node)?;
        Ok((value, u64::from(!node.is_path())))
    }

    fn optional(
        &mut self,
        held: Option<&Value<'a>>,
        cost: u64,
        step: impl FnOnce(&Self, &Value<'a>) -> Found<'a>,
    ) -> Out<'a> {
        let Some(held) = held else {
            return Ok(Value::Optional(None));
        };
        let Some(value) = step(self, held)? else {
            return Ok(Value::Optional(None));
        };
        self.meter.charge(cost)?;
        Ok(match value {
            already @ Value::Optional(_) => already,
            value => Value::some(value),
        })
    }

    fn field(&self, target: &Value<'a>, select: &Select) -> Found<'a> {
        match target {
            Value::Map(map @ Map::Object(..)) => {
                let Some(json) = &select.json else {
                    return Ok(None);
                };
                map.find_field(&select.field, json).transpose()
            }
            Value::Map(Map::Composed) => {
                let name = select.json.as_deref().unwrap_or(&select.field);
                let found = self.bindings.and_then(|bindings| bindings.find(name));
                found.transpose()
            }
            Value::Map(map) => map.find_field(&select.field, &select.field).transpose(),
            Value::List(_) => Err(EvaluationError::runtime(
                "unsupported index type 'string' in list",
            )),
            _ => Ok(None),
        }
    }
}

fn at<'a>(target: &Value<'a>, index: &Value<'a>) -> Found<'a> {
    match target {
        Value::Map(map) => map.find(index).transpose(),
        Value::List(list) => element(list, index),
        _ => Ok(None),
    }
}

fn element<'a>(list: &List<'a>, index: &Value<'a>) -> Found<'a> {
    let index = match index {
        Value::Int(index) => usize::try_from(*index).ok(),
        // Upstream's own lists are less lenient than those of its library.
        other if !matches!(list, List::Own(_)) => {
            let words = format!("unsupported index: {}", other.shown());
            return Err(EvaluationError::Runtime(words));
        }
        Value::Uint(index) => usize::try_from(*index).ok(),
        Value::Double(index) => match crate::value::whole(*index) {
            Some(index) => usize::try_from(index).ok(),
            None => {
                let words = format!("unsupported index value {index} in list");
                return Err(EvaluationError::Runtime(words));
            }
        },
        other => {
            let words = format!("unsupported index type '{}' in list", other.type_name());
            return Err(EvaluationError::Runtime(words));
        }
    };
    index.and_then(|index| list.get(index)).transpose()
}
