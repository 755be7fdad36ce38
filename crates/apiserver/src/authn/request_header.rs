//! A front proxy speaks for its users in headers, when its certificate proves that it may.
//! Upstream: `pkg/authentication/request/headerrequest`.
use crate::query;
use http::{HeaderMap, HeaderName, HeaderValue};
use meta::Str;
use resource::User;
use rustls_pki_types::CertificateDer;

/// Whom to trust, and where the user stands.
#[derive(Clone, Debug)]
pub struct RequestHeader {
    /// Authorities of proxies' certificates.
    pub client_roots: Vec<CertificateDer<'static>>,
    /// The same in PEM, as extension servers read it.
    pub client_ca_pem: String,
    /// Common names that certificates may have; any when empty.
    pub allowed_names: Vec<String>,
    /// The first header with a value counts.
    pub username_headers: Vec<String>,
    pub uid_headers: Vec<String>,
    /// All values of all headers.
    pub group_headers: Vec<String>,
    pub extra_header_prefixes: Vec<String>,
}

/// Headers that are taken away even where nothing is said of proxies: those behind may believe them.
pub(super) fn clear_usual(headers: &mut HeaderMap) {
    const PREFIX: &str = "x-remote-extra-";
    for name in ["x-remote-user", "x-remote-uid", "x-remote-group"] {
        headers.remove(name);
    }
    let extra = |name: &&HeaderName| name.as_str().starts_with(PREFIX);
    let names: Vec<HeaderName> = headers.keys().filter(extra).cloned().collect();
    for name in names {
        headers.remove(name);
    }
}

impl RequestHeader {
    /// The user that a proxy with this common name speaks for; `Err` when it may not.
    pub(super) fn user(&self, proxy: &str, headers: &HeaderMap) -> Result<Option<User>, ()> {
        if !self.allowed_names.is_empty() && !self.allowed_names.iter().any(|name| name == proxy) {
            return Err(());
        }
        let name = first(headers, &self.username_headers);
        if name.is_empty() {
            return Ok(None);
        }
        let groups = self.group_headers.iter();
        let groups = groups.flat_map(|header| values(headers, header));
        Ok(Some(User {
            name,
            uid: first(headers, &self.uid_headers),
            groups: groups.filter(|group| !group.is_empty()).collect(),
            extra: self.extra(headers),
        }))
    }

    fn extra(&self, headers: &HeaderMap) -> Vec<(Str, Vec<Str>)> {
        let mut res: Vec<(Str, Vec<Str>)> = Vec::new();
        for prefix in &self.extra_header_prefixes {
            for (header, value) in headers {
                let Some(key) = after_prefix(header, prefix) else {
                    continue;
                };
                let key = Str::from(query::path_unescape(key));
                let value = text(value);
                match res.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, values)) => values.push(value),
                    None => res.push((key, vec![value])),
                }
            }
        }
        res
    }

    /// Takes these headers away: nobody behind is to believe them.
    pub(super) fn clear(&self, headers: &mut HeaderMap) {
        let plain = self
            .username_headers
            .iter()
            .chain(&self.uid_headers)
            .chain(&self.group_headers);
        for name in plain {
            headers.remove(name.as_str());
        }
        let extra = |name: &&HeaderName| {
            let mut prefixes = self.extra_header_prefixes.iter();
            prefixes.any(|prefix| after_prefix(name, prefix).is_some())
        };
        let names: Vec<HeaderName> = headers.keys().filter(extra).cloned().collect();
        for name in names {
            headers.remove(name);
        }
    }
}

/// What follows a prefix, whatever its case.
fn after_prefix<'a>(header: &'a HeaderName, prefix: &str) -> Option<&'a str> {
    let (head, rest) = header.as_str().split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn first(headers: &HeaderMap, names: &[String]) -> Str {
    let mut firsts = names.iter().filter_map(|name| headers.get(name.as_str()));
    firsts
        .find(|value| !value.is_empty())
        .map(text)
        .unwrap_or_default()
}

/// A header's value; bytes that are no text are replaced.
pub(crate) fn text(value: &HeaderValue) -> Str {
    Str::from(String::from_utf8_lossy(value.as_bytes()))
}

fn values<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = Str> + use<'a> {
    let values = headers.get_all(name).iter();
    values.map(text)
}

#[cfg(test)]
mod tests;
