//! Quantities, URLs, addresses, versions and formats.

use super::{Context, Implementation, fail, no_overload};
use crate::{
    EvaluationError, Map, Value,
    evaluate::Out,
    opaque::{Opaque, format, net, semver::Semver, url::Url},
    value::Key,
};
use meta::{Quantity, QuantityFormat};
use std::{cmp::Ordering, net::IpAddr, sync::Arc};

pub(super) fn implementation(name: &str) -> Option<Implementation> {
    Some(match name {
        "quantity" => |_, a| parsed(a, "quantity", quantity),
        "isQuantity" => |_, a| valid(a, "isQuantity", |text| quantity(text).is_ok()),
        "url" => |_, a| parsed(a, "url", url),
        "isURL" => |_, a| valid(a, "isURL", |text| url(text).is_ok()),
        "ip" => |_, a| match &*a {
            [Value::Opaque(opaque)] => match &**opaque {
                Opaque::Cidr(cidr) => Ok(made(Opaque::Ip(cidr.address))),
                _ => no_overload("ip", a),
            },
            _ => parsed(a, "ip", |text| net::parse_ip(text).map(Opaque::Ip)),
        },
        "isIP" => |_, a| valid(a, "isIP", |text| net::parse_ip(text).is_ok()),
        "ip.isCanonical" => is_canonical,
        "cidr" => |_, a| {
            let read = |text: &str| {
                let words = |error| {
                    format!("network address parse error during conversion from string: {error}")
                };
                net::parse_cidr(text).map(Opaque::Cidr).map_err(words)
            };
            parsed(a, "cidr", read)
        },
        "isCIDR" => |_, a| valid(a, "isCIDR", |text| net::parse_cidr(text).is_ok()),
        "semver" => semver,
        "isSemver" => is_semver,
        "format.named" => |_, a| match &*a {
            [Value::String(name)] => Ok(match format::find(name.as_str()) {
                Some(format) => Value::some(made(Opaque::Format(format))),
                None => Value::Optional(None),
            }),
            _ => no_overload("format.named", a),
        },
        "validate" => validate,
        _ => {
            return of_value(name)
                .or_else(|| of_address(name))
                .or_else(|| constant(name));
        }
    })
}

fn made(opaque: Opaque) -> Value<'static> {
    Value::Opaque(Arc::new(opaque))
}

fn quantity(text: &str) -> Result<Opaque, String> {
    let parsed = Quantity::parse(text);
    parsed
        .map(Opaque::Quantity)
        .map_err(|error| error.to_string())
}

fn url(text: &str) -> Result<Opaque, String> {
    let words = |error| format!("URL parse error during conversion from string: {error}");
    Url::parse_request(text).map(Opaque::Url).map_err(words)
}

fn parsed<'a>(
    arguments: &[Value<'a>],
    name: &str,
    parse: impl Fn(&str) -> Result<Opaque, String>,
) -> Out<'a> {
    match arguments {
        [Value::String(text)] => match parse(text.as_str()) {
            Ok(opaque) => Ok(made(opaque)),
            Err(words) => fail(words),
        },
        _ => no_overload(name, arguments),
    }
}

fn valid<'a>(arguments: &[Value<'a>], name: &str, test: fn(&str) -> bool) -> Out<'a> {
    match arguments {
        [Value::String(text)] => Ok(Value::Bool(test(text.as_str()))),
        _ => no_overload(name, arguments),
    }
}

fn is_canonical<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match &*arguments {
        [Value::String(text)] => match net::parse_ip(text.as_str()) {
            Ok(address) => Ok(Value::Bool(address.to_string() == text.as_str())),
            Err(words) => fail(words),
        },
        _ => no_overload("ip.isCanonical", arguments),
    }
}

/// The version, strict or not.
fn version(arguments: &[Value<'_>]) -> Option<Result<Semver, String>> {
    match arguments {
        [Value::String(text)] | [Value::String(text), Value::Bool(false)] => {
            Some(Semver::parse(text.as_str()))
        }
        [Value::String(text), Value::Bool(true)] => Some(Semver::parse_tolerant(text.as_str())),
        _ => None,
    }
}

fn semver<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match version(arguments) {
        Some(Ok(version)) => Ok(made(Opaque::Semver(version))),
        Some(Err(words)) => fail(words),
        None => no_overload("semver", arguments),
    }
}

fn is_semver<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    match version(arguments) {
        Some(version) => Ok(Value::Bool(version.is_ok())),
        None => no_overload("isSemver", arguments),
    }
}

fn validate<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (format, text) = match &*arguments {
        [Value::Opaque(opaque), Value::String(text)] => match &**opaque {
            Opaque::Format(format) => (*format, text),
            _ => return no_overload("validate", arguments),
        },
        _ => return no_overload("validate", arguments),
    };
    let errors = (format.validate)(text.as_str());
    if errors.is_empty() {
        return Ok(Value::Optional(None));
    }
    let errors = errors.into_iter().map(Value::from).collect();
    Ok(Value::some(Value::list(errors)))
}

