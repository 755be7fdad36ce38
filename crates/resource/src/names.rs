//! Names of objects: which are allowed, and how `generateName` is completed. Words are upstream's: clients show them.
use crate::RequestContext;
use meta::Str;

const LABEL_MAX: usize = 63;
const SUBDOMAIN_MAX: usize = 253;

const SUBDOMAIN_WORDS: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_WORDS: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const DNS1035_WORDS: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

/// Which names a kind accepts.
#[derive(Clone, Copy)]
pub enum NameRule {
    /// RFC 1123 subdomain, at most 253 characters: most kinds.
    Subdomain,
    /// RFC 1123 label, at most 63 characters: Namespace.
    Label,
    /// RFC 1035 label, at most 63 characters, starting with a letter: Service before 1.35.
    Dns1035Label,
    /// Anything that fits one path segment: RBAC.
    PathSegment,
    /// The kind's own rule: name and whether it is a `generateName` prefix, to upstream's words.
    Custom(fn(&str, bool) -> Vec<String>),
}

impl std::fmt::Debug for NameRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Subdomain => "Subdomain",
            Self::Label => "Label",
            Self::Dns1035Label => "Dns1035Label",
            Self::PathSegment => "PathSegment",
            Self::Custom(_) => "Custom",
        })
    }
}

impl NameRule {
    /// What is wrong with `name`, one message each; empty when nothing is. A prefix may end in `-`.
    #[must_use]
    pub fn check(self, name: &str, prefix: bool) -> Vec<String> {
        match self {
            Self::Subdomain => is_dns1123_subdomain(&masked(name, prefix)),
            Self::Label => is_dns1123_label(&masked(name, prefix)),
            Self::Dns1035Label => is_dns1035_label(&masked(name, prefix)),
            Self::PathSegment => is_path_segment(name, prefix),
            Self::Custom(rule) => rule(name, prefix),
        }
    }
}

/// A trailing dash of a prefix is covered by what will be appended.
fn masked(name: &str, prefix: bool) -> String {
    match name.strip_suffix('-') {
        Some(front) if prefix && !front.is_empty() => format!("{front}a"),
        _ => name.to_owned(),
    }
}

/// Problems of `name` as an RFC 1123 subdomain.
#[must_use]
pub fn is_dns1123_subdomain(name: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if name.len() > SUBDOMAIN_MAX {
        // Upstream counts bytes here too, and calls them characters.
        problems.push(format!("must be no more than {SUBDOMAIN_MAX} characters"));
    }
    if !name.split('.').all(|part| is_label(part, false)) {
        problems.push(SUBDOMAIN_WORDS.to_owned());
    }
    problems
}

/// Problems of `name` as an RFC 1123 label.
#[must_use]
pub fn is_dns1123_label(name: &str) -> Vec<String> {
    label_problems(name, false, LABEL_WORDS)
}

/// Problems of `name` as an RFC 1035 label.
#[must_use]
pub fn is_dns1035_label(name: &str) -> Vec<String> {
    label_problems(name, true, DNS1035_WORDS)
}

/// Problems of `name` as one segment of a URL path.
#[must_use]
pub fn is_path_segment(name: &str, prefix: bool) -> Vec<String> {
    if !prefix && (name == "." || name == "..") {
        return vec![format!("may not be '{name}'")];
    }
    ["/", "%"]
        .iter()
        .filter(|bad| name.contains(**bad))
        .map(|bad| format!("may not contain '{bad}'"))
        .collect()
}

const QUALIFIED_WORDS: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE_WORDS: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const QUALIFIED_SHAPE_WORDS: &str = "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";

/// Problems of `name` as a label key: an optional subdomain, a slash, and a name.
pub(crate) fn is_qualified_name(name: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let parts: Vec<&str> = name.split('/').collect();
    let part = match parts.as_slice() {
        [part] => part,
        [prefix, part] => {
            if prefix.is_empty() {
                problems.push("prefix part must be non-empty".to_owned());
            } else {
                problems.extend(
                    is_dns1123_subdomain(prefix)
                        .into_iter()
                        .map(|words| format!("prefix part {words}")),
                );
            }
            part
        }
        _ => return vec![QUALIFIED_SHAPE_WORDS.to_owned()],
    };
    if part.is_empty() {
        problems.push("name part must be non-empty".to_owned());
    } else if part.len() > LABEL_MAX {
        problems.push(format!("name part {}", too_long(LABEL_MAX)));
    }
    if !is_word(part) {
        problems.push(QUALIFIED_WORDS.to_owned());
    }
    problems
}

/// Problems of `value` as the value of a label.
pub(crate) fn is_label_value(value: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if value.len() > LABEL_MAX {
        problems.push(too_long(LABEL_MAX));
    }
    if !value.is_empty() && !is_word(value) {
        problems.push(LABEL_VALUE_WORDS.to_owned());
    }
    problems
}

fn is_word(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    ends.iter()
        .all(|end| end.is_some_and(u8::is_ascii_alphanumeric))
        && bytes
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
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

fn label_problems(name: &str, letter_first: bool, words: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if name.len() > LABEL_MAX {
        problems.push(too_long(LABEL_MAX));
    }
    if !is_label(name, letter_first) {
        problems.push(words.to_owned());
    }
    problems
}

fn is_label(label: &str, letter_first: bool) -> bool {
    let alphanumeric = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = label.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    let first_fits = if letter_first {
        first.is_ascii_lowercase()
    } else {
        alphanumeric(first)
    };
    first_fits && alphanumeric(last) && bytes.iter().all(|b| alphanumeric(b) || *b == b'-')
}

fn too_long(max: usize) -> String {
    format!("must be no more than {max} bytes")
}

#[cfg(test)]
mod tests;
