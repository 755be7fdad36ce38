//! Errors of the parser in cel-go's words where those of our parser differ.
//!
//! Both are generated from the same grammar; what they say of the same mistake differs in three places.

use super::Place;

/// What may go on an expression that is complete.
const OPERATORS: [&str; 17] = [
    "'=='", "'!='", "'in'", "'<'", "'<='", "'>='", "'>'", "'&&'", "'||'", "'['", "'.'", "'-'",
    "'?'", "'+'", "'*'", "'/'", "'%'",
];
const LITERALS: [&str; 3] = ["true", "false", "null"];

/// The place of a mistake: a number that is too large stands where its sign does, if it has one, and of a quoted name our
/// parser tells the dot before it.
pub(super) fn place(text: &str, (line, column): Place, words: &str) -> Place {
    if words == "unsupported syntax: '`'" {
        return (line, column + 1);
    }
    if !matches!(words, "invalid int literal" | "invalid double literal") {
        return (line, column);
    }
    let source = text.split('\n').nth(line - 1).unwrap_or_default();
    let before: String = source.chars().take(column - 1).collect();
    let Some(front) = before.trim_end().strip_suffix('-') else {
        return (line, column);
    };
    let subtracts = |last: char| last.is_alphanumeric() || "_)]}'\"`".contains(last);
    if front.trim_end().ends_with(subtracts) {
        return (line, column);
    }
    (line, front.chars().count() + 1)
}

/// The errors as cel-go tells them.
pub(super) fn as_upstream(mut errors: Vec<(Place, String)>) -> Vec<(Place, String)> {
    // Of half a tree it says nothing beside the mistake that cut it.
    if errors.iter().any(|(_, words)| !is_of_half_a_tree(words)) {
        errors.retain(|(_, words)| !is_of_half_a_tree(words));
    }
    for (_, words) in &mut errors {
        if words.starts_with("invalid string literal: InvalidUnicode ") {
            "invalid unicode code point".clone_into(words);
        }
        if let Some(better) = without_operators(words).or_else(|| field_expected(words)) {
            *words = better;
        }
    }
    errors
}

fn is_of_half_a_tree(words: &str) -> bool {
    words.starts_with("Incomplete ")
}

/// After an expression it names what must come next, not the operators that could.
fn without_operators(words: &str) -> Option<String> {
    let (head, expected) = words.split_once(" expecting {")?;
    let expected: Vec<&str> = expected.strip_suffix('}')?.split(", ").collect();
    if !head.starts_with("Syntax error: mismatched input") || !expected.contains(&"'&&'") {
        return None;
    }
    let mut next = expected.iter().filter(|token| !OPERATORS.contains(token));
    match (next.next(), next.next()) {
        (Some(only), None) => Some(format!("{head} expecting {only}")),
        _ => None,
    }
}

/// Literals are no names of fields.
fn field_expected(words: &str) -> Option<String> {
    let input = words.strip_prefix("Syntax error: no viable alternative at input '.")?;
    let literal = input.strip_suffix('\'')?;
    LITERALS
        .contains(&literal)
        .then(|| format!("Syntax error: mismatched input '{literal}' expecting IDENTIFIER"))
}
