//! Where a resource lives: paths of the API, for kinds known at compile time or only by discovery.

use meta::{Kind, ObjectKey, ObjectMeta, Scope, Str};
use std::fmt::Write as _;

/// One resource of the API, as discovery names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Resource {
    /// Empty for the core group.
    pub group: Str,
    pub version: Str,
    pub kind: Str,
    pub plural: Str,
    pub namespaced: bool,
}

impl Resource {
    /// The resource of a built-in kind.
    #[must_use]
    pub fn of<K: Kind>() -> Self {
        Self {
            group: Str::const_new(K::GROUP),
            version: Str::const_new(K::VERSION),
            kind: Str::const_new(K::KIND),
            plural: Str::const_new(K::PLURAL),
            namespaced: K::SCOPE == Scope::Namespaced,
        }
    }

    /// `v1`, `apps/v1`.
    #[must_use]
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_string()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// `/apis/apps/v1/namespaces/a/deployments/b/scale`. A namespace is left out for cluster scope.
    #[must_use]
    pub fn path(&self, namespace: Option<&str>, name: Option<&str>, subresource: &str) -> String {
        let mut path = if self.group.is_empty() {
            format!("/api/{}", self.version)
        } else {
            format!("/apis/{}/{}", self.group, self.version)
        };
        if let Some(namespace) = namespace.filter(|name| self.namespaced && !name.is_empty()) {
            path.push_str("/namespaces/");
            escape(&mut path, namespace);
        }
        path.push('/');
        path.push_str(&self.plural);
        if let Some(name) = name {
            path.push('/');
            escape(&mut path, name);
        }
        if !subresource.is_empty() {
            path.push('/');
            path.push_str(subresource);
        }
        path
    }
}

/// The key of the object with this metadata.
#[must_use]
pub fn key_of(metadata: &ObjectMeta) -> ObjectKey {
    let namespace = Some(&metadata.namespace).filter(|namespace| !namespace.is_empty());
    ObjectKey {
        namespace: namespace.cloned(),
        name: metadata.name.clone(),
    }
}

/// A query string under construction: `?a=b&c=d`.
#[derive(Debug, Default)]
pub(crate) struct Query(String);

impl Query {
    /// Adds a parameter, unless its value is empty.
    pub(crate) fn add(&mut self, name: &str, value: &str) -> &mut Self {
        if !value.is_empty() {
            self.0.push(if self.0.is_empty() { '?' } else { '&' });
            self.0.push_str(name);
            self.0.push('=');
            escape(&mut self.0, value);
        }
        self
    }

    pub(crate) fn append_to(&self, path: &mut String) {
        path.push_str(&self.0);
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn escape(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests;
