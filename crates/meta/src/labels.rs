//! Label selectors: their grammar, matching, and upstream's words (`k8s.io/apimachinery/pkg/labels`).

mod lexer;
mod parser;

use crate::{FieldErrors, FieldPath, LabelSelector, Map, Str, field::go_quote, validation};
use std::fmt;

/// What is asked of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// One of the values.
    In,
    /// None of the values, or absent.
    NotIn,
    /// The value (`=`).
    Equals,
    /// The value (`==`).
    DoubleEquals,
    /// Another value, or absent.
    NotEquals,
    /// There.
    Exists,
    /// Absent.
    DoesNotExist,
    /// An integer above the value.
    GreaterThan,
    /// An integer below the value.
    LessThan,
}

impl Operator {
    /// As `k8s.io/apimachinery/pkg/selection` names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::NotIn => "notin",
            Self::Equals => "=",
            Self::DoubleEquals => "==",
            Self::NotEquals => "!=",
            Self::Exists => "exists",
            Self::DoesNotExist => "!",
            Self::GreaterThan => "gt",
            Self::LessThan => "lt",
        }
    }
}

/// Why a text is not a selector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseError(pub(crate) String);

/// One condition on one label.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Requirement {
    key: Str,
    operator: Operator,
    /// Sorted, unique.
    values: Vec<Str>,
}

impl Requirement {
    /// Checks the key and the values.
    ///
    /// # Errors
    /// In upstream's words.
    pub fn new(key: &str, operator: Operator, mut values: Vec<Str>) -> Result<Self, ParseError> {
        values.sort_unstable();
        values.dedup();
        let errors = check(key, operator, &values);
        if errors.is_empty() {
            return Ok(Self {
                key: key.into(),
                operator,
                values,
            });
        }
        Err(ParseError(errors.aggregate()))
    }
    /// The label.
    #[must_use]
    pub fn key(&self) -> &Str {
        &self.key
    }
    /// What is asked of it.
    #[must_use]
    pub fn operator(&self) -> Operator {
        self.operator
    }
    /// Sorted, unique.
    #[must_use]
    pub fn values(&self) -> &[Str] {
        &self.values
    }
    /// Whether `labels` fulfil it.
    #[must_use]
    pub fn matches(&self, labels: &Map<Str, Str>) -> bool {
        self.matches_value(labels.get(self.key.as_str()).map(Str::as_str))
    }
    /// Whether an object with this value of the label fulfils it.
    #[must_use]
    pub fn matches_value(&self, value: Option<&str>) -> bool {
        let listed = |value: &str| self.values.iter().any(|known| known == value);
        match (self.operator, value) {
            (Operator::In | Operator::Equals | Operator::DoubleEquals, value) => {
                value.is_some_and(listed)
            }
            (Operator::NotIn | Operator::NotEquals, value) => !value.is_some_and(listed),
            (Operator::Exists, value) => value.is_some(),
            (Operator::DoesNotExist, value) => value.is_none(),
            (Operator::GreaterThan, value) => self.compare(value, |value, bound| value > bound),
            (Operator::LessThan, value) => self.compare(value, |value, bound| value < bound),
        }
    }
    fn compare(&self, value: Option<&str>, holds: fn(i64, i64) -> bool) -> bool {
        let value = value.and_then(|value| value.parse().ok());
        let bound = self.values.first().and_then(|bound| bound.parse().ok());
        value
            .zip(bound)
            .is_some_and(|(value, bound)| holds(value, bound))
    }
}

fn check(key: &str, operator: Operator, values: &[Str]) -> FieldErrors {
    let mut errors = FieldErrors::new();
    // Upstream has no path here, and prints it.
    let root = FieldPath::new("<nil>");
    let path = FieldPath::new("values");
    let list = || {
        format!(
            "[{}]",
            values
                .iter()
                .map(|value| go_quote(value))
                .collect::<Vec<_>>()
                .join(",")
        )
    };
    let words = validation::qualified_name(key);
    if !words.is_empty() {
        errors.invalid(&root, key, words.join("; "));
    }
    let wrong = match operator {
        Operator::In | Operator::NotIn if values.is_empty() => {
            Some("for 'in', 'notin' operators, values set can't be empty")
        }
        Operator::Equals | Operator::DoubleEquals | Operator::NotEquals if values.len() != 1 => {
            Some("exact-match compatibility requires one single value")
        }
        Operator::Exists | Operator::DoesNotExist if !values.is_empty() => {
            Some("values set must be empty for exists and does not exist")
        }
        Operator::GreaterThan | Operator::LessThan if values.len() != 1 => {
            Some("for 'Gt', 'Lt' operators, exactly one value is required")
        }
        _ => None,
    };
    if let Some(words) = wrong {
        errors.invalid(&path, crate::field::Verbatim(&list()), words);
    }
    for (index, value) in values.iter().enumerate() {
        if matches!(operator, Operator::GreaterThan | Operator::LessThan)
            && value.parse::<i64>().is_err()
        {
            let words = "for 'Gt', 'Lt' operators, the value must be an integer";
            errors.invalid(&path.index(index), value, words);
        }
        let words = validation::label_value(value);
        if !words.is_empty() {
            errors.invalid(&path.index(index).key(key), value, words.join("; "));
        }
    }
    errors
}

