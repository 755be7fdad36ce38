//! Named formats, by which text is validated.

use super::url;
use base64::{Engine, engine::general_purpose::STANDARD};
use meta::validation;

/// A format: what it is called, how long its pattern counts for the cost, what is wrong with a text.
#[derive(Debug)]
pub struct Format {
    /// As `format.named` takes it.
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) regex_size: u64,
    pub(crate) validate: fn(&str) -> Vec<String>,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

static FORMATS: &[Format] = &[
    of("byte", "byte", 84, |text| {
        said(STANDARD.decode(text).is_ok(), "invalid base64")
    }),
    of("date", "date", 74, |text| {
        said(is_date(text), "invalid date")
    }),
    of("datetime", "datetime", 74, |text| {
        let parsed =
            text.len() > 10 && crate::Value::json(&text.into(), &crate::Type::Timestamp).is_ok();
        said(parsed, "invalid datetime")
    }),
    of(
        "dns1035Label",
        "DNS1035Label",
        30,
        validation::dns1035_label,
    ),
    of("dns1035LabelPrefix", "DNS1035LabelPrefix", 30, |text| {
        validation::dns1035_label(&unmasked(text))
    }),
    of(
        "dns1123Label",
        "DNS1123Label",
        30,
        validation::dns1123_label,
    ),
    of("dns1123LabelPrefix", "DNS1123LabelPrefix", 30, |text| {
        validation::dns1123_label(&unmasked(text))
    }),
    of(
        "dns1123Subdomain",
        "DNS1123Subdomain",
        60,
        validation::dns1123_subdomain,
    ),
    of(
        "dns1123SubdomainPrefix",
        "DNS1123SubdomainPrefix",
        60,
        |text| validation::dns1123_subdomain(&unmasked(text)),
    ),
    of("labelValue", "LabelValue", 40, validation::label_value),
    of(
        "qualifiedName",
        "QualifiedName",
        60,
        validation::qualified_name,
    ),
    of("uri", "URI", 1_103, |text| {
        url::Url::parse_request(text).err().into_iter().collect()
    }),
    of("uuid", "uuid", 75, |text| {
        said(is_uuid(text), "does not match the UUID format")
    }),
];

const fn of(
    key: &'static str,
    name: &'static str,
    regex_size: u64,
    validate: fn(&str) -> Vec<String>,
) -> Format {
    Format {
        key,
        name,
        regex_size,
        validate,
    }
}

pub(crate) fn find(key: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.key == key)
}

fn said(valid: bool, words: &str) -> Vec<String> {
    if valid {
        Vec::new()
    } else {
        vec![words.to_owned()]
    }
}

/// A prefix may end in a dash, since more follows.
fn unmasked(text: &str) -> String {
    match text.strip_suffix('-') {
        Some(front) if !front.is_empty() => {
            let mut front = front.to_owned();
            front.pop();
            front + "a"
        }
        _ => text.to_owned(),
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Five groups of hexadecimal digits, with or without the dashes between.
fn is_uuid(text: &str) -> bool {
    let mut rest = text;
    for (index, length) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix('-').unwrap_or(rest);
        }
        match rest.split_at_checked(length) {
            Some((group, after)) if group.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                rest = after;
            }
            _ => return false,
        }
    }
    rest.is_empty()
}
