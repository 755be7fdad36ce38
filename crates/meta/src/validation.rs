//! Name validators in upstream's words (`k8s.io/apimachinery/pkg/util/validation`). Each gives its messages; none is good.

/// Bytes of a DNS label.
pub const DNS1123_LABEL_BYTES_MAX: usize = 63;
/// Bytes of a DNS name.
pub const DNS1123_SUBDOMAIN_BYTES_MAX: usize = 253;
/// Bytes of a label's value.
pub const LABEL_VALUE_BYTES_MAX: usize = 63;

const QUALIFIED_NAME: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const DNS1123_LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const DNS1123_SUBDOMAIN: &str = r"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const DNS1123_SUBDOMAIN_UNDERSCORE: &str = r"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";
const DNS1035_LABEL: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const WILDCARD_SUBDOMAIN: &str = r"a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const ENV_VAR_NAME: &str = "a valid environment variable name must consist only of printable ASCII characters other than '='";
const CONFIG_MAP_KEY: &str = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const PERCENT: &str = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
const C_IDENTIFIER: &str = "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')";

/// What upstream says of label values and qualified names that are too long.
fn too_many_bytes(bytes_max: usize) -> String {
    format!("must be no more than {bytes_max} bytes")
}

/// `middle` may stand inside, lower-case letters and digits anywhere.
fn is_lower(text: &str, middle: &[u8]) -> bool {
    bounded(
        text,
        |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit(),
        middle,
    )
}

fn bounded(text: &str, end: fn(u8) -> bool, middle: &[u8]) -> bool {
    let bytes = text.as_bytes();
    let ends =
        bytes.first().is_some_and(|byte| end(*byte)) && bytes.last().is_some_and(|byte| end(*byte));
    ends && bytes.iter().all(|byte| end(*byte) || middle.contains(byte))
}

fn check(text: &str, bytes_max: usize, good: bool, words: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if text.len() > bytes_max {
        // Bytes are meant here too; upstream's words differ from those for labels.
        messages.push(format!("must be no more than {bytes_max} characters"));
    }
    if !good {
        messages.push(words.to_owned());
    }
    messages
}

/// A DNS label: most names that become one host name component.
#[must_use]
pub fn dns1123_label(text: &str) -> Vec<String> {
    if is_lower(text, b"-") {
        return check(text, DNS1123_LABEL_BYTES_MAX, true, "");
    }
    // A subdomain that is no label gets the one message that helps.
    let words = if is_subdomain(text, b"-") {
        "must not contain dots"
    } else {
        DNS1123_LABEL
    };
    check(text, DNS1123_LABEL_BYTES_MAX, false, words)
}

fn is_subdomain(text: &str, middle: &[u8]) -> bool {
    text.split('.').all(|label| is_lower(label, middle))
}

/// A DNS name: most names of objects.
#[must_use]
pub fn dns1123_subdomain(text: &str) -> Vec<String> {
    check(
        text,
        DNS1123_SUBDOMAIN_BYTES_MAX,
        is_subdomain(text, b"-"),
        DNS1123_SUBDOMAIN,
    )
}

/// A DNS name in which labels may begin with and contain underscores.
#[must_use]
pub fn dns1123_subdomain_with_underscore(text: &str) -> Vec<String> {
    let good = text
        .split('.')
        .all(|label| is_lower(label.strip_prefix('_').unwrap_or(label), b"-_"));
    check(
        text,
        DNS1123_SUBDOMAIN_BYTES_MAX,
        good,
        DNS1123_SUBDOMAIN_UNDERSCORE,
    )
}

/// A DNS label that begins with a letter: names of Services.
#[must_use]
pub fn dns1035_label(text: &str) -> Vec<String> {
    let good = is_lower(text, b"-") && text.as_bytes()[0].is_ascii_lowercase();
    check(text, DNS1123_LABEL_BYTES_MAX, good, DNS1035_LABEL)
}

/// `*.` and a DNS name.
#[must_use]
pub fn wildcard_dns1123_subdomain(text: &str) -> Vec<String> {
    let good = text
        .strip_prefix("*.")
        .is_some_and(|rest| is_subdomain(rest, b"-"));
    check(text, DNS1123_SUBDOMAIN_BYTES_MAX, good, WILDCARD_SUBDOMAIN)
}

/// `prefix/name` or `name`: keys of labels, annotations, taints.
#[must_use]
pub fn qualified_name(text: &str) -> Vec<String> {
    let mut messages = Vec::new();
    let name = match text.split('/').collect::<Vec<_>>()[..] {
        [name] => name,
        [prefix, name] => {
            if prefix.is_empty() {
                messages.push("prefix part must be non-empty".to_owned());
            } else {
                messages.extend(prefix_problems(prefix));
            }
            name
        }
        _ => {
            return vec![format!(
                "a valid label key {QUALIFIED_NAME} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
            )];
        }
    };
    if name.is_empty() {
        messages.push("name part must be non-empty".to_owned());
    } else if name.len() > LABEL_VALUE_BYTES_MAX {
        messages.push(format!(
            "name part {}",
            too_many_bytes(LABEL_VALUE_BYTES_MAX)
        ));
    }
    if !bounded(name, |byte| byte.is_ascii_alphanumeric(), b"-_.") {
        messages.push(format!("name part {QUALIFIED_NAME}"));
    }
    messages
}

