//! The bounds of one item of a LimitRange, in upstream's words.
use api::core::v1::LimitRangeItem;
use meta::{Map, Quantity, Str};

type Amounts = Map<Str, Quantity>;

/// Of a container, or of a whole pod.
pub(super) fn check(
    problems: &mut Vec<String>,
    item: &LimitRangeItem,
    requests: &Amounts,
    limits: &Amounts,
) {
    let kind = &item.type_;
    for (name, min) in item.min.iter() {
        problems.extend(below(name, kind, min, requests.get(name), limits.get(name)));
    }
    for (name, max) in item.max.iter() {
        problems.extend(above(name, kind, max, requests.get(name), limits.get(name)));
    }
    for (name, ratio) in item.max_limit_request_ratio.iter() {
        let (request, limit) = (requests.get(name), limits.get(name));
        problems.extend(apart(name, kind, ratio, request, limit));
    }
}

/// Of a claim, of which only the request counts.
pub(super) fn check_claim(problems: &mut Vec<String>, item: &LimitRangeItem, requests: &Amounts) {
    let kind = &item.type_;
    for (name, min) in item.min.iter() {
        problems.extend(below(name, kind, min, requests.get(name), None));
    }
    for (name, max) in item.max.iter() {
        let start = format!("maximum {name} usage per {kind} is {max}");
        problems.extend(match requests.get(name) {
            None => Some(format!("{start}.  No request is specified")),
            Some(request) if request > max => Some(format!("{start}, but request is {request}")),
            Some(_) => None,
        });
    }
}

fn below(
    name: &str,
    kind: &str,
    min: &Quantity,
    request: Option<&Quantity>,
    limit: Option<&Quantity>,
) -> Option<String> {
    let start = format!("minimum {name} usage per {kind} is {min}");
    match (request, limit) {
        (None, _) => Some(format!("{start}.  No request is specified")),
        (Some(request), _) if request < min => Some(format!("{start}, but request is {request}")),
        (_, Some(limit)) if limit < min => Some(format!("{start}, but limit is {limit}")),
        _ => None,
    }
}

fn above(
    name: &str,
    kind: &str,
    max: &Quantity,
    request: Option<&Quantity>,
    limit: Option<&Quantity>,
) -> Option<String> {
    let start = format!("maximum {name} usage per {kind} is {max}");
    match (request, limit) {
        (_, None) => Some(format!("{start}.  No limit is specified")),
        (_, Some(limit)) if limit > max => Some(format!("{start}, but limit is {limit}")),
        (Some(request), _) if request > max => Some(format!("{start}, but request is {request}")),
        _ => None,
    }
}

fn apart(
    name: &str,
    kind: &str,
    ratio: &Quantity,
    request: Option<&Quantity>,
    limit: Option<&Quantity>,
) -> Option<String> {
    let start = format!("{name} max limit to request ratio per {kind} is {ratio}");
    let there = |amount: Option<&Quantity>| amount.filter(|amount| !amount.is_zero()).copied();
    let Some(request) = there(request) else {
        return Some(format!(
            "{start}, but no request is specified or request is 0"
        ));
    };
    let Some(limit) = there(limit) else {
        return Some(format!("{start}, but no limit is specified or limit is 0"));
    };
    let given = limit.as_f64() / request.as_f64();
    (given > ratio.as_f64()).then(|| format!("{start}, but provided ratio is {given:.6}"))
}
