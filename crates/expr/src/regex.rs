//! Patterns: RE2's syntax for an engine that differs in little, without backtracking like it.

use regex::{Regex, RegexBuilder};

/// What a compiled pattern may take.
const SIZE_BYTES_MAX: usize = 4 << 20;
/// The largest number in `a{n}`.
const REPEAT_MAX: u32 = 1_000;

/// Compiles; errors in Go's words where they are likely.
pub(crate) fn compile(pattern: &str) -> Result<Regex, String> {
    let translated = translate(pattern)?;
    let regex = RegexBuilder::new(&translated)
        .size_limit(SIZE_BYTES_MAX)
        .nest_limit(200)
        .build();
    regex.map_err(|error| format!("error parsing regexp: {}", words(pattern, &error)))
}

/// Classes are of ASCII in RE2, and brackets within brackets are characters.
fn translate(pattern: &str) -> Result<String, String> {
    let mut translated = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern.chars().peekable();
    // Within brackets, how many characters were read.
    let mut class: Option<usize> = None;
    while let Some(next) = rest.next() {
        match (next, &mut class) {
            ('\\', _) => {
                let Some(escaped) = rest.next() else {
                    return Err(
                        "error parsing regexp: trailing backslash at end of expression: ``"
                            .to_owned(),
                    );
                };
                escape(escaped, class.is_some(), &mut translated);
                if let Some(read) = &mut class {
                    *read += 1;
                }
            }
            ('[', None) => {
                translated.push('[');
                if rest.next_if_eq(&'^').is_some() {
                    translated.push('^');
                }
                class = Some(0);
            }
            ('[', Some(_)) if rest.peek() == Some(&':') => translated.push('['),
            ('[', Some(read)) => {
                translated.push_str("\\[");
                *read += 1;
            }
            (']', Some(0)) => {
                translated.push_str("\\]");
                class = Some(1);
            }
            (']', Some(_)) => {
                translated.push(']');
                // `[[:alpha:]]`: the first closes the name.
                if !translated.ends_with(":]") || rest.peek() != Some(&']') {
                    class = None;
                }
            }
            ('&' | '~' | '-', Some(read)) if rest.peek() == Some(&next) => {
                translated.extend(['\\', next]);
                *read += 1;
            }
            ('{', None) => {
                repeat(&mut rest, &mut translated)?;
            }
            (other, state) => {
                translated.push(other);
                if let Some(read) = state {
                    *read += 1;
                }
            }
        }
    }
    Ok(translated)
}

fn escape(escaped: char, in_class: bool, into: &mut String) {
    let class = match escaped {
        'd' => "0-9",
        'w' => "0-9A-Za-z_",
        's' => "\\t\\n\\f\\r ",
        'D' => "^0-9",
        'W' => "^0-9A-Za-z_",
        'S' => "^\\t\\n\\f\\r ",
        'b' if !in_class => return into.push_str("(?-u:\\b)"),
        'B' if !in_class => return into.push_str("(?-u:\\B)"),
        other => return into.extend(['\\', other]),
    };
    if in_class && !class.starts_with('^') {
        into.push_str(class);
    } else {
        into.extend(["[", class, "]"]);
    }
}

/// `{2,5}` counts, and any other brace is a character.
fn repeat(
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    into: &mut String,
) -> Result<(), String> {
    let mut inside = String::new();
    let mut ahead = rest.clone();
    for next in ahead.by_ref() {
        if next == '}' {
            break;
        }
        inside.push(next);
        if inside.len() > 16 {
            break;
        }
    }
    let (low, high) = inside.split_once(',').unwrap_or((&inside, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let counts = !low.is_empty() && digits(low) && digits(high);
    if !counts {
        into.push_str("\\{");
        return Ok(());
    }
    let too_many =
        |text: &str| !text.is_empty() && text.parse().map_or(true, |n: u32| n > REPEAT_MAX);
    if too_many(low) || too_many(high) {
        return Err(format!(
            "error parsing regexp: invalid repeat count: `{{{inside}}}`"
        ));
    }
    into.push('{');
    Ok(())
}

/// What Go says.
fn words(pattern: &str, error: &regex::Error) -> String {
    let regex::Error::Syntax(syntax) = error else {
        return "expression too large".to_owned();
    };
    for (ours, theirs) in [
        ("unclosed group", "missing closing )"),
        ("unopened group", "unexpected )"),
        ("unclosed character class", "missing closing ]"),
        (
            "repetition operator missing expression",
            "missing argument to repetition operator",
        ),
        ("look-around", "invalid or unsupported Perl syntax"),
        (
            "invalid character class range",
            "invalid character class range",
        ),
        ("unrecognized escape", "invalid escape sequence"),
    ] {
        if syntax.contains(ours) {
            return format!("{theirs}: `{pattern}`");
        }
    }
    format!("invalid expression: `{pattern}`")
}
