//! `pattern`: Go's regular expressions, in the syntax of the crate `regex`.

#[cfg(test)]
mod tests;

use meta::Str;
use regex::{Regex, RegexBuilder};
use std::sync::OnceLock;

/// What a compiled expression may take: classes of all letters, repeated, are large.
const REGEX_BYTES_MAX: usize = 10 << 20;

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
        match self.compiled.get_or_init(|| go_regex(pattern)) {
            Ok(regex) if regex.is_match(text) => Ok(()),
            Ok(_) => Err(pattern.to_string()),
            Err(error) => Err(format!("{pattern}, but pattern is invalid: {error}")),
        }
    }
}

/// Compiles an expression in Go's syntax.
///
/// # Errors
/// What is wrong with it, in Go's form.
pub(crate) fn go_regex(pattern: &str) -> Result<Regex, String> {
    let compiled = RegexBuilder::new(&translate(pattern))
        .size_limit(REGEX_BYTES_MAX)
        .dfa_size_limit(REGEX_BYTES_MAX / 8)
        .build();
    compiled.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "expression too large".to_owned(),
        error => go_words(pattern, &error.to_string()),
    })
}

/// The complaint of Go's parser for the common mistakes, with the part that it quotes.
fn go_words(pattern: &str, error: &str) -> String {
    let told = [
        ("unclosed character class", "missing closing ]"),
        ("unclosed group", "missing closing )"),
        ("unopened group", "unexpected )"),
        (
            "incomplete escape sequence",
            "trailing backslash at end of expression",
        ),
        ("unrecognized escape sequence", "invalid escape sequence"),
        (
            "repetition operator missing",
            "missing argument to repetition operator",
        ),
        (
            "invalid character class range",
            "invalid character class range",
        ),
        ("look-around", "invalid or unsupported Perl syntax"),
        ("unrecognized flag", "invalid or unsupported Perl syntax"),
        ("backreferences", "invalid escape sequence"),
    ];
    let words = told.iter().find(|(ours, _)| error.contains(ours));
    let (words, quoted) = match words {
        Some((_, "missing closing ]")) => ("missing closing ]", from_last(pattern, '[')),
        Some((_, "missing argument to repetition operator")) => {
            let operator = pattern.find(['*', '+', '?']);
            let operator = operator.map_or(pattern, |at| &pattern[at..=at]);
            ("missing argument to repetition operator", operator)
        }
        Some((_, "trailing backslash at end of expression")) => {
            ("trailing backslash at end of expression", "")
        }
        Some((_, words @ "invalid or unsupported Perl syntax")) => {
            let at = pattern.find("(?").unwrap_or_default();
            let end = pattern[at..]
                .char_indices()
                .nth(3)
                .map_or(pattern.len(), |(len, _)| at + len);
            (*words, &pattern[at..end])
        }
        Some((_, words)) => (*words, pattern),
        None => ("invalid expression", pattern),
    };
    format!("error parsing regexp: {words}: `{quoted}`")
}

fn from_last(pattern: &str, char: char) -> &str {
    &pattern[pattern.rfind(char).unwrap_or_default()..]
}

/// What means something else in `regex` is written so that it means what it means in Go: Perl's classes and word boundaries know
/// ASCII only, `{` may be a character, classes neither nest nor combine, any punctuation may be escaped.
fn translate(pattern: &str) -> String {
    let mut rest = pattern;
    let mut out = String::with_capacity(pattern.len() + 16);
    while let Some(char) = rest.chars().next() {
        let taken = match char {
            '\\' => escape(rest, &mut out, false),
            '[' => class(rest, &mut out),
            '{' if !is_repetition(rest) => {
                out.push_str("\\{");
                1
            }
            '}' if !out_ends_repetition(pattern, rest) => {
                out.push_str("\\}");
                1
            }
            char => {
                out.push(char);
                char.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// Whether `}` closes a repetition.
fn out_ends_repetition(pattern: &str, rest: &str) -> bool {
    let before = &pattern[..pattern.len() - rest.len()];
    before
        .rfind('{')
        .is_some_and(|open| is_repetition(&pattern[open..=before.len()]))
}

/// `{n}`, `{n,}`, `{n,m}`.
fn is_repetition(text: &str) -> bool {
    let Some((inner, _)) = text[1..].split_once('}') else {
        return false;
    };
    let (min, max) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !min.is_empty() && digits(min) && digits(max)
}

/// An escape sequence at the beginning of `rest`; how long it is.
fn escape(rest: &str, out: &mut String, in_class: bool) -> usize {
    let Some(char) = rest[1..].chars().next() else {
        out.push('\\');
        return 1;
    };
    let (open, close) = if in_class { ("", "") } else { ("[", "]") };
    match char {
        'd' => out.push_str(&format!("{open}0-9{close}")),
        'w' => out.push_str(&format!("{open}0-9A-Za-z_{close}")),
        's' => out.push_str(&format!("{open}\\t\\n\\f\\r {close}")),
        'D' => out.push_str("[^0-9]"),
        'W' => out.push_str("[^0-9A-Za-z_]"),
        'S' => out.push_str("[^\\t\\n\\f\\r ]"),
        'b' if !in_class => out.push_str("(?-u:\\b)"),
        'B' if !in_class => out.push_str("(?-u:\\B)"),
        'Q' => {
            let quoted = &rest[2..];
            let text = quoted.split("\\E").next().unwrap_or_default();
            out.push_str(&regex::escape(text));
            let end = if text.len() < quoted.len() { 2 } else { 0 };
            return 2 + text.len() + end;
        }
        '<' | '>' => out.push(char),
        'p' | 'P' | 'x' if rest[2..].starts_with('{') => {
            let len = rest.find('}').map_or(rest.len(), |end| end + 1);
            out.push_str(&rest[..len]);
            return len;
        }
        char => {
            out.push('\\');
            out.push(char);
        }
    }
    1 + char.len_utf8()
}

/// A class in brackets at the beginning of `rest`; how long it is.
fn class(rest: &str, out: &mut String) -> usize {
    out.push('[');
    let mut at = 1;
    if rest[at..].starts_with('^') {
        out.push('^');
        at += 1;
    }
    // A bracket that comes first stands for itself.
    if rest[at..].starts_with(']') {
        out.push_str("\\]");
        at += 1;
    }
    while let Some(char) = rest[at..].chars().next() {
        match char {
            ']' => {
                out.push(']');
                return at + 1;
            }
            '\\' => {
                at += escape(&rest[at..], out, true);
                continue;
            }
            '[' => match rest[at..].find(":]") {
                Some(end) if rest[at..].starts_with("[:") => {
                    out.push_str(&rest[at..at + end + 2]);
                    at += end + 2;
                    continue;
                }
                _ => out.push_str("\\["),
            },
            '&' | '~' => {
                out.push('\\');
                out.push(char);
            }
            char => out.push(char),
        }
        at += char.len_utf8();
    }
    at
}