/// All of its requirements must hold; [`Selector::nothing`] never does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selector {
    requirements: Vec<Requirement>,
    nothing: bool,
}

impl Selector {
    /// Matches everything.
    #[must_use]
    pub fn everything() -> Self {
        Self::default()
    }
    /// Matches nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            requirements: Vec::new(),
            nothing: true,
        }
    }
    /// All of `requirements`.
    #[must_use]
    pub fn new(mut requirements: Vec<Requirement>) -> Self {
        requirements.sort_by(|one, other| one.key.cmp(&other.key));
        Self {
            requirements,
            nothing: false,
        }
    }
    /// Parses `a=b,c in (d,e),!f`.
    ///
    /// # Errors
    /// In upstream's words.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        parser::parse(text).map(Self::new)
    }
    /// That all of `labels` are there, without checks.
    #[must_use]
    pub fn from_labels(labels: &Map<Str, Str>) -> Self {
        let equals = |(key, value): (&Str, &Str)| Requirement {
            key: key.clone(),
            operator: Operator::Equals,
            values: vec![value.clone()],
        };
        Self::new(labels.iter().map(equals).collect())
    }
    /// From a selector of the API: none selects nothing, the empty one everything.
    ///
    /// # Errors
    /// In upstream's words.
    pub fn from_label_selector(selector: Option<&LabelSelector>) -> Result<Self, ParseError> {
        let Some(selector) = selector else {
            return Ok(Self::nothing());
        };
        let mut requirements = Vec::new();
        for (key, value) in &selector.match_labels {
            requirements.push(Requirement::new(key, Operator::In, vec![value.clone()])?);
        }
        for expression in &selector.match_expressions {
            let operator = match expression.operator.as_str() {
                "In" => Operator::In,
                "NotIn" => Operator::NotIn,
                "Exists" => Operator::Exists,
                "DoesNotExist" => Operator::DoesNotExist,
                other => {
                    return Err(ParseError(format!(
                        "{} is not a valid label selector operator",
                        go_quote(other)
                    )));
                }
            };
            requirements.push(Requirement::new(
                &expression.key,
                operator,
                expression.values.to_vec(),
            )?);
        }
        Ok(Self::new(requirements))
    }
    /// Whether `labels` fulfil it.
    #[must_use]
    pub fn matches(&self, labels: &Map<Str, Str>) -> bool {
        !self.nothing
            && self
                .requirements
                .iter()
                .all(|requirement| requirement.matches(labels))
    }
    /// Whether everything matches.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        !self.nothing && self.requirements.is_empty()
    }
    /// Whether nothing matches.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.nothing
    }
    /// By key.
    #[must_use]
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }
    /// The value that `key` must have, when exactly one is possible; for indexes.
    #[must_use]
    pub fn exact(&self, key: &str) -> Option<&Str> {
        self.requirements.iter().find_map(|requirement| {
            match (requirement.operator, &requirement.values[..]) {
                (Operator::Equals | Operator::DoubleEquals | Operator::In, [only])
                    if requirement.key == key =>
                {
                    Some(only)
                }
                _ => None,
            }
        })
    }
}

/// A selector of the API as the `String` method of Go's generated type prints it.
#[must_use]
pub fn go_form(selector: &LabelSelector) -> String {
    let labels: String = selector
        .match_labels
        .iter()
        .map(|(key, value)| format!("{key}: {value},"))
        .collect();
    let expressions: String = selector
        .match_expressions
        .iter()
        .map(|requirement| {
            format!(
                "LabelSelectorRequirement{{Key:{},Operator:{},Values:[{}],}},",
                requirement.key,
                requirement.operator,
                requirement.values.join(" ")
            )
        })
        .collect();
    format!(
        "&LabelSelector{{MatchLabels:map[string]string{{{labels}}},MatchExpressions:[]LabelSelectorRequirement{{{expressions}}},}}"
    )
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        let first = self.values.first().map_or("", Str::as_str);
        match self.operator {
            Operator::Exists => write!(f, "{key}"),
            Operator::DoesNotExist => write!(f, "!{key}"),
            Operator::In | Operator::NotIn => {
                write!(
                    f,
                    "{key} {} ({})",
                    self.operator.as_str(),
                    self.values.join(",")
                )
            }
            Operator::GreaterThan => write!(f, "{key}>{first}"),
            Operator::LessThan => write!(f, "{key}<{first}"),
            _ => write!(f, "{key}{}{first}", self.operator.as_str()),
        }
    }
}
impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, requirement) in self.requirements.iter().enumerate() {
            write!(f, "{}{requirement}", if index == 0 { "" } else { "," })?;
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
