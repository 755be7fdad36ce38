//! What is equal, and what comes first.

use super::{EvaluationError, List, Map, Value};
use crate::{ListMerge, evaluate::Meter};
use std::{cmp::Ordering, mem::discriminant};

/// The result of a comparison, none if one of the two is not a number.
pub(crate) type Order = Option<Ordering>;

/// Whether two are equal. Numbers are by value, all else of different types is not.
pub(crate) fn equal(
    meter: &mut Meter,
    one: &Value<'_>,
    other: &Value<'_>,
) -> Result<bool, EvaluationError> {
    meter.work(1)?;
    Ok(match (one, other) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::String(one), Value::String(other)) => {
            meter.work(one.as_str().len() / 64)?;
            one.as_str() == other.as_str()
        }
        (Value::Bytes(one), Value::Bytes(other)) => one == other,
        (Value::Duration(one), Value::Duration(other)) => one == other,
        (Value::Timestamp(one), Value::Timestamp(other)) => one == other,
        (Value::Type(one), Value::Type(other)) => one == other,
        (Value::Opaque(one), Value::Opaque(other)) => one == other,
        (Value::Optional(one), Value::Optional(other)) => match (one, other) {
            (Some(one), Some(other)) => equal(meter, one, other)?,
            (one, other) => one.is_none() && other.is_none(),
        },
        (Value::List(one), Value::List(other)) => lists(meter, one, other)?,
        (Value::Map(one), Value::Map(other)) => maps(meter, one, other)?,
        _ => numbers(one, other) == Some(Some(Ordering::Equal)),
    })
}

/// Whether upstream fails to compare them: a value of the library with one that is of another type.
pub(crate) fn incomparable(one: &Value<'_>, other: &Value<'_>) -> bool {
    match (one, other) {
        (Value::Opaque(one), Value::Opaque(other)) => {
            discriminant(&**one) != discriminant(&**other)
        }
        (Value::Opaque(_), other) => !matches!(other, Value::Null),
        _ => false,
    }
}

/// Whether members are equal. Those that cannot be compared pass, as they do upstream.
fn members(meter: &mut Meter, one: &Value<'_>, other: &Value<'_>) -> Result<bool, EvaluationError> {
    Ok(incomparable(one, other) || equal(meter, one, other)?)
}

