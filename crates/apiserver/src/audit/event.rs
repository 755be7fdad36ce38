//! One `audit.k8s.io/v1` Event: who asked what of whom, and what came of it.
use super::policy::{Decision, Level, Stage};
use crate::{request_info::RequestInfo, stack::Call};
use http::{HeaderMap, header};
use jiff::Timestamp;
use meta::{Str, go_quote};
use resource::User;
use serde_json::{Map, Value, json};
use std::{borrow::Cow, net::IpAddr};

/// Longer user agents are cut: they are the client's to choose.
const USER_AGENT_BYTES_MAX: usize = 1024;
const FORWARDED_MAX: usize = 16;

/// What is known of a request before it is served.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    id: String,
    uri: String,
    verb: Cow<'static, str>,
    user: Value,
    source_ips: Vec<IpAddr>,
    user_agent: String,
    object: Option<Map<String, Value>>,
    received: Timestamp,
    level: Level,
}

/// What is known of it once it has been served, or as far as it has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) status: Option<Value>,
    /// Whom it was asked as, and the narrow permission that allowed that.
    pub(crate) impersonated: Option<(User, Option<String>)>,
    pub(crate) request_object: Option<Value>,
    /// What only the object that was sent knows.
    pub(crate) names: [Str; 4],
    pub(crate) response_object: Option<Value>,
    pub(crate) annotations: std::collections::BTreeMap<std::borrow::Cow<'static, str>, String>,
}

impl Event {
    pub(crate) fn of(call: &Call, id: String, decision: &Decision, received: Timestamp) -> Self {
        let (uri, headers) = (call.request.uri(), call.request.headers());
        let agent = headers.get(header::USER_AGENT);
        let agent = agent.map_or_else(Default::default, |agent| {
            String::from_utf8_lossy(agent.as_bytes()).into_owned()
        });
        Self {
            id,
            uri: uri
                .path_and_query()
                .map_or_else(|| uri.path().to_owned(), ToString::to_string),
            verb: call.info.verb.clone(),
            user: user(&call.user),
            source_ips: source_ips(headers, call.remote),
            user_agent: shortened(agent),
            object: call.info.is_resource.then(|| object(&call.info)),
            received,
            level: decision.level,
        }
    }

    /// The event of one stage in JSON, without kind and version: in lists events have neither.
    pub(crate) fn document(&self, stage: Stage, outcome: &Outcome, now: Timestamp) -> Vec<u8> {
        let mut members = vec![
            ("level", json!(self.level.as_str())),
            ("auditID", json!(self.id)),
            ("stage", json!(stage.as_str())),
            ("requestURI", json!(self.uri)),
            ("verb", json!(self.verb)),
            ("user", self.user.clone()),
        ];
        let mut put = |key: &'static str, value: Option<Value>| {
            members.extend(value.map(|value| (key, value)));
        };
        let impersonated = outcome.impersonated.as_ref();
        put("impersonatedUser", impersonated.map(|(is, _)| user(is)));
        let constraint = impersonated.and_then(|(_, constraint)| constraint.as_ref());
        put(
            "authenticationMetadata",
            constraint.map(|verb| json!({"impersonationConstraint": verb})),
        );
        put(
            "sourceIPs",
            (!self.source_ips.is_empty()).then(|| json!(self.source_ips)),
        );
        put(
            "userAgent",
            (!self.user_agent.is_empty()).then(|| json!(self.user_agent)),
        );
        put("objectRef", self.object_with(&outcome.names));
        put("responseStatus", outcome.status.clone());
        let (request, response) = (
            self.level >= Level::Request,
            self.level >= Level::RequestResponse,
        );
        put(
            "requestObject",
            outcome.request_object.clone().filter(|_| request),
        );
        put(
            "responseObject",
            outcome.response_object.clone().filter(|_| response),
        );
        put(
            "requestReceivedTimestamp",
            Some(json!(micro_time(self.received))),
        );
        put("stageTimestamp", Some(json!(micro_time(now))));
        put(
            "annotations",
            (!outcome.annotations.is_empty()).then(|| json!(outcome.annotations)),
        );
        written(&members).into_bytes()
    }

    /// The path's reference, with what only the object that was sent knows.
    fn object_with(&self, names: &[Str; 4]) -> Option<Value> {
        let mut object = self.object.clone()?;
        let keys = ["namespace", "name", "uid", "resourceVersion"];
        for (key, name) in keys.into_iter().zip(names) {
            if !name.is_empty() {
                object.entry(key).or_insert_with(|| json!(&**name));
            }
        }
        Some(Value::Object(object))
    }
}

/// An event's members as people read them in upstream's logs: in upstream's order, and so the members of those.
fn written(members: &[(&str, Value)]) -> String {
    const DOCUMENT: &[&str] = &["kind", "apiVersion", "metadata"];
    let written = members.iter().map(|(key, value)| {
        let first: &[&str] = match *key {
            "user" | "impersonatedUser" => &["username", "uid", "groups"],
            "objectRef" => &["resource", "namespace", "name", "uid"],
            "responseStatus" => &["metadata", "status", "message", "reason", "details"],
            "requestObject" | "responseObject" => DOCUMENT,
            _ => &[],
        };
        format!("{}:{}", json!(key), in_order(value, first))
    });
    let written: Vec<String> = written.collect();
    format!("{{{}}}", written.join(","))
}

