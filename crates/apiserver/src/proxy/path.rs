//! Paths as Go's `path` and `net/url` handle them: proxied requests are made of them.

use crate::query;

/// A path with its escapes undone.
pub(crate) fn decoded(path: &str) -> String {
    query::percent_decode(path, false)
}

/// The path that a proxied request is for: cleaned, with a slash at its end where the request's path has one; empty when nothing
/// follows `proxy`.
pub(super) fn below(rest: &str, ends_with_slash: bool) -> String {
    if rest.is_empty() {
        return if ends_with_slash { "/" } else { "" }.to_owned();
    }
    let mut path = clean(&format!("/{rest}"));
    if (ends_with_slash || rest.ends_with('/')) && !path.ends_with('/') {
        path.push('/');
    }
    path
}

/// Both in one, cleaned.
pub(super) fn join(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, true) => String::new(),
        (true, false) => clean(second),
        (false, true) => clean(first),
        (false, false) => clean(&format!("{first}/{second}")),
    }
}

/// The shortest path that means the same: no empty parts, no `.`, and `..` resolved. The root has no parent.
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if rooted => {}
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

/// Escapes a path as `net/url` does by default.
pub(super) fn escape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests;
