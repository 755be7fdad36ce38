//! Go's regular expressions (RE2's syntax), for an engine that differs in little and does not backtrack either.

#[cfg(test)]
mod tests;

use regex::{Regex, RegexBuilder};

/// What a compiled expression may take: classes of all letters, repeated, are large.
const REGEX_BYTES_MAX: usize = 10 << 20;
const NESTING_MAX: u32 = 200;
/// The largest number in `a{n}`.
const REPEAT_MAX: u32 = 1_000;
/// What the engine reads as itself only behind a backslash, somewhere.
const META: &str = r"\.+*?()|[]{}^$#&-~";

/// Compiles an expression in Go's syntax. Up to 10 MiB and 200 levels; matching takes time linear in the text.
///
/// # Errors
/// What is wrong with it, in Go's form.
pub fn go_regex(pattern: &str) -> Result<Regex, String> {
    let compiled = RegexBuilder::new(&translate(pattern)?)
        .size_limit(REGEX_BYTES_MAX)
        .dfa_size_limit(REGEX_BYTES_MAX / 8)
        .nest_limit(NESTING_MAX)
        .build();
    compiled.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "expression too large".to_owned(),
        error => parsing(go_words(pattern, &error.to_string())),
    })
}

fn parsing((words, quoted): (&str, &str)) -> String {
    format!("error parsing regexp: {words}: `{quoted}`")
}

/// The complaint of Go's parser for the common mistakes, with the part that it quotes.
fn go_words<'a>(pattern: &'a str, error: &str) -> (&'static str, &'a str) {
    const MISSING_BRACKET: &str = "missing closing ]";
    const MISSING_ARGUMENT: &str = "missing argument to repetition operator";
    const TRAILING_BACKSLASH: &str = "trailing backslash at end of expression";
    const NO_PERL: &str = "invalid or unsupported Perl syntax";
    let told = [
        ("unclosed character class", MISSING_BRACKET),
        ("unclosed group", "missing closing )"),
        ("unopened group", "unexpected )"),
        ("incomplete escape sequence", TRAILING_BACKSLASH),
        ("unrecognized escape sequence", "invalid escape sequence"),
        ("backreferences", "invalid escape sequence"),
        ("repetition operator missing", MISSING_ARGUMENT),
        (
            "invalid character class range",
            "invalid character class range",
        ),
        ("look-around", NO_PERL),
        ("unrecognized flag", NO_PERL),
        ("nest limit", "expression nests too deeply"),
    ];
    let words = told.iter().find(|(ours, _)| error.contains(ours));
    match words.map(|(_, words)| *words) {
        Some(words @ MISSING_BRACKET) => (words, &pattern[pattern.rfind('[').unwrap_or(0)..]),
        Some(words @ MISSING_ARGUMENT) => {
            let operator = pattern.find(['*', '+', '?']);
            (words, operator.map_or(pattern, |at| &pattern[at..=at]))
        }
        Some(words @ TRAILING_BACKSLASH) => (words, ""),
        Some(words @ NO_PERL) => {
            let group = &pattern[pattern.find("(?").unwrap_or(0)..];
            let end = group.char_indices().nth(3);
            (words, &group[..end.map_or(group.len(), |(len, _)| len)])
        }
        Some(words) => (words, pattern),
        None => ("invalid expression", pattern),
    }
}

