//! Field selectors (`k8s.io/apimachinery/pkg/fields`): `spec.nodeName=n1,metadata.name!=x`.

use crate::Str;
use std::fmt;

/// Why a text is not a field selector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// A term without operator.
    #[error("invalid selector: '{selector}'; can't understand '{term}'")]
    Term {
        /// The whole text.
        selector: String,
        /// The part of it.
        term: String,
    },
    /// A backslash before another character than `\`, `,` and `=`.
    #[error("invalid field selector: invalid escape sequence: {0}")]
    Escape(String),
    /// `,` or `=` in a value without backslash.
    /// Upstream tells its number.
    #[error("invalid field selector: unescaped character in value: {}", u32::from(*.0))]
    Unescaped(char),
}

/// One condition on one field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Requirement {
    /// Path of the field: `spec.nodeName`.
    pub field: Str,
    /// Whether it must differ from the value.
    pub negated: bool,
    /// The value.
    pub value: Str,
}

/// All of its requirements must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selector {
    requirements: Vec<Requirement>,
}

impl Selector {
    /// Matches everything.
    #[must_use]
    pub fn everything() -> Self {
        Self::default()
    }
    /// `field=value`.
    #[must_use]
    pub fn equals(field: impl Into<Str>, value: impl Into<Str>) -> Self {
        Self {
            requirements: vec![Requirement {
                field: field.into(),
                negated: false,
                value: value.into(),
            }],
        }
    }
    /// Parses the terms; `==` is `=`, empty terms pass, and so do those of no field and no value.
    ///
    /// # Errors
    /// In upstream's words.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut requirements = Vec::new();
        for term in split_terms(text) {
            if !term.is_empty() {
                requirements.push(parse_term(text, term)?);
            }
        }
        requirements.retain(|known| !(known.field.is_empty() && known.value.is_empty()));
        requirements.sort_by(|one, other| one.field.cmp(&other.field));
        Ok(Self { requirements })
    }
    /// By field.
    #[must_use]
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }
    /// Whether everything matches.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.requirements.is_empty()
    }
    /// Whether the fields that `get` gives fulfil it; a field that it does not know is empty.
    pub fn matches<'a>(&self, get: impl Fn(&str) -> Option<&'a str>) -> bool {
        self.requirements.iter().all(|requirement| {
            let value = get(&requirement.field).unwrap_or_default();
            (value == requirement.value) != requirement.negated
        })
    }
    /// The value that `field` must have.
    #[must_use]
    pub fn exact(&self, field: &str) -> Option<&Str> {
        let found = self
            .requirements
            .iter()
            .find(|known| known.field == field && !known.negated);
        found.map(|requirement| &requirement.value)
    }
}

/// Parts between commas that no backslash precedes.
fn split_terms(text: &str) -> Vec<&str> {
    let mut terms = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        if byte == b',' && !escaped {
            terms.push(&text[start..at]);
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    terms.push(&text[start..]);
    terms
}

fn parse_term(selector: &str, term: &str) -> Result<Requirement, ParseError> {
    for at in 0..term.len() {
        for (operator, negated) in [("!=", true), ("==", false), ("=", false)] {
            if term.as_bytes()[at..].starts_with(operator.as_bytes()) {
                let value = unescape(&term[at + operator.len()..])?;
                return Ok(Requirement {
                    field: term[..at].into(),
                    negated,
                    value,
                });
            }
        }
    }
    Err(ParseError::Term {
        selector: selector.to_owned(),
        term: term.to_owned(),
    })
}

fn unescape(text: &str) -> Result<Str, ParseError> {
    let mut res = Str::default();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some(char @ ('\\' | ',' | '=')) => res.push(char),
                Some(other) => return Err(ParseError::Escape(format!("\\{other}"))),
                None => return Err(ParseError::Escape("\\".to_owned())),
            },
            ',' | '=' => return Err(ParseError::Unescaped(char)),
            _ => res.push(char),
        }
    }
    Ok(res)
}

fn escape(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace(',', "\\,")
        .replace('=', "\\=")
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, requirement) in self.requirements.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let operator = if requirement.negated { "!=" } else { "=" };
            write!(
                f,
                "{comma}{}{operator}{}",
                requirement.field,
                escape(&requirement.value)
            )?;
        }
        Ok(())
    }
}
impl std::str::FromStr for Selector {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests;
