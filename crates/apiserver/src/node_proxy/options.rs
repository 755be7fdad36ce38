//! What a request for a log may ask for (`ValidatePodLogOptions`), and of which container requests speak.

use crate::request_info::RequestInfo;
use api::core::v1::Pod;
use meta::{ApiError, FieldErrors, FieldPath};
use resource::Connect;
use serde_json::{Value, json};

/// The options of a connection as admission sees them, of a subresource of this kind. What is not given is left out, as Go leaves it out.
pub(super) fn document(what: Connect, kind: &str, query: &str, info: &RequestInfo) -> Value {
    let options = match what {
        Connect::Exec => "PodExecOptions".to_owned(),
        Connect::Attach => "PodAttachOptions".to_owned(),
        Connect::PortForward => "PodPortForwardOptions".to_owned(),
        Connect::Log => "PodLogOptions".to_owned(),
        Connect::Proxy => format!("{kind}ProxyOptions"),
    };
    let mut document = json!({"apiVersion": "v1", "kind": options});
    let streams = matches!(what, Connect::Exec | Connect::Attach);
    for (key, value) in crate::query::pairs(query) {
        match &*key {
            "stdin" | "stdout" | "stderr" | "tty" if streams && super::flag(&value) == "1" => {
                document[&*key] = true.into();
            }
            "container" if streams => document[&*key] = value.into(),
            "command" if what == Connect::Exec => push(&mut document, &key, value.into()),
            "ports" if what == Connect::PortForward => {
                if let Ok(port) = value.parse::<i32>() {
                    push(&mut document, &key, port.into());
                }
            }
            _ => {}
        }
    }
    if what == Connect::Proxy {
        let mut path = crate::proxy::decoded(&info.rest);
        if !path.is_empty() && !path.starts_with('/') {
            path.insert(0, '/');
        }
        if info.path.ends_with('/') && !path.ends_with('/') {
            path.push('/');
        }
        if !path.is_empty() {
            document["path"] = path.into();
        }
    }
    document
}

/// The query that asks for the options of a document.
pub(super) fn query(document: &Value) -> String {
    let mut pairs = Vec::new();
    for (key, value) in document.as_object().into_iter().flatten() {
        if ["apiVersion", "kind"].contains(&key.as_str()) {
            continue;
        }
        let values = match value {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        pairs.extend(values.iter().map(|value| match value {
            Value::String(text) => format!("{key}={}", crate::query::encoded(text)),
            other => format!("{key}={other}"),
        }));
    }
    pairs.join("&")
}

fn push(document: &mut Value, key: &str, value: Value) {
    match &mut document[key] {
        Value::Array(values) => values.push(value),
        missing => *missing = json!([value]),
    }
}

/// Looked at before the pod is.
pub(super) fn check_log(name: &str, query: &str) -> Result<(), ApiError> {
    let mut errors = FieldErrors::new();
    let tail = number(query, "tailLines")?;
    let bytes = number(query, "limitBytes")?;
    let since = number(query, "sinceSeconds")?;
    if let Some(tail) = tail.filter(|tail| *tail < 0) {
        let words = "must be greater than or equal to 0";
        errors.invalid(&FieldPath::new("tailLines"), tail, words);
    }
    if let Some(bytes) = bytes.filter(|bytes| *bytes < 1) {
        let words = "must be greater than 0";
        errors.invalid(&FieldPath::new("limitBytes"), bytes, words);
    }
    match since {
        Some(_) if value(query, "sinceTime").is_some() => {
            let words = "at most one of `sinceTime` or `sinceSeconds` may be specified";
            errors.forbidden(&FieldPath::new(""), words);
        }
        Some(since) if since < 1 => {
            let words = "must be greater than 0";
            errors.invalid(&FieldPath::new("sinceSeconds"), since, words);
        }
        _ => {}
    }
    if value(query, "stream").is_some() {
        errors.forbidden(&FieldPath::new("stream"), "may not be specified");
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(ApiError::invalid("", "PodLogOptions", name, &errors))
}

fn value(query: &str, key: &str) -> Option<String> {
    let mut pairs = crate::query::pairs(query);
    let found = pairs.find(|(own, _)| own == key);
    found.map(|(_, value)| value.into_owned())
}

fn number(query: &str, key: &str) -> Result<Option<i64>, ApiError> {
    let Some(text) = value(query, key) else {
        return Ok(None);
    };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    let numeral = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let why = match text.parse() {
        Ok(number) => return Ok(Some(number)),
        Err(_) if numeral => "value out of range",
        Err(_) => "invalid syntax",
    };
    let text = meta::go_quote(&text);
    let words = format!("strconv.ParseInt: parsing {text}: {why}");
    Err(ApiError::bad_request(words))
}

/// The container that the query names, or the only one (`validateContainer`).
pub(super) fn container(pod: &Pod, query: &str) -> Result<String, ApiError> {
    let spec = &pod.spec;
    let debug = spec.ephemeral_containers.iter();
    let debug = debug.map(|one| &one.ephemeral_container_common.name);
    let init = spec.init_containers.iter().map(|one| &one.name);
    let all: Vec<&str> = init
        .chain(spec.containers.iter().map(|one| &one.name))
        .chain(debug)
        .map(meta::Str::as_str)
        .collect();
    let name = &pod.metadata.name;
    let asked = value(query, "container").filter(|asked| !asked.is_empty());
    let words = match (asked, &*spec.containers) {
        (Some(asked), _) if all.contains(&asked.as_str()) => return Ok(asked),
        (Some(asked), _) => format!("container {asked} is not valid for pod {name}"),
        (None, [only]) => return Ok(only.name.to_string()),
        (None, []) => format!("a container name must be specified for pod {name}"),
        (None, _) => {
            let all = all.join(" ");
            format!("a container name must be specified for pod {name}, choose one of: [{all}]")
        }
    };
    Err(ApiError::bad_request(words))
}

#[cfg(test)]
mod tests;
