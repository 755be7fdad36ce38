//! Operators.

use super::{Context, Implementation, fail, no_overload, no_trait};
use crate::{
    EvaluationError, List, ListMerge, Map, Text, Time, Value,
    evaluate::Out,
    value::{Key, compare, equal, incomparable, keys_equal, position},
};
use std::{cmp::Ordering, sync::Arc};

pub(super) fn implementation(name: &str) -> Option<Implementation> {
    Some(match name {
        "!_" => not,
        "-_" => negate,
        "_==_" => |context, arguments| match &*arguments {
            [one, other] if incomparable(one, other) => none(),
            _ => Ok(Value::Bool(same(context, arguments)?)),
        },
        "_!=_" => |context, arguments| Ok(Value::Bool(!same(context, arguments)?)),
        "_<_" => |_, arguments| ordered("_<_", arguments, Ordering::is_lt),
        "_<=_" => |_, arguments| ordered("_<=_", arguments, Ordering::is_le),
        "_>_" => |_, arguments| ordered("_>_", arguments, Ordering::is_gt),
        "_>=_" => |_, arguments| ordered("_>=_", arguments, Ordering::is_ge),
        "_+_" => add,
        "_-_" => subtract,
        "_*_" => multiply,
        "_/_" => divide,
        "_%_" => modulo,
        "@in" => within,
        "cel.@mapInsert" => insert,
        _ => return None,
    })
}

const INT_OVERFLOW: &str = "integer overflow";
const UINT_OVERFLOW: &str = "unsigned integer overflow";
const TIMESTAMP_OVERFLOW: &str = "timestamp overflow";

fn none<'a>() -> Out<'a> {
    Err(EvaluationError::no_such_overload())
}

fn is_comparer(value: &Value<'_>) -> bool {
    is_subtractor(value) || matches!(value, Value::Bool(_) | Value::Bytes(_) | Value::String(_))
}

fn is_negater(value: &Value<'_>) -> bool {
    matches!(
        value,
        Value::Bool(_) | Value::Double(_) | Value::Duration(_) | Value::Int(_)
    )
}

fn is_adder(value: &Value<'_>) -> bool {
    is_subtractor(value) || matches!(value, Value::Bytes(_) | Value::List(_) | Value::String(_))
}

fn is_subtractor(value: &Value<'_>) -> bool {
    is_number(value) || matches!(value, Value::Duration(_) | Value::Timestamp(_))
}

fn is_number(value: &Value<'_>) -> bool {
    is_whole(value) || matches!(value, Value::Double(_))
}

fn is_whole(value: &Value<'_>) -> bool {
    matches!(value, Value::Int(_) | Value::Uint(_))
}

fn not<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Bool(value)] => Ok(Value::Bool(!*value)),
        _ => none(),
    }
}

fn negate<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Int(value)] => int(value.checked_neg()),
        [Value::Double(value)] => Ok(Value::Double(-*value)),
        [Value::Duration(value)] => duration(value.checked_neg()),
        _ => no_trait("-_", arguments, is_negater),
    }
}

fn int<'a>(value: Option<i64>) -> Out<'a> {
    value.map_or_else(|| fail(INT_OVERFLOW), |value| Ok(Value::Int(value)))
}

fn uint<'a>(value: Option<u64>) -> Out<'a> {
    value.map_or_else(|| fail(UINT_OVERFLOW), |value| Ok(Value::Uint(value)))
}

/// Nanoseconds, which upstream counts as any integer.
fn duration<'a>(value: Option<i64>) -> Out<'a> {
    value.map_or_else(|| fail(INT_OVERFLOW), |value| Ok(Value::Duration(value)))
}

fn same(context: &mut Context<'_>, arguments: &[Value<'_>]) -> Result<bool, EvaluationError> {
    match arguments {
        [one, other] => equal(context.meter, one, other),
        _ => Err(EvaluationError::no_such_overload()),
    }
}

fn ordered<'a>(name: &str, arguments: &[Value<'a>], wanted: fn(Ordering) -> bool) -> Out<'a> {
    let [one, other] = arguments else {
        return none();
    };
    match compare(one, other) {
        Some(Some(order)) => Ok(Value::Bool(wanted(order))),
        Some(None) => fail("NaN values cannot be ordered"),
        None => no_trait(name, arguments, is_comparer),
    }
}

fn add<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Int(one), Value::Int(other)] => int(one.checked_add(*other)),
        [Value::Uint(one), Value::Uint(other)] => uint(one.checked_add(*other)),
        [Value::Double(one), Value::Double(other)] => Ok(Value::Double(*one + *other)),
        [Value::Duration(one), Value::Duration(other)] => duration(one.checked_add(*other)),
        [Value::Timestamp(time), Value::Duration(nanos)]
        | [Value::Duration(nanos), Value::Timestamp(time)] => moved(*time, Some(*nanos)),
        [Value::String(one), Value::String(other)] => {
            context.text([one.as_str(), other.as_str()].concat())
        }
        [Value::Bytes(one), Value::Bytes(other)] => {
            let joined = [&**one, &**other].concat();
            context.meter.work(joined.len() / 16)?;
            Ok(Value::Bytes(joined.into()))
        }
        [one, Value::List(other)] => {
            let other = other.clone();
            match std::mem::replace(one, Value::Null) {
                Value::List(one) => concatenated(context, one, &other),
                _ => none(),
            }
        }
        _ => no_trait("_+_", arguments, is_adder),
    }
}

fn moved<'a>(time: Time, nanos: Option<i64>) -> Out<'a> {
    let moved = nanos.and_then(|nanos| time.moved(jiff::SignedDuration::from_nanos(nanos)));
    moved.map_or_else(
        || fail(TIMESTAMP_OVERFLOW),
        |time| Ok(Value::Timestamp(time)),
    )
}

