//! URLs, as Go's `net/url` reads those of requests: absolute, or absolute paths.

use std::collections::BTreeMap;

/// A URL by its parts, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    pub(crate) text: String,
    pub(crate) scheme: String,
    /// With the port.
    pub(crate) host: String,
    path: String,
    query: String,
}

impl Url {
    /// Errors in Go's words. A request's URL has no fragment: where one stands it is part of what is checked, and then left out.
    pub(crate) fn parse_request(text: &str) -> Result<Self, String> {
        let request = Self::parts(text).map_err(|words| format!("parse {text:?}: {words}"))?;
        let Some((before, _)) = text.split_once('#') else {
            return Ok(request);
        };
        let parts = Self::parts(before).map_err(|words| format!("parse {text:?}: {words}"))?;
        Ok(Self {
            text: request.text,
            ..parts
        })
    }

    fn parts(text: &str) -> Result<Self, String> {
        if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        if text.is_empty() {
            return Err("empty url".to_owned());
        }
        // What a request to the server itself is for.
        if text == "*" {
            return Ok(Self {
                text: text.to_owned(),
                scheme: String::new(),
                host: String::new(),
                path: text.to_owned(),
                query: String::new(),
            });
        }
        let (scheme, rest) = scheme(text)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let opaque = !scheme.is_empty() && !rest.starts_with('/');
        if scheme.is_empty() && !rest.starts_with('/') {
            return Err("invalid URI for request".to_owned());
        }
        let (host, path) = match rest.strip_prefix("//") {
            Some(after) if !scheme.is_empty() => {
                let at = after.find('/').unwrap_or(after.len());
                let (authority, path) = after.split_at(at);
                (host(authority)?, path)
            }
            _ => (String::new(), if opaque { "" } else { rest }),
        };
        check_escapes(path, "%")?;
        Ok(Self {
            text: text.to_owned(),
            scheme: scheme.to_ascii_lowercase(),
            host,
            path: path.to_owned(),
            query: query.to_owned(),
        })
    }

    pub(crate) fn hostname(&self) -> &str {
        let host = self.host.as_str();
        if let Some((address, _)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            return address;
        }
        host.rsplit_once(':').map_or(host, |(name, _)| name)
    }

    pub(crate) fn port(&self) -> &str {
        let after = self
            .host
            .rsplit_once(']')
            .map_or(self.host.as_str(), |(_, after)| after);
        after.rsplit_once(':').map_or("", |(_, port)| port)
    }

    /// The path with what must be escaped.
    pub(crate) fn escaped_path(&self) -> String {
        let plain =
            |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@!'()*[]%".contains(&byte);
        if self.path.bytes().all(plain) {
            return self.path.clone();
        }
        let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte);
        let mut escaped = String::with_capacity(self.path.len());
        for byte in unescaped(&self.path, false).unwrap_or_default().bytes() {
            if kept(byte) {
                escaped.push(char::from(byte));
            } else {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        }
        escaped
    }

    /// Parameters; those that cannot be read are left out.
    pub(crate) fn query(&self) -> BTreeMap<String, Vec<String>> {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pair in self.query.split('&') {
            if pair.is_empty() || pair.contains(';') {
                continue;
            }
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            if let (Some(key), Some(value)) = (unescaped(key, true), unescaped(value, true)) {
                all.entry(key).or_default().push(value);
            }
        }
        all
    }
}

/// What stands before the first colon, if it is a scheme, and what follows.
fn scheme(text: &str) -> Result<(&str, &str), String> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    Ok(("", text))
}

fn host(authority: &str) -> Result<String, String> {
    let host = match authority.rsplit_once('@') {
        Some((user, host)) => {
            let valid =
                |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
            if !user.bytes().all(valid) {
                return Err("net/url: invalid userinfo".to_owned());
            }
            host
        }
        None => authority,
    };
    let after = if host.starts_with('[') {
        let Some(at) = host.rfind(']') else {
            return Err("missing ']' in host".to_owned());
        };
        &host[at + 1..]
    } else {
        host.rfind(':').map_or("", |at| &host[at..])
    };
    let port = after.strip_prefix(':').unwrap_or_default();
    let shaped = after.is_empty() || after.starts_with(':');
    if !shaped || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("invalid port {after:?} after host"));
    }
    if let Some(wrong) = host.chars().find(|c| {
        matches!(
            c,
            ' ' | '#' | '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}'
        )
    }) {
        return Err(format!(
            "invalid character {:?} in host name",
            wrong.to_string()
        ));
    }
    check_escapes(host, "%")?;
    Ok(host.to_owned())
}

/// Each percent sign is followed by two digits.
fn check_escapes(text: &str, sign: &str) -> Result<(), String> {
    for (at, _) in text.match_indices(sign) {
        let digits = text.as_bytes().get(at + 1..at + 3).unwrap_or_default();
        if digits.len() < 2 || !digits.iter().all(u8::is_ascii_hexdigit) {
            let shown: String = text[at..].chars().take(3).collect();
            return Err(format!("invalid URL escape {shown:?}"));
        }
    }
    Ok(())
}

fn unescaped(text: &str, plus: bool) -> Option<String> {
    check_escapes(text, "%").ok()?;
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            b'+' if plus => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