/// What means something else to the engine is written so that it means what it means in Go: Perl's classes and word boundaries
/// know ASCII only, a brace may be a character, classes neither nest nor combine, any punctuation may be escaped.
fn translate(pattern: &str) -> Result<String, String> {
    let mut rest = pattern;
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut repeated: Option<usize> = None;
    while let Some(char) = rest.chars().next() {
        if let Some(taken) = repeats(rest) {
            let at = pattern.len() - rest.len();
            if let Some(first) = repeated {
                let both = &pattern[first..at + taken];
                return Err(parsing(("invalid nested repetition operator", both)));
            }
            repeated = Some(at);
            if rest.starts_with('{') {
                bounded(rest[..taken].trim_end_matches('?'))?;
            }
            out.push_str(&rest[..taken]);
            rest = &rest[taken..];
            continue;
        }
        repeated = None;
        let taken = match char {
            '(' if rest.starts_with("(?") => {
                out.push_str("(?");
                2
            }
            '\\' => escape(rest, &mut out),
            '[' => class(rest, &mut out),
            '{' | '}' => literal(char, &mut out),
            char => {
                out.push(char);
                char.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    Ok(out)
}

/// A character that stands for itself; how long it is.
fn literal(char: char, out: &mut String) -> usize {
    if META.contains(char) {
        out.push('\\');
    }
    out.push(char);
    char.len_utf8()
}

/// How long the repetition operator at the beginning of `text` is, with the mark that makes it lazy.
fn repeats(text: &str) -> Option<usize> {
    let operator = match text.chars().next()? {
        '*' | '+' | '?' => 1,
        '{' => repetition(text)?.len(),
        _ => return None,
    };
    Some(operator + usize::from(text[operator..].starts_with('?')))
}

/// `{n}`, `{n,}` or `{n,m}` at the beginning of `text`.
fn repetition(text: &str) -> Option<&str> {
    let range = &text[..=text.find('}')?];
    let (least, most) = ends(range);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!least.is_empty() && digits(least) && digits(most)).then_some(range)
}

fn ends(range: &str) -> (&str, &str) {
    let inner = &range[1..range.len() - 1];
    inner.split_once(',').unwrap_or((inner, ""))
}

fn bounded(range: &str) -> Result<(), String> {
    let (least, most) = ends(range);
    let number = |text: &str| text.parse().unwrap_or(u32::MAX);
    let least = number(least);
    let most = if most.is_empty() { least } else { number(most) };
    if most > REPEAT_MAX || least > most {
        return Err(parsing(("invalid repeat count", range)));
    }
    Ok(())
}

/// Perl's classes as RE2 has them: of ASCII.
fn perl_class(name: char) -> Option<&'static str> {
    Some(match name {
        'd' => "[0-9]",
        'w' => "[0-9A-Za-z_]",
        's' => "[\\t\\n\\f\\r ]",
        'D' => "[^0-9]",
        'W' => "[^0-9A-Za-z_]",
        'S' => "[^\\t\\n\\f\\r ]",
        _ => return None,
    })
}

/// An escape sequence at the beginning of `rest`, outside brackets; how long it is.
fn escape(rest: &str, out: &mut String) -> usize {
    match rest[1..].chars().next() {
        Some('b') => out.push_str("(?-u:\\b)"),
        Some('B') => out.push_str("(?-u:\\B)"),
        Some('Q') => {
            let quoted = &rest[2..];
            let text = quoted.split("\\E").next().unwrap_or_default();
            out.push_str(&regex::escape(text));
            let end = if text.len() < quoted.len() { 2 } else { 0 };
            return 2 + text.len() + end;
        }
        _ => return escaped(rest, out),
    }
    2
}

/// An escape sequence that means the same within brackets; how long it is.
fn escaped(rest: &str, out: &mut String) -> usize {
    let Some(char) = rest[1..].chars().next() else {
        out.push('\\');
        return 1;
    };
    if let Some(class) = perl_class(char) {
        out.push_str(class);
    } else if matches!(char, 'p' | 'P' | 'x') && rest[2..].starts_with('{') {
        let len = rest.find('}').map_or(rest.len(), |end| end + 1);
        out.push_str(&rest[..len]);
        return len;
    } else if matches!(char, 'p' | 'P') {
        // One letter is a class: taken with it, so that no range begins there.
        let len = 2 + rest[2..].chars().next().map_or(0, char::len_utf8);
        out.push_str(&rest[..len]);
        return len;
    } else if char.is_ascii_punctuation() {
        return 1 + literal(char, out);
    } else {
        out.extend(['\\', char]);
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
    let mut first = true;
    while let Some(char) = rest[at..].chars().next() {
        if char == ']' && !first {
            out.push(']');
            return at + 1;
        }
        first = false;
        let named = rest[at..].starts_with("[:").then(|| rest[at..].find(":]"));
        if let Some(end) = named.flatten() {
            out.push_str(&rest[at..at + end + 2]);
            at += end + 2;
            continue;
        }
        let is_set = char == '\\'
            && rest[at + 1..].starts_with(|name| perl_class(name).is_some() || "pP".contains(name));
        at += class_char(&rest[at..], out);
        let after = rest[at..].strip_prefix('-');
        if !is_set && after.is_some_and(|after| !after.is_empty() && !after.starts_with(']')) {
            out.push('-');
            at += 1;
            at += class_char(&rest[at..], out);
        }
    }
    at
}

/// One character within brackets, or an escape sequence; how long it is.
fn class_char(rest: &str, out: &mut String) -> usize {
    match rest.chars().next() {
        Some('\\') => escaped(rest, out),
        Some(char) => literal(char, out),
        None => 0,
    }
}