/// By the merge of the first list: appended, a union, or elements of the same keys overwritten.
fn concatenated<'a>(context: &mut Context<'_>, one: List<'a>, other: &List<'a>) -> Out<'a> {
    let type_ = match &one {
        List::Json(_, type_) | List::Merged(_, type_) => Some(*type_),
        List::Own(_) => None,
    };
    let merge = type_.map_or(&ListMerge::Atomic, |type_| &type_.merge);
    let mut elements = match one.clone() {
        List::Own(elements) | List::Merged(elements, _) => {
            drop(one);
            // A list that nothing else holds grows in its place.
            Arc::try_unwrap(elements).or_else(|shared| {
                context.meter.work(shared.len())?;
                Ok::<_, EvaluationError>(Vec::clone(&shared))
            })?
        }
        List::Json(..) => {
            context.meter.work(one.len())?;
            one.iter().collect::<Result<Vec<_>, _>>()?
        }
    };
    context.meter.work(other.len())?;
    for element in other.iter() {
        let element = element?;
        let known = match merge {
            ListMerge::Atomic => None,
            ListMerge::Set => position(context.meter, &elements, &element)?,
            ListMerge::Map(keys) => {
                let mut found = None;
                for (index, known) in elements.iter().enumerate() {
                    if keys_equal(context.meter, known, &element, keys)? {
                        found = Some(index);
                        break;
                    }
                }
                found
            }
        };
        match known {
            Some(index) => elements[index] = element,
            None => elements.push(element),
        }
    }
    Ok(match type_ {
        Some(type_) if !matches!(merge, ListMerge::Atomic) => {
            Value::List(List::Merged(Arc::new(elements), type_))
        }
        _ => Value::list(elements),
    })
}

fn subtract<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Int(one), Value::Int(other)] => int(one.checked_sub(*other)),
        [Value::Uint(one), Value::Uint(other)] => uint(one.checked_sub(*other)),
        [Value::Double(one), Value::Double(other)] => Ok(Value::Double(*one - *other)),
        [Value::Duration(one), Value::Duration(other)] => duration(one.checked_sub(*other)),
        [Value::Timestamp(time), Value::Duration(nanos)] => moved(*time, nanos.checked_neg()),
        [Value::Timestamp(one), Value::Timestamp(other)] => {
            let apart = one.since(*other).as_nanos();
            duration(i64::try_from(apart).ok())
        }
        _ => no_trait("_-_", arguments, is_subtractor),
    }
}

fn multiply<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Int(one), Value::Int(other)] => int(one.checked_mul(*other)),
        [Value::Uint(one), Value::Uint(other)] => uint(one.checked_mul(*other)),
        [Value::Double(one), Value::Double(other)] => Ok(Value::Double(*one * *other)),
        _ => no_trait("_*_", arguments, is_number),
    }
}

fn divide<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Int(_), Value::Int(0)] | [Value::Uint(_), Value::Uint(0)] => {
            fail("division by zero")
        }
        [Value::Int(one), Value::Int(other)] => int(one.checked_div(*other)),
        [Value::Uint(one), Value::Uint(other)] => uint(one.checked_div(*other)),
        [Value::Double(one), Value::Double(other)] => Ok(Value::Double(*one / *other)),
        _ => no_trait("_/_", arguments, is_number),
    }
}

fn modulo<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [Value::Int(_), Value::Int(0)] | [Value::Uint(_), Value::Uint(0)] => {
            fail("modulus by zero")
        }
        [Value::Int(one), Value::Int(other)] => int(one.checked_rem(*other)),
        [Value::Uint(one), Value::Uint(other)] => uint(one.checked_rem(*other)),
        _ => no_trait("_%_", arguments, is_whole),
    }
}

fn within<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match arguments {
        [value, Value::List(list)] => {
            for element in list.iter() {
                if equal(context.meter, &element?, value)? {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        [key, Value::Map(map)] => Ok(Value::Bool(map.find(key).transpose()?.is_some())),
        _ => none(),
    }
}

/// What the macros that make maps add to them: an entry, or all of another map.
fn insert<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let Some((Value::Map(map), added)) = arguments.split_first_mut() else {
        return none();
    };
    let mut entries = match std::mem::replace(map, Map::Own(Arc::default())) {
        Map::Own(entries) => Arc::try_unwrap(entries).or_else(|shared| {
            context.meter.work(shared.len())?;
            Ok::<_, EvaluationError>((*shared).clone())
        })?,
        other => {
            let mut copied = std::collections::BTreeMap::new();
            for key in other.keys() {
                context.meter.work(1)?;
                let value = other.find(&key).transpose()?.unwrap_or(Value::Null);
                copied.extend(Key::of(&key).map(|key| (key, value)));
            }
            copied
        }
    };
    let added: Vec<(Value<'a>, Value<'a>)> = match added {
        [key, value] => vec![(key.clone(), value.clone())],
        [Value::Map(more)] => {
            let pairs = more.keys().into_iter().map(|key| {
                let value = more.find(&key).transpose()?.unwrap_or(Value::Null);
                Ok((key, value))
            });
            pairs.collect::<Result<_, EvaluationError>>()?
        }
        _ => return no_overload("cel.@mapInsert", added),
    };
    for (key, value) in added {
        context.meter.work(1)?;
        let Some(place) = Key::of(&key) else {
            return none();
        };
        if entries.insert(place, value).is_some() {
            return fail(format!("insert failed: key {} already exists", key.shown()));
        }
    }
    Ok(Value::Map(Map::Own(Arc::new(entries))))
}

impl<'a> From<Text<'a>> for Value<'a> {
    fn from(text: Text<'a>) -> Self {
        Self::String(text)
    }
}
