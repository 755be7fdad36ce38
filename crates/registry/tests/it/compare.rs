//! When two documents say the same: what servers pick at random, and the clock, do not count.

use serde_json::Value;

const VOLATILE: &[&str] = &[
    "uid",
    "creationTimestamp",
    "resourceVersion",
    "managedFields",
    "selfLink",
];

/// Without what differs from server to server.
pub(crate) fn calm(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(key, value)| !VOLATILE.contains(&key.as_str()) || value.is_object())
                .map(|(key, value)| (key.clone(), calm(value)))
                .collect(),
        ),
        Value::Array(items) => items.iter().map(calm).collect(),
        _ => value.clone(),
    }
}

/// Blanks generated names, times, allocated addresses and ports that were not given.
pub(crate) fn settle(value: &Value, given: &Value, key: &str) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), settle(value, &given[key.as_str()], key)))
                .collect(),
        ),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| settle(item, &given[index], key))
            .collect(),
        _ if matches!(key, "clusterIP" | "clusterIPs")
            && value != "None"
            && value != ""
            && given.is_null() =>
        {
            "<address>".into()
        }
        _ if matches!(key, "nodePort" | "healthCheckNodePort")
            && (given.is_null() || given == 0) =>
        {
            "<port>".into()
        }
        Value::String(text) if value != given => words(text).into(),
        _ => value.clone(),
    }
}

/// The same of a text.
pub(crate) fn words(text: &str) -> String {
    let mut out = text.to_owned();
    let mut from = 0;
    const TOKEN: &str = "kube-api-access-";
    while let Some(at) = out[from..].find(TOKEN).map(|at| from + at + TOKEN.len()) {
        let suffix: String = out[at..].chars().take(5).collect();
        if suffix.len() == 5
            && suffix
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        {
            out.replace_range(at..at + 5, "<random>");
        }
        from = at;
    }
    let out = without_uids(&out);
    if is_time(&out) {
        "<time>".to_owned()
    } else {
        out
    }
}

/// Every random UUID replaced.
fn without_uids(text: &str) -> String {
    const LENGTH: usize = 36;
    let is_uid = |bytes: &[u8]| {
        bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            14 => *byte == b'4',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.as_bytes().windows(LENGTH).position(is_uid) {
        out.push_str(&rest[..at]);
        out.push_str("<uid>");
        rest = &rest[at + LENGTH..];
    }
    out + rest
}

fn is_time(text: &str) -> bool {
    text.starts_with("20") && text.ends_with('Z') && text.len() >= 20 && text.as_bytes()[10] == b'T'
}

/// Every IPv4 address replaced.
pub(crate) fn without_addresses(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        let end = rest[start..]
            .find(|c| !is_part(c))
            .map_or(rest.len(), |end| start + end);
        let word = &rest[start..end];
        let address = word
            .trim_end_matches('.')
            .parse::<std::net::Ipv4Addr>()
            .is_ok();
        out.push_str(if address { "<address>" } else { word });
        rest = &rest[end..];
    }
    out + rest
}

/// Cells of a table without ages, times, and a Service's allocated address and node ports.
pub(crate) fn cells(rows: &Value, kind: &str) -> Value {
    let one = |cell: &Value| -> Value {
        let Value::String(text) = cell else {
            return cell.clone();
        };
        let seconds = text
            .strip_suffix('s')
            .is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()));
        if text == "<unknown>" || seconds {
            return "<age>".into();
        }
        let text = words(text);
        if kind != "Service" {
            return text.into();
        }
        without_node_ports(&without_addresses(&text)).into()
    };
    let rows = rows.as_array().into_iter().flatten();
    rows.map(|row| {
        row.as_array()
            .into_iter()
            .flatten()
            .map(one)
            .collect::<Value>()
    })
    .collect()
}

fn without_node_ports(text: &str) -> String {
    let port = |entry: &str| match (entry.split_once(':'), entry.split_once('/')) {
        (Some((port, _)), Some((_, protocol))) => format!("{port}:<port>/{protocol}"),
        _ => entry.to_owned(),
    };
    text.split(',').map(port).collect::<Vec<_>>().join(",")
}

/// The first place where two documents differ.
pub(crate) fn difference(want: &Value, got: &Value, path: &str) -> Option<String> {
    match (want, got) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<_> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            keys.into_iter()
                .find_map(|key| difference(&want[key], &got[key], &format!("{path}.{key}")))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(index, (a, b))| difference(a, b, &format!("{path}[{index}]"))),
        _ if want == got => None,
        _ => Some(format!("{path}: want {want} got {got}")),
    }
}

/// Reason, and the fields with their causes, in order and each once.
pub(crate) fn causes(status: &Value) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for cause in status["details"]["causes"].as_array().into_iter().flatten() {
        let pair = serde_json::json!([
            cause["field"].as_str().unwrap_or(""),
            cause["reason"].as_str().unwrap_or("")
        ]);
        if !all.contains(&pair) {
            all.push(pair);
        }
    }
    all.sort_by_key(Value::to_string);
    serde_json::json!([status["reason"], all])
}
