//! URIs as Go's `url.ParseRequestURI` takes them: absolute, or an absolute path.

/// Whether Go takes it.
#[must_use]
pub fn is_request_uri(text: &str) -> bool {
    let is_control = |byte: u8| byte < b' ' || byte == 0x7f;
    if text.is_empty() || text.bytes().any(is_control) {
        return false;
    }
    if text == "*" {
        return true;
    }
    let Some((scheme, rest)) = split_scheme(text) else {
        return false;
    };
    let path = rest.split('?').next().unwrap_or_default();
    let has_scheme = !scheme.is_empty();
    if !path.starts_with('/') {
        return has_scheme;
    }
    match path.strip_prefix("//").filter(|_| has_scheme) {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            is_authority(authority) && is_escaped(path)
        }
        None => is_escaped(path),
    }
}

/// The scheme, empty where there is none, and what follows; none where a colon comes first.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at > 0 => return Some((&text[..at], &text[at + 1..])),
            b':' => return None,
            _ => break,
        }
    }
    Some(("", text))
}

fn is_authority(text: &str) -> bool {
    let (user, host) = match text.rsplit_once('@') {
        Some((user, host)) => (user, host),
        None => ("", text),
    };
    is_user(user) && is_host(host)
}

fn is_user(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
    text.bytes().all(known) && is_escaped(text)
}

fn is_host(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.rsplit_once(']') else {
            return false;
        };
        let (address, zone) = match address.split_once("%25") {
            Some((address, zone)) => (address, zone),
            None => (address, ""),
        };
        return is_port(port) && address.parse::<std::net::Ipv6Addr>().is_ok() && is_escaped(zone);
    }
    let (host, port) = text.split_at(text.rfind(':').unwrap_or(text.len()));
    is_port(port) && is_host_name(host)
}

/// Nothing, or a colon and digits.
fn is_port(text: &str) -> bool {
    match text.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => text.is_empty(),
    }
}

/// In hosts only what is not ASCII may be escaped.
fn is_host_name(text: &str) -> bool {
    let known = |byte: u8| {
        byte >= 0x80 || byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]<>\"%".contains(&byte)
    };
    let escapes = text.split('%').skip(1);
    text.bytes().all(known)
        && is_escaped(text)
        && escapes.into_iter().all(|escape| {
            matches!(
                escape.as_bytes().first(),
                Some(b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F')
            )
        })
}

/// Whether two hexadecimal digits follow each percent sign.
fn is_escaped(text: &str) -> bool {
    text.split('%').skip(1).all(|escape| {
        let digits = escape.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}
