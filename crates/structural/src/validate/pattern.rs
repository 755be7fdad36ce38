//! `pattern`: Go's regular expressions.

use meta::Str;
use regex::Regex;
use std::sync::OnceLock;

/// A pattern, compiled when it is first asked for: most of a large schema's never are.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    text: Str,
    compiled: OnceLock<Result<Regex, String>>,
}

impl Pattern {
    /// No pattern for an empty text.
    pub(super) fn new(text: &Str) -> Option<Self> {
        (!text.is_empty()).then(|| Self {
            text: text.clone(),
            compiled: OnceLock::new(),
        })
    }

    /// Whether `text` matches; if not, what it should match.
    pub(super) fn check(&self, text: &str) -> Result<(), String> {
        let pattern = &self.text;
        match self.compiled.get_or_init(|| expr::go_regex(pattern)) {
            Ok(regex) if regex.is_match(text) => Ok(()),
            Ok(_) => Err(pattern.to_string()),
            Err(error) => Err(format!("{pattern}, but pattern is invalid: {error}")),
        }
    }
}