fn constant(name: &str) -> Option<Implementation> {
    let key = name.strip_prefix("format.")?;
    // A function for each, since functions hold nothing.
    macro_rules! formats {
        ($($key:literal),*) => {
            match key {
                $($key => |_, _| Ok(Value::Opaque(Arc::new(Opaque::Format(
                    format::find($key).expect("the table has the format"),
                )))),)*
                _ => return None,
            }
        };
    }
    Some(formats!(
        "byte",
        "date",
        "datetime",
        "dns1035Label",
        "dns1035LabelPrefix",
        "dns1123Label",
        "dns1123LabelPrefix",
        "dns1123Subdomain",
        "dns1123SubdomainPrefix",
        "labelValue",
        "qualifiedName",
        "uri",
        "uuid"
    ))
}

/// Of quantities, URLs and versions.
fn of_value(name: &str) -> Option<Implementation> {
    Some(match name {
        "sign" => |_, a| match opaque(a) {
            Some(Opaque::Quantity(quantity)) => Ok(Value::Int(quantity.sign().into())),
            _ => no_overload("sign", a),
        },
        "isGreaterThan" => |_, a| compared(a, "isGreaterThan", |order| Value::Bool(order.is_gt())),
        "isLessThan" => |_, a| compared(a, "isLessThan", |order| Value::Bool(order.is_lt())),
        "compareTo" => |_, a| compared(a, "compareTo", |order| Value::Int(order as i64)),
        "asApproximateFloat" => |_, a| match opaque(a) {
            Some(Opaque::Quantity(quantity)) => Ok(Value::Double(quantity.as_f64())),
            _ => no_overload("asApproximateFloat", a),
        },
        "asInteger" => |_, a| match opaque(a) {
            Some(Opaque::Quantity(quantity)) => match whole(quantity) {
                Some(value) => Ok(Value::Int(value)),
                None => fail("cannot convert value to integer"),
            },
            _ => no_overload("asInteger", a),
        },
        "isInteger" => |_, a| match opaque(a) {
            Some(Opaque::Quantity(quantity)) => Ok(Value::Bool(whole(quantity).is_some())),
            _ => no_overload("isInteger", a),
        },
        "add" => |_, a| calculated(a, "add", Quantity::add),
        "sub" => |_, a| calculated(a, "sub", Quantity::sub),
        "major" => |_, a| number(a, "major", |version| version.major),
        "minor" => |_, a| number(a, "minor", |version| version.minor),
        "patch" => |_, a| number(a, "patch", |version| version.patch),
        "getScheme" => |c, a| part(c, a, "getScheme", |url| url.scheme.clone()),
        "getHost" => |c, a| part(c, a, "getHost", |url| url.host.clone()),
        "getHostname" => |c, a| part(c, a, "getHostname", |url| url.hostname().to_owned()),
        "getPort" => |c, a| part(c, a, "getPort", |url| url.port().to_owned()),
        "getEscapedPath" => |c, a| part(c, a, "getEscapedPath", Url::escaped_path),
        "getQuery" => query,
        _ => return None,
    })
}

fn opaque<'o>(arguments: &'o [Value<'_>]) -> Option<&'o Opaque> {
    match arguments.first() {
        Some(Value::Opaque(opaque)) => Some(opaque),
        _ => None,
    }
}

/// The quantity, if it is a whole number that fits.
fn whole(quantity: &Quantity) -> Option<i64> {
    let value = quantity.value();
    (Quantity::new(value, QuantityFormat::DecimalSi) == *quantity).then_some(value)
}

fn compared<'a>(
    arguments: &[Value<'a>],
    name: &str,
    result: fn(Ordering) -> Value<'static>,
) -> Out<'a> {
    let [Value::Opaque(one), Value::Opaque(other)] = arguments else {
        return no_overload(name, arguments);
    };
    match (&**one, &**other) {
        (Opaque::Quantity(one), Opaque::Quantity(other)) => Ok(result(one.cmp(other))),
        (Opaque::Semver(one), Opaque::Semver(other)) => Ok(result(one.cmp(other))),
        _ => no_overload(name, arguments),
    }
}

fn calculated<'a>(
    arguments: &[Value<'a>],
    name: &str,
    calculate: fn(&mut Quantity, &Quantity),
) -> Out<'a> {
    let (Some(Opaque::Quantity(quantity)), [_, other]) = (opaque(arguments), arguments) else {
        return no_overload(name, arguments);
    };
    let mut result = *quantity;
    match other {
        Value::Int(value) => {
            calculate(
                &mut result,
                &Quantity::new(*value, QuantityFormat::DecimalExponent),
            );
        }
        other => match opaque(std::slice::from_ref(other)) {
            Some(Opaque::Quantity(other)) => calculate(&mut result, other),
            _ => return no_overload(name, arguments),
        },
    }
    Ok(made(Opaque::Quantity(result)))
}

