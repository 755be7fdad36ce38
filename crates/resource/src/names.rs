//! Names of objects: which are allowed, and how `generateName` is completed. Words are upstream's: clients show them.
use crate::RequestContext;
use meta::{Str, validation};
use std::borrow::Cow;

const LABEL_MAX: usize = 63;

/// Which names a kind accepts.
#[derive(Clone, Copy)]
pub enum NameRule {
    /// RFC 1123 subdomain, at most 253 characters: most kinds.
    Subdomain,
    /// The same in the words of the format `k8s-long-name`, of the name alone: what becomes of a prefix is looked at.
    LongName,
    /// RFC 1123 label, at most 63 characters: Namespace.
    Label,
    /// RFC 1035 label, at most 63 characters, starting with a letter: Service before 1.35.
    Dns1035Label,
    /// Anything that fits one path segment: RBAC.
    PathSegment,
    /// None but the one that all kinds have: a name fits one path segment.
    Any,
    /// The kind's own rule: name and whether it is a `generateName` prefix, to upstream's words.
    Custom(fn(&str, bool) -> Vec<String>),
}

impl std::fmt::Debug for NameRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Subdomain => "Subdomain",
            Self::LongName => "LongName",
            Self::Label => "Label",
            Self::Dns1035Label => "Dns1035Label",
            Self::PathSegment => "PathSegment",
            Self::Any => "Any",
            Self::Custom(_) => "Custom",
        })
    }
}

impl NameRule {
    /// What is wrong with `name`, one message each; empty when nothing is. A prefix may end in `-`.
    #[must_use]
    pub fn check(self, name: &str, prefix: bool) -> Vec<String> {
        match self {
            Self::Subdomain => validation::dns1123_subdomain(&masked(name, prefix)),
            Self::LongName if prefix => Vec::new(),
            Self::LongName => long_name(name),
            Self::Label => validation::dns1123_label(&masked(name, prefix)),
            Self::Dns1035Label => validation::dns1035_label(&masked(name, prefix)),
            Self::PathSegment if prefix => validation::path_segment_prefix(name),
            Self::PathSegment => validation::path_segment(name),
            Self::Any => Vec::new(),
            Self::Custom(rule) => rule(name, prefix),
        }
    }
}

fn long_name(name: &str) -> Vec<String> {
    const LONG_NAME_BYTES_MAX: usize = 253;
    let mut problems = validation::dns1123_subdomain(name);
    if name.len() > LONG_NAME_BYTES_MAX {
        problems[0] = format!("must be no more than {LONG_NAME_BYTES_MAX} bytes");
    }
    problems
}

/// A trailing dash of a prefix is covered by what will be appended. Upstream takes the character before the dash away with it.
fn masked(name: &str, prefix: bool) -> Cow<'_, str> {
    if !prefix || name.len() < 2 || !name.ends_with('-') {
        return Cow::Borrowed(name);
    }
    let kept = &name.as_bytes()[..name.len() - 2];
    Cow::Owned(format!("{}a", String::from_utf8_lossy(kept)))
}

/// Completes `prefix` with five random characters, cutting it so that the name stays within 63.
pub fn generate_name(cx: &RequestContext, prefix: &str) -> Str {
    const SUFFIX: usize = 5;
    let mut cut = prefix.len().min(LABEL_MAX - SUFFIX);
    while !prefix.is_char_boundary(cut) {
        cut -= 1;
    }
    Str::from(format!("{}{}", &prefix[..cut], cx.random_suffix(SUFFIX)))
}

#[cfg(test)]
mod tests;
