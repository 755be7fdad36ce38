//! What a call costs once its arguments are known: cel-go's tracker with Kubernetes' own counts.

use super::Meter;
use crate::{
    EvaluationError, Value,
    node::Call,
    units::{AUTHORIZATION, LIST, REGEX, TRAVERSAL, is_comparison, share},
};

const CALL: u64 = 1;

/// The overload, if only one can be meant.
fn overload(call: &Call) -> &'static str {
    match call.overloads.as_slice() {
        [one] => one,
        _ => "",
    }
}

fn size(arguments: &[Value<'_>], index: usize) -> u64 {
    arguments.get(index).map_or(1, Value::size)
}

/// What is known before the call: it is paid before the work is done.
pub(super) fn before(
    meter: &mut Meter,
    call: &Call,
    arguments: &[Value<'_>],
) -> Result<u64, EvaluationError> {
    let traversed = matches!(
        call.function.name,
        "isSorted" | "sum" | "max" | "min" | "indexOf" | "lastIndexOf"
    );
    match arguments.first() {
        Some(value) if traversed => traversal(meter, value),
        _ => Ok(by_sizes(call, arguments)),
    }
}

fn by_sizes(call: &Call, arguments: &[Value<'_>]) -> u64 {
    let first = || size(arguments, 0);
    let second = || size(arguments, 1);
    let overload = overload(call);
    match call.function.name {
        "check" => AUTHORIZATION,
        "fieldSelector" | "labelSelector" => {
            let length = second();
            LIST + share(length, TRAVERSAL) + share(share(length, 0.5), 50.0)
        }
        "url"
        | "lowerAscii"
        | "upperAscii"
        | "substring"
        | "trim"
        | "jsonpatch.escapeKey"
        | "cidr"
        | "isIP"
        | "isCIDR"
        | "quantity"
        | "isQuantity"
        | "semver"
        | "isSemver" => share(first(), TRAVERSAL),
        "ip" if overload != "cidr_ip" => share(first(), TRAVERSAL),
        "replace" | "split" | "ip.isCanonical" => share(first(), 2.0 * TRAVERSAL),
        "find" | "findAll" => share(first() + 1, TRAVERSAL) * share(second(), REGEX),
        "containsIP" => {
            let parsed = if overload == "cidr_contains_ip_string" {
                second()
            } else {
                0
            };
            share(2 * first(), TRAVERSAL) + share(parsed, TRAVERSAL)
        }
        "containsCIDR" => {
            let parsed = if overload == "cidr_contains_cidr_string" {
                second()
            } else {
                0
            };
            let compared = share(2 * first(), TRAVERSAL) + share(first(), TRAVERSAL) + 1;
            compared + share(parsed, TRAVERSAL)
        }
        "validate" => {
            let regex = match arguments.first() {
                Some(Value::Opaque(opaque)) => opaque.regex_size(),
                _ => return CALL,
            };
            share(second() + 1, TRAVERSAL) * share(regex, REGEX)
        }
        "_==_" if matches!(arguments.first(), Some(Value::Opaque(_))) => CALL,
        // Paid when the result is known, within what is left.
        "join"
        | "slice"
        | "lists.range"
        | "reverse"
        | "flatten"
        | "distinct"
        | "sort"
        | "@sortByAssociatedKeys" => 0,
        _ => by_overload(overload, first, second),
    }
}

fn by_overload(overload: &str, first: impl Fn() -> u64, second: impl Fn() -> u64) -> u64 {
    match overload {
        "in_set" => 0,
        "starts_with_string" | "ends_with_string" | "string_to_bytes" | "bytes_to_string"
        | "strings_quote" | "string_format" => share(first(), TRAVERSAL),
        "in_list" => second(),
        overload if is_comparison(overload) => share(first().min(second()), TRAVERSAL),
        "add_string" | "add_bytes" => share(first().saturating_add(second()), TRAVERSAL),
        "matches_string" => share(first() + 1, TRAVERSAL) * share(second(), REGEX),
        "contains_string" => share(first(), TRAVERSAL) * share(second(), TRAVERSAL),
        "list_sets_contains_list" | "list_sets_intersects_list" => {
            CALL.saturating_add(first().saturating_mul(second()))
        }
        "list_sets_equivalent_list" => {
            CALL.saturating_add(first().saturating_mul(second()).saturating_mul(2))
        }
        _ => CALL,
    }
}

/// What the arguments say of the cost that is paid after the call, which may consume them.
pub(super) struct Sizes {
    cost: u64,
}

impl Sizes {
    pub(super) fn of(call: &Call, arguments: &[Value<'_>]) -> Self {
        let cost = match overload(call) {
            "list_flatten" => size(arguments, 0),
            "list_flatten_int" => match arguments.get(1) {
                Some(Value::Int(depth)) => {
                    size(arguments, 0).saturating_mul(u64::try_from(*depth).unwrap_or(0))
                }
                _ => 0,
            },
            "list_distinct" => self_compared(arguments.first()),
            _ => match call.function.name {
                "sort" => self_compared(arguments.first()),
                "@sortByAssociatedKeys" => self_compared(arguments.get(1)),
                _ => 0,
            },
        };
        Self { cost }
    }

    pub(super) fn after(&self, call: &Call, result: &Value<'_>) -> u64 {
        match call.function.name {
            "join" => share(result.size(), 2.0 * TRAVERSAL),
            "slice" | "lists.range" | "reverse" => CALL + LIST + result.size(),
            "flatten" | "distinct" | "sort" | "@sortByAssociatedKeys" => {
                (CALL + LIST).saturating_add(self.cost)
            }
            _ => 0,
        }
    }
}

/// Each element with each other.
fn self_compared(list: Option<&Value<'_>>) -> u64 {
    let Some(Value::List(list)) = list else {
        return 0;
    };
    let size = list.len() as u64;
    let text = matches!(list.get(0), Some(Ok(Value::String(_) | Value::Bytes(_))));
    let factor = if text { 2.0 + TRAVERSAL } else { 2.0 };
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "as upstream counts, rounding down"
    )]
    let cost = (size.saturating_mul(size) as f64 * factor) as u64;
    cost
}

/// Of all that a value holds.
fn traversal(meter: &mut Meter, value: &Value<'_>) -> Result<u64, EvaluationError> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "as upstream counts"
    )]
    let part = |length: usize| (length as f64 * TRAVERSAL) as u64;
    meter.work(1)?;
    let mut cost = 0;
    match value {
        Value::String(text) => cost = part(text.as_str().len()),
        Value::Bytes(bytes) => cost = part(bytes.len()),
        Value::List(list) => {
            for element in list.iter() {
                cost += traversal(meter, &element?)?;
            }
        }
        Value::Map(map) => {
            for key in map.keys() {
                cost += traversal(meter, &key)?;
                if let Some(value) = map.find(&key) {
                    cost += traversal(meter, &value?)?;
                }
            }
        }
        _ => cost = 1,
    }
    Ok(cost)
}
