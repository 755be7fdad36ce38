//! Lists and sets.

use super::{Context, Implementation, fail, no_overload, no_trait};
use crate::{
    EvaluationError, List, Type, Value,
    evaluate::{Out, position},
    value::{compare, equal},
};
use std::cmp::Ordering;

pub(super) fn implementation(name: &str) -> Option<Implementation> {
    Some(match name {
        "isSorted" => is_sorted,
        "sum" => sum,
        "min" => |_, a| extreme(a, "min", Ordering::Greater),
        "max" => |_, a| extreme(a, "max", Ordering::Less),
        "first" => |_, a| end(a, "first", |list| list.get(0)),
        "last" => |_, a| end(a, "last", |list| list.get(list.len().wrapping_sub(1))),
        "slice" => slice,
        "flatten" => flatten,
        "lists.range" => range,
        "reverse" => reverse,
        "distinct" => distinct,
        "sort" => sort,
        "@sortByAssociatedKeys" => sort_by_keys,
        "sets.contains" => |c, a| sets(c, a, "sets.contains", contains_all),
        "sets.equivalent" => |c, a| {
            sets(c, a, "sets.equivalent", |context, one, other| {
                Ok(contains_all(context, one, other)? && contains_all(context, other, one)?)
            })
        },
        "sets.intersects" => |c, a| sets(c, a, "sets.intersects", intersects),
        "optional.unwrap" | "unwrapOpt" => unwrap_optionals,
        _ => return None,
    })
}

fn no_such<T>() -> Result<T, EvaluationError> {
    Err(EvaluationError::no_such_overload())
}

/// Elements, each of which is a step of work.
fn elements<'a>(
    context: &mut Context<'_>,
    list: &List<'a>,
) -> Result<Vec<Value<'a>>, EvaluationError> {
    context.meter.work(list.len())?;
    list.iter().collect()
}

fn is_sorted<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::List(list)] = &*arguments else {
        return no_overload("isSorted", arguments);
    };
    let mut previous: Option<Value<'a>> = None;
    for element in list.iter() {
        let element = element?;
        if let Some(previous) = &previous {
            match compare(previous, &element) {
                Some(Some(Ordering::Greater)) => return Ok(Value::Bool(false)),
                Some(_) => {}
                None => return no_such(),
            }
        }
        previous = Some(element);
    }
    Ok(Value::Bool(true))
}

fn sum<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::List(list)] = &*arguments else {
        return no_overload("sum", arguments);
    };
    let add = super::implementation("_+_").expect("the operator exists");
    let mut total: Option<Value<'a>> = None;
    for element in list.iter() {
        let element = element?;
        let number = matches!(
            element,
            Value::Int(_) | Value::Uint(_) | Value::Double(_) | Value::Duration(_)
        );
        if !number {
            return no_such();
        }
        total = Some(match total {
            None => element,
            Some(total) => add(context, &mut [total, element])?,
        });
    }
    // Of an empty list the type of its elements decides, where it is known.
    let nothing = match list {
        List::Json(_, type_) | List::Merged(_, type_) => match type_.element {
            Type::Uint => Value::Uint(0),
            Type::Double => Value::Double(0.0),
            Type::Duration => Value::Duration(0),
            _ => Value::Int(0),
        },
        List::Own(_) => Value::Int(0),
    };
    Ok(total.unwrap_or(nothing))
}

fn extreme<'a>(arguments: &[Value<'a>], name: &str, replaced: Ordering) -> Out<'a> {
    let [Value::List(list)] = arguments else {
        return no_overload(name, arguments);
    };
    let mut best: Option<Value<'a>> = None;
    for element in list.iter() {
        let element = element?;
        best = Some(match best {
            None => element,
            Some(best) => match compare(&best, &element) {
                Some(Some(order)) if order == replaced => element,
                Some(_) => best,
                None => return no_such(),
            },
        });
    }
    match best {
        Some(best) => Ok(best),
        None => fail(format!("{name} called on empty list")),
    }
}

pub(super) fn index_of<'a>(
    context: &mut Context<'_>,
    list: &List<'a>,
    wanted: &Value<'a>,
) -> Out<'a> {
    for (index, element) in list.iter().enumerate() {
        if equal(context.meter, &element?, wanted)? {
            return Ok(Value::Int(position(index)));
        }
    }
    Ok(Value::Int(-1))
}

pub(super) fn last_index_of<'a>(
    context: &mut Context<'_>,
    list: &List<'a>,
    wanted: &Value<'a>,
) -> Out<'a> {
    for index in (0..list.len()).rev() {
        let element = list.get(index).transpose()?.unwrap_or(Value::Null);
        if equal(context.meter, &element, wanted)? {
            return Ok(Value::Int(position(index)));
        }
    }
    Ok(Value::Int(-1))
}

fn end<'a>(
    arguments: &[Value<'a>],
    name: &str,
    get: for<'b, 'l> fn(&'l List<'b>) -> Option<Out<'b>>,
) -> Out<'a> {
    let [Value::List(list)] = arguments else {
        return no_overload(name, arguments);
    };
    let found = get(list).transpose()?;
    Ok(found.map_or(Value::Optional(None), Value::some))
}