fn number<'a>(arguments: &[Value<'a>], name: &str, get: fn(&Semver) -> u64) -> Out<'a> {
    match opaque(arguments) {
        Some(Opaque::Semver(version)) => match i64::try_from(get(version)) {
            Ok(number) => Ok(Value::Int(number)),
            Err(_) => Err(EvaluationError::runtime("integer overflow")),
        },
        _ => no_overload(name, arguments),
    }
}

fn part<'a>(
    context: &mut Context<'_>,
    arguments: &[Value<'a>],
    name: &str,
    get: impl Fn(&Url) -> String,
) -> Out<'a> {
    match opaque(arguments) {
        Some(Opaque::Url(url)) => context.text(get(url)),
        _ => no_overload(name, arguments),
    }
}

fn query<'a>(context: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let Some(Opaque::Url(url)) = opaque(arguments) else {
        return no_overload("getQuery", arguments);
    };
    let query = url.query();
    context.meter.work(url.text.len() / 8)?;
    let entries = query.into_iter().map(|(key, values)| {
        let key = Value::from(key);
        let values = values.into_iter().map(Value::from).collect();
        (Key::of(&key), Value::list(values))
    });
    let entries = entries.filter_map(|(key, values)| Some((key?, values)));
    Ok(Value::Map(Map::Own(Arc::new(entries.collect()))))
}

/// Of addresses and networks.
fn of_address(name: &str) -> Option<Implementation> {
    Some(match name {
        "family" => |_, a| match opaque(a) {
            Some(Opaque::Ip(address)) => Ok(Value::Int(if address.is_ipv4() { 4 } else { 6 })),
            _ => no_overload("family", a),
        },
        "isUnspecified" => |_, a| is(a, "isUnspecified", |address| address.is_unspecified()),
        "isLoopback" => |_, a| is(a, "isLoopback", |address| address.is_loopback()),
        "isLinkLocalMulticast" => {
            |_, a| is(a, "isLinkLocalMulticast", net::is_link_local_multicast)
        }
        "isLinkLocalUnicast" => |_, a| is(a, "isLinkLocalUnicast", net::is_link_local_unicast),
        "isGlobalUnicast" => |_, a| is(a, "isGlobalUnicast", net::is_global_unicast),
        "containsIP" => contains_ip,
        "containsCIDR" => contains_cidr,
        "prefixLength" => |_, a| match opaque(a) {
            Some(Opaque::Cidr(cidr)) => Ok(Value::Int(cidr.bits.into())),
            _ => no_overload("prefixLength", a),
        },
        "masked" => |_, a| match opaque(a) {
            Some(Opaque::Cidr(cidr)) => Ok(made(Opaque::Cidr(cidr.masked()))),
            _ => no_overload("masked", a),
        },
        _ => return None,
    })
}

fn is<'a>(arguments: &[Value<'a>], name: &str, test: fn(IpAddr) -> bool) -> Out<'a> {
    match opaque(arguments) {
        Some(Opaque::Ip(address)) => Ok(Value::Bool(test(*address))),
        _ => no_overload(name, arguments),
    }
}

fn contains_ip<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (Some(Opaque::Cidr(cidr)), [_, other]) = (opaque(arguments), &*arguments) else {
        return no_overload("containsIP", arguments);
    };
    let address = match other {
        Value::String(text) => match net::parse_ip(text.as_str()) {
            Ok(address) => address,
            // Upstream takes its own error for an argument of another type.
            Err(_) => return Err(EvaluationError::no_such_overload()),
        },
        other => match opaque(std::slice::from_ref(other)) {
            Some(Opaque::Ip(address)) => *address,
            _ => return no_overload("containsIP", arguments),
        },
    };
    Ok(Value::Bool(cidr.contains(address)))
}

fn contains_cidr<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (Some(Opaque::Cidr(cidr)), [_, other]) = (opaque(arguments), &*arguments) else {
        return no_overload("containsCIDR", arguments);
    };
    let included = match other {
        Value::String(text) => match net::parse_cidr(text.as_str()) {
            Ok(cidr) => cidr,
            Err(error) => {
                return fail(format!(
                    "network address parse error during conversion from string: {error}"
                ));
            }
        },
        other => match opaque(std::slice::from_ref(other)) {
            Some(Opaque::Cidr(cidr)) => *cidr,
            _ => return no_overload("containsCIDR", arguments),
        },
    };
    Ok(Value::Bool(cidr.includes(&included)))
}