/// A document whose members with these keys come first, in this order.
fn in_order(value: &Value, first: &[&str]) -> String {
    let Value::Object(members) = value else {
        return value.to_string();
    };
    let known = first.iter().filter_map(|key| members.get_key_value(*key));
    let others = members.iter().filter(|(key, _)| !first.contains(&&***key));
    let written = known
        .chain(others)
        .map(|(key, value)| format!("{}:{value}", json!(key)));
    let written: Vec<String> = written.collect();
    format!("{{{}}}", written.join(","))
}

/// The line of a log for an event, with its line feed.
pub(super) fn line(document: &[u8]) -> Vec<u8> {
    const HEAD: &[u8] = br#"{"kind":"Event","apiVersion":"audit.k8s.io/v1","#;
    let members = document
        .strip_prefix(b"{")
        .expect("an event is an object that is not empty");
    [HEAD, members, b"\n"].concat()
}

/// The same in upstream's old form, which tells less.
pub(super) fn text(document: &[u8]) -> Vec<u8> {
    let event: Value = serde_json::from_slice(document).expect("an event is JSON");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let or = |value: Option<String>, other: &str| value.unwrap_or_else(|| other.to_owned());
    let (user, impersonated) = (&event["user"], &event["impersonatedUser"]);
    let username = text(&user["username"]);
    let groups = username.as_ref().and(quoted_list(&user["groups"]));
    let code = &event["responseStatus"]["code"];
    let members = [
        ("id", or(text(&event["auditID"]), "")),
        ("stage", or(text(&event["stage"]), "")),
        ("ip", or(text(&event["sourceIPs"][0]), "<unknown>")),
        ("method", or(text(&event["verb"]), "")),
        ("user", or(username, "<none>")),
        ("groups", or(groups, "<none>")),
        ("as", or(text(&impersonated["username"]), "<self>")),
        (
            "asgroups",
            or(quoted_list(&impersonated["groups"]), "<lookup>"),
        ),
        ("user-agent", or(text(&event["userAgent"]), "")),
        (
            "namespace",
            or(text(&event["objectRef"]["namespace"]), "<none>"),
        ),
        ("uri", or(text(&event["requestURI"]), "")),
        (
            "response",
            or(code.as_u64().map(|code| code.to_string()), "<deferred>"),
        ),
    ];
    let members = members.map(|(key, value)| format!("{key}={}", go_quote(&value)));
    let received = or(text(&event["requestReceivedTimestamp"]), "");
    let whole = received.trim_end_matches('Z').trim_end_matches('0');
    let received = whole.trim_end_matches('.');
    format!("{received}Z AUDIT: {}\n", members.join(" ")).into_bytes()
}

fn quoted_list(items: &Value) -> Option<String> {
    let quoted = |item: &Value| go_quote(item.as_str().unwrap_or(""));
    let items: Vec<String> = items.as_array()?.iter().map(quoted).collect();
    Some(items.join(","))
}

fn micro_time(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

fn user(user: &User) -> Value {
    let mut info = json!({});
    if !user.name.is_empty() {
        info["username"] = json!(&*user.name);
    }
    if !user.uid.is_empty() {
        info["uid"] = json!(&*user.uid);
    }
    if !user.groups.is_empty() {
        info["groups"] = user.groups.iter().map(|group| json!(&**group)).collect();
    }
    for (key, values) in &user.extra {
        info["extra"][&**key] = values.iter().map(|value| json!(&**value)).collect();
    }
    info
}

fn object(info: &RequestInfo) -> Map<String, Value> {
    let members = [
        ("resource", &*info.resource),
        ("namespace", &*info.namespace),
        ("name", &*info.name),
        ("apiGroup", &*info.group),
        ("apiVersion", &*info.version),
        ("subresource", &*info.subresource),
    ];
    let set = members.into_iter().filter(|(_, value)| !value.is_empty());
    set.map(|(key, value)| (key.to_owned(), json!(value)))
        .collect()
}

fn shortened(mut agent: String) -> String {
    if agent.len() > USER_AGENT_BYTES_MAX {
        let end = (0..=USER_AGENT_BYTES_MAX)
            .rev()
            .find(|&end| agent.is_char_boundary(end));
        agent.truncate(end.unwrap_or(0));
        agent.push_str("...TRUNCATED");
    }
    agent
}

/// `X-Forwarded-For`, `X-Real-Ip`, the connection's peer: each once, in this order. Only the last can be trusted.
fn source_ips(headers: &HeaderMap, remote: Option<IpAddr>) -> Vec<IpAddr> {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    };
    let forwarded = text("x-forwarded-for").split(',').take(FORWARDED_MAX);
    let mut ips: Vec<IpAddr> = forwarded.filter_map(|ip| ip.trim().parse().ok()).collect();
    if let Ok(real) = text("x-real-ip").trim().parse()
        && !ips.contains(&real)
    {
        ips.push(real);
    }
    if let Some(remote) = remote
        && ips.last() != Some(&remote)
    {
        ips.push(remote);
    }
    ips
}

#[cfg(test)]
mod tests;