fn slice<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::List(list), Value::Int(start), Value::Int(end)] = &*arguments else {
        return no_overload("slice", arguments);
    };
    let call = format!("cannot slice({start}, {end})");
    let (Ok(from), Ok(to)) = (usize::try_from(*start), usize::try_from(*end)) else {
        return fail(format!("{call}, negative indexes not supported"));
    };
    if from > to {
        return fail(format!(
            "{call}, start index must be less than or equal to end index"
        ));
    }
    if to > list.len() {
        return fail(format!("{call}, list is length {}", list.len()));
    }
    context.meter.work(to - from)?;
    let part = (from..to).filter_map(|index| list.get(index));
    Ok(Value::list(part.collect::<Result<_, _>>()?))
}

fn flatten<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (list, depth) = match &*arguments {
        [Value::List(list)] => (list, 1),
        [Value::List(list), Value::Int(depth)] => (list, *depth),
        _ => return no_overload("flatten", arguments),
    };
    if depth < 0 {
        return fail("level must be non-negative");
    }
    let mut flat = Vec::new();
    flatten_into(context, list, depth, &mut flat)?;
    Ok(Value::list(flat))
}

fn flatten_into<'a>(
    context: &mut Context<'_>,
    list: &List<'a>,
    depth: i64,
    flat: &mut Vec<Value<'a>>,
) -> Result<(), EvaluationError> {
    for element in list.iter() {
        context.meter.work(1)?;
        match element? {
            Value::List(inner) if depth > 0 => flatten_into(context, &inner, depth - 1, flat)?,
            other => flat.push(other),
        }
    }
    Ok(())
}

fn range<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::Int(end)] = &*arguments else {
        return no_overload("lists.range", arguments);
    };
    let count = u64::try_from(*end).unwrap_or(0);
    if count > context.meter.budget() {
        return Err(EvaluationError::Budget);
    }
    context
        .meter
        .work(usize::try_from(count).unwrap_or(usize::MAX))?;
    Ok(Value::list((0..*end).map(Value::Int).collect()))
}

fn reverse<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::List(list)] = &*arguments else {
        return no_overload("reverse", arguments);
    };
    let mut all = elements(context, list)?;
    all.reverse();
    Ok(Value::list(all))
}

fn distinct<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::List(list)] = &*arguments else {
        return no_overload("distinct", arguments);
    };
    let mut unique: Vec<Value<'a>> = Vec::new();
    for element in list.iter() {
        let element = element?;
        if crate::value::position(context.meter, &unique, &element)?.is_none() {
            unique.push(element);
        }
    }
    Ok(Value::list(unique))
}

fn sort<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::List(list)] = &*arguments else {
        return no_trait("sort", arguments, |_| false);
    };
    let all = elements(context, list)?;
    sorted(context, all.clone(), &all)
}

fn sort_by_keys<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::List(list), Value::List(keys)] = &*arguments else {
        return no_overload("@sortByAssociatedKeys", arguments);
    };
    if list.len() != keys.len() {
        return fail(format!(
            "@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got {} and {} elements respectively",
            list.len(),
            keys.len()
        ));
    }
    let (list, keys) = (elements(context, list)?, elements(context, keys)?);
    sorted(context, list, &keys)
}

fn sorted<'a>(context: &mut Context<'_>, list: Vec<Value<'a>>, keys: &[Value<'a>]) -> Out<'a> {
    let Some(first) = keys.first() else {
        return Ok(Value::list(list));
    };
    if compare(first, first).is_none() {
        return fail("list elements must be comparable");
    }
    if keys.iter().any(|key| key.type_name() != first.type_name()) {
        return fail("list elements must have the same type");
    }
    let levels = usize::BITS - keys.len().leading_zeros();
    context
        .meter
        .work(keys.len().saturating_mul(levels as usize))?;
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|one, other| {
        let order = compare(&keys[*one], &keys[*other]).flatten();
        order.unwrap_or(Ordering::Equal)
    });
    Ok(Value::list(
        order.into_iter().map(|index| list[index].clone()).collect(),
    ))
}

type SetTest = fn(&mut Context<'_>, &[Value<'_>], &[Value<'_>]) -> Result<bool, EvaluationError>;

fn sets<'a>(
    context: &mut Context<'_>,
    arguments: &[Value<'a>],
    name: &str,
    test: SetTest,
) -> Out<'a> {
    let [Value::List(one), Value::List(other)] = arguments else {
        return no_overload(name, arguments);
    };
    let (one, other) = (elements(context, one)?, elements(context, other)?);
    test(context, &one, &other).map(Value::Bool)
}

fn contains_all(
    context: &mut Context<'_>,
    list: &[Value<'_>],
    part: &[Value<'_>],
) -> Result<bool, EvaluationError> {
    for element in part {
        if crate::value::position(context.meter, list, element)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn intersects(
    context: &mut Context<'_>,
    one: &[Value<'_>],
    other: &[Value<'_>],
) -> Result<bool, EvaluationError> {
    for element in one {
        if crate::value::position(context.meter, other, element)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn unwrap_optionals<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [Value::List(list)] = &*arguments else {
        return no_overload("optional.unwrap", arguments);
    };
    let mut held = Vec::new();
    for element in elements(context, list)? {
        match element {
            Value::Optional(value) => held.extend(value.map(|value| (*value).clone())),
            other => return fail(format!("value {} is not optional", other.shown())),
        }
    }
    Ok(Value::list(held))
}
