//! URLs that a client names, as Go's `net/url` divides them and in its words.

use std::net::IpAddr;

/// The parts of a URL.
pub(crate) struct Url<'a> {
    /// In lower case, empty when there is none.
    pub(crate) scheme: String,
    pub(crate) user: Option<&'a str>,
    pub(crate) host: String,
    pub(crate) query: &'a str,
    pub(crate) fragment: &'a str,
}

/// Where a text stands: what it may have, and what may be escaped there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Host,
    Zone,
    Elsewhere,
}

impl<'a> Url<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, String> {
        let wrong = |text: &str, why: String| format!("parse {}: {why}", meta::go_quote(text));
        let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
        let url = Self::without_fragment(before).map_err(|why| wrong(before, why))?;
        unescape(fragment, Place::Elsewhere).map_err(|why| wrong(text, why))?;
        Ok(Self { fragment, ..url })
    }

    fn without_fragment(text: &'a str) -> Result<Self, String> {
        if text.bytes().any(|byte| byte.is_ascii_control()) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        let (scheme, rest) = split_scheme(text)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut url = Self {
            scheme,
            user: None,
            host: String::new(),
            query,
            fragment: "",
        };
        let relative = url.scheme.is_empty();
        if !rest.starts_with('/') {
            let first = rest.split('/').next().unwrap_or_default();
            if relative && first.contains(':') {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
            if relative {
                unescape(rest, Place::Elsewhere)?;
            }
            return Ok(url);
        }
        let path = match rest.strip_prefix("//") {
            Some(after) if !(relative && after.starts_with('/')) => {
                let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
                url.set_authority(authority)?;
                path
            }
            _ => rest,
        };
        unescape(path, Place::Elsewhere)?;
        Ok(url)
    }

    fn set_authority(&mut self, authority: &'a str) -> Result<(), String> {
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        self.host = parse_host(&self.scheme, host)?;
        self.user = user;
        let user = user.unwrap_or_default();
        let valid = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
        if !user.chars().all(valid) {
            return Err("net/url: invalid userinfo".to_owned());
        }
        for part in user.splitn(2, ':') {
            unescape(part, Place::Elsewhere)?;
        }
        Ok(())
    }
}

fn split_scheme(text: &str) -> Result<(String, &str), &'static str> {
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b':' if index == 0 => return Err("missing protocol scheme"),
            b':' => return Ok((text[..index].to_ascii_lowercase(), &text[index + 1..])),
            _ => break,
        }
    }
    Ok((String::new(), text))
}

/// The host with its port, unescaped.
fn parse_host(scheme: &str, host: &str) -> Result<String, String> {
    match host.rfind('[') {
        Some(0) => return parse_literal(host),
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    // Others than these have had lists of hosts.
    let port = if matches!(scheme, "http" | "https") {
        host.find(':')
    } else {
        host.rfind(':')
    };
    check_port(port.map_or("", |at| &host[at..]))?;
    unescape(host, Place::Host)
}

/// An address of version 6 in brackets, and a port.
fn parse_literal(host: &str) -> Result<String, String> {
    let (address, port) = host[1..].rsplit_once(']').ok_or("missing ']' in host")?;
    check_port(port)?;
    let (address, zone) = address.split_at(address.find("%25").unwrap_or(address.len()));
    let literal = unescape(address, Place::Host)? + &unescape(zone, Place::Zone)?;
    let (address, zone) = literal.split_once('%').unwrap_or((&literal, ""));
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => Err("invalid IP-literal".to_owned()),
        Ok(IpAddr::V6(_)) if zone.is_empty() != literal.contains('%') => {
            Ok(format!("[{literal}]{port}"))
        }
        _ => {
            let quoted = meta::go_quote(&literal);
            Err(format!(
                "invalid host: ParseAddr({quoted}): unable to parse IP"
            ))
        }
    }
}

fn check_port(port: &str) -> Result<(), String> {
    let digits = port.strip_prefix(':').unwrap_or_default();
    let shaped = port.is_empty() || port.starts_with(':');
    if shaped && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(format!("invalid port {} after host", meta::go_quote(port)))
}

fn unescape(text: &str, place: Place) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if first == '%' {
            let digits = rest.get(1..3).filter(|digits| is_hexadecimal(digits));
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            let byte = byte.filter(|byte| may_be_escaped(*byte, place));
            let Some(byte) = byte else {
                let escape = &rest.as_bytes()[..rest.len().min(3)];
                let escape = meta::go_quote(&String::from_utf8_lossy(escape));
                return Err(format!("invalid URL escape {escape}"));
            };
            bytes.push(byte);
            3
        } else {
            if place != Place::Elsewhere && first.is_ascii() && !is_of_host(first) {
                let quoted = meta::go_quote(&first.to_string());
                return Err(format!("invalid character {quoted} in host name"));
            }
            bytes.extend_from_slice(&rest.as_bytes()[..first.len_utf8()]);
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn is_hexadecimal(digits: &str) -> bool {
    digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// RFC 3986 lets hosts escape what is not ASCII, RFC 6874 the percent sign before a zone, and Go in a zone what may stand there anyway.
fn may_be_escaped(byte: u8, place: Place) -> bool {
    match place {
        Place::Elsewhere => true,
        Place::Host => !byte.is_ascii() || byte == b'%',
        Place::Zone => matches!(byte, b'%' | b' ') || is_of_host(char::from(byte)),
    }
}

fn is_of_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!\"$&'()*+,-.:;<=>[]_~".contains(c)
}