/// By the merge of the first.
fn lists(meter: &mut Meter, one: &List<'_>, other: &List<'_>) -> Result<bool, EvaluationError> {
    if one.len() != other.len() {
        return Ok(false);
    }
    match one.merge() {
        ListMerge::Atomic => {
            for (one, other) in one.iter().zip(other.iter()) {
                if !members(meter, &one?, &other?)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        ListMerge::Set => {
            let mut known = Vec::with_capacity(one.len());
            for element in one.iter() {
                known.push(element?);
            }
            for element in other.iter() {
                let element = element?;
                if position(meter, &known, &element)?.is_none() {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        ListMerge::Map(keys) => {
            for element in other.iter() {
                let element = element?;
                match same_keys(meter, one, &element, keys)? {
                    Some(counterpart) if equal(meter, &counterpart, &element)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
    }
}

/// Where in the list something equal is.
pub(crate) fn position(
    meter: &mut Meter,
    list: &[Value<'_>],
    element: &Value<'_>,
) -> Result<Option<usize>, EvaluationError> {
    for (index, known) in list.iter().enumerate() {
        if equal(meter, known, element)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

/// The element of a list of type map that has the same keys.
fn same_keys<'a>(
    meter: &mut Meter,
    list: &List<'a>,
    element: &Value<'_>,
    keys: &[String],
) -> Result<Option<Value<'a>>, EvaluationError> {
    for known in list.iter() {
        let known = known?;
        if keys_equal(meter, &known, element, keys)? {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

/// Whether two elements of a list of type map have the same keys.
pub(crate) fn keys_equal(
    meter: &mut Meter,
    one: &Value<'_>,
    other: &Value<'_>,
    keys: &[String],
) -> Result<bool, EvaluationError> {
    let (Value::Map(one), Value::Map(other)) = (one, other) else {
        return Ok(false);
    };
    for key in keys {
        let escaped = crate::escape(key);
        let name = escaped.as_deref().unwrap_or(key);
        let same = match (one.find_field(name, key), other.find_field(name, key)) {
            (Some(one), Some(other)) => equal(meter, &one?, &other?)?,
            (one, other) => one.is_none() && other.is_none(),
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

fn maps(meter: &mut Meter, one: &Map<'_>, other: &Map<'_>) -> Result<bool, EvaluationError> {
    if one.len() != other.len() {
        return Ok(false);
    }
    if let (Map::Object(one, type_), Map::Object(other, _)) = (one, other) {
        // Fields that expressions cannot see count as they are.
        let hidden = |name: &str| {
            let field = crate::escape(name).and_then(|escaped| type_.get(&escaped).map(|_| ()));
            field.is_none()
        };
        for (name, value) in *one {
            meter.work(1)?;
            if hidden(name) && other.get(name).is_some_and(|other| other != value) {
                return Ok(false);
            }
        }
    }
    for key in one.keys() {
        let (Some(one), Some(other)) = (one.find(&key), other.find(&key)) else {
            let both_absent = one.find(&key).is_none() && other.find(&key).is_none();
            if both_absent {
                continue;
            }
            return Ok(false);
        };
        if !members(meter, &one?, &other?)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The order of two that can be ordered; none if they cannot.
pub(crate) fn compare(one: &Value<'_>, other: &Value<'_>) -> Option<Order> {
    Some(match (one, other) {
        (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
        (Value::String(one), Value::String(other)) => Some(one.as_str().cmp(other.as_str())),
        (Value::Bytes(one), Value::Bytes(other)) => Some(one.cmp(other)),
        (Value::Duration(one), Value::Duration(other)) => Some(one.cmp(other)),
        (Value::Timestamp(one), Value::Timestamp(other)) => one.partial_cmp(other),
        _ => return numbers(one, other),
    })
}

/// Numbers of any type, by value.
fn numbers(one: &Value<'_>, other: &Value<'_>) -> Option<Order> {
    let whole = |value: &Value<'_>| match value {
        Value::Int(value) => Some(i128::from(*value)),
        Value::Uint(value) => Some(i128::from(*value)),
        _ => None,
    };
    match (one, other) {
        (Value::Double(one), Value::Double(other)) => Some(one.partial_cmp(other)),
        (Value::Double(one), _) => {
            let order = double(*one, whole(other)?);
            Some(order)
        }
        (_, Value::Double(other)) => {
            let order = double(*other, whole(one)?);
            Some(order.map(Ordering::reverse))
        }
        _ => Some(Some(whole(one)?.cmp(&whole(other)?))),
    }
}

/// A double and a whole number, without loss.
fn double(one: f64, other: i128) -> Order {
    if one.is_nan() {
        return None;
    }
    // Far beyond all integers, where the conversion below would lose the sign of what is left.
    if one.abs() >= 1e30 {
        return Some(if one < 0.0 {
            Ordering::Less
        } else {
            Ordering::Greater
        });
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 1e30, and cut on purpose"
    )]
    let cut = one.trunc() as i128;
    let order = cut.cmp(&other);
    Some(order.then_with(|| one.fract().partial_cmp(&0.0).unwrap_or(Ordering::Equal)))
}

/// The whole number that a double is.
pub(crate) fn whole(value: f64) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and within"
    )]
    let cut = (value.fract() == 0.0 && value.abs() < 9.2e18).then_some(value as i64);
    cut
}

impl PartialEq for Value<'_> {
    /// As `==` has it, within the work that one evaluation may do.
    fn eq(&self, other: &Self) -> bool {
        let mut meter = Meter::new(u64::MAX);
        equal(&mut meter, self, other).unwrap_or(false)
    }
}