/// Upstream has its subdomains twice; here it counts in bytes.
fn prefix_problems(prefix: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if prefix.len() > DNS1123_SUBDOMAIN_BYTES_MAX {
        let words = too_many_bytes(DNS1123_SUBDOMAIN_BYTES_MAX);
        messages.push(format!("prefix part {words}"));
    }
    if !is_subdomain(prefix, b"-") {
        messages.push(format!("prefix part {DNS1123_SUBDOMAIN}"));
    }
    messages
}

/// The value of a label.
#[must_use]
pub fn label_value(text: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if text.len() > LABEL_VALUE_BYTES_MAX {
        messages.push(too_many_bytes(LABEL_VALUE_BYTES_MAX));
    }
    if !text.is_empty() && !bounded(text, |byte| byte.is_ascii_alphanumeric(), b"-_.") {
        messages.push(LABEL_VALUE.to_owned());
    }
    messages
}

/// A domain of three segments or more.
#[must_use]
pub fn fully_qualified_name(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec!["name is required".to_owned()];
    }
    let messages = dns1123_subdomain(text);
    if messages.is_empty() && text.split('.').count() < 3 {
        return vec![
            "should be a domain with at least three segments separated by dots".to_owned(),
        ];
    }
    messages
}

/// A name that can stand in a path.
#[must_use]
pub fn path_segment(text: &str) -> Vec<String> {
    if text == "." || text == ".." {
        return vec![format!("may not be '{text}'")];
    }
    path_segment_prefix(text)
}

/// The same of a prefix, as of `generateName`.
#[must_use]
pub fn path_segment_prefix(text: &str) -> Vec<String> {
    let found = ["/", "%"]
        .into_iter()
        .filter(|illegal| text.contains(illegal));
    found
        .map(|illegal| format!("may not contain '{illegal}'"))
        .collect()
}

/// The name of an environment variable, as containers may have it.
#[must_use]
pub fn env_var_name(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec!["environment variable name must be non-empty".to_owned()];
    }
    let good = text
        .bytes()
        .all(|byte| matches!(byte, b' '..=b'~') && byte != b'=');
    if good {
        Vec::new()
    } else {
        vec![ENV_VAR_NAME.to_owned()]
    }
}

/// A key of a `ConfigMap` or Secret.
#[must_use]
pub fn config_map_key(text: &str) -> Vec<String> {
    let good = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let mut messages = check(text, DNS1123_SUBDOMAIN_BYTES_MAX, good, CONFIG_MAP_KEY);
    match text {
        "." | ".." => messages.push(format!("must not be '{text}'")),
        _ if text.starts_with("..") => messages.push("must not start with '..'".to_owned()),
        _ => {}
    }
    messages
}

/// A name of letters, digits and underscores.
#[must_use]
pub fn c_identifier(text: &str) -> Vec<String> {
    let good = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && text
            .bytes()
            .next()
            .is_some_and(|byte| !byte.is_ascii_digit());
    if good {
        Vec::new()
    } else {
        vec![C_IDENTIFIER.to_owned()]
    }
}

/// `93%`.
#[must_use]
pub fn percent(text: &str) -> Vec<String> {
    let good = text.strip_suffix('%').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if good {
        Vec::new()
    } else {
        vec![PERCENT.to_owned()]
    }
}

/// 1 to 65535.
#[must_use]
pub fn port_number(port: i32) -> Vec<String> {
    in_range(port, 1, 65_535)
}

/// From `min` to `max`.
#[must_use]
pub fn in_range(value: i32, min: i32, max: i32) -> Vec<String> {
    if (min..=max).contains(&value) {
        Vec::new()
    } else {
        vec![format!("must be between {min} and {max}, inclusive")]
    }
}

/// The name of a port: an IANA service name.
#[must_use]
pub fn port_name(text: &str) -> Vec<String> {
    let mut messages = Vec::new();
    if text.len() > 15 {
        messages.push("must be no more than 15 characters".to_owned());
    }
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.is_empty() || !text.bytes().all(known) {
        messages.push(
            "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)".to_owned(),
        );
    }
    if !text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        messages.push("must contain at least one letter (a-z)".to_owned());
    }
    if text.contains("--") {
        messages.push("must not contain consecutive hyphens".to_owned());
    }
    if text.starts_with('-') || text.ends_with('-') {
        messages.push("must not begin or end with a hyphen".to_owned());
    }
    messages
}

#[cfg(test)]
mod tests;
