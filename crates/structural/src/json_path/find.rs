//! Following steps through a value.

use super::{Filter, JsonPathError, Operator, Slice, Step, Test};
use crate::print;
use serde_json::Value;
use std::{borrow::Cow, cmp::Ordering};

/// What one step may find.
const FOUND_MAX: usize = 100_000;

type Found<'v> = Vec<Cow<'v, Value>>;

pub(super) fn find<'v>(steps: &[Step], value: &'v Value) -> Result<Vec<&'v Value>, JsonPathError> {
    let found = follow(steps, vec![Cow::Borrowed(value)])?;
    let in_value = |found: Cow<'v, Value>| match found {
        Cow::Borrowed(value) => Some(value),
        // A literal leads nowhere.
        Cow::Owned(_) => None,
    };
    Ok(found.into_iter().filter_map(in_value).collect())
}

fn follow<'v>(steps: &[Step], values: Found<'v>) -> Result<Found<'v>, JsonPathError> {
    let mut values = values;
    for step in steps {
        values = take(step, values)?;
        if values.len() > FOUND_MAX {
            return Err(JsonPathError(format!("more than {FOUND_MAX} values")));
        }
    }
    Ok(values)
}

fn take<'v>(step: &Step, values: Found<'v>) -> Result<Found<'v>, JsonPathError> {
    let mut found = Vec::new();
    match step {
        Step::Literal(literal) => {
            found.extend(values.iter().map(|_| Cow::Owned(literal.clone())));
        }
        Step::Union(parts) => {
            for steps in parts {
                found.extend(follow(steps, values.clone())?);
            }
        }
        Step::Field(name) => {
            for value in values {
                found.extend(field(value, name));
            }
        }
        Step::Wildcard => {
            for value in values {
                found.extend(children(value));
            }
        }
        Step::Recursive => {
            for value in values {
                descend(value, &mut found)?;
            }
        }
        Step::Slice(slice) => {
            for value in values {
                if !value.is_null() {
                    found.extend(elements(value, *slice)?);
                }
            }
        }
        Step::Filter(filter) => {
            for value in values {
                filter_items(value, filter, &mut found)?;
            }
        }
    }
    Ok(found)
}

/// Literals have neither fields nor items.
fn field<'v>(value: Cow<'v, Value>, name: &str) -> Option<Cow<'v, Value>> {
    match value {
        Cow::Borrowed(Value::Object(members)) => members.get(name).map(Cow::Borrowed),
        _ => None,
    }
}

fn children<'v>(value: Cow<'v, Value>) -> Found<'v> {
    match value {
        Cow::Borrowed(Value::Object(members)) => members.values().map(Cow::Borrowed).collect(),
        Cow::Borrowed(Value::Array(items)) => items.iter().map(Cow::Borrowed).collect(),
        _ => Vec::new(),
    }
}

/// All objects and lists from here on that are not empty.
fn descend<'v>(value: Cow<'v, Value>, found: &mut Found<'v>) -> Result<(), JsonPathError> {
    let inner = children(value.clone());
    if inner.is_empty() {
        return Ok(());
    }
    if found.len() >= FOUND_MAX {
        return Err(JsonPathError(format!("more than {FOUND_MAX} values")));
    }
    found.push(value);
    inner
        .into_iter()
        .try_for_each(|value| descend(value, found))
}

fn elements<'v>(value: Cow<'v, Value>, slice: Slice) -> Result<Found<'v>, JsonPathError> {
    let Cow::Borrowed(Value::Array(items)) = value else {
        let type_ = go_type(&value);
        return Err(JsonPathError(format!("{type_} is not array or slice")));
    };
    let len = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let start = match slice.start.unwrap_or_default() {
        start @ ..0 => start + len,
        start => start,
    };
    let end = match slice.end {
        None => len,
        Some(end) if end < 0 || (end == 0 && slice.is_index) => end + len,
        Some(end) => end,
    };
    if start == end {
        return Ok(Vec::new());
    }
    let beyond = |index: i64| {
        let words = format!("array index out of bounds: index {index}, length {len}");
        JsonPathError(words)
    };
    if start >= len || start < 0 {
        return Err(beyond(start));
    }
    if end > len || end < 0 {
        return Err(beyond(end - 1));
    }
    if start > end {
        let words = format!("starting index {start} is greater than ending index {end}");
        return Err(JsonPathError(words));
    }
    let step = match slice.step {
        None => 1,
        Some(step @ 1..) => step,
        Some(_) => return Err(JsonPathError("step must be > 0".to_owned())),
    };
    let at = |index: i64| usize::try_from(index).unwrap_or(usize::MAX);
    let taken = items[at(start)..at(end)].iter().step_by(at(step));
    Ok(taken.map(Cow::Borrowed).collect())
}

fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_i64() => "int64",
        Value::Number(_) => "float64",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

fn filter_items<'v>(
    value: Cow<'v, Value>,
    filter: &Filter,
    found: &mut Found<'v>,
) -> Result<(), JsonPathError> {
    let Cow::Borrowed(Value::Array(items)) = value else {
        let value = print::json_text(&value);
        let words = format!("{value} is not array or slice and cannot be filtered");
        return Err(JsonPathError(words));
    };
    for item in items {
        if passes(filter, item)? {
            found.push(Cow::Borrowed(item));
        }
    }
    Ok(())
}

fn passes(filter: &Filter, item: &Value) -> Result<bool, JsonPathError> {
    let here = || vec![Cow::Borrowed(item)];
    let left = follow(&filter.left, here());
    match &filter.test {
        Test::Exists => Ok(left.is_ok_and(|found| !found.is_empty())),
        Test::Matches(regex) => match single(left?)?.as_deref() {
            None => Ok(false),
            Some(Value::String(text)) => Ok(regex.is_match(text)),
            Some(_) => Err(JsonPathError(
                "regexp search only support string now".to_owned(),
            )),
        },
        Test::Compare(operator, right) => {
            let Some(left) = single(left?)? else {
                return Ok(false);
            };
            let Some(right) = single(follow(right, here())?)? else {
                return Ok(false);
            };
            compare(&left, *operator, &right)
        }
    }
}

/// At most one value.
fn single(mut found: Found<'_>) -> Result<Option<Cow<'_, Value>>, JsonPathError> {
    if found.len() > 1 {
        let words = "can only compare one element at a time";
        return Err(JsonPathError(words.to_owned()));
    }
    Ok(found.pop())
}

/// Values of one basic type: integers and floats are two.
fn compare(left: &Value, operator: Operator, right: &Value) -> Result<bool, JsonPathError> {
    let order = match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (Value::Number(left), Value::Number(right)) => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            (None, None) => left.as_f64().partial_cmp(&right.as_f64()),
            _ => None,
        },
        (Value::Bool(left), Value::Bool(right)) => match (operator, left == right) {
            (Operator::Equal | Operator::NotEqual, true) => Some(Ordering::Equal),
            (Operator::Equal | Operator::NotEqual, false) => Some(Ordering::Less),
            _ => return Err(JsonPathError("invalid type for comparison".to_owned())),
        },
        _ if left.is_null() || right.is_null() || left.is_array() || left.is_object() => {
            return Err(JsonPathError("invalid type for comparison".to_owned()));
        }
        _ => None,
    };
    let Some(order) = order else {
        let words = "incompatible types for comparison";
        return Err(JsonPathError(words.to_owned()));
    };
    Ok(match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Equal => order.is_eq(),
        Operator::NotEqual => order.is_ne(),
        Operator::GreaterOrEqual => order.is_ge(),
        Operator::Greater => order.is_gt(),
    })
}
