//! Links in proxied answers, made to lead back through the proxy.
use super::path;

/// Which links are changed, and how.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    /// The path of the client's request up to where the backend's own path begins.
    pub(crate) prepend: String,
    /// Scheme and host of rewritten links; without they have none.
    pub(crate) origin: Option<(&'static str, String)>,
    /// Host of the backend.
    pub(crate) source: String,
    /// Host that the client asked.
    pub(crate) asked: String,
}

/// The parts of a reference, as RFC 3986 appendix B splits it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reference<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    /// `?query#fragment`.
    rest: &'a str,
}

impl<'a> Reference<'a> {
    /// `None` for what Go's `url.Parse` refuses.
    fn parse(text: &'a str) -> Result<Self, String> {
        let wrong = |why: &str| Err(format!("parse {}: {why}", meta::go_quote(text)));
        if text.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
            return wrong("net/url: invalid control character in URL");
        }
        let (head, rest) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
        let mut found = Self {
            rest,
            ..Self::default()
        };
        let mut head = head;
        if let Some(end) = head.find(':').filter(|end| !head[..*end].contains('/')) {
            let scheme = &head[..end];
            if scheme.is_empty() {
                return wrong("missing protocol scheme");
            }
            let starts = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
            let letter = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
            if !starts || !scheme.chars().all(letter) {
                return wrong("first path segment in URL cannot contain colon");
            }
            found.scheme = Some(scheme);
            head = &head[end + 1..];
        }
        if let Some(after) = head.strip_prefix("//") {
            let end = after.find('/').unwrap_or(after.len());
            found.authority = Some(&after[..end]);
            head = &after[end..];
        }
        found.path = head;
        if let Some(escape) = bad_escape(head) {
            return wrong(&format!("invalid URL escape {}", meta::go_quote(escape)));
        }
        Ok(found)
    }

    /// Without a name and password.
    fn host(&self) -> &'a str {
        let authority = self.authority.unwrap_or("");
        authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host)
    }
}

/// The first `%` that no two hexadecimal digits follow, with what follows it.
fn bad_escape(path: &str) -> Option<&str> {
    let escapes = path.match_indices('%').map(|(at, _)| &path[at..]);
    let mut bad = escapes.filter(|rest| {
        let digits = rest.as_bytes().get(1..3);
        !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let rest = bad.next()?;
    let end = rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at);
    Some(&rest[..end])
}

impl Links {
    /// The link as the client is to see it; an error says why it is no URL, in Go's words.
    pub(crate) fn rewritten(&self, link: &str) -> Result<String, String> {
        let parts = Reference::parse(link)?;
        let host = parts.host();
        let elsewhere = !host.is_empty() && host != self.source && host != self.asked;
        if elsewhere || !parts.path.starts_with('/') {
            return Ok(link.to_owned());
        }
        let mut out = String::with_capacity(self.prepend.len() + link.len());
        match &self.origin {
            Some((scheme, host)) => out.push_str(&format!("{scheme}://{host}")),
            // The client's own name for us stays.
            None if host == self.asked && !host.is_empty() => {
                if let Some(scheme) = parts.scheme {
                    out.push_str(&format!("{scheme}:"));
                }
                out.push_str(&format!("//{host}"));
            }
            None => {}
        }
        let plain = path::decoded(parts.path);
        if plain.starts_with(&self.prepend) {
            out.push_str(parts.path);
        } else {
            let mut joined = path::join(&self.prepend, &plain);
            if plain.ends_with('/') && !joined.ends_with('/') {
                joined.push('/');
            }
            out.push_str(&path::escape(&joined));
        }
        out.push_str(parts.rest);
        Ok(out)
    }
}

#[cfg(test)]
mod tests;
